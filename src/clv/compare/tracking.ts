import { dayText } from "../../data/calendar/day";
import type { Cutoff } from "../../features/transactions/cutoff";
import type { PreparedLog } from "../../features/transactions/log";
import { periodOf, periodsPerUnit } from "../../features/transactions/periods";
import { createPurchaseColumns, createPurchaseScratch, readPurchases } from "../../features/transactions/read-purchases";
import type { PurchaseSummary } from "../../features/transactions/summary";
import type { Steps } from "../../steps/steps";
import { lastDayOf } from "../charts/period-days";
import type { PurchasePredictor } from "../transaction-model/predictor";

/** Repeat purchases week by week (month by month with monthly periods), of the customers of the calibration together. */
export interface PurchaseTracking {
  /** The last day of each interval. The calibration ends with one of them; the first and the last interval may be shorter. */
  readonly end: readonly string[];
  /** How many intervals belong to the calibration. A period (a week, a month) that its end cuts in two counts as the last of them. */
  readonly calibrationLength: number;
  /** Repeat purchases in each interval, and up to its end. */
  readonly purchases: Float64Array;
  readonly cumulative: Float64Array;
}

/** The repeat purchases that a model expects of the same customers, from their first purchase on, in the intervals of a {@link PurchaseTracking}. */
export interface ExpectedTracking {
  readonly purchases: Float64Array;
  readonly cumulative: Float64Array;
}

/** The intervals of a tracking, in periods of the log. */
export interface TrackingIntervals {
  /** The last period of each, ascending. */
  readonly ends: Int32Array;
  readonly calibrationLength: number;
  /** The period of each customer's first purchase. */
  readonly firstPeriods: Int32Array;
  /** Periods that make one unit of the ages. */
  readonly perUnit: number;
}

/** Weeks in days, else single periods. */
const PERIODS_PER_INTERVAL = { day: 7, week: 1, month: 1 } as const;

/** Intervals from the first purchase of any customer to the end of the holdout, such that one ends with the calibration. */
export function trackingIntervals({ age, unit, period }: PurchaseSummary, start: Cutoff, end: Cutoff): TrackingIntervals {
  const perUnit = periodsPerUnit(period, unit);
  const width = PERIODS_PER_INTERVAL[period];
  const last = periodOf(start.day, period);
  const lastOfAll = periodOf(end.day, period);
  const firstPeriods = Int32Array.from(age, (each) => last - Math.round(each * perUnit));
  const first = firstPeriods.reduce((min, each) => Math.min(min, each), last);
  const ends: number[] = [];
  for (let at = last - width * Math.floor((last - first) / width); at < lastOfAll; at += width) ends.push(at);
  ends.push(lastOfAll);
  return { ends: Int32Array.from(ends), calibrationLength: ends.indexOf(last) + 1, firstPeriods, perUnit };
}

/** Rows read between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 60_000;

/** What the customers bought in each interval, as the summary of the log counts it. */
export function* trackPurchasesSteps(log: PreparedLog, { id }: PurchaseSummary, { ends, calibrationLength, firstPeriods }: TrackingIntervals, cutoff: Cutoff): Steps<PurchaseTracking> {
  const { ids, rows, period } = log;
  const columns = createPurchaseColumns(1);
  const scratch = createPurchaseScratch(log);
  const purchases = new Float64Array(ends.length);
  let sliceEnd = ROWS_PER_SLICE;
  for (let customer = 0, at = 0; customer < ids.length; customer++) {
    // The customers of the calibration stand in the order of the log's.
    if (ids[customer] !== id[at]) continue;
    readPurchases(log, customer, cutoff, scratch, columns, 0);
    for (let k = 0; k < columns.periodCount[0]!; k++) {
      const bought = scratch.periods[k]!;
      if (bought > firstPeriods[at]!) {
        const interval = intervalOf(ends, bought);
        purchases[interval] = purchases[interval]! + 1;
      }
    }
    at++;
    if (rows.starts[customer + 1]! + customer >= sliceEnd) {
      sliceEnd = rows.starts[customer + 1]! + customer + ROWS_PER_SLICE;
      yield { phase: "tracking purchases", done: customer + 1, total: ids.length };
    }
  }
  return { end: Array.from(ends, (each) => dayText(lastDayOf(each, period))), calibrationLength, purchases, cumulative: cumulate(purchases) };
}

/** The first interval that ends with the period or later. */
function intervalOf(ends: Int32Array, period: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle]! < period) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Durations between two yields: about two milliseconds. */
const DURATIONS_PER_SLICE = 100;

/** E(repeat purchases within the time since the first) of each customer, summed up at the end of each interval. */
export function* expectTrackingSteps(predictor: PurchasePredictor, { ends, firstPeriods, perUnit }: TrackingIntervals): Steps<ExpectedTracking> {
  const first = firstPeriods.reduce((min, each) => Math.min(min, each), ends[0]!);
  const counts = new Float64Array(ends.at(-1)! - first + 1);
  for (let i = 0; i < firstPeriods.length; i++) counts[firstPeriods[i]! - first] = counts[firstPeriods[i]! - first]! + 1;
  const newCustomer = { frequency: [0], recency: [0], age: [0] };
  const expected = new Float64Array(counts.length);
  for (let lag = 1; lag < expected.length; lag++) {
    if (lag % DURATIONS_PER_SLICE === 0) yield { phase: "tracking purchases", done: lag, total: expected.length };
    expected[lag] = predictor.predictPurchases(newCustomer, lag / perUnit)[0]!;
  }
  const cumulative = Float64Array.from(ends, (end) => {
    let sum = 0;
    for (let at = 0; at <= end - first; at++) sum += counts[at]! * expected[end - first - at]!;
    return sum;
  });
  return { purchases: cumulative.map((each, i) => each - (i === 0 ? 0 : cumulative[i - 1]!)), cumulative };
}

function cumulate(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => (sum += value));
}
