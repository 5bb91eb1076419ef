import { checkOption, readOptions } from "../../errors/options";
import { expectedAbsoluteDeviation } from "./absolute-deviation";
import { equalMassBins } from "./equal-mass-bins";
import { BINS } from "./reliability-curve";
import { tallyProbabilities } from "./tally-probabilities";

/** Options of {@link computeCalibrationError}. */
export interface CalibrationErrorOptions {
  /** How many bins of about the same number of rows, from 1 to the number of rows. @defaultValue 10 */
  readonly bins?: number | undefined;
}

/** How far probabilities are off, beside how far off they would look if they were right. */
export interface CalibrationError {
  /** Mean over the rows of |mean probability − rate| of their bin. */
  readonly error: number;
  /** What `error` comes to on average when every probability is exactly right: chance alone. */
  readonly expected: number;
  /** The standard deviation of `error` in that case. */
  readonly standardDeviation: number;
  /** Bins that came out, see {@link computeReliabilityCurve}. */
  readonly binCount: number;
}

/**
 * The expected calibration error (ECE) of predicted probabilities, and what it would be if they were perfect.
 *
 * Σ over the bins of {@link computeReliabilityCurve} of (rows of the bin / all rows) · |mean probability − rate|. It is above 0 even for perfect
 * probabilities, the more so the fewer rows a bin has: only what exceeds `expected` by some `standardDeviation`s speaks against them.
 *
 * Both are computed, not simulated: given the probabilities, the positives of a bin follow the Poisson-binomial distribution, whose mean absolute
 * deviation is exact here up to a variance of 400, and the normal one's above it (off by less than 1/4,000 of itself). No random numbers.
 *
 * @param labels - 0 or 1 for each row; one class only is allowed
 * @param probabilities - the predicted probability of 1 for each row
 * @throws ClienteleError as {@link computeReliabilityCurve}.
 * @example
 * ```ts
 * import { computeCalibrationError } from "clientele/evaluation";
 *
 * const { error, expected } = computeCalibrationError([0, 0, 1, 0, 1, 1], [0.1, 0.2, 0.3, 0.6, 0.7, 0.8], { bins: 2 });
 * console.log(error.toFixed(3), expected.toFixed(3)); // 0.083 0.202
 * ```
 */
export function computeCalibrationError(labels: ArrayLike<number>, probabilities: ArrayLike<number>, options?: CalibrationErrorOptions): CalibrationError {
  const caller = "computeCalibrationError";
  const { bins: wanted } = readOptions(caller, options, { bins: BINS });
  const tally = tallyProbabilities(caller, labels, probabilities);
  const rowCount = labels.length;
  checkOption(caller, "bins", wanted, { kind: "integer", min: 1, max: rowCount }, "rows");
  const { scores } = tally;
  const counts = tally.positives.map((count, g) => count + tally.negatives[g]!);
  const bins = equalMassBins(tally, wanted);
  let distance = 0;
  let expected = 0;
  let variance = 0;
  for (const { start, end, positiveCount, probabilitySum } of bins) {
    distance += Math.abs(probabilitySum - positiveCount);
    const deviation = expectedAbsoluteDeviation(scores, counts, start, end);
    expected += deviation;
    let ofCount = 0;
    for (let g = start; g < end; g++) ofCount += counts[g]! * scores[g]! * (1 - scores[g]!);
    // The bins are independent, and the mean square of a deviation is the variance of the count.
    variance += Math.max(0, ofCount - deviation * deviation);
  }
  return { error: distance / rowCount, expected: expected / rowCount, standardDeviation: Math.sqrt(variance) / rowCount, binCount: bins.length };
}
