import { checkList, checkObject, checkRowCount, checkSameLength, lengthOfList } from "../../errors/check";
import { readOptions, SEED } from "../../errors/options";
import { nextGamma } from "../../numeric/random/gamma";
import { RandomStream } from "../../numeric/random/random-stream";
import { quantileOfSorted, sortPresent } from "../../numeric/statistics/quantile";
import { runToEnd, type Steps } from "../../steps/steps";
import type { PredictionIntervals } from "./delta-intervals";
import { findDistinctRows } from "./distinct-rows";
import { checkWeights } from "./histories";

/** Options of {@link computeBootstrapIntervals}. */
export interface BootstrapIntervalOptions<Columns, Model> {
  /** Fits the model, as `fitBgNbd` does. */
  readonly fit: (columns: Columns) => Model;
  /** What is wanted of each fitted model: predictions, their sum, parameters. */
  readonly predict: (model: Model) => ArrayLike<number>;
  /** @defaultValue 200 */
  readonly replicates?: number | undefined;
  /** @defaultValue 0.95 */
  readonly confidence?: number | undefined;
  /** @defaultValue 1 */
  readonly seed?: number | undefined;
}

const BOOTSTRAP_INTERVAL_OPTIONS = {
  fit: { kind: "function", required: true },
  predict: { kind: "function", required: true },
  replicates: { kind: "integer", min: 2, max: 100_000, default: 200 },
  confidence: { kind: "number", min: 0, max: 1, open: "both", default: 0.95 },
  seed: SEED,
} as const;

/** Rows between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 10_000;

/**
 * How well predictions are known, without the normal approximation of `computeDeltaIntervals`: the Bayesian bootstrap (Rubin 1981). In each
 * replicate every customer gets a random weight (exponential, so that equal histories together get a gamma distributed one), the model is
 * fitted anew, and the interval lies between the quantiles (type 7) of what the replicates predict. Customers with equal histories are counted
 * once, so a replicate costs one fit to the different ones.
 *
 * @param columns - what `fit` takes: columns of one length, `weights` among them or not
 * @throws ClienteleError `invalidInput`, `nonFinite` or `lengthMismatch` for such columns.
 * @example
 * ```ts
 * import { computeBootstrapIntervals, fitBgNbd } from "clientele/clv";
 *
 * const histories = {
 *   frequency: [0, 1, 1, 2, 2, 4, 7, 12],
 *   recency: [0, 10, 40, 20, 50, 45, 49, 51],
 *   age: [52, 52, 52, 52, 52, 52, 52, 52],
 * };
 * const weights = [500, 90, 60, 50, 40, 30, 20, 10];
 * const { value, low, high } = computeBootstrapIntervals({ ...histories, weights }, {
 *   fit: fitBgNbd,
 *   predict: (model) => [model.predictPurchases(histories, 26).reduce((sum, each, i) => sum + each * weights[i]!, 0)],
 *   replicates: 100,
 * });
 * console.log(low[0]! < value[0]! && value[0]! < high[0]!); // true
 * ```
 */
export function computeBootstrapIntervals<Columns extends object, Model>(columns: Columns, options: BootstrapIntervalOptions<Columns, Model>): PredictionIntervals {
  return runToEnd(bootstrapIntervalsSteps(columns, options));
}

/** {@link computeBootstrapIntervals} in slices; each fit is one slice. */
export function* bootstrapIntervalsSteps<Columns extends object, Model>(columns: Columns, options: BootstrapIntervalOptions<Columns, Model>): Steps<PredictionIntervals> {
  const caller = "computeBootstrapIntervals";
  checkObject(caller, "columns", columns);
  const { fit, predict, replicates, confidence, seed } = readOptions<BootstrapIntervalOptions<Columns, Model>, typeof BOOTSTRAP_INTERVAL_OPTIONS>(caller, options, BOOTSTRAP_INTERVAL_OPTIONS);
  const { weights: given, ...rest } = columns as Readonly<Record<string, ArrayLike<number> | undefined>>;
  const names = Object.keys(rest).filter((name) => rest[name] !== undefined);
  checkRowCount(caller, "columns", names.length, 1, "columns");
  const lengths = names.map((name) => {
    const column: unknown = rest[name];
    checkList(caller, name, column);
    return lengthOfList(caller, name, column);
  });
  const count = lengths[0]!;
  for (const [c, name] of names.entries()) checkSameLength(caller, name, lengths[c]!, count, names[0]!);
  checkWeights(caller, given, count);

  const value = Float64Array.from(predict(fit(columns)));
  const distinct = yield* findDistinctRows(names.map((name) => rest[name]!), count, given);
  const counted = Object.fromEntries(names.map((name, c) => [name, distinct.columns[c]!]));
  const found: Float64Array[] = [];
  const weights = new Float64Array(distinct.weights.length);
  for (let replicate = 0; replicate < replicates; replicate++) {
    yield { phase: "fitting to reweighted customers", done: replicate, total: replicates };
    const random = new RandomStream(seed, replicate);
    let total = 0;
    for (let i = 0; i < weights.length; i++) {
      if (i > 0 && i % ROWS_PER_SLICE === 0) yield { phase: "fitting to reweighted customers", done: replicate, total: replicates };
      weights[i] = nextGamma(random, distinct.weights[i]!);
      total += weights[i]!;
    }
    for (let i = 0; i < weights.length; i++) weights[i] = (weights[i]! * distinct.total) / total;
    found.push(Float64Array.from(predict(fit({ ...counted, weights: weights.slice() } as unknown as Columns))));
  }
  const low = new Float64Array(value.length);
  const high = new Float64Array(value.length);
  const ofReplicates = new Float64Array(replicates);
  for (let i = 0; i < value.length; i++) {
    for (let replicate = 0; replicate < replicates; replicate++) ofReplicates[replicate] = found[replicate]![i]!;
    const sorted = sortPresent(ofReplicates);
    low[i] = quantileOfSorted(sorted, (1 - confidence) / 2);
    high[i] = quantileOfSorted(sorted, (1 + confidence) / 2);
  }
  return { value, low, high };
}
