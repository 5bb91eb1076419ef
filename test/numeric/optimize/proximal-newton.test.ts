import { describe, expect, it } from "vitest";
import type { NewtonObjective } from "../../../src/numeric/optimize/newton";
import { minimizeByProximalNewton } from "../../../src/numeric/optimize/proximal-newton";
import { proximalStep } from "../../../src/numeric/optimize/proximal-step";
import { minimizeByQuasiNewton } from "../../../src/numeric/optimize/quasi-newton";
import { RandomStream } from "../../../src/numeric/random/random-stream";

const random = new RandomStream(4);

/** A positive-definite matrix and a gradient. */
function drawQuadratic(size: number): { hessian: Float64Array; gradient: Float64Array } {
  const rows = Array.from({ length: size + 2 }, () => Array.from({ length: size }, () => random.nextFloat() - 0.5));
  const hessian = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) hessian[i * size + j] = rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0);
  return { hessian, gradient: Float64Array.from({ length: size }, () => random.nextFloat() - 0.5) };
}

/** The minimum of a quadratic with absolute values by trying every pattern of signs: each is a linear system. */
function byEnumeration(hessian: Float64Array, gradient: Float64Array, point: Float64Array, l1: Float64Array): number {
  const size = point.length;
  const valueAt = (target: readonly number[]): number => {
    const step = target.map((value, j) => value - point[j]!);
    let value = target.reduce((sum, component, j) => sum + l1[j]! * Math.abs(component), 0);
    for (let i = 0; i < size; i++) {
      value += gradient[i]! * step[i]!;
      for (let j = 0; j < size; j++) value += (step[i]! * hessian[i * size + j]! * step[j]!) / 2;
    }
    return value;
  };
  let best = Infinity;
  for (let pattern = 0; pattern < 3 ** size; pattern++) {
    const signs = point.map((_, j) => (Math.floor(pattern / 3 ** j) % 3) - 1);
    const support = [...signs.keys()].filter((j) => signs[j] !== 0);
    const system = support.map((i) => [...support.map((j) => hessian[i * size + j]!), -gradient[i]! - signs[i]! * l1[i]! + point.reduce((sum, value, j) => sum + hessian[i * size + j]! * value, 0)]);
    for (let k = 0; k < support.length; k++) {
      for (let i = 0; i < support.length; i++) {
        if (i === k) continue;
        const share = system[i]![k]! / system[k]![k]!;
        system[i] = system[i]!.map((value, j) => value - share * system[k]![j]!);
      }
    }
    const target = new Array<number>(size).fill(0);
    support.forEach((j, k) => (target[j] = system[k]!.at(-1)! / system[k]![k]!));
    best = Math.min(best, valueAt(target));
  }
  return best;
}

describe("a step with absolute values", () => {
  it("reaches the least value of all patterns of signs", () => {
    for (let repeat = 0; repeat < 60; repeat++) {
      const size = 1 + (repeat % 5);
      const { hessian, gradient } = drawQuadratic(size);
      const point = Float64Array.from({ length: size }, () => (random.nextInteger(2) === 0 ? 0 : random.nextFloat() - 0.5));
      const l1 = Float64Array.from({ length: size }, (_, j) => (j === 0 ? 0 : 0.4 * random.nextFloat()));
      const { step, isRegular, decrement } = proximalStep(hessian, gradient, point, l1);
      expect(isRegular).toBe(true);
      const target = Array.from(step, (component, j) => component + point[j]!);
      let value = target.reduce((sum, component, j) => sum + l1[j]! * Math.abs(component), 0);
      for (let i = 0; i < size; i++) {
        value += gradient[i]! * step[i]!;
        for (let j = 0; j < size; j++) value += (step[i]! * hessian[i * size + j]! * step[j]!) / 2;
      }
      expect(value).toBeCloseTo(byEnumeration(hessian, gradient, point, l1), 12);
      expect(decrement).toBeGreaterThan(-1e-15);
    }
  });

  it("is 0, with no subgradient left, at the minimum", () => {
    const { hessian, gradient } = drawQuadratic(4);
    const l1 = new Float64Array([0, 0.05, 0.05, 10]);
    const zero = new Float64Array(4);
    const { step } = proximalStep(hessian, gradient, zero, l1);
    const there = gradient.map((component, i) => component + step.reduce((sum, value, j) => sum + hessian[i * 4 + j]! * value, 0));
    const again = proximalStep(hessian, there, step, l1);
    expect(again.gradientNorm).toBeLessThan(1e-15);
    expect(Math.max(...again.step.map(Math.abs))).toBeLessThan(1e-14);
    expect(step[3]).toBe(0);
  });

  it("of equal columns keeps one", () => {
    const column = [1, 1, -1];
    const hessian = Float64Array.from({ length: 9 }, (_, k) => column[Math.floor(k / 3)]! * column[k % 3]!);
    const start = Float64Array.of(0.2, 0.3, -0.1);
    const { step, isRegular } = proximalStep(hessian, Float64Array.of(-1, -1, 1), start, Float64Array.of(0.1, 0.1, 0.1));
    expect(isRegular).toBe(true);
    const target = Array.from(step, (component, j) => component + start[j]!);
    expect(target.filter((component) => Math.abs(component) > 1e-15)).toHaveLength(1);
    // 0.6 + 1 − 0.1: the sum of what the three do alike.
    expect(target.reduce((sum, component, j) => sum + component * column[j]!, 0)).toBeCloseTo(1.5, 12);
  });
});

/** Σ log cosh(θⱼ − aⱼ) + ½ θᵀHθ. */
function objectiveOf({ hessian: quadratic, gradient: shifts }: ReturnType<typeof drawQuadratic>): NewtonObjective<void> & { gradient(point: Float64Array, out: Float64Array): Generator<void, number, void> } {
  const size = shifts.length;
  const evaluate = (point: Float64Array, gradient: Float64Array, hessian?: Float64Array): number => {
    let value = 0;
    for (let i = 0; i < size; i++) {
      const slope = Math.tanh(point[i]! - 3 * shifts[i]!);
      value += Math.log(Math.cosh(point[i]! - 3 * shifts[i]!));
      let product = 0;
      for (let j = 0; j < size; j++) product += quadratic[i * size + j]! * point[j]!;
      value += (point[i]! * product) / 2;
      gradient[i] = slope + product;
      if (hessian !== undefined) for (let j = i; j < size; j++) hessian[i * size + j] = quadratic[i * size + j]! + (i === j ? 1 - slope * slope : 0);
    }
    return value;
  };
  return {
    size,
    roundingAt: () => 1e-15,
    *value(point) {
      yield;
      return evaluate(point, new Float64Array(size));
    },
    *gradient(point, gradient) {
      yield;
      return evaluate(point, gradient);
    },
    *derivatives(point, gradient, hessian) {
      yield;
      return evaluate(point, gradient, hessian);
    },
  };
}

function run<Result>(steps: Generator<void, Result, void>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

describe.each([0, 0.1, 0.4])("minimisation, absolute values × %d", (weight) => {
  it("by proximal and by quasi-Newton steps agrees, and meets the conditions", () => {
    for (let repeat = 0; repeat < 20; repeat++) {
      const objective = objectiveOf(drawQuadratic(6));
      const l1 = new Float64Array(6).fill(weight);
      const start = new Float64Array(6);
      const exact = run(minimizeByProximalNewton(objective, l1, start, { tolerance: 1e-12, maxIterations: 100 }));
      expect(exact.status).toBe("converged");
      expect(exact.gradientNorm).toBeLessThan(1e-12);
      // A Hessian that is wrong by a tenth, and a start that is off.
      const rough = exact.hessian.map((value, k) => value * (k % 7 === 0 ? 1.1 : 1));
      const near = exact.point.map((component, j) => component + 0.05 * (j - 2));
      const found = run(minimizeByQuasiNewton(objective, near, rough, { tolerance: 1e-12, maxIterations: 60, l1: weight === 0 ? undefined : l1 }));
      expect(found.status).toBe("converged");
      expect(found.iterations).toBeGreaterThan(1);
      found.point.forEach((component, j) => expect(component).toBeCloseTo(exact.point[j]!, 10));
    }
  });
});

describe("quasi-Newton steps", () => {
  const objective = objectiveOf(drawQuadratic(5));
  const identity = Float64Array.from({ length: 25 }, (_, k) => (k % 6 === 0 ? 1 : 0));

  it("say when they lead up, and stay at the better point", () => {
    const far = new Float64Array(5).fill(4);
    const tiny = identity.map((value) => value * 1e-3);
    const result = run(minimizeByQuasiNewton(objective, far, tiny, { tolerance: 1e-10, maxIterations: 50 }));
    expect(result.status).toBe("slow");
    expect(result.point).toEqual(far);
  });

  it("say when they are slow, or more than allowed", () => {
    const huge = identity.map((value) => value * 100);
    expect(run(minimizeByQuasiNewton(objective, new Float64Array(5), huge, { tolerance: 1e-14, maxIterations: 50 })).status).toBe("slow");
    const result = run(minimizeByQuasiNewton(objective, new Float64Array(5), identity.map((value) => 2 * value), { tolerance: 1e-14, maxIterations: 1 }));
    expect(result).toMatchObject({ status: "iterationLimit", iterations: 1 });
  });
});
