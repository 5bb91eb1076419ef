import type { HistoryTime } from "./histories";

/**
 * A purchase process at given parameters, one customer at a time. Everything but `alive` is given that the customer is alive now, at `age`,
 * and then depends on the history through frequency and age only. Times are in the unit of the parameters.
 */
export interface PurchaseKernel {
  readonly time: HistoryTime;
  /** Whether `alive` takes longer than to find out which histories are equal. */
  readonly isAliveCostly: boolean;
  /** Probability of being alive now. */
  alive(frequency: number, recency: number, age: number): number;
  /** Expected purchases within `duration` from now. */
  purchases(frequency: number, age: number, duration: number): number;
  /** Probability of still being alive after `duration`. */
  survival(frequency: number, age: number, duration: number): number;
  /** Probability of exactly `count` ≥ 0 purchases within `duration`. */
  count(frequency: number, age: number, duration: number, count: number): number;
  /** Probability of a purchase within `duration`, which may be infinite. */
  anyPurchase(frequency: number, age: number, duration: number): number;
  /** The duration within which a purchase has the probability; NaN where it never reaches it. The inverse of `anyPurchase`. */
  waitingTime(frequency: number, age: number, probability: number): number;
  /** Expected purchases within `horizon`, which may be infinite, each times e^(−force · its time from now). */
  discounted(frequency: number, age: number, horizon: number, force: number): number;
}
