import { gaussLegendre, type QuadratureRule } from "../../numeric/quadrature/gauss-legendre";
import { discountedLifetime } from "../shifted-beta-geometric/predict";
import type { PurchaseKernel } from "../transaction-model/purchase-kernel";
import { firstPurchaseAfter } from "./first-purchase";
import type { BgBbParameter } from "./parameters";

const NODES = 32;
/** First purchases are added up this far; beyond, sums become integrals. */
const COUNTED = 20_000;
/** A term that is this small beside the sum, of terms that fall fast, leaves nothing. */
const NOTHING = 1e-22;

/**
 * The BG/BB model at given parameters. Time is counted in opportunities: `age` is how many have passed, and to be alive now is to take part in the next one
 * (Fader, Hardie and Shang 2010, eq. 11). Who is alive now is a customer with α + x, β + n − x, γ, δ + n + 1 who has not been asked yet whether to drop out:
 * probabilities to buy and to drop out are independent beta variables.
 *
 * A duration between two opportunities reaches to the earlier one.
 */
export function bgBbKernel({ alpha, beta, gamma, delta }: Readonly<Record<BgBbParameter, number>>): PurchaseKernel {
  const rule = gaussLegendre(NODES);
  return {
    time: "discrete",
    isAliveCostly: true,
    alive: (x, tx, n) => alive(alpha, beta, gamma, delta, x, tx, n),
    purchases: (x, n, duration) => meanShare(alpha, beta, x, n) * discountedLifetime(gamma, delta + n + 1, 0, Math.floor(duration)),
    survival: (_x, n, duration) => stayed(gamma, delta + n + 1, Math.floor(duration)),
    count: (x, n, duration, count) => purchaseCount(alpha + x, beta + n - x, gamma, delta + n + 1, Math.floor(duration), count),
    anyPurchase: (x, n, duration) => anyPurchase(rule, alpha + x, beta + n - x, gamma, delta + n + 1, duration),
    waitingTime: (x, n, probability) => waitingTime(rule, alpha + x, beta + n - x, gamma, delta + n + 1, probability),
    discounted: (x, n, horizon, force) =>
      // The next opportunity is one unit of time away.
      meanShare(alpha, beta, x, n) * Math.exp(-force) * discountedLifetime(gamma, delta + n + 1, Math.expm1(force), horizon === Infinity ? horizon : Math.floor(horizon)),
  };
}

/** Mean probability to buy at an opportunity, after x purchases at n of them as a customer. */
function meanShare(alpha: number, beta: number, x: number, n: number): number {
  return (alpha + x) / (alpha + beta + n);
}

/** P(takes part in opportunity n + 1): the terms of the likelihood, relative to the first. */
function alive(alpha: number, beta: number, gamma: number, delta: number, x: number, tx: number, n: number): number {
  let share = 1;
  let dropped = 0;
  for (let m = tx; m < n; m++) {
    dropped += (share * gamma) / (gamma + delta + m);
    share *= ((beta + m - x) / (alpha + beta + m)) * ((delta + m) / (gamma + delta + m));
  }
  return (share / (share + dropped)) * ((delta + n) / (gamma + delta + n));
}

/** P(still a customer after `count` more opportunities) = (δ)ₖ / (γ + δ)ₖ. */
function stayed(gamma: number, delta: number, count: number): number {
  let share = 1;
  for (let k = 0; k < count && share > 0; k++) share *= (delta + k) / (gamma + delta + k);
  return share;
}

/** P(exactly k purchases at the next t opportunities): the number m of them as a customer summed over (Fader, Hardie and Shang 2010, eq. 14). */
function purchaseCount(alpha: number, beta: number, gamma: number, delta: number, t: number, k: number): number {
  if (t === 0 || k > t) return k === 0 ? 1 : 0;
  // Who is alive now takes part in one at least: m from max(k, 1) on.
  let m = Math.max(k, 1);
  let stays = stayed(gamma, delta, m - 1);
  let bought = k === 0 ? beta / (alpha + beta) : 1;
  for (let i = 0; i < k; i++) bought *= (alpha + i) / (alpha + beta + i);
  let sum = 0;
  for (; m < t; m++) {
    const next = gamma + delta + m - 1;
    sum += (bought * stays * gamma) / next;
    stays *= (delta + m - 1) / next;
    bought *= ((m + 1) / (m + 1 - k)) * ((beta + m - k) / (alpha + beta + m));
  }
  return Math.min(1, sum + bought * stays);
}

/** P(a purchase at one of the next `duration` opportunities), which may be infinitely many. */
function anyPurchase(rule: QuadratureRule, alpha: number, beta: number, gamma: number, delta: number, duration: number): number {
  const count = Math.floor(duration);
  let sum = 0;
  let first = alpha / (alpha + beta);
  const counted = Math.min(count, COUNTED);
  for (let j = 1; j <= counted; j++) {
    sum += first;
    // Terms fall: nothing is left to add.
    if (first < NOTHING * sum) return Math.min(1, sum);
    first *= nextFirst(alpha, beta, gamma, delta, j);
  }
  if (count <= COUNTED) return Math.min(1, sum);
  const firsts = { alpha, beta, gamma, delta, knownAt: COUNTED + 1, known: first };
  const later = count === Infinity ? 0 : firstPurchaseAfter(rule, firsts, count);
  return Math.min(1, sum + firstPurchaseAfter(rule, firsts, COUNTED) - later);
}

/** f(j + 1) / f(j) of the probabilities f that the first purchase is at opportunity j. */
function nextFirst(alpha: number, beta: number, gamma: number, delta: number, j: number): number {
  return ((delta + j - 1) / (gamma + delta + j - 1)) * ((beta + j - 1) / (alpha + beta + j));
}

/** The opportunity by which {@link anyPurchase} reaches `probability`: counted up, and by bisection far out. */
function waitingTime(rule: QuadratureRule, alpha: number, beta: number, gamma: number, delta: number, probability: number): number {
  if (!(probability < anyPurchase(rule, alpha, beta, gamma, delta, Infinity))) return NaN;
  let sum = 0;
  let first = alpha / (alpha + beta);
  for (let j = 1; j <= COUNTED; j++) {
    sum += first;
    if (sum >= probability) return j;
    first *= nextFirst(alpha, beta, gamma, delta, j);
  }
  let low = COUNTED;
  let high = 2 * COUNTED;
  while (anyPurchase(rule, alpha, beta, gamma, delta, high) < probability) {
    low = high;
    high *= 2;
    if (high > Number.MAX_SAFE_INTEGER) return Infinity;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (anyPurchase(rule, alpha, beta, gamma, delta, middle) < probability) low = middle;
    else high = middle;
  }
  return high;
}
