import { createDayReader } from "../../data/calendar/day";
import type { Table } from "../../data/table";
import { checkFunction, checkObject, checkRowCount, checkShape } from "../../errors/check";
import { describeOption } from "../../errors/describe";
import { readOptions } from "../../errors/options";
import { readAsOf } from "../../features/calendar/as-of";
import { cutoffAt } from "../../features/transactions/cutoff";
import { prepareLogSteps } from "../../features/transactions/log";
import { splitTransactionsSteps, type SplitTransactionsOptions } from "../../features/transactions/split";
import { normalQuantile } from "../../numeric/special/normal-quantile";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import { runToEnd, type Steps } from "../../steps/steps";
import type { FittedTransactionModel } from "../lifetime-value/fitted-transaction-model";
import type { WeightedHistories } from "../transaction-model/histories";
import { checkEvidence, relativeHalfWidth } from "./evidence";
import { binByFrequency } from "./frequency-bins";
import { logProbabilitiesSteps, pairedDifference, predictionErrors } from "./holdout-scores";
import { recommend } from "./recommend";
import type { ModelOnHoldout, TransactionModelComparison } from "./result";
import { expectTrackingSteps, trackingIntervals, trackPurchasesSteps } from "./tracking";

/** Options of {@link compareTransactionModels}: where the log is cut and how it is read, and what is asked of it. */
export interface CompareTransactionModelsOptions extends Omit<SplitTransactionsOptions, "customers" | "gaps"> {
  /**
   * How well the purchases of either part must be known for a comparison to mean anything: the largest relative half width of the confidence interval of their total,
   * customers being a sample. A quarter takes 62 purchases of different customers, and some hundreds where a few buy much. @defaultValue 0.25
   */
  readonly precision?: number | undefined;
  /** Of the intervals. @defaultValue 0.95 */
  readonly confidence?: number | undefined;
  /** Customers with so many repeat purchases or more are one bin. @defaultValue 7 */
  readonly lastBin?: number | undefined;
}

export const COMPARE_TRANSACTION_MODELS_OPTIONS = {
  calibrationEnd: { kind: "custom", required: true },
  asOf: { kind: "custom", required: true },
  interval: { kind: "oneOf", values: ["closed", "open"], default: "closed" },
  timeZone: { kind: "text", default: "UTC" },
  period: { kind: "oneOf", values: ["day", "week", "month"], default: "day" },
  unit: { kind: "oneOf", values: ["day", "week", "month", "year"] },
  id: { kind: "text", default: "customerId" },
  time: { kind: "text", default: "timestamp" },
  value: { kind: "custom" },
  order: { kind: "text" },
  returns: { kind: "oneOf", values: ["net", "separate", "ignore", "error"], default: "net" },
  cancelled: { kind: "custom" },
  zeroOrders: { kind: "oneOf", values: ["count", "ignore"], default: "count" },
  precision: { kind: "number", min: 0, open: "min", default: 0.25 },
  confidence: { kind: "number", min: 0, max: 1, open: "both", default: 0.95 },
  lastBin: { kind: "integer", min: 1, max: 1000, default: 7 },
} as const;

/** Ways to fit the models to be compared, by name: `fitBgNbd` and its like, or their `…Steps`, which are run in slices. */
export type TransactionFits = Readonly<Record<string, (histories: WeightedHistories) => FittedTransactionModel | Steps<FittedTransactionModel>>>;

/** What such a fit gives in the end. */
export type FittedModel<Fit> = Fit extends (histories: WeightedHistories) => infer Result ? (Result extends Steps<infer Model> ? Model : Result) : never;

/** What comes of a comparison of these fits. */
type ComparisonOf<Fits extends TransactionFits> = TransactionModelComparison<keyof Fits & string, FittedModel<Fits[keyof Fits]> & FittedTransactionModel>;

/**
 * Which transaction model to trust: the log is cut in two as by `splitTransactions`, every model is fitted to the calibration, and held against what the same
 * customers did in the holdout: by frequency, week by week, by its errors and by the probability it gave to what happened.
 *
 * Models are ranked by that probability. A difference between two that chance would explain is not one: then a model in which one-time buyers may be gone is proposed rather
 * than BG/NBD, in which they are alive by assumption. Too thin data are refused, with what they lack.
 *
 * @param transactions - a log as `summarizeTransactions` reads it
 * @param fits - one for each model, by the name it shall have
 * @throws ClienteleError `tooFewRows` where the purchases of a part are known less well than `precision`; as `splitTransactions`; what a fit throws.
 * @example
 * ```ts
 * import { compareTransactionModels, fitBgNbd, fitMbgNbd } from "clientele/clv";
 * import { tableFromColumns } from "clientele/data";
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
 *
 * const comparison = compareTransactionModels(log, { BG: fitBgNbd, MBG: fitMbgNbd }, { calibrationEnd: "2025-06-30", asOf: "2025-12-31", unit: "week" });
 * console.log(comparison.holdoutPurchases, comparison.models.map(({ predictedTotal }) => Math.round(predictedTotal))); // 570 [587, 548]
 * console.log(comparison.recommendation.name); // "MBG"
 * ```
 */
export function compareTransactionModels<const Fits extends TransactionFits>(transactions: Table, fits: Fits, options: CompareTransactionModelsOptions): ComparisonOf<Fits> {
  return runToEnd(compareTransactionModelsSteps(transactions, fits, options));
}

/** {@link compareTransactionModels} in slices; each fit is one, if it is not given as a `…Steps` function. */
export function* compareTransactionModelsSteps<const Fits extends TransactionFits>(transactions: Table, fits: Fits, options: CompareTransactionModelsOptions): Steps<ComparisonOf<Fits>> {
  type Name = keyof Fits & string;
  type Model = FittedModel<Fits[keyof Fits]> & FittedTransactionModel;
  const caller = "compareTransactionModels";
  const { precision, confidence, lastBin, value = "amount", ...columns } = readOptions<CompareTransactionModelsOptions, typeof COMPARE_TRANSACTION_MODELS_OPTIONS>(caller, options, COMPARE_TRANSACTION_MODELS_OPTIONS);
  const names: Name[] = checkFits(caller, fits);
  const { calibration, holdout } = yield* splitTransactionsSteps(transactions, { ...columns, value });
  const dayOf = createDayReader(caller, columns.timeZone);
  const start = cutoffAt(readAsOf(caller, columns.calibrationEnd, dayOf, "calibrationEnd"), columns.interval);
  const end = cutoffAt(readAsOf(caller, columns.asOf, dayOf), columns.interval);
  const z = normalQuantile((1 + confidence) / 2);
  const { frequency, recency, age, unit } = calibration;
  const actual = holdout.frequency;
  checkEvidence(caller, "calibration", frequency, z, precision);
  checkEvidence(caller, "holdout", actual, z, precision);

  const intervals = trackingIntervals(calibration, start, end);
  const log = yield* prepareLogSteps(caller, transactions, { ...columns, value }, start.lastTime === Infinity && end.lastTime === Infinity);
  const tracking = yield* trackPurchasesSteps(log, calibration, intervals, end);

  const histories = { frequency, recency, age };
  const oneTime = Int32Array.from(frequency, (_, i) => i).filter((i) => frequency[i] === 0);
  const oneTimeHistories = { frequency: new Float64Array(oneTime.length), recency: new Float64Array(oneTime.length), age: Float64Array.from(oneTime, (i) => age[i]!) };
  const meanOf = (values: Float64Array): number => sumOf(values) / values.length;
  const found: (Omit<ModelOnHoldout<Name, Model>, "difference"> & { readonly logs: Float64Array })[] = [];
  for (const name of names) {
    yield { phase: "fitting models", done: found.length, total: names.length };
    const fitted = fits[name]!(histories);
    const model = (isSteps(fitted) ? yield* fitted : fitted) as Model;
    checkShape(caller, `fits[${describeOption(name)}]`, model, "a function that returns a fitted transaction model", ({ predictCountProbability, status }) => typeof predictCountProbability === "function" && typeof status === "string");
    const predicted = model.predictPurchases(histories, holdout.duration);
    const logs = yield* logProbabilitiesSteps(model, histories, actual, holdout.duration);
    found.push({
      name,
      model,
      logs,
      holdoutLogLikelihood: sumOf(logs),
      ...predictionErrors(predicted, actual),
      oneTimeAlive: meanOf(model.predictAlive(oneTimeHistories)),
      bins: binByFrequency(frequency, actual, predicted, lastBin),
      tracking: yield* expectTrackingSteps(model, intervals),
    });
  }

  const usable = found.filter(({ model }) => model.status === "converged");
  const best = (usable.length > 0 ? usable : found).reduce((a, b) => (b.holdoutLogLikelihood > a.holdoutLogLikelihood ? b : a));
  const rateOfAll = sumOf(frequency) / sumOf(age);
  const comparison = {
    unit,
    calibrationEnd: calibration.asOf,
    asOf: holdout.asOf,
    duration: holdout.duration,
    customerCount: calibration.customerCount,
    oneTimeCount: oneTime.length,
    oneTimeReturnShare: meanOf(Float64Array.from(oneTime, (i) => (actual[i]! > 0 ? 1 : 0))),
    calibrationPurchases: sumOf(frequency),
    holdoutPurchases: sumOf(actual),
    calibrationPrecision: relativeHalfWidth(frequency, z),
    holdoutPrecision: relativeHalfWidth(actual, z),
    models: found.map(({ logs, ...each }): ModelOnHoldout<Name, Model> => ({ ...each, difference: pairedDifference(logs, best.logs, z) })),
    baselines: {
      ownRate: predictionErrors(frequency.map((x, i) => (x === 0 ? 0 : (x / age[i]!) * holdout.duration)), actual),
      sameForAll: predictionErrors(new Float64Array(actual.length).fill(rateOfAll * holdout.duration), actual),
    },
    tracking,
  };
  return { ...comparison, recommendation: recommend<Name>(comparison) };
}

function checkFits<Fits extends TransactionFits>(caller: string, fits: Fits): (keyof Fits & string)[] {
  checkObject(caller, "fits", fits);
  const names = Object.keys(fits);
  checkRowCount(caller, "fits", names.length, 1, "model");
  for (const name of names) checkFunction(caller, `fits[${describeOption(name)}]`, fits[name]);
  return names;
}

function isSteps(fitted: FittedTransactionModel | Steps<FittedTransactionModel>): fitted is Steps<FittedTransactionModel> {
  return "next" in fitted && typeof fitted.next === "function";
}
