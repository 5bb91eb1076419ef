import { gaussLegendre } from "../../numeric/quadrature/gauss-legendre";
import type { PurchaseKernel } from "../transaction-model/purchase-kernel";
import type { ParetoNbdParameter } from "./parameters";
import { PowerIntegral } from "./power-integral";
import { purchaseCountProbability } from "./purchase-count";
import { discountedMembership } from "./discounted-membership";

/** Odds of being dead below this are nothing beside 1. */
const NO_ODDS = -42;
const NODES = 32;

/**
 * The Pareto/NBD model at given parameters. A customer who is alive now is a new customer of the model with r + x, α + T, s, β + T: purchase rate and
 * death rate are independent gamma variables (Fader and Hardie 2005, "A note on deriving the Pareto/NBD model and related expressions").
 */
export function paretoNbdKernel({ r, alpha, s, beta }: Readonly<Record<ParetoNbdParameter, number>>): PurchaseKernel {
  const integral = new PowerIntegral();
  const rule = gaussLegendre(NODES);
  return {
    time: "continuous",
    isAliveCostly: true,
    alive: (x, tx, T) => 1 / (1 + Math.exp(logOddsOfDeath(integral, r + x, alpha, s, beta, tx, T))),
    purchases: (x, T, duration) => ((r + x) / (alpha + T)) * membership(s, beta + T, duration),
    survival: (_x, T, duration) => Math.exp(-s * Math.log1p(duration / (beta + T))),
    count: (x, T, duration, count) => purchaseCountProbability(rule, r + x, alpha + T, s, beta + T, duration, count),
    anyPurchase: (x, T, duration) => anyPurchase(integral, r + x, alpha + T, s, beta + T, duration),
    waitingTime: (x, T, probability) => waitingTime(integral, r + x, alpha + T, s, beta + T, probability),
    discounted: (x, T, horizon, force) =>
      ((r + x) / (alpha + T)) * (force === 0 ? membership(s, beta + T, horizon) : discountedMembership(rule, s, beta + T, horizon, force)),
  };
}

/** log (P(dead) / P(alive)) = log s ∫ … − log (α + T)^−p (β + T)^−s, p = r + x, of the two terms of the likelihood. */
function logOddsOfDeath(integral: PowerIntegral, p: number, alpha: number, s: number, beta: number, tx: number, T: number): number {
  const rise = p * Math.log1p((T - tx) / (alpha + tx)) + s * Math.log1p((T - tx) / (beta + tx));
  const front = Math.log(s / (beta + tx)) + rise;
  // The integrand is at most 1, relative to its left end.
  if (!(front + Math.log(T - tx) > NO_ODDS)) return -Infinity;
  return front + integral.log(p, s + 1, alpha, beta, tx, T);
}

/** Expected time as a customer within `duration`: ∫ (β / (β + y))^s dy = β (1 − e^−(s−1)L) / (s − 1) with L = log(1 + duration / β); βL where s = 1. */
function membership(s: number, beta: number, duration: number): number {
  const length = Math.log1p(duration / beta);
  const exponent = (1 - s) * length;
  return beta * (exponent === 0 ? length : (length * Math.expm1(exponent)) / exponent);
}

/** P(a purchase within the duration): the density of the first one, r / (α + y) (α / (α + y))^r (β / (β + y))^s, integrated. */
function anyPurchase(integral: PowerIntegral, r: number, alpha: number, s: number, beta: number, duration: number): number {
  return Math.min(1, (r / alpha) * Math.exp(integral.log(r + 1, s, alpha, beta, 0, duration)));
}

/** Largest log(1 + duration / scale) of a duration that is a double. */
const LONGEST = 1500;

/** The duration at which {@link anyPurchase} is `probability`, by Newton's method within a bracket in v = log(1 + duration / scale). */
function waitingTime(integral: PowerIntegral, r: number, alpha: number, s: number, beta: number, probability: number): number {
  if (!(probability < anyPurchase(integral, r, alpha, s, beta, Infinity))) return NaN;
  const scale = Math.min(alpha, beta);
  let low = 0;
  let high = Infinity;
  let v = 1;
  for (let step = 0; step < 200; step++) {
    const duration = scale * Math.expm1(v);
    const missing = probability - anyPurchase(integral, r, alpha, s, beta, duration);
    if (missing > 0) low = v;
    else high = v;
    if (low > LONGEST) return Infinity;
    const density = (r / (alpha + duration)) * Math.exp(-r * Math.log1p(duration / alpha) - s * Math.log1p(duration / beta)) * (scale + duration);
    let next = v + missing / density;
    if (!(next > low && next < high)) next = high === Infinity ? 2 * low : (low + high) / 2;
    const moved = Math.abs(next - v);
    v = next;
    if (moved <= 1e-14 * v) break;
  }
  return scale * Math.expm1(v);
}
