import { expect, test } from "vitest";
import { logChiSquareTail, logTwoSidedTail } from "../../src/numeric/special/chi-square";
import { normalQuantile } from "../../src/numeric/special/normal-quantile";
import { normalTail } from "../../src/numeric/special/normal-tail";
import expected from "../reference/inference/inference.json";

test("logarithms of chi-square tails, as in 30-digit arithmetic", () => {
  for (const { x, degrees, logTail } of expected.tails) {
    // Of the terms that are subtracted from each other in the logarithm, about x and degrees large.
    const tolerance = 2e-15 * Math.max(1, x, degrees) + 1e-14 * Math.abs(logTail);
    expect(Math.abs(logChiSquareTail(x, degrees) - logTail), `${x}, ${degrees}`).toBeLessThan(tolerance);
  }
});

test("of one degree it is the normal distribution's, of two the exponential", () => {
  for (const z of [1e-8, 0.1, 0.9, 1.2, 1.3, 2.5, 6, 20, 37]) {
    const p = Math.exp(logTwoSidedTail(z));
    expect(Math.abs(p / (2 * normalTail(z)) - 1)).toBeLessThan(1e-12);
    expect(logTwoSidedTail(-z)).toBe(logTwoSidedTail(z));
    expect(logChiSquareTail(z, 2)).toBeCloseTo(-z / 2, 13);
  }
  expect(Math.exp(logTwoSidedTail(normalQuantile(0.975)))).toBeCloseTo(0.05, 15);
});

test("ends", () => {
  expect([0, -0].map(logTwoSidedTail)).toEqual([0, 0]);
  expect(logChiSquareTail(Infinity, 3)).toBe(-Infinity);
  expect([logChiSquareTail(0, 0), logChiSquareTail(1, 0)]).toEqual([0, -Infinity]);
  expect(logTwoSidedTail(1e100)).toBeCloseTo(-5e199, -190);
});
