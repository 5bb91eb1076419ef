import { aicOf, bicOf, covarianceRows, standardErrorsOf, type Estimate, type EstimateStatus } from "./estimate";
import { PurchasePredictor } from "./predictor";
import type { PurchaseKernel } from "./purchase-kernel";
import { ITERATION_ADVICE } from "./advice";
import { checkParameters, writeEstimate, type EstimateSpec } from "./spec";

/** What a class of transaction models adds to the common ground. */
export interface TransactionModelKind<Kind extends string, Name extends string> {
  readonly kind: Kind;
  /** Of the class, for refusals. */
  readonly className: string;
  readonly kernelAt: (parameters: Readonly<Record<Name, number>>) => PurchaseKernel;
  /** What helps where these parameters are not identified. */
  readonly adviceFor: (unidentified: readonly Name[], parameters: Readonly<Record<Name, number>>) => string;
}

/** A fitted transaction model: how often customers buy, and when they stop. */
export abstract class TransactionModel<Kind extends string, Name extends string> extends PurchasePredictor {
  /** Of the population, times in the unit of the histories. */
  readonly parameters: Readonly<Record<Name, number>>;
  /** Of the histories, without the penalty. */
  readonly logLikelihood: number;
  readonly status: EstimateStatus;
  /** Parameters of which the data say too little; none unless the status is `unidentified`. */
  readonly unidentified: readonly Name[];
  /** Customers of the fit (Σ weights). */
  readonly customerCount: number;
  /** Of the fit. */
  readonly penalty: number;
  /** Steps from all starts. */
  readonly iterations: number;
  /** Largest absolute component of the gradient by the logarithms of the parameters, at the end. */
  readonly gradientNorm: number;
  readonly #estimate: Estimate<Name>;
  readonly #kind: TransactionModelKind<Kind, Name>;

  constructor(kind: TransactionModelKind<Kind, Name>, estimate: Estimate<Name>) {
    super(kind.className, kind.kernelAt(estimate.parameters));
    this.#kind = kind;
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
    if (this.status === "unidentified") return this.#kind.adviceFor(this.unidentified, this.parameters);
    return this.status === "iterationLimit" ? ITERATION_ADVICE : undefined;
  }

  /**
   * Covariance matrix of the logarithms of the parameters, in their order: the inverse of the observed information (with the penalty's part,
   * where there is one). Undefined without a maximum.
   */
  get covariance(): number[][] | undefined {
    return covarianceRows(this.#estimate);
  }

  /** Standard errors of the parameters (delta method). Undefined without a maximum. */
  get standardErrors(): Readonly<Record<Name, number>> | undefined {
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

  /** What the same kind of process says at other parameters. */
  at(parameters: Readonly<Record<Name, number>>): PurchasePredictor {
    const names = Object.keys(this.#estimate.parameters) as Name[];
    return new PurchasePredictor(this.#kind.className, this.#kind.kernelAt(checkParameters(`${this.#kind.className}.at`, parameters, names)));
  }

  /** The saved form: the estimate, no data. */
  toJSON(): EstimateSpec<Kind, Name> {
    return writeEstimate(this.#kind.kind, this.#estimate);
  }
}
