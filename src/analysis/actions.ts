import type { RowId } from "../data/table";
import type { Churn } from "./churn";
import type { LifetimeValues } from "./lifetime-value";
import { notRun, type Part } from "./part";
import { createReasonFinder, type ChurnReason } from "./reasons";
import type { CustomerValues } from "./segments";

/** Whom to turn to first, and why. */
export interface Actions {
  /**
   * Customers still there whose leaving would cost most, most urgent first. Where values are known, customers without one are not listed;
   * where none is known, those likeliest to leave.
   */
  readonly retain: readonly RetainAction[];
  /** Customers of whom most is to be expected, most first; where as much is expected, those who spent more so far. */
  readonly cultivate: readonly CultivateAction[];
}

/** A customer to keep. */
export interface RetainAction {
  readonly customer: RowId;
  /** Out-of-fold probability of leaving. */
  readonly probability: number;
  /** What the customer brings: the value field, or what is expected from the transactions; undefined where neither is known. */
  readonly value: number | undefined;
  /** probability × value, in money: what is at risk, not what a call would save. */
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
  /** 95 % interval of the mean of customers like this one; a single customer varies far more. */
  readonly low: number;
  readonly high: number;
  readonly daysSinceLast: number;
  /** What the customer spent so far. */
  readonly totalValue: number;
}

/** Names on each list. */
const LIST_LENGTH = 20;
const REASONS = 3;

/** `value` has one entry for each row of the cleaned customers. */
export function actionsOf(churn: Part<Churn>, lifetimeValue: Part<LifetimeValues>, value: CustomerValues | undefined): Part<Actions> {
  if (churn.status === "notRun" && lifetimeValue.status === "notRun") return notRun("neither churn nor value is known");
  return {
    status: "done",
    retain: churn.status === "notRun" ? [] : retainList(churn, value?.values),
    cultivate: lifetimeValue.status === "notRun" ? [] : cultivateList(lifetimeValue),
  };
}

function retainList(churn: Churn, values: Float64Array | undefined): RetainAction[] {
  const { rows, rowIds, labels, probabilities } = churn;
  const findReasons = createReasonFinder(churn);
  const candidates = Array.from(labels.keys()).flatMap((i) => {
    const probability = probabilities[i]!;
    const value = values?.[rows[i]!];
    if (labels[i] === 1 || Number.isNaN(value)) return [];
    return [{ i, probability, value, valueAtRisk: value === undefined ? undefined : probability * value }];
  });
  const urgency = ({ probability, valueAtRisk }: (typeof candidates)[number]): number => valueAtRisk ?? probability;
  return candidates
    .sort((a, b) => urgency(b) - urgency(a) || a.i - b.i)
    .slice(0, LIST_LENGTH)
    .map(({ i, ...action }) => ({ customer: rowIds[i]!, ...action, reasons: findReasons(i, REASONS) }));
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
