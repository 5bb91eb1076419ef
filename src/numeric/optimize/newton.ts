import { mirrorUpperTriangle, factorPositiveDefinite, solveWithFactor } from "../linear-algebra/positive-definite";

/**
 * A convex, twice differentiable function. Both evaluations are generators, so that a pass over much data can pause;
 * the solver hands every pause on to its caller.
 */
export interface NewtonObjective<Pause> {
  /** Number of parameters. */
  readonly size: number;
  /**
   * How large what a parameter is multiplied by is, all in all: a component of the gradient that is only rounding grows with it.
   * Components are judged in this unit as far as the curvature bears it out (√ of the Hessian's diagonal). @defaultValue all 1
   */
  readonly sizes?: Float64Array;
  /** The value at `point`. */
  value(point: Float64Array): Generator<Pause, number, void>;
  /** The value at `point`; fills the gradient and the upper triangle of the Hessian (flat, row-major). */
  derivatives(point: Float64Array, gradient: Float64Array, hessian: Float64Array): Generator<Pause, number, void>;
  /** How much of the value at `point` may be rounding: smaller changes are neither asked of a step nor expected from one. */
  roundingAt(point: Float64Array): number;
}

/**
 * How a minimisation ended.
 *
 * - `converged`: gradient and Newton decrement within the tolerance, the Hessian positive definite
 * - `drifting`: the decrement shrinks by a constant factor instead of quadratically and the value no longer changes:
 *   what a function does whose infimum lies at infinity (for exp(−t) each Newton step divides the value by e)
 * - `stalled`: rounding, or a singular Hessian, allows no further progress
 * - `iterationLimit`: none of these after the allowed number of steps
 */
type NewtonStatus = "converged" | "drifting" | "stalled" | "iterationLimit";

export interface NewtonOptions<Pause> {
  /** Largest absolute gradient component, and largest Newton decrement √(gᵀH⁻¹g), at a minimum. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Stop drifting once the squared decrement is below this share of the value; 0 goes on as long as the tolerance asks. */
  readonly driftTolerance: number;
  /**
   * Asked, before it stops drifting, whether it drifts to infinity; if not, it goes on, and asks again after a few more steps.
   * (On the way to a minimum, too, one part of the function may fade while another has yet to come to bear.) @defaultValue it does
   */
  readonly confirmDrift?: (point: Float64Array, step: Float64Array) => Generator<Pause, boolean, void>;
}

export interface NewtonResult {
  readonly status: NewtonStatus;
  readonly point: Float64Array;
  readonly value: number;
  /** At `point`. */
  readonly gradient: Float64Array;
  /** At `point`, symmetric. */
  readonly hessian: Float64Array;
  /** The Newton step from `point`, not taken. */
  readonly step: Float64Array;
  /** Largest absolute component of the gradient, in the unit of its size. */
  readonly gradientNorm: number;
  readonly iterations: number;
}

/** Sufficient decrease, as a share of the decrease that the slope promises (Nocedal and Wright 2006, eq. 3.4). */
const SUFFICIENT_DECREASE = 1e-4;
/** 60 halvings. */
const SHORTEST_STEP = 2 ** -60;
/** Ratio of successive squared decrements: e⁻¹ = 0.37 on the way to infinity, near 0 close to a minimum, about 1 in rounding. */
const DRIFT_RATIO_MIN = 0.15;
const DRIFT_RATIO_MAX = 0.7;
const DRIFT_ROUNDS = 3;
/** Steps from one question whether it drifts to the next. */
const STEPS_BETWEEN_QUESTIONS = 5;

/**
 * Minimises a convex function by Newton's method with step halving (Boyd and Vandenberghe 2004, algorithm 9.5).
 * Knows no model: values, derivatives and pauses come from the objective.
 */
export function* minimizeByNewton<Pause>(
  objective: NewtonObjective<Pause>,
  start: Float64Array,
  options: NewtonOptions<Pause>,
): Generator<Pause, NewtonResult, void> {
  const { size } = objective;
  const { tolerance, maxIterations, driftTolerance, confirmDrift } = options;
  let point = Float64Array.from(start);
  let trial = new Float64Array(size);
  let gradient = new Float64Array(size);
  let hessian = new Float64Array(size * size);
  let trialGradient = new Float64Array(size);
  let trialHessian = new Float64Array(size * size);
  let value = yield* objective.derivatives(point, gradient, hessian);
  let previousDecrement = Infinity;
  let driftingRounds = 0;
  let nextQuestion = 0;

  for (let iterations = 0; ; iterations++) {
    const gradientNorm = largestComponent(gradient, hessian, objective.sizes);
    const { step, isRegular } = newtonStep(hessian, gradient, size);
    // Squared; minus the slope along the step.
    const decrement = -dot(gradient, step);
    const end = (status: NewtonStatus): NewtonResult => {
      mirrorUpperTriangle(hessian, size);
      return { status, point, value, gradient, hessian, step, gradientNorm, iterations };
    };

    const ratio = decrement / previousDecrement;
    driftingRounds = ratio > DRIFT_RATIO_MIN && ratio < DRIFT_RATIO_MAX ? driftingRounds + 1 : 0;
    const isDrifting = driftingRounds >= DRIFT_ROUNDS;
    const isSmall = gradientNorm <= tolerance && decrement <= tolerance * tolerance;
    if (isSmall && isRegular) return end(isDrifting ? "drifting" : "converged");
    if (isDrifting && iterations >= nextQuestion && decrement <= driftTolerance * (Math.abs(value) + 0.1)) {
      if (confirmDrift === undefined || (yield* confirmDrift(point, step))) return end("drifting");
      nextQuestion = iterations + STEPS_BETWEEN_QUESTIONS;
    }
    if (!(decrement > 0)) return end("stalled");
    // Full steps are taken unasked here, as long as they still shrink; then gradient and Hessian are as exact as they get.
    const rounding = objective.roundingAt(point);
    const isRounding = decrement <= rounding;
    if (isRounding && ratio >= DRIFT_RATIO_MAX) return end(isRegular && gradientNorm <= tolerance ? "converged" : "stalled");
    if (iterations === maxIterations) return end("iterationLimit");

    move(point, step, 1, trial);
    let trialValue = yield* objective.derivatives(trial, trialGradient, trialHessian);
    if (!isRounding && !(trialValue <= value - SUFFICIENT_DECREASE * decrement + rounding)) {
      let length = 1;
      do {
        length /= 2;
        if (length < SHORTEST_STEP) return end("stalled");
        move(point, step, length, trial);
        trialValue = yield* objective.value(trial);
      } while (!(trialValue <= value - SUFFICIENT_DECREASE * length * decrement + rounding));
      trialValue = yield* objective.derivatives(trial, trialGradient, trialHessian);
    }
    [point, trial] = [trial, point];
    [gradient, trialGradient] = [trialGradient, gradient];
    [hessian, trialHessian] = [trialHessian, hessian];
    value = trialValue;
    previousDecrement = decrement;
  }
}

/** −H⁻¹g; where H is singular, with the smallest ridge on its diagonal (a multiple of it) that makes it regular. */
function newtonStep(hessian: Float64Array, gradient: Float64Array, size: number): { step: Float64Array; isRegular: boolean } {
  const rightSide = gradient.map((component) => -component);
  const factor = factorPositiveDefinite(hessian, size);
  if (factor !== undefined) return { step: solveWithFactor(factor, rightSide), isRegular: true };
  for (let ridge = 1e-12; ridge <= 1; ridge *= 100) {
    const ridged = Float64Array.from(hessian);
    for (let j = 0; j < size; j++) ridged[j * size + j] = hessian[j * size + j]! * (1 + ridge);
    const ridgedFactor = factorPositiveDefinite(ridged, size);
    if (ridgedFactor !== undefined) return { step: solveWithFactor(ridgedFactor, rightSide), isRegular: false };
  }
  return { step: new Float64Array(size), isRegular: false };
}

function move(point: Float64Array, step: Float64Array, length: number, out: Float64Array): void {
  for (let j = 0; j < out.length; j++) out[j] = point[j]! + length * step[j]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

function largestComponent(gradient: Float64Array, hessian: Float64Array, sizes: Float64Array | undefined): number {
  let largest = 0;
  for (let j = 0; j < gradient.length; j++) largest = Math.max(largest, Math.abs(gradient[j]!) / unitOf(j, gradient.length, hessian, sizes));
  return largest;
}

/** The unit in which component j of a gradient is judged: its size, as far as the curvature bears it out. */
export function unitOf(j: number, count: number, hessian: Float64Array, sizes: Float64Array | undefined): number {
  return sizes === undefined ? 1 : Math.max(1, Math.min(sizes[j]!, Math.sqrt(hessian[j * count + j]!)));
}
