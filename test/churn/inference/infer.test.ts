import { describe, expect, it } from "vitest";
import { fitLogisticRegression, inferCoefficients, logisticRegressionFromSpec, type CoefficientEstimate, type CoefficientInference } from "../../../src/churn";
import { featureMatrixFromRows } from "../../../src/data/feature-matrix";
import { readTelco } from "../telco";
import { reference, relativeError, sandwich, type LogitFit } from "./reference";

const { rows, labels, frequencies, sampling } = reference.data;
const matrix = featureMatrixFromRows(rows);
const all = ({ intercept, coefficients }: CoefficientInference): readonly CoefficientEstimate[] => [intercept, ...coefficients];
const errorsOf = (inference: CoefficientInference): number[] => all(inference).map(({ standardError }) => standardError);

function expectLogit(inference: CoefficientInference, expected: LogitFit, tolerance: number): void {
  const found = all(inference);
  expect(relativeError(found.map(({ estimate }) => estimate), expected.estimates)).toBeLessThan(tolerance);
  expect(relativeError(errorsOf(inference), expected.standardErrors)).toBeLessThan(tolerance);
  expect(relativeError(found.map(({ z }) => z), expected.z)).toBeLessThan(tolerance);
  // p carries the error of z, times z².
  found.forEach(({ p, z }, k) => expect(Math.abs(p / expected.p[k]! - 1)).toBeLessThan(tolerance * (2 + z * z)));
  const near = (value: number, wanted: number, k: number): void => expect(Math.abs(value - wanted)).toBeLessThan(4 * tolerance * (Math.abs(wanted) + expected.standardErrors[k]!));
  found.forEach(({ interval }, k) => {
    near(interval.lower, expected.low[k]!, k);
    near(interval.upper, expected.high[k]!, k);
  });
  found.forEach(({ oddsRatio, oddsRatioInterval }, k) => {
    expect(oddsRatio / Math.exp(expected.estimates[k]!)).toBeCloseTo(1, 8);
    expect(oddsRatioInterval.lower / Math.exp(expected.low[k]!)).toBeCloseTo(1, 8);
    expect(oddsRatioInterval.upper / Math.exp(expected.high[k]!)).toBeCloseTo(1, 8);
  });
  for (const name of ["logLikelihood", "nullLogLikelihood", "aic", "bic", "mcFaddenR2"] as const) expect(Math.abs(inference[name]! / expected[name] - 1), name).toBeLessThan(1e-11);
  expect(inference.residualDegrees).toBe(expected.residualDegrees);
  expect(Math.abs(inference.likelihoodRatio!.statistic / expected.likelihoodRatio - 1)).toBeLessThan(1e-10);
  expect(Math.abs(inference.likelihoodRatio!.logP / expected.likelihoodRatioLogP - 1)).toBeLessThan(1e-10);
}

describe("as statsmodels", () => {
  it.each(["asZero", "dropped"] as const)("Telco, blank charges %s", (blanks) => {
    const telco = readTelco(blanks);
    const expected = reference.telco[blanks];
    const model = fitLogisticRegression(telco.matrix, telco.labels);
    const inference = inferCoefficients(model, telco.matrix, telco.labels);
    expect(inference.coefficients.map(({ column }) => column).sort()).toEqual([...expected.columns].sort());
    expect(inference.aliased).toEqual(model.aliased.map(({ column }) => column));
    expect(inference.parameterCount + inference.aliased.length).toBe(telco.matrix.columnCount + 1);
    expectLogit(inference, inOrderOf(inference, expected), 1e-10);
    for (const covariance of ["HC0", "HC1"] as const) {
      const robust = inferCoefficients(model, telco.matrix, telco.labels, { covariance });
      expect(robust.covariance).toBe(covariance);
      expect(relativeError(errorsOf(robust), inOrderOf(inference, expected)[covariance])).toBeLessThan(1e-10);
    }
  });

  it("the intercept and the coefficients of any data, with their covariances", () => {
    const model = fitLogisticRegression(matrix, labels);
    const inference = inferCoefficients(model, matrix, labels);
    expectLogit(inference, reference.plain, 1e-10);
    const size = inference.parameterCount;
    const { covariance, standardErrors } = reference.plain;
    covariance!.forEach((entry, k) => {
      const unit = standardErrors[Math.floor(k / size)]! * standardErrors[k % size]!;
      expect(Math.abs(inference.covarianceMatrix[k]! - entry) / unit).toBeLessThan(1e-10);
    });
    expect(inference.covarianceMatrix).toHaveLength(size * size);
    expect(inference).toMatchObject({ covariance: "model", intervals: "wald", level: 0.95, rowCount: 200, observationCount: 200, parameterCount: 5, residualDegrees: 195 });
  });

  it("frequency weights stand for rows written out, also in robust errors", () => {
    const model = fitLogisticRegression(matrix, labels, { sampleWeights: frequencies });
    const inference = inferCoefficients(model, matrix, labels, { sampleWeights: frequencies });
    expectLogit(inference, reference.frequency, 1e-9);
    expect(inference.observationCount).toBe(frequencies.reduce((sum, count) => sum + count, 0));
    expect(inference.rowCount).toBe(frequencies.filter((count) => count > 0).length);
    for (const covariance of ["HC0", "HC1"] as const) {
      const robust = inferCoefficients(model, matrix, labels, { sampleWeights: frequencies, covariance });
      expect(relativeError(errorsOf(robust), reference.frequency[covariance])).toBeLessThan(1e-9);
    }
  });
});

function mapValues<Name extends string, From, To>(values: Readonly<Record<Name, From>>, to: (value: From) => To): Record<Name, To> {
  return Object.fromEntries(Object.entries<From>(values).map(([name, value]) => [name, to(value)])) as Record<Name, To>;
}

/** The order of the columns in the matrix differs from that of the reference. */
function inOrderOf({ coefficients }: CoefficientInference, expected: LogitFit & { readonly columns: readonly string[] }): LogitFit {
  const positions = [0, ...coefficients.map(({ column }) => expected.columns.indexOf(column) + 1)];
  const inOrder = (values: readonly number[]): number[] => positions.map((k) => values[k]!);
  const { estimates, standardErrors, z, p, low, high, HC0, HC1 } = expected;
  const ordered = { estimates, standardErrors, z, p, low, high, HC0, HC1 };
  return { ...expected, ...mapValues(ordered, inOrder) };
}

/** R stops when the deviance no longer changes, and takes the weights of the step before: it has seven digits. */
const DIGITS_OF_R = 3e-7;

describe("robust errors as R's sandwich", () => {
  const balanced = { classWeights: "balanced" } as const;
  it.each([
    ["without weights", sandwich.none, {}],
    ["sampling weights", sandwich.sampling, { sampleWeights: sampling, weightKind: "sampling" }],
    ["balanced classes", sandwich.balanced, balanced],
    ["sampling and class weights", sandwich.samplingAndClasses, { sampleWeights: sampling, weightKind: "sampling", classWeights: { negative: 1, positive: 3 } }],
  ] as const)("%s", (_, expected, options) => {
    const model = fitLogisticRegression(matrix, labels, options);
    const { sampleWeights } = options as { sampleWeights?: readonly number[] };
    for (const covariance of ["HC0", "HC1"] as const) {
      const inference = inferCoefficients(model, matrix, labels, { sampleWeights, covariance });
      // R keeps the intercept as the class weights left it.
      expect(relativeError(inference.coefficients.map(({ estimate }) => estimate), expected.estimates.slice(1))).toBeLessThan(DIGITS_OF_R);
      expect(relativeError(errorsOf(inference), expected[covariance])).toBeLessThan(DIGITS_OF_R);
      expect(inference.intercept.estimate).toBe(model.intercept);
    }
  });

  it("are what sampling and class weights get, and there is no likelihood then", () => {
    const model = fitLogisticRegression(matrix, labels, balanced);
    const inference = inferCoefficients(model, matrix, labels);
    expect(inference).toMatchObject({ covariance: "HC0", logLikelihood: null, nullLogLikelihood: null, aic: null, bic: null, mcFaddenR2: null, likelihoodRatio: null });
  });

  it("do not depend on the scale of sampling weights", () => {
    const errors = [1, 1e-6, 1e6].map((scale) => {
      const sampleWeights = sampling.map((weight) => weight * scale);
      const model = fitLogisticRegression(matrix, labels, { sampleWeights, weightKind: "sampling" });
      return errorsOf(inferCoefficients(model, matrix, labels, { sampleWeights }));
    });
    for (const scaled of errors.slice(1)) expect(relativeError(scaled, errors[0]!)).toBeLessThan(1e-10);
  });

  it("R's AIC, BIC and deviances", () => {
    const inference = inferCoefficients(fitLogisticRegression(matrix, labels), matrix, labels);
    const { aic, bic, deviance, nullDeviance } = sandwich.model;
    expect(relativeError([inference.aic!, inference.bic!, -2 * inference.logLikelihood!, -2 * inference.nullLogLikelihood!], [aic, bic, deviance, nullDeviance])).toBeLessThan(1e-13);
  });
});

describe("numbers that are hard to get", () => {
  it.each(reference.hard)("$name: as in 60-digit arithmetic", (expected) => {
    const data = featureMatrixFromRows(expected.rows);
    const model = fitLogisticRegression(data, expected.labels);
    const inference = inferCoefficients(model, data, expected.labels);
    expect(relativeError(errorsOf(inference), expected.standardErrors)).toBeLessThan(1e-9);
    expect(relativeError(errorsOf(inferCoefficients(model, data, expected.labels, { covariance: "HC0" })), expected.HC0)).toBeLessThan(1e-9);
    expect(relativeError(all(inference).map(({ logP }) => logP), expected.logP)).toBeLessThan(1e-8);
  });

  it("p below the smallest number has a logarithm", () => {
    const groups = featureMatrixFromRows([[0], [0], [1], [1]]);
    const counts = [90_000, 10_000, 10_000, 90_000];
    const model = fitLogisticRegression(groups, [0, 1, 0, 1], { sampleWeights: counts });
    const { coefficients } = inferCoefficients(model, groups, [0, 1, 0, 1], { sampleWeights: counts });
    const { estimate, standardError, z, p, logP } = coefficients[0]!;
    // Of a 2 × 2 table: log of the odds ratio, and the root of the sum of reciprocal counts.
    expect(estimate).toBeCloseTo(Math.log(81), 9);
    expect(standardError / Math.sqrt(counts.reduce((sum, count) => sum + 1 / count, 0))).toBeCloseTo(1, 10);
    expect(p).toBe(0);
    // −z²/2 − log(z √(π/2)) and less than 1/z².
    expect(Math.abs(logP + (z * z) / 2 + Math.log(z * Math.sqrt(Math.PI / 2)))).toBeLessThan(1 / (z * z));
  });

  it("units change nothing but the units", () => {
    const scaled = featureMatrixFromRows(rows.map((row) => row.map((value, j) => value * [1e-6, 1e12, 1e6, 1e-12][j]!)));
    const here = inferCoefficients(fitLogisticRegression(matrix, labels), matrix, labels);
    const there = inferCoefficients(fitLogisticRegression(scaled, labels), scaled, labels);
    expect(relativeError(all(there).map(({ z }) => z), all(here).map(({ z }) => z))).toBeLessThan(1e-8);
    expect(there.conditionNumber / here.conditionNumber).toBeCloseTo(1, 8);
  });

  it("a model read from its saved form, and one without columns", () => {
    const model = fitLogisticRegression(matrix, labels);
    const read = logisticRegressionFromSpec(JSON.parse(JSON.stringify(model)));
    expect(inferCoefficients(read, matrix, labels)).toEqual(inferCoefficients(model, matrix, labels));
    const none = featureMatrixFromRows(rows.map(() => []), []);
    const { intercept, coefficients, likelihoodRatio, mcFaddenR2 } = inferCoefficients(fitLogisticRegression(none, labels), none, labels);
    const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
    expect(intercept.standardError).toBeCloseTo(1 / Math.sqrt(labels.length * share * (1 - share)), 10);
    expect(coefficients).toEqual([]);
    expect(likelihoodRatio).toEqual({ statistic: 0, degreesOfFreedom: 0, p: 1, logP: 0 });
    expect(mcFaddenR2).toBeCloseTo(0, 12);
  });

  it("many rows, as many of few written out", () => {
    const copies = 2200;
    const many = featureMatrixFromRows(Array.from({ length: copies * rows.length }, (_, i) => rows[i % rows.length]!));
    const manyLabels = Array.from({ length: copies * rows.length }, (_, i) => labels[i % rows.length]!);
    const inference = inferCoefficients(fitLogisticRegression(many, manyLabels), many, manyLabels);
    expect(relativeError(errorsOf(inference).map((error) => error * Math.sqrt(copies)), reference.plain.standardErrors)).toBeLessThan(1e-8);
  });
});
