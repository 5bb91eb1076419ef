import { checkShape } from "../../errors/check";
import { readOptions } from "../../errors/options";
import type { PurchasePredictor } from "../transaction-model/predictor";

/** Options of {@link computeFrequencyRecency}. */
export interface FrequencyRecencyOptions {
  /** The age of the customers, in the model's unit of time. */
  readonly age: number;
  /** Purchases are expected within this time from now. */
  readonly horizon: number;
  /** The largest number of repeat purchases. @defaultValue 20 */
  readonly maxFrequency?: number | undefined;
  /** Steps of recency from 0 to `age`. @defaultValue 50, or `age` in discrete time */
  readonly recencySteps?: number | undefined;
  /** `"discrete"` for a model of purchases at given opportunities (`fitBgBb`): times are whole numbers, and nobody buys more than once at one of them. @defaultValue "continuous" */
  readonly time?: "continuous" | "discrete" | undefined;
}

export const FREQUENCY_RECENCY_OPTIONS = {
  age: { kind: "number", min: 0, open: "min", required: true },
  horizon: { kind: "number", min: 0, open: "min", required: true },
  maxFrequency: { kind: "integer", min: 1, max: 10_000, default: 20 },
  recencySteps: { kind: "integer", min: 1, max: 10_000 },
  time: { kind: "oneOf", values: ["continuous", "discrete"], default: "continuous" },
} as const;

/** What {@link computeFrequencyRecency} returns: the axes of a picture and its cells. */
export interface FrequencyRecency {
  /** 0, 1, 2 … `maxFrequency`: one column each. */
  readonly frequency: Float64Array;
  /** From 0 to `age`: one row each. */
  readonly recency: Float64Array;
  readonly age: number;
  readonly horizon: number;
  /** P(alive), row after row: recency `i` and frequency `j` at `i * frequency.length + j`. NaN where no such customer can be: without a repeat purchase, recency is 0. */
  readonly alive: Float64Array;
  /** Expected purchases within the horizon, likewise. */
  readonly purchases: Float64Array;
}

/**
 * How P(alive) and expected purchases depend on frequency and recency, for customers of one age: the data of the usual two heat maps.
 *
 * They show that frequency works in both directions: of customers who have been silent for long, the more frequent ones are the more surely gone.
 *
 * @param model - what `fitBgNbd`, `fitMbgNbd`, `fitParetoNbd` or `fitBgBb` returns
 * @example
 * ```ts
 * import { computeFrequencyRecency, fitBgNbd } from "clientele/clv";
 *
 * const model = fitBgNbd({
 *   frequency: [0, 1, 1, 2, 2, 4, 7, 12],
 *   recency: [0, 10, 40, 20, 50, 45, 49, 51],
 *   age: [52, 52, 52, 52, 52, 52, 52, 52],
 *   weights: [500, 90, 60, 50, 40, 30, 20, 10],
 * });
 * const { frequency, recency, alive } = computeFrequencyRecency(model, { age: 52, horizon: 26, maxFrequency: 10, recencySteps: 52 });
 * const aliveAt = (x: number, week: number) => alive[week * frequency.length + x]!.toFixed(2);
 * console.log(recency.length, aliveAt(2, 26), aliveAt(10, 26)); // 53 "0.87" "0.54"
 * ```
 */
export function computeFrequencyRecency(model: PurchasePredictor, options: FrequencyRecencyOptions): FrequencyRecency {
  const caller = "computeFrequencyRecency";
  checkShape(caller, "model", model, "a fitted transaction model", ({ predictAlive, predictPurchases }) => typeof predictAlive === "function" && typeof predictPurchases === "function");
  const { age, horizon, maxFrequency, time, recencySteps = time === "discrete" ? Math.max(1, Math.round(age)) : 50 } = readOptions<FrequencyRecencyOptions, typeof FREQUENCY_RECENCY_OPTIONS>(caller, options, FREQUENCY_RECENCY_OPTIONS);
  const frequency = Float64Array.from({ length: maxFrequency + 1 }, (_, j) => j);
  const recency = Float64Array.from({ length: recencySteps + 1 }, (_, i) => (i === recencySteps ? age : (age * i) / recencySteps));
  const width = frequency.length;
  const isPossible = (cell: number): boolean => {
    const [x, tx] = [frequency[cell % width]!, recency[Math.floor(cell / width)]!];
    return x === 0 ? tx === 0 : time === "continuous" || x <= tx;
  };
  const cells = Int32Array.from({ length: recency.length * width }, (_, cell) => cell).filter(isPossible);
  const histories = {
    frequency: Float64Array.from(cells, (cell) => frequency[cell % width]!),
    recency: Float64Array.from(cells, (cell) => recency[Math.floor(cell / width)]!),
    age: new Float64Array(cells.length).fill(age),
  };
  const spread = (values: Float64Array): Float64Array => {
    const all = new Float64Array(recency.length * width).fill(NaN);
    for (let k = 0; k < cells.length; k++) all[cells[k]!] = values[k]!;
    return all;
  };
  return { frequency, recency, age, horizon, alive: spread(model.predictAlive(histories)), purchases: spread(model.predictPurchases(histories, horizon)) };
}
