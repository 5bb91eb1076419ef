import { minimizeByNewton, type NewtonResult } from "../../numeric/optimize/newton";
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

/** A squared decrement below this share of the objective: a fit that still drifts there is examined for separation. */
const DRIFT_TOLERANCE = 1e-9;

/**
 * Newton's method from the intercept-only fit on standardised columns.
 *
 * Without a penalty the minimum need not exist. Then the fit drifts, and the drift shows the separating direction;
 * it is clearest before the Hessian fades into rounding, so the fit is examined there, and goes on when no separation
 * can be proved. It may show later: on the way to the bulk of the rows, a fit first drifts along outliers.
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

  const found: { separation?: SeparatingDirection } = {};
  const newton = yield* minimizeByNewton(objective, start, {
    tolerance,
    maxIterations,
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
  return { newton, separation };
}
