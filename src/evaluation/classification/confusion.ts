import { readBinaryLabels, type BinaryLabels } from "../../data/binary-labels";
import { readOptions } from "../../errors/options";
import { checkScores } from "./binary-inputs";

/** Where a score becomes a yes. */
export interface ScoreThresholdOptions {
  /** A row is predicted positive when its score is at least this: a probability, or a number in the unit of the scores. @defaultValue 0.5 */
  readonly threshold?: number | undefined;
}

const CONFUSION_OPTIONS = { threshold: { kind: "number", default: 0.5 } } as const;

/** The four kinds of decisions at one threshold, and the shares made of them. A share of nothing is NaN. */
export interface Confusion {
  /** A score of at least this is a yes. */
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
  /** The share of right decisions. */
  readonly accuracy: number;
  /** The share of leavers among those called leavers; NaN when none is called so. */
  readonly precision: number;
  /** The share of the leavers that was found (sensitivity, true positive rate); NaN without leavers. */
  readonly recall: number;
  /** The share of the others that was left alone (true negative rate); NaN without others. */
  readonly specificity: number;
  /** The share of stayers among those called stayers; NaN when none is called so. */
  readonly negativePredictiveValue: number;
  /** Mean of recall and specificity: 0.5 for a decision that ignores the customer. */
  readonly balancedAccuracy: number;
  /** Harmonic mean of precision and recall, see {@link computeF1}. */
  readonly f1: number;
  /** Matthews' correlation of label and decision, see {@link computeMcc}. */
  readonly mcc: number;
}

/**
 * What decisions at one threshold come to: the confusion matrix and the measures made of it.
 *
 * A score of exactly the threshold is a yes. The definitions are scikit-learn's, except that a share of nothing is NaN, not 0.
 *
 * @param labels - 0 or 1 for each row; one class only is allowed
 * @param scores - any finite numbers, higher for "more likely 1"
 * @throws ClienteleError `invalidInput` for labels other than 0 and 1, `nonFinite` for NaN or infinite scores, `lengthMismatch`,
 * `tooFewRows` for no rows, `invalidOption`.
 * @example
 * ```ts
 * import { computeConfusion } from "clientele/evaluation";
 *
 * const { truePositives, falsePositives, precision, recall } = computeConfusion([1, 0, 1, 0, 0], [0.9, 0.6, 0.4, 0.2, 0.1], { threshold: 0.3 });
 * console.log(truePositives, falsePositives, precision.toFixed(3), recall); // 2 1 0.667 1
 * ```
 */
export function computeConfusion(labels: ArrayLike<number>, scores: ArrayLike<number>, options?: ScoreThresholdOptions): Confusion {
  const { counts, threshold } = checkedCounts("computeConfusion", labels, scores, options);
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = counts;
  const recall = truePositives / (truePositives + falseNegatives);
  const specificity = trueNegatives / (trueNegatives + falsePositives);
  return {
    threshold,
    ...counts,
    accuracy: (truePositives + trueNegatives) / labels.length,
    precision: truePositives / (truePositives + falsePositives),
    recall,
    specificity,
    negativePredictiveValue: trueNegatives / (trueNegatives + falseNegatives),
    balancedAccuracy: (recall + specificity) / 2,
    f1: f1Of(counts),
    mcc: mccOf(counts),
  };
}

/**
 * The harmonic mean of precision and recall at a threshold, 2 TP / (2 TP + FP + FN): 1 is perfect, 0 finds nobody.
 *
 * @param labels - 0 or 1 for each row; one class only is allowed
 * @param scores - any finite numbers, higher for "more likely 1"
 * @returns NaN where there are no positives and none is predicted
 * @throws ClienteleError as {@link computeConfusion}.
 * @example
 * ```ts
 * import { computeF1 } from "clientele/evaluation";
 *
 * console.log(computeF1([1, 0, 1, 0], [0.9, 0.6, 0.4, 0.2])); // 0.5
 * ```
 */
export function computeF1(labels: ArrayLike<number>, scores: ArrayLike<number>, options?: ScoreThresholdOptions): number {
  return f1Of(checkedCounts("computeF1", labels, scores, options).counts);
}

/**
 * The correlation of labels and decisions at a threshold (Matthews 1975): 1 is perfect, 0 is what decisions made without looking score, −1 all wrong.
 *
 * Unlike F1 it counts the customers rightly left alone. Where all labels or all decisions are equal it is 0, its limit (Chicco and Jurman 2020).
 *
 * @param labels - 0 or 1 for each row; one class only is allowed
 * @param scores - any finite numbers, higher for "more likely 1"
 * @throws ClienteleError as {@link computeConfusion}.
 * @example
 * ```ts
 * import { computeMcc } from "clientele/evaluation";
 *
 * console.log(computeMcc([1, 0, 1, 0, 0], [0.9, 0.6, 0.4, 0.2, 0.1], { threshold: 0.3 }).toFixed(3)); // "0.667"
 * ```
 */
export function computeMcc(labels: ArrayLike<number>, scores: ArrayLike<number>, options?: ScoreThresholdOptions): number {
  return mccOf(checkedCounts("computeMcc", labels, scores, options).counts);
}

interface DecisionCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

function checkedCounts(
  caller: string,
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: ScoreThresholdOptions | undefined,
): { readonly counts: DecisionCounts; readonly threshold: number } {
  const { threshold } = readOptions(caller, options, CONFUSION_OPTIONS);
  const checked = readBinaryLabels(caller, labels);
  checkScores(caller, scores, labels.length);
  return { counts: countDecisions(checked, scores, threshold), threshold };
}

function countDecisions({ values, positiveCount }: BinaryLabels, scores: ArrayLike<number>, threshold: number): DecisionCounts {
  let truePositives = 0;
  let falsePositives = 0;
  for (let row = 0; row < values.length; row++) {
    if (!(scores[row]! >= threshold)) continue;
    if (values[row] === 1) truePositives++;
    else falsePositives++;
  }
  return { truePositives, falsePositives, trueNegatives: values.length - positiveCount - falsePositives, falseNegatives: positiveCount - truePositives };
}

function f1Of({ truePositives, falsePositives, falseNegatives }: DecisionCounts): number {
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives);
}

function mccOf({ truePositives, falsePositives, trueNegatives, falseNegatives }: DecisionCounts): number {
  const predicted = (truePositives + falsePositives) * (trueNegatives + falseNegatives);
  const actual = (truePositives + falseNegatives) * (trueNegatives + falsePositives);
  if (predicted === 0 || actual === 0) return 0;
  // The product of all four factors may pass 2⁵³; the root of each pair loses nothing.
  return (truePositives * trueNegatives - falsePositives * falseNegatives) / (Math.sqrt(predicted) * Math.sqrt(actual));
}
