import { checkBothClasses, readBinaryLabels, type BinaryLabels } from "../../data/binary-labels";
import { checkScores, RANKING_ADVICE } from "./binary-inputs";

/**
 * How likely a random positive is to have a higher score than a random negative: the area under the ROC curve.
 *
 * Equal scores count one half, as with midranks (Mann and Whitney 1947; Hanley and McNeil 1982).
 * 0.5 is chance, 1 a perfect order, 0 the exact reverse. Takes O(n log n) time.
 *
 * @param labels - 0 or 1 for each row
 * @param scores - any finite numbers, higher for "more likely 1"; only their order counts
 * @throws ClienteleError `constantLabels` when all labels are equal, `invalidInput` for other labels than 0 and 1,
 * `nonFinite` for NaN or infinite scores, `lengthMismatch`.
 * @example
 * ```ts
 * import { computeAuc } from "clientele/evaluation";
 *
 * console.log(computeAuc([0, 0, 1, 1], [0.1, 0.4, 0.4, 0.8])); // 0.875
 * ```
 */
export function computeAuc(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  return aucOf(checkedScoresByClass("computeAuc", labels, scores));
}

/**
 * The precision among the rows ranked above each positive, averaged over the positives.
 *
 * The step sum Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct scores, as in scikit-learn: equal scores enter together,
 * and nothing is interpolated (the trapezoidal area would be too favourable, Davis and Goadrich 2006).
 * A random order scores about the share of positives. Takes O(n log n) time.
 *
 * @param labels - 0 or 1 for each row
 * @param scores - any finite numbers, higher for "more likely 1"; only their order counts
 * @throws ClienteleError `constantLabels` when all labels are equal, `invalidInput` for other labels than 0 and 1,
 * `nonFinite` for NaN or infinite scores, `lengthMismatch`.
 * @example
 * ```ts
 * import { computeAveragePrecision } from "clientele/evaluation";
 *
 * console.log(computeAveragePrecision([1, 0, 1, 0], [0.9, 0.6, 0.4, 0.1]).toFixed(4)); // "0.8333"
 * ```
 */
export function computeAveragePrecision(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  return averagePrecisionOf(checkedScoresByClass("computeAveragePrecision", labels, scores));
}

/** The scores of each class in ascending order: all that a ranking measure needs. */
export interface ScoresByClass {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

export function checkedScoresByClass(caller: string, labels: ArrayLike<number>, scores: ArrayLike<number>, parameter = "scores"): ScoresByClass {
  const checked = readBinaryLabels(caller, labels);
  checkScores(caller, scores, labels.length, parameter);
  checkBothClasses(caller, checked, "labels", RANKING_ADVICE);
  return sortScoresByClass(checked, scores);
}

/** Two sorts of plain numbers, which engines do natively, instead of one sort of positions by a comparator. */
export function sortScoresByClass({ values, positiveCount }: BinaryLabels, scores: ArrayLike<number>): ScoresByClass {
  const positives = new Float64Array(positiveCount);
  const negatives = new Float64Array(values.length - positiveCount);
  let p = 0;
  let n = 0;
  for (let row = 0; row < values.length; row++) {
    if (values[row] === 1) positives[p++] = scores[row]!;
    else negatives[n++] = scores[row]!;
  }
  return { positives: positives.sort(), negatives: negatives.sort() };
}

/** Merges the two lists, counting for each positive the negatives below it and those not above it: exact integers. */
export function aucOf({ positives, negatives }: ScoresByClass): number {
  let below = 0;
  let notAbove = 0;
  let halfWins = 0;
  for (const score of positives) {
    while (below < negatives.length && negatives[below]! < score) below++;
    while (notAbove < negatives.length && negatives[notAbove]! <= score) notAbove++;
    halfWins += below + notAbove;
  }
  return halfWins / (2 * positives.length * negatives.length);
}

/** Merges the two lists from above, one distinct score of a positive at a time. */
export function averagePrecisionOf({ positives, negatives }: ScoresByClass): number {
  let i = positives.length;
  let j = negatives.length;
  let sum = 0;
  while (i > 0) {
    const score = positives[i - 1]!;
    const before = i;
    while (i > 0 && positives[i - 1] === score) i--;
    while (j > 0 && negatives[j - 1]! >= score) j--;
    const found = positives.length - i;
    const selected = found + negatives.length - j;
    sum += ((before - i) * found) / selected;
  }
  return sum / positives.length;
}
