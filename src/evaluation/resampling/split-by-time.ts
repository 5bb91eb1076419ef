import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { checkTimes, splitAtWindow, type TimeSplit } from "./time-windows";

/** Options of {@link splitByTime}. */
export interface SplitByTimeOptions {
  /** The least share of rows to be tested on, the latest ones; not together with `testFrom`. @defaultValue 0.2 */
  readonly testShare?: number | undefined;
  /** The time from which on rows are tested, in the unit of the times. @defaultValue by `testShare` */
  readonly testFrom?: number | undefined;
  /** Rows less than this before `testFrom` are left out, in the unit of the times. @defaultValue 0 */
  readonly gap?: number | undefined;
}

/** Options of {@link rollingSplits}. */
export interface RollingSplitsOptions {
  /** How many test windows. @defaultValue 5 */
  readonly folds?: number | undefined;
  /** The length of a test window, in the unit of the times. @defaultValue (latest − earliest) / (folds + 1) */
  readonly testSpan?: number | undefined;
  /** How far back to learn. @defaultValue all that is earlier (an expanding window) */
  readonly trainSpan?: number | undefined;
  /** Rows less than this before a test window are left out of its training, in the unit of the times. @defaultValue 0 */
  readonly gap?: number | undefined;
}

const GAP = { kind: "number", min: 0, default: 0 } as const;
const SPLIT_BY_TIME_OPTIONS = { testShare: { kind: "number", min: 0, max: 1, open: "both" }, testFrom: { kind: "number" }, gap: GAP } as const;
const ROLLING_OPTIONS = {
  folds: { kind: "integer", min: 1, default: 5 },
  testSpan: { kind: "number", min: 0, open: "min" },
  trainSpan: { kind: "number", min: 0, open: "min" },
  gap: GAP,
} as const;

/**
 * Learns from the past and tests on what came later: one cut in time, as the model will be used.
 *
 * Training rows lie before `testFrom − gap`, test rows at `testFrom` or later; rows of one time are never on both sides. Where labels look ahead (left within 90 days),
 * a gap of that length keeps training labels from being known only after the test begins.
 *
 * @param times - one number for each row: milliseconds of a timestamp column, say
 * @throws ClienteleError `tooFewRows` for a side without rows, `nonFinite` for a missing time, `invalidOption` for `testShare` and `testFrom` together.
 * @example
 * ```ts
 * import { splitByTime } from "clientele/evaluation";
 *
 * const { train, test, testFrom } = splitByTime([30, 10, 20, 50, 40], { testShare: 0.4, gap: 15 });
 * console.log(train, test, testFrom); // Int32Array [1, 2] Int32Array [3, 4] 40
 * ```
 */
export function splitByTime(times: ArrayLike<number>, options?: SplitByTimeOptions): TimeSplit {
  const caller = "splitByTime";
  const { testShare, testFrom: given, gap } = readOptions(caller, options, SPLIT_BY_TIME_OPTIONS);
  if (testShare !== undefined && given !== undefined) {
    const rule = "absent where testFrom is given";
    throw new ClienteleError("invalidOption", `testShare must be ${rule}; got ${testShare}`, { caller, parameter: "testShare", rule, value: testShare });
  }
  checkTimes(caller, times);
  const sorted = Float64Array.from(times).sort();
  const testFrom = given ?? sorted[sorted.length - Math.ceil(sorted.length * (testShare ?? 0.2))]!;
  const window = { trainFrom: -Infinity, trainTo: testFrom - gap, testFrom, testTo: sorted[sorted.length - 1]! };
  return splitAtWindow(caller, times, window, true, "the split");
}

/**
 * A rolling backtest: test windows one after the other up to the latest time, each with the past it may learn from.
 *
 * Window k (from 0) begins at latest − (folds − k) · `testSpan` and ends before the next one begins; the last one holds the latest time. Training rows lie before
 * its beginning less `gap`, and no further back than `trainSpan` from there. Give the result to {@link backtestSplits}.
 *
 * @param times - one number for each row: milliseconds of a timestamp column, say
 * @throws ClienteleError `tooFewRows` for a window without rows, or without any to learn from (named by its number), `nonFinite` for a missing time,
 * `invalidInput` where all times are equal and no `testSpan` is given.
 * @example
 * ```ts
 * import { rollingSplits } from "clientele/evaluation";
 *
 * const months = [1, 2, 3, 4, 5, 6];
 * const splits = rollingSplits(months, { folds: 2, testSpan: 1, gap: 1 });
 * console.log(splits.map(({ train, test }) => [train, test])); // [[Int32Array [0, 1], Int32Array [3]], [Int32Array [0, 1, 2], Int32Array [4, 5]]]
 * ```
 */
export function rollingSplits(times: ArrayLike<number>, options?: RollingSplitsOptions): TimeSplit[] {
  const caller = "rollingSplits";
  const { folds, testSpan, trainSpan, gap } = readOptions(caller, options, ROLLING_OPTIONS);
  checkTimes(caller, times);
  let earliest = Infinity;
  let latest = -Infinity;
  for (let row = 0; row < times.length; row++) {
    earliest = Math.min(earliest, times[row]!);
    latest = Math.max(latest, times[row]!);
  }
  const span = testSpan ?? (latest - earliest) / (folds + 1);
  if (!(span > 0)) {
    const rule = "different times, or testSpan given";
    throw new ClienteleError("invalidInput", `times must have ${rule}; all ${times.length} are equal`, { caller, parameter: "times", rule });
  }
  return Array.from({ length: folds }, (_, k) => {
    const testFrom = latest - (folds - k) * span;
    const trainTo = testFrom - gap;
    const window = { trainFrom: trainSpan === undefined ? -Infinity : trainTo - trainSpan, trainTo, testFrom, testTo: latest - (folds - k - 1) * span };
    return splitAtWindow(caller, times, window, k === folds - 1, `window ${k}`);
  });
}
