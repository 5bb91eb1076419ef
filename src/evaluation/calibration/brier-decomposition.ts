import { readBinaryLabels } from "../../data/binary-labels";
import { poolAdjacentViolators } from "../../numeric/isotonic/pool-adjacent-violators";
import { checkProbabilities } from "../classification/binary-inputs";
import { brierOf } from "../classification/probability-scores";
import { sortScoresByClass } from "../classification/ranking";
import { tallyScores } from "../classification/tally";

/** A run of probabilities that isotonic regression gives one rate: a step of the CORP reliability diagram. */
export interface CorpStep {
  /** The smallest and the largest predicted probability of the step. */
  readonly lowestProbability: number;
  readonly highestProbability: number;
  readonly rowCount: number;
  readonly positiveCount: number;
  /** The calibrated probability: the share of positives among these rows. */
  readonly rate: number;
}

/** A Brier score in its parts: `brier` = `miscalibration` − `discrimination` + `uncertainty`. */
export interface BrierDecomposition {
  /** See {@link computeBrier}. */
  readonly brier: number;
  /** What calibrating the probabilities would gain: 0 is perfect. */
  readonly miscalibration: number;
  /** What the calibrated probabilities are better than the base rate: the use of knowing the customer, higher is better. */
  readonly discrimination: number;
  /** The score of the base rate, the share of positives p: p · (1 − p). */
  readonly uncertainty: number;
  /** The calibrated probabilities, in ascending order: the CORP reliability diagram. */
  readonly steps: readonly CorpStep[];
}

/**
 * Why a Brier score is what it is: wrong probabilities, or customers that cannot be told apart.
 *
 * The CORP decomposition (Dimitriadis, Gneiting and Jordan 2021): the probabilities are calibrated by isotonic regression of the labels
 * (pool adjacent violators), which needs no bins, so nothing depends on their number. The parts are 0 or more and sum to the score up to rounding.
 * The calibration is fitted to the same rows, so on few rows the miscalibration of even perfect probabilities is above 0.
 *
 * @param labels - 0 or 1 for each row; one class only is allowed
 * @param probabilities - the predicted probability of 1 for each row
 * @throws ClienteleError `invalidInput` for labels other than 0 and 1 or probabilities outside 0 … 1 (with the row),
 * `nonFinite` for NaN, `lengthMismatch`, `tooFewRows` for no rows.
 * @example
 * ```ts
 * import { decomposeBrier } from "clientele/evaluation";
 *
 * const { brier, miscalibration, discrimination, uncertainty, steps } = decomposeBrier([0, 1, 0, 1], [0.2, 0.4, 0.6, 0.8]);
 * console.log(brier.toFixed(2), miscalibration.toFixed(3), discrimination.toFixed(3), uncertainty); // 0.20 0.075 0.125 0.25
 * console.log(steps.map(({ rate, rowCount }) => [rate, rowCount])); // [[0, 1], [0.5, 2], [1, 1]]
 * ```
 */
export function decomposeBrier(labels: ArrayLike<number>, probabilities: ArrayLike<number>): BrierDecomposition {
  const caller = "decomposeBrier";
  const checked = readBinaryLabels(caller, labels);
  checkProbabilities(caller, "probabilities", probabilities, labels.length);
  const rowCount = labels.length;
  const { scores, positives, negatives } = tallyScores(sortScoresByClass(checked, probabilities));
  const blocks = poolAdjacentViolators(positives, positives.map((count, g) => count + negatives[g]!));
  let calibrated = 0;
  const steps = Array.from(blocks.ends, (end, b): CorpStep => {
    const positiveCount = blocks.sums[b]!;
    const count = blocks.weights[b]!;
    calibrated += (positiveCount * (count - positiveCount)) / count;
    return {
      lowestProbability: scores[blocks.ends[b - 1] ?? 0]!,
      highestProbability: scores[end - 1]!,
      rowCount: count,
      positiveCount,
      rate: positiveCount / count,
    };
  });
  calibrated /= rowCount;
  const brier = brierOf(checked, probabilities);
  const baseRate = checked.positiveCount / rowCount;
  const uncertainty = baseRate * (1 - baseRate);
  return { brier, miscalibration: Math.max(0, brier - calibrated), discrimination: Math.max(0, uncertainty - calibrated), uncertainty, steps };
}
