import type { LogLikelihood } from "../transaction-model/maximize";
import { SHIFTED_BETA_GEOMETRIC_PARAMETERS, type ShiftedBetaGeometricParameter } from "./parameters";
import type { RenewalCounts } from "./renewals";

/**
 * The log-likelihood of the shifted-beta-geometric model, with exact gradient and Hessian.
 *
 * A customer who is there at the start of period t stays with probability r(t) = (β + t − 1) / (α + β + t − 1) (Fader and Hardie 2007, eq. 8), so the
 * likelihood of any lifetimes, those of customers still there included, is that of independent choices:
 * Σₜ stayed(t) log(β + t − 1) + left(t) log α − (stayed(t) + left(t)) log(α + β + t − 1). No gamma functions are needed.
 */
export function renewalLikelihood({ stayed, left, customerCount }: RenewalCounts): LogLikelihood<ShiftedBetaGeometricParameter> {
  const leftInAll = left.reduce((sum, count) => sum + count, 0);
  return {
    names: SHIFTED_BETA_GEOMETRIC_PARAMETERS,
    units: [1, 1],
    unitTerm: 0,
    customerCount,
    starts: startsFor(left[0]! / customerCount),
    // eslint-disable-next-line require-yield -- a few periods take no time
    *derivatives(point, gradient, hessian) {
      const alpha = Math.exp(point[0]!);
      const beta = Math.exp(point[1]!);
      let value = leftInAll * point[0]!;
      // Derivatives of Σ stayed log(β + t − 1) by β, and of Σ (stayed + left) log(α + β + t − 1) by α or β.
      let stay = 0, staySecond = 0;
      let both = 0, bothSecond = 0;
      for (let i = 0; i < stayed.length; i++) {
        const count = stayed[i]! + left[i]!;
        const share = 1 / (beta + i);
        const sum = 1 / (alpha + beta + i);
        value += stayed[i]! * Math.log(beta + i) - count * Math.log(alpha + beta + i);
        stay += stayed[i]! * share;
        staySecond += stayed[i]! * share * share;
        both += count * sum;
        bothSecond += count * sum * sum;
      }
      gradient[0] = leftInAll - alpha * both;
      gradient[1] = beta * (stay - both);
      hessian[0] = alpha * (alpha * bothSecond - both);
      hessian[1] = alpha * beta * bothSecond;
      hessian[3] = beta * (stay - both + beta * (bothSecond - staySecond));
      return value;
    },
  };
}

/** The share that left in the first period, α / (α + β), at three degrees of difference between customers. */
function startsFor(share: number): number[][] {
  const odds = (1 - Math.min(0.99, Math.max(0.01, share))) / Math.min(0.99, Math.max(0.01, share));
  return [0.7, 3, 0.1].map((alpha) => [Math.log(alpha), Math.log(alpha * odds)]);
}
