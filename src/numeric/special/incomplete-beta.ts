import { logBeta } from "./log-beta";

/** Stands in for a zero denominator in Lentz's recurrence. */
const TINY = 1e-300;

/** The fraction needs about √max(a, b) terms; this many serve parameters beyond 1e12. */
const MOST_TERMS = 1_000_000;

/**
 * The regularised incomplete beta function I_x(a, b) for a, b > 0 and 0 ≤ x ≤ 1: the probability that a beta variable is below x.
 *
 * Continued fraction (NIST DLMF 8.17.22) by the recurrence of Lentz (1976), on the side where it converges fast.
 * Relative accuracy about 1e-16 · (a + b).
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return x < (a + 1) / (a + b + 2) ? lowerPart(x, a, b) : 1 - lowerPart(1 - x, b, a);
}

function lowerPart(x: number, a: number, b: number): number {
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const factor = d * c;
    fraction *= factor;
    // Written so that NaN ends it, too.
    if (!(Math.abs(factor - 1) > Number.EPSILON)) break;
  }
  return front * fraction;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
