import { backtestOf, type EmpiricalValueBacktest } from "../clv/empirical/backtest";
import { fitUpTo, prepareSteps, type EmpiricalValueOptions, type EmpiricalValueTask } from "../clv/empirical/fit";
import type { EmpiricalValueModel, EmpiricalValues } from "../clv/empirical/model";
import { gammaGammaSteps } from "../clv/gamma-gamma/fit";
import type { GammaGammaModel } from "../clv/gamma-gamma/model";
import { estimateLifetimeValueSteps } from "../clv/lifetime-value/estimate";
import type { LifetimeValueEstimate } from "../clv/lifetime-value/result";
import { mbgNbdSteps } from "../clv/mbg-nbd/fit";
import type { MbgNbdModel } from "../clv/mbg-nbd/model";
import type { RowId, Table } from "../data/table";
import { summarizeLogAtSteps } from "../features/transactions/summarize";
import type { PurchaseSummary } from "../features/transactions/summary";
import { sumOf } from "../numeric/statistics/compensated-sum";
import type { Steps } from "../steps/steps";
import { notRun, runPart, type NotRun, type Part } from "./part";
import type { CustomerValues } from "./segments";

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
  /** What probability models say to the same question, or why they cannot. */
  readonly modelled: ({ readonly status: "done" } & ModelledValues) | NotRun;
}

/** Lifetime value from models of when customers buy, when they stop (MBG/NBD) and what they spend (Gamma-Gamma). */
export interface ModelledValues {
  readonly transactionModel: MbgNbdModel;
  readonly spendModel: GammaGammaModel;
  /** P(alive), expected purchases and value with an interval of each customer, by the positions of `summary`. */
  readonly estimate: LifetimeValueEstimate;
}

/** The columns of a transaction log, all of them named, and the day it ends. */
export type LogOptions = EmpiricalValueOptions & { readonly id: string; readonly time: string; readonly value: string; readonly timeZone: string };

export function* lifetimeValueSteps(transactions: Table, options: LogOptions): Steps<Part<LifetimeValues>> {
  const task = yield* prepareSteps("fitEmpiricalValue", transactions, options);
  const summary = yield* summarizeLogAtSteps(task.log, task.asOf);
  if (summary.customerCount === 0) return notRun(`none of the ${transactions.rowCount} transactions is a purchase up to ${summary.asOf}`);
  const model = yield* fitUpTo(task, task.asOf.day);
  const values = model.predict(summary);
  const backtest = yield* runPart("one horizon earlier", backtestPart(task));
  const modelled = yield* runPart("probability models", modelledPart(summary, task));
  return { status: "done", summary, model, values, expectedTotal: sumOf(values.expectedValue), backtest, modelled };
}

function* backtestPart(task: EmpiricalValueTask): Steps<Part<EmpiricalValueBacktest>> {
  return { status: "done", ...(yield* backtestOf(task)) };
}

/** MBG/NBD rather than BG/NBD, for which whoever bought once is a customer for ever. */
function* modelledPart(summary: PurchaseSummary, { horizonDays, annualDiscountRate, margin }: EmpiricalValueTask): Steps<Part<ModelledValues>> {
  if (!(margin > 0)) return notRun("the margin is not above 0");
  const transactionModel = yield* mbgNbdSteps(summary);
  const spendModel = yield* gammaGammaSteps(summary, { nonPositive: "leaveOut" });
  const estimate = yield* estimateLifetimeValueSteps(summary, transactionModel, spendModel, { horizon: { days: horizonDays }, unit: summary.unit, annualDiscountRate, margin, nonPositive: "asZero" });
  return { status: "done", transactionModel, spendModel, estimate };
}

/** How the customers of the records and those of the transactions fit together, by id as text. */
export interface Overlap {
  /** Customers with a record and a purchase. */
  readonly matched: number;
  /** Customers with a record and no purchase. */
  readonly withoutPurchase: number;
  /** Customers with a purchase and no record: they are valued, and in no segment. */
  readonly withoutRecord: number;
}

/** The expected value of each customer of the records; NaN for one without a purchase. */
export function matchValues(rowIds: ArrayLike<RowId>, { summary, values }: LifetimeValues): { readonly overlap: Overlap; readonly value: CustomerValues } {
  const positionOf = new Map(summary.id.map((id, position) => [String(id), position]));
  const positions = Array.from(rowIds, (id) => positionOf.get(String(id)) ?? -1);
  const matched = positions.filter((position) => position >= 0).length;
  return {
    overlap: { matched, withoutPurchase: positions.length - matched, withoutRecord: summary.customerCount - matched },
    value: { name: "expectedValue", values: Float64Array.from(positions, (position) => values.expectedValue[position] ?? NaN) },
  };
}
