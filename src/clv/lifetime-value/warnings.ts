import type { AgeUnit } from "../../features/transactions/periods";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import { runToEnd } from "../../steps/steps";
import type { SpendCorrelation } from "../gamma-gamma/spend-correlation";
import { findDistinctRows } from "../transaction-model/distinct-rows";
import type { EstimateStatus } from "../transaction-model/estimate";
import type { PurchaseHistories } from "../transaction-model/histories";
import type { PurchasePredictor } from "../transaction-model/predictor";

/** What makes values mean less than they seem. */
export interface LifetimeValueWarning {
  /**
   * - `transactionModelStatus`, `spendModelStatus`: the model is not at a maximum of its likelihood, or has no finite mean
   * - `correlatedSpend`: frequency and value go together too much for a spend model that takes them for independent
   * - `uncertainCorrelation`: the repeat buyers are too few to tell whether they do
   * - `certainlyAlive`: the transaction model says by assumption that one-time buyers are customers still
   * - `unlikelyModel`: the transaction model expects more than twice as many purchases as these customers have made, or less than half
   */
  readonly code: "transactionModelStatus" | "spendModelStatus" | "correlatedSpend" | "uncertainCorrelation" | "certainlyAlive" | "unlikelyModel";
  /** What it means and what helps. */
  readonly message: string;
}

/** A fitted model as far as its status goes. */
interface Fitted {
  readonly status: EstimateStatus;
  readonly advice: string | undefined;
}

export function statusWarnings(transactionModel: Fitted, spendModel: Fitted): LifetimeValueWarning[] {
  const of = (code: LifetimeValueWarning["code"], words: string, { status, advice }: Fitted): LifetimeValueWarning[] =>
    status === "converged" ? [] : [{ code, message: `the ${words} model has the status ${status}: ${advice ?? "fit it again"}` }];
  return [...of("transactionModelStatus", "transaction", transactionModel), ...of("spendModelStatus", "spend", spendModel)];
}

/** @param correlation - undefined where there are too few repeat buyers to measure it */
export function correlationWarnings(correlation: SpendCorrelation | undefined): LifetimeValueWarning[] {
  if (correlation === undefined) {
    return [{ code: "uncertainCorrelation", message: "fewer than 4 customers have a repeat purchase: whether frequent buyers spend more per purchase cannot be told" }];
  }
  const { verdict, correlation: size, low, high } = correlation;
  if (Number.isNaN(size)) {
    return [{ code: "uncertainCorrelation", message: "all repeat buyers bought equally often, or for the same mean value: whether frequent buyers spend more per purchase cannot be told" }];
  }
  const words = `the correlation of frequency and value is ${size.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
  if (verdict === "substantial") {
    const who = size > 0 ? "the most frequent buyers are worth more than is said here" : "the most frequent buyers are worth less than is said here";
    return [{ code: "correlatedSpend", message: `${words}, while the spend model takes them for independent: ${who}; compare with fitEmpiricalValue, which does not` }];
  }
  if (verdict === "uncertain") return [{ code: "uncertainCorrelation", message: `${words}: it may be too large for the spend model, which takes them for independent, and it may not; compare with fitEmpiricalValue` }];
  return [];
}

/** @param alive - P(alive) of each history */
export function certainlyAliveWarnings({ frequency, age }: PurchaseHistories, alive: Float64Array): LifetimeValueWarning[] {
  const count = alive.reduce((sum, probability, i) => (frequency[i] === 0 && age[i]! > 0 && probability === 1 ? sum + 1 : sum), 0);
  if (count === 0) return [];
  const share = ((100 * count) / alive.length).toFixed(0);
  return [
    {
      code: "certainlyAlive",
      message: `${count} customers without a repeat purchase (${share} % of all) have P(alive) = 1 by assumption of this model, whatever time has passed: rank them by value, and do not read it as loyalty; fitMbgNbd and fitParetoNbd do without the assumption, and compareTransactionModels tells which predicts better`,
    },
  ];
}

/** Fewer purchases than this may be off by chance. */
const ENOUGH = 20;

/** Whether the model can have been made for such customers: its purchases up to now beside theirs. Times in days given to a model in weeks show here. */
export function unlikelyModelWarnings(predictor: PurchasePredictor, { frequency, age }: PurchaseHistories, unit: AgeUnit): LifetimeValueWarning[] {
  const { columns, weights } = runToEnd(findDistinctRows([age], age.length));
  const ages = columns[0]!;
  const newCustomer = { frequency: [0], recency: [0], age: [0] };
  const expected = sumOf(ages.map((duration, i) => weights[i]! * predictor.predictPurchases(newCustomer, duration)[0]!));
  const observed = sumOf(frequency);
  const ratio = expected / observed;
  if (Math.max(expected, observed) < ENOUGH || (ratio >= 0.5 && ratio <= 2)) return [];
  const message = `the transaction model expects ${expected.toPrecision(3)} repeat purchases of these customers up to now, and there were ${observed}: was it fitted to other customers, or in another unit of time than the ${unit}?`;
  return [{ code: "unlikelyModel", message }];
}
