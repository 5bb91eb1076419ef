/** Above this, six terms of Stirling's series leave less than 1e-17. */
const STIRLING_FROM = 15;

/** ½ log(2π) */
const HALF_LOG_TWO_PI = 0.9189385332046727;

/** log Γ(x) for x > 0 by Stirling's series, shifted upwards for small x; to about 1e-15 of max(1, |log Γ(x)|). */
export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < STIRLING_FROM) {
    product *= shifted;
    shifted++;
  }
  const r = 1 / (shifted * shifted);
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - (r * 691) / 360360))))) / shifted;
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + series - Math.log(product);
}
