import { checkShape } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import type { AgeUnit } from "../../features/transactions/periods";
import type { PurchaseSummary } from "../../features/transactions/summary";
import { normalQuantile } from "../../numeric/special/normal-quantile";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import { runToEnd, type Steps } from "../../steps/steps";
import type { GammaGammaModel, SpendPredictor } from "../gamma-gamma/model";
import { measureSpendCorrelation, type SpendCorrelation } from "../gamma-gamma/spend-correlation";
import type { EstimatedModel } from "../transaction-model/delta-intervals";
import type { PurchasePredictor } from "../transaction-model/predictor";
import type { FittedTransactionModel } from "./fitted-transaction-model";
import { historyBlocksSteps, predictBlocksSteps, type HistoryBlocks } from "./history-blocks";
import { discountRatePerUnit, horizonInUnits, type ValueHorizon } from "./horizon";
import { logSlopesSteps, logVarianceAt, logVarianceOfSum, type LogSlopes } from "./log-slopes";
import type { LifetimeValueEstimate } from "./result";
import { valuedCustomers, type NonPositivePolicy, type ValuedCustomers } from "./valued-customers";
import { certainlyAliveWarnings, correlationWarnings, statusWarnings, unlikelyModelWarnings } from "./warnings";

/** Options of {@link estimateLifetimeValue}. */
export interface LifetimeValueOptions {
  /** How far ahead the values reach, or `"infinite"` for all that is to come, which needs a discount rate above 0. */
  readonly horizon: ValueHorizon;
  /**
   * The unit of time in which the transaction model was fitted, which must be that of the summary. It is asked for because a model does not know it, and values in a wrong one look like values.
   */
  readonly unit: AgeUnit;
  /** Effective rate of a year: what comes in a year counts 1 / (1 + rate). It is converted to the unit of time. @defaultValue 0 */
  readonly annualDiscountRate?: number | undefined;
  /** Share of the amounts that is earned. @defaultValue 1 */
  readonly margin?: number | undefined;
  /**
   * Repeat buyers whose mean value is 0 or negative (refunds, free orders), which a spend model of positive amounts cannot hold: `refuse` names the
   * first; `asZero` counts the mean as 0, which makes a purchase worth the less, the more of them there were; `leaveOut` leaves their value missing. @defaultValue "refuse"
   */
  readonly nonPositive?: NonPositivePolicy | undefined;
  /** Share of such intervals that hold the expected value, if the models do. @defaultValue 0.95 */
  readonly confidence?: number | undefined;
}

export const LIFETIME_VALUE_OPTIONS = {
  horizon: { kind: "custom", required: true },
  unit: { kind: "oneOf", values: ["day", "week", "month", "year"], required: true },
  annualDiscountRate: { kind: "number", min: -1, open: "min", default: 0 },
  margin: { kind: "number", min: 0, open: "min", default: 1 },
  nonPositive: { kind: "oneOf", values: ["refuse", "asZero", "leaveOut"], default: "refuse" },
  confidence: { kind: "number", min: 0, max: 1, open: "both", default: 0.95 },
} as const;

/**
 * What each customer will bring from now on: expected purchases within the horizon, discounted by their time, times the expected value of a purchase, times the margin.
 *
 * Both factors are expectations of their model for a customer with this history; that they may be multiplied rests on frequency and value being independent, which is measured and
 * warned about. A rate per year is converted to the unit of time (1.1 a year is 1.0018 a week). Purchases are discounted continuously, at the time at which they are expected.
 *
 * Equal histories are computed once. Fader, Hardie and Lee (2005), RFM and CLV: Using Iso-Value Curves for Customer Base Analysis.
 *
 * @param summary - what `summarizeTransactions` returns: the customers of the fit, or others
 * @param transactionModel - what `fitBgNbd`, `fitMbgNbd`, `fitParetoNbd` or `fitBgBb` returns, or the reader of its saved form
 * @param spendModel - what `fitGammaGamma` or `gammaGammaFromSpec` returns
 * @throws ClienteleError `invalidOption` for a `unit` that is not the summary's and an infinite horizon without a discount; `invalidInput` for a mean
 * value of 0 or less, with its position, unless `nonPositive` says what it means.
 * @example
 * ```ts
 * import { estimateLifetimeValue, fitBgNbd, fitGammaGamma } from "clientele/clv";
 * import { tableFromColumns } from "clientele/data";
 * import { summarizeTransactions } from "clientele/features";
 *
 * // 500 customers: a gap between purchases, a probability to stop after each, and a usual amount of their own.
 * let state = 1;
 * const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
 * const orders = Array.from({ length: 500 }, (_, i) => {
 *   const [gap, dropout, spend] = [20 / random(), random() / 2, 20 + 60 * random()];
 *   const days = [Math.floor(90 * random())];
 *   while (random() > dropout && days.at(-1)! < 365) days.push(Math.floor(days.at(-1)! - gap * Math.log(random())));
 *   return days.map((day) => ({ id: `c${i}`, day, amount: Math.round(spend * (0.5 + random())) }));
 * }).flat().filter(({ day }) => day < 365);
 * const log = tableFromColumns({
 *   customerId: orders.map(({ id }) => id),
 *   timestamp: orders.map(({ day }) => new Date(Date.UTC(2025, 0, 1 + day))),
 *   amount: orders.map(({ amount }) => amount),
 * });
 * const summary = summarizeTransactions(log, { asOf: "2025-12-31", unit: "week" });
 *
 * const estimate = estimateLifetimeValue(summary, fitBgNbd(summary), fitGammaGamma(summary), {
 *   horizon: { months: 12 }, annualDiscountRate: 0.1, margin: 0.3, unit: "week",
 * });
 * const best = estimate.ranking[0]!;
 * console.log(estimate.id[best], estimate.horizon, estimate.value[best], estimate.low[best], estimate.high[best]); // "c369" 52.178… 246.4… 194.8… 311.7…
 * console.log(estimate.total); // { value: 10025.0…, low: 8626.6…, high: 11650.0… }
 * console.log(estimate.correlation?.verdict, estimate.warnings.map(({ code }) => code)); // "negligible" ["certainlyAlive"]
 * ```
 */
export function estimateLifetimeValue(
  summary: PurchaseSummary,
  transactionModel: FittedTransactionModel,
  spendModel: GammaGammaModel,
  options: LifetimeValueOptions,
): LifetimeValueEstimate {
  return runToEnd(estimateLifetimeValueSteps(summary, transactionModel, spendModel, options));
}

/** {@link estimateLifetimeValue} in slices. */
export function* estimateLifetimeValueSteps(
  summary: PurchaseSummary,
  transactionModel: FittedTransactionModel,
  spendModel: GammaGammaModel,
  options: LifetimeValueOptions,
): Steps<LifetimeValueEstimate> {
  const caller = "estimateLifetimeValue";
  checkShape(caller, "summary", summary, "what summarizeTransactions returns", ({ id, age, meanValue }) => Array.isArray(id) && age instanceof Float64Array && meanValue instanceof Float64Array);
  checkShape(caller, "transactionModel", transactionModel, "what fitBgNbd, fitMbgNbd, fitParetoNbd or fitBgBb returns", ({ predictDiscountedPurchases, at }) => typeof predictDiscountedPurchases === "function" && typeof at === "function");
  checkShape(caller, "spendModel", spendModel, "what fitGammaGamma returns", ({ predictMeanValue, at }) => typeof predictMeanValue === "function" && typeof at === "function");
  const { horizon: given, unit, annualDiscountRate, margin, nonPositive, confidence } = readOptions<LifetimeValueOptions, typeof LIFETIME_VALUE_OPTIONS>(caller, options, LIFETIME_VALUE_OPTIONS);
  checkUnit(caller, unit, summary.unit);
  const horizon = horizonInUnits(caller, given, unit);
  if (horizon === Infinity && !(annualDiscountRate > 0)) {
    const rule = "above 0 where the horizon is infinite";
    throw new ClienteleError("invalidOption", `annualDiscountRate must be ${rule}; got ${annualDiscountRate}`, { caller, parameter: "annualDiscountRate", rule, value: annualDiscountRate });
  }
  const discountRate = discountRatePerUnit(annualDiscountRate, unit);
  const customers = valuedCustomers(caller, summary, nonPositive);
  const correlation = correlationOf(customers);

  const histories = yield* historyBlocksSteps(customers.histories);
  const discountedSteps = (at: PurchasePredictor, phase: string): Steps<Float64Array> => predictBlocksSteps(histories, phase, (block) => at.predictDiscountedPurchases(block, { horizon, discountRate }));
  const alive = yield* predictBlocksSteps(histories, "predicting purchases", (block) => transactionModel.predictAlive(block));
  const purchases = horizon === Infinity ? undefined : yield* predictBlocksSteps(histories, "predicting purchases", (block) => transactionModel.predictPurchases(block, horizon));
  const discounted = yield* discountedSteps(transactionModel, "discounting purchases");
  const perPurchase = spendModel.predictMeanValue(customers.spend).map((value, i) => (customers.withoutValue[i] === 1 ? NaN : value));
  const value = perPurchase.map((each, i) => margin * each * discounted[histories.positions[i]!]!);

  const purchaseSlopes = yield* logSlopesSteps(transactionModel as EstimatedModel<string, PurchasePredictor>, (at) => discountedSteps(at, "computing intervals"));
  const spendSlopes = yield* logSlopesSteps(spendModel, function* (at: SpendPredictor): Steps<Float64Array> {
    yield { phase: "computing intervals", done: 0, total: value.length };
    return at.predictMeanValue(customers.spend);
  });
  const total = sumOf(value.filter((each) => !Number.isNaN(each)));
  const { factor, totalFactor } = intervalFactors(value, total, histories, purchaseSlopes, spendSlopes, normalQuantile((1 + confidence) / 2));

  const { positions, missingValueCount, nonPositiveCount } = customers;
  const ofSummary = (read: (i: number) => number): Float64Array => {
    const column = new Float64Array(summary.id.length).fill(NaN);
    for (let i = 0; i < positions.length; i++) column[positions[i]!] = read(i);
    return column;
  };
  const ofHistories = (values: Float64Array): Float64Array => ofSummary((i) => values[histories.positions[i]!]!);
  const values = ofSummary((i) => value[i]!);
  const aliveProbability = ofHistories(alive);
  const infiniteMeanCount = perPurchase.reduce((count, each, i) => (Number.isNaN(each) && customers.withoutValue[i] === 0 ? count + 1 : count), 0);
  return {
    customerCount: summary.id.length,
    id: summary.id,
    aliveProbability,
    expectedPurchases: purchases === undefined ? ofSummary(() => NaN) : ofHistories(purchases),
    discountedPurchases: ofHistories(discounted),
    valuePerPurchase: ofSummary((i) => perPurchase[i]!),
    value: values,
    low: ofSummary((i) => value[i]! / factor[i]!),
    high: ofSummary((i) => value[i]! * factor[i]!),
    ranking: rankingOf(values),
    total: { value: total, low: total / totalFactor, high: total * totalFactor },
    horizon,
    unit,
    annualDiscountRate,
    discountRate,
    margin,
    confidence,
    valueUnit: summary.valueUnit,
    asOf: summary.asOf,
    correlation,
    warnings: [
      ...statusWarnings(transactionModel, spendModel),
      ...unlikelyModelWarnings(transactionModel, customers.histories, unit),
      ...correlationWarnings(correlation),
      ...certainlyAliveWarnings(customers.histories, Float64Array.from(positions, (i) => aliveProbability[i]!)),
    ],
    report: {
      valuedCount: value.reduce((count, each) => (Number.isNaN(each) ? count : count + 1), 0),
      prospectCount: summary.id.length - positions.length,
      missingValueCount,
      nonPositiveCount,
      infiniteMeanCount,
    },
  };
}

/** By what a value may be too small or too large: each, and their total; NaN where a model is not at a maximum. */
function intervalFactors(
  value: Float64Array,
  total: number,
  { count, positions }: HistoryBlocks,
  purchases: LogSlopes | undefined,
  spend: LogSlopes | undefined,
  z: number,
): { readonly factor: Float64Array; readonly totalFactor: number } {
  const factor = new Float64Array(value.length).fill(NaN);
  if (purchases === undefined || spend === undefined) return { factor, totalFactor: NaN };
  const shares = value.map((each) => (Number.isNaN(each) || total === 0 ? 0 : each / total));
  const sharesOfHistories = new Float64Array(count);
  // Variances add up: the two models are estimated from columns that are taken for independent.
  for (let i = 0; i < value.length; i++) {
    const at = positions[i]!;
    factor[i] = Math.exp(z * Math.sqrt(logVarianceAt(purchases, at) + logVarianceAt(spend, i)));
    sharesOfHistories[at] = sharesOfHistories[at]! + shares[i]!;
  }
  return { factor, totalFactor: Math.exp(z * Math.sqrt(logVarianceOfSum(purchases, sharesOfHistories) + logVarianceOfSum(spend, shares))) };
}

function checkUnit(caller: string, unit: AgeUnit, ofSummary: AgeUnit): void {
  if (unit === ofSummary) return;
  const rule = `"${ofSummary}", the unit of the summary (summarize in the unit in which the model was fitted)`;
  throw new ClienteleError("invalidOption", `unit must be ${rule}; got "${unit}"`, { caller, parameter: "unit", rule, value: unit });
}

/** Of the repeat buyers whose value is known and above 0; undefined where there are too few. */
function correlationOf({ spend }: ValuedCustomers): SpendCorrelation | undefined {
  const { frequency, meanValue } = spend;
  let repeatBuyers = 0;
  for (let i = 0; i < frequency.length; i++) if (frequency[i]! > 0 && meanValue[i]! > 0) repeatBuyers++;
  return repeatBuyers < 4 ? undefined : measureSpendCorrelation(spend);
}

function rankingOf(values: Float64Array): Int32Array {
  const orderOf = (i: number): number => (Number.isNaN(values[i]) ? -Infinity : values[i]!);
  return Int32Array.from(values, (_, i) => i).sort((i, j) => (orderOf(i) === orderOf(j) ? i - j : orderOf(j) - orderOf(i)));
}
