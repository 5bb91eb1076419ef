import { normalQuantile } from "../../numeric/special/normal-quantile";
import { normalTail } from "../../numeric/special/normal-tail";
import type { Bounds } from "../../numeric/statistics/proportion-interval";
import { quantileOfSorted } from "../../numeric/statistics/quantile";

/** Efron's (1979) percentile interval: quantiles (type 7) of the replicates, which ascend. */
export function percentileBounds(replicates: Float64Array, level: number): Bounds {
  const tail = (1 - level) / 2;
  return [quantileOfSorted(replicates, tail), quantileOfSorted(replicates, 1 - tail)];
}

/**
 * Efron's (1987) bias-corrected and accelerated interval.
 *
 * @param replicates - ascending
 * @param leftOut - the metric with one unit after another left out: the skewness of its influence
 */
export function bcaBounds(replicates: Float64Array, estimate: number, leftOut: Float64Array, level: number): Bounds {
  const count = replicates.length;
  let below = 0;
  let notAbove = 0;
  for (const value of replicates) {
    if (value < estimate) below++;
    if (value <= estimate) notAbove++;
  }
  // Replicates that all lie on one side would call for an infinite correction.
  const share = Math.min(Math.max((below + notAbove) / (2 * count), 0.5 / count), 1 - 0.5 / count);
  const bias = normalQuantile(share);
  const acceleration = accelerationOf(leftOut);
  const z = -normalQuantile((1 - level) / 2);
  const corrected = (quantile: number): number => {
    const shifted = bias + quantile;
    return quantileOfSorted(replicates, normalTail(-(bias + shifted / (1 - acceleration * shifted))));
  };
  return [corrected(-z), corrected(z)];
}

function accelerationOf(leftOut: Float64Array): number {
  const mean = leftOut.reduce((sum, value) => sum + value, 0) / leftOut.length;
  let squares = 0;
  let cubes = 0;
  for (const value of leftOut) {
    const influence = mean - value;
    squares += influence ** 2;
    cubes += influence ** 3;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}
