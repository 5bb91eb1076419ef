import { describe, expect, it } from "vitest";
import { minimizeByNewton, type NewtonObjective, type NewtonResult } from "../../../src/numeric/optimize/newton";

/** A function of few variables that pauses once in every evaluation. */
function objectiveOf(
  size: number,
  value: (x: Float64Array) => number,
  gradient: (x: Float64Array) => readonly number[],
  hessian: (x: Float64Array) => readonly number[],
): NewtonObjective<string> {
  return {
    size,
    roundingAt: (x) => 4 * Number.EPSILON * Math.abs(value(x)) + Number.MIN_VALUE,
    *value(x) {
      yield "value";
      return value(x);
    },
    *derivatives(x, outGradient, outHessian) {
      yield "derivatives";
      outGradient.set(gradient(x));
      outHessian.set(hessian(x));
      return value(x);
    },
  };
}

function minimize(objective: NewtonObjective<string>, start: readonly number[], options = {}): { result: NewtonResult; pauses: string[] } {
  const run = minimizeByNewton(objective, Float64Array.from(start), { tolerance: 1e-10, maxIterations: 100, driftTolerance: 1e-9, ...options });
  const pauses: string[] = [];
  for (;;) {
    const step = run.next();
    if (step.done === true) return { result: step.value, pauses };
    pauses.push(step.value);
  }
}

// ½ (x − 3)² + 2 (x − 3)(y + 1)/2 + 2 (y + 1)²
const quadratic = objectiveOf(
  2,
  ([x, y]) => 0.5 * (x! - 3) ** 2 + (x! - 3) * (y! + 1) + 2 * (y! + 1) ** 2,
  ([x, y]) => [x! - 3 + (y! + 1), x! - 3 + 4 * (y! + 1)],
  () => [1, 1, 1, 4],
);
// Newton's full step overshoots and diverges from |x| > 1.09.
const softAbsolute = objectiveOf(1, ([x]) => Math.sqrt(1 + x! * x!), ([x]) => [x! / Math.sqrt(1 + x! * x!)], ([x]) => [(1 + x! * x!) ** -1.5]);
const exponential = objectiveOf(1, ([x]) => Math.exp(-x!), ([x]) => [-Math.exp(-x!)], ([x]) => [Math.exp(-x!)]);

describe("a minimum", () => {
  it("of a quadratic is found in one step", () => {
    const { result, pauses } = minimize(quadratic, [0, 0]);
    expect(result.status).toBe("converged");
    expect(result.iterations).toBe(1);
    expect(result.point[0]).toBeCloseTo(3, 14);
    expect(result.point[1]).toBeCloseTo(-1, 14);
    expect([...result.hessian]).toEqual([1, 1, 1, 4]);
    expect(pauses).toEqual(["derivatives", "derivatives"]);
  });

  it("is found by halving steps that go too far", () => {
    const { result, pauses } = minimize(softAbsolute, [5]);
    expect(result.status).toBe("converged");
    expect(Math.abs(result.point[0]!)).toBeLessThan(1e-10);
    expect(pauses).toContain("value");
  });

  it("needs gradient and decrement: a flat slope is no minimum", () => {
    // At 0 the gradient is 1e-11, the minimum is at x = 1 all the same.
    const flat = objectiveOf(1, ([x]) => 0.5e-11 * (x! - 1) ** 2, ([x]) => [1e-11 * (x! - 1)], () => [1e-11]);
    const { result } = minimize(flat, [0]);
    expect(result.status).toBe("converged");
    expect(result.point[0]).toBeCloseTo(1, 12);
  });
});

describe("no minimum", () => {
  it("drifting is told from converging", () => {
    const { result } = minimize(exponential, [0]);
    expect(result.status).toBe("drifting");
    expect(result.point[0]).toBeGreaterThan(15);
    expect(result.step[0]).toBeCloseTo(1, 6);
  });

  it("drifting is still told when the tolerance is reached", () => {
    const { result } = minimize(exponential, [0], { driftTolerance: 0, maxIterations: 1000 });
    expect(result.status).toBe("drifting");
    expect(result.gradientNorm).toBeLessThan(1e-10);
  });

  it("drifting that is not confirmed goes on, and is asked about again", () => {
    // Until e⁻ˣ has faded, this looks like a function without a minimum.
    const late = objectiveOf(1, ([x]) => Math.exp(-x!) + 0.5e-20 * (x! - 60) ** 2, ([x]) => [-Math.exp(-x!) + 1e-20 * (x! - 60)], ([x]) => [Math.exp(-x!) + 1e-20]);
    const asked: number[] = [];
    const { result } = minimize(late, [0], {
      tolerance: 1e-14,
      *confirmDrift(point: Float64Array) {
        yield "question";
        asked.push(point[0]!);
        return false;
      },
    });
    expect(asked.length).toBeGreaterThan(1);
    asked.slice(1).forEach((x, i) => expect(x - asked[i]!).toBeGreaterThan(4));
    expect(result.status).toBe("converged");
    // There the slopes of both parts are equal.
    expect(result.point[0]).toBeCloseTo(60 + Math.exp(-60) / 1e-20, 6);
    expect(minimize(late, [0], { tolerance: 1e-14 }).result.status).toBe("drifting");
  });

  it("a singular Hessian stalls after a step along what is determined", () => {
    const ridge = objectiveOf(2, ([x, y]) => (x! + y! - 2) ** 2, ([x, y]) => [2 * (x! + y! - 2), 2 * (x! + y! - 2)], () => [2, 2, 2, 2]);
    const { result } = minimize(ridge, [0, 0]);
    expect(result.status).toBe("stalled");
    expect(result.point[0]! + result.point[1]!).toBeCloseTo(2, 6);
  });

  it("a value that is not a number stalls", () => {
    const broken = objectiveOf(1, ([x]) => (x === 0 ? 0 : NaN), () => [1], () => [1]);
    expect(minimize(broken, [0]).result.status).toBe("stalled");
  });
});

it("stops at the iteration limit, with the derivatives of the last point", () => {
  const { result } = minimize(softAbsolute, [5], { maxIterations: 2 });
  expect(result.status).toBe("iterationLimit");
  expect(result.iterations).toBe(2);
  const x = result.point[0]!;
  expect(result.gradient[0]).toBe(x / Math.sqrt(1 + x * x));
  expect(result.gradientNorm).toBe(Math.abs(result.gradient[0]!));
});

it("leaves the start unchanged", () => {
  const start = Float64Array.of(0, 0);
  minimizeByNewton(quadratic, start, { tolerance: 1e-10, maxIterations: 5, driftTolerance: 0 }).next();
  expect(start).toEqual(Float64Array.of(0, 0));
});
