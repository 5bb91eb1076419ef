import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { featureMatrixFromRows } from "clientele/data";
import { computeAdjustedRand, computeClusterJaccard, computeStability, stabilitySteps, type ClusteringTask } from "clientele/evaluation";
import { expectRefusal } from "../support/errors";
import { clusterFromFirstRows, clusteringReference } from "./clustering-reference";

describe("computeAdjustedRand and computeClusterJaccard", () => {
  it.each(clusteringReference().agreement)("agree with scikit-learn and numpy: $name", ({ labels, others, adjustedRand, jaccard }) => {
    expect(Math.abs(computeAdjustedRand(labels, others) - adjustedRand)).toBeLessThan(1e-12);
    const found = computeClusterJaccard(labels, others);
    expect(found.map(({ cluster, match }) => [cluster, match])).toEqual(jaccard.map(([cluster, match]) => [cluster, match]));
    expect(found.map((entry) => entry.rowCount)).toEqual(jaccard.map(([cluster]) => labels.filter((label) => label === cluster).length));
    found.forEach((entry, i) => expect(Math.abs(entry.jaccard - jaccard[i]![2])).toBeLessThan(1e-15));
  });

  const groupings = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 2, maxLength: 40 });

  it("do not depend on numbers or on the order of rows, and the first is symmetric", () => {
    fc.assert(
      fc.property(groupings, (pairs) => {
        const a = pairs.map(([label]) => label);
        const b = pairs.map(([, label]) => label);
        const index = computeAdjustedRand(a, b);
        expect(index).toBeLessThanOrEqual(1);
        expect(computeAdjustedRand(b, a)).toBeCloseTo(index, 12);
        expect(computeAdjustedRand(a.map((label) => 9 - label).reverse(), b.slice().reverse())).toBeCloseTo(index, 12);
        expect(computeAdjustedRand(a, a)).toBe(1);
        for (const { jaccard } of computeClusterJaccard(a, b)) expect(jaccard > 0 && jaccard <= 1).toBe(true);
        expect(computeClusterJaccard(a, a).every(({ cluster, match, jaccard }) => cluster === match && jaccard === 1)).toBe(true);
      }),
    );
  });

  it("count pairs of a million rows without losing any", () => {
    const labels = Int32Array.from({ length: 1_000_000 }, (_, row) => row % 2);
    const others = labels.slice();
    others[0] = 1;
    // One row of the first half of 500,000 moved: n₁₁ = 499,999, n₁₂ = 1, n₂₂ = 500,000.
    const pairs = (count: bigint): bigint => (count * (count - 1n)) / 2n;
    const together = pairs(499_999n) + pairs(500_000n);
    const inA = 2n * pairs(500_000n);
    const inB = pairs(499_999n) + pairs(500_001n);
    const all = pairs(1_000_000n);
    const exact = Number((2n * (together * all - inA * inB) * 10n ** 18n) / ((inA + inB) * all - 2n * inA * inB)) / 1e18;
    expect(Math.abs(computeAdjustedRand(labels, others) - exact)).toBeLessThan(1e-12);
  });

  it("refuse by name", () => {
    expectRefusal(() => computeAdjustedRand([0, 1], [0]), "lengthMismatch", "others must have 2 values");
    expectRefusal(() => computeAdjustedRand([0], [0]), "tooFewRows", "at least 2 rows");
    expectRefusal(() => computeClusterJaccard([0, 0.5], [0, 1]), "invalidInput", "labels must be whole numbers from 0");
  });
});

describe("computeStability", () => {
  it.each(clusteringReference().stability)("agrees with numpy on the same resamples: $name", (expected) => {
    const { labels, resamples, seed } = expected;
    const stability = computeStability(featureMatrixFromRows(expected.rows), labels, { cluster: clusterFromFirstRows, resamples, seed });
    expect(Math.abs(stability.adjustedRand - expected.adjustedRand)).toBeLessThan(1e-12);
    expect(Math.abs(stability.adjustedRandDeviation - expected.adjustedRandDeviation)).toBeLessThan(1e-12);
    expect(stability.byCluster).toHaveLength(expected.byCluster.length);
    stability.byCluster.forEach((found, i) => {
      const { jaccard, recovered, dissolved, ...counts } = expected.byCluster[i]!;
      expect(found).toMatchObject(counts);
      expect(Math.abs(found.jaccard - jaccard)).toBeLessThan(1e-12);
      expect(Math.abs(found.recovered - recovered)).toBeLessThan(1e-12);
      expect(Math.abs(found.dissolved - dissolved)).toBeLessThan(1e-12);
    });
  });

  it("gives the numbers of the labels, whatever they are", () => {
    const matrix = featureMatrixFromRows([[1], [2], [3], [41], [42], [43]]);
    const { byCluster } = computeStability(matrix, [8, 8, 8, 3, 3, 3], { cluster: clusterBySide, resamples: 20 });
    expect(byCluster.map(({ cluster, jaccard }) => [cluster, jaccard])).toEqual([[3, 1], [8, 1]]);
  });

  it("draws until there are as many different rows as clusters", () => {
    const matrix = featureMatrixFromRows([[1], [2], [3]]);
    const sizes: number[] = [];
    const cluster = (task: ClusteringTask): Int32Array => {
      sizes.push(task.matrix.rowCount);
      return Int32Array.from(task.matrix.values, (_, row) => row);
    };
    expect(computeStability(matrix, [0, 1, 2], { cluster, resamples: 30 }).adjustedRand).toBe(1);
    expect(new Set(sizes)).toEqual(new Set([3]));
  });

  it("yields after each resample and refuses by name", () => {
    const matrix = featureMatrixFromRows([[1], [2], [41], [42]]);
    const steps = [...stabilitySteps(matrix, [0, 0, 1, 1], { cluster: clusterBySide, resamples: 3 })];
    expect(steps).toEqual([1, 2, 3].map((done) => ({ phase: "stability", done, total: 3 })));
    expectRefusal(() => computeStability(matrix, [0, 1], { cluster: clusterBySide }), "lengthMismatch", "labels must have 4 values");
    expectRefusal(() => computeStability(matrix, [0, 0, 1, 1], {} as never), "invalidOption", "cluster is required");
    expectRefusal(() => computeStability(matrix, [0, 0, 1, 1], { cluster: () => [0] }), "lengthMismatch", "the result of cluster");
  });
});

function clusterBySide({ matrix }: ClusteringTask): Int32Array {
  return Int32Array.from(matrix.values, (value) => (value < 20 ? 1 : 0));
}
