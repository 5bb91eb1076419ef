import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { poolAdjacentViolators } from "../../src/numeric/isotonic/pool-adjacent-violators";
import { largestGap, readExpected } from "../evaluation/reference";

interface Case {
  readonly values: readonly number[];
  readonly weights: readonly number[];
  readonly fitted: readonly number[];
}

/** The value of each position. */
function fitted(values: readonly number[], weights: readonly number[]): number[] {
  const { ends, sums, weights: totals } = poolAdjacentViolators(values.map((value, i) => value * weights[i]!), weights);
  return values.map((_, i) => {
    const block = ends.findIndex((end) => i < end);
    return sums[block]! / totals[block]!;
  });
}

describe("poolAdjacentViolators", () => {
  it.each((readExpected("calibration") as { isotonic: readonly Case[] }).isotonic)("agrees with scikit-learn on $values.length values", (expected) => {
    expect(largestGap(fitted(expected.values, expected.weights), expected.fitted)).toBeLessThan(1e-14);
  });

  it("is the max-min of the means of all runs", () => {
    const points = fc.array(fc.record({ value: fc.integer({ min: -9, max: 9 }), weight: fc.integer({ min: 1, max: 4 }) }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(points, (rows) => {
        const mean = (from: number, to: number): number => {
          const run = rows.slice(from, to + 1);
          return run.reduce((sum, { value, weight }) => sum + value * weight, 0) / run.reduce((sum, { weight }) => sum + weight, 0);
        };
        const expected = rows.map((_, i) =>
          Math.max(...Array.from({ length: i + 1 }, (_from, from) => Math.min(...Array.from({ length: rows.length - i }, (_to, k) => mean(from, i + k))))),
        );
        expect(largestGap(fitted(rows.map(({ value }) => value), rows.map(({ weight }) => weight)), expected)).toBeLessThan(1e-13);
      }),
    );
  });

  it("pools equal neighbours, so that block means rise strictly", () => {
    expect(poolAdjacentViolators([1, 2, 1], [3, 6, 3]).ends).toEqual(Int32Array.of(3));
    expect(poolAdjacentViolators([], []).ends).toHaveLength(0);
  });
});
