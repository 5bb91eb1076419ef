import { quantileOfSorted } from "../../numeric/statistics/quantile";
import type { Steps } from "../../steps/steps";
import type { Pace } from "./pace";
import type { ValueRuns } from "./value-runs";

/** The place, spread and shape of numbers, null where there are none. Quantiles are of type 7 of Hyndman and Fan. */
export interface NumberSummary {
  readonly min: number | null;
  readonly q01: number | null;
  readonly q05: number | null;
  readonly q25: number | null;
  readonly median: number | null;
  readonly q75: number | null;
  readonly q95: number | null;
  readonly q99: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Divisor n − 1; null for fewer than two numbers. */
  readonly standardDeviation: number | null;
  /**
   * The adjusted coefficient of skewness G1 (Joanes and Gill 1998), above 0 for a long tail to the right; null for fewer than
   * three numbers and where all are equal.
   */
  readonly skewness: number | null;
  readonly zeroCount: number;
  readonly negativeCount: number;
  /** Whole numbers. */
  readonly wholeCount: number;
}

const PART = 65_536;

export function* summarizeNumbersSteps(runs: ValueRuns, pace: Pace): Steps<NumberSummary> {
  const { values, total } = runs;
  const last = values.length - 1;
  const signs = { zeroCount: 0, negativeCount: 0, wholeCount: 0 };
  if (total === 0) {
    const none = { min: null, q01: null, q05: null, q25: null, median: null, q75: null, q95: null, q99: null, max: null };
    return { ...none, mean: null, standardDeviation: null, skewness: null, ...signs };
  }
  const scale = scaleOf(Math.max(Math.abs(values[0]!), Math.abs(values[last]!)));
  const sums: Sums = { first: 0, firstLow: 0, second: 0, third: 0 };
  for (let start = 0; start <= last; start += PART) {
    const end = Math.min(last + 1, start + PART);
    addValues(runs, start, end, scale, sums, signs);
    if (pace.spend(8 * (end - start))) yield pace.progress;
  }
  const rounded = (sums.first + sums.firstLow) / total;
  sums.first = 0;
  sums.firstLow = 0;
  for (let start = 0; start <= last; start += PART) {
    const end = Math.min(last + 1, start + PART);
    addDeviations(runs, start, end, scale, rounded, sums);
    if (pace.spend(8 * (end - start))) yield pace.progress;
  }
  // What rounding took from the mean; the deviations were taken from the rounded one.
  const low = (sums.first + sums.firstLow) / total;
  const second = Math.max(0, sums.second - total * low * low);
  const third = sums.third - 3 * low * sums.second + 2 * total * low ** 3;
  const isConstant = values[0] === values[last];
  return {
    min: values[0]!,
    ...quantilesOf(runs),
    max: values[last]!,
    // Rounding must not put the mean of equal numbers beside them.
    mean: isConstant ? values[0]! : (rounded + low) / scale,
    standardDeviation: total < 2 ? null : isConstant ? 0 : Math.sqrt(second / (total - 1)) / scale,
    skewness: total < 3 || isConstant ? null : (Math.sqrt(total * (total - 1)) / (total - 2)) * (third / total / (second / total) ** 1.5),
    ...signs,
  };
}

/** A power of two that brings the largest magnitude near 1: squares and cubes stay within the range of doubles, and no digit is lost. */
function scaleOf(magnitude: number): number {
  return magnitude === 0 ? 1 : 2 ** Math.max(-1000, Math.min(1000, -Math.ceil(Math.log2(magnitude))));
}

interface Sums {
  first: number;
  firstLow: number;
  second: number;
  third: number;
}

interface Signs {
  zeroCount: number;
  negativeCount: number;
  wholeCount: number;
}

function addValues({ values, counts }: ValueRuns, start: number, end: number, scale: number, sums: Sums, signs: Signs): void {
  let { first, firstLow } = sums;
  for (let i = start; i < end; i++) {
    const value = values[i]!;
    const count = counts[i]!;
    if (value === 0) signs.zeroCount += count;
    else if (value < 0) signs.negativeCount += count;
    if (Math.floor(value) === value) signs.wholeCount += count;
    const term = value * scale * count;
    const sum = first + term;
    const rounded = sum - first;
    firstLow += first - (sum - rounded) + (term - rounded);
    first = sum;
  }
  sums.first = first;
  sums.firstLow = firstLow;
}

function addDeviations({ values, counts }: ValueRuns, start: number, end: number, scale: number, mean: number, sums: Sums): void {
  let { first, firstLow, second, third } = sums;
  for (let i = start; i < end; i++) {
    const deviation = values[i]! * scale - mean;
    const term = deviation * counts[i]!;
    const sum = first + term;
    const rounded = sum - first;
    firstLow += first - (sum - rounded) + (term - rounded);
    first = sum;
    const square = deviation * term;
    second += square;
    third += square * deviation;
  }
  sums.first = first;
  sums.firstLow = firstLow;
  sums.second = second;
  sums.third = third;
}

function quantilesOf(runs: ValueRuns): Record<"q01" | "q05" | "q25" | "median" | "q75" | "q95" | "q99", number> {
  const ends = new Float64Array(runs.counts.length);
  let seen = 0;
  for (let i = 0; i < ends.length; i++) ends[i] = seen += runs.counts[i]!;
  const at = (p: number): number => quantileOfRuns(runs, ends, p);
  return { q01: at(0.01), q05: at(0.05), q25: at(0.25), median: at(0.5), q75: at(0.75), q95: at(0.95), q99: at(0.99) };
}

/** The quantile of the values written out, each as often as it occurs. `ends` holds the running sum of the counts. */
function quantileOfRuns({ values, total }: ValueRuns, ends: Float64Array, p: number): number {
  const position = (total - 1) * p;
  const below = Math.floor(position);
  const run = firstAbove(ends, below);
  const next = ends[run]! > below + 1 ? run : Math.min(run + 1, values.length - 1);
  return quantileOfSorted([values[run]!, values[next]!], position - below);
}

function firstAbove(ends: Float64Array, position: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle]! > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
