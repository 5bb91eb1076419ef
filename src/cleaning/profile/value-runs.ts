import type { Steps } from "../../steps/steps";
import type { Pace } from "./pace";
import { sortNumbersSteps } from "./sort-numbers";

/** The distinct values of a column in ascending order, and how often each occurs. */
export interface ValueRuns {
  readonly values: Float64Array;
  readonly counts: Float64Array;
  /** All present cells: the sum of the counts. */
  readonly total: number;
}

const PART = 262_144;

/** Whole numbers are counted instead of sorted where their range is no wider than this many times their number. */
const COUNTING_WIDTH = 2;

/** The runs of a column of numbers or times, NaN left out; −0 counts as 0. */
export function* valueRunsSteps(cells: Float64Array, pace: Pace): Steps<ValueRuns> {
  const rowCount = cells.length;
  const range: Range = { present: 0, min: Infinity, max: -Infinity, whole: true };
  for (let start = 0; start < rowCount; start += PART) {
    const end = Math.min(rowCount, start + PART);
    widenRange(cells, start, end, range);
    if (pace.spend(2 * (end - start))) yield pace.progress;
  }
  const { present, min, max, whole } = range;
  const width = max - min + 1;
  if (whole && present > 0 && width <= Math.max(1024, COUNTING_WIDTH * present)) {
    const counts = new Uint32Array(width);
    for (let start = 0; start < rowCount; start += PART) {
      const end = Math.min(rowCount, start + PART);
      countWhole(cells, start, end, min, counts);
      if (pace.spend(2 * (end - start))) yield pace.progress;
    }
    return runsOfCounts(counts, min, present);
  }
  const sorted = new Float64Array(present);
  let filled = 0;
  for (let start = 0; start < rowCount; start += PART) {
    const end = Math.min(rowCount, start + PART);
    filled = copyPresent(cells, start, end, sorted, filled);
    if (pace.spend(2 * (end - start))) yield pace.progress;
  }
  yield* sortNumbersSteps(sorted, pace);
  return yield* runsOfSortedSteps(sorted, pace);
}

/** The runs of distinct values that come with a count each, in any order; equal ones are merged. */
export function* weightedRunsSteps(values: Float64Array, weights: Float64Array, pace: Pace): Steps<ValueRuns> {
  const sorted = Float64Array.from(values);
  yield* sortNumbersSteps(sorted, pace);
  const { values: distinct } = yield* runsOfSortedSteps(sorted, pace);
  const counts = new Float64Array(distinct.length);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const at = positionIn(distinct, values[i]!);
    counts[at] = counts[at]! + weights[i]!;
    total += weights[i]!;
    if (pace.spend(100)) yield pace.progress;
  }
  return { values: distinct, counts, total };
}

/** The position of a value in an ascending list that holds it. */
export function positionIn(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Range {
  present: number;
  min: number;
  max: number;
  whole: boolean;
}

function widenRange(cells: Float64Array, start: number, end: number, range: Range): void {
  let { present, min, max, whole } = range;
  for (let row = start; row < end; row++) {
    const value = cells[row]!;
    if (value !== value) continue;
    present++;
    if (value < min) min = value;
    if (value > max) max = value;
    whole &&= Math.floor(value) === value;
  }
  range.present = present;
  range.min = min;
  range.max = max;
  range.whole = whole;
}

function countWhole(cells: Float64Array, start: number, end: number, min: number, counts: Uint32Array): void {
  for (let row = start; row < end; row++) {
    const value = cells[row]!;
    if (value === value) counts[value - min]!++;
  }
}

function runsOfCounts(ofValue: Uint32Array, min: number, total: number): ValueRuns {
  let distinct = 0;
  for (const count of ofValue) if (count > 0) distinct++;
  const values = new Float64Array(distinct);
  const counts = new Float64Array(distinct);
  let run = 0;
  for (let i = 0; i < ofValue.length; i++) {
    if (ofValue[i] === 0) continue;
    values[run] = min + i + 0;
    counts[run++] = ofValue[i]!;
  }
  return { values, counts, total };
}

function copyPresent(cells: Float64Array, start: number, end: number, present: Float64Array, filled: number): number {
  for (let row = start; row < end; row++) {
    const value = cells[row]!;
    if (value === value) present[filled++] = value + 0;
  }
  return filled;
}

function* runsOfSortedSteps(sorted: Float64Array, pace: Pace): Steps<ValueRuns> {
  const total = sorted.length;
  let distinct = 0;
  for (let start = 0; start < total; start += PART) {
    const end = Math.min(total, start + PART);
    distinct += countStarts(sorted, start, end);
    if (pace.spend(2 * (end - start))) yield pace.progress;
  }
  const values = new Float64Array(distinct);
  const counts = new Float64Array(distinct);
  let run = -1;
  for (let start = 0; start < total; start += PART) {
    const end = Math.min(total, start + PART);
    run = fillRuns(sorted, start, end, values, counts, run);
    if (pace.spend(3 * (end - start))) yield pace.progress;
  }
  return { values, counts, total };
}

function countStarts(sorted: Float64Array, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) count++;
  return count;
}

function fillRuns(sorted: Float64Array, start: number, end: number, values: Float64Array, counts: Float64Array, run: number): number {
  for (let i = start; i < end; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) values[++run] = sorted[i]!;
    counts[run] = counts[run]! + 1;
  }
  return run;
}
