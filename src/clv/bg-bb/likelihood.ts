import { digammaRise, logRising, trigammaRise } from "../../numeric/special/rising-factorial";
import type { Steps } from "../../steps/steps";
import type { CountedHistories } from "../transaction-model/counted-histories";
import type { LogLikelihood } from "../transaction-model/maximize";
import { BG_BB_PARAMETERS, type BgBbParameter } from "./parameters";

/** Opportunities between two yields: about two milliseconds. */
const TERMS_PER_SLICE = 40_000;
const SIZE = 4;

/**
 * The log-likelihood of the BG/BB model (Fader, Hardie and Shang 2010, eq. 6). With rising factorials (a)ₘ = a (a + 1) … (a + m − 1) and
 *
 *     Q(m) = (β)ₘ₋ₓ / (α + β)ₘ · (δ)ₘ / (γ + δ)ₘ,
 *
 * what m opportunities as a customer say of which the last m − tₓ passed without a purchase, the likelihood of one history is
 * (α)ₓ [Q(n) + Σ Q(m) γ / (γ + δ + m)], m from tₓ to n − 1: still a customer after n opportunities, or dropped out after m of them.
 * Q and its derivatives go from one m to the next by a factor and a few additions. All terms are positive; gradient and Hessian are exact.
 */
export function bgBbLikelihood(histories: CountedHistories): LogLikelihood<BgBbParameter> {
  const { frequency, recency, age, weights, customerCount } = histories;
  const count = weights.length;
  const total = age.reduce((sum, n, i) => sum + n - recency[i]! + 1, 0);
  return {
    names: BG_BB_PARAMETERS,
    units: [1, 1, 1, 1],
    unitTerm: 0,
    customerCount,
    starts: STARTS.map((start) => start.map(Math.log)),
    *derivatives(point, gradient, hessian): Steps<number> {
      const [alpha, beta, gamma, delta] = point.map(Math.exp) as unknown as [number, number, number, number];
      const terms = new HistoryTerms(alpha, beta, gamma, delta);
      gradient.fill(0);
      hessian.fill(0);
      let value = 0;
      let done = 0;
      let nextYield = TERMS_PER_SLICE;
      for (let i = 0; i < count; i++) {
        if (done >= nextYield) {
          yield { phase: "maximising the likelihood", done, total };
          nextYield = done + TERMS_PER_SLICE;
        }
        done += age[i]! - recency[i]! + 1;
        const weight = weights[i]!;
        value += weight * terms.fill(frequency[i]!, recency[i]!, age[i]!);
        for (let j = 0; j < SIZE; j++) {
          gradient[j] = gradient[j]! + weight * terms.gradient[j]!;
          for (let k = j; k < SIZE; k++) hessian[j * SIZE + k] = hessian[j * SIZE + k]! + weight * terms.hessian[j * SIZE + k]!;
        }
      }
      const parameters = Float64Array.of(alpha, beta, gamma, delta);
      for (let j = 0; j < SIZE; j++) {
        gradient[j] = gradient[j]! * parameters[j]!;
        for (let k = j; k < SIZE; k++) hessian[j * SIZE + k] = hessian[j * SIZE + k]! * parameters[j]! * parameters[k]!;
        hessian[j * SIZE + j] = hessian[j * SIZE + j]! + gradient[j]!;
      }
      return value;
    },
  };
}

/** α, β, γ, δ: both probabilities heterogeneous; dropout rare; customers much alike; very different. */
const STARTS = [[1, 1, 0.7, 2.5], [0.5, 1, 0.5, 8], [3, 3, 2, 8], [0.2, 0.2, 0.2, 0.5]] as const;

/** Log-likelihood of one history with its derivatives by α, β, γ, δ (upper triangle). */
export class HistoryTerms {
  readonly gradient = new Float64Array(SIZE);
  readonly hessian = new Float64Array(SIZE * SIZE);
  readonly #alpha: number;
  readonly #beta: number;
  readonly #gamma: number;
  readonly #delta: number;

  constructor(alpha: number, beta: number, gamma: number, delta: number) {
    this.#alpha = alpha;
    this.#beta = beta;
    this.#gamma = gamma;
    this.#delta = delta;
  }

  fill(x: number, tx: number, n: number): number {
    const alpha = this.#alpha;
    const beta = this.#beta;
    const gamma = this.#gamma;
    const delta = this.#delta;
    const both = alpha + beta;
    const stay = gamma + delta;
    const logFirst = logRising(beta, tx - x) - logRising(both, tx) + logRising(delta, tx) - logRising(stay, tx);

    // Q(m) / Q(tₓ); the first and second derivatives of log Q(m) by (β and α + β), by (δ and γ + δ).
    let share = 1;
    let beta1 = digammaRise(beta, tx - x), beta2 = trigammaRise(beta, tx - x);
    let both1 = digammaRise(both, tx), both2 = trigammaRise(both, tx);
    let delta1 = digammaRise(delta, tx), delta2 = trigammaRise(delta, tx);
    let stay1 = digammaRise(stay, tx), stay2 = trigammaRise(stay, tx);
    let sum = 0;
    // Sums over the terms of the first derivatives, their products, and of the second derivatives, without what depends on x alone.
    let a = 0, b = 0, c = 0, d = 0;
    let aa = 0, ab = 0, ac = 0, ad = 0, bb = 0, bc = 0, bd = 0, cc = 0, cd = 0, dd = 0;
    let both2Sum = 0, beta2Sum = 0, cc2 = 0, cd2 = 0, dd2 = 0;
    for (let m = tx; m <= n; m++) {
      const hasDropped = m < n;
      const next = 1 / (stay + m);
      const w = hasDropped ? share * gamma * next : share;
      const dA = -both1;
      const dB = beta1 - both1;
      const dC = hasDropped ? 1 / gamma - next - stay1 : -stay1;
      const dD = hasDropped ? delta1 - stay1 - next : delta1 - stay1;
      const curve = hasDropped ? next * next - stay2 : -stay2;
      sum += w;
      const wA = w * dA, wB = w * dB, wC = w * dC, wD = w * dD;
      a += wA; b += wB; c += wC; d += wD;
      aa += wA * dA; ab += wA * dB; ac += wA * dC; ad += wA * dD;
      bb += wB * dB; bc += wB * dC; bd += wB * dD;
      cc += wC * dC; cd += wC * dD; dd += wD * dD;
      both2Sum += w * both2;
      beta2Sum += w * beta2;
      cc2 += w * (hasDropped ? curve - 1 / (gamma * gamma) : curve);
      cd2 += w * curve;
      dd2 += w * (curve + delta2);

      const nextBeta = 1 / (beta + m - x);
      const nextBoth = 1 / (both + m);
      const nextDelta = 1 / (delta + m);
      share *= ((beta + m - x) * nextBoth) * ((delta + m) * next);
      beta1 += nextBeta; beta2 -= nextBeta * nextBeta;
      both1 += nextBoth; both2 -= nextBoth * nextBoth;
      delta1 += nextDelta; delta2 -= nextDelta * nextDelta;
      stay1 += next; stay2 -= next * next;
    }
    const inverse = 1 / sum;
    a *= inverse; b *= inverse; c *= inverse; d *= inverse;
    const g = this.gradient;
    const h = this.hessian;
    g[0] = digammaRise(alpha, x) + a;
    g[1] = b;
    g[2] = c;
    g[3] = d;
    h[0] = trigammaRise(alpha, x) + (aa - both2Sum) * inverse - a * a;
    h[1] = (ab - both2Sum) * inverse - a * b;
    h[2] = ac * inverse - a * c;
    h[3] = ad * inverse - a * d;
    h[5] = (bb + beta2Sum - both2Sum) * inverse - b * b;
    h[6] = bc * inverse - b * c;
    h[7] = bd * inverse - b * d;
    h[10] = (cc + cc2) * inverse - c * c;
    h[11] = (cd + cd2) * inverse - c * d;
    h[15] = (dd + dd2) * inverse - d * d;
    return logRising(alpha, x) + logFirst + Math.log(sum);
  }
}
