import { digamma, digammaCorrection, trigamma, trigammaCorrection } from "./digamma";
import { logGamma, stirlingCorrection } from "./log-gamma";

/** Below this many factors they are multiplied out. */
const MOST_FACTORS = 16;

/** The corrections of both Stirling and digamma hold from here on. */
const LARGE = 10;

/**
 * log (a)ₙ = log Γ(a + n) − log Γ(a) for a > 0 and a whole number n ≥ 0, as exact for a = 1e12 as for a = 1e-12.
 */
export function logRising(a: number, n: number): number {
  if (n <= MOST_FACTORS && a < 1e15) {
    let product = 1;
    for (let i = 0; i < n; i++) product *= a + i;
    return Math.log(product);
  }
  if (a < LARGE) return logGamma(a + n) - logGamma(a);
  return (a - 0.5) * Math.log1p(n / a) + n * Math.log(a + n) - n + stirlingCorrection(a + n) - stirlingCorrection(a);
}

/** ψ(a + n) − ψ(a): the derivative of {@link logRising} by a. */
export function digammaRise(a: number, n: number): number {
  if (n <= MOST_FACTORS) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += 1 / (a + i);
    return sum;
  }
  if (a < LARGE) return digamma(a + n) - digamma(a);
  return Math.log1p(n / a) + digammaCorrection(a) - digammaCorrection(a + n);
}

/** ψ′(a + n) − ψ′(a), which is negative: the second derivative of {@link logRising} by a. */
export function trigammaRise(a: number, n: number): number {
  if (n <= MOST_FACTORS) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum -= 1 / ((a + i) * (a + i));
    return sum;
  }
  if (a < LARGE) return trigamma(a + n) - trigamma(a);
  return -n / (a * (a + n)) + trigammaCorrection(a + n) - trigammaCorrection(a);
}
