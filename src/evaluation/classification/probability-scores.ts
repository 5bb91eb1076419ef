import { readBinaryLabels, type BinaryLabels } from "../../data/binary-labels";
import { readOptions } from "../../errors/options";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import { checkProbabilities } from "./binary-inputs";

/** Where a probability becomes a yes. */
export interface ThresholdOptions {
  /** A row is predicted positive when its probability is at least this. @defaultValue 0.5 */
  readonly threshold?: number | undefined;
}

export const THRESHOLD = { kind: "number", min: 0, max: 1, default: 0.5 } as const;

/**
 * The mean negative logarithm (natural) of the probability given to what happened: 0 is perfect, lower is better.
 *
 * Probabilities are clipped to [ε, 1 − ε] with ε = 2⁻⁵² ≈ 2.2e-16, as scikit-learn does with doubles:
 * one confident and wrong prediction costs at most 36.04 before averaging, not infinity.
 *
 * @param labels - 0 or 1 for each row; one class only is allowed
 * @param probabilities - the predicted probability of 1 for each row
 * @throws ClienteleError `invalidInput` for labels other than 0 and 1 or probabilities outside 0 … 1 (with the row),
 * `nonFinite` for NaN, `lengthMismatch`, `tooFewRows` for no rows.
 * @example
 * ```ts
 * import { computeLogLoss } from "clientele/evaluation";
 *
 * console.log(computeLogLoss([1, 0], [0.5, 0.5]) === Math.log(2)); // true
 * ```
 */
export function computeLogLoss(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  return logLossOf(readInputs("computeLogLoss", labels, probabilities), probabilities);
}

/**
 * The mean squared difference between probability and outcome (Brier 1950): 0 is perfect, 0.25 is what a constant 0.5 scores.
 *
 * @param labels - 0 or 1 for each row; one class only is allowed
 * @param probabilities - the predicted probability of 1 for each row
 * @throws ClienteleError `invalidInput` for labels other than 0 and 1 or probabilities outside 0 … 1 (with the row),
 * `nonFinite` for NaN, `lengthMismatch`, `tooFewRows` for no rows.
 * @example
 * ```ts
 * import { computeBrier } from "clientele/evaluation";
 *
 * console.log(computeBrier([1, 0], [0.75, 0.25])); // 0.0625
 * ```
 */
export function computeBrier(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  return brierOf(readInputs("computeBrier", labels, probabilities), probabilities);
}

/**
 * The share of rows on the right side of the threshold.
 *
 * A probability of exactly the threshold is a yes.
 *
 * @param labels - 0 or 1 for each row; one class only is allowed
 * @param probabilities - the predicted probability of 1 for each row
 * @throws ClienteleError `invalidInput` for labels other than 0 and 1 or probabilities outside 0 … 1 (with the row),
 * `nonFinite` for NaN, `lengthMismatch`, `tooFewRows` for no rows, `invalidOption` for a threshold outside 0 … 1.
 * @example
 * ```ts
 * import { computeAccuracy } from "clientele/evaluation";
 *
 * console.log(computeAccuracy([1, 0, 1, 0], [0.5, 0.2, 0.4, 0.1])); // 0.75
 * ```
 */
export function computeAccuracy(labels: ArrayLike<number>, probabilities: ArrayLike<number>, options?: ThresholdOptions): number {
  const caller = "computeAccuracy";
  const { threshold } = readOptions(caller, options, { threshold: THRESHOLD });
  return accuracyOf(readInputs(caller, labels, probabilities), probabilities, threshold);
}

function readInputs(caller: string, labels: ArrayLike<number>, probabilities: ArrayLike<number>): BinaryLabels {
  const checked = readBinaryLabels(caller, labels);
  checkProbabilities(caller, "probabilities", probabilities, labels.length);
  return checked;
}

export function logLossOf({ values }: BinaryLabels, probabilities: ArrayLike<number>): number {
  const losses = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const clipped = Math.min(Math.max(probabilities[row]!, Number.EPSILON), 1 - Number.EPSILON);
    losses[row] = values[row] === 1 ? -Math.log(clipped) : -Math.log1p(-clipped);
  }
  return sumOf(losses) / values.length;
}

export function brierOf({ values }: BinaryLabels, probabilities: ArrayLike<number>): number {
  const squares = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) squares[row] = (probabilities[row]! - values[row]!) ** 2;
  return sumOf(squares) / values.length;
}

export function accuracyOf({ values }: BinaryLabels, probabilities: ArrayLike<number>, threshold: number): number {
  let right = 0;
  for (let row = 0; row < values.length; row++) {
    if (probabilities[row]! >= threshold === (values[row] === 1)) right++;
  }
  return right / values.length;
}
