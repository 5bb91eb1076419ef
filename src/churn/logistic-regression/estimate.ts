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

/** A squared decrement below this share of the objective: a fit that still drifts there is examined for separation. */
const DRIFT_TOLERANCE = 1e-9;

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
  penalties: Float64Array,
  mayBeSeparated: boolean,
  { tolerance, maxIterations }: { readonly tolerance: number; readonly maxIterations: number },
): Steps<Estimate> {
  const objective = logisticObjective(data, labels, penalties);
  const start = new Float64Array(objective.size);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  start[0] = Math.log(positives / (labels.length - positives));

  const options: NewtonOptions = { tolerance, maxIterations, driftTolerance: mayBeSeparated ? DRIFT_TOLERANCE : 0 };
  const newton = yield* minimizeByNewton(objective, start, options);
  if (!mayBeSeparated) return { newton, separation: undefined };
  const separation = yield* separationSteps(data, labels, newton.point, newton.status === "converged" ? undefined : newton.step);
  if (newton.status !== "drifting" || separation !== undefined) return { newton, separation };

  const rest = { ...options, maxIterations: maxIterations - newton.iterations, driftTolerance: 0 };
  const continued = yield* minimizeByNewton(objective, newton.point, rest);
  const total = { ...continued, iterations: newton.iterations + continued.iterations };
  if (continued.status === "converged") return { newton: total, separation: undefined };
  return { newton: total, separation: yield* separationSteps(data, labels, continued.point, continued.step) };
}
