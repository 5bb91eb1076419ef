import { checkRowCount } from "../../errors/check";
import { readOptions } from "../../errors/options";
import { normalQuantile } from "../../numeric/special/normal-quantile";
import { LEVEL } from "./binary-inputs";
import { negativePlacements, positivePlacements, varianceOfMean } from "./placements";
import { aucOf, checkedScoresByClass, type ScoresByClass } from "./ranking";
import { tallyScores } from "./tally";

/** Options of {@link computeAucInterval} and {@link compareAucs}. */
export interface AucIntervalOptions {
  /** Confidence of the interval. @defaultValue 0.95 */
  readonly level?: number | undefined;
}

/** An AUC and how far it can be trusted. */
export interface AucInterval {
  readonly auc: number;
  /** DeLong's; 0 for the methods `"bound"`, and for scores that are all equal. */
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** Confidence of the interval. */
  readonly level: number;
  /**
   * - `delong`: DeLong's standard error, the interval symmetric on the logit scale
   * - `bound`: the AUC is 1 or 0, where that error is 0 and says nothing; the interval is one-sided, with the whole of 1 − level on its one side
   */
  readonly method: "delong" | "bound";
}

/**
 * The AUC with its confidence interval: how good the order of the scores is, and how sure that is.
 *
 * DeLong, DeLong and Clarke-Pearson's (1988) variance by midranks (Sun and Xu 2014), in O(n log n) time; the interval is
 * symmetric on the logit scale, logit(AUC) ± z · SE / (AUC (1 − AUC)), so that it never leaves 0 … 1 (Pepe 2003, section 5.2).
 *
 * A perfect order (AUC = 1) gets the one-sided lower bound (1 − level)^(1/k), k = the rows of the smaller class, and AUC = 0 its
 * mirror image: k pairs without a common row would all be right with probability AUC^k at most, which is Clopper and Pearson's (1934) exact bound
 * for k of k. It holds whatever the distributions, and is cautious.
 *
 * The rows must be independent: for several rows of one customer use {@link bootstrapMetric} with `groups`.
 *
 * @param labels - 0 or 1 for each row
 * @param scores - any finite numbers, higher for "more likely 1"
 * @throws ClienteleError `tooFewRows` for a class with fewer than two rows, and as {@link computeAuc}.
 * @example
 * ```ts
 * import { computeAucInterval } from "clientele/evaluation";
 *
 * const { auc, low, high } = computeAucInterval([0, 0, 1, 0, 1, 1, 0, 1], [0.1, 0.4, 0.35, 0.2, 0.8, 0.7, 0.5, 0.9]);
 * console.log(auc, low.toFixed(3), high.toFixed(3)); // 0.875 0.345 0.989
 * ```
 */
export function computeAucInterval(labels: ArrayLike<number>, scores: ArrayLike<number>, options?: AucIntervalOptions): AucInterval {
  const caller = "computeAucInterval";
  const { level } = readOptions(caller, options, { level: LEVEL });
  const ranked = checkedScoresByClass(caller, labels, scores);
  checkTwoOfEach(caller, ranked);
  const auc = aucOf(ranked);
  if (auc === 0 || auc === 1) {
    const bound = (1 - level) ** (1 / Math.min(ranked.positives.length, ranked.negatives.length));
    return { auc, standardError: 0, low: auc === 1 ? bound : 0, high: auc === 1 ? 1 : 1 - bound, level, method: "bound" };
  }
  const standardError = deLongError(ranked, auc);
  const reach = (-normalQuantile((1 - level) / 2) * standardError) / (auc * (1 - auc));
  return { auc, standardError, low: shiftOnLogits(auc, -reach), high: shiftOnLogits(auc, reach), level, method: "delong" };
}

/** Variances of the placements need two of each class. */
export function checkTwoOfEach(caller: string, { positives, negatives }: ScoresByClass): void {
  checkRowCount(caller, "labels", positives.length, 2, "rows of class 1");
  checkRowCount(caller, "labels", negatives.length, 2, "rows of class 0");
}

function deLongError(ranked: ScoresByClass, auc: number): number {
  const tally = tallyScores(ranked);
  const ofPositives = varianceOfMean(positivePlacements(tally), tally.positives, tally.positiveCount, auc);
  const ofNegatives = varianceOfMean(negativePlacements(tally), tally.negatives, tally.negativeCount, auc);
  return Math.sqrt(ofPositives + ofNegatives);
}

/** The share whose log-odds lie `by` above those of `share`. */
function shiftOnLogits(share: number, by: number): number {
  return share / (share + (1 - share) * Math.exp(-by));
}
