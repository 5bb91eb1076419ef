import { mirrorUpperTriangle } from "../linear-algebra/positive-definite";
import { proximalStep } from "./proximal-step";

/** A convex, differentiable function whose gradient costs far less than its Hessian. */
export interface GradientObjective<Pause> {
  readonly size: number;
  /** The value at `point`; fills the gradient. */
  gradient(point: Float64Array, gradient: Float64Array): Generator<Pause, number, void>;
}

export interface QuasiNewtonOptions {
  /** Largest component of the gradient (of the least subgradient, with `l1`), and largest decrement, at a minimum. */
  readonly tolerance: number;
  /** Most steps. */
  readonly maxIterations: number;
  /** Σ l1ⱼ |θⱼ| is added to the function; absent is none. */
  readonly l1?: Float64Array | undefined;
}

export interface QuasiNewtonResult {
  /** `slow`: a step did not divide the distance by two, or led up; the Hessian is not good enough to go on with. */
  readonly status: "converged" | "slow" | "iterationLimit";
  /** The last point to which the function went down. */
  readonly point: Float64Array;
  /** At `point`, without Σ l1ⱼ |θⱼ|. */
  readonly value: number;
  readonly gradient: Float64Array;
  /** What the steps made of the Hessian that was given: symmetric, positive definite. */
  readonly hessian: Float64Array;
  readonly gradientNorm: number;
  readonly iterations: number;
}

/** A step must bring the squared decrement below this share of the one before. */
const CONTRACTION = 0.25;
/** What rounding may add to the function, as a share of it. */
const ROUNDING = 1e-11;

/**
 * Minimises a convex function from a point that is near the minimum, with a Hessian that is nearly right: that of a sample, or of a
 * neighbouring problem. Each step costs one gradient, and corrects the Hessian by what it learns (Broyden, Fletcher, Goldfarb and Shanno 1970;
 * Nocedal and Wright 2006, eq. 6.19).
 *
 * Steps are not shortened. Where one leads up, or does not bring the decrement down fourfold, that is said, and the caller brings a better
 * Hessian or another method.
 *
 * @param hessian - flat, upper triangle read, positive definite (without `l1`)
 */
export function* minimizeByQuasiNewton<Pause>(
  objective: GradientObjective<Pause>,
  start: Float64Array,
  startHessian: Float64Array,
  { tolerance, maxIterations, l1 }: QuasiNewtonOptions,
): Generator<Pause, QuasiNewtonResult, void> {
  const { size } = objective;
  const hessian = startHessian.slice();
  mirrorUpperTriangle(hessian, size);
  let point = start.slice();
  let gradient = new Float64Array(size);
  let nextGradient = new Float64Array(size);
  let value = yield* objective.gradient(point, gradient);
  let previousDecrement = Infinity;
  for (let iterations = 0; ; iterations++) {
    const { step, decrement, gradientNorm, isRegular } = proximalStep(hessian, gradient, point, l1);
    const end = (status: QuasiNewtonResult["status"]): QuasiNewtonResult => ({ status, point, value, gradient, hessian, gradientNorm, iterations });
    if (gradientNorm <= tolerance && decrement <= tolerance * tolerance && isRegular) return end("converged");
    if (!(decrement > 0 && decrement <= CONTRACTION * previousDecrement) || !isRegular) return end("slow");
    if (iterations === maxIterations) return end("iterationLimit");
    const next = point.map((component, j) => component + step[j]!);
    const nextValue = yield* objective.gradient(next, nextGradient);
    const change = nextValue - value + absoluteSum(next, l1) - absoluteSum(point, l1);
    if (!(change <= ROUNDING * Math.abs(value))) return { ...end("slow"), iterations: iterations + 1 };
    correctHessian(hessian, step, gradient, nextGradient);
    point = next;
    value = nextValue;
    [gradient, nextGradient] = [nextGradient, gradient];
    previousDecrement = decrement;
  }
}

/** Σ l1ⱼ |θⱼ|. */
export function absoluteSum(point: Float64Array, l1: Float64Array | undefined): number {
  let sum = 0;
  if (l1 !== undefined) for (let j = 0; j < point.length; j++) sum += l1[j]! * Math.abs(point[j]!);
  return sum;
}

/** H + y yᵀ / yᵀs − H s sᵀ H / sᵀ H s, where s is the step and y what it changed in the gradient: afterwards H s = y. */
function correctHessian(hessian: Float64Array, step: Float64Array, before: Float64Array, after: Float64Array): void {
  const size = step.length;
  const product = new Float64Array(size);
  let curvature = 0;
  let expected = 0;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += hessian[i * size + j]! * step[j]!;
    product[i] = sum;
    expected += step[i]! * sum;
    curvature += step[i]! * (after[i]! - before[i]!);
  }
  // Of a convex function the curvature is positive; a step so short that it is not says nothing.
  if (!(curvature > 0.1 * expected && expected > 0)) return;
  for (let i = 0; i < size; i++) {
    const change = after[i]! - before[i]!;
    for (let j = 0; j < size; j++) {
      hessian[i * size + j] = hessian[i * size + j]! + (change * (after[j]! - before[j]!)) / curvature - (product[i]! * product[j]!) / expected;
    }
  }
}
