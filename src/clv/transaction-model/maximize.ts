import { minimizeInTrustRegion, type TrustRegionResult } from "../../numeric/optimize/trust-region";
import type { Progress, Steps } from "../../steps/steps";
import type { Estimate } from "./estimate";
import type { FitSettings } from "./options";

/** The log-likelihood of some data as a function of the logarithms of its parameters. */
export interface LogLikelihood<Name extends string> {
  readonly names: readonly Name[];
  /** What 1 of each parameter is in the caller's units: the unit of time (or money) of the data for a parameter that is one, else 1. */
  readonly units: readonly number[];
  /** What the log-likelihood gains by going from the units of the data to those of the caller. */
  readonly unitTerm: number;
  readonly customerCount: number;
  /** Where to begin: logarithms of the parameters in the units of the data, the likeliest first. */
  readonly starts: readonly (readonly number[])[];
  /** The value; fills the gradient and the upper triangle of the Hessian (flat, row-major), all by the logarithms. */
  derivatives(logParameters: Float64Array, gradient: Float64Array, hessian: Float64Array): Steps<number>;
}

/** Distance from the maximum in standard errors. */
const TOLERANCE = 1e-9;
/** A parameter beyond e^±14 of its unit has run away: there, further growth changes no prediction. */
const LIMIT = 14;
/** From here on a 95 % interval spans a factor of e^12: the data do not know the parameter. */
const LARGEST_LOG_ERROR = 3;
/** Two starts found the same maximum if no logarithm differs by more. */
const SAME_POINT = 1e-5;
/** Share of the largest component from which a parameter takes part in a flat direction. */
const TAKES_PART = 0.3;

/**
 * Maximises a log-likelihood, less penalty/2 · Σ (log parameter)² in the units of the data, from several starts:
 * as soon as two of them have found the same maximum, the rest is not tried.
 */
export function* maximizeSteps<Name extends string>(likelihood: LogLikelihood<Name>, { penalty, maxIterations }: FitSettings): Steps<Estimate<Name>> {
  const size = likelihood.names.length;
  const objective = {
    size,
    *derivatives(point: Float64Array, gradient: Float64Array, hessian: Float64Array): Generator<Progress, number, void> {
      const value = yield* likelihood.derivatives(point, gradient, hessian);
      for (let j = 0; j < size; j++) gradient[j] = penalty * point[j]! - gradient[j]!;
      for (let j = 0; j < hessian.length; j++) hessian[j] = -hessian[j]!;
      for (let j = 0; j < size; j++) hessian[j * size + j] = hessian[j * size + j]! + penalty;
      return penaltyAt(point, penalty) - value;
    },
  };
  let best: TrustRegionResult | undefined;
  let iterations = 0;
  for (const start of likelihood.starts) {
    const found: TrustRegionResult = yield* minimizeInTrustRegion(objective, Float64Array.from(start), { tolerance: TOLERANCE, maxIterations, limit: LIMIT });
    iterations += found.iterations;
    const isSame = best?.status === "converged" && found.status === "converged" && best.point.every((each, j) => Math.abs(each - found.point[j]!) <= SAME_POINT);
    if (best === undefined || isBetter(found, best)) best = found;
    if (isSame) break;
  }
  return describe(likelihood, best!, penalty, iterations);
}

/** NaN is never better. Of equal values the converged one, so that a ridge seen from afar does not win by rounding. */
function isBetter(found: TrustRegionResult, best: TrustRegionResult): boolean {
  const rounding = 1e-9 * (Math.abs(best.value) + 1);
  if (found.value < best.value - rounding || Number.isNaN(best.value)) return true;
  return found.value <= best.value + rounding && found.status === "converged" && best.status !== "converged";
}

function penaltyAt(point: Float64Array, penalty: number): number {
  return (penalty / 2) * point.reduce((sum, each) => sum + each * each, 0);
}

function describe<Name extends string>({ names, units, unitTerm, customerCount }: LogLikelihood<Name>, found: TrustRegionResult, penalty: number, iterations: number): Estimate<Name> {
  const { status, point, value, eigen, gradientNorm } = found;
  const size = names.length;
  const parameters = Object.fromEntries(names.map((name, j) => [name, Math.exp(point[j]!) * units[j]!])) as Record<Name, number>;
  const common = { parameters, logLikelihood: penaltyAt(point, penalty) - value + unitTerm, customerCount, penalty, iterations, gradientNorm };
  // A penalty is what makes an estimate of what the data leave open.
  const isFlat = penalty === 0 && !(eigen.values[0]! * LARGEST_LOG_ERROR ** 2 >= 1);
  // Far out on a ridge rounding may end the search before a parameter has run away.
  if (status === "runaway" || ((status === "converged" || status === "stalled") && isFlat && Number.isFinite(value))) {
    return { ...common, status: "unidentified", unidentified: flatParameters(names, found), covariance: undefined };
  }
  if (status !== "converged") return { ...common, status: "iterationLimit", unidentified: [], covariance: undefined };
  const covariance: number[] = [];
  for (let i = 0; i < size; i++) for (let j = i; j < size; j++) covariance.push(inverseEntry(eigen, i, j));
  return { ...common, status: "converged", unidentified: [], covariance };
}

/** The parameters along which the likelihood is flat, and those that have run away. */
function flatParameters<Name extends string>(names: readonly Name[], { point, eigen }: TrustRegionResult): Name[] {
  const size = names.length;
  const isFlat = point.map((each) => (Math.abs(each) > LIMIT ? 1 : 0));
  for (let k = 0; k < size && (k === 0 || !(eigen.values[k]! * LARGEST_LOG_ERROR ** 2 >= 1)); k++) {
    const direction = names.map((_, j) => Math.abs(eigen.vectors[j * size + k]!));
    const largest = Math.max(...direction);
    for (let j = 0; j < size; j++) if (direction[j]! >= TAKES_PART * largest) isFlat[j] = 1;
  }
  return names.filter((_, j) => isFlat[j] === 1);
}

function inverseEntry({ values, vectors }: TrustRegionResult["eigen"], i: number, j: number): number {
  const size = values.length;
  return values.reduce((sum, value, k) => sum + (vectors[i * size + k]! * vectors[j * size + k]!) / value, 0);
}
