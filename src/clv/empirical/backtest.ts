import type { Table } from "../../data/table";
import { readOptions } from "../../errors/options";
import { dayText, parseDay } from "../../features/calendar/day";
import { summarizeTransactions } from "../../features/transactions/summarize";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import { runToEnd, type Steps } from "../../steps/steps";
import { EMPIRICAL_VALUE_OPTIONS, empiricalValueSteps, followSteps, horizonInDays, type EmpiricalValueOptions } from "./fit";

/** What {@link backtestEmpiricalValue} returns: predictions made one horizon ago, beside what happened since. */
export interface EmpiricalValueBacktest {
  /** The day of the predictions: nothing later was used to make them. */
  readonly cutoff: string;
  readonly asOf: string;
  readonly customerCount: number;
  /** Sum over all customers, in money. */
  readonly predictedTotal: number;
  readonly actualTotal: number;
  /** Mean over customers of |predicted − actual|, in money. */
  readonly meanAbsoluteError: number;
  /** The same when every customer is given the mean of the group table's customers: what knowing the customer adds to nothing. */
  readonly baselineMeanAbsoluteError: number;
  /** Share of the actual value that came from the fifth of customers with the highest prediction. */
  readonly topFifthShare: number;
}

/**
 * How good the values of {@link fitEmpiricalValue} would have been one horizon earlier: fitted on the log up to then, checked on what followed.
 *
 * The log must reach back more than two horizons.
 *
 * @throws ClienteleError as {@link fitEmpiricalValue}, for the earlier day.
 * @example
 * ```ts
 * import { backtestEmpiricalValue } from "clientele/clv";
 * import { tableFromRecords } from "clientele/data";
 *
 * // Sixty customers who buy for 10 in every month of two years.
 * const orders = Array.from({ length: 60 * 24 }, (_, i) => ({
 *   customerId: `c${i % 60}`,
 *   timestamp: new Date(Date.UTC(2025, Math.floor(i / 60), 15)),
 *   amount: 10,
 * }));
 * const backtest = backtestEmpiricalValue(tableFromRecords(orders), { asOf: "2026-12-31", horizon: { months: 6 } });
 * console.log(backtest.cutoff, backtest.predictedTotal, backtest.actualTotal); // "2026-07-01" 3600 3600
 * ```
 */
export function backtestEmpiricalValue(transactions: Table, options: EmpiricalValueOptions): EmpiricalValueBacktest {
  return runToEnd(backtestEmpiricalValueSteps(transactions, options));
}

/** {@link backtestEmpiricalValue} in slices. */
export function* backtestEmpiricalValueSteps(transactions: Table, options: EmpiricalValueOptions): Steps<EmpiricalValueBacktest> {
  const caller = "backtestEmpiricalValue";
  const { horizon, annualDiscountRate, margin, timeZone, id, time, value } = readOptions(caller, options, EMPIRICAL_VALUE_OPTIONS);
  const log = { timeZone, id, time, value };
  const horizonDays = horizonInDays(caller, horizon);
  const { asOf } = summarizeTransactions(transactions, { ...log, asOf: options.asOf });
  const cutoff = dayText(parseDay(asOf)! - horizonDays);
  const model = yield* empiricalValueSteps(transactions, { ...options, asOf: cutoff });
  const atCutoff = summarizeTransactions(transactions, { ...log, asOf: cutoff });
  const { value: actual } = yield* followSteps(transactions, log, atCutoff, horizonDays, { annualDiscountRate, margin });
  const { expectedValue: predicted } = model.predict(atCutoff);

  const followedCustomers = model.groups.reduce((sum, group) => sum + group.customerCount, 0);
  const overall = model.groups.reduce((sum, group) => sum + group.customerCount * group.expectedValue, 0) / followedCustomers;
  return {
    cutoff,
    asOf,
    customerCount: atCutoff.customerCount,
    predictedTotal: sumOf(predicted),
    actualTotal: sumOf(actual),
    meanAbsoluteError: sumOf(actual.map((value, i) => Math.abs(value - predicted[i]!))) / actual.length,
    baselineMeanAbsoluteError: sumOf(actual.map((value) => Math.abs(value - overall))) / actual.length,
    topFifthShare: topShare(predicted, actual),
  };
}

/** Customers with equal predictions at the edge of the fifth count by their mean, so that their order does not matter. */
function topShare(predicted: Float64Array, actual: Float64Array): number {
  const wanted = actual.length / 5;
  const edge = predicted.slice().sort().reverse()[Math.max(0, Math.ceil(wanted) - 1)]!;
  const above = actual.filter((_, i) => predicted[i]! > edge);
  const atEdge = actual.filter((_, i) => predicted[i] === edge);
  return (sumOf(above) + (sumOf(atEdge) * (wanted - above.length)) / atEdge.length) / sumOf(actual);
}
