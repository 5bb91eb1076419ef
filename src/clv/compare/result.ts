import type { AgeUnit } from "../../features/transactions/periods";
import type { FrequencyBin } from "./frequency-bins";
import type { PairedDifference, PredictionErrors } from "./holdout-scores";
import type { ExpectedTracking, PurchaseTracking } from "./tracking";

/** One model, fitted to the calibration and held against the holdout. */
export interface ModelOnHoldout<Name extends string, Model> extends PredictionErrors {
  readonly name: Name;
  /** Fitted to the calibration alone. For use, fit again to all there is. */
  readonly model: Model;
  /** Log-probability of what every customer bought in the holdout, given the history: the larger, the better. It judges the whole distribution, not the mean alone. */
  readonly holdoutLogLikelihood: number;
  /** `holdoutLogLikelihood` less that of the best model (of those at a maximum of their likelihood), with the interval in which it lies, customers being a sample: one that reaches 0 means that the holdout does not tell the two apart. */
  readonly difference: PairedDifference;
  /** Mean P(alive) of customers without a repeat purchase at the end of the calibration; NaN without any. */
  readonly oneTimeAlive: number;
  /** Calibration in the other sense: predicted and actual purchases by frequency. */
  readonly bins: readonly FrequencyBin[];
  readonly tracking: ExpectedTracking;
}

/** What {@link compareTransactionModels} returns. */
export interface TransactionModelComparison<Name extends string, Model> {
  readonly unit: AgeUnit;
  /** The days with which calibration and holdout end, and the length of the holdout in `unit`. */
  readonly calibrationEnd: string;
  readonly asOf: string;
  readonly duration: number;
  /** Customers of the calibration. */
  readonly customerCount: number;
  /** Those among them without a repeat purchase, and the share of these that bought in the holdout: at least so many were alive. */
  readonly oneTimeCount: number;
  readonly oneTimeReturnShare: number;
  /** Repeat purchases in the calibration, and purchases of its customers in the holdout. */
  readonly calibrationPurchases: number;
  readonly holdoutPurchases: number;
  /** How well either total is known, customers being a sample: half a confidence interval, relative. No model can be held to more. */
  readonly calibrationPrecision: number;
  readonly holdoutPrecision: number;
  readonly models: readonly ModelOnHoldout<Name, Model>[];
  /** What needs no model: every customer goes on at the own rate so far, `frequency / age`; all buy alike, at the rate of all. */
  readonly baselines: { readonly ownRate: PredictionErrors; readonly sameForAll: PredictionErrors };
  readonly tracking: PurchaseTracking;
  /** Which model to take, and why; `name` is undefined where none can be recommended. */
  readonly recommendation: { readonly name: Name | undefined; readonly reason: string };
}
