/** From here on the Stirling series of {@link stirlingCorrection} leaves less than 1e-17. */
export const STIRLING_FROM = 8;

/** ½ log(2π) */
const HALF_LOG_TWO_PI = 0.9189385332046727;

/** log Γ(x) for x > 0 by Stirling's series, shifted upwards for small x; to about 3e-15 of max(1, |log Γ(x)|). */
export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < STIRLING_FROM) {
    product *= shifted;
    shifted++;
  }
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingCorrection(shifted) - Math.log(product);
}

/**
 * What Stirling's formula leaves of log Γ(x), x ≥ 8: log Γ(x) − (x − ½) log x + x − ½ log 2π
 * (NIST DLMF 5.11.1, ten terms). Differences of log Γ are taken between these small numbers.
 */
export function stirlingCorrection(x: number): number {
  const r = 1 / (x * x);
  const high = 1 / 1188 - r * (691 / 360360 - r * (1 / 156 - r * (3617 / 122400 - r * (43867 / 244188 - (r * 174611) / 125400))));
  return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * high)))) / x;
}
