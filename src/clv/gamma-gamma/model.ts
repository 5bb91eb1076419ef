import { ITERATION_ADVICE } from "../transaction-model/advice";
import { aicOf, bicOf, covarianceRows, standardErrorsOf, type Estimate, type EstimateStatus } from "../transaction-model/estimate";
import { checkParameters, writeEstimate } from "../transaction-model/spec";
import { GAMMA_GAMMA_PARAMETERS, type GammaGammaParameter } from "./parameters";
import { expectedValues, populationMean } from "./predict";
import { readGammaGammaSpec, type GammaGammaParts, type GammaGammaSpec } from "./spec";
import { checkSpend, type SpendColumns } from "./spend";

const INFINITE_MEAN_ADVICE =
  "q is at most 1, so the mean value over customers does not exist and none is predicted for customers without a repeat purchase: " +
  "a few values are enormous; look at them, set them aside or cap them, or give a penalty (0.1 to 10)";
const UNIDENTIFIED_ADVICE =
  "the data hardly tell the spread of values within customers from that between them (most have one repeat purchase, or all spend the same): " +
  "give a penalty (0.01 to 1), or use the customers' own mean values";

/** What a spend model says at given parameters. */
export class SpendPredictor {
  readonly #parameters: Readonly<Record<GammaGammaParameter, number>>;

  constructor(parameters: Readonly<Record<GammaGammaParameter, number>>) {
    this.#parameters = { ...parameters };
  }

  /** Mean value of a purchase over the population; undefined where q ≤ 1 and it does not exist. */
  get populationMean(): number | undefined {
    return populationMean(this.#parameters);
  }

  /**
   * Expected value of a purchase of each customer: the customer's own mean, drawn towards that of the population the more, the fewer
   * purchases there are; the population's mean where there is no repeat purchase. NaN where it does not exist.
   *
   * @throws ClienteleError `invalidInput` or `nonFinite` (with the position), `lengthMismatch` for columns of different length.
   */
  predictMeanValue(columns: SpendColumns): Float64Array {
    checkSpend("GammaGammaModel.predictMeanValue", columns);
    return expectedValues(this.#parameters, columns);
  }
}

/**
 * A fitted Gamma-Gamma model of what a purchase is worth. It takes for granted that value and frequency are independent, which
 * `measureSpendCorrelation` judges.
 *
 * Made by `fitGammaGamma` or, from its saved form, by {@link gammaGammaFromSpec}.
 */
export class GammaGammaModel extends SpendPredictor {
  /** `gamma` in the unit of the values. */
  readonly parameters: Readonly<Record<GammaGammaParameter, number>>;
  /** Of the mean values, without the penalty. */
  readonly logLikelihood: number;
  readonly status: EstimateStatus;
  /** Parameters of which the data say too little; none unless the status is `unidentified`. */
  readonly unidentified: readonly GammaGammaParameter[];
  /** Customers of the fit (Σ weights). */
  readonly customerCount: number;
  /** Customers without a repeat purchase, or without a value above 0, whom the fit left out (Σ weights). */
  readonly leftOutCount: number;
  /** Of the fit. */
  readonly penalty: number;
  /** Steps from all starts. */
  readonly iterations: number;
  /** Largest absolute component of the gradient by the logarithms of the parameters, at the end. */
  readonly gradientNorm: number;
  readonly #estimate: Estimate<GammaGammaParameter>;

  constructor({ estimate, leftOutCount }: GammaGammaParts) {
    super(estimate.parameters);
    this.#estimate = estimate;
    this.parameters = { ...estimate.parameters };
    this.logLikelihood = estimate.logLikelihood;
    this.status = estimate.status;
    this.unidentified = [...estimate.unidentified];
    this.customerCount = estimate.customerCount;
    this.leftOutCount = leftOutCount;
    this.penalty = estimate.penalty;
    this.iterations = estimate.iterations;
    this.gradientNorm = estimate.gradientNorm;
  }

  /** What to do where the status is not `converged`. */
  get advice(): string | undefined {
    if (this.status === "infiniteMean") return INFINITE_MEAN_ADVICE;
    if (this.status === "unidentified") return UNIDENTIFIED_ADVICE;
    return this.status === "iterationLimit" ? ITERATION_ADVICE : undefined;
  }

  /** Covariance matrix of the logarithms of the parameters, in their order. Undefined without a maximum. */
  get covariance(): number[][] | undefined {
    return covarianceRows(this.#estimate);
  }

  /** Standard errors of the parameters (delta method). Undefined without a maximum. */
  get standardErrors(): Readonly<Record<GammaGammaParameter, number>> | undefined {
    return standardErrorsOf(this.#estimate);
  }

  /** Akaike's information criterion. */
  get aic(): number {
    return aicOf(this.#estimate);
  }

  /** Schwarz's Bayesian information criterion, for `customerCount` observations. */
  get bic(): number {
    return bicOf(this.#estimate);
  }

  /** What the same kind of model says at other parameters. */
  at(parameters: Readonly<Record<GammaGammaParameter, number>>): SpendPredictor {
    return new SpendPredictor(checkParameters("GammaGammaModel.at", parameters, GAMMA_GAMMA_PARAMETERS));
  }

  /** The saved form: the estimate, no data. */
  toJSON(): GammaGammaSpec {
    return { ...writeEstimate("gammaGamma", this.#estimate), leftOutCount: this.leftOutCount };
  }
}

/**
 * Gives a saved model back its class: for scoring where nothing is fitted.
 *
 * @param value - parsed JSON, trusted in nothing
 * @throws ClienteleError `invalidSpec`, with the field, for anything but a saved Gamma-Gamma model.
 * @example
 * ```ts
 * import { gammaGammaFromSpec } from "clientele/scoring";
 *
 * const model = gammaGammaFromSpec({
 *   kind: "gammaGamma", version: 1, parameters: { p: 6.25, q: 3.74, gamma: 15.44 },
 *   logLikelihood: -4055.9, status: "converged", unidentified: [], covariance: [0.0363, -0.0114, -0.0511, 0.006, 0.0203, 0.0725],
 *   customerCount: 946, penalty: 0, iterations: 12, gradientNorm: 0, leftOutCount: 1411,
 * });
 * console.log(model.predictMeanValue({ frequency: [2, 0], meanValue: [22.35, NaN] })); // Float64Array [24.66…, 35.21…]
 * ```
 */
export function gammaGammaFromSpec(value: unknown): GammaGammaModel {
  return new GammaGammaModel(readGammaGammaSpec("gammaGammaFromSpec", value));
}
