import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClienteleError } from "../../src/errors/error";
import { computeAuc, computeAveragePrecision } from "clientele/evaluation";

/** Labels of both classes with scores on a coarse grid, so that many are tied. */
const labelledScores = fc
  .array(fc.record({ label: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: -8, max: 8 }) }), { minLength: 2, maxLength: 60 })
  .filter((rows) => new Set(rows.map((row) => row.label)).size === 2)
  .map((rows) => ({ labels: rows.map((row) => row.label), scores: rows.map((row) => row.score / 8) }));

describe("computeAuc", () => {
  it("is the share of pairs in the right order, ties by half", () => {
    fc.assert(
      fc.property(labelledScores, ({ labels, scores }) => {
        let won = 0;
        let pairs = 0;
        labels.forEach((a, i) => {
          labels.forEach((b, j) => {
            if (a !== 1 || b !== 0) return;
            pairs++;
            won += scores[i]! > scores[j]! ? 1 : scores[i]! === scores[j]! ? 0.5 : 0;
          });
        });
        expect(computeAuc(labels, scores)).toBe(won / pairs);
      }),
    );
  });

  it("does not change under an increasing transform, and turns round under a decreasing one", () => {
    fc.assert(
      fc.property(labelledScores, ({ labels, scores }) => {
        const auc = computeAuc(labels, scores);
        expect(computeAuc(labels, scores.map((score) => Math.exp(3 * score) - 7))).toBe(auc);
        // The grid is exact in binary, so 1 − s keeps every tie.
        expect(computeAuc(labels, scores.map((score) => 1 - score))).toBeCloseTo(1 - auc, 14);
      }),
    );
  });

  it("turns round when the classes are exchanged", () => {
    fc.assert(
      fc.property(labelledScores, ({ labels, scores }) => {
        expect(computeAuc(labels.map((label) => 1 - label), scores)).toBeCloseTo(1 - computeAuc(labels, scores), 14);
      }),
    );
  });

  it("takes 0 and −0 as equal, and scores of any size", () => {
    expect(computeAuc([0, 1], [0, -0])).toBe(0.5);
    expect(computeAuc([0, 1, 1], [-1e308, 1e308, -5e-324])).toBe(1);
  });

  it("refuses by name what has no AUC", () => {
    expect(() => computeAuc([1, 1], [0.1, 0.2])).toThrow(
      "computeAuc: labels must hold both classes; all 2 are 1 (AUC and average precision compare the two; log-loss, Brier score and accuracy do not)",
    );
    expect(() => computeAuc([0, 1], [0.1, NaN])).toThrow("computeAuc: scores must hold finite numbers; got NaN at position 1");
    expect(() => computeAuc([0, 1], [0.1])).toThrow("computeAuc: scores must have 2 values (one for each row of labels); got 1");
    expect(() => computeAuc([0, 2], [0.1, 0.2])).toThrow("computeAuc: labels must be 0 or 1; got 2 at row 1");
    expect(() => computeAuc([], [])).toThrow("computeAuc: labels must have at least 1 rows; got 0");
    const booleans: unknown = [false, true];
    expect(() => computeAuc(booleans as number[], [0.1, 0.2])).toThrow("labels must be 0 or 1; got false at row 0");
    const text: unknown = "01";
    expect(() => computeAuc(text as number[], [0.1, 0.2])).toThrow(ClienteleError);
  });
});

describe("computeAveragePrecision", () => {
  it("is the mean over the positives of the precision among all rows at or above them", () => {
    fc.assert(
      fc.property(labelledScores, ({ labels, scores }) => {
        const positives = scores.filter((_, i) => labels[i] === 1);
        const precisions = positives.map((least) => {
          const selected = labels.filter((_, i) => scores[i]! >= least);
          return selected.filter((label) => label === 1).length / selected.length;
        });
        const mean = precisions.reduce((sum, precision) => sum + precision, 0) / positives.length;
        expect(computeAveragePrecision(labels, scores)).toBeCloseTo(mean, 13);
      }),
    );
  });

  it("is the base rate when all scores are equal, and no trapezoid", () => {
    expect(computeAveragePrecision([1, 0, 0, 0], [2, 2, 2, 2])).toBe(0.25);
    // The trapezoidal rule would give (1 + 2/3) / 2 · 0.5 + 0.5 = 0.917.
    expect(computeAveragePrecision([1, 0, 1], [3, 2, 1])).toBeCloseTo(5 / 6, 15);
  });

  it("refuses one class", () => {
    expect(() => computeAveragePrecision([0, 0], [0.1, 0.2])).toThrow("computeAveragePrecision: labels must hold both classes; all 2 are 0");
  });
});
