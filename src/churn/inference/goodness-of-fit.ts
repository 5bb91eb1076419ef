import { logChiSquareTail } from "../../numeric/special/chi-square";
import type { Steps } from "../../steps/steps";
import type { FittedData } from "./fitted-data";
import { minimizeOnPlanesSteps } from "./constrained-newton";
import type { Likelihood } from "./profile";

/** A likelihood-ratio test. */
export interface LikelihoodRatio {
  /** Twice the difference of the log-likelihoods. */
  readonly statistic: number;
  /** How many coefficients the larger model has more. */
  readonly degreesOfFreedom: number;
  /** Probability of a statistic at least as large if these coefficients were all 0: by chi-square. */
  readonly p: number;
  /** Natural logarithm of p, finite however small p is. */
  readonly logP: number;
}

/** How well a model fits, and how much was used up for it. Plain JSON, with null for what is not known. */
export interface GoodnessOfFit {
  /** Rows with a weight above 0. */
  readonly rowCount: number;
  /** n of BIC and HC1: Σ frequency weights; the rows with other weights or none. */
  readonly observationCount: number;
  /** Estimated coefficients, the intercept included: k. */
  readonly parameterCount: number;
  /** n − k. */
  readonly residualDegrees: number;
  /**
   * Σ log of the probability given to the observed label, and the same of a model that knows the share of label 1 only. With sampling or class weights there is
   * no likelihood: these and what follows from them are null.
   */
  readonly logLikelihood: number | null;
  readonly nullLogLikelihood: number | null;
  /** −2 log-likelihood + 2 k; null for a fit by Firth, too, whose estimate does not maximise the likelihood. */
  readonly aic: number | null;
  /** −2 log-likelihood + k log n; null as AIC. */
  readonly bic: number | null;
  /** 1 − log-likelihood ÷ null log-likelihood (McFadden 1974); null as AIC. */
  readonly mcFaddenR2: number | null;
  /** The test of all coefficients but the intercept at once; of a fit by Firth, by its penalised likelihood. */
  readonly likelihoodRatio: LikelihoodRatio | null;
}

/** @param firth - the penalised likelihood of a fit by Firth */
export function* goodnessSteps(fitted: FittedData, isSample: boolean, firth: Likelihood | undefined): Steps<GoodnessOfFit> {
  const { observations, point, loss, observationCount } = fitted;
  const parameterCount = point.length;
  const counts = { rowCount: observations.matrix.rowCount, observationCount, parameterCount, residualDegrees: observationCount - parameterCount };
  if (isSample) return { ...counts, logLikelihood: null, nullLogLikelihood: null, aic: null, bic: null, mcFaddenR2: null, likelihoodRatio: null };
  const logLikelihood = -observationCount * loss;
  const nullLogLikelihood = nullLogLikelihoodOf(fitted);
  if (firth !== undefined) {
    const statistic = yield* firthStatisticSteps(firth, point.length);
    const likelihoodRatio = statistic === undefined ? null : likelihoodRatioOf(statistic, parameterCount - 1);
    return { ...counts, logLikelihood, nullLogLikelihood, aic: null, bic: null, mcFaddenR2: null, likelihoodRatio };
  }
  return {
    ...counts,
    logLikelihood,
    nullLogLikelihood,
    aic: -2 * logLikelihood + 2 * parameterCount,
    bic: -2 * logLikelihood + parameterCount * Math.log(observationCount),
    mcFaddenR2: 1 - logLikelihood / nullLogLikelihood,
    likelihoodRatio: likelihoodRatioOf(2 * (logLikelihood - nullLogLikelihood), parameterCount - 1),
  };
}

/** The test of a statistic that rounding may have made negative. */
export function likelihoodRatioOf(statistic: number, degreesOfFreedom: number): LikelihoodRatio {
  const positive = degreesOfFreedom === 0 ? 0 : Math.max(0, statistic);
  const logP = logChiSquareTail(positive, degreesOfFreedom);
  return { statistic: positive, degreesOfFreedom, p: Math.exp(logP), logP };
}

function nullLogLikelihoodOf({ observations }: FittedData): number {
  const { weightSum, baseRate } = observations;
  return weightSum * (baseRate * Math.log(baseRate) + (1 - baseRate) * Math.log1p(-baseRate));
}

/** With all coefficients but the intercept at 0, under the penalty of the whole model, as logistf has it. */
function* firthStatisticSteps({ surface, best, count, tolerance }: Likelihood, size: number): Steps<number | undefined> {
  if (size === 1) return 0;
  const ratios = new Float64Array(size);
  const planes = Array.from({ length: size - 1 }, (_, j) => ({ pivot: j + 1, value: 0, ratios }));
  const none = yield* minimizeOnPlanesSteps(surface, best, planes, tolerance);
  return none === undefined ? undefined : 2 * count * (none.value - best.value);
}
