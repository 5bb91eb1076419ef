import { describe, expect, it } from "vitest";
import { featureMatrixFromRows } from "clientele/data";
import { computeCalinskiHarabasz, computeDaviesBouldin, computeInertia, computeSilhouette } from "clientele/evaluation";
import { expectRefusal } from "../support/errors";
import { clusteringReference } from "./clustering-reference";
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

describe("computeInertia", () => {
  it("takes one cluster, and is in squared units", () => {
    const rows = [[0, 1], [2, 1], [10, 5], [12, 7]];
    const matrix = featureMatrixFromRows(rows);
    expect(computeInertia(matrix, [3, 3, 3, 3])).toBe(104 + 27);
    expect(computeInertia(matrix, [0, 1, 2, 3])).toBe(0);
    const far = featureMatrixFromRows(rows.map((row) => row.map((value) => value * 2 ** 400)));
    expect(computeInertia(far, [0, 0, 1, 1])).toBe(6 * 2 ** 800);
    expectRefusal(() => computeInertia(matrix, [0, 0]), "lengthMismatch", "labels must have 4 values");
    expectRefusal(() => computeInertia(featureMatrixFromRows([], ["x"]), []), "tooFewRows", "at least 1 row");
  });
});

describe("all measures of separation", () => {
  it.each(clusteringReference().separation)("agree with scikit-learn and numpy: $name", ({ rows, labels, widths, calinskiHarabasz, daviesBouldin, inertia }) => {
    const matrix = featureMatrixFromRows(rows);
    const silhouette = computeSilhouette(matrix, labels);
    expect(Math.max(...widths.map((width, row) => Math.abs(silhouette.widths[row]! - width)))).toBeLessThan(1e-12);
    expect(Math.abs(computeCalinskiHarabasz(matrix, labels) / calinskiHarabasz - 1)).toBeLessThan(1e-12);
    expect(Math.abs(computeDaviesBouldin(matrix, labels) / daviesBouldin - 1)).toBeLessThan(1e-12);
    expect(Math.abs(computeInertia(matrix, labels) / inertia - 1)).toBeLessThan(1e-12);
  });

  const labels = [0, 0, 0, 1, 1, 2, 2];
  const rows = [[0, 1], [1, 1], [2, 3], [10, 11], [12, 13], [-7, 9], [-8, 8]];
  const measures = [computeCalinskiHarabasz, computeDaviesBouldin, (...inputs: Parameters<typeof computeCalinskiHarabasz>) => computeSilhouette(...inputs).mean];

  it.each([NaN, Infinity, -Infinity])("refuse %s with its row and column", (bad) => {
    const matrix = featureMatrixFromRows(rows, ["visits", "spend"]);
    const values = matrix.values.slice();
    values[9] = bad;
    for (const measure of measures) {
      const { details } = expectRefusal(() => measure({ ...matrix, values }, labels), "nonFinite", `row 4, column "spend"`);
      expect(details).toMatchObject({ row: 4, column: "spend" });
    }
  });

  it.each([2 ** 1018, 2 ** 700, 2 ** -700, 2 ** -1060])("do not depend on the unit, be it %s", (unit) => {
    const near = featureMatrixFromRows(rows);
    const far = featureMatrixFromRows(rows.map((row) => row.map((value) => value * unit)));
    const before = far.values.slice();
    for (const measure of measures) expect(measure(far, labels)).toBe(measure(near, labels));
    expect(far.values).toEqual(before);
  });

  it("stay finite where the range of a column is larger than any number", () => {
    const matrix = featureMatrixFromRows([[-1.5e308], [-1.6e308], [1.5e308], [1.6e308]]);
    expect(computeSilhouette(matrix, [0, 0, 1, 1]).mean).toBeCloseTo(computeSilhouette(featureMatrixFromRows([[-15], [-16], [15], [16]]), [0, 0, 1, 1]).mean, 12);
  });
});
