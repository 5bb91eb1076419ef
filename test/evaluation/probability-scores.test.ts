import { describe, expect, it } from "vitest";
import { computeAccuracy, computeBrier, computeLogLoss } from "clientele/evaluation";

describe("computeLogLoss", () => {
  it("clips at 2⁻⁵²", () => {
    expect(computeLogLoss([1], [0])).toBe(-Math.log(2 ** -52));
    expect(computeLogLoss([0], [1])).toBeCloseTo(52 * Math.log(2), 12);
    expect(computeLogLoss([1], [1]) / 2 ** -52).toBeCloseTo(1, 12);
  });

  it("allows one class", () => {
    expect(computeLogLoss([0, 0], [0.5, 0.5])).toBe(Math.log(2));
  });

  it("names the row of a value that is no probability", () => {
    expect(() => computeLogLoss([0, 1], [0.5, 1.5])).toThrow("computeLogLoss: probabilities must be from 0 to 1; got 1.5 at row 1");
    expect(() => computeBrier([0, 1], [-0.1, 0.5])).toThrow("computeBrier: probabilities must be from 0 to 1; got -0.1 at row 0");
    expect(() => computeBrier([0, 1], [0.1, NaN])).toThrow("computeBrier: probabilities must hold finite numbers; got NaN at position 1");
    expect(() => computeBrier([0, 1], [0.1])).toThrow("computeBrier: probabilities must have 2 values (one for each row of labels); got 1");
  });
});

describe("computeAccuracy", () => {
  it("counts a probability of exactly the threshold as a yes", () => {
    expect(computeAccuracy([1, 0], [0.5, 0.5])).toBe(0.5);
    expect(computeAccuracy([1, 1, 0], [0.5, 0.75, 0.25])).toBe(1);
    expect(computeAccuracy([1, 1, 0], [0.25, 0.75, 0.2], { threshold: 0.25 })).toBe(1);
  });

  it("refuses a threshold that is no probability", () => {
    expect(() => computeAccuracy([1], [0.5], { threshold: 2 })).toThrow("computeAccuracy: threshold must be a number from 0 to 1; got 2");
  });
});
