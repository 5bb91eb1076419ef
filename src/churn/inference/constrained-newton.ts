import { factorPositiveDefinite, mirrorUpperTriangle, solveWithFactor, type PositiveDefiniteFactor } from "../../numeric/linear-algebra/positive-definite";
import type { Steps } from "../../steps/steps";

/** A function to be minimised, at a point. */
export interface SurfacePoint {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** Positive definite; the upper triangle is read. The Hessian, or near enough to it for steps that converge. */
  readonly hessian: Float64Array;
}

/** The function to be minimised. */
export interface Surface {
  /** The function and its derivatives at a point; the value is not finite where there is none. */
  readonly at: (point: Float64Array) => Steps<SurfacePoint>;
  /** Whether the Hessian is that of the function itself: otherwise steps also learn from how the gradient changed over the last ones. */
  readonly isHessianExact: boolean;
}

/** A linear constraint, solved for one component: point[pivot] = value − Σ ratioⱼ · point[j]. */
export interface Plane {
  readonly pivot: number;
  readonly value: number;
  /** 0 for every pivot. */
  readonly ratios: Float64Array;
}

const MAX_STEPS = 200;
const SUFFICIENT_DECREASE = 1e-4;
const SHORTEST_STEP = 2 ** -40;
/** Nearly none: the way to the constraints need not descend. */
const SHORTEST_FIRST_STEP = 2 ** -10;
/** How many times what the curvature lets expect the first step may cost, before a shorter one is looked for. */
const LARGEST_RISE = 2;
/** A decrement so many times the tolerance, of which the function shows nothing, is rounding magnified by a Hessian near to singular. */
const ROUNDING_FACTOR = 1e6;
/** Steps that are remembered where the Hessian is not exact. */
const MOST_CHANGES = 10;

/**
 * The minimum where all constraints hold, by Newton's method on the other components, with step halving (Boyd and Vandenberghe 2004, section 10.1.2);
 * by the limited-memory BFGS method from the Hessian as it is given (Nocedal and Wright 2006, algorithm 7.4) where that is not exact.
 *
 * Solved for a component, a constraint holds to the last digit, however steep the function is across it. The first step goes to the constraints, with
 * the other components as the curvature at `start` would have them; every later one descends.
 * Undefined where the way leads to where the function has no value, or does not end.
 *
 * @param tolerance - largest decrement gᵀH⁻¹g, within the constraints, at the minimum
 */
export function* minimizeOnPlanesSteps(surface: Surface, start: SurfacePoint, planes: readonly Plane[], tolerance: number): Steps<SurfacePoint | undefined> {
  const { length } = start.point;
  const isPivot = new Set(planes.map(({ pivot }) => pivot));
  const free = Int32Array.from({ length }, (_, j) => j).filter((j) => !isPivot.has(j));
  const moved = (from: Float64Array, step: Float64Array, share: number): Float64Array => {
    const point = from.slice();
    free.forEach((j, k) => (point[j] = point[j]! + share * step[k]!));
    for (const { pivot, value, ratios } of planes) point[pivot] = value - dot(ratios, point);
    return point;
  };
  let here = start;
  if (planes.length > 0) {
    const towards = stepTowards(start, moved(start.point, new Float64Array(free.length), 0), planes, free);
    if (towards === undefined) return undefined;
    const { step, rise } = towards;
    const pointAt = (share: number): Float64Array => moved(start.point, step, share);
    const full = yield* surface.at(pointAt(1));
    const isCheap = full.value <= start.value + LARGEST_RISE * Math.abs(rise);
    const first = isCheap ? full : yield* shortenedSteps(surface, pointAt, full, SHORTEST_FIRST_STEP, () => true);
    if (first === undefined) return undefined;
    here = first;
  }
  if (free.length === 0) return here;
  let changes: Change[] = [];
  let previousDecrement = Infinity;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const { gradient, hessian } = restricted(here.gradient, here.hessian, planes, free);
    const factor = regularFactor(hessian, here.hessian, free);
    if (factor === undefined) return undefined;
    let step = descent(factor, gradient, changes);
    if (!(dot(gradient, step) < 0)) step = descent(factor, gradient, (changes = []));
    const decrement = -dot(gradient, step);
    const rounding = 4 * Number.EPSILON * here.point.reduce((sum, component) => sum + Math.abs(component), 1);
    const isRounding = decrement <= rounding;
    if (decrement <= tolerance || (isRounding && decrement >= previousDecrement)) return here;
    const pointAt = (share: number): Float64Array => moved(here.point, step, share);
    const isEnough = (value: number, share: number): boolean => isRounding || value <= here.value - SUFFICIENT_DECREASE * share * decrement + rounding;
    const full = yield* surface.at(pointAt(1));
    const next = isEnough(full.value, 1) ? full : yield* shortenedSteps(surface, pointAt, full, SHORTEST_STEP, isEnough);
    if (next === undefined) return decrement <= ROUNDING_FACTOR * tolerance ? here : undefined;
    if (!surface.isHessianExact) {
      const after = restricted(next.gradient, next.hessian, planes, free).gradient;
      const moves = Float64Array.from(free, (j) => next.point[j]! - here.point[j]!);
      const turns = after.map((component, k) => component - gradient[k]!);
      const product = dot(moves, turns);
      if (product > 0) changes = [...changes.slice(1 - MOST_CHANGES), { moves, turns, product }];
    }
    here = next;
    previousDecrement = decrement;
  }
  return undefined;
}

/**
 * The share of a step, a power of ½, that is lowest, and enough: where a function is steep on one side and flat on the other, the first share that is
 * enough may lie far out on the flat.
 */
function* shortenedSteps(
  surface: Surface,
  pointAt: (share: number) => Float64Array,
  full: SurfacePoint,
  shortest: number,
  isEnough: (value: number, share: number) => boolean,
): Steps<SurfacePoint | undefined> {
  const isFound = ({ value }: SurfacePoint, share: number): boolean => Number.isFinite(value) && isEnough(value, share);
  let best = full;
  let bestShare = 1;
  for (let share = 0.5; share >= shortest; share /= 2) {
    const next = yield* surface.at(pointAt(share));
    if (!Number.isFinite(best.value) || next.value < best.value) {
      best = next;
      bestShare = share;
    } else if (isFound(best, bestShare)) return best;
  }
  return isFound(best, bestShare) ? best : undefined;
}

/** How the gradient turned over a step. */
interface Change {
  readonly moves: Float64Array;
  readonly turns: Float64Array;
  readonly product: number;
}

/** −H⁻¹g, where H is the factored matrix, corrected for what is known of changes, the latest last. */
function descent(factor: PositiveDefiniteFactor, gradient: Float64Array, changes: readonly Change[]): Float64Array {
  const rest = gradient.slice();
  const shares = new Float64Array(changes.length);
  for (let k = changes.length - 1; k >= 0; k--) {
    const { moves, turns, product } = changes[k]!;
    shares[k] = dot(moves, rest) / product;
    rest.forEach((component, j) => (rest[j] = component - shares[k]! * turns[j]!));
  }
  const step = solveWithFactor(factor, rest);
  changes.forEach(({ moves, turns, product }, k) => {
    const share = shares[k]! - dot(turns, step) / product;
    step.forEach((component, j) => (step[j] = component + share * moves[j]!));
  });
  return step.map((component) => -component);
}

/**
 * The step of the free components, from a point on the planes, to the minimum there of the quadratic function that agrees with the surface at `at`,
 * and how much higher than at `at` that is.
 */
function stepTowards(at: SurfacePoint, from: Float64Array, planes: readonly Plane[], free: Int32Array): { step: Float64Array; rise: number } | undefined {
  const full = at.hessian.slice();
  mirrorUpperTriangle(full, at.point.length);
  const way = from.map((component, j) => component - at.point[j]!);
  const turn = way.map((_, j) => dot(full.subarray(j * way.length, (j + 1) * way.length), way));
  const across = dot(at.gradient, way) + dot(turn, way) / 2;
  const { gradient, hessian } = restricted(
    at.gradient.map((component, j) => component + turn[j]!),
    at.hessian,
    planes,
    free,
  );
  if (free.length === 0) return { step: gradient, rise: across };
  const factor = regularFactor(hessian, at.hessian, free);
  if (factor === undefined) return undefined;
  const step = descent(factor, gradient, []);
  return { step, rise: across + dot(gradient, step) / 2 };
}

/** Derivatives by the free components, the pivots following them: a free component moves a pivot by −ratio. */
function restricted(gradient: Float64Array, upper: Float64Array, planes: readonly Plane[], free: Int32Array): { gradient: Float64Array; hessian: Float64Array } {
  const size = gradient.length;
  const hessian = upper.slice();
  mirrorUpperTriangle(hessian, size);
  const count = free.length;
  const followed = gradient.slice();
  // H Z, then Zᵀ (H Z): columns first, rows then.
  const wide = hessian.slice();
  for (const { pivot, ratios } of planes) {
    for (const j of free) {
      const ratio = ratios[j]!;
      if (ratio === 0) continue;
      followed[j] = followed[j]! - ratio * gradient[pivot]!;
      for (let i = 0; i < size; i++) wide[i * size + j] = wide[i * size + j]! - ratio * hessian[i * size + pivot]!;
    }
  }
  const out = new Float64Array(count * count);
  free.forEach((i, a) => {
    free.forEach((j, b) => {
      let entry = wide[i * size + j]!;
      for (const { pivot, ratios } of planes) entry -= ratios[i]! * wide[pivot * size + j]!;
      out[a * count + b] = entry;
    });
  });
  return { gradient: Float64Array.from(free, (j) => followed[j]!), hessian: out };
}

/**
 * Where the restricted Hessian is singular to rounding, that with the smallest ridge that makes it regular: a share of the diagonal it was restricted from,
 * the size of what may have cancelled.
 */
function regularFactor(restrictedHessian: Float64Array, hessian: Float64Array, free: Int32Array): PositiveDefiniteFactor | undefined {
  const count = free.length;
  const found = factorPositiveDefinite(restrictedHessian, count);
  if (found !== undefined) return found;
  const size = Math.sqrt(hessian.length);
  for (let ridge = 1e-12; ridge <= 1e-2; ridge *= 100) {
    const ridged = restrictedHessian.slice();
    free.forEach((j, k) => (ridged[k * count + k] = Math.max(0, ridged[k * count + k]!) + ridge * hessian[j * size + j]!));
    const ofRidged = factorPositiveDefinite(ridged, count);
    if (ofRidged !== undefined) return ofRidged;
  }
  return undefined;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
