import type { StandardizedColumns } from "../../numeric/linear-algebra/standardized-columns";
import type { Steps } from "../../steps/steps";
import { firthPointSteps } from "../logistic-regression/firth";
import { meanLossSteps } from "../logistic-regression/likelihood";
import type { LogisticEstimator } from "../logistic-regression/spec";
import { minimizeOnPlanesSteps, type Plane, type Surface, type SurfacePoint } from "./constrained-newton";
import type { FittedData } from "./fitted-data";

export interface Profile {
  /** 2 · (maximum − maximum with the coefficient 0). */
  readonly statistic: number;
  readonly lower: number;
  readonly upper: number;
}

/** The mean negative log-likelihood of a fit as a surface, and its lowest point. */
export interface Likelihood {
  readonly surface: Surface;
  /** Observations: so many times the mean is the sum. */
  readonly count: number;
  readonly best: SurfacePoint;
  /** Largest decrement at a minimum. */
  readonly tolerance: number;
}

/** Largest decrement at a constrained maximum, of the log-likelihood of all observations. */
const DECREMENT = 1e-12;

/** The likelihood, penalised for Firth's estimator, with its maximum found from the model's coefficients; undefined where it was not. */
export function* likelihoodSteps({ prepared, point, observationCount: count }: FittedData, estimator: LogisticEstimator, phase: string): Steps<Likelihood | undefined> {
  const { rows } = prepared;
  const surface: Surface = {
    isHessianExact: estimator !== "firth",
    *at(theta) {
      if (estimator === "firth") {
        const { at, steepness } = yield* firthPointSteps(rows, count, theta, phase);
        return { point: theta, value: at.value, gradient: at.gradient, hessian: steepness };
      }
      const gradient = new Float64Array(theta.length);
      const hessian = new Float64Array(theta.length * theta.length);
      return { point: theta, value: yield* meanLossSteps(rows, theta, phase, gradient, hessian), gradient, hessian };
    },
  };
  const tolerance = DECREMENT / count;
  const best = yield* minimizeOnPlanesSteps(surface, yield* surface.at(point), [], tolerance);
  return best === undefined ? undefined : { surface, count, best, tolerance };
}

/** θ where one coefficient, in the units of the matrix, has a value: the intercept is number 0. */
function planeOfCoefficient({ columns, centers, scales, deviations }: StandardizedColumns, coefficient: number, value: number): Plane {
  const ratios = new Float64Array(columns.length + 1);
  if (coefficient > 0) return { pivot: coefficient, value: value * deviations[coefficient - 1]!, ratios };
  for (let j = 0; j < columns.length; j++) ratios[j + 1] = -centers[j]! * scales[j]!;
  return { pivot: 0, value, ratios };
}

/**
 * How much the log-likelihood falls, twice, when a coefficient is held at 0, and the two values at which it has fallen by quantile²:
 * the ends of the profile-likelihood interval (Venzon and Moolgavkar 1988), infinite where the profile does not fall so far.
 * Undefined where the maximum with the coefficient at 0 is not found.
 */
export function* profileSteps(likelihood: Likelihood, data: StandardizedColumns, coefficient: number, estimate: number, standardError: number, quantile: number): Steps<Profile | undefined> {
  const path: ProfilePath = { likelihood, data, coefficient };
  const top: ProfilePoint = { value: estimate, at: likelihood.best, deviance: 0, slope: 0 };
  const atZero = yield* reachSteps(path, top, 0);
  if (atZero === undefined) return undefined;
  const lower = yield* boundSteps(path, top, -1, quantile, standardError);
  const upper = yield* boundSteps(path, top, 1, quantile, standardError);
  return { statistic: atZero.deviance, lower, upper };
}

interface ProfilePath {
  readonly likelihood: Likelihood;
  readonly data: StandardizedColumns;
  readonly coefficient: number;
}

/** The maximum with the coefficient held at `value`. */
interface ProfilePoint {
  readonly value: number;
  readonly at: SurfacePoint;
  /** 2 · (maximum − this), never below 0. */
  readonly deviance: number;
  /** Change of the deviance for one unit of the coefficient. */
  readonly slope: number;
}

/** From one point of the profile to another; undefined where that cannot be reached at once. */
function* moveSteps({ likelihood, data, coefficient }: ProfilePath, from: ProfilePoint, value: number): Steps<ProfilePoint | undefined> {
  const { surface, count, best, tolerance } = likelihood;
  const plane = planeOfCoefficient(data, coefficient, value);
  const at = yield* minimizeOnPlanesSteps(surface, from.at, [plane], tolerance);
  if (at === undefined) return undefined;
  // Only the component that is held has a derivative left.
  const unit = coefficient === 0 ? 1 : data.deviations[coefficient - 1]!;
  return { value, at, deviance: Math.max(0, 2 * count * (at.value - best.value)), slope: 2 * count * at.gradient[plane.pivot]! * unit };
}

const MOST_MOVES = 40;

/** The same, by way of points between where it takes several moves. */
function* reachSteps(path: ProfilePath, from: ProfilePoint, value: number): Steps<ProfilePoint | undefined> {
  let here = from;
  let target = value;
  for (let moves = 0; moves < MOST_MOVES; moves++) {
    const found = yield* moveSteps(path, here, target);
    if (found?.value === value) return found;
    here = found ?? here;
    target = found === undefined ? (here.value + target) / 2 : value;
  }
  return undefined;
}

const MOST_TRIALS = 100;
/** A bound is moved by less than this share of its distance in the last step, which is taken unseen. */
const LAST_STEP = 1e-9;
/** From here on steps that no longer shrink are rounding. */
const ROUNDING_STEP = 1e-6;

/**
 * Newton's method on the root of the deviance, which is nearly a straight line; where that goes astray, from outside on the deviance itself,
 * which is convex; where that does, too, by halving what lies between the known inside and outside.
 */
function* boundSteps(path: ProfilePath, top: ProfilePoint, sign: -1 | 1, quantile: number, standardError: number): Steps<number> {
  let inside = top;
  let outside: number | undefined;
  let isOutsideSeen = false;
  let previousShare = Infinity;
  let value = top.value + sign * quantile * standardError;
  for (let trial = 0; trial < MOST_TRIALS && Number.isFinite(value); trial++) {
    const found = yield* moveSteps(path, inside, value);
    const isInside = found !== undefined && found.deviance <= quantile * quantile;
    if (isInside) inside = found;
    else {
      outside = value;
      isOutsideSeen = found !== undefined;
    }
    const root = Math.sqrt(found?.deviance ?? NaN);
    const byRoot = found === undefined ? NaN : ((quantile - root) * 2 * root) / found.slope;
    const byDeviance = found === undefined || isInside ? NaN : (quantile * quantile - found.deviance) / found.slope;
    const isRising = found !== undefined && found.slope * sign > 0;
    const share = Math.abs(byRoot / (value - top.value));
    if (isRising && (share <= LAST_STEP || (share <= ROUNDING_STEP && share >= previousShare / 2))) return value + byRoot;
    previousShare = share;
    const next = [value + byRoot, value + byDeviance].find((candidate) => isRising && sign * (candidate - inside.value) > 0 && (outside === undefined || sign * (outside - candidate) > 0));
    value = next ?? (outside === undefined ? inside.value + 2 * (inside.value - top.value) : (inside.value + outside) / 2);
    // The profile jumps here, as a likelihood with several maxima may; or it leads no farther.
    if (outside !== undefined && Math.abs(outside - inside.value) <= 4 * Number.EPSILON * Math.abs(value)) return isOutsideSeen ? value : sign * Infinity;
  }
  return sign * Infinity;
}
