import { digamma, trigamma } from "../../numeric/special/digamma";
import { logBeta } from "../../numeric/special/log-beta";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import type { Steps } from "../../steps/steps";
import { indexValues } from "../beta-geometric/indexed-values";
import type { LogLikelihood } from "../transaction-model/maximize";
import type { GammaGammaParameter } from "./parameters";

/** Rows between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 50_000;

/** Different pairs of frequency (above 0) and mean value (above 0), with the number of customers who have each. */
export interface CountedSpend {
  readonly frequency: Float64Array;
  readonly meanValue: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The log-likelihood of Gamma-Gamma (Fader and Hardie 2013, eq. 1a): for a mean z of x purchases, with S = γ + xz,
 *
 *     −log B(px, q) − log z + q log(γ / S) + px log(xz / S).
 *
 * Money is taken in units of the mean value. Gradient and Hessian are exact; what depends on x alone is computed once for each x.
 */
export function gammaGammaLikelihood({ frequency, meanValue, weights }: CountedSpend): LogLikelihood<GammaGammaParameter> {
  const customerCount = sumOf(weights);
  const unit = sumOf(meanValue.map((z, i) => weights[i]! * z)) / customerCount;
  const value = meanValue.map((z) => z / unit);
  const logValue = sumOf(value.map((z, i) => weights[i]! * Math.log(z)));
  const counts = indexValues(frequency, weights);
  const size = counts.values.length;
  // Σ over the customers of each x: log(γ/S), log(xz/S), γ/S, and the product of γ/S and xz/S.
  const sums = [new Float64Array(size), new Float64Array(size), new Float64Array(size), new Float64Array(size)] as const;
  return {
    names: ["p", "q", "gamma"],
    units: [1, 1, unit],
    unitTerm: -customerCount * Math.log(unit),
    customerCount,
    starts: [[Math.log(4), Math.log(4), Math.log(0.75)], [0, Math.log(1.5), Math.log(0.5)], [Math.log(20), Math.log(3), Math.log(0.1)]],
    *derivatives(logParameters, gradient, hessian): Steps<number> {
      const [p, q, gamma] = logParameters.map(Math.exp) as unknown as [number, number, number];
      for (const each of sums) each.fill(0);
      const [logRate, logSpent, share, product] = sums;
      for (let i = 0; i < weights.length; i++) {
        if (i > 0 && i % ROWS_PER_SLICE === 0) yield { phase: "maximising the likelihood", done: i, total: weights.length };
        const c = counts.index[i]!;
        const w = weights[i]!;
        const spent = frequency[i]! * value[i]!;
        const part = gamma / (gamma + spent);
        logRate[c] = logRate[c]! - w * Math.log1p(spent / gamma);
        logSpent[c] = logSpent[c]! - w * Math.log1p(gamma / spent);
        share[c] = share[c]! + w * part;
        product[c] = product[c]! + (w * part * spent) / (gamma + spent);
      }
      let sum = -logValue;
      let gP = 0, gQ = 0, gGamma = 0, hPP = 0, hPQ = 0, hPGamma = 0, hQQ = 0, hQGamma = 0, hGG = 0;
      for (let c = 0; c < size; c++) {
        const w = counts.weights[c]!;
        const shape = p * counts.values[c]!;
        sum += q * logRate[c]! + shape * logSpent[c]! - w * logBeta(shape, q);
        const total = digamma(shape + q);
        const ofP = shape * (w * (total - digamma(shape)) + logSpent[c]!);
        const ofQ = q * (w * (total - digamma(q)) + logRate[c]!);
        const curve = trigamma(shape + q);
        gP += ofP;
        gQ += ofQ;
        gGamma += q * (w - share[c]!) - shape * share[c]!;
        hPP += ofP + w * shape * shape * (curve - trigamma(shape));
        hPQ += w * shape * q * curve;
        hPGamma -= shape * share[c]!;
        hQQ += ofQ + w * q * q * (curve - trigamma(q));
        hQGamma += q * (w - share[c]!);
        hGG -= (q + shape) * product[c]!;
      }
      gradient.set([gP, gQ, gGamma]);
      hessian.set([hPP, hPQ, hPGamma, 0, hQQ, hQGamma, 0, 0, hGG]);
      return sum;
    },
  };
}
