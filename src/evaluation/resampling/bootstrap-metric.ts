import { checkFunction, checkList, checkRowCount, checkSameLength } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { readOptions, SEED } from "../../errors/options";
import { RandomStream, shuffle } from "../../numeric/random/random-stream";
import { runToEnd, type Steps } from "../../steps/steps";
import { LEVEL } from "../classification/binary-inputs";
import { bcaBounds, percentileBounds } from "./bootstrap-bounds";
import { groupedRows, singleRows, type RowUnits } from "./row-units";
import { codeGroups } from "./split-folds";

/** Options of {@link bootstrapMetric}. */
export interface BootstrapOptions {
  /** How many samples are drawn. @defaultValue 2000 */
  readonly replicates?: number | undefined;
  /** Confidence of the interval. @defaultValue 0.95 */
  readonly level?: number | undefined;
  /** @defaultValue 1 */
  readonly seed?: number | undefined;
  /** One key for each row (the customer's id, say): rows of one key are drawn together. @defaultValue every row for itself */
  readonly groups?: ArrayLike<string | number> | undefined;
  /**
   * - `bca`: Efron's (1987) bias-corrected and accelerated interval
   * - `percentile`: the plain quantiles of the replicates
   *
   * @defaultValue "bca"
   */
  readonly method?: "bca" | "percentile" | undefined;
}

/** A metric with its bootstrap interval. */
export interface BootstrapInterval {
  /** The metric of the data themselves. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
  /** Standard deviation (n − 1) of the replicates. */
  readonly standardError: number;
  readonly method: "bca" | "percentile";
  /** Samples on which the metric has a value: the others, of one class only, say, are left out. */
  readonly replicates: number;
  /** Samples on which it has none. */
  readonly undefinedReplicates: number;
}

/** The columns of a sample, as a metric gets them. */
export type SampledColumns<Columns extends readonly ArrayLike<number>[]> = { readonly [Position in keyof Columns]: Float64Array };

const BOOTSTRAP_OPTIONS = {
  replicates: { kind: "integer", min: 2, max: 1_000_000, default: 2000 },
  level: LEVEL,
  seed: SEED,
  groups: { kind: "list" },
  method: { kind: "oneOf", values: ["bca", "percentile"], default: "bca" },
} as const;

/** Values copied between two yields: with the metric itself about two milliseconds. */
const VALUES_PER_SLICE = 40_000;
/** More parts than this are not left out one by one for the acceleration: they are put together into as many. */
const MOST_LEFT_OUT = 500;
/** Replicates have the streams from 0. */
const LEFT_OUT_STREAM = 4294967295;

/**
 * A confidence interval for any metric: of customers drawn anew, again and again, with replacement.
 *
 * `metric` is called with the columns of each sample, in the order of `columns`: `computeAuc` and `[labels, scores]` fit together, and so do a difference of two
 * models and `[labels, scoresA, scoresB]`. Quantiles are of type 7. The acceleration of `bca` comes from leaving out one row (or group) after
 * another; above 500 of them, 500 random parts of equal size, which estimates the same.
 *
 * A sample on which the metric is NaN, or refuses because only one class was drawn (`constantLabels`), is left out and counted. Where all replicates are equal
 * the interval has no width, and says nothing: a perfect AUC, for one ({@link computeAucInterval} has a bound for it).
 *
 * @param metric - gets arrays that are used again for the next sample, and returns a number
 * @param columns - labels, scores and whatever else the metric takes: one number for each row
 * @throws ClienteleError `lengthMismatch`, `tooFewRows` for fewer than two rows or groups, `invalidInput`, `invalidOption`; whatever `metric` throws.
 * @example
 * ```ts
 * import { bootstrapMetric, computeBrier } from "clientele/evaluation";
 *
 * const left = [0, 0, 1, 0, 1, 1, 0, 1, 0, 0];
 * const probabilities = [0.1, 0.4, 0.35, 0.2, 0.8, 0.7, 0.5, 0.9, 0.2, 0.3];
 * const { estimate, low, high } = bootstrapMetric(computeBrier, [left, probabilities], { replicates: 500 });
 * console.log(estimate.toFixed(3), low < estimate, estimate < high); // 0.115 true true
 * ```
 */
export function bootstrapMetric<const Columns extends readonly [ArrayLike<number>, ...ArrayLike<number>[]]>(
  metric: (...columns: SampledColumns<Columns>) => number,
  columns: Columns,
  options?: BootstrapOptions,
): BootstrapInterval {
  return runToEnd(bootstrapMetricSteps(metric, columns, options));
}

/** {@link bootstrapMetric} in slices: reports after some samples. */
export function* bootstrapMetricSteps<const Columns extends readonly [ArrayLike<number>, ...ArrayLike<number>[]]>(
  metric: (...columns: SampledColumns<Columns>) => number,
  columns: Columns,
  options?: BootstrapOptions,
): Steps<BootstrapInterval> {
  const caller = "bootstrapMetric";
  const { replicates: wanted, level, seed, groups, method } = readOptions(caller, options, BOOTSTRAP_OPTIONS);
  checkFunction(caller, "metric", metric);
  const { source, rowCount } = readColumns(caller, columns);
  const units = groups === undefined ? singleRows(rowCount) : groupedRows(codeGroups(caller, groups, rowCount, "columns"));
  checkRowCount(caller, "columns", units.count, 2, groups === undefined ? "rows" : "distinct groups");
  const sampler = new Sampler(caller, metric as unknown as Metric, source, units);

  const estimate = sampler.measureAll();
  const values = new Float64Array(wanted);
  let count = 0;
  for (let replicate = 0; replicate < wanted; replicate++) {
    const value = sampler.measureDrawn(new RandomStream(seed, replicate));
    if (!Number.isNaN(value)) values[count++] = value;
    if (sampler.isSliceFull()) yield { phase: "bootstrap", done: replicate + 1, total: wanted };
  }
  const replicates = values.subarray(0, count).sort();
  const summary = { estimate, level, standardError: deviationOf(replicates), method, replicates: count, undefinedReplicates: wanted - count };
  if (count === 0 || Number.isNaN(estimate)) return { ...summary, low: NaN, high: NaN };
  const [low, high] = method === "percentile" ? percentileBounds(replicates, level) : bcaBounds(replicates, estimate, yield* leftOutSteps(sampler, units.count, seed), level);
  return { ...summary, low, high };
}

/** The metric with each unit, or each of {@link MOST_LEFT_OUT} random parts, left out. */
function* leftOutSteps(sampler: Sampler, unitCount: number, seed: number): Steps<Float64Array> {
  const order = Int32Array.from({ length: unitCount }, (_, unit) => unit);
  shuffle(order, new RandomStream(seed, LEFT_OUT_STREAM));
  const parts = Math.min(unitCount, MOST_LEFT_OUT);
  const values = new Float64Array(parts);
  let count = 0;
  for (let part = 0; part < parts; part++) {
    const value = sampler.measureWithout(order, Math.floor((part * unitCount) / parts), Math.floor(((part + 1) * unitCount) / parts));
    if (!Number.isNaN(value)) values[count++] = value;
    if (sampler.isSliceFull()) yield { phase: "acceleration", done: part + 1, total: parts };
  }
  return values.subarray(0, count);
}

type Metric = (...columns: readonly Float64Array[]) => unknown;

/** Gathers samples into arrays that are used again, and measures them. */
class Sampler {
  readonly #caller: string;
  readonly #metric: Metric;
  readonly #source: readonly Float64Array[];
  readonly #units: RowUnits;
  #buffers: Float64Array[];
  #size = 0;
  #copied = 0;

  constructor(caller: string, metric: Metric, source: readonly Float64Array[], units: RowUnits) {
    this.#caller = caller;
    this.#metric = metric;
    this.#source = source;
    this.#units = units;
    this.#buffers = source.map((column) => new Float64Array(column.length));
  }

  measureAll(): number {
    return this.#measure(this.#source.map((column) => column.slice()));
  }

  measureDrawn(random: RandomStream): number {
    const { count } = this.#units;
    this.#size = 0;
    for (let i = 0; i < count; i++) this.#take(random.nextInteger(count));
    return this.#measureTaken();
  }

  /** Without the units at the positions of `order` from `from` to before `to`. */
  measureWithout(order: Int32Array, from: number, to: number): number {
    this.#size = 0;
    for (let i = 0; i < order.length; i++) if (i < from || i >= to) this.#take(order[i]!);
    return this.#measureTaken();
  }

  isSliceFull(): boolean {
    if (this.#copied < VALUES_PER_SLICE) return false;
    this.#copied = 0;
    return true;
  }

  #take(unit: number): void {
    const { starts, rows } = this.#units;
    const end = starts[unit + 1]!;
    const size = this.#size + end - starts[unit]!;
    // Groups of different size: a sample can have more rows than the data.
    if (size > this.#buffers[0]!.length) this.#grow(size);
    for (let c = 0; c < this.#source.length; c++) {
      const column = this.#source[c]!;
      const buffer = this.#buffers[c]!;
      let at = this.#size;
      for (let i = starts[unit]!; i < end; i++) buffer[at++] = column[rows[i]!]!;
    }
    this.#size = size;
  }

  #grow(size: number): void {
    this.#buffers = this.#buffers.map((buffer) => {
      const larger = new Float64Array(2 * size);
      larger.set(buffer);
      return larger;
    });
  }

  #measureTaken(): number {
    this.#copied += this.#size * this.#source.length;
    return this.#measure(this.#buffers.map((buffer) => buffer.subarray(0, this.#size)));
  }

  #measure(columns: readonly Float64Array[]): number {
    let value: unknown;
    try {
      value = this.#metric(...columns);
    } catch (error) {
      if (error instanceof ClienteleError && error.code === "constantLabels") return NaN;
      throw error;
    }
    if (typeof value === "number") return value;
    const rule = "return a number";
    throw new ClienteleError("invalidOption", `metric must ${rule}; got ${describeValue(value)}`, { caller: this.#caller, parameter: "metric", rule });
  }
}

function readColumns(caller: string, columns: readonly ArrayLike<number>[]): { readonly source: readonly Float64Array[]; readonly rowCount: number } {
  checkList(caller, "columns", columns);
  const lists: readonly unknown[] = Array.from(columns);
  checkRowCount(caller, "columns", lists.length, 1, "columns");
  let rowCount = -1;
  const source = lists.map((column, position) => {
    const parameter = `columns[${position}]`;
    checkList(caller, parameter, column);
    if (position === 0) rowCount = column.length;
    checkSameLength(caller, parameter, column.length, rowCount, "columns[0]");
    return Float64Array.from(column, (value, row) => {
      if (typeof value === "number") return value;
      const rule = "numbers";
      throw new ClienteleError("invalidInput", `${parameter} must hold ${rule}; got ${describeValue(value)} at row ${row}`, { caller, parameter, row, rule });
    });
  });
  return { source, rowCount };
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
