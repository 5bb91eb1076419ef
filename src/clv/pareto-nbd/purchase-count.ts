import type { QuadratureRule } from "../../numeric/quadrature/gauss-legendre";
import { logGamma } from "../../numeric/special/log-gamma";
import { logRising } from "../../numeric/special/rising-factorial";

/** e^−45 of the largest value is nothing. */
const DROP = 45;
/** Longest panel in u. */
const LONGEST_PANEL = 4;

/**
 * P(exactly n purchases within t) of a new customer of the Pareto/NBD model: n bought while alive to the end, or before a death at y < t
 * (Fader and Hardie 2006, "Deriving an expression for P(X(t) = x) under the Pareto/NBD model", before its integral is solved).
 *
 * The integrand over u = log y is log-concave: panels of Gauss–Legendre on both sides of its peak, to where it has fallen away. All terms are positive.
 */
export function purchaseCountProbability(rule: QuadratureRule, r: number, alpha: number, s: number, beta: number, t: number, n: number): number {
  if (t === 0) return n === 0 ? 1 : 0;
  const front = logRising(r, n) - logGamma(n + 1);
  // log P(n purchases within y) of the negative binomial distribution, without `front`.
  const logCount = (y: number): number => -r * Math.log1p(y / alpha) - n * Math.log1p(alpha / y);
  const stayed = Math.exp(front + logCount(t) - s * Math.log1p(t / beta));
  const logDied = (u: number): number => {
    const y = Math.exp(u);
    return logCount(y) - s * Math.log1p(y / beta) - Math.log1p(beta / y);
  };
  const end = Math.log(t);
  // d/du = n + 1 − (r + n) y / (α + y) − (s + 1) y / (β + y), which falls.
  const slopeAt = (u: number): number => n + 1 - (r + n) / (1 + alpha * Math.exp(-u)) - (s + 1) / (1 + beta * Math.exp(-u));
  const peak = slopeAt(end) >= 0 ? end : lastWhere((u) => slopeAt(u) >= 0, Math.min(end, Math.log(Math.min(alpha, beta))) - 60, end);
  const top = logDied(peak);
  const isHigh = (u: number): boolean => logDied(u) > top - DROP;
  const left = peak - mirrored((distance) => isHigh(peak - distance), DROP);
  const right = peak + mirrored((distance) => isHigh(peak + distance), end - peak);
  const relative = (u: number): number => Math.exp(logDied(u) - top);
  const died = integrate(rule, relative, left, peak) + integrate(rule, relative, peak, right);
  return Math.min(1, stayed + s * died * Math.exp(front + top));
}

/** The largest distance up to `most` that is still within; it is within at 0, and beyond one distance no more. */
function mirrored(isWithin: (distance: number) => boolean, most: number): number {
  return isWithin(most) ? most : lastWhere(isWithin, 0, most);
}

/** By bisection, the last place between `low`, where it holds, and `high`, where it does not. */
function lastWhere(holds: (u: number) => boolean, low: number, high: number): number {
  let inside = low;
  let outside = high;
  for (let round = 0; round < 60; round++) {
    const middle = (inside + outside) / 2;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

function integrate({ nodes, weights }: QuadratureRule, f: (u: number) => number, start: number, end: number): number {
  if (!(end > start)) return 0;
  const panels = Math.ceil((end - start) / LONGEST_PANEL);
  const panel = (end - start) / panels;
  let sum = 0;
  for (let k = 0; k < panels; k++) {
    for (let i = 0; i < nodes.length; i++) sum += weights[i]! * f(start + (k + nodes[i]!) * panel);
  }
  return sum * panel;
}
