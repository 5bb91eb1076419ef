import { backtestEmpiricalValueSteps, type EmpiricalValueBacktest } from "../clv/empirical/backtest";
import { empiricalValueSteps, type EmpiricalValueOptions } from "../clv/empirical/fit";
import type { EmpiricalValueModel, EmpiricalValues } from "../clv/empirical/model";
import type { Table } from "../data/table";
import { summarizeTransactions } from "../features/transactions/summarize";
import type { PurchaseSummary } from "../features/transactions/summary";
import { sumOf } from "../numeric/statistics/compensated-sum";
import type { Steps } from "../steps/steps";
import { notRun, runPart, type NotRun, type Part } from "./part";

/** What customers are worth. */
export interface LifetimeValues {
  /** What each customer bought so far: one position for each customer, as in `values`. */
  readonly summary: PurchaseSummary;
  readonly model: EmpiricalValueModel;
  /** What to expect of each customer. */
  readonly values: EmpiricalValues;
  /** Sum of the expected values, in money. */
  readonly expectedTotal: number;
  /** How good the method would have been one horizon ago, or why that cannot be told. */
  readonly backtest: ({ readonly status: "done" } & EmpiricalValueBacktest) | NotRun;
}

export function* lifetimeValueSteps(transactions: Table, options: EmpiricalValueOptions): Steps<Part<LifetimeValues>> {
  const { asOf, timeZone, id, time, value } = options;
  const summary = summarizeTransactions(transactions, { asOf, timeZone, id, time, value });
  if (summary.customerCount === 0) return notRun("no transaction is left by asOf");
  const model = yield* empiricalValueSteps(transactions, options);
  const values = model.predict(summary);
  const backtest = yield* runPart("one horizon earlier", backtestPart(transactions, options));
  return { status: "done", summary, model, values, expectedTotal: sumOf(values.expectedValue), backtest };
}

function* backtestPart(transactions: Table, options: EmpiricalValueOptions): Steps<Part<EmpiricalValueBacktest>> {
  return { status: "done", ...(yield* backtestEmpiricalValueSteps(transactions, options)) };
}
