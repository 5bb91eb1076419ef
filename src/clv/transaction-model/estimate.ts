/**
 * How a fit ended.
 *
 * - `converged`: at a maximum of the (penalised) likelihood, where it is curved in every direction
 * - `infiniteMean`: converged, and at the estimate the mean of the population does not exist (only of a spend model, where q ≤ 1)
 * - `unidentified`: the data say nothing, or hardly anything, of some parameters: the likelihood is highest where they run to 0 or to
 *   infinity, or so flat that they are not known within a factor of hundreds (without a penalty); `unidentified` names them, `advice` says what helps
 * - `iterationLimit`: stopped by `maxIterations`, or because rounding allowed no further progress
 */
export type EstimateStatus = "converged" | "infiniteMean" | "unidentified" | "iterationLimit";

/** Positive parameters estimated by maximum likelihood. */
export interface Estimate<Name extends string> {
  readonly parameters: Readonly<Record<Name, number>>;
  /** Without the penalty. */
  readonly logLikelihood: number;
  readonly status: EstimateStatus;
  /** Parameters of which the data say too little; none unless the status is `unidentified`. */
  readonly unidentified: readonly Name[];
  /** Of the logarithms of the parameters: the upper triangle, row by row; undefined without a maximum. */
  readonly covariance: readonly number[] | undefined;
  /** Customers of the fit (Σ weights). */
  readonly customerCount: number;
  readonly penalty: number;
  readonly iterations: number;
  /** Largest absolute component of the gradient of the (penalised) log-likelihood by the logarithms of the parameters. */
  readonly gradientNorm: number;
}

/** Flat, row-major, symmetric: the whole of a saved upper triangle. */
export function fullCovariance(upper: readonly number[], size: number): Float64Array {
  const full = new Float64Array(size * size);
  let at = 0;
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      full[i * size + j] = upper[at]!;
      full[j * size + i] = upper[at]!;
      at++;
    }
  }
  return full;
}

/** Rows of the covariance matrix of the logarithms. */
export function covarianceRows<Name extends string>({ covariance, parameters }: Estimate<Name>): number[][] | undefined {
  if (covariance === undefined) return undefined;
  const size = Object.keys(parameters).length;
  const full = fullCovariance(covariance, size);
  return Array.from({ length: size }, (_, i) => Array.from(full.subarray(i * size, (i + 1) * size)));
}

/** Standard errors of the parameters themselves: parameter · standard error of its logarithm (delta method). */
export function standardErrorsOf<Name extends string>(estimate: Estimate<Name>): Readonly<Record<Name, number>> | undefined {
  const rows = covarianceRows(estimate);
  if (rows === undefined) return undefined;
  const errors = Object.entries<number>(estimate.parameters).map(([name, value], i) => [name, value * Math.sqrt(rows[i]![i]!)]);
  return Object.fromEntries(errors) as Record<Name, number>;
}

/** Akaike's criterion, 2p − 2 log L. */
export function aicOf(estimate: Estimate<string>): number {
  return 2 * Object.keys(estimate.parameters).length - 2 * estimate.logLikelihood;
}

/** Schwarz's criterion, p log n − 2 log L for n customers. */
export function bicOf(estimate: Estimate<string>): number {
  return Object.keys(estimate.parameters).length * Math.log(estimate.customerCount) - 2 * estimate.logLikelihood;
}
