import { createDayReader, dayText } from "../../data/calendar/day";
import type { Table } from "../../data/table";
import { describeOption } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { readAsOf, type AsOf } from "../calendar/as-of";
import type { CancelledRows } from "./cancelled";
import { collectPurchasesSteps, type Purchases } from "./collect";
import { cutoffAt, type Cutoff, type AsOfInterval } from "./cutoff";
import { GapCollector } from "./gaps";
import type { ListedCustomers } from "./listed-customers";
import { prepareLogSteps, type PreparedLog, type ReturnPolicy } from "./log";
import { periodOf, periodsPerUnit, type AgeUnit, type PurchasePeriod } from "./periods";
import { repeatsOf } from "./read-purchases";
import type { PurchaseSummary, TransactionReport } from "./summary";

/** Options of {@link summarizeTransactions}. */
export interface SummarizeTransactionsOptions {
  /**
   * When customers are looked at; what is later is not counted. A date (`2026-11-01`) is a calendar day of `timeZone`, all of it;
   * a time (`2026-11-01T09:30:00Z`, or milliseconds since 1970) is that moment.
   */
  readonly asOf: string | number;
  /**
   * Whether what happens at `asOf` itself counts: `"closed"`, it does; `"open"`, it does not, and of a date nothing of its day does.
   * @defaultValue "closed"
   */
  readonly interval?: AsOfInterval | undefined;
  /** IANA time zone whose midnights separate the days. @defaultValue "UTC" */
  readonly timeZone?: string | undefined;
  /** Orders of one calendar day, week (from Monday) or month are one purchase. @defaultValue "day" */
  readonly period?: PurchasePeriod | undefined;
  /**
   * The unit of `recency`, `age` and `gaps`, not rounded: a week is 7 days, a year 365.25, a month a twelfth of that; with monthly
   * periods, months are calendar months. No shorter than `period`. @defaultValue `period`
   */
  readonly unit?: AgeUnit | undefined;
  /** The column of customers' ids: text or number. @defaultValue "customerId" */
  readonly id?: string | undefined;
  /** The timestamp column. @defaultValue "timestamp" */
  readonly time?: string | undefined;
  /** The number column of amounts; null when there are none (every value is then missing). @defaultValue "amount" */
  readonly value?: string | null | undefined;
  /**
   * The column of order ids (text or number), where an order has several rows: the rows of one customer with one id are one order,
   * on the day of the first of them. A return that names the id of an order belongs to it. @defaultValue each row is an order
   */
  readonly order?: string | undefined;
  /**
   * What a negative amount means. `"net"`: a return, which is no purchase and lowers the value of the order that it names or else
   * of the customer's purchase on the same day or before; `"separate"`: a return that lowers nothing and is counted in `returnCount` and
   * `returnValue`; `"ignore"`: nothing; `"error"`: a mistake, refused with its row. @defaultValue "net"
   */
  readonly returns?: ReturnPolicy | undefined;
  /**
   * Which rows are no purchase whatever their amount: a boolean column, `{ column, values }` or `{ column, startsWith }`.
   * With a negative amount such a row is a return; else it is an order that never came to be, and left out. @defaultValue none
   */
  readonly cancelled?: CancelledRows | undefined;
  /** Whether an order of amount 0 (a sample, a gift) counts as one. @defaultValue "count" */
  readonly zeroOrders?: "count" | "ignore" | undefined;
  /**
   * Customers to be kept whether they bought or not: their ids, or a table with a column of ids that is called as the one of the log.
   * Who bought and is not named stays in the summary. @defaultValue those who bought
   */
  readonly customers?: ListedCustomers | undefined;
  /** Also say how much time passes between purchases. @defaultValue false */
  readonly gaps?: boolean | undefined;
}

export const SUMMARIZE_TRANSACTIONS_OPTIONS = {
  asOf: { kind: "custom", required: true },
  interval: { kind: "oneOf", values: ["closed", "open"], default: "closed" },
  timeZone: { kind: "text", default: "UTC" },
  period: { kind: "oneOf", values: ["day", "week", "month"], default: "day" },
  unit: { kind: "oneOf", values: ["day", "week", "month", "year"] },
  id: { kind: "text", default: "customerId" },
  time: { kind: "text", default: "timestamp" },
  value: { kind: "custom" },
  order: { kind: "text" },
  returns: { kind: "oneOf", values: ["net", "separate", "ignore", "error"], default: "net" },
  cancelled: { kind: "custom" },
  zeroOrders: { kind: "oneOf", values: ["count", "ignore"], default: "count" },
  customers: { kind: "custom" },
  gaps: { kind: "boolean", default: false },
} as const;

/**
 * Turns a log of orders into what RFM scores and lifetime value models read: how often, how recently, for how long and for how much
 * each customer bought.
 *
 * Orders of one calendar day are one purchase. `frequency` counts purchases after the first, `recency` is the customer's
 * *age at* the last purchase (not the time since: that is `daysSinceLast`), `age` is the time from the first purchase to `asOf`,
 * `meanValue` leaves the first purchase out (Fader, Hardie and Lee 2005). Ages are differences of calendar days, so summer time
 * does not shift them. Amounts with up to four decimals are added in whole minor units, without rounding errors.
 *
 * An order of amount 0 counts as an order. Rows without customer or time, rows after `asOf` and returns without a purchase
 * before them are left out and counted in `report`. An order without an amount counts as an order; the customer's values
 * that would contain it are missing (NaN).
 *
 * The result does not depend on the order of the rows. Linear in rows, apart from the sort of the distinct ids.
 *
 * @throws ClienteleError `unknownColumn` or `invalidInput` for a column that is absent or of another type; `invalidOption` for
 * an `asOf` or `timeZone` that cannot be read and a `unit` shorter than `period`; with the row, `invalidInput` for a time outside the
 * years 0000 to 9999 and for a negative amount with `returns: "error"`, `nonFinite` for an infinite amount.
 * @example
 * ```ts
 * import { tableFromColumns } from "clientele/data";
 * import { summarizeTransactions } from "clientele/features";
 *
 * const orders = tableFromColumns({
 *   customerId: ["ann", "ann", "bob", "ann"],
 *   timestamp: [new Date("2026-01-05"), new Date("2026-01-19"), new Date("2026-02-01"), new Date("2026-03-30")],
 *   amount: [20, 30, 15, 50],
 * });
 * const summary = summarizeTransactions(orders, { asOf: "2026-03-02", unit: "week" });
 * console.log(summary.id); // ["ann", "bob"]
 * console.log([...summary.frequency]); // [1, 0]
 * console.log([...summary.recency]); // [2, 0]
 * console.log([...summary.age]); // [8, 4.142857142857143]
 * console.log([...summary.meanValue]); // [30, NaN]
 * console.log(summary.report.afterAsOfCount); // 1
 * ```
 */
export function summarizeTransactions(transactions: Table, options: SummarizeTransactionsOptions): PurchaseSummary {
  return runToEnd(summarizeTransactionsSteps(transactions, options));
}

/**
 * {@link summarizeTransactions} in slices of about two milliseconds, for `runCooperatively`: the same result.
 *
 * Not cut are the sort of the distinct ids, and the reading of one customer's rows.
 *
 * @throws ClienteleError as {@link summarizeTransactions}, at the first slice.
 */
export function* summarizeTransactionsSteps(transactions: Table, options: SummarizeTransactionsOptions): Steps<PurchaseSummary> {
  const caller = "summarizeTransactions";
  const { asOf, interval, unit: givenUnit, gaps, value = "amount", ...columns } = readOptions(caller, options, SUMMARIZE_TRANSACTIONS_OPTIONS);
  const unit = checkUnit(caller, columns.period, givenUnit);
  const cutoff = cutoffAt(readAsOf(caller, asOf, createDayReader(caller, columns.timeZone)), interval);
  const log = yield* prepareLogSteps(caller, transactions, { ...columns, value }, cutoff.lastTime === Infinity);
  return yield* summarizeAtSteps(log, cutoff, unit, gaps);
}

/** The unit of ages: that of the periods where none is given. */
export function checkUnit(caller: string, period: PurchasePeriod, unit: AgeUnit = period): AgeUnit {
  if (periodsPerUnit(period, unit) >= 1) return unit;
  const rule = `no shorter than the period (${period})`;
  throw new ClienteleError("invalidOption", `unit must be ${rule}; got ${describeOption(unit)}`, { caller, parameter: "unit", rule, value: unit });
}

/** The summary of a prepared log at a moment: to the bit what {@link summarizeTransactions} says with that `asOf`. */
export function summarizeLogAt(log: PreparedLog, asOf: AsOf, unit?: AgeUnit): PurchaseSummary {
  return runToEnd(summarizeLogAtSteps(log, asOf, unit));
}

/** {@link summarizeLogAt} in slices. */
export function summarizeLogAtSteps(log: PreparedLog, asOf: AsOf, unit?: AgeUnit): Steps<PurchaseSummary> {
  return summarizeAtSteps(log, cutoffAt(asOf), unit ?? log.period, false);
}

/** The summary of a prepared log at a cutoff. */
export function* summarizeAtSteps(log: PreparedLog, cutoff: Cutoff, unit: AgeUnit, withGaps: boolean): Steps<PurchaseSummary> {
  const { period, periods } = log;
  const perUnit = periodsPerUnit(period, unit);
  const gaps = withGaps ? new GapCollector(log.ids.length, periods.length === 0 ? 0 : periods.at(-1)! - periods[0]!, perUnit) : undefined;
  const purchases = yield* collectPurchasesSteps(log, cutoff, gaps);
  const { id, columns } = purchases;
  const { periodCount, firstPeriod, lastPeriod, lastDay } = columns;
  const lastKnown = periodOf(cutoff.day, period);
  const recency = new Float64Array(id.length).fill(NaN);
  const age = new Float64Array(id.length).fill(NaN);
  const daysSinceLast = new Float64Array(id.length).fill(NaN);
  for (let i = 0; i < id.length; i++) {
    if (periodCount[i] === 0) continue;
    recency[i] = (lastPeriod[i]! - firstPeriod[i]!) / perUnit;
    age[i] = (lastKnown - firstPeriod[i]!) / perUnit;
    daysSinceLast[i] = cutoff.day - lastDay[i]!;
  }
  const whereValued = (values: Float64Array): Float64Array => (log.hasValues ? values : values.fill(NaN));
  return {
    customerCount: id.length,
    id,
    orderCount: columns.orderCount,
    frequency: repeatsOf(periodCount),
    recency,
    age,
    daysSinceLast,
    meanValue: columns.meanValue,
    meanValueAll: columns.meanValueAll,
    totalValue: whereValued(columns.totalValue),
    returnCount: columns.returnCount,
    returnValue: whereValued(columns.returnValue),
    gaps: gaps?.finish(),
    period,
    unit,
    returns: log.returns,
    valueUnit: log.valueUnit,
    asOf: dayText(cutoff.day),
    timeZone: log.timeZone,
    report: reportOf(log, purchases),
  };
}

function reportOf(log: PreparedLog, { counts, withoutOrders, prospects, unlisted }: Purchases): TransactionReport {
  return {
    rowCount: log.rowCount,
    orderCount: counts.purchases,
    returnCount: counts.returns,
    missingIdCount: log.missingIdCount,
    missingTimeCount: log.missingTimeCount,
    afterAsOfCount: counts.late,
    unmatchedReturnCount: counts.unmatchedReturns,
    cancelledCount: counts.cancelled,
    zeroCount: counts.zeros,
    linkedReturnCount: counts.linkedReturns,
    missingValueCount: log.hasValues ? counts.missingValues : 0,
    customersWithoutOrders: withoutOrders,
    prospectCount: prospects,
    unlistedCount: unlisted,
  };
}
