import { describe, expect, it } from "vitest";
import { fitLogisticRegression, logisticRegressionFromSpec, type LogisticRegressionModel, type LogisticRegressionOptions, type LogisticRegressionStatus } from "../../../src/churn";
import { featureMatrixFromRows } from "../../../src/data/feature-matrix";
import type { ErrorCode } from "../../../src/errors/error";
import { RandomStream } from "../../../src/numeric/random/random-stream";
import { expectRefusal } from "../../support/errors";

const random = new RandomStream(11);
const normal = (): number => Array.from({ length: 12 }, () => random.nextFloat()).reduce((sum, value) => sum + value, -6);
const rowsOf = (count: number, row: (i: number) => number[]): number[][] => Array.from({ length: count }, (_, i) => row(i));
const coins = (count: number): number[] => Array.from({ length: count }, () => random.nextInteger(2));

function fit(rows: readonly (readonly number[])[], labels: readonly number[], options?: LogisticRegressionOptions): LogisticRegressionModel {
  const matrix = featureMatrixFromRows(rows);
  const model = fitLogisticRegression(matrix, labels, options);
  const numbers = [model.intercept, model.logLikelihood, model.gradientNorm, ...model.coefficients, ...model.predictProbability(matrix)];
  expect(numbers.every(Number.isFinite)).toBe(true);
  return model;
}

const twins = rowsOf(60, () => {
  const value = normal();
  return [value, value, 2 * value - 1];
});
type Case = [name: string, rows: readonly (readonly number[])[], labels: readonly number[], maximumLikelihood: LogisticRegressionStatus, constant?: readonly string[]];
const cases: readonly Case[] = [
  ["columns of size 1e9, 1e-6 and around 1e12", rowsOf(200, () => [normal() * 1e9, normal() * 1e-6, 1e12 + normal()]), coins(200), "converged"],
  ["columns of size 1e130 and 1e-130", rowsOf(60, () => [normal() * 1e130, normal() * 1e-130]), coins(60), "converged"],
  ["more columns than rows", rowsOf(10, () => Array.from({ length: 30 }, normal)), [0, 1, 0, 1, 1, 0, 1, 0, 1, 1], "separated"],
  ["one row of each class", [[1, 2], [3, 4]], [0, 1], "separated"],
  ["two equal rows of different class", [[1, 2], [1, 2]], [0, 1], "aliased", ["x1", "x2"]],
  ["columns that repeat each other", twins, coins(60), "aliased"],
  ["constant columns", rowsOf(60, () => [7, normal(), 0.1 + 0.2]), coins(60), "aliased", ["x1", "x3"]],
  ["a constant up to rounding", rowsOf(60, (i) => [i % 2 === 0 ? 0.3 : 0.1 + 0.2, normal()]), coins(60), "aliased", ["x1"]],
  ["constant columns only", rowsOf(60, () => [7, 0]), coins(60), "aliased", ["x1", "x2"]],
  ["no columns", rowsOf(60, () => []), coins(60), "converged"],
  ["one row of 20,000 unlike the others", rowsOf(20000, (i) => [i === 5 ? 1 : 0]), Array.from({ length: 20000 }, (_, i) => (i === 7 ? 1 : 0)), "separated"],
  ["three positives in 20,000", rowsOf(20000, () => [normal(), normal()]), Array.from({ length: 20000 }, (_, i) => (i < 3 ? 1 : 0)), "converged"],
  [
    "classes that overlap by a millionth",
    [...rowsOf(50, () => [-random.nextFloat()]), ...rowsOf(50, () => [random.nextFloat()]), [1e-6], [-1e-6]],
    [...new Array<number>(50).fill(0), ...new Array<number>(50).fill(1), 0, 1],
    "converged",
  ],
  ["an outlier a billion times as far as the others", rowsOf(200, (i) => [i === 0 ? 1e9 : normal()]), coins(200), "converged"],
  ["nearly collinear columns", rowsOf(200, () => [normal()]).flatMap(([a]) => [[a!, a! + 1e-6 * normal(), normal()]]), coins(200), "converged"],
  ["timestamps in milliseconds, a minute wide", rowsOf(200, () => [1.7e12 + Math.floor(random.nextFloat() * 6e4)]), coins(200), "converged"],
];

describe("maximum likelihood ends in a status", () => {
  it.each(cases)("%s", (_, rows, labels, status) => {
    expect(fit(rows, labels).status).toBe(status);
  });
});

it.each([1e-5, 1e-6, 3e-7])("columns that differ by %d converge in few steps, although rounding hides the last decrease", (difference) => {
  for (let repeat = 0; repeat < 20; repeat++) {
    const rows = rowsOf(200, () => [normal()]).map(([a]) => [a!, a! + difference * normal(), normal()]);
    const model = fit(rows, coins(200));
    expect(model.status).toBe("converged");
    expect(model.iterations).toBeLessThan(10);
  }
});

describe("a penalty makes every fit converge", () => {
  it.each(cases)("%s", (_, rows, labels, _status, constant = []) => {
    for (const standardize of [true, false]) {
      const model = fit(rows, labels, { strength: 0.01, standardize });
      expect(model.aliased.map(({ column }) => column)).toEqual(constant);
      expect(model.status).toBe(constant.length > 0 ? "aliased" : "converged");
    }
  });
});

describe("what it cannot use is refused by name", () => {
  const rows = rowsOf(10, () => [normal(), normal()]);
  const labels = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1];
  const matrix = featureMatrixFromRows(rows, ["age", "income"]);

  it("labels of one class", () => {
    expectRefusal(() => fitLogisticRegression(matrix, new Uint8Array(10)), "constantLabels", "fitLogisticRegression", "all 10 are 0");
    expectRefusal(() => fitLogisticRegression(matrix, new Uint8Array(10).fill(1)), "constantLabels", "all 10 are 1");
  });

  it("labels that are not 0 or 1, with the row", () => {
    const error = expectRefusal(() => fitLogisticRegression(matrix, [0, 1, 2, 0, 0, 0, 0, 0, 0, 0]), "invalidInput", "0 or 1", "row 2");
    expect(error.details.row).toBe(2);
    expectRefusal(() => fitLogisticRegression(matrix, [0, 1, NaN, 0, 0, 0, 0, 0, 0, 0]), "invalidInput", "NaN");
    // @ts-expect-error texts are no labels
    const texts = expectRefusal(() => fitLogisticRegression(matrix, ["no", ...labels.slice(1)]), "invalidInput", "a text of 2 characters");
    expect(texts.message).not.toContain("no\"");
  });

  it("labels for other rows", () => {
    expectRefusal(() => fitLogisticRegression(matrix, [0, 1]), "lengthMismatch", "labels", "10", "2");
  });

  it("too few rows", () => {
    expectRefusal(() => fitLogisticRegression(featureMatrixFromRows([[1]]), [1]), "tooFewRows", "at least 2 rows");
  });

  it("something that is not a matrix", () => {
    // @ts-expect-error rows are no matrix
    expectRefusal(() => fitLogisticRegression(rows, labels), "invalidInput", "matrix");
    expectRefusal(() => fitLogisticRegression({ ...matrix, values: matrix.values.subarray(1) }, labels), "invalidInput", "matrix must be a FeatureMatrix");
  });

  it.each([NaN, Infinity, -Infinity])("%d in a matrix made by hand, with row and column", (value) => {
    const values = matrix.values.slice();
    values[7] = value;
    const error = expectRefusal(() => fitLogisticRegression({ ...matrix, values }, labels), "nonFinite", "row 3", '"income"', String(value));
    expect(error.details).toMatchObject({ row: 3, column: "income" });
  });

  it.each([1e200, 1e-200])("a column of size %d, whose variance is no number", (size) => {
    const far = featureMatrixFromRows(rows.map(([a, b]) => [a!, b! * size]), ["age", "income"]);
    expectRefusal(() => fitLogisticRegression(far, labels), "invalidInput", '"income"', "another unit");
  });

  it("predictions that overflow", () => {
    const fitted = fit(rows, labels, { strength: 1 });
    const model = logisticRegressionFromSpec({ ...fitted.toJSON(), coefficients: [2, 2] });
    expect([...model.predictProbability(featureMatrixFromRows([[1e300, 0], [0, -1e300]]))]).toEqual([1, 0]);
    expectRefusal(() => model.predictProbability(featureMatrixFromRows([[1e308, 0]])), "nonFinite", "predictProbability", "row 0");
    expectRefusal(() => model.predictProbability(featureMatrixFromRows([[0, 0], [1e308, -1e308]])), "nonFinite", "predictProbability", "row 1");
  });
});

describe("limits", () => {
  it("too few iterations are reported", () => {
    const model = fit(rowsOf(100, () => [normal()]), coins(100), { maxIterations: 1 });
    expect(model.status).toBe("iterationLimit");
    expect(model.iterations).toBe(1);
  });

  it("a tolerance below rounding is not claimed to be reached", () => {
    expect(fit(rowsOf(100, () => [normal()]), coins(100), { tolerance: 1e-300 }).status).toBe("iterationLimit");
  });

  it.each<[object, ErrorCode, string]>([
    [{ strength: -1 }, "invalidOption", "strength"],
    [{ strength: Infinity }, "invalidOption", "strength"],
    [{ tolerance: 0 }, "invalidOption", "tolerance"],
    [{ maxIterations: 0 }, "invalidOption", "maxIterations"],
    [{ maxIterations: 1.5 }, "invalidOption", "maxIterations"],
    [{ standardise: true }, "unknownOption", 'did you mean "standardize"'],
  ])("option %o", (options, code, part) => {
    expectRefusal(() => fitLogisticRegression(featureMatrixFromRows([[1], [2]]), [0, 1], options), code, part);
  });
});
