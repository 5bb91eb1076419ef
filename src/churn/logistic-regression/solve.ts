import type { Steps } from "../../steps/steps";
import { estimateFromSteps, estimateSteps, type Estimate, type Limits, type WarmStart } from "./estimate";
import { firthSteps } from "./firth";
import { rowWeights, type Observations } from "./observations";
import { prepareLargeSteps, prepareSteps, problemOf, type Penalty, type Prepared } from "./prepare";
import { isProvedRegular, sampledStartSteps } from "./sample";
import type { ClassWeights, LogisticEstimator } from "./spec";

/** What a fit is to do, apart from its strength. */
export interface Settings extends Limits {
  readonly l1Share: number;
  readonly standardize: boolean;
  readonly estimator: LogisticEstimator;
  readonly classWeights: ClassWeights | undefined;
  readonly seed: number;
}

/** A solution, and the rows as they were prepared for it. */
export interface Solution {
  readonly prepared: Prepared;
  readonly estimate: Estimate;
}

/** One fit: on a sample and then on gradients where the rows are many, with Newton's method on all rows otherwise. */
export function* solveSteps(caller: string, observations: Observations, strength: number, settings: Settings): Steps<Solution> {
  const { estimator, classWeights, seed } = settings;
  const weights = rowWeights(observations, classWeights);
  if (estimator === "firth") {
    const prepared = yield* prepareSteps(caller, observations, weights, true);
    return { prepared, estimate: yield* firthSteps(prepared.rows, prepared.sizes, observations.weightSum, settings) };
  }
  const penalty: Penalty = { ...settings, strength };
  const large = yield* prepareLargeSteps(caller, observations, weights, seed);
  if (large?.sample !== undefined) {
    const problem = problemOf(large, penalty);
    const start = yield* sampledStartSteps(problem, large.sample);
    const isCertain = start !== undefined && (strength > 0 || isProvedRegular(start, large.rows.data.rowCount, large.sample));
    if (isCertain) return { prepared: large, estimate: yield* estimateFromSteps(problem, start, settings) };
  }
  const prepared = yield* prepareSteps(caller, observations, weights, strength === 0);
  return { prepared, estimate: yield* estimateSteps(problemOf(prepared, penalty), settings) };
}

/** Fits of one penalty after another on the same rows, each from the solution before. */
export function* solvePathSteps(caller: string, observations: Observations, strengths: ArrayLike<number>, settings: Settings): Steps<Solution[]> {
  const weights = rowWeights(observations, settings.classWeights);
  const solutions: Solution[] = [];
  const large = yield* prepareLargeSteps(caller, observations, weights, settings.seed);
  // A path that ends in maximum likelihood finds out on the way which columns repeat each other: not from a warm start.
  const prepared = large ?? (yield* prepareSteps(caller, observations, weights, false));
  let warm: WarmStart | undefined;
  for (let k = 0; k < strengths.length; k++) {
    const strength = strengths[k]!;
    const problem = problemOf(prepared, { ...settings, strength });
    if (strength === 0) {
      solutions.push(yield* solveSteps(caller, observations, strength, settings));
      continue;
    }
    if (prepared.sample !== undefined) warm ??= yield* sampledStartSteps(problem, prepared.sample);
    const estimate: Estimate =
      warm !== undefined && prepared.sample !== undefined ? yield* estimateFromSteps(problem, warm, settings) : yield* estimateSteps(problem, settings, warm?.point);
    solutions.push({ prepared, estimate });
    const next = strengths[k + 1];
    if (next !== undefined) warm = { point: estimate.point, hessian: withPenaltyOf(problem.l2, problemOf(prepared, { ...settings, strength: next }).l2, estimate.hessian) };
  }
  return solutions;
}

/** The Hessian with another penalty on the squares. */
function withPenaltyOf(from: Float64Array, to: Float64Array, hessian: Float64Array): Float64Array {
  const size = from.length + 1;
  const changed = hessian.slice();
  for (let j = 1; j < size; j++) changed[j * size + j] = changed[j * size + j]! + to[j - 1]! - from[j - 1]!;
  return changed;
}
