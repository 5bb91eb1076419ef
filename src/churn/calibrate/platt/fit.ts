import { readOptions } from "../../../errors/options";
import { minimizeByNewton } from "../../../numeric/optimize/newton";
import { runToEnd, type Steps } from "../../../steps/steps";
import { CALIBRATION_OPTIONS, readCalibrationInputs, type CalibrationOptions } from "../calibration-inputs";
import { fillLogOdds } from "../log-odds";
import { logisticObjective } from "../logistic-objective";
import { standardizeScores } from "../standardize-scores";
import { PlattModel } from "./model";
import type { PlattStatus } from "./spec";

/**
 * Fits Platt's calibration: a logistic curve from scores to honest probabilities, with a slope and an intercept.
 *
 * Platt (1999): maximum likelihood of 1 / (1 + exp(−(intercept + slope · x))) with his corrected targets, (N₊ + 1) / (N₊ + 2) in place of 1 and
 * 1 / (N₋ + 2) in place of 0, which keep the slope finite even for separated scores. x is the score itself (Platt's own case, `scale: "score"`) or, of a
 * probability, its log-odds (clipped at 2⁻⁵²). Newton's method to the last digits.
 *
 * The scores must come from rows that the model had not seen (out-of-fold predictions, or rows kept apart): calibrated on its own training rows, a model is called
 * honest that is not. {@link withCalibration} sees to it.
 *
 * @param scores - probabilities, or any finite numbers with `scale: "score"`
 * @param labels - 0 or 1 for each score, both present
 * @throws ClienteleError `constantLabels`, `lengthMismatch`, `nonFinite`, `tooFewRows` for no rows, `invalidInput` for labels other than 0 and 1 and
 * for scores outside 0 … 1 where they are probabilities.
 * @example
 * ```ts
 * import { fitPlatt } from "clientele/churn";
 *
 * // Too sure of itself: of those called 0.9 two thirds leave.
 * const model = fitPlatt([0.1, 0.1, 0.1, 0.9, 0.9, 0.9], [0, 0, 1, 1, 1, 0]);
 * console.log(model.apply([0.1, 0.5, 0.9]).map((p) => Math.round(p * 100) / 100)); // Float64Array [0.4, 0.5, 0.6]
 * ```
 */
export function fitPlatt(scores: ArrayLike<number>, labels: ArrayLike<number>, options?: CalibrationOptions): PlattModel {
  return runToEnd(plattSteps(scores, labels, options));
}

/** {@link fitPlatt} in slices of about two milliseconds, for `runCooperatively`. */
export function* plattSteps(scores: ArrayLike<number>, labels: ArrayLike<number>, options?: CalibrationOptions): Steps<PlattModel> {
  const caller = "fitPlatt";
  const { scale } = readOptions(caller, options, CALIBRATION_OPTIONS);
  const { values, positiveCount } = readCalibrationInputs(caller, scores, labels, scale);
  const rowCount = values.length;
  const logOdds = new Float64Array(rowCount);
  fillLogOdds(scores, scale, logOdds);
  yield { phase: "calibration", done: 0, total: rowCount };

  const high = (positiveCount + 1) / (positiveCount + 2);
  const low = 1 / (rowCount - positiveCount + 2);
  const meanTarget = (positiveCount * high + (rowCount - positiveCount) * low) / rowCount;
  const baseLogOdds = Math.log(meanTarget / (1 - meanTarget));
  const parts = { kind: "platt", version: 1, scale, rowCount, positiveCount } as const;
  const standardized = standardizeScores(logOdds);
  if (standardized === undefined) return new PlattModel({ ...parts, slope: 0, intercept: baseLogOdds, status: "constantScores" });

  const targets = Float64Array.from(values, (label) => (label === 1 ? high : low));
  const objective = logisticObjective(logOdds, targets, true);
  const newton = yield* minimizeByNewton(objective, Float64Array.of(0, baseLogOdds), { tolerance: 1e-12, maxIterations: 100, driftTolerance: 0 });
  const slope = newton.point[0]! / standardized.scale;
  const status: PlattStatus = newton.status !== "converged" ? "iterationLimit" : slope < 0 ? "reversed" : "converged";
  return new PlattModel({ ...parts, slope, intercept: newton.point[1]! - slope * standardized.center, status });
}
