import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { featureMatrixFromColumns, featureMatrixFromRows } from "clientele/data";
import { fitKMeans } from "clientele/segmentation";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { expectRefusal } from "../support/errors";
import expected from "../reference/segmentation/expected.json";

const { dataset, weights, runs } = expected.weighted;

describe("weights as in scikit-learn, from the same start", () => {
  const { columns, divisor } = expected.datasets[dataset as "overlapping"];
  const matrix = featureMatrixFromColumns(new Map(columns.map((column, j) => [`x${j}`, column.map((value) => value / divisor)])));

  test.each(runs)("k = $k", ({ k, start, inertia, iterations, centroids, labels }) => {
    const model = fitKMeans(matrix, { k, start, weights, tolerance: 0, maxIterations: 1000 });
    expect(model.status).toBe("converged");
    expect(model.iterations).toBe(iterations);
    expect(Math.abs(model.inertia / inertia - 1)).toBeLessThan(1e-9);
    expect(Array.from(model.predict(matrix), (label) => String.fromCharCode(97 + label)).join("")).toBe(labels);
    model.centroids.forEach((centroid, c) => centroid.forEach((value, j) => expect(Math.abs(value - centroids[c]![j]!)).toBeLessThan(1e-11)));
  });
});

/** Rows of whole numbers with whole weights: sums of both are exact. */
function weighted(seed: number, largestWeight: number): { rows: number[][]; weights: number[]; repeated: number[][] } {
  const random = new RandomStream(seed);
  const rows = Array.from({ length: 60 + random.nextInteger(60) }, () => [random.nextInteger(200), random.nextInteger(200)]);
  const drawn = rows.map(() => random.nextInteger(largestWeight + 1));
  return { rows, weights: drawn, repeated: rows.flatMap((row, i) => Array.from({ length: drawn[i]! }, () => row)) };
}

test("a weight is as many equal rows, a weight of 0 none", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 6 }), (seed, k) => {
      const { rows, weights: drawn, repeated } = weighted(seed, 4);
      const start = repeated.slice(0, 1).concat(rows.filter((_, i) => drawn[i]! > 0).slice(3, 2 + k));
      const one = fitKMeans(featureMatrixFromRows(rows), { k, start, weights: drawn });
      const many = fitKMeans(featureMatrixFromRows(repeated), { k, start });
      expect(one.centroids).toEqual(many.centroids);
      expect(one.weights).toEqual(many.sizes);
      expect(one.iterations).toBe(many.iterations);
      expect(Math.abs(one.inertia - many.inertia)).toBeLessThanOrEqual(1e-12 * many.inertia);
      expect(one.sizes.reduce((sum, size) => sum + size)).toBe(drawn.filter((weight) => weight > 0).length);
    }),
    { numRuns: 100 },
  );
});

test("from random starts weights lead to the same optimum, and order the clusters", () => {
  const random = new RandomStream(4);
  const rows = [[0, 0], [20, 0], [0, 20]].flatMap((center, c) => Array.from({ length: 5 + 3 * c }, () => center.map((value) => value + random.nextInteger(5))));
  const drawn = rows.map(([x, y]) => (x! < 10 && y! < 10 ? 40 : 1 + random.nextInteger(3)));
  const model = fitKMeans(featureMatrixFromRows(rows), { k: 3, weights: drawn });
  const repeated = fitKMeans(featureMatrixFromRows(rows.flatMap((row, i) => Array.from({ length: drawn[i]! }, () => row))), { k: 3 });
  expect(model.centroids).toEqual(repeated.centroids);
  expect(model.sizes[0]).toBe(5);
  expect(model.weights[0]).toBe(200);
});

test("many rows are sampled in proportion to their weights", () => {
  // 20 rows of a hundred thousand weigh more than all others: a sample that did not know would hardly see them.
  const random = new RandomStream(8);
  const values = Array.from({ length: 100_000 }, (_, i) => [i < 20 ? 50 + (i % 2) * 10 + random.nextFloat() : random.nextFloat()]);
  const model = fitKMeans(featureMatrixFromRows(values), { k: 3, restarts: 1, weights: values.map((_, i) => (i < 20 ? 1e5 : 1)) });
  expect([...model.sizes].sort((a, b) => a - b)).toEqual([10, 10, 99_980]);
});

test("all weights the same: the clusters of no weights, the inertia multiplied", () => {
  const { rows } = weighted(3, 1);
  const plain = fitKMeans(featureMatrixFromRows(rows), { k: 4, start: rows.slice(0, 4) });
  const heavy = fitKMeans(featureMatrixFromRows(rows), { k: 4, start: rows.slice(0, 4), weights: rows.map(() => 0.25) });
  expect(heavy.centroids).toEqual(plain.centroids);
  expect(heavy.sizes).toEqual(plain.sizes);
  expect(heavy.weights).toEqual(plain.sizes.map((size) => size / 4));
  expect(Math.abs(heavy.inertia / plain.inertia - 0.25)).toBeLessThan(1e-14);
});

test("tolerance and warnings go by weighted variances", () => {
  const rows = [[0, 0], [1, 1], [2, 0], [3, 1], [1000, 0]];
  expect(fitKMeans(featureMatrixFromRows(rows, ["spend", "rate"]), { k: 2 }).warnings.map(({ columns }) => columns)).toEqual([["spend"]]);
  expect(fitKMeans(featureMatrixFromRows(rows, ["spend", "rate"]), { k: 2, weights: [1, 1, 1, 1, 0] }).warnings).toEqual([]);
});

test("weights that are no weights are refused", () => {
  const matrix = featureMatrixFromRows([[1], [2], [9]], ["age"]);
  expectRefusal(() => fitKMeans(matrix, { k: 2, weights: [1, 1] }), "lengthMismatch", "weights");
  expectRefusal(() => fitKMeans(matrix, { k: 2, weights: [1, -1, 1] }), "invalidOption", "weights[1] must be at least 0");
  expectRefusal(() => fitKMeans(matrix, { k: 2, weights: [1, NaN, 1] }), "nonFinite", "weights");
  expectRefusal(() => fitKMeans(matrix, { k: 2, weights: [0, 0, 0] }), "invalidOption", "weights must be above 0 for at least one row");
  expectRefusal(() => fitKMeans(matrix, { k: 2, weights: [1e-9, 1, 1e9] }), "invalidOption", "within a factor");
  expectRefusal(() => fitKMeans(matrix, { k: 2, weights: [0, 1, 0] }), "tooFewRows", "2 distinct rows (k)");
});
