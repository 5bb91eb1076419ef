import { readBinaryLabels } from "../../data/binary-labels";
import { checkScores } from "../../evaluation/classification/binary-inputs";
import { readThresholdRule, type ReadRule, type ThresholdRule } from "./threshold-rule";

/** One threshold and what it comes to. Plain JSON. */
export interface ThresholdPoint {
  /** Who has at least this probability is contacted; null: nobody is. */
  readonly threshold: number | null;
  /** How many are contacted, and how many of them would have left. */
  readonly contactedCount: number;
  readonly leaverCount: number;
  /** By profit: the profit. By cost: the cost, negative (so that more is better). By capacity: the leavers who are contacted. */
  readonly value: number;
}

/** What every threshold comes to, from nobody to everybody: one position for each distinct probability, from the highest, and before them nobody. */
export interface ThresholdCurve {
  /** Infinity for nobody. */
  readonly thresholds: Float64Array;
  readonly contactedCounts: Int32Array;
  readonly leaverCounts: Int32Array;
  readonly values: Float64Array;
}

/** What {@link chooseThreshold} returns. */
export interface ThresholdChoice {
  readonly by: ThresholdRule["by"];
  /** The best point; among equal ones that of fewest contacts. */
  readonly chosen: ThresholdPoint;
  readonly nobody: ThresholdPoint;
  readonly everybody: ThresholdPoint;
  /**
   * The probability from which on contacting pays by arithmetic alone, if probabilities are calibrated: far from the chosen threshold
   * means that they are not. Above 1 it never does; null for a capacity, and where the benefit differs between rows.
   */
  readonly breakEven: number | null;
  readonly curve: ThresholdCurve;
}

/**
 * From which probability on customers should be contacted: where the profit is highest, the cost lowest, or the capacity used up.
 *
 * Every distinct probability is tried on rows whose outcome is known, customers of equal probability together. The chosen point is the best
 * of many on these rows, so it promises too much: choose on out-of-fold predictions, and see what a chosen threshold brings on rows that had no
 * part in the choice by {@link decideOutOfFold}. That a customer is likely to leave does not say that contacting helps: `successRate` must come
 * from an experiment. O(n log n).
 *
 * @param labels - 0 or 1 for each row
 * @param scores - probabilities, or any scores that are higher for who is more likely to leave
 * @throws ClienteleError `invalidOption` for a rule that cannot be read, `lengthMismatch`, `nonFinite`, `invalidInput`.
 * @example
 * ```ts
 * import { chooseThreshold } from "clientele/churn";
 *
 * const left = [1, 1, 0, 1, 0, 0, 0, 0];
 * const probabilities = [0.9, 0.7, 0.6, 0.5, 0.3, 0.2, 0.1, 0.1];
 * const { chosen, breakEven } = chooseThreshold(left, probabilities, { by: "profit", benefit: 100, successRate: 0.3, contactCost: 10 });
 * console.log(chosen); // { threshold: 0.5, contactedCount: 4, leaverCount: 3, value: 50 }
 * console.log(breakEven); // 0.3333333333333333
 * console.log(chooseThreshold(left, probabilities, { by: "capacity", count: 2 }).chosen.threshold); // 0.7
 * ```
 */
export function chooseThreshold(labels: ArrayLike<number>, scores: ArrayLike<number>, rule: ThresholdRule): ThresholdChoice {
  const caller = "chooseThreshold";
  const { values } = readBinaryLabels(caller, labels);
  checkScores(caller, scores, labels.length);
  return chooseBy(readThresholdRule(caller, rule, labels.length), values, scores);
}

/** The choice by a rule that was read for these rows. */
export function chooseBy(rule: ReadRule, labels: Uint8Array, scores: ArrayLike<number>): ThresholdChoice {
  const curve = curveOf(rule, labels, scores);
  const { thresholds, contactedCounts, values } = curve;
  let best = 0;
  for (let k = 1; k < thresholds.length && contactedCounts[k]! <= rule.capacity; k++) if (rule.by === "capacity" || values[k]! > values[best]!) best = k;
  return { by: rule.by, chosen: pointAt(curve, best), nobody: pointAt(curve, 0), everybody: pointAt(curve, thresholds.length - 1), breakEven: rule.breakEven, curve };
}

function curveOf({ gain, alone }: ReadRule, labels: Uint8Array, scores: ArrayLike<number>): ThresholdCurve {
  const rowCount = labels.length;
  const order = Int32Array.from(labels.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const thresholds = new Float64Array(rowCount + 1);
  const contactedCounts = new Int32Array(rowCount + 1);
  const leaverCounts = new Int32Array(rowCount + 1);
  const values = new Float64Array(rowCount + 1);
  thresholds[0] = Infinity;
  let value = 0;
  for (let row = 0; row < rowCount; row++) value += alone(labels[row]!);
  values[0] = value;
  let size = 1;
  let leavers = 0;
  for (let k = 0; k < rowCount; k++) {
    const row = order[k]!;
    const label = labels[row]!;
    leavers += label;
    value += gain(row, label) - alone(label);
    if (k + 1 < rowCount && scores[order[k + 1]!] === scores[row]) continue;
    thresholds[size] = scores[row]!;
    contactedCounts[size] = k + 1;
    leaverCounts[size] = leavers;
    values[size] = value;
    size++;
  }
  return { thresholds: thresholds.slice(0, size), contactedCounts: contactedCounts.slice(0, size), leaverCounts: leaverCounts.slice(0, size), values: values.slice(0, size) };
}

function pointAt({ thresholds, contactedCounts, leaverCounts, values }: ThresholdCurve, k: number): ThresholdPoint {
  const threshold = thresholds[k]!;
  return { threshold: threshold === Infinity ? null : threshold, contactedCount: contactedCounts[k]!, leaverCount: leaverCounts[k]!, value: values[k]! };
}
