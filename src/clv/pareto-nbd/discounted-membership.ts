import type { QuadratureRule } from "../../numeric/quadrature/gauss-legendre";

/** e^−45 of what counts most is nothing. */
const DROP = 45;
/** Longest panel in v, and largest change of the logarithm of the integrand over one. */
const LONGEST_PANEL = 4;
const LARGEST_CHANGE = 40;

/**
 * ∫ e^(−force · y) (β / (β + y))^s dy from 0 to `horizon`, which may be infinite where the force is positive: the time as a customer that is still to come,
 * discounted. Without a horizon it is β e^z E_s(z) with z = force · β, the generalised exponential integral (Fader, Hardie and Lee 2005, eq. 4, in which
 * it stands as Tricomi's function).
 *
 * Gauss–Legendre in v = log(1 + y / β): ∫ exp(−z (e^v − 1) + (1 − s) v) dv, cut off where it has fallen away.
 */
export function discountedMembership({ nodes, weights }: QuadratureRule, s: number, beta: number, horizon: number, force: number): number {
  const z = force * beta;
  const logAt = (v: number): number => (1 - s) * v - z * Math.expm1(v);
  const whole = Math.log1p(horizon / beta);
  const end = force > 0 ? Math.min(whole, cutAt(z, s)) : whole;
  const start = force < 0 ? risenFrom(logAt, end) : 0;
  const change = Math.abs(logAt(end) - logAt(start));
  const panels = Math.ceil(Math.max((end - start) / LONGEST_PANEL, change / LARGEST_CHANGE));
  const panel = (end - start) / panels;
  // Relative to the larger end, so that growth does not overflow before it must.
  const top = Math.max(0, logAt(start), logAt(end));
  let sum = 0;
  for (let k = 0; k < panels; k++) {
    for (let i = 0; i < nodes.length; i++) sum += weights[i]! * Math.exp(logAt(start + (k + nodes[i]!) * panel) - top);
  }
  return beta * panel * sum * Math.exp(top);
}

/** Beyond this v the integrand is below e^−DROP: because of the discount, or because customers have gone. */
function cutAt(z: number, s: number): number {
  if (s > 1) return Math.min(Math.log1p(DROP / z), DROP / (s - 1));
  // The cut of the discount alone is moved outwards by the growth e^(1−s)v up to it.
  const first = Math.log1p(DROP / z);
  return Math.log1p((DROP + (1 - s) * (first + 5)) / z);
}

/** With growth the end counts most: the last v before it at which the integrand is still above e^−DROP of it, by bisection; 0 if it always is. */
function risenFrom(logAt: (v: number) => number, end: number): number {
  const bound = logAt(end) - DROP;
  if (!(Math.max(logAt(0), 0) < bound)) return 0;
  let low = 0;
  let high = end;
  for (let round = 0; round < 50; round++) {
    const middle = (low + high) / 2;
    if (logAt(middle) < bound) low = middle;
    else high = middle;
  }
  return low;
}
