import { typedColumnOf, type RowId, type Table } from "../data/table";
import type { Churn } from "./churn";
import type { LifetimeValues } from "./lifetime-value";
import { notRun, type Part } from "./part";
import { createReasonFinder, type ChurnReason } from "./reasons";

/** Whom to turn to first, and why. */
export interface Actions {
  /** Customers still there whose leaving would cost most, or who are likeliest to leave where no value is known; most urgent first. */
  readonly retain: readonly RetainAction[];
  /** Customers of whom most is to be expected, most first; where as much is expected, those who spent more so far. */
  readonly cultivate: readonly CultivateAction[];
}

/** A customer to keep. */
export interface RetainAction {
  readonly customer: RowId;
  /** Out-of-fold probability of leaving. */
  readonly probability: number;
  /** What the customer brings in one period; undefined where no value field was named. */
  readonly value: number | undefined;
  /** probability × value, in money of one period: what is at risk, not what a call would save. */
  readonly valueAtRisk: number | undefined;
  /** What raises the odds of this customer most, compared with the average one. */
  readonly reasons: readonly ChurnReason[];
}

/** A customer to cultivate. */
export interface CultivateAction {
  readonly customer: RowId;
  readonly purchaseProbability: number;
  readonly expectedPurchases: number;
  readonly expectedValue: number;
  /** 95 % interval of the mean of customers like this one. */
  readonly low: number;
  readonly high: number;
  readonly daysSinceLast: number;
  /** What the customer spent so far. */
  readonly totalValue: number;
}

/** Names on each list. */
const LIST_LENGTH = 20;
const REASONS = 3;

/** `value` is a column of the cleaned customers' table, whose rows are found by id. */
export function actionsOf(
  churn: Part<Churn>,
  lifetimeValue: Part<LifetimeValues>,
  customers: Table | undefined,
  value: string | undefined,
): Part<Actions> {
  if (churn.status === "notRun" && lifetimeValue.status === "notRun") return notRun("neither churn nor value is known");
  return {
    status: "done",
    retain: churn.status === "notRun" ? [] : retainList(churn, valueByCustomer(customers, value)),
    cultivate: lifetimeValue.status === "notRun" ? [] : cultivateList(lifetimeValue),
  };
}

function valueByCustomer(customers: Table | undefined, value: string | undefined): ReadonlyMap<RowId, number> | undefined {
  if (customers === undefined || value === undefined) return undefined;
  const { values } = typedColumnOf("analyzeCustomers", customers, value, "number", "fields.value");
  return new Map(Array.from(values, (amount, row) => [customers.rowIds[row]!, amount]));
}

function retainList(churn: Churn, values: ReadonlyMap<RowId, number> | undefined): RetainAction[] {
  const { rowIds, labels, probabilities } = churn;
  const findReasons = createReasonFinder(churn);
  const candidates = Array.from(labels.keys()).flatMap((row) => {
    if (labels[row] === 1) return [];
    const probability = probabilities[row]!;
    const value = values?.get(rowIds[row]!);
    return [{ row, probability, value, valueAtRisk: value === undefined ? undefined : probability * value }];
  });
  const urgency = ({ probability, valueAtRisk }: (typeof candidates)[number]): number => valueAtRisk ?? probability;
  return candidates
    .sort((a, b) => urgency(b) - urgency(a) || a.row - b.row)
    .slice(0, LIST_LENGTH)
    .map(({ row, ...action }) => ({
      customer: rowIds[row]!,
      ...action,
      reasons: findReasons(row, REASONS),
    }));
}

function cultivateList({ summary, values }: LifetimeValues): CultivateAction[] {
  const { expectedValue } = values;
  return Array.from(expectedValue.keys())
    .sort((a, b) => expectedValue[b]! - expectedValue[a]! || summary.totalValue[b]! - summary.totalValue[a]! || a - b)
    .slice(0, LIST_LENGTH)
    .map((i) => ({
      customer: summary.id[i]!,
      purchaseProbability: values.purchaseProbability[i]!,
      expectedPurchases: values.expectedPurchases[i]!,
      expectedValue: expectedValue[i]!,
      low: values.low[i]!,
      high: values.high[i]!,
      daysSinceLast: summary.daysSinceLast[i]!,
      totalValue: summary.totalValue[i]!,
    }));
}
