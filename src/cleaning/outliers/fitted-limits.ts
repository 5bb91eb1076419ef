import type { OutlierMethod } from "./plan";

/**
 * Whether the data gave limits.
 *
 * - `"fitted"`: by the method as it stands
 * - `"meanDeviation"`: more than half of the values are equal, so that the median absolute deviation is 0 (spend of customers who mostly
 *   bought nothing); the spread is 1.253314 (√(π/2)) times the mean absolute deviation from the median instead, as IBM defines its
 *   modified z score for that case. Only with `"mad"`. It is moved by outliers as the median absolute deviation is not
 * - `"noSpread"`: no limits, and nothing is an outlier. The quartiles are equal, or the two quantiles, or all values: every value beside
 *   the frequent one would be beyond the limits. For a column with many zeros choose `"mad"`, or `"fixed"` limits
 * - `"tooFewValues"`: no limits, and nothing is an outlier, because among so few values none could be beyond the limits, however far it lies:
 *   for `"z"` while (n − 1)/√n, the largest possible z score of n values, does not exceed `factor` (Shiffler 1988), which is up to ten values
 *   for a factor of 3
 */
export type LimitStatus = "fitted" | "meanDeviation" | "noSpread" | "tooFewValues";

/** The limits of the usual values of one column, as found on the table of the fit. */
export interface FittedLimits {
  readonly column: string;
  readonly method: OutlierMethod;
  readonly status: LimitStatus;
  /** Smaller values are outliers; null where there is no lower limit. */
  readonly low: number | null;
  /** Greater values are outliers; null where there is no upper limit. */
  readonly high: number | null;
  /** How many values the limits were computed from. */
  readonly values: number;
}
