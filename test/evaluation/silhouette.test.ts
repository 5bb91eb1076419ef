import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { featureMatrixFromRows, type FeatureMatrix } from "clientele/data";
import { computeSilhouette, silhouetteSteps } from "clientele/evaluation";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { clusterCases } from "./reference";

/** Rows of two columns about centres 0, 3, 6 …, the given number of each, in mixed order. */
function blobs(sizes: readonly number[]): { matrix: FeatureMatrix; labels: Int32Array } {
  const random = new RandomStream(77);
  const rows = sizes.flatMap((size, label) =>
    Array.from({ length: size }, () => ({ label, order: random.nextFloat(), x: 3 * label + 3 * random.nextFloat(), y: 3 * random.nextFloat() })),
  );
  rows.sort((a, b) => a.order - b.order);
  return { matrix: featureMatrixFromRows(rows.map(({ x, y }) => [x, y])), labels: Int32Array.from(rows, ({ label }) => label) };
}

describe("computeSilhouette", () => {
  it.each(clusterCases())("agrees with scikit-learn: $name", ({ rows, labels, silhouette, widths }) => {
    const result = computeSilhouette(featureMatrixFromRows(rows), labels);
    expect(Math.abs(result.mean - silhouette)).toBeLessThan(1e-13);
    expect(Math.max(...widths.map((width, row) => Math.abs(result.widths[row]! - width)))).toBeLessThan(1e-13);
    expect(result).toMatchObject({ standardError: 0, rowCount: rows.length, evaluatedRows: rows.length });
    for (const { cluster, rowCount, evaluatedRows, mean } of result.byCluster) {
      const own = widths.filter((_, row) => labels[row] === cluster);
      expect(mean).toBeCloseTo(own.reduce((sum, width) => sum + width, 0) / own.length, 12);
      expect([rowCount, evaluatedRows]).toEqual([own.length, own.length]);
    }
  });

  it("gives 0 to a row alone in its cluster and to rows that are all equal", () => {
    expect([...computeSilhouette(featureMatrixFromRows([[0], [1], [9]]), [0, 0, 1]).widths][2]).toBe(0);
    expect(computeSilhouette(featureMatrixFromRows([[0.1], [0.1], [0.1], [0.1]]), [0, 0, 1, 1]).mean).toBe(0);
  });

  it("does not depend on the order of the rows, the numbers of the clusters or the unit", () => {
    const { matrix, labels } = blobs([20, 30, 10]);
    const { mean } = computeSilhouette(matrix, labels);
    const order = Array.from(labels, (_, row) => row).sort((a, b) => labels[a]! - labels[b]!);
    const reordered = featureMatrixFromRows(order.map((row) => [1000 * matrix.values[2 * row]!, 1000 * matrix.values[2 * row + 1]!]));
    expect(computeSilhouette(reordered, order.map((row) => 40 - 2 * labels[row]!)).mean).toBeCloseTo(mean, 12);
  });

  it("gives widths from −1 to 1", () => {
    const rows = fc.array(fc.record({ x: fc.integer({ min: -3, max: 3 }), label: fc.integer({ min: 0, max: 2 }) }), { minLength: 4, maxLength: 30 });
    fc.assert(
      fc.property(rows, (list) => {
        fc.pre(new Set(list.map((row) => row.label)).size > 1);
        const { widths } = computeSilhouette(featureMatrixFromRows(list.map((row) => [row.x])), list.map((row) => row.label));
        for (const width of widths) expect(Math.abs(width)).toBeLessThanOrEqual(1);
      }),
    );
  });

  describe("with a sample", () => {
    const { matrix, labels } = blobs([600, 250, 40, 10]);
    const exact = computeSilhouette(matrix, labels);

    it("evaluates each cluster's share, at least 30 of it, against all rows", () => {
      const sampled = computeSilhouette(matrix, labels, { sampleSize: 180, seed: 4 });
      expect(sampled.byCluster.map((cluster) => cluster.evaluatedRows)).toEqual([120, 50, 30, 10]);
      expect(sampled.evaluatedRows).toBe(210);
      expect(sampled.rows).toEqual(sampled.rows.slice().sort());
      sampled.rows.forEach((row, i) => expect(sampled.widths[i]).toBe(exact.widths[row]));
      expect(sampled.byCluster[3]!.mean).toBe(exact.byCluster[3]!.mean);
    });

    it("is unbiased, and its standard error is that of the estimates", () => {
      const runs = Array.from({ length: 300 }, (_, seed) => computeSilhouette(matrix, labels, { sampleSize: 90, seed }));
      const errors = runs.map((run) => run.mean - exact.mean);
      const rootMeanSquare = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
      const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length;
      const stated = Math.sqrt(runs.reduce((sum, run) => sum + run.standardError ** 2, 0) / runs.length);
      // 300 independent estimates: the mean error stays below 4 standard errors, their spread within 4 · 1/√600 of what is stated.
      expect(Math.abs(bias)).toBeLessThan((4 * stated) / Math.sqrt(300));
      expect(Math.abs(rootMeanSquare / stated - 1)).toBeLessThan(4 / Math.sqrt(600));
    });

    it("depends on the seed, and not at all when all rows are evaluated", () => {
      expect(computeSilhouette(matrix, labels, { sampleSize: 90, seed: 2 })).toEqual(computeSilhouette(matrix, labels, { sampleSize: 90, seed: 2 }));
      expect(computeSilhouette(matrix, labels, { sampleSize: 90, seed: 3 }).rows).not.toEqual(
        computeSilhouette(matrix, labels, { sampleSize: 90, seed: 2 }).rows,
      );
      expect(computeSilhouette(matrix, labels, { sampleSize: 900, seed: 3 })).toEqual(exact);
    });
  });

  it("yields on its way", () => {
    const { matrix, labels } = blobs([1500, 1500]);
    let slices = 0;
    const steps = silhouetteSteps(matrix, labels);
    for (let step = steps.next(); step.done !== true; step = steps.next()) {
      slices++;
      expect(step.value).toMatchObject({ phase: "silhouette", total: 3000 });
    }
    // 3000² / 2 pairs of 2 columns at 2.5 million operations a slice, each pair counted as 6.
    expect(slices).toBeGreaterThanOrEqual(10);
  });

  it("refuses by name what has no silhouette", () => {
    const matrix = featureMatrixFromRows([[0], [1], [2]]);
    expect(() => computeSilhouette(matrix, [0, 0, 0])).toThrow("computeSilhouette: labels must name at least 2 clusters; got 1");
    expect(() => computeSilhouette(matrix, [0, 1, 2])).toThrow("computeSilhouette: labels must have at least 4 rows for 3 clusters; got 3");
    expect(() => computeSilhouette(matrix, [0, -1, 1])).toThrow("computeSilhouette: labels must be whole numbers from 0; got -1 at row 1");
    expect(() => computeSilhouette(matrix, [0, 1])).toThrow("computeSilhouette: labels must have 3 values (one for each row of the matrix); got 2");
    expect(() => computeSilhouette(matrix, [0, 0, 1], { sampleSize: 0 })).toThrow("computeSilhouette: sampleSize must be an integer of at least 1; got 0");
  });
});
