import { digammaRise, logRising, trigammaRise } from "../../numeric/special/rising-factorial";
import type { Steps } from "../../steps/steps";
import type { CountedHistories } from "../transaction-model/counted-histories";
import type { LogLikelihood } from "../transaction-model/maximize";
import { PARETO_NBD_PARAMETERS, type ParetoNbdParameter } from "./parameters";
import { PowerIntegral } from "./power-integral";

/** Histories between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 1_500;
const SIZE = 4;
/** Odds of being dead below this are nothing beside 1. */
const NO_ODDS = -42;

/**
 * The log-likelihood of the Pareto/NBD model (Schmittlein, Morrison and Colombo 1987; Fader and Hardie 2005, eq. 14 before its integral is solved),
 * with gradient and Hessian, all from the same nodes:
 *
 * log[Γ(r + x) α^r β^s / Γ(r)] + log[(α + T)^−(r+x) (β + T)^−s + s ∫ (α + y)^−(r+x) (β + y)^−(s+1) dy], y from tₓ to T.
 *
 * The first term in the bracket is the customer who is still alive, the second the one who died at y.
 */
export function paretoNbdLikelihood(histories: CountedHistories): LogLikelihood<ParetoNbdParameter> {
  const { frequency, recency, age, weights, timeUnit, customerCount, purchaseCount } = histories;
  const count = weights.length;
  return {
    names: PARETO_NBD_PARAMETERS,
    units: [1, timeUnit, 1, timeUnit],
    unitTerm: -purchaseCount * Math.log(timeUnit),
    customerCount,
    starts: startsFor(purchaseCount / customerCount),
    *derivatives(point, gradient, hessian): Steps<number> {
      const row = new HistoryTerms(Math.exp(point[0]!), Math.exp(point[1]!), Math.exp(point[2]!), Math.exp(point[3]!));
      let value = 0;
      gradient.fill(0);
      hessian.fill(0);
      for (let i = 0; i < count; i++) {
        if (i > 0 && i % ROWS_PER_SLICE === 0) yield { phase: "maximising the likelihood", done: i, total: count };
        const weight = weights[i]!;
        value += weight * row.fill(frequency[i]!, recency[i]!, age[i]!);
        for (let j = 0; j < SIZE; j++) {
          gradient[j] = gradient[j]! + weight * row.gradient[j]!;
          for (let k = j; k < SIZE; k++) hessian[j * SIZE + k] = hessian[j * SIZE + k]! + weight * row.hessian[j * SIZE + k]!;
        }
      }
      toLogarithms(point, gradient, hessian);
      return value;
    },
  };
}

/** Rates of purchase that agree with the mean frequency if half of the time is spent as a customer, at three degrees of heterogeneity. */
function startsFor(meanFrequency: number): number[][] {
  const logsOf = (r: number, s: number, beta: number): number[] => [Math.log(r), Math.log(r / (2 * meanFrequency)), Math.log(s), Math.log(beta)];
  return [logsOf(0.5, 0.6, 0.4), logsOf(1.5, 1.5, 1.5), logsOf(0.2, 0.3, 0.2), logsOf(5, 3, 3)];
}

/** From derivatives by the parameters to those by their logarithms. */
function toLogarithms(point: Float64Array, gradient: Float64Array, hessian: Float64Array): void {
  const parameters = point.map(Math.exp);
  for (let j = 0; j < SIZE; j++) {
    gradient[j] = gradient[j]! * parameters[j]!;
    for (let k = j; k < SIZE; k++) hessian[j * SIZE + k] = hessian[j * SIZE + k]! * parameters[j]! * parameters[k]!;
    hessian[j * SIZE + j] = hessian[j * SIZE + j]! + gradient[j]!;
  }
}

/**
 * Log-likelihood of one history with its derivatives by r, α, s, β (upper triangle). Terms that nearly cancel where parameters are large are taken together
 * in closed form: on a ridge such as s, β → ∞ derivatives are small differences of large terms.
 */
export class HistoryTerms {
  readonly gradient = new Float64Array(SIZE);
  readonly hessian = new Float64Array(SIZE * SIZE);
  readonly #integral = new PowerIntegral();
  readonly #r: number;
  readonly #alpha: number;
  readonly #s: number;
  readonly #beta: number;
  readonly #logAlpha: number;

  constructor(r: number, alpha: number, s: number, beta: number) {
    this.#r = r;
    this.#alpha = alpha;
    this.#s = s;
    this.#beta = beta;
    this.#logAlpha = Math.log(alpha);
  }

  fill(x: number, tx: number, T: number): number {
    const r = this.#r;
    const alpha = this.#alpha;
    const s = this.#s;
    const beta = this.#beta;
    const p = r + x;
    const q = s + 1;
    const u = 1 / (alpha + T);
    const w = 1 / (beta + T);
    const logAlphaGrown = Math.log1p(T / alpha);
    const logBetaGrown = Math.log1p(T / beta);
    // 1/α − 1/(α + T), and the same of β.
    const alphaPart = (T / alpha) * u;
    const betaPart = (T / beta) * w;

    // The customer who is still alive.
    const g = this.gradient;
    const h = this.hessian;
    g[0] = digammaRise(r, x) - logAlphaGrown;
    g[1] = r * alphaPart - x * u;
    g[2] = -logBetaGrown;
    g[3] = s * betaPart;
    h[0] = trigammaRise(r, x);
    h[1] = alphaPart;
    h[2] = h[3] = h[6] = h[7] = h[10] = 0;
    h[5] = x * u * u - r * alphaPart * (1 / alpha + u);
    h[11] = betaPart;
    h[15] = -s * betaPart * (1 / beta + w);
    const logOdds = this.#logOdds(p, tx, T);
    if (logOdds === -Infinity) return logRising(r, x) - r * logAlphaGrown - x * (this.#logAlpha + logAlphaGrown) - s * logBetaGrown;

    // What changes if the customer has died: differences of gradients and Hessians, and what mixing the two adds.
    const small = Math.exp(-Math.abs(logOdds));
    const dead = (logOdds > 0 ? 1 : small) / (1 + small);
    const mixed = (dead * (logOdds > 0 ? small : 1)) / (1 + small);
    const m = this.#integral.moments;
    const A = m[0]!;
    const B = m[1]!;
    const U = m[2]!;
    const W = m[3]!;
    const dR = A;
    const dAlpha = -p * U;
    const dS = 1 / s + B;
    const dBeta = -q * W - w;
    g[0] += dead * dR;
    g[1] += dead * dAlpha;
    g[2] += dead * dS;
    g[3] += dead * dBeta;
    h[0] += dead * (m[4]! - A * A) + mixed * dR * dR;
    h[1] += dead * (-p * (m[6]! - A * U) - U) + mixed * dR * dAlpha;
    h[2] += dead * (m[5]! - A * B) + mixed * dR * dS;
    h[3] += dead * -q * (m[7]! - A * W) + mixed * dR * dBeta;
    h[5] += dead * p * (p * (m[11]! - U * U) + m[11]! + 2 * u * U) + mixed * dAlpha * dAlpha;
    h[6] += dead * -p * (m[9]! - B * U) + mixed * dAlpha * dS;
    h[7] += dead * p * q * (m[12]! - U * W) + mixed * dAlpha * dBeta;
    h[10] += dead * (m[8]! - B * B - 1 / (s * s)) + mixed * dS * dS;
    h[11] += dead * (-q * (m[10]! - B * W) - W) + mixed * dS * dBeta;
    h[15] += dead * (q * (q * (m[13]! - W * W) + m[13]! + 2 * w * W) + w * w) + mixed * dBeta * dBeta;
    return logRising(r, x) - r * logAlphaGrown - x * (this.#logAlpha + logAlphaGrown) - s * logBetaGrown + Math.max(logOdds, 0) + Math.log1p(small);
  }

  /** log (P(dead) / P(alive)), and the moments of the integral; −∞ where the odds are nothing beside 1. */
  #logOdds(p: number, tx: number, T: number): number {
    const alpha = this.#alpha;
    const s = this.#s;
    const beta = this.#beta;
    const front = Math.log(s / (beta + tx)) + p * Math.log1p((T - tx) / (alpha + tx)) + s * Math.log1p((T - tx) / (beta + tx));
    // The integrand is at most 1, relative to its left end.
    if (!(front + Math.log(T - tx) > NO_ODDS)) return -Infinity;
    return front + this.#integral.logWithMoments(p, s + 1, alpha, beta, tx, T);
  }
}
