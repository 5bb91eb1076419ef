import { minimizeByNewton } from "../../numeric/optimize/newton";
import { minimizeByProximalNewton } from "../../numeric/optimize/proximal-newton";
import { absoluteSum, minimizeByQuasiNewton } from "../../numeric/optimize/quasi-newton";
import type { Steps } from "../../steps/steps";
import { logisticObjective, type FitRows, type LogisticObjective } from "./likelihood";
import { separationSteps, type SeparatingDirection } from "./separation";

/** What is minimised: the mean loss of the rows, and penalties on their columns. */
export interface Problem {
  readonly rows: FitRows;
  /** As `logisticObjective` takes them. */
  readonly l2: Float64Array;
  readonly sizes: Float64Array;
  /** Σ l1ⱼ |θⱼ|, the intercept's 0 first; undefined without it. */
  readonly l1: Float64Array | undefined;
  /** Whether there is no penalty. */
  readonly mayBeSeparated: boolean;
}

/** The minimum that was found, or the proof that there is none. */
export interface Estimate {
  readonly isConverged: boolean;
  readonly point: Float64Array;
  /** Mean loss and L2 penalty at `point`. */
  readonly value: number;
  /** Of `value`, at `point`. */
  readonly gradient: Float64Array;
  readonly gradientNorm: number;
  /** Of `value`, at `point` or near enough to go on from there. */
  readonly hessian: Float64Array;
  readonly iterations: number;
  readonly separation: SeparatingDirection | undefined;
}

export interface Limits {
  readonly tolerance: number;
  readonly maxIterations: number;
}

/** Where a minimisation may start: near the minimum, with a Hessian that is nearly right there. */
export interface WarmStart {
  readonly point: Float64Array;
  readonly hessian: Float64Array;
}

/** A squared decrement below this share of the objective: a fit that still drifts there is examined for separation. */
const DRIFT_TOLERANCE = 1e-9;

/**
 * Newton's method, from the intercept-only fit unless told otherwise.
 *
 * Without a penalty the minimum need not exist. Then the fit drifts, and the drift shows the separating direction;
 * it is clearest before the Hessian fades into rounding, so the fit is examined there, and goes on when no separation
 * can be proved. It may show later: on the way to the bulk of the rows, a fit first drifts along outliers.
 */
export function* estimateSteps({ rows, l2, sizes, l1, mayBeSeparated }: Problem, limits: Limits, start = nullPoint(rows)): Steps<Estimate> {
  const objective = logisticObjective(rows, l2, sizes);
  if (l1 !== undefined || !mayBeSeparated) return yield* minimizeSteps(objective, l1, limits, start);

  const { data, labels } = rows;
  const found: { separation?: SeparatingDirection } = {};
  const newton = yield* minimizeByNewton(objective, start, {
    ...limits,
    driftTolerance: DRIFT_TOLERANCE,
    *confirmDrift(point, step) {
      const separation = yield* separationSteps(data, labels, point, step);
      if (separation === undefined) return false;
      found.separation = separation;
      return true;
    },
  });
  // Where it converged, too: the tolerance may be met on the way to infinity, with every row predicted rightly.
  const separation = found.separation ?? (yield* separationSteps(data, labels, newton.point, newton.status === "converged" ? undefined : newton.step));
  return { ...newton, isConverged: newton.status === "converged", separation };
}

function* minimizeSteps(objective: LogisticObjective, l1: Float64Array | undefined, limits: Limits, start: Float64Array): Steps<Estimate> {
  const result =
    l1 === undefined
      ? yield* minimizeByNewton(objective, start, { ...limits, driftTolerance: 0 })
      : yield* minimizeByProximalNewton(objective, l1, start, limits);
  return { ...result, isConverged: result.status === "converged", separation: undefined };
}

/** Full Hessians that are tried before Newton's method takes over. */
const MAX_HESSIANS = 2;

/**
 * The minimum from a start that is near it, in passes that compute gradients only. Where these do not contract, one more Hessian
 * of all rows is computed, and at last Newton's method goes on. For problems whose minimum is known to exist.
 */
export function* estimateFromSteps(problem: Problem, warm: WarmStart, limits: Limits): Steps<Estimate> {
  const { rows, l2, sizes, l1 } = problem;
  const objective = logisticObjective(rows, l2, sizes);
  let { point, hessian } = warm;
  let iterations = 0;
  for (let hessians = 0; ; hessians++) {
    const result = yield* minimizeByQuasiNewton(objective, point, hessian, { tolerance: limits.tolerance, maxIterations: limits.maxIterations - iterations, l1 });
    iterations += result.iterations;
    if (result.status !== "slow") return { ...result, iterations, isConverged: result.status === "converged", separation: undefined };
    point = result.point;
    if (hessians === MAX_HESSIANS || iterations === limits.maxIterations) break;
    hessian = new Float64Array(objective.size * objective.size);
    yield* objective.derivatives(point, new Float64Array(objective.size), hessian);
  }
  // Far out the rows may have no curvature left, and Newton's method no step: it starts where there is no column, if that is better.
  const origin = nullPoint(rows);
  const start = (yield* objective.value(point)) + absoluteSum(point, l1) <= (yield* objective.value(origin)) ? point : origin;
  const rest = yield* minimizeSteps(objective, l1, { ...limits, maxIterations: limits.maxIterations - iterations }, start);
  return { ...rest, iterations: iterations + rest.iterations };
}

/** The fit without columns: the log-odds of label 1, by weight. */
export function nullPoint({ data, labels, weights }: FitRows): Float64Array {
  let positives = 0;
  let negatives = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    if (labels[i] === 1) positives += weight;
    else negatives += weight;
  }
  const point = new Float64Array(data.columns.length + 1);
  point[0] = Math.log(positives / negatives);
  return point;
}
