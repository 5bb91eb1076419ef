import { describe, expect, it } from "vitest";
import { featureMatrixFromRows } from "clientele/data";
import { computeGap, gapSteps, type ClusteringTask } from "clientele/evaluation";
import { expectRefusal } from "../support/errors";
import { clusterFromFirstRows, clusteringReference } from "./clustering-reference";

function largestDifference(values: readonly number[], expected: readonly number[]): number {
  return Math.max(...expected.map((value, i) => Math.abs(values[i]! - value)));
}

describe("computeGap", () => {
  it.each(clusteringReference().gap)("agrees with numpy on the same draws: $name", (expected) => {
    const { box, to, references, seed } = expected;
    const gap = computeGap(featureMatrixFromRows(expected.rows), { cluster: clusterFromFirstRows, box, to, references, seed });
    expect(gap.k).toBe(expected.k ?? undefined);
    expect(gap.candidates.map(({ k }) => k)).toEqual(expected.gap.map((_, i) => i + 1));
    expect(largestDifference(gap.candidates.map((candidate) => candidate.logInertia), expected.logInertia)).toBeLessThan(1e-9);
    expect(largestDifference(gap.candidates.map((candidate) => candidate.expectedLogInertia), expected.expectedLogInertia)).toBeLessThan(1e-9);
    expect(largestDifference(gap.candidates.map((candidate) => candidate.gap), expected.gap)).toBeLessThan(1e-9);
    expect(largestDifference(gap.candidates.map((candidate) => candidate.standardError), expected.standardError)).toBeLessThan(1e-9);
    expect(gap.references).toBe(references);
  });

  it("has no answer where every further cluster is worth its while", () => {
    // Five narrow groups, each pair of which is a group seen from afar; the first rows are one of each.
    const centers = [0, 10_000, 11_000, 11_100, 11_110];
    const rows = Array.from({ length: 40 }, (_, i) => [centers[i % 5]! + Math.floor(i / 5) / 10]);
    const options = { cluster: clusterFromFirstRows, references: 10 };
    expect(computeGap(featureMatrixFromRows(rows), { ...options, to: 5 }).k).toBeUndefined();
    expect(computeGap(featureMatrixFromRows(rows), { ...options, to: 6 }).k).toBe(5);
  });

  it("depends on the unit in log W only", () => {
    const { rows } = clusteringReference().gap[0]!;
    const options = { cluster: clusterFromFirstRows, to: 4, references: 5 };
    const near = computeGap(featureMatrixFromRows(rows), options);
    for (const unit of [2 ** 600, 2 ** -600]) {
      const far = computeGap(featureMatrixFromRows(rows.map((row) => row.map((value) => value * unit))), options);
      far.candidates.forEach((candidate, i) => {
        expect(candidate.gap).toBeCloseTo(near.candidates[i]!.gap, 12);
        expect(candidate.logInertia).toBeCloseTo(near.candidates[i]!.logInertia + 2 * Math.log(unit), 9);
      });
    }
  });

  it("takes rows that are all on their centroids", () => {
    const gap = computeGap(featureMatrixFromRows([[1], [1], [5], [5]]), { cluster: clusterOfDistinct, to: 3, references: 5 });
    expect(gap.candidates.map(({ logInertia }) => logInertia)).toEqual([Math.log(16), -Infinity, -Infinity]);
    expect(gap.k).toBe(2);
  });

  it("gives each grouping another seed, and the same ones again", () => {
    const matrix = featureMatrixFromRows([[1], [2], [4], [8]]);
    const seedsOf = (seed: number): number[] => {
      const seeds: number[] = [];
      computeGap(matrix, { cluster: (task) => (seeds.push(task.seed), clusterFromFirstRows(task)), to: 2, references: 3, seed });
      return seeds;
    };
    expect(new Set(seedsOf(1)).size).toBe(8);
    expect(seedsOf(1)).toEqual(seedsOf(1));
    expect(seedsOf(1)).not.toEqual(seedsOf(2));
  });

  it("passes on the slices of a generator", () => {
    const matrix = featureMatrixFromRows([[1], [2], [4], [8]]);
    const cluster = function* (task: ClusteringTask) {
      yield { phase: `own ${task.k}`, done: 0, total: 1 };
      return clusterFromFirstRows(task);
    };
    const phases = [...gapSteps(matrix, { cluster, to: 2, references: 1 })].map(({ phase }) => phase);
    expect(phases).toEqual(["own 1", "gap statistic", "own 2", "gap statistic", "own 1", "gap statistic", "own 2", "gap statistic"]);
    expect(computeGap(matrix, { cluster, to: 2, references: 4 })).toEqual(computeGap(matrix, { cluster: clusterFromFirstRows, to: 2, references: 4 }));
  });

  it("refuses by name", () => {
    const matrix = featureMatrixFromRows([[1], [2], [4]]);
    const cluster = clusterFromFirstRows;
    expectRefusal(() => computeGap(matrix, { cluster, to: 4 }), "invalidOption", "to must be an integer from 1 to 3 (rows); got 4");
    expectRefusal(() => computeGap(matrix, { cluster, references: 0 }), "invalidOption", "references");
    expectRefusal(() => computeGap(featureMatrixFromRows([[1]]), { cluster }), "tooFewRows", "at least 2 rows");
    expectRefusal(() => computeGap(matrix, { cluster: () => [0, 1] }), "lengthMismatch", "the result of cluster must have 3 values");
    expectRefusal(() => computeGap(matrix, { cluster: () => [0, 1, -1] }), "invalidInput", "got -1 at row 2");
    expectRefusal(() => computeGap(matrix, { cluster: (() => Promise.resolve([0, 1, 1])) as never }), "invalidOption", "not a promise");
  });
});

/** One cluster for k = 1, equal rows together otherwise. */
function clusterOfDistinct({ matrix, k }: ClusteringTask): Int32Array {
  const distinct = [...new Set(matrix.values)].sort((a, b) => a - b);
  return Int32Array.from(matrix.values, (value) => (k === 1 ? 0 : Math.min(k - 1, distinct.indexOf(value))));
}
