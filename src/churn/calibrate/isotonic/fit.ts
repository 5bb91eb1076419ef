import { readOptions } from "../../../errors/options";
import { sortScoresByClass } from "../../../evaluation/classification/ranking";
import { tallyScores } from "../../../evaluation/classification/tally";
import { poolAdjacentViolators } from "../../../numeric/isotonic/pool-adjacent-violators";
import { runToEnd, type Steps } from "../../../steps/steps";
import { CALIBRATION_OPTIONS, readCalibrationInputs, type CalibrationOptions } from "../calibration-inputs";
import { IsotonicModel } from "./model";

/**
 * Fits an isotonic calibration: the rising curve from scores to probabilities that is nearest to what happened, whatever its shape.
 *
 * Least squares under the one condition that the curve never falls (pool adjacent violators), as Zadrozny and Elkan (2002) proposed; equal scores count as one point.
 * Between the steps the curve is a straight line, outside the scores of the fit level: scikit-learn's `IsotonicRegression(out_of_bounds="clip")`.
 *
 * It follows the data closely and wants many rows: below about 1,000 `fitPlatt` is the safer choice. It makes equal what had different scores (so the AUC can
 * change), and can say exactly 0 or 1, which a log-loss punishes hard when it is wrong.
 *
 * The scores must come from rows that the model had not seen; {@link withCalibration} sees to it.
 *
 * @param scores - probabilities, or any finite numbers with `scale: "score"`
 * @param labels - 0 or 1 for each score, both present
 * @throws ClienteleError as {@link fitPlatt}.
 * @example
 * ```ts
 * import { fitIsotonic } from "clientele/churn";
 *
 * const model = fitIsotonic([0.1, 0.2, 0.5, 0.6, 0.8, 0.9], [0, 0, 1, 0, 1, 1]);
 * console.log(model.probabilities); // [0, 0, 0.5, 0.5, 1, 1]
 * console.log(model.apply([0, 0.55, 1])); // Float64Array [0, 0.5, 1]
 * ```
 */
export function fitIsotonic(scores: ArrayLike<number>, labels: ArrayLike<number>, options?: CalibrationOptions): IsotonicModel {
  return runToEnd(isotonicSteps(scores, labels, options));
}

/** {@link fitIsotonic} in slices, for `runCooperatively`. Sorting the scores is not cut: about 0.1 s for a million. */
export function* isotonicSteps(scores: ArrayLike<number>, labels: ArrayLike<number>, options?: CalibrationOptions): Steps<IsotonicModel> {
  const caller = "fitIsotonic";
  const phase = "calibration";
  const { scale } = readOptions(caller, options, CALIBRATION_OPTIONS);
  const checked = readCalibrationInputs(caller, scores, labels, scale);
  yield { phase, done: 0, total: 3 };
  const ranked = sortScoresByClass(checked, scores);
  yield { phase, done: 1, total: 3 };
  const tally = tallyScores(ranked);
  yield { phase, done: 2, total: 3 };
  const { ends, sums, weights } = poolAdjacentViolators(tally.positives, tally.positives.map((count, g) => count + tally.negatives[g]!));
  const points: number[] = [];
  const probabilities: number[] = [];
  ends.forEach((end, block) => {
    const first = tally.scores[ends[block - 1] ?? 0]!;
    const last = tally.scores[end - 1]!;
    const probability = sums[block]! / weights[block]!;
    for (const score of first === last ? [first] : [first, last]) {
      points.push(score);
      probabilities.push(probability);
    }
  });
  return new IsotonicModel({ kind: "isotonic", version: 1, scale, scores: points, probabilities, rowCount: scores.length });
}
