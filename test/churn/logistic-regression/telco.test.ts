import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fitLogisticRegression, type LogisticRegressionModel } from "../../../src/churn";
import { readTelco, rowsOf } from "../telco";

const reference = new URL("../../reference/logistic-regression/", import.meta.url);

interface Fit {
  readonly intercept: number;
  readonly coefficients: readonly number[];
}
interface MaximumLikelihood extends Fit {
  readonly names: readonly string[];
  readonly logLikelihood: number;
  readonly aliased: readonly number[];
}
const telco = JSON.parse(readFileSync(new URL("telco.json", reference), "utf8")) as {
  readonly blankAsZero: MaximumLikelihood;
  readonly blankDropped: MaximumLikelihood;
  readonly l2: { readonly standardized: Fit; readonly raw: Fit };
};

/** Largest relative error of intercept and coefficients; those of the reference that are 0 must be 0. */
function largestError(model: LogisticRegressionModel, expected: Fit): number {
  let largest = Math.abs(model.intercept / expected.intercept - 1);
  expected.coefficients.forEach((coefficient, j) => {
    if (coefficient === 0) expect(model.coefficients[j]).toBe(0);
    else largest = Math.max(largest, Math.abs(model.coefficients[j]! / coefficient - 1));
  });
  return largest;
}

describe("maximum likelihood, as statsmodels finds it", () => {
  it.each([
    ["asZero", telco.blankAsZero],
    ["dropped", telco.blankDropped],
  ] as const)("blank charges %s", (blanks, expected) => {
    const { matrix, labels } = readTelco(blanks);
    const model = fitLogisticRegression(matrix, labels);
    expect(model.featureNames).toEqual(expected.names);
    expect(model.status).toBe("aliased");
    expect(model.aliased.map(({ column }) => column)).toEqual(expected.aliased.map((j) => expected.names[j]));
    expect(largestError(model, expected)).toBeLessThan(1e-10);
    expect(Math.abs(model.logLikelihood / expected.logLikelihood - 1)).toBeLessThan(1e-13);
    expect(model.gradientNorm).toBeLessThan(1e-12);
    expect(model.rowCount).toBe(matrix.rowCount);
  });

  it("says what each aliased column repeats", () => {
    const { matrix, labels } = readTelco("asZero");
    const { aliased } = fitLogisticRegression(matrix, labels, { maxIterations: 1 });
    expect(aliased[0]).toEqual({
      column: "MultipleLines_No phone service",
      constant: 1,
      dependsOn: [{ column: "PhoneService_Yes", coefficient: -1 }],
    });
    expect(aliased.slice(1).map(({ constant, dependsOn }) => [constant, dependsOn])).toEqual(
      Array.from({ length: 6 }, () => [0, [{ column: "InternetService_No", coefficient: 1 }]]),
    );
  });

  it("leaving the aliased columns out gives the same predictions", () => {
    const { matrix, labels } = readTelco("asZero");
    const full = fitLogisticRegression(matrix, labels);
    const kept = full.featureNames.flatMap((name, j) => (full.aliased.some(({ column }) => column === name) ? [] : [j]));
    const names = kept.map((j) => matrix.names[j]!);
    const values = Float64Array.from({ length: matrix.rowCount * kept.length }, (_, k) => matrix.values[Math.floor(k / kept.length) * matrix.columnCount + kept[k % kept.length]!]!);
    const reduced = fitLogisticRegression({ ...matrix, columnCount: kept.length, names, values }, labels);
    expect(reduced.status).toBe("converged");
    const expected = full.predictProbability(matrix);
    reduced.predictProbability({ ...matrix, columnCount: kept.length, names, values }).forEach((p, i) => expect(Math.abs(p - expected[i]!)).toBeLessThan(1e-13));
  });

  it("out-of-fold probabilities", () => {
    const { matrix, labels } = readTelco("asZero");
    const lines = readFileSync(new URL("telco-out-of-fold.csv", reference), "utf8").trim().split(/\r?\n/).slice(1);
    const expected = lines.map((line) => line.split(",").map(Number));
    expect(expected).toHaveLength(matrix.rowCount);
    let largest = 0;
    for (let fold = 0; fold < 5; fold++) {
      const train = expected.flatMap(([, , f], row) => (f === fold ? [] : [row]));
      const test = expected.flatMap(([, , f], row) => (f === fold ? [row] : []));
      const model = fitLogisticRegression(rowsOf(matrix, train), train.map((row) => labels[row]!));
      model.predictProbability(rowsOf(matrix, test)).forEach((p, i) => {
        largest = Math.max(largest, Math.abs(p - expected[test[i]!]![3]!));
      });
    }
    expect(largest).toBeLessThan(1e-12);
  });
});

describe("L2, as scikit-learn finds it with C = 1", () => {
  it.each([
    ["on standardised columns", telco.l2.standardized, true],
    ["on the columns as they are", telco.l2.raw, false],
  ])("%s", (_, expected, standardize) => {
    const { matrix, labels } = readTelco("asZero");
    const model = fitLogisticRegression(matrix, labels, { strength: 1 / matrix.rowCount, standardize });
    expect(model.status).toBe("converged");
    expect(model.aliased).toEqual([]);
    expect(largestError(model, expected)).toBeLessThan(1e-8);
  });
});
