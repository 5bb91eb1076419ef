import type { RowId } from "../../data/table";
import type { AgeUnit } from "../../features/transactions/periods";
import type { SpendCorrelation } from "../gamma-gamma/spend-correlation";
import type { LifetimeValueWarning } from "./warnings";

/** Which customers have no value, and why; all others have one. */
export interface LifetimeValueReport {
  readonly valuedCount: number;
  /** Customers without an order (listed in `summarizeTransactions`). */
  readonly prospectCount: number;
  /** Repeat buyers with an order without an amount. */
  readonly missingValueCount: number;
  /** Repeat buyers with a mean value of 0 or less; without value only if they are left out. */
  readonly nonPositiveCount: number;
  /** Customers for whom the spend model has no finite mean. */
  readonly infiniteMeanCount: number;
}

/** What {@link estimateLifetimeValue} returns: one position for each customer of the summary, in its order; NaN is missing. */
export interface LifetimeValueEstimate {
  readonly customerCount: number;
  readonly id: readonly RowId[];
  /** Probability that the customer is still one. */
  readonly aliveProbability: Float64Array;
  /** Expected purchases within the horizon; missing if that is infinite, where the number need not be finite. */
  readonly expectedPurchases: Float64Array;
  /** The same, each purchase discounted by its time from now. */
  readonly discountedPurchases: Float64Array;
  /** Expected value of a purchase, in the unit of the amounts. */
  readonly valuePerPurchase: Float64Array;
  /** `discountedPurchases` × `valuePerPurchase` × margin. */
  readonly value: Float64Array;
  /**
   * Where the *expected* value lies with the given confidence, as far as it is uncertain because the parameters of the models are estimates (delta method on
   * the scale of logarithms). What a single customer will bring varies far more. Missing where a model is not at a maximum of its likelihood.
   */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Positions of the customers from the highest value to the lowest; equal ones in the order of the summary, missing ones last. */
  readonly ranking: Int32Array;
  /** Of all customers together: errors in the parameters do not average out, so the interval is narrower than the sum of theirs, and not by much. */
  readonly total: { readonly value: number; readonly low: number; readonly high: number };
  /** In `unit`; infinite for an infinite horizon. */
  readonly horizon: number;
  readonly unit: AgeUnit;
  readonly annualDiscountRate: number;
  /** The effective rate per `unit` that comes to the annual rate. */
  readonly discountRate: number;
  readonly margin: number;
  readonly confidence: number;
  /** The unit of the amounts, if they had one. */
  readonly valueUnit: string | undefined;
  /** The day of the summary: "now". */
  readonly asOf: string;
  /** How frequency and value go together; undefined with fewer than 4 repeat buyers. */
  readonly correlation: SpendCorrelation | undefined;
  readonly warnings: readonly LifetimeValueWarning[];
  readonly report: LifetimeValueReport;
}
