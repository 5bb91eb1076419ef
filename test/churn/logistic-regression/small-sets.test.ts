import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fitLogisticRegression } from "../../../src/churn";
import { featureMatrixFromRows, featureMatrixFromValues, type FeatureMatrix } from "../../../src/data/feature-matrix";

const reference = new URL("../../reference/logistic-regression/", import.meta.url);

interface SmallSet {
  readonly kind: string;
  readonly columnCount: number;
  readonly values: readonly number[];
  readonly labels: readonly number[];
  readonly verdict: "overlap" | "quasi" | "complete";
  readonly intercept?: number;
  readonly coefficients?: readonly number[];
  readonly logLikelihood?: number;
  readonly aliased?: readonly number[];
}
const read = (name: string): readonly SmallSet[] => JSON.parse(readFileSync(new URL(name, reference), "utf8")) as readonly SmallSet[];
/** 300 with their maximum-likelihood fits, and 700 with the verdict only. */
const sets = [...read("small-sets.json"), ...read("small-sets-verdicts.json")];
const article = JSON.parse(readFileSync(new URL("article.json", reference), "utf8")) as {
  readonly rows: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly l2: { readonly intercept: number; readonly coefficients: readonly number[]; readonly probabilities: readonly number[] };
};

function matrixOf({ values, columnCount }: SmallSet): FeatureMatrix {
  return featureMatrixFromValues(Float64Array.from(values), Array.from({ length: columnCount }, (_, j) => `x${j + 1}`));
}

/** Margins of a separation's combination, from its published form: ≥ 0 on every row if it is one. */
function marginsOf(matrix: FeatureMatrix, labels: ArrayLike<number>, combination: { intercept: number; columns: readonly { column: string; coefficient: number }[] }): number[] {
  return Array.from({ length: matrix.rowCount }, (_, row) => {
    const sum = combination.columns.reduce(
      (total, { column, coefficient }) => total + coefficient * matrix.values[row * matrix.columnCount + matrix.names.indexOf(column)]!,
      combination.intercept,
    );
    return labels[row] === 1 ? sum : -sum;
  });
}

describe.each([...new Set(sets.map(({ kind }) => kind))])("random sets: %s", (kind) => {
  const chosen = sets.map((set, number) => ({ set, number })).filter(({ set }) => set.kind === kind);

  it("separation as by linear programming, with its proof", () => {
    for (const { set, number } of chosen) {
      const matrix = matrixOf(set);
      const model = fitLogisticRegression(matrix, set.labels);
      expect(model.separation?.kind ?? "overlap", `set ${number}`).toBe(set.verdict);
      if (model.separation === undefined) continue;
      expect(model.status).toBe("separated");
      const margins = marginsOf(matrix, set.labels, model.separation);
      const largest = Math.max(...margins);
      expect(Math.min(...margins), `set ${number}`).toBeGreaterThan(-1e-7 * largest);
      expect(margins.filter((margin) => margin > 1e-7 * largest).length, `set ${number}`).toBe(model.separation.separatedRows);
      expect([model.intercept, ...model.coefficients, model.logLikelihood].every(Number.isFinite)).toBe(true);
    }
  });

  it("maximum likelihood where the classes overlap", () => {
    for (const { set, number } of chosen) {
      if (set.coefficients === undefined) continue;
      const model = fitLogisticRegression(matrixOf(set), set.labels);
      expect(model.status, `set ${number}`).toBe(set.aliased!.length > 0 ? "aliased" : "converged");
      expect(model.aliased.map(({ column }) => column)).toEqual(set.aliased!.map((j) => `x${j + 1}`));
      expect(Math.abs(model.logLikelihood / set.logLikelihood! - 1), `set ${number}`).toBeLessThan(1e-12);
      set.coefficients.forEach((coefficient, j) => {
        expect(Math.abs(model.coefficients[j]! - coefficient), `set ${number}`).toBeLessThanOrEqual(1e-8 * Math.abs(coefficient));
      });
    }
  });
});

it("there are a thousand", () => {
  expect(sets).toHaveLength(1000);
  expect(sets.filter(({ coefficients }) => coefficients !== undefined).length).toBeGreaterThan(100);
});

it("separation is proved on the way, where iterations are few", () => {
  for (const [number, set] of sets.entries()) {
    if (set.kind !== "plane of integers") continue;
    expect(fitLogisticRegression(matrixOf(set), set.labels, { maxIterations: 6 }).status, `set ${number}`).toBe("separated");
  }
});

describe("five customers that age separates", () => {
  const matrix = featureMatrixFromRows(article.rows, ["年龄", "收入", "客户满意度"]);

  it("maximum likelihood does not exist, and the columns are named", () => {
    const model = fitLogisticRegression(matrix, article.labels);
    expect(model.status).toBe("separated");
    expect(model.separation!.kind).toBe("complete");
    expect(model.separation!.separatedRows).toBe(5);
    expect(model.separation!.columns.map(({ column }) => column)).toEqual(["年龄", "收入", "客户满意度"]);
    expect(Math.min(...marginsOf(matrix, article.labels, model.separation!))).toBeGreaterThan(0);
  });

  it("L2 as in scikit-learn", () => {
    const model = fitLogisticRegression(matrix, article.labels, { strength: 1 / 5, standardize: false });
    expect(model.status).toBe("converged");
    expect(model.intercept).toBeCloseTo(article.l2.intercept, 10);
    article.l2.coefficients.forEach((coefficient, j) => expect(model.coefficients[j]).toBeCloseTo(coefficient, 10));
    const probabilities = model.predictProbability(matrix);
    article.l2.probabilities.forEach((probability, i) => expect(probabilities[i]).toBeCloseTo(probability, 10));
  });
});
