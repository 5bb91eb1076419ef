import { describe, expect, it } from "vitest";
import { featureMatrixFromRows } from "clientele/data";
import { computeCalinskiHarabasz, computeDaviesBouldin } from "clientele/evaluation";
import { clusterCases } from "./reference";

describe("computeCalinskiHarabasz and computeDaviesBouldin", () => {
  it.each(clusterCases())("agree with scikit-learn: $name", ({ rows, labels, calinskiHarabasz, daviesBouldin }) => {
    const matrix = featureMatrixFromRows(rows);
    expect(Math.abs(computeCalinskiHarabasz(matrix, labels) / calinskiHarabasz - 1)).toBeLessThan(1e-12);
    expect(Math.abs(computeDaviesBouldin(matrix, labels) / daviesBouldin - 1)).toBeLessThan(1e-12);
  });

  it("keep their digits far from zero", () => {
    // Multiples of 1/8 plus 2⁴⁰ are exact, so only the arithmetic can lose anything.
    const rows = Array.from({ length: 60 }, (_, row) => [(row % 7) / 8 + 5 * (row % 3), (row % 11) / 8]);
    const labels = rows.map((_, row) => row % 3);
    const near = featureMatrixFromRows(rows);
    const far = featureMatrixFromRows(rows.map((row) => row.map((value) => value + 2 ** 40)));
    expect(Math.abs(computeCalinskiHarabasz(far, labels) / computeCalinskiHarabasz(near, labels) - 1)).toBeLessThan(1e-12);
    expect(Math.abs(computeDaviesBouldin(far, labels) / computeDaviesBouldin(near, labels) - 1)).toBeLessThan(1e-12);
  });

  it("name the extremes", () => {
    const points = featureMatrixFromRows([[0.1], [0.1], [0.1], [0.7], [0.7], [0.7]]);
    expect(computeCalinskiHarabasz(points, [0, 0, 0, 1, 1, 1])).toBe(Infinity);
    expect(computeDaviesBouldin(points, [0, 0, 0, 1, 1, 1])).toBe(0);
    const equal = featureMatrixFromRows([[0.1], [0.1], [0.1], [0.1], [0.1]]);
    expect(computeCalinskiHarabasz(equal, [0, 0, 0, 1, 1])).toBe(0);
    expect(computeDaviesBouldin(equal, [0, 0, 0, 1, 1])).toBe(Infinity);
  });

  it("refuse one cluster", () => {
    const matrix = featureMatrixFromRows([[0], [1], [2]]);
    expect(() => computeCalinskiHarabasz(matrix, [0, 0, 0])).toThrow("computeCalinskiHarabasz: labels must name at least 2 clusters; got 1");
    expect(() => computeDaviesBouldin(matrix, [5, 5, 5])).toThrow("computeDaviesBouldin: labels must name at least 2 clusters; got 1");
  });
});
