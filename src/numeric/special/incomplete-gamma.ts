import { logGamma } from "./log-gamma";

/** Terms are added, and fractions taken, until they change nothing. Near x = a, where both converge slowest, that takes about 6 √a. */
const MOST_TERMS = 100_000;
const TINY = 1e-300;

/**
 * log Q(a, x), where Q(a, x) = Γ(a, x) / Γ(a) is the upper incomplete gamma function, a > 0, x ≥ 0.
 *
 * Its logarithm stays finite where Q itself falls below the smallest number. Below x = a + 1 by the series of P = 1 − Q (Abramowitz and
 * Stegun 1964, 6.5.29), where Q is large enough to be a difference; beyond, by Legendre's continued fraction (6.5.31, evaluated as Lentz 1976).
 */
export function logUpperGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x === Infinity) return -Infinity;
  const logScale = a * Math.log(x) - x - logGamma(a);
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; k < MOST_TERMS && term > (Number.EPSILON / 4) * sum; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return Math.log1p(-Math.exp(logScale) * sum);
  }
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < MOST_TERMS; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = numerator * d + b;
    if (Math.abs(d) < TINY) d = TINY;
    d = 1 / d;
    c = b + numerator / c;
    if (Math.abs(c) < TINY) c = TINY;
    const change = c * d;
    fraction *= change;
    if (Math.abs(change - 1) <= Number.EPSILON) break;
  }
  return logScale + Math.log(fraction);
}
