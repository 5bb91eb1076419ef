import { unitOf } from "./newton";
import { factorPositiveDefinite, solveWithFactor } from "../linear-algebra/positive-definite";

/** A step to the minimum of a quadratic model of a function plus Σ l1ⱼ |θⱼ|. */
export interface ProximalStep {
  readonly step: Float64Array;
  /** What the model promises, twice: −(gᵀs + Σ l1ⱼ (|θⱼ + sⱼ| − |θⱼ|)) ≥ sᵀHs; without `l1` the squared Newton decrement. */
  readonly decrement: number;
  /** Largest absolute component of the least subgradient at θ: 0 exactly at the minimum (the Karush–Kuhn–Tucker conditions). */
  readonly gradientNorm: number;
  /** Whether the Hessian of the coefficients that are not 0 is positive definite. */
  readonly isRegular: boolean;
}

/** A component at 0 stays there while its gradient exceeds its l1 by no more than this in its unit (and this share of it): rounding of a tie. */
const TIE = 1e-12;
/** Sweeps over all components before the components that are not 0 are solved for at once. */
const SWEEPS_PER_SOLVE = 4;
const MAX_SWEEPS = 2000;
/** A sweep that moves no component by more than this share of what the first one did has converged. */
const SWEEP_TOLERANCE = 1e-14;

/**
 * Minimises gᵀs + ½ sᵀHs + Σ l1ⱼ |θⱼ + sⱼ| over the step s, by coordinate descent (Friedman, Hastie and Tibshirani 2010) that ends in an exact
 * solution for the components that are not 0.
 *
 * @param hessian - flat, symmetric
 * @param sizes - as those of a `NewtonObjective`
 */
export function proximalStep(hessian: Float64Array, gradient: Float64Array, point: Float64Array, l1: Float64Array | undefined, sizes?: Float64Array): ProximalStep {
  const size = point.length;
  const units = point.map((_, j) => unitOf(j, size, hessian, sizes));
  if (l1 === undefined) return newtonStep(hessian, gradient, units);
  const ties = l1.map((limit, j) => limit + TIE * (limit + units[j]!));
  const target = point.slice();
  const slope = gradient.slice();
  let isRegular = false;
  let firstMove = 0;
  for (let sweep = 1; sweep <= MAX_SWEEPS && !isRegular; sweep++) {
    const move = sweepComponents(hessian, slope, target, l1, ties);
    firstMove = Math.max(firstMove, move);
    if (sweep % SWEEPS_PER_SOLVE === 0 || move <= SWEEP_TOLERANCE * firstMove) {
      isRegular = solveSupport(hessian, gradient, point, l1, ties, target, slope);
      if (move <= SWEEP_TOLERANCE * firstMove) break;
    }
  }
  const step = target.map((component, j) => component - point[j]!);
  let promised = 0;
  for (let j = 0; j < size; j++) promised -= gradient[j]! * step[j]! + l1[j]! * (Math.abs(target[j]!) - Math.abs(point[j]!));
  return { step, decrement: promised, gradientNorm: subgradientNorm(gradient, point, l1, units), isRegular };
}

function newtonStep(hessian: Float64Array, gradient: Float64Array, units: Float64Array): ProximalStep {
  const size = gradient.length;
  const gradientNorm = gradient.reduce((largest, component, j) => Math.max(largest, Math.abs(component) / units[j]!), 0);
  const factor = factorPositiveDefinite(hessian, size);
  if (factor === undefined) return { step: new Float64Array(size), decrement: 0, gradientNorm, isRegular: false };
  const step = solveWithFactor(
    factor,
    gradient.map((component) => -component),
  );
  return { step, decrement: -gradient.reduce((sum, component, j) => sum + component * step[j]!, 0), gradientNorm, isRegular: true };
}

/** The largest absolute component, each in its unit, of the subgradient that is least in size. */
function subgradientNorm(gradient: Float64Array, point: Float64Array, l1: Float64Array, units: Float64Array): number {
  let largest = 0;
  for (let j = 0; j < point.length; j++) {
    const component = point[j] === 0 ? Math.max(0, Math.abs(gradient[j]!) - l1[j]!) : Math.abs(gradient[j]! + Math.sign(point[j]!) * l1[j]!);
    // Written so that NaN is kept.
    if (!(component / units[j]! <= largest)) largest = component / units[j]!;
  }
  return largest;
}

/** One round of exact minimisation over each component; returns the largest move, in the unit of the function. */
function sweepComponents(hessian: Float64Array, slope: Float64Array, target: Float64Array, l1: Float64Array, ties: Float64Array): number {
  const size = target.length;
  let largest = 0;
  for (let j = 0; j < size; j++) {
    const curvature = hessian[j * size + j]!;
    if (!(curvature > 0)) continue;
    const old = target[j]!;
    const pull = curvature * old - slope[j]!;
    const limit = old === 0 && l1[j]! > 0 ? ties[j]! : l1[j]!;
    const moved = Math.abs(pull) <= limit ? 0 : (pull - Math.sign(pull) * l1[j]!) / curvature;
    const change = moved - old;
    if (change === 0) continue;
    target[j] = moved;
    for (let i = 0; i < size; i++) slope[i] = slope[i]! + change * hessian[j * size + i]!;
    largest = Math.max(largest, Math.abs(change) * Math.sqrt(curvature));
  }
  return largest;
}

/**
 * Solves for the components that are not 0, with the signs they have. True, and `target` and `slope` are the solution, where no sign
 * turns and no component at 0 would leave it: then it is the minimum.
 */
function solveSupport(
  hessian: Float64Array,
  gradient: Float64Array,
  point: Float64Array,
  l1: Float64Array,
  ties: Float64Array,
  target: Float64Array,
  slope: Float64Array,
): boolean {
  const size = target.length;
  const support = independentSupport(hessian, l1, target);
  if (support === undefined) return false;
  const count = support.length;
  const rightSide = new Float64Array(count);
  for (let a = 0; a < count; a++) {
    const row = support[a]! * size;
    let right = -gradient[support[a]!]! - Math.sign(target[support[a]!]!) * l1[support[a]!]!;
    // H (θ − 0) moves to the right side, so that the unknowns are the components themselves.
    for (let j = 0; j < size; j++) right += hessian[row + j]! * point[j]!;
    rightSide[a] = right;
  }
  const factor = factorPositiveDefinite(blockOf(hessian, size, support), count);
  if (factor === undefined) return false;
  const solution = solveWithFactor(factor, rightSide);
  for (let a = 0; a < count; a++) if (l1[support[a]!]! > 0 && Math.sign(solution[a]!) !== Math.sign(target[support[a]!]!)) return false;

  const solved = new Float64Array(size);
  support.forEach((j, a) => (solved[j] = solution[a]!));
  const solvedSlope = gradient.slice();
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) solvedSlope[i] = solvedSlope[i]! + hessian[i * size + j]! * (solved[j]! - point[j]!);
  }
  for (let j = 0; j < size; j++) if (solved[j] === 0 && Math.abs(solvedSlope[j]!) > 2 * ties[j]! - l1[j]!) return false;
  target.set(solved);
  slope.set(solvedSlope);
  return true;
}

function blockOf(hessian: Float64Array, size: number, support: readonly number[]): Float64Array {
  const count = support.length;
  const block = new Float64Array(count * count);
  for (let a = 0; a < count; a++) for (let b = 0; b < count; b++) block[a * count + b] = hessian[support[a]! * size + support[b]!]!;
  return block;
}

/** A combination of components along which Σ l1ⱼ |θⱼ| changes by no more than this share of what it could is a tie. */
const LEVEL_SHARE = 1e-9;

/**
 * The components that are not 0. Where their columns repeat each other the minimum may be a whole line, along which neither the quadratic
 * nor the sum of absolute values changes: `target` then goes along it until a component is 0. Undefined where they are dependent without a tie,
 * which further sweeps resolve.
 */
function independentSupport(hessian: Float64Array, l1: Float64Array, target: Float64Array): number[] | undefined {
  for (;;) {
    const support: number[] = [];
    for (let j = 0; j < target.length; j++) if (target[j] !== 0 || l1[j] === 0) support.push(j);
    const direction = firstDependence(blockOf(hessian, target.length, support), support.length);
    if (direction === undefined) return support;
    if (!leaveTie(direction, support, l1, target)) return undefined;
  }
}

/** A pivot below this share of its column is what rounding left of 0. */
const ZERO_PIVOT = 1e-11;

/** A combination that a positive-semidefinite matrix sends to 0, of the first column that earlier ones determine; undefined where none does. */
function firstDependence(matrix: Float64Array, count: number): Float64Array | undefined {
  const lower = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    let pivot = matrix[a * count + a]!;
    for (let k = 0; k < a; k++) {
      let product = matrix[a * count + k]!;
      for (let m = 0; m < k; m++) product -= lower[a * count + m]! * lower[k * count + m]!;
      product /= lower[k * count + k]!;
      lower[a * count + k] = product;
      pivot -= product * product;
    }
    if (pivot > ZERO_PIVOT * matrix[a * count + a]!) {
      lower[a * count + a] = Math.sqrt(pivot);
      continue;
    }
    const direction = new Float64Array(count);
    for (let k = a - 1; k >= 0; k--) {
      let value = lower[a * count + k]!;
      for (let m = k + 1; m < a; m++) value += lower[m * count + k]! * direction[m]!;
      direction[k] = -value / lower[k * count + k]!;
    }
    direction[a] = 1;
    return direction;
  }
  return undefined;
}

/** Goes along a tie until a component is 0, of equally near ones the last; false where it is none. */
function leaveTie(direction: Float64Array, support: readonly number[], l1: Float64Array, target: Float64Array): boolean {
  const count = support.length;
  let change = 0;
  let possible = 0;
  let length = Infinity;
  let leaving = -1;
  for (let a = count - 1; a >= 0; a--) {
    const j = support[a]!;
    const weighed = l1[j]! * direction[a]!;
    change += Math.sign(target[j]!) * weighed;
    possible += Math.abs(weighed);
    const reach = -target[j]! / direction[a]!;
    if (l1[j]! > 0 && Math.abs(direction[a]!) > LEVEL_SHARE && Math.abs(reach) < Math.abs(length)) {
      length = reach;
      leaving = a;
    }
  }
  if (leaving < 0 || !(Math.abs(change) <= LEVEL_SHARE * possible)) return false;
  for (let a = 0; a < count; a++) target[support[a]!] = target[support[a]!]! + length * direction[a]!;
  target[support[leaving]!] = 0;
  return true;
}
