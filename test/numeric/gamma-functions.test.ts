import { describe, expect, test } from "vitest";
import { nextGamma } from "../../src/numeric/random/gamma";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { digamma, trigamma } from "../../src/numeric/special/digamma";
import { incompleteBeta } from "../../src/numeric/special/incomplete-beta";
import { logBeta } from "../../src/numeric/special/log-beta";
import { logGamma } from "../../src/numeric/special/log-gamma";
import { digammaRise, logRising, trigammaRise } from "../../src/numeric/special/rising-factorial";
import expected from "../reference/gamma-functions/expected.json";

/** Relative, and absolute where a function passes through 0. */
function expectClose(found: number, wanted: number, tolerance: number, what: string): void {
  expect(Math.abs(found - wanted), `${what}: ${found} for ${wanted}`).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(wanted)));
}

function expectRelative(found: number, wanted: number, tolerance: number, what: string): void {
  expect(Math.abs(found - wanted), `${what}: ${found} for ${wanted}`).toBeLessThanOrEqual(tolerance * Math.abs(wanted));
}

describe("equals mpmath to 1e-14", () => {
  test("log Γ, ψ and ψ′", () => {
    expect(expected.points.length).toBeGreaterThan(30);
    for (const point of expected.points) {
      expectClose(logGamma(point.x), point.logGamma, 5e-15, `log Γ(${point.x})`);
      expectClose(digamma(point.x), point.digamma, 2e-15, `ψ(${point.x})`);
      if (point.trigamma !== null) expectRelative(trigamma(point.x), point.trigamma, 2e-15, `ψ′(${point.x})`);
    }
  });

  test("log B, for very unequal arguments too", () => {
    for (const { a, b, value } of expected.logBeta) {
      expectClose(logBeta(a, b), value, 5e-15, `log B(${a}, ${b})`);
      expect(logBeta(b, a)).toBe(logBeta(a, b));
    }
  });

  test("rising factorials and their derivatives", () => {
    for (const { a, n, log, first, second } of expected.rising) {
      expectClose(logRising(a, n), log, 3e-15, `log (${a})_${n}`);
      expectRelative(digammaRise(a, n), first, 2e-15, `first derivative of log (${a})_${n}`);
      expectRelative(trigammaRise(a, n), second, 2e-15, `second derivative of log (${a})_${n}`);
    }
  });
});

test("the incomplete beta function has exact values where they are known", () => {
  // I_x(1, b) = 1 − (1 − x)^b and I_x(a, 1) = x^a.
  for (const [x, b] of [[0.3, 4], [1e-9, 1e6], [0.99, 0.01], [0.5, 2e5]] as const) {
    expectRelative(incompleteBeta(x, 1, b), -Math.expm1(b * Math.log1p(-x)), 1e-12, `I_${x}(1, ${b})`);
    expectRelative(incompleteBeta(x, b, 1), x ** b, 1e-9, `I_${x}(${b}, 1)`);
  }
});

test("gamma variables have the mean and the variance of their shape", () => {
  for (const shape of [0.3, 1, 2.5, 40]) {
    const random = new RandomStream(5);
    const count = 40_000;
    const draws = Float64Array.from({ length: count }, () => nextGamma(random, shape));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / count;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / count;
    // Both within four standard errors; the variance of the squared deviation is 2 shape² + 6 shape.
    expect(Math.abs(mean - shape)).toBeLessThan(4 * Math.sqrt(shape / count));
    expect(Math.abs(variance - shape)).toBeLessThan(4 * Math.sqrt((2 * shape * shape + 6 * shape) / count));
  }
});
