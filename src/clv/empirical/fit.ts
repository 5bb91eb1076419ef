import { checkTable, typedColumnOf, type Table } from "../../data/table";
import { checkObject } from "../../errors/check";
import { describeNames } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions } from "../../errors/options";
import { endOfDay, readAsOf, type AsOf } from "../../features/calendar/as-of";
import { dayText } from "../../data/calendar/day";
import { cumulateAtSteps } from "../../features/transactions/cumulate";
import { prepareLogSteps, type PreparedLog } from "../../features/transactions/log";
import { summarizeLogAtSteps } from "../../features/transactions/summarize";
import type { PurchaseSummary } from "../../features/transactions/summary";
import { runToEnd, type Steps } from "../../steps/steps";
import { groupCustomers, type FollowedCustomers } from "./groups";
import { EmpiricalValueModel } from "./model";

/** A stretch of time to look ahead; a month is 365.25 / 12 days. */
export type Horizon = { readonly months: number } | { readonly days: number };

/** Options of {@link fitEmpiricalValue}. */
export interface EmpiricalValueOptions {
  /** The last day of the log, as in `summarizeTransactions`. */
  readonly asOf: string | number;
  /** How far ahead the values reach; the log must be longer. @defaultValue 12 months */
  readonly horizon?: Horizon | undefined;
  /** Discount rate of a year, applied at the end of each month of the horizon. @defaultValue 0 */
  readonly annualDiscountRate?: number | undefined;
  /** Share of the amounts that is earned. @defaultValue 1 */
  readonly margin?: number | undefined;
  /** No group has fewer customers. @defaultValue 30 */
  readonly minGroupSize?: number | undefined;
  /** IANA time zone whose midnights separate the days. @defaultValue "UTC" */
  readonly timeZone?: string | undefined;
  /** The column of customers' ids. @defaultValue "customerId" */
  readonly id?: string | undefined;
  /** The timestamp column. @defaultValue "timestamp" */
  readonly time?: string | undefined;
  /** The number column of amounts. @defaultValue "amount" */
  readonly value?: string | undefined;
}

export const EMPIRICAL_VALUE_OPTIONS = {
  asOf: { kind: "custom", required: true },
  horizon: { kind: "custom" },
  annualDiscountRate: { kind: "number", min: -1, open: "min", default: 0 },
  margin: { kind: "number", default: 1 },
  minGroupSize: { kind: "integer", min: 2, default: 30 },
  timeZone: { kind: "text", default: "UTC" },
  id: { kind: "text", default: "customerId" },
  time: { kind: "text", default: "timestamp" },
  value: { kind: "text", default: "amount" },
} as const;

/**
 * What customers are worth over the next months, read off the past without a model of behaviour: the log is cut `horizon` before
 * its end, customers are grouped by how often and how recently they had bought by then, and what each group went on to spend
 * is what customers who stand there now can be expected to spend.
 *
 * It assumes that the next months will be like the last ones, and knows a customer only by frequency and days since the last purchase.
 * {@link backtestEmpiricalValue} shows how well that held one horizon earlier. The log is sorted once; n rows take O(n log n).
 *
 * @throws ClienteleError `tooFewRows` when fewer than `minGroupSize` customers had bought by the cutoff; `invalidInput` for a missing
 * amount (with its row); as `summarizeTransactions`.
 * @example
 * ```ts
 * import { fitEmpiricalValue } from "clientele/clv";
 * import { tableFromRecords } from "clientele/data";
 *
 * // Forty customers with one purchase in January, of whom every fourth buys again in the second half of the year.
 * const orders = Array.from({ length: 40 }, (_, i) => [
 *   { customerId: `c${i}`, timestamp: new Date("2026-01-15"), amount: 50 },
 *   ...(i % 4 === 0 ? [{ customerId: `c${i}`, timestamp: new Date("2026-09-01"), amount: 80 }] : []),
 * ]).flat();
 * const model = fitEmpiricalValue(tableFromRecords(orders), { asOf: "2026-12-31", horizon: { months: 6 } });
 * const [group] = model.groups;
 * console.log(group?.purchaseProbability, group?.expectedValue); // 0.25 20
 * ```
 */
export function fitEmpiricalValue(transactions: Table, options: EmpiricalValueOptions): EmpiricalValueModel {
  return runToEnd(empiricalValueSteps(transactions, options));
}

/** {@link fitEmpiricalValue} in slices. */
export function* empiricalValueSteps(transactions: Table, options: EmpiricalValueOptions): Steps<EmpiricalValueModel> {
  const task = yield* prepareSteps("fitEmpiricalValue", transactions, options);
  return yield* fitUpTo(task, task.asOf.day);
}

/** What the fit and its backtest share: checked options, and the log sorted once. */
export interface EmpiricalValueTask {
  readonly caller: string;
  readonly log: PreparedLog;
  readonly asOf: AsOf;
  readonly horizonDays: number;
  readonly annualDiscountRate: number;
  readonly margin: number;
  readonly minGroupSize: number;
}

export function* prepareSteps(caller: string, transactions: Table, options: EmpiricalValueOptions): Steps<EmpiricalValueTask> {
  const { asOf, horizon, annualDiscountRate, margin, minGroupSize, ...columns } = readOptions(caller, options, EMPIRICAL_VALUE_OPTIONS);
  const horizonDays = horizonInDays(caller, horizon);
  checkTable(caller, "transactions", transactions);
  checkAmounts(caller, transactions, columns.value);
  const log = yield* prepareLogSteps(caller, transactions, columns);
  return { caller, log, asOf: readAsOf(caller, asOf, log.dayOf), horizonDays, annualDiscountRate, margin, minGroupSize };
}

/** Groups customers one horizon before `lastDay`, and follows them up to it. */
export function* fitUpTo(task: EmpiricalValueTask, lastDay: number): Steps<EmpiricalValueModel> {
  const { caller, log, horizonDays, annualDiscountRate, margin, minGroupSize } = task;
  const cutoffDay = lastDay - horizonDays;
  const cutoff = dayText(cutoffDay, caller);
  const atCutoff = yield* summarizeLogAtSteps(log, endOfDay(cutoffDay));
  if (atCutoff.customerCount < minGroupSize) {
    const rule = `at least ${minGroupSize} customers with a purchase by ${cutoff}, ${horizonDays} days before the last day`;
    throw new ClienteleError("tooFewRows", `transactions must have ${rule}; got ${atCutoff.customerCount} (shorten the horizon, or wait for a longer log)`, {
      caller,
      parameter: "transactions",
      rule,
      value: atCutoff.customerCount,
    });
  }
  const followed = yield* followSteps(task, atCutoff, cutoffDay);
  return new EmpiricalValueModel({
    horizonDays,
    annualDiscountRate,
    margin,
    cutoff,
    asOf: dayText(lastDay, caller),
    groups: groupCustomers(followed, minGroupSize),
  });
}

/** An order without an amount would count as nothing spent. */
function checkAmounts(caller: string, transactions: Table, value: string): void {
  const row = typedColumnOf(caller, transactions, value, "number", "value").values.findIndex(Number.isNaN);
  if (row < 0) return;
  throw new ClienteleError("invalidInput", `row ${row} has no amount: column ${JSON.stringify(value)} is missing there; fill it or leave such rows out`, {
    caller,
    parameter: "value",
    column: value,
    row,
    rule: "an amount in each row",
  });
}

const DAYS_PER_YEAR = 365.25;
const DAYS_PER_MONTH = DAYS_PER_YEAR / 12;

function horizonInDays(caller: string, horizon: Horizon = { months: 12 }): number {
  const given: unknown = horizon;
  checkObject(caller, "horizon", given);
  const units = Object.keys(given);
  if (units.length !== 1 || !["months", "days"].includes(units[0]!)) {
    const rule = "{ months } or { days }";
    throw new ClienteleError("invalidOption", `horizon must be ${rule}; got ${units.length === 0 ? "neither" : describeNames(units)}`, { caller, parameter: "horizon", rule });
  }
  const [unit, value, daysPerUnit] = "months" in horizon ? ["months", horizon.months, DAYS_PER_MONTH] as const : ["days", horizon.days, 1] as const;
  checkOption(caller, `horizon.${unit}`, value, { kind: "number", min: 0, max: 36_525 / daysPerUnit, open: "min" });
  return Math.max(1, Math.round(value * daysPerUnit));
}

/** What the customers of a summary bought in the `horizonDays` after its day. */
export function* followSteps({ log, horizonDays, annualDiscountRate, margin }: EmpiricalValueTask, start: PurchaseSummary, startDay: number): Steps<FollowedCustomers> {
  const periods = Math.max(1, Math.round(horizonDays / DAYS_PER_MONTH));
  const ends = Array.from({ length: periods + 1 }, (_, period) => Math.round((horizonDays * period) / periods));
  const atEnds = yield* cumulateAtSteps(log, start.id, ends.map((days) => startDay + days));
  const purchases = new Float64Array(start.customerCount);
  const value = new Float64Array(start.customerCount);
  for (let period = 1; period <= periods; period++) {
    const before = atEnds[period - 1]!;
    const after = atEnds[period]!;
    const discounted = margin * (1 + annualDiscountRate) ** (-ends[period]! / DAYS_PER_YEAR);
    for (let i = 0; i < purchases.length; i++) {
      purchases[i] = purchases[i]! + (after.frequency[i]! - before.frequency[i]!);
      value[i] = value[i]! + (after.totalValue[i]! - before.totalValue[i]!) * discounted;
    }
  }
  return { frequency: start.frequency, daysSinceLast: start.daysSinceLast, purchases, value };
}
