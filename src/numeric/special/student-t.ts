import { incompleteBeta } from "./incomplete-beta";
import { logGamma } from "./log-gamma";
import { normalQuantile } from "./normal-quantile";

/** From here on the expansion about the normal quantile is exact to about 1e-13. */
const EXPANSION_FROM = 1000;

/** A Newton step from the left never oversteps, and in a heavy tail about doubles t. */
const MOST_STEPS = 200;

/**
 * The point that a variable of Student's t with `degrees` (any number above 0) of freedom exceeds with probability `tail`, 0 < tail ≤ ½.
 *
 * Up to 1,000 degrees by Newton's method on the tail probability, which is convex right of 0; beyond, by the expansion of
 * Abramowitz and Stegun (1964, 26.7.5).
 */
export function studentTUpperQuantile(tail: number, degrees: number): number {
  const z = -normalQuantile(tail);
  if (z <= 0) return 0;
  if (degrees > EXPANSION_FROM) return expansion(z, degrees);
  const logNorm = logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - Math.log(degrees * Math.PI) / 2;
  // The quantile of the normal lies left of that of t, where the tail is still larger.
  let t = z;
  for (let step = 0; step < MOST_STEPS; step++) {
    const probability = incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
    const density = Math.exp(logNorm - ((degrees + 1) / 2) * Math.log1p((t * t) / degrees));
    const next = t + (probability - tail) / density;
    const moved = Math.abs(next - t);
    t = next;
    if (moved <= 4 * Number.EPSILON * t) break;
  }
  return t;
}

function expansion(z: number, degrees: number): number {
  const square = z * z;
  const g1 = (square + 1) / 4;
  const g2 = ((5 * square + 16) * square + 3) / 96;
  const g3 = (((3 * square + 19) * square + 17) * square - 15) / 384;
  const g4 = ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92_160;
  return z + (z * (g1 + (g2 + (g3 + g4 / degrees) / degrees) / degrees)) / degrees;
}
