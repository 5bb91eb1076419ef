/**
 * Means over p ~ Beta(a, b), the probability to drop out after a purchase, of two functions of p:
 *
 *     survival   S(p) = (1 + pτ)^−ρ              of a customer whose purchase rate is gamma distributed with shape ρ, over τ times its rate
 *     purchases  M(p) = (1 − (1 + pτ)^−ρ) / p    expected within that time
 *
 * The published expectation of BG/NBD (Fader, Hardie and Lee 2005, eq. 10) is E M by way of (a + b − 1) / (a − 1) and a ₂F₁,
 * with poles at a = 1 and a + b = 1 that are not there. Here every term is positive.
 */
export type DropoutFunction = "survival" | "purchases";

/** Where the series would take more terms, the integral is summed instead. */
const MOST_TERMS = 400;
/** What is left out is below this share of the sum. */
const NEGLIGIBLE = 1e-18;
/**
 * The trapezoidal rule's error is the Fourier transform of the integrand at 2π / step: for the density of a large b, |Γ(a + 2πi / step)| / Γ(a).
 * With these steps it is below 2e-15 for every a.
 */
const WIDEST_STEP = 0.2;
const STEP_PER_WIDTH = 0.5;

export function dropoutMean(of: DropoutFunction, a: number, b: number, rho: number, tau: number): number {
  if (tau === 0) return of === "survival" ? 1 : 0;
  const mean = rho * tau;
  const terms = mean + 6 * Math.sqrt(mean * (1 + tau)) + 37 * (1 + tau);
  return terms <= MOST_TERMS ? bySeries(of, a, b, rho, tau) : byIntegral(of, a, b, rho, tau);
}

/**
 * Were there no dropout, the number N of purchases would be negative binomial: with weights wₙ = (ρ)ₙ / n! zⁿ (1 − z)^ρ, z = τ / (1 + τ),
 * S = Σ wₙ qⁿ and M = Σ wₙ (1 + q + … + qⁿ⁻¹), where q = 1 − p has the moments E qⁿ = (b)ₙ / (a + b)ₙ.
 */
function bySeries(of: DropoutFunction, a: number, b: number, rho: number, tau: number): number {
  const z = tau / (1 + tau);
  let weight = Math.exp(-rho * Math.log1p(tau));
  let moment = 1;
  let moments = 0;
  let sum = of === "survival" ? weight : 0;
  for (let n = 1; ; n++) {
    const ratio = (z * (rho + n - 1)) / n;
    weight *= ratio;
    moments += moment;
    moment *= (b + n - 1) / (a + b + n - 1);
    const term = weight * (of === "survival" ? moment : moments);
    sum += term;
    // From here on terms fall at least as a geometric series with this ratio does. Written so that NaN ends it, too.
    const bound = of === "survival" ? Math.max(z, (z * (rho + n)) / (n + 1)) : Math.max(z, (z * (rho + n)) / (n + 1)) * (1 + 1 / n);
    if (bound < 1 ? !(term > NEGLIGIBLE * sum * (1 - bound)) : !(sum >= 0)) return sum;
  }
}

/**
 * The mean as an integral over v = log(p / (1 − p)) by the trapezoidal rule, which converges exponentially there (Trefethen and Weideman 2014),
 * divided by the same sum over the density alone. Where all but e^(±v) has become constant, the rest is a geometric series.
 */
function byIntegral(of: DropoutFunction, a: number, b: number, rho: number, tau: number): number {
  const p0 = a / (a + b);
  const q0 = b / (a + b);
  const step = Math.min(WIDEST_STEP, STEP_PER_WIDTH * Math.sqrt(1 / a + 1 / b));
  const reach = 1 + a + b + rho + (1 + rho) * tau;
  let density = 0;
  let product = 0;
  for (const direction of [-1, 1]) {
    const rate = direction < 0 ? a : b;
    for (let m = direction < 0 ? 0 : 1; ; m++) {
      const distance = direction * m * step;
      const growth = Math.exp(distance);
      // log of the density at the distance from its peak; near it without cancellation.
      const change = Math.abs(distance) < 1 ? Math.log1p(p0 * Math.expm1(distance)) : Math.log(q0 + p0 * growth);
      const weight = Math.exp(a * distance - (a + b) * change);
      const p = (p0 * growth) / (q0 + p0 * growth);
      const value = weight * (of === "survival" ? Math.exp(-rho * Math.log1p(p * tau)) : -Math.expm1(-rho * Math.log1p(p * tau)) / p);
      const q = q0 / (q0 + p0 * growth);
      const isConstant = (direction < 0 ? p : q) * reach < NEGLIGIBLE;
      const share = isConstant ? 1 / -Math.expm1(-rate * step) : 1;
      density += weight * share;
      product += value * share;
      // Written so that NaN ends it, too.
      if (isConstant || !(weight > NEGLIGIBLE * NEGLIGIBLE * density)) break;
    }
  }
  return product / density;
}
