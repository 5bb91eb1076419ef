import { computeMoments, standardDeviationOf } from "../../numeric/statistics/moments";
import { quantileOfSorted } from "../../numeric/statistics/quantile";
import type { LimitStatus } from "./fitted-limits";
import type { SpreadMethod } from "./plan";

/** Limits as the data give them; NaN where the status says that there are none. */
export interface Limits {
  readonly status: LimitStatus;
  readonly low: number;
  readonly high: number;
}

/** 1/Φ⁻¹(3/4) and √(π/2): what makes the median and the mean absolute deviation of normal data estimates of their standard deviation. */
const MEDIAN_DEVIATION_SCALE = 1.482602218505602;
const MEAN_DEVIATION_SCALE = 1.2533141373155003;

/** The middle of ascending values, less and plus `factor` times their spread. */
export function spreadLimits(method: SpreadMethod, factor: number, sorted: Float64Array): Limits {
  if (largestScore(method, sorted.length) <= factor) return noLimits("tooFewValues");
  // Equal values need not have an exact mean, and their standard deviation would be a rounding error.
  if (sorted[0] === sorted[sorted.length - 1]) return noLimits("noSpread");
  switch (method) {
    case "iqr": {
      const low = quantileOfSorted(sorted, 0.25);
      const high = quantileOfSorted(sorted, 0.75);
      if (low === high) return noLimits("noSpread");
      const reach = factor * (high - low);
      return { status: "fitted", low: low - reach, high: high + reach };
    }
    case "z": {
      const moments = computeMoments(sorted);
      const reach = factor * standardDeviationOf(moments, 1);
      return { status: "fitted", low: moments.mean + (moments.meanLow - reach), high: moments.mean + (moments.meanLow + reach) };
    }
    case "mad": {
      const median = quantileOfSorted(sorted, 0.5);
      const deviations = sorted.map((value) => Math.abs(value - median)).sort();
      const medianDeviation = quantileOfSorted(deviations, 0.5);
      const isFitted = medianDeviation > 0;
      const reach = factor * (isFitted ? MEDIAN_DEVIATION_SCALE * medianDeviation : MEAN_DEVIATION_SCALE * computeMoments(deviations).mean);
      return { status: isFitted ? "fitted" : "meanDeviation", low: median - reach, high: median + reach };
    }
  }
}

/** Two quantiles of ascending values. */
export function quantileLimits(lower: number, upper: number, sorted: Float64Array): Limits {
  if (sorted.length === 0) return noLimits("tooFewValues");
  const low = quantileOfSorted(sorted, lower);
  const high = quantileOfSorted(sorted, upper);
  return low === high ? noLimits("noSpread") : { status: "fitted", low, high };
}

function noLimits(status: LimitStatus): Limits {
  return { status, low: NaN, high: NaN };
}

/** How many spreads beyond the middle (`"iqr"`: beyond the quartile) one of n values can lie, however large it is. */
function largestScore(method: SpreadMethod, n: number): number {
  if (n < 2) return 0;
  switch (method) {
    case "z":
      return (n - 1) / Math.sqrt(n);
    case "mad":
      // Both of two values lie as far from their median as the median of these distances.
      return n === 2 ? 1 / MEDIAN_DEVIATION_SCALE : Infinity;
    case "iqr":
      // Type 7 draws the upper quartile towards the largest value while there are fewer than five: 0, 0, 0, x has x/4.
      return n === 2 ? 0.5 : n === 3 ? 1 : n === 4 ? 3 : Infinity;
  }
}
