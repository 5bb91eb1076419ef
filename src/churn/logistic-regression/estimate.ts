import { minimizeByNewton, type NewtonOptions, type NewtonResult } from "../../numeric/optimize/newton";
import type { StandardizedColumns } from "../../numeric/linear-algebra/standardized-columns";
import type { Steps } from "../../steps/steps";
import { logisticObjective } from "./likelihood";
import { separationSteps, type SeparatingDirection } from "./separation";

/** The minimum that was found, or the proof that there is none. */
export interface Estimate {
  readonly newton: NewtonResult;
  readonly separation: SeparatingDirection | undefined;
}

export interface EstimateOptions {
  /** As `logisticObjective` takes them. */
  readonly penalties: Float64Array;
  readonly sizes: Float64Array;
  /** Whether there is no penalty. */
  readonly mayBeSeparated: boolean;
  readonly tolerance: number;
  readonly maxIterations: number;
}

/**
 * Squared decrements below these shares of the objective: a fit that drifts there is examined for separation.
 * Once is not enough: on the way to a minimum among the bulk of the rows, a fit first drifts along outliers.
 */
const DRIFT_TOLERANCES = [1e-9, 1e-12, 1e-15, 1e-18];

/**
 * Newton's method from the intercept-only fit on standardised columns.
 *
 * Without a penalty the minimum need not exist. Then the fit drifts, and the drift shows the separating direction;
 * it is clearest before the Hessian fades into rounding, so the fit is stopped there, examined, and taken up again
 * when no separation can be proved.
 */
export function* estimateSteps(
  data: StandardizedColumns,
  labels: Uint8Array,
  { penalties, sizes, mayBeSeparated, tolerance, maxIterations }: EstimateOptions,
): Steps<Estimate> {
  const objective = logisticObjective(data, labels, penalties, sizes);
  const start = new Float64Array(objective.size);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  start[0] = Math.log(positives / (labels.length - positives));

  if (!mayBeSeparated) return { newton: yield* minimizeByNewton(objective, start, { tolerance, maxIterations, driftTolerance: 0 }), separation: undefined };

  let point: Float64Array = start;
  let iterations = 0;
  for (let examined = 0; ; examined++) {
    const options: NewtonOptions = { tolerance, maxIterations: maxIterations - iterations, driftTolerance: DRIFT_TOLERANCES[examined] ?? 0 };
    const part = yield* minimizeByNewton(objective, point, options);
    iterations += part.iterations;
    const newton = { ...part, iterations };
    // Where it converged, too: the tolerance may be met on the way to infinity, with every row predicted rightly.
    const separation = yield* separationSteps(data, labels, part.point, part.status === "converged" ? undefined : part.step);
    if (separation !== undefined || part.status !== "drifting" || examined >= DRIFT_TOLERANCES.length) return { newton, separation };
    point = part.point;
  }
}
