import { kmeans } from "ml-kmeans";
import { describe, expect, test } from "vitest";
import { featureMatrixFromColumns, type FeatureMatrix } from "clientele/data";
import { fitKMeans } from "clientele/segmentation";
import { computeMoments, standardDeviationOf } from "../../src/numeric/statistics/moments";
import expected from "../reference/segmentation/expected.json";

const datasets = Object.entries(expected.datasets).map(([name, dataset]) => ({ name, matrix: matrixOf(dataset.columns.map((column) => column.map((value) => value / dataset.divisor))), ...dataset }));

interface ReferenceRun {
  readonly k: number;
  readonly start: readonly (readonly number[])[];
  readonly inertia: number;
  readonly iterations: number;
  readonly centroids: readonly (readonly number[])[];
  readonly labels: string;
}

describe("scikit-learn from the same start", () => {
  for (const { name, matrix, runs } of datasets) {
    test.each(runs)(`${name}, k = $k`, (run) => expectSameRun(matrix, run));
  }

  test.each(expected.telco.runs)("Telco customers, standardised, k = $k", (run) => expectSameRun(telcoMatrix(), run));

  test("a start centroid without rows gets the farthest row", () => expectSameRun(datasets[0]!.matrix, expected.emptyCluster));
});

describe("ml-kmeans from the same start, tolerance 0", () => {
  for (const { name, matrix, runs } of datasets) {
    test.each(runs)(`${name}, k = $k`, ({ k, start }) => {
      const model = fitKMeans(matrix, { k, start, tolerance: 0, maxIterations: 1000 });
      const peer = kmeans(rowsOfMatrix(matrix), k, { initialization: start, tolerance: 0, maxIterations: 1000 });
      // Its sums are formed far from the mean, so its last digits differ, and with them possibly the last iteration.
      expect(Array.from(model.predict(matrix))).toEqual(peer.clusters);
      model.centroids.forEach((centroid, c) => expectRelative(centroid, peer.centroids[c]!, 1e-12));
    });
  }
});

describe("the best inertia of 300 scikit-learn starts", () => {
  test.each(expected.separateClouds)("is found for $k separate clouds", ({ k, divisor, columns, bestInertia }) => {
    const matrix = matrixOf(columns.map((column) => column.map((value) => value / divisor)));
    for (let seed = 1; seed <= 10; seed++) expectRelative([fitKMeans(matrix, { k, seed }).inertia], [bestInertia], 1e-9);
  });
});

describe("single starts lead as far as those of scikit-learn, on average", () => {
  for (const { name, matrix, meanInertia } of datasets) {
    test.each(Object.entries(meanInertia))(`${name}, k = %s`, (k, wanted) => {
      const seeds = Array.from({ length: 100 }, (_, seed) => seed);
      const inertias = seeds.map((seed) => fitKMeans(matrix, { k: Number(k), seed, restarts: 1, tolerance: 0 }).inertia);
      expect(computeMoments(inertias).mean / wanted).toBeLessThan(1.05);
    });
  }
});

test("a table of five customers falls into its two groups with every seed", () => {
  const matrix = matrixOf([
    [25, 30, 40, 30, 25],
    [5000, 6000, 8000, 7000, 5000],
    [0.8, 0.7, 0.5, 0.6, 0.9],
  ].map(standardize));
  for (let seed = 1; seed <= 100; seed++) expect(Array.from(fitKMeans(matrix, { k: 2, seed }).predict(matrix))).toEqual([0, 0, 1, 1, 0]);
});

function expectSameRun(matrix: FeatureMatrix, { k, start, inertia, iterations, centroids, labels }: ReferenceRun): void {
  const model = fitKMeans(matrix, { k, start, tolerance: 0, maxIterations: 1000 });
  expect(model.status).toBe("converged");
  expect(model.iterations).toBe(iterations);
  expectRelative([model.inertia], [inertia], 1e-9);
  expect(Array.from(model.predict(matrix), (label) => String.fromCharCode(97 + label)).join("")).toBe(labels);
  model.centroids.forEach((centroid, c) => expectRelative(centroid, centroids[c]!, 1e-11));
}

function expectRelative(actual: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(wanted.length);
  wanted.forEach((value, i) => expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(value))));
}

function telcoMatrix(): FeatureMatrix {
  return matrixOf(expected.telco.columns.map(standardize));
}

function standardize(column: readonly number[]): number[] {
  const moments = computeMoments(column);
  return column.map((value) => (value - moments.mean) / standardDeviationOf(moments, 0));
}

function matrixOf(columns: readonly (readonly number[])[]): FeatureMatrix {
  return featureMatrixFromColumns(new Map(columns.map((column, j) => [`x${j + 1}`, column])));
}

function rowsOfMatrix({ rowCount, columnCount, values }: FeatureMatrix): number[][] {
  return Array.from({ length: rowCount }, (_, row) => Array.from(values.subarray(row * columnCount, (row + 1) * columnCount)));
}
