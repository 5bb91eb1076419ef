import type { Moments } from "../../numeric/statistics/moments";
import { wilsonBounds, type Bounds } from "../../numeric/statistics/proportion-interval";
import { incompleteBeta } from "../../numeric/special/incomplete-beta";
import { normalQuantile } from "../../numeric/special/normal-quantile";
import { studentTUpperQuantile } from "../../numeric/special/student-t";

/** Bounds between which the true value lies with the stated confidence, if the rows are a random sample. */
export interface ConfidenceInterval {
  readonly low: number;
  readonly high: number;
}

/** How sure an interval is to be. */
export interface Confidence {
  /** Probability beyond each bound. */
  readonly tail: number;
  /** The normal quantile of that probability. */
  readonly z: number;
}

/** The confidence of every interval where the caller names none. */
export const CONFIDENCE = { kind: "number", min: 0, max: 1, open: "both", default: 0.95 } as const;

export function confidenceOf(level: number): Confidence {
  const tail = (1 - level) / 2;
  return { tail, z: -normalQuantile(tail) };
}

export function intervalOf([low, high]: Bounds): ConfidenceInterval {
  return { low, high };
}

/** Wilson's interval of a share; null of no rows. */
export function shareInterval(count: number, total: number, { z }: Confidence): ConfidenceInterval | null {
  return total === 0 ? null : intervalOf(wilsonBounds(count, total, z));
}

/** Student's interval of a mean; null of fewer than two values. */
export function meanInterval({ count, mean, squares }: Moments, { tail }: Confidence): ConfidenceInterval | null {
  if (count < 2) return null;
  const reach = studentTUpperQuantile(tail, count - 1) * Math.sqrt(squares / (count - 1) / count);
  return Number.isFinite(mean) && Number.isFinite(reach) ? { low: mean - reach, high: mean + reach } : null;
}

/** Welch's (1947) interval of the difference of two means, with Satterthwaite's degrees of freedom; null where a side has fewer than two values. */
export function differenceOfMeansInterval(a: Moments, b: Moments, { tail }: Confidence): ConfidenceInterval | null {
  if (a.count < 2 || b.count < 2) return null;
  const varianceA = a.squares / (a.count - 1) / a.count;
  const varianceB = b.squares / (b.count - 1) / b.count;
  const variance = varianceA + varianceB;
  const difference = a.mean - b.mean + (a.meanLow - b.meanLow);
  if (variance === 0) return { low: difference, high: difference };
  if (!Number.isFinite(variance)) return null;
  const [shareA, shareB] = [varianceA / variance, varianceB / variance];
  const degrees = 1 / ((shareA * shareA) / (a.count - 1) + (shareB * shareB) / (b.count - 1));
  const reach = studentTUpperQuantile(tail, degrees) * Math.sqrt(variance);
  return Number.isFinite(difference) && Number.isFinite(reach) ? { low: difference - reach, high: difference + reach } : null;
}

/**
 * The order statistics between which the median lies with at least the confidence, whatever the distribution (Conover 1999, 3.2);
 * null where so few values cannot promise it (fewer than six, for 95 %).
 */
export function medianInterval(sorted: Float64Array, { tail }: Confidence): ConfidenceInterval | null {
  const n = sorted.length;
  // The largest r for which fewer than r of n values lie below the median with a probability of at most `tail`.
  let low = 0;
  let high = Math.floor((n + 1) / 2);
  while (low < high) {
    const r = Math.ceil((low + high) / 2);
    if (incompleteBeta(0.5, n - r + 1, r) <= tail) low = r;
    else high = r - 1;
  }
  return low === 0 ? null : { low: sorted[low - 1]!, high: sorted[n - low]! };
}
