/** From here on the asymptotic series below leave less than 1e-17. */
const ASYMPTOTIC_FROM = 10;

/** ψ(x) = d/dx log Γ(x) for x > 0 (NIST DLMF 5.11.2, shifted upwards for small x); to about 2e-15 of max(1, |ψ(x)|). */
export function digamma(x: number): number {
  let shifted = x;
  let sum = 0;
  while (shifted < ASYMPTOTIC_FROM) {
    sum += 1 / shifted;
    shifted++;
  }
  return Math.log(shifted) - digammaCorrection(shifted) - sum;
}

/** ψ′(x) = d²/dx² log Γ(x) for x > 0; relative accuracy about 1e-15. */
export function trigamma(x: number): number {
  let shifted = x;
  let sum = 0;
  while (shifted < ASYMPTOTIC_FROM) {
    sum += 1 / (shifted * shifted);
    shifted++;
  }
  return sum + 1 / shifted + trigammaCorrection(shifted);
}

/** log x − ψ(x) for x ≥ 10. */
export function digammaCorrection(x: number): number {
  const r = 1 / (x * x);
  const high = 1 / 132 - r * (691 / 32760 - r * (1 / 12 - (r * 3617) / 8160));
  return 0.5 / x + r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * high))));
}

/** ψ′(x) − 1/x for x ≥ 10. */
export function trigammaCorrection(x: number): number {
  const r = 1 / (x * x);
  const high = 5 / 66 - r * (691 / 2730 - r * (7 / 6 - (r * 3617) / 510));
  return r * (0.5 + (1 / 6 - r * (1 / 30 - r * (1 / 42 - r * (1 / 30 - r * high)))) / x);
}
