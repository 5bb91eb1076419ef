import { readOptions } from "../../../errors/options";
import { minimizeByNewton } from "../../../numeric/optimize/newton";
import { runToEnd, type Steps } from "../../../steps/steps";
import { CALIBRATION_OPTIONS, readCalibrationInputs, type CalibrationOptions } from "../calibration-inputs";
import { fillLogOdds } from "../log-odds";
import { logisticObjective } from "../logistic-objective";
import { SMALLEST_RANGE } from "../standardize-scores";
import { TemperatureModel } from "./model";
import type { TemperatureStatus } from "./spec";

/**
 * Fits a temperature: one number that makes a model more or less sure of itself, and leaves the order of the customers and one half as they are.
 *
 * Guo, Pleiss, Sun and Weinberger (2017) for two classes: maximum likelihood of 1 / (1 + exp(−x / temperature)), x the log-odds of the
 * probability (clipped at 2⁻⁵²) or, with `scale: "score"`, the score itself as log-odds. It needs the fewest rows of the three calibrations, and cannot correct a
 * base rate that is off: `fitPlatt` has an intercept for that.
 *
 * The scores must come from rows that the model had not seen; {@link withCalibration} sees to it.
 *
 * @param scores - probabilities, or log-odds with `scale: "score"`
 * @param labels - 0 or 1 for each score, both present
 * @throws ClienteleError as {@link fitPlatt}.
 * @example
 * ```ts
 * import { fitTemperature } from "clientele/churn";
 *
 * // Too sure of itself: of those called 0.9 two thirds leave.
 * const model = fitTemperature([0.1, 0.1, 0.1, 0.9, 0.9, 0.9], [0, 0, 1, 1, 1, 0]);
 * console.log(model.temperature.toFixed(3)); // "3.170"
 * console.log(model.apply([0.1, 0.5, 0.9]).map((p) => Math.round(p * 1000) / 1000)); // Float64Array [0.333, 0.5, 0.667]
 * ```
 */
export function fitTemperature(scores: ArrayLike<number>, labels: ArrayLike<number>, options?: CalibrationOptions): TemperatureModel {
  return runToEnd(temperatureSteps(scores, labels, options));
}

/** {@link fitTemperature} in slices of about two milliseconds, for `runCooperatively`. */
export function* temperatureSteps(scores: ArrayLike<number>, labels: ArrayLike<number>, options?: CalibrationOptions): Steps<TemperatureModel> {
  const caller = "fitTemperature";
  const { scale } = readOptions(caller, options, CALIBRATION_OPTIONS);
  const { values } = readCalibrationInputs(caller, scores, labels, scale);
  const rowCount = values.length;
  const logOdds = new Float64Array(rowCount);
  fillLogOdds(scores, scale, logOdds);
  yield { phase: "calibration", done: 0, total: rowCount };

  const parts = { kind: "temperature", version: 1, scale, rowCount } as const;
  const largest = logOdds.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  if (largest < SMALLEST_RANGE) return new TemperatureModel({ ...parts, slope: 1, status: "constantScores" });
  let hasWrong = false;
  let gain = 0;
  for (let row = 0; row < rowCount; row++) {
    const towardsLabel = values[row] === 1 ? logOdds[row]! / largest : -logOdds[row]! / largest;
    if (towardsLabel < 0) hasWrong = true;
    gain += towardsLabel;
    logOdds[row] = logOdds[row]! / largest;
  }
  if (!hasWrong) return new TemperatureModel({ ...parts, slope: 1, status: "separated" });
  // The likelihood is concave in the slope; this is its derivative at slope 0, times 2.
  if (!(gain > 0)) return new TemperatureModel({ ...parts, slope: 0, status: "uninformative" });

  const objective = logisticObjective(logOdds, Float64Array.from(values), false);
  const newton = yield* minimizeByNewton(objective, new Float64Array(1), { tolerance: 1e-12, maxIterations: 200, driftTolerance: 0 });
  const status: TemperatureStatus = newton.status === "converged" ? "converged" : "iterationLimit";
  return new TemperatureModel({ ...parts, slope: Math.max(0, newton.point[0]!) / largest, status });
}
