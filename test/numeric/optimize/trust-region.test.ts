import { describe, expect, test } from "vitest";
import { minimizeInTrustRegion, type SmoothObjective, type TrustRegionOptions, type TrustRegionResult } from "../../../src/numeric/optimize/trust-region";

type Evaluate = (point: Float64Array, gradient: Float64Array, hessian: Float64Array) => number;

function minimize(size: number, evaluate: Evaluate, start: readonly number[], options: Partial<TrustRegionOptions> = {}): TrustRegionResult {
  const objective: SmoothObjective<never> = {
    size,
    // eslint-disable-next-line require-yield -- it never pauses
    *derivatives(point, gradient, hessian) {
      return evaluate(point, gradient, hessian);
    },
  };
  const steps = minimizeInTrustRegion(objective, Float64Array.from(start), { tolerance: 1e-9, maxIterations: 200, limit: 100, ...options });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** 100 (y − x²)² + (1 − x)². */
const rosenbrock: Evaluate = ([x, y], gradient, hessian) => {
  const d = y! - x! * x!;
  gradient.set([-400 * x! * d - 2 * (1 - x!), 200 * d]);
  hessian.set([1200 * x! * x! - 400 * y! + 2, -400 * x!, 0, 200]);
  return 100 * d * d + (1 - x!) ** 2;
};

describe("finds minima", () => {
  test("of Rosenbrock's valley, along which the Hessian is indefinite in places", () => {
    for (const start of [[-1.2, 1], [3, -7], [-20, 30]]) {
      const { status, point, gradientNorm } = minimize(2, rosenbrock, start);
      expect(status).toBe("converged");
      expect(point[0]).toBeCloseTo(1, 8);
      expect(point[1]).toBeCloseTo(1, 8);
      expect(gradientNorm).toBeLessThan(1e-6);
    }
  });

  test("from a saddle point, where the gradient is 0", () => {
    // (x² − 1)² + y²: a saddle at 0, minima at ±1.
    const { status, point, value } = minimize(
      2,
      ([x, y], gradient, hessian) => {
        gradient.set([4 * x! * (x! * x! - 1), 2 * y!]);
        hessian.set([12 * x! * x! - 4, 0, 0, 2]);
        return (x! * x! - 1) ** 2 + y! * y!;
      },
      [0, 0],
    );
    expect(status).toBe("converged");
    expect(Math.abs(point[0]!)).toBeCloseTo(1, 9);
    expect(value).toBeCloseTo(0, 12);
  });

  test("though the value is so large that only the gradient tells", () => {
    const { status, point } = minimize(
      1,
      ([x], gradient, hessian) => {
        gradient[0] = 2 * (x! - 3);
        hessian[0] = 2;
        return 1e12 + (x! - 3) ** 2;
      },
      [3.0001],
    );
    expect(status).toBe("converged");
    expect(point[0]).toBe(3);
  });
});

describe("says why it ended", () => {
  test("runaway where the infimum lies at infinity", () => {
    const result = minimize(
      2,
      ([x, y], gradient, hessian) => {
        gradient.set([-Math.exp(-x!), 2 * y!]);
        hessian.set([Math.exp(-x!), 0, 0, 2]);
        return Math.exp(-x!) + y! * y!;
      },
      [0, 1],
      { limit: 14, tolerance: 1e-12 },
    );
    expect(result.status).toBe("runaway");
    expect(result.point[0]).toBeGreaterThan(14);
    expect(result.eigen.values[0]).toBeLessThan(1e-5);
  });

  test("iterationLimit", () => {
    expect(minimize(2, rosenbrock, [-1.2, 1], { maxIterations: 3 })).toMatchObject({ status: "iterationLimit", iterations: 3 });
  });

  test("stalled where the start has no finite value", () => {
    expect(minimize(1, () => NaN, [0]).status).toBe("stalled");
  });

  test("a trial without a finite value only shortens the step", () => {
    // −log x + x has its minimum at 1, and is not defined for x ≤ 0.
    const { status, point } = minimize(
      1,
      ([x], gradient, hessian) => {
        gradient[0] = 1 - 1 / x!;
        hessian[0] = 1 / (x! * x!);
        return x! > 0 ? x! - Math.log(x!) : NaN;
      },
      [3.5],
    );
    expect(status).toBe("converged");
    expect(point[0]).toBeCloseTo(1, 9);
  });
});
