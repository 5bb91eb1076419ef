import { describe, expect, it } from "vitest";
import { featureMatrixFromRows } from "clientele/data";
import { computeHopkins, hopkinsSteps } from "clientele/evaluation";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { expectRefusal } from "../support/errors";
import { clusteringReference } from "./clustering-reference";

function uniformRows(rowCount: number, columnCount: number, stream: number): number[][] {
  const random = new RandomStream(5, stream);
  return Array.from({ length: rowCount }, () => Array.from({ length: columnCount }, () => random.nextFloat()));
}

describe("computeHopkins", () => {
  it.each(clusteringReference().hopkins)("agrees with scipy on the same draws: $name", ({ rows, sampleSize, seed, hopkins }) => {
    expect(Math.abs(computeHopkins(featureMatrixFromRows(rows), { sampleSize, seed }) - hopkins)).toBeLessThan(1e-12);
  });

  it("is Beta(m, m) for uniform rows", () => {
    const values = Array.from({ length: 200 }, (_, i) => computeHopkins(featureMatrixFromRows(uniformRows(300, 2, i)), { seed: i }));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
    // m = 30: deviation 1 / (2 √61). The mean is a little above 0.5, since rows near the edge are farther from others than the theory has it.
    const expected = 1 / (2 * Math.sqrt(61));
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
    expect(Math.abs(deviation / expected - 1)).toBeLessThan(4 / Math.sqrt(400));
  });

  it("does not depend on the unit, nor overflow with many columns", () => {
    const rows = uniformRows(50, 40, 1);
    const near = computeHopkins(featureMatrixFromRows(rows));
    expect(computeHopkins(featureMatrixFromRows(rows.map((row) => row.map((value) => value * 2 ** 700))))).toBe(near);
    expect(near > 0 && near < 1).toBe(true);
  });

  it("yields on its way", () => {
    const steps = [...hopkinsSteps(featureMatrixFromRows(uniformRows(5000, 3, 2)))];
    // 500 rows and places · 2 · 5000 rows · 4 operations at 1.5 million a slice.
    expect(steps.length).toBeGreaterThan(10);
  });

  it("refuses by name", () => {
    const matrix = featureMatrixFromRows([[1], [2]]);
    expectRefusal(() => computeHopkins(matrix, { sampleSize: 3 }), "invalidOption", "sampleSize must be an integer from 1 to 2 (rows)");
    expectRefusal(() => computeHopkins(featureMatrixFromRows([[1], [1], [1]])), "tooFewRows", "at least 2 distinct rows");
    expectRefusal(() => computeHopkins(featureMatrixFromRows([[1]])), "tooFewRows", "at least 2 rows");
    const bad = { ...matrix, values: Float64Array.of(1, NaN) };
    expectRefusal(() => computeHopkins(bad), "nonFinite", 'row 1, column "x1"');
  });
});
