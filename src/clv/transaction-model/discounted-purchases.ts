import type { QuadratureRule } from "../../numeric/quadrature/gauss-legendre";

/** Nodes of the rule: 48 leave less than 1e-12 of the integral. */
export const DISCOUNT_NODES = 48;
/** Purchases later than this many times 1 / force weigh less than 1e-17. */
const LARGEST_EXPONENT = 40;

/**
 * Expected purchases within a horizon, a purchase after s units of time counting e^(−force · s): ∫ e^(−δs) dm(s) = m(h) e^(−δh) + δ ∫ m(s) e^(−δs) ds,
 * where m(s) are the expected purchases within s. Gauss–Legendre in log(1 + s / scale), in which m is smooth.
 *
 * @param force - of interest, log(1 + rate) per unit of time; above 0 where the horizon is infinite
 * @param scale - of the size of the time over which purchases have been seen
 */
export function discountedPurchases({ nodes, weights }: QuadratureRule, purchases: (duration: number) => number, horizon: number, force: number, scale: number): number {
  if (force === 0) return purchases(horizon);
  // With a negative force (growth) the horizon is finite.
  const end = force > 0 ? Math.min(horizon, LARGEST_EXPONENT / force) : horizon;
  const span = Math.log1p(end / scale);
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) {
    const u = span * nodes[i]!;
    const s = scale * Math.expm1(u);
    sum += weights[i]! * purchases(s) * Math.exp(u - force * s);
  }
  return purchases(end) * Math.exp(-force * end) + force * sum * span * scale;
}
