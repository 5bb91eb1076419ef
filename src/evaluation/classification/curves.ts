import { checkedScoresByClass } from "./ranking";
import { tallyScores, type ScoreTally } from "./tally";

/** What share of each class lies at or above each score, from the highest score down: the points of a ROC curve. */
export interface RocCurve {
  /** A row is selected when its score is at least this; Infinity for the first point, where nobody is. */
  readonly thresholds: Float64Array;
  /** The share of the positives selected: the vertical axis. */
  readonly truePositiveRate: Float64Array;
  /** The share of the negatives selected: the horizontal axis. */
  readonly falsePositiveRate: Float64Array;
}

/** Precision and recall at each score, from the highest score down. */
export interface PrecisionRecallCurve {
  /** A row is selected when its score is at least this. */
  readonly thresholds: Float64Array;
  /** The share of positives among the selected. */
  readonly precision: Float64Array;
  /** The share of the positives selected: the horizontal axis. */
  readonly recall: Float64Array;
}

/**
 * The ROC curve: at every possible threshold, how many leavers are found and how many others are called by mistake.
 *
 * One point for each distinct score, and (0, 0) before them: equal scores enter together, so a tie is a slanted line. The area under
 * the straight connections is {@link computeAuc}. No point is dropped: scikit-learn's `roc_curve(…, drop_intermediate=False)`.
 *
 * @param labels - 0 or 1 for each row
 * @param scores - any finite numbers, higher for "more likely 1"
 * @throws ClienteleError as {@link computeAuc}.
 * @example
 * ```ts
 * import { computeRocCurve } from "clientele/evaluation";
 *
 * const { thresholds, truePositiveRate, falsePositiveRate } = computeRocCurve([0, 0, 1, 1], [0.1, 0.4, 0.4, 0.8]);
 * console.log(thresholds); // Float64Array [Infinity, 0.8, 0.4, 0.1]
 * console.log(truePositiveRate); // Float64Array [0, 0.5, 1, 1]
 * console.log(falsePositiveRate); // Float64Array [0, 0, 0.5, 1]
 * ```
 */
export function computeRocCurve(labels: ArrayLike<number>, scores: ArrayLike<number>): RocCurve {
  const { thresholds, truePositives, falsePositives, positiveCount, negativeCount } = selections("computeRocCurve", labels, scores);
  return {
    thresholds,
    truePositiveRate: Float64Array.from(truePositives, (count) => count / positiveCount),
    falsePositiveRate: Float64Array.from(falsePositives, (count) => count / negativeCount),
  };
}

/**
 * The precision–recall curve: at every possible threshold, how many of the selected are leavers and how many leavers are selected.
 *
 * One point for each distinct score, equal scores together. Between two points the curve is a step, not a line (Davis and Goadrich 2006); the area of the
 * steps is {@link computeAveragePrecision}. There is no artificial point at recall 0, where no precision exists.
 *
 * @param labels - 0 or 1 for each row
 * @param scores - any finite numbers, higher for "more likely 1"
 * @throws ClienteleError as {@link computeAuc}.
 * @example
 * ```ts
 * import { computePrecisionRecallCurve } from "clientele/evaluation";
 *
 * const { precision, recall } = computePrecisionRecallCurve([0, 0, 1, 1], [0.1, 0.4, 0.4, 0.8]);
 * console.log(precision); // Float64Array [1, 0.6666666666666666, 0.5]
 * console.log(recall); // Float64Array [0.5, 1, 1]
 * ```
 */
export function computePrecisionRecallCurve(labels: ArrayLike<number>, scores: ArrayLike<number>): PrecisionRecallCurve {
  const { thresholds, truePositives, falsePositives, positiveCount } = selections("computePrecisionRecallCurve", labels, scores);
  const found = truePositives.subarray(1);
  return {
    thresholds: thresholds.slice(1),
    precision: Float64Array.from(found, (count, i) => count / (count + falsePositives[i + 1]!)),
    recall: Float64Array.from(found, (count) => count / positiveCount),
  };
}

/**
 * The largest distance between the score distributions of the two classes (Kolmogorov and Smirnov): 0 for the same, 1 where they do not overlap.
 *
 * The largest |true positive rate − false positive rate| over all thresholds: twice the best balanced accuracy, less 1.
 *
 * @param labels - 0 or 1 for each row
 * @param scores - any finite numbers; only their order counts
 * @throws ClienteleError as {@link computeAuc}.
 * @example
 * ```ts
 * import { computeKs } from "clientele/evaluation";
 *
 * console.log(computeKs([0, 0, 1, 0, 1, 1], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]).toFixed(3)); // "0.667"
 * ```
 */
export function computeKs(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const { truePositives, falsePositives, positiveCount, negativeCount } = selections("computeKs", labels, scores);
  let largest = 0;
  for (let i = 0; i < truePositives.length; i++) largest = Math.max(largest, Math.abs(truePositives[i]! * negativeCount - falsePositives[i]! * positiveCount));
  return largest / (positiveCount * negativeCount);
}

/** Who is selected at each threshold, from nobody to all. */
export interface Selections extends Pick<ScoreTally, "positiveCount" | "negativeCount"> {
  /** Infinity, then the distinct scores, descending. */
  readonly thresholds: Float64Array;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
}

export function selections(caller: string, labels: ArrayLike<number>, scores: ArrayLike<number>): Selections {
  const tally = tallyScores(checkedScoresByClass(caller, labels, scores));
  const count = tally.scores.length;
  const thresholds = new Float64Array(count + 1).fill(Infinity);
  const truePositives = new Float64Array(count + 1);
  const falsePositives = new Float64Array(count + 1);
  for (let i = 1; i <= count; i++) {
    thresholds[i] = tally.scores[count - i]!;
    truePositives[i] = truePositives[i - 1]! + tally.positives[count - i]!;
    falsePositives[i] = falsePositives[i - 1]! + tally.negatives[count - i]!;
  }
  return { thresholds, truePositives, falsePositives, positiveCount: tally.positiveCount, negativeCount: tally.negativeCount };
}
