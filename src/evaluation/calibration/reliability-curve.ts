import { checkOption, readOptions } from "../../errors/options";
import { normalQuantile } from "../../numeric/special/normal-quantile";
import { wilsonBounds } from "../../numeric/statistics/proportion-interval";
import { LEVEL } from "../classification/binary-inputs";
import { equalMassBins } from "./equal-mass-bins";
import { tallyProbabilities } from "./tally-probabilities";

/** Options of {@link computeReliabilityCurve}. */
export interface ReliabilityCurveOptions {
  /** How many bins of about the same number of rows, from 1 to the number of rows. @defaultValue 10 */
  readonly bins?: number | undefined;
  /** Confidence of the bars. @defaultValue 0.95 */
  readonly level?: number | undefined;
}

/** Customers of similar predicted probability. */
export interface ReliabilityBin {
  readonly rowCount: number;
  readonly positiveCount: number;
  /** Mean of their predicted probabilities: the horizontal axis. */
  readonly meanProbability: number;
  /** The share of positives among them: the vertical axis. */
  readonly rate: number;
  /** Wilson's bounds of the rate. */
  readonly low: number;
  readonly high: number;
  /** The smallest and the largest of their probabilities. */
  readonly lowestProbability: number;
  readonly highestProbability: number;
}

export const BINS = { kind: "integer", min: 1, default: 10 } as const;

/**
 * Whether "30 %" means 30 in 100: the share of leavers beside the mean predicted probability, in bins of equal size.
 *
 * Equal probabilities are never split: they lie in the bin of the middle of their ranks, so a value that many rows have can make fewer bins than asked for.
 * The bars are Wilson's (1927) score intervals of the rate.
 *
 * @param labels - 0 or 1 for each row; one class only is allowed
 * @param probabilities - the predicted probability of 1 for each row
 * @returns the bins in ascending order of probability; none is empty
 * @throws ClienteleError `invalidInput` for labels other than 0 and 1 or probabilities outside 0 … 1 (with the row),
 * `nonFinite` for NaN, `lengthMismatch`, `tooFewRows` for no rows, `invalidOption` for more bins than rows.
 * @example
 * ```ts
 * import { computeReliabilityCurve } from "clientele/evaluation";
 *
 * const bins = computeReliabilityCurve([0, 0, 1, 0, 1, 1], [0.1, 0.2, 0.3, 0.6, 0.7, 0.8], { bins: 2 });
 * console.log(bins.map(({ meanProbability, rate }) => [meanProbability.toFixed(2), rate.toFixed(2)])); // [["0.20", "0.33"], ["0.70", "0.67"]]
 * console.log(bins[0]?.low.toFixed(2), bins[0]?.high.toFixed(2)); // 0.06 0.79
 * ```
 */
export function computeReliabilityCurve(labels: ArrayLike<number>, probabilities: ArrayLike<number>, options?: ReliabilityCurveOptions): ReliabilityBin[] {
  const caller = "computeReliabilityCurve";
  const { bins, level } = readOptions(caller, options, { bins: BINS, level: LEVEL });
  const tally = tallyProbabilities(caller, labels, probabilities);
  checkOption(caller, "bins", bins, { kind: "integer", min: 1, max: labels.length }, "rows");
  const z = -normalQuantile((1 - level) / 2);
  return equalMassBins(tally, bins).map(({ start, end, rowCount, positiveCount, probabilitySum }) => {
    const [low, high] = wilsonBounds(positiveCount, rowCount, z);
    return {
      rowCount,
      positiveCount,
      meanProbability: probabilitySum / rowCount,
      rate: positiveCount / rowCount,
      low,
      high,
      lowestProbability: tally.scores[start]!,
      highestProbability: tally.scores[end - 1]!,
    };
  });
}
