import type { Steps } from "../../steps/steps";
import type { EstimatedModel } from "../transaction-model/delta-intervals";

/** Step of a central difference in a log parameter: its error is a 1e-9th of the derivative. */
const STEP = 1e-4;

/** How the logarithms of predictions change with the logarithms of a model's parameters, and how well those are known. */
export interface LogSlopes {
  /** One list for each parameter: the derivative of each logarithm. */
  readonly slopes: readonly Float64Array[];
  readonly covariance: readonly (readonly number[])[];
}

/** Slopes of predictions at the parameters of a model; undefined for a model without a maximum, whose parameters are not known. */
export function* logSlopesSteps<Name extends string, Predictor>(
  model: EstimatedModel<Name, Predictor>,
  predictSteps: (at: Predictor) => Steps<Float64Array>,
): Steps<LogSlopes | undefined> {
  const { parameters, covariance } = model;
  if (covariance === undefined) return undefined;
  const slopes: Float64Array[] = [];
  for (const name of Object.keys(parameters) as Name[]) {
    const at = (step: number): Predictor => model.at({ ...parameters, [name]: parameters[name] * Math.exp(step) });
    const above = yield* predictSteps(at(STEP));
    const below = yield* predictSteps(at(-STEP));
    // A prediction that is 0 (or has vanished) is so nearby, too: it does not move.
    slopes.push(above.map((value, i) => (value > 0 && below[i]! > 0 ? Math.log(value / below[i]!) / (2 * STEP) : 0)));
  }
  return { slopes, covariance };
}

/** Variance of the logarithm of prediction `i` (delta method). */
export function logVarianceAt({ slopes, covariance }: LogSlopes, i: number): number {
  let variance = 0;
  for (let j = 0; j < slopes.length; j++) for (let k = 0; k < slopes.length; k++) variance += slopes[j]![i]! * slopes[k]![i]! * covariance[j]![k]!;
  return Math.max(0, variance);
}

/**
 * Variance of the logarithm of a sum of predictions.
 *
 * @param shares - of the sum, one for each prediction
 */
export function logVarianceOfSum({ slopes, covariance }: LogSlopes, shares: Float64Array): number {
  const ofSum = slopes.map((each) => Float64Array.of(each.reduce((sum, slope, i) => sum + shares[i]! * slope, 0)));
  return logVarianceAt({ slopes: ofSum, covariance }, 0);
}
