import { describe, expect, test } from "vitest";
import { computeLifetimeValue, featureMatrixFromColumns, fitKMeans, fitLogisticRegression, fitStandardScaler, profileSegments, tableFromColumns } from "clientele";
import expected from "../reference/source-article/expected.json";

const FEATURES = { 年龄: [25, 30, 40, 30, 25], 收入: [5000, 6000, 8000, 7000, 5000], 客户满意度: [0.8, 0.7, 0.5, 0.6, 0.9] };
const LABELS = [0, 0, 1, 0, 0];
const matrix = featureMatrixFromColumns(FEATURES);
const scaler = fitStandardScaler(matrix);
const scaled = scaler.apply(matrix);

const expectClose = (found: Iterable<number>, wanted: readonly number[], tolerance: number): void => {
  const values = [...found];
  expect(values.length).toBe(wanted.length);
  values.forEach((value, i) => expect(Math.abs(value - wanted[i]!)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(wanted[i]!))));
};

describe("the five customers of the source article, as in scikit-learn", () => {
  test("scaler", () => {
    expectClose(scaler.means, expected.means, 1e-15);
    expectClose(scaler.scales, expected.scales, 1e-15);
  });

  test("segments, for the worst of 100 seeds", () => {
    for (let seed = 1; seed <= 100; seed++) {
      const model = fitKMeans(scaled, { k: 2, seed });
      const segmentOf = model.predict(scaled);
      const together = [0, 1].map((segment) => [1, 2, 3, 4, 5].filter((customer) => segmentOf[customer - 1] === segment));
      expect(together).toEqual(expected.together);
      expectClose([model.inertia], [expected.inertia], 1e-14);
    }
    const { segments } = profileSegments(tableFromColumns(FEATURES), fitKMeans(scaled, { k: 2 }).predict(scaled));
    expectClose(segments.map(({ numbers }) => numbers[2]!.mean!), [0.8, 0.55], 1e-15);
  });

  test("churn: separated, and the penalised fit of C = 1", () => {
    expect(fitLogisticRegression(scaled, LABELS)).toMatchObject({ status: "separated", separation: { kind: "complete", separatedRows: 5 } });
    const model = fitLogisticRegression(scaled, LABELS, { strength: 1 / 5 });
    expect(model.status).toBe("converged");
    expectClose([model.intercept], [expected.intercept], 1e-9);
    expectClose(model.coefficients, expected.coefficients, 1e-9);
    expectClose(model.predictProbability(scaled), expected.probabilities, 1e-9);
  });

  test("value: exactly 2250, 1152 and 504, and an index", () => {
    const index = (retention: number, averageRevenue: number, rfm: number): unknown => computeLifetimeValue({ retention, averageRevenue, rfm, periods: 1 });
    expect(index(0.9, 1000, 2.5)).toMatchObject({ kind: "index", valueIndex: 2250 });
    expect(index(0.8, 800, 1.8)).toMatchObject({ kind: "index", valueIndex: 1152 });
    expect(index(0.7, 600, 1.2)).toMatchObject({ kind: "index", valueIndex: 504 });
  });

  test("scikit-learn does refuse the standardised label", () => {
    expect(expected.refusalOfStandardisedLabel).toContain("Unknown label type: continuous");
  });
});
