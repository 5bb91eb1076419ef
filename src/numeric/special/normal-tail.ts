/** From here on the continued fraction is used; below it 0.5 minus the series loses one digit at most. */
const FRACTION_FROM = 2;
/** Enough for 2 and more, where it converges slowest. */
const FRACTION_TERMS = 120;
const SQRT_TWO_PI = 2.5066282746310002;

/**
 * The probability that a standard normal variable exceeds `z`, to about 15 digits of its own size, NaN for NaN.
 *
 * Near 0 by the series of Abramowitz and Stegun (1964, 26.2.11), in the tail by Laplace's continued fraction (26.2.14).
 */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  if (z === Infinity) return 0;
  const density = Math.exp((-z * z) / 2) / SQRT_TWO_PI;
  if (z < FRACTION_FROM) {
    let term = z;
    let sum = z;
    for (let k = 3; term > Number.EPSILON * sum; k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let k = FRACTION_TERMS; k > 0; k--) fraction = z + k / fraction;
  return density / fraction;
}
