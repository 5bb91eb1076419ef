import { ITERATION_ADVICE } from "../transaction-model/advice";
import { aicOf, bicOf, covarianceRows, standardErrorsOf, type Estimate, type EstimateStatus } from "../transaction-model/estimate";
import { checkParameters, writeEstimate } from "../transaction-model/spec";
import { SHIFTED_BETA_GEOMETRIC_PARAMETERS, type ShiftedBetaGeometricParameter } from "./parameters";
import { RetentionPredictor } from "./predictor";
import { readShiftedBetaGeometricSpec, type ShiftedBetaGeometricSpec } from "./spec";

/**
 * A fitted shifted-beta-geometric model of customers under contract, who say when they leave: each decides at the end of every period, with a probability
 * to leave of their own that stays the same (beta distributed over customers with `alpha` and `beta`).
 *
 * Made by `fitShiftedBetaGeometric` or, from its saved form, by {@link shiftedBetaGeometricFromSpec}.
 */
export class ShiftedBetaGeometricModel extends RetentionPredictor {
  readonly parameters: Readonly<Record<ShiftedBetaGeometricParameter, number>>;
  /** Of the lifetimes, without the penalty. */
  readonly logLikelihood: number;
  readonly status: EstimateStatus;
  /** Parameters of which the data say too little; none unless the status is `unidentified`. */
  readonly unidentified: readonly ShiftedBetaGeometricParameter[];
  /** Customers of the fit (Σ weights). */
  readonly customerCount: number;
  /** Of the fit. */
  readonly penalty: number;
  /** Steps from all starts. */
  readonly iterations: number;
  /** Largest absolute component of the gradient by the logarithms of the parameters, at the end. */
  readonly gradientNorm: number;
  readonly #estimate: Estimate<ShiftedBetaGeometricParameter>;

  constructor(estimate: Estimate<ShiftedBetaGeometricParameter>) {
    super(estimate.parameters);
    this.#estimate = estimate;
    this.parameters = { ...estimate.parameters };
    this.logLikelihood = estimate.logLikelihood;
    this.status = estimate.status;
    this.unidentified = [...estimate.unidentified];
    this.customerCount = estimate.customerCount;
    this.penalty = estimate.penalty;
    this.iterations = estimate.iterations;
    this.gradientNorm = estimate.gradientNorm;
  }

  /** What to do where the status is not `converged`. */
  get advice(): string | undefined {
    if (this.status === "unidentified") return adviceFor(this.parameters);
    return this.status === "iterationLimit" ? ITERATION_ADVICE : undefined;
  }

  /** Covariance matrix of log alpha and log beta: the inverse of the observed information. Undefined without a maximum. */
  get covariance(): number[][] | undefined {
    return covarianceRows(this.#estimate);
  }

  /** Standard errors of the parameters (delta method). Undefined without a maximum. */
  get standardErrors(): Readonly<Record<ShiftedBetaGeometricParameter, number>> | undefined {
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
  at(parameters: Readonly<Record<ShiftedBetaGeometricParameter, number>>): RetentionPredictor {
    return new RetentionPredictor(checkParameters("ShiftedBetaGeometricModel.at", parameters, SHIFTED_BETA_GEOMETRIC_PARAMETERS));
  }

  /** The saved form: the estimate, no data. */
  toJSON(): ShiftedBetaGeometricSpec {
    return writeEstimate("shiftedBetaGeometric", this.#estimate);
  }
}

/** What the data leave open, and what helps. */
function adviceFor({ alpha, beta }: Readonly<Record<ShiftedBetaGeometricParameter, number>>): string {
  const help = "give a penalty (0.01 to 1) to get a finite estimate, or follow more customers for longer";
  const mean = alpha / (alpha + beta);
  if (mean < 1e-3) return `the data show no customer who leaves (the probability runs to 0): ${help}`;
  if (mean > 0.999) return `the data show no customer who stays (the probability to leave runs to 1): ${help}`;
  if (alpha + beta > 100) return `the data show no difference between customers: retention does not rise, and only the mean probability to leave, alpha / (alpha + beta) = ${mean.toPrecision(3)}, is known: ${help}`;
  if (alpha + beta < 0.01) return `the data show customers who leave at once or never, and none between (alpha and beta run to 0): ${help}`;
  return `the data hardly tell how the probability to leave differs between customers: ${help}`;
}

/**
 * Reads a saved shifted-beta-geometric model.
 *
 * @param value - parsed JSON; it is not trusted
 * @throws ClienteleError `invalidSpec` naming the field that is wrong.
 * @example
 * ```ts
 * import { shiftedBetaGeometricFromSpec } from "clientele/scoring";
 *
 * const model = shiftedBetaGeometricFromSpec({
 *   kind: "shiftedBetaGeometric", version: 1, parameters: { alpha: 0.668, beta: 3.806 }, logLikelihood: -1611.2, status: "converged", unidentified: [],
 *   covariance: [0.0241, 0.0299, 0.0426], customerCount: 1000, penalty: 0, iterations: 10, gradientNorm: 0,
 * });
 * // How likely are customers of 0, 1 and 5 years to stay for another three?
 * console.log(Array.from(model.predictSurvival([0, 1, 5], 3), (p) => p.toFixed(3))); // ["0.670", "0.717", "0.820"]
 * console.log(model.expectedLifetime({ discountRate: 0.1 }).toFixed(3));             // 5.923
 * ```
 */
export function shiftedBetaGeometricFromSpec(value: unknown): ShiftedBetaGeometricModel {
  return new ShiftedBetaGeometricModel(readShiftedBetaGeometricSpec("shiftedBetaGeometricFromSpec", value));
}
