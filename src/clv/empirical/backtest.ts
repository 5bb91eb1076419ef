import type { Table } from "../../data/table";
import { endOfDay } from "../../features/calendar/as-of";
import { dayText } from "../../data/calendar/day";
import { summarizeLogAtSteps } from "../../features/transactions/summarize";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import { runToEnd, type Steps } from "../../steps/steps";
import { fitUpTo, followSteps, prepareSteps, type EmpiricalValueOptions, type EmpiricalValueTask } from "./fit";

/** What {@link backtestEmpiricalValue} returns: predictions made one horizon ago, beside what happened since. */
export interface EmpiricalValueBacktest {
  /** The day of the predictions: nothing later was used to make them. */
  readonly cutoff: string;
  readonly asOf: string;
  readonly customerCount: number;
  /** Sum over all customers, in money. */
  readonly predictedTotal: number;
  readonly actualTotal: number;
  /** Square root of the mean over customers of (predicted − actual)², in money: what predicting means aims to make small. */
  readonly rootMeanSquaredError: number;
  /** The same when every customer is given the mean that was known at the cutoff: a method that is not better has learnt nothing of customers. */
  readonly baselineRootMeanSquaredError: number;
  /** Share of the actual value that came from the fifth of customers with the highest prediction; undefined where there was none. */
  readonly topFifthShare: number | undefined;
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
  const task = yield* prepareSteps("backtestEmpiricalValue", transactions, options);
  return yield* backtestOf(task);
}

export function* backtestOf(task: EmpiricalValueTask): Steps<EmpiricalValueBacktest> {
  const { caller, log, asOf: now, horizonDays } = task;
  const cutoffDay = now.day - horizonDays;
  const model = yield* fitUpTo(task, cutoffDay);
  const atCutoff = yield* summarizeLogAtSteps(log, endOfDay(cutoffDay));
  const { value: actual } = yield* followSteps(task, atCutoff, cutoffDay);
  const { expectedValue: predicted } = model.predict(atCutoff);

  const followedCustomers = model.groups.reduce((sum, group) => sum + group.customerCount, 0);
  const overall = model.groups.reduce((sum, group) => sum + group.customerCount * group.expectedValue, 0) / followedCustomers;
  return {
    cutoff: dayText(cutoffDay, caller),
    asOf: dayText(now.day, caller),
    customerCount: atCutoff.customerCount,
    predictedTotal: sumOf(predicted),
    actualTotal: sumOf(actual),
    rootMeanSquaredError: rootMeanSquare(actual.map((value, i) => value - predicted[i]!)),
    baselineRootMeanSquaredError: rootMeanSquare(actual.map((value) => value - overall)),
    topFifthShare: topShare(predicted, actual),
  };
}

function rootMeanSquare(differences: Float64Array): number {
  return Math.sqrt(sumOf(differences.map((difference) => difference * difference)) / differences.length);
}

/** Customers with equal predictions at the edge of the fifth count by their mean, so that their order does not matter. */
function topShare(predicted: Float64Array, actual: Float64Array): number | undefined {
  const total = sumOf(actual);
  if (total <= 0) return undefined;
  const wanted = actual.length / 5;
  const edge = predicted.slice().sort().reverse()[Math.max(0, Math.ceil(wanted) - 1)]!;
  const above = actual.filter((_, i) => predicted[i]! > edge);
  const atEdge = actual.filter((_, i) => predicted[i] === edge);
  return (sumOf(above) + (sumOf(atEdge) * (wanted - above.length)) / atEdge.length) / total;
}
