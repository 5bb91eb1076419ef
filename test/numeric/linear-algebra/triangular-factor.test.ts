import { describe, expect, it } from "vitest";
import { columnScalesSteps } from "../../../src/numeric/linear-algebra/column-scales";
import { addRowsToFactor, conditionNumberOf, inverseSquares } from "../../../src/numeric/linear-algebra/triangular-factor";
import { RandomStream } from "../../../src/numeric/random/random-stream";
import { computeMoments, standardDeviationOf } from "../../../src/numeric/statistics/moments";
import { runToEnd } from "../../../src/steps/steps";

const random = new RandomStream(12);

describe("a triangular factor to which rows are added", () => {
  it("has the products of all rows", () => {
    for (const [count, size] of [[1, 1], [3, 4], [20, 3], [7, 7]] as const) {
      const rows = Float64Array.from({ length: count * size }, () => random.nextFloat() - 0.5);
      const factor = new Float64Array(size * size);
      for (let start = 0; start < count; start += 2) {
        const part = rows.slice(start * size, Math.min(count, start + 2) * size);
        addRowsToFactor(factor, size, part, part.length / size);
      }
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          const product = (values: Float64Array, height: number): number => Array.from({ length: height }, (_, k) => values[k * size + i]! * values[k * size + j]!).reduce((a, b) => a + b, 0);
          expect(product(factor, size)).toBeCloseTo(product(rows, count), 13);
          if (i > j) expect(factor[i * size + j]).toBe(0);
        }
      }
    }
  });

  it("gives inverse and condition of a matrix known in closed form", () => {
    // R = [[1, a], [0, b]]: RᵀR = [[1, a], [a, a² + b²]], its inverse [[a² + b², −a], [−a, 1]] / b².
    const [a, b] = [3, 1e-7];
    const factor = Float64Array.of(1, a, 0, b);
    const squares = inverseSquares(factor, 2);
    expect(squares[0]! / ((a * a + b * b) / (b * b))).toBeCloseTo(1, 14);
    expect(squares[1]! * b * b).toBeCloseTo(1, 14);
    // Largest · smallest singular value is the determinant, the sum of their squares that of the entries.
    const [sum, determinant] = [1 + a * a + b * b, b];
    const largest = Math.sqrt((sum + Math.sqrt(sum * sum - 4 * determinant * determinant)) / 2);
    expect(conditionNumberOf(factor, 2) / ((largest * largest) / determinant)).toBeCloseTo(1, 8);
    expect(conditionNumberOf(new Float64Array(0), 0)).toBe(1);
  });
});

describe("means and deviations in one pass", () => {
  const rowCount = 1003;
  const values = Float64Array.from({ length: rowCount * 3 }, (_, k) => [1e9 + random.nextFloat(), -5 * random.nextFloat(), random.nextInteger(2)][k % 3]!);
  const expected = [0, 1, 2].map((j) => computeMoments(values, j, 3, rowCount));
  const shifts = Float64Array.from(expected, ({ mean, max }) => mean + (max - mean) / 3);

  it("are those of two passes", () => {
    const { means, deviations } = runToEnd(columnScalesSteps(values, rowCount, 3, shifts));
    expected.forEach((moments, j) => {
      expect(means[j]! / moments.mean).toBeCloseTo(1, 14);
      expect(deviations[j]! / standardDeviationOf(moments, 0)).toBeCloseTo(1, 12);
    });
  });

  it("with weights are those of repeated rows", () => {
    const weights = Float64Array.from({ length: rowCount }, () => random.nextInteger(4));
    const repeated = Array.from({ length: rowCount }, (_, i) => Array.from({ length: weights[i]! }, () => [...values.subarray(3 * i, 3 * i + 3)])).flat(2);
    const { means, deviations } = runToEnd(columnScalesSteps(values, rowCount, 3, shifts, weights));
    for (const j of [0, 1, 2]) {
      const moments = computeMoments(repeated, j, 3, repeated.length / 3);
      expect(means[j]! / moments.mean).toBeCloseTo(1, 14);
      expect(deviations[j]! / standardDeviationOf(moments, 0)).toBeCloseTo(1, 10);
    }
  });

  it("are not finite where a value is not", () => {
    const spoiled = values.slice();
    spoiled[1000 * 3 + 1] = NaN;
    expect(Number.isFinite(runToEnd(columnScalesSteps(spoiled, rowCount, 3, shifts)).deviations[1])).toBe(false);
  });
});
