import { describe, expect, it } from "vitest";
import { fitLogisticRegression, type LogisticRegressionModel } from "../../../src/churn";
import { featureMatrixFromRows } from "../../../src/data/feature-matrix";
import sets from "../../reference/logistic-regression/outliers.json";

const fit = (set: (typeof sets)[number]): LogisticRegressionModel => fitLogisticRegression(featureMatrixFromRows(set.rows), set.labels);

const probabilitiesOf = ({ rows }: (typeof sets)[number], intercept: number, coefficients: readonly number[]): number[] =>
  rows.map((row) => 1 / (1 + Math.exp(-row.reduce((logit, value, j) => logit + value * coefficients[j]!, intercept))));

describe.each([...new Set(sets.map(({ kind }) => kind))])("outliers up to 1e13 beside values of size 1: %s", (kind) => {
  const chosen = sets.filter((set) => set.kind === kind);

  it("separated exactly where rational arithmetic says so", () => {
    for (const set of chosen) expect(fit(set).status === "separated", JSON.stringify(set)).toBe(set.separated);
  });

  it("otherwise converged to the maximum of 60-digit arithmetic", () => {
    for (const set of chosen) {
      if (set.separated) continue;
      const model = fit(set);
      expect(model.status).toBe("converged");
      expect(Math.abs(model.logLikelihood / set.logLikelihood! - 1)).toBeLessThan(1e-12);
      const expected = probabilitiesOf(set, set.intercept!, set.coefficients!);
      probabilitiesOf(set, model.intercept, model.coefficients).forEach((probability, row) => expect(Math.abs(probability - expected[row]!)).toBeLessThan(1e-9));
    }
  });
});

it("199 values in 0 … 1 keep ten digits of their coefficient beside one of 1e9 or 1e12", () => {
  const chosen = sets.filter(({ kind }) => kind === "199 and one");
  expect(chosen).toHaveLength(2);
  for (const set of chosen) expect(Math.abs(fit(set).coefficients[0]! / set.coefficients![0]! - 1)).toBeLessThan(1e-10);
});

describe("a penalty", () => {
  const rows = [[1e9, 1], ...Array.from({ length: 60 }, (_, i) => [(i % 7) / 7, (i % 5) / 5])];
  const labels = rows.map((_, i) => (i % 3 === 0 ? 1 : 0));

  it("makes fits with outliers converge, on standardised columns and on columns as they are", () => {
    for (const standardize of [true, false]) {
      for (const strength of [1e-6, 0.01, 100]) {
        const model = fitLogisticRegression(featureMatrixFromRows(rows), labels, { strength, standardize });
        expect(model.status).toBe("converged");
      }
    }
  });
});
