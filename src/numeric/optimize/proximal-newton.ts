import { mirrorUpperTriangle } from "../linear-algebra/positive-definite";
import type { NewtonObjective } from "./newton";
import { proximalStep } from "./proximal-step";

export interface ProximalNewtonOptions {
  /** Largest component of the least subgradient, and largest decrement, at a minimum. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

export interface ProximalNewtonResult {
  readonly status: "converged" | "stalled" | "iterationLimit";
  readonly point: Float64Array;
  /** At `point`, without Σ l1ⱼ |θⱼ|. */
  readonly value: number;
  readonly gradient: Float64Array;
  /** At `point`, symmetric. */
  readonly hessian: Float64Array;
  readonly gradientNorm: number;
  readonly iterations: number;
}

const SUFFICIENT_DECREASE = 1e-4;
const SHORTEST_STEP = 2 ** -60;

/**
 * Minimises a convex function plus Σ l1ⱼ |θⱼ|: each step goes towards the minimum of a quadratic model plus the same sum
 * (Lee, Sun and Saunders 2014), and is halved until it descends. It has converged where the Karush–Kuhn–Tucker conditions hold.
 */
export function* minimizeByProximalNewton<Pause>(
  objective: NewtonObjective<Pause>,
  l1: Float64Array,
  start: Float64Array,
  { tolerance, maxIterations }: ProximalNewtonOptions,
): Generator<Pause, ProximalNewtonResult, void> {
  const { size } = objective;
  let point = start.slice();
  let trial = new Float64Array(size);
  let gradient = new Float64Array(size);
  let hessian = new Float64Array(size * size);
  let trialGradient = new Float64Array(size);
  let trialHessian = new Float64Array(size * size);
  let value = yield* objective.derivatives(point, gradient, hessian);
  let previousDecrement = Infinity;

  for (let iterations = 0; ; iterations++) {
    mirrorUpperTriangle(hessian, size);
    const { step, decrement, gradientNorm, isRegular } = proximalStep(hessian, gradient, point, l1, objective.sizes);
    const end = (status: ProximalNewtonResult["status"]): ProximalNewtonResult => ({ status, point, value, gradient, hessian, gradientNorm, iterations });
    if (gradientNorm <= tolerance && decrement <= tolerance * tolerance && isRegular) return end("converged");
    if (!(decrement > 0)) return end(isRegular && gradientNorm <= tolerance ? "converged" : "stalled");
    const rounding = objective.roundingAt(point);
    const isRounding = decrement <= rounding;
    if (isRounding && decrement >= 0.7 * previousDecrement) return end(isRegular && gradientNorm <= tolerance ? "converged" : "stalled");
    if (iterations === maxIterations) return end("iterationLimit");

    const total = value + sizeOf(point, l1);
    move(point, step, 1, trial);
    let trialValue = yield* objective.derivatives(trial, trialGradient, trialHessian);
    if (!isRounding && !(trialValue + sizeOf(trial, l1) <= total - SUFFICIENT_DECREASE * decrement + rounding)) {
      let length = 1;
      do {
        length /= 2;
        if (length < SHORTEST_STEP) return end("stalled");
        move(point, step, length, trial);
        trialValue = yield* objective.value(trial);
      } while (!(trialValue + sizeOf(trial, l1) <= total - SUFFICIENT_DECREASE * length * decrement + rounding));
      trialValue = yield* objective.derivatives(trial, trialGradient, trialHessian);
    }
    [point, trial] = [trial, point];
    [gradient, trialGradient] = [trialGradient, gradient];
    [hessian, trialHessian] = [trialHessian, hessian];
    value = trialValue;
    previousDecrement = decrement;
  }
}

/** A component that the whole step leads to 0 becomes 0 exactly: its step is its negative. */
function move(point: Float64Array, step: Float64Array, length: number, out: Float64Array): void {
  for (let j = 0; j < out.length; j++) out[j] = point[j]! + length * step[j]!;
}

function sizeOf(point: Float64Array, l1: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < point.length; j++) sum += l1[j]! * Math.abs(point[j]!);
  return sum;
}
