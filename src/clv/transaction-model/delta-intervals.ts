import { checkFunction, checkShape } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { normalQuantile } from "../../numeric/special/normal-quantile";
import type { EstimateStatus } from "./estimate";

/** A fitted model whose predictions can be made at other parameters, too. */
export interface EstimatedModel<Name extends string, Predictor> {
  readonly parameters: Readonly<Record<Name, number>>;
  readonly status: EstimateStatus;
  readonly advice: string | undefined;
  /** Of the logarithms of the parameters. */
  readonly covariance: readonly (readonly number[])[] | undefined;
  at(parameters: Readonly<Record<Name, number>>): Predictor;
}

/** Options of {@link computeParameterIntervals}. */
export interface ConfidenceOptions {
  /** Share of such intervals that hold the truth, if the model does. @defaultValue 0.95 */
  readonly confidence?: number | undefined;
}

/** Options of {@link computeDeltaIntervals}. */
export interface DeltaIntervalOptions extends ConfidenceOptions {
  /**
   * On which scale the error is taken to be normal: `log` for numbers above 0 such as purchases and money, `logit` for probabilities,
   * `linear` for what may be negative. @defaultValue "log"
   */
  readonly scale?: "log" | "logit" | "linear" | undefined;
}

/** Predictions with their intervals, one position for each. */
export interface PredictionIntervals {
  readonly value: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

const CONFIDENCE = { kind: "number", min: 0, max: 1, open: "both", default: 0.95 } as const;
const CONFIDENCE_OPTIONS = { confidence: CONFIDENCE } as const;
const DELTA_INTERVAL_OPTIONS = { confidence: CONFIDENCE, scale: { kind: "oneOf", values: ["log", "logit", "linear"], default: "log" } } as const;

/** Step of a central difference in a log parameter: its error is a 1e-9th of the derivative. */
const STEP = 1e-4;

/**
 * In which intervals the parameters of a fitted model lie: Wald's, normal on the scale of the logarithms, so that they never reach 0.
 *
 * @throws ClienteleError `unsupported` for a model without a maximum, with what helps.
 * @example
 * ```ts
 * import { computeParameterIntervals, fitBgNbd } from "clientele/clv";
 *
 * const model = fitBgNbd({
 *   frequency: [0, 1, 1, 2, 2, 4, 7, 12],
 *   recency: [0, 10, 40, 20, 50, 45, 49, 51],
 *   age: [52, 52, 52, 52, 52, 52, 52, 52],
 *   weights: [500, 90, 60, 50, 40, 30, 20, 10],
 * });
 * console.log(model.parameters.r, computeParameterIntervals(model).r); // 0.3414… [0.2792…, 0.4174…]
 * ```
 */
export function computeParameterIntervals<Name extends string>(model: EstimatedModel<Name, unknown>, options?: ConfidenceOptions): Readonly<Record<Name, readonly [low: number, high: number]>> {
  const caller = "computeParameterIntervals";
  const { confidence } = readOptions(caller, options, CONFIDENCE_OPTIONS);
  const covariance = covarianceOf(caller, model);
  const z = normalQuantile((1 + confidence) / 2);
  const entries = Object.entries<number>(model.parameters).map(([name, value], j) => {
    const factor = Math.exp(z * Math.sqrt(covariance[j]![j]!));
    return [name, [value / factor, value * factor]];
  });
  return Object.fromEntries(entries) as Record<Name, [number, number]>;
}

/**
 * How well a fitted model knows what it predicts: the delta method, from the covariance of the parameters. For each customer, or for sums over
 * many of them: whatever `predict` returns gets its interval.
 *
 * These are intervals of the expectation. A single customer's purchases vary about it, which `predictCountProbability` tells.
 *
 * @param predict - called with the predictions of the model at its parameters, and near them (twice for each parameter)
 * @throws ClienteleError `unsupported` for a model without a maximum, with what helps.
 * @example
 * ```ts
 * import { computeDeltaIntervals, fitBgNbd } from "clientele/clv";
 *
 * const histories = {
 *   frequency: [0, 1, 1, 2, 2, 4, 7, 12],
 *   recency: [0, 10, 40, 20, 50, 45, 49, 51],
 *   age: [52, 52, 52, 52, 52, 52, 52, 52],
 * };
 * const weights = [500, 90, 60, 50, 40, 30, 20, 10];
 * const model = fitBgNbd({ ...histories, weights });
 * const each = computeDeltaIntervals(model, (at) => at.predictPurchases(histories, 26));
 * console.log(each.value[7], each.low[7], each.high[7]); // 4.522… 4.244… 4.818…
 * const all = computeDeltaIntervals(model, (at) => [at.predictPurchases(histories, 26).reduce((sum, value, i) => sum + value * weights[i]!, 0)]);
 * console.log(all.value, all.low, all.high); // Float64Array [325.6…] Float64Array [301.2…] Float64Array [351.9…]
 * ```
 */
export function computeDeltaIntervals<Name extends string, Predictor>(
  model: EstimatedModel<Name, Predictor>,
  predict: (at: Predictor) => ArrayLike<number>,
  options?: DeltaIntervalOptions,
): PredictionIntervals {
  const caller = "computeDeltaIntervals";
  const { confidence, scale } = readOptions(caller, options, DELTA_INTERVAL_OPTIONS);
  const covariance = covarianceOf(caller, model);
  checkFunction(caller, "predict", predict);
  const names = Object.keys(model.parameters) as Name[];
  const predictAt = (name?: Name, step = 0): Float64Array => {
    const parameters = name === undefined ? model.parameters : { ...model.parameters, [name]: model.parameters[name] * Math.exp(step) };
    return Float64Array.from(predict(model.at(parameters)));
  };
  const value = predictAt();
  const slopes = names.map((name) => {
    const above = predictAt(name, STEP);
    const below = predictAt(name, -STEP);
    return value.map((_, i) => (transform(scale, above[i]!) - transform(scale, below[i]!)) / (2 * STEP));
  });
  const z = normalQuantile((1 + confidence) / 2);
  const low = new Float64Array(value.length);
  const high = new Float64Array(value.length);
  for (let i = 0; i < value.length; i++) {
    let variance = 0;
    for (let j = 0; j < names.length; j++) for (let k = 0; k < names.length; k++) variance += slopes[j]![i]! * slopes[k]![i]! * covariance[j]![k]!;
    const centre = transform(scale, value[i]!);
    // A value at the edge of its scale (a probability of 1 by assumption) is there at all parameters.
    const half = Number.isFinite(centre) ? z * Math.sqrt(Math.max(0, variance)) : 0;
    low[i] = Number.isFinite(centre) ? inverse(scale, centre - half) : value[i]!;
    high[i] = Number.isFinite(centre) ? inverse(scale, centre + half) : value[i]!;
  }
  return { value, low, high };
}

function covarianceOf<Name extends string>(caller: string, model: EstimatedModel<Name, unknown>): readonly (readonly number[])[] {
  checkShape(caller, "model", model, "a fitted transaction or spend model", ({ parameters, at }) => typeof parameters === "object" && typeof at === "function");
  if (model.covariance !== undefined) return model.covariance;
  const rule = "a model at a maximum of its likelihood";
  throw new ClienteleError("unsupported", `model must be ${rule}; its status is ${model.status}: ${model.advice ?? "fit it again"}`, { caller, parameter: "model", rule });
}

function transform(scale: "log" | "logit" | "linear", value: number): number {
  if (scale === "linear") return value;
  return scale === "log" ? Math.log(value) : Math.log(value) - Math.log1p(-value);
}

function inverse(scale: "log" | "logit" | "linear", value: number): number {
  if (scale === "linear") return value;
  return scale === "log" ? Math.exp(value) : 1 / (1 + Math.exp(-value));
}
