import type { Table } from "../../data/table";
import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions } from "../../errors/options";
import { dayText, parseDay } from "../../features/calendar/day";
import { summarizeTransactions } from "../../features/transactions/summarize";
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
 * {@link backtestEmpiricalValue} shows how well that held one horizon earlier. Takes one pass over the log for each month of the horizon.
 *
 * @throws ClienteleError `tooFewRows` when fewer than `minGroupSize` customers had bought by the cutoff; as `summarizeTransactions`.
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

/** {@link fitEmpiricalValue} in slices: one for each month of the horizon. */
export function* empiricalValueSteps(transactions: Table, options: EmpiricalValueOptions): Steps<EmpiricalValueModel> {
  const caller = "fitEmpiricalValue";
  const { horizon, annualDiscountRate, margin, minGroupSize, ...log } = readOptions(caller, options, EMPIRICAL_VALUE_OPTIONS);
  const horizonDays = horizonInDays(caller, horizon);
  const now = summarizeTransactions(transactions, log);
  const cutoff = dayText(parseDay(now.asOf)! - horizonDays);
  const atCutoff = summarizeTransactions(transactions, { ...log, asOf: cutoff });
  if (atCutoff.customerCount < minGroupSize) {
    const rule = `at least ${minGroupSize} customers with a purchase by ${cutoff}, ${horizonDays} days before asOf`;
    throw new ClienteleError("tooFewRows", `transactions must have ${rule}; got ${atCutoff.customerCount} (shorten the horizon, or wait for a longer log)`, {
      caller,
      parameter: "transactions",
      rule,
      value: atCutoff.customerCount,
    });
  }
  const followed = yield* followSteps(transactions, log, atCutoff, horizonDays, { annualDiscountRate, margin });
  return new EmpiricalValueModel({ horizonDays, annualDiscountRate, margin, cutoff, asOf: now.asOf, groups: groupCustomers(followed, minGroupSize) });
}

const DAYS_PER_YEAR = 365.25;
const DAYS_PER_MONTH = DAYS_PER_YEAR / 12;

export function horizonInDays(caller: string, horizon: Horizon = { months: 12 }): number {
  const [unit, value, daysPerUnit] = "months" in horizon ? ["months", horizon.months, DAYS_PER_MONTH] as const : ["days", horizon.days, 1] as const;
  checkOption(caller, `horizon.${unit}`, value, { kind: "number", min: 0, max: 36_525 / daysPerUnit, open: "min" });
  return Math.max(1, Math.round(value * daysPerUnit));
}

export interface Terms {
  readonly annualDiscountRate: number;
  readonly margin: number;
}

/** What the customers of a summary bought in the `horizonDays` after it. */
export function* followSteps(
  transactions: Table,
  log: { readonly timeZone: string; readonly id: string; readonly time: string; readonly value: string },
  start: PurchaseSummary,
  horizonDays: number,
  { annualDiscountRate, margin }: Terms,
): Steps<FollowedCustomers> {
  const startDay = parseDay(start.asOf)!;
  const periods = Math.max(1, Math.round(horizonDays / DAYS_PER_MONTH));
  const purchases = new Float64Array(start.customerCount);
  const value = new Float64Array(start.customerCount);
  let before = alignTo(start, start);
  for (let period = 1; period <= periods; period++) {
    const days = Math.round((horizonDays * period) / periods);
    const after = alignTo(start, summarizeTransactions(transactions, { ...log, asOf: dayText(startDay + days) }));
    const discounted = margin * (1 + annualDiscountRate) ** (-days / DAYS_PER_YEAR);
    for (let i = 0; i < purchases.length; i++) {
      purchases[i] = purchases[i]! + (after.frequency[i]! - before.frequency[i]!);
      value[i] = value[i]! + (after.totalValue[i]! - before.totalValue[i]!) * discounted;
    }
    before = after;
    yield { phase: "following customers", done: period, total: periods };
  }
  return { frequency: start.frequency, daysSinceLast: start.daysSinceLast, purchases, value };
}

/** Two columns of a later summary, for the customers of an earlier one (a customer, once known, stays known). */
function alignTo(start: PurchaseSummary, later: PurchaseSummary): { readonly frequency: Float64Array; readonly totalValue: Float64Array } {
  const positionOf = new Map(later.id.map((id, position) => [id, position]));
  const positions = start.id.map((id) => positionOf.get(id)!);
  return {
    frequency: Float64Array.from(positions, (position) => later.frequency[position]!),
    totalValue: Float64Array.from(positions, (position) => later.totalValue[position]!),
  };
}
