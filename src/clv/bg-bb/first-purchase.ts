import type { QuadratureRule } from "../../numeric/quadrature/gauss-legendre";
import { stirlingCorrection } from "../../numeric/special/log-gamma";

/** Longest panel in log y. */
const LONGEST_PANEL = 3;
/** e^−42 of the first value is nothing. */
const DROP = 42;
/** Beyond this many times the parameters the terms are a power of y, to rounding. */
const POWER_FROM = 1e16;

/** The probability that the first purchase comes at the j-th of the next opportunities: f(j) = (α)₁ (β)ⱼ₋₁ / (α + β)ⱼ · (δ)ⱼ₋₁ / (γ + δ)ⱼ₋₁, known at one j. */
export interface FirstPurchases {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly delta: number;
  readonly knownAt: number;
  readonly known: number;
}

/**
 * Σ f(j) over j > from, by the Euler–Maclaurin formula ∫ f − f / 2 − f′ / 12: exact to rounding for the slowly falling terms of thousands and more.
 * Gauss–Legendre in log j, in which log f runs out as a straight line.
 *
 * @param from - some thousands at least
 */
export function firstPurchaseAfter({ nodes, weights }: QuadratureRule, { alpha, beta, gamma, delta, knownAt, known }: FirstPurchases, from: number): number {
  const riseAt = (y: number): number => logGammaRise(beta + y - 1, alpha + 1) + logGammaRise(delta + y - 1, gamma);
  const reference = riseAt(knownAt);
  const logF = (y: number): number => reference - riseAt(y);
  const top = logF(from);
  const exponent = alpha + gamma;
  const powerFrom = POWER_FROM * Math.max(alpha, beta, gamma, delta);
  let integral = 0;
  let start = from;
  for (;;) {
    const isPower = start >= powerFrom;
    if (isPower || logF(start) - top + Math.log(start / from) < -DROP) {
      if (isPower) integral += (Math.exp(logF(start) - top) * start) / exponent;
      break;
    }
    for (let i = 0; i < nodes.length; i++) {
      const y = start * Math.exp(LONGEST_PANEL * nodes[i]!);
      integral += LONGEST_PANEL * weights[i]! * y * Math.exp(logF(y) - top);
    }
    start *= Math.exp(LONGEST_PANEL);
  }
  const slope = logF(from + 1) - top;
  return known * Math.exp(top) * (integral - 1 / 2 - slope / 12);
}

/** log Γ(z + h) − log Γ(z) for z ≥ 10: the Stirling parts are subtracted in closed form. */
function logGammaRise(z: number, h: number): number {
  return (z - 0.5) * Math.log1p(h / z) + h * Math.log(z + h) - h + stirlingCorrection(z + h) - stirlingCorrection(z);
}
