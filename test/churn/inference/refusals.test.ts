import { describe, expect, it } from "vitest";
import { fitLogisticRegression, inferCoefficients } from "../../../src/churn";
import { featureMatrixFromRows } from "../../../src/data/feature-matrix";
import { expectRefusal } from "../../support/errors";
import { reference } from "./reference";

const { rows, labels, frequencies, sampling } = reference.data;
const matrix = featureMatrixFromRows(rows);
const model = fitLogisticRegression(matrix, labels);

describe("no inference from", () => {
  it.each([0, 0.5, 1])("a penalised fit, l1Share %d", (l1Share) => {
    const penalised = fitLogisticRegression(matrix, labels, { strength: 0.01, l1Share });
    expectRefusal(() => inferCoefficients(penalised, matrix, labels), "unsupported", "strength 0.01", "towards 0", "fit without strength");
  });

  it("separated classes: Firth's estimate is advised", () => {
    const data = featureMatrixFromRows([[1, 0], [2, 1], [3, 0], [4, 1]], ["income", "calls"]);
    const separated = fitLogisticRegression(data, [0, 0, 1, 1]);
    expect(separated.status).toBe("separated");
    expectRefusal(() => inferCoefficients(separated, data, [0, 0, 1, 1]), "unsupported", "separated", '"income"', 'estimator "firth"');
    const firth = fitLogisticRegression(data, [0, 0, 1, 1], { estimator: "firth" });
    expect(inferCoefficients(firth, data, [0, 0, 1, 1]).coefficients).toHaveLength(2);
  });

  it("a fit that stopped before its maximum", () => {
    for (const estimator of ["firth", "maximumLikelihood"] as const) {
      const stopped = fitLogisticRegression(matrix, labels, { maxIterations: 1, estimator });
      expectRefusal(() => inferCoefficients(stopped, matrix, labels), "unsupported", "iterationLimit", "raise maxIterations");
    }
  });

  it("columns that differ by rounding only", () => {
    // What is left of the second column is 2e-7 of it: above the limit for aliased columns.
    const near = featureMatrixFromRows(rows.map(([a, b], i) => [a!, a! + 3e-6 * ((i * 7919) % 17) - 3e-5, b!]));
    const fitted = fitLogisticRegression(near, labels);
    expect(fitted.status).toBe("converged");
    const { coefficients, conditionNumber } = inferCoefficients(fitted, near, labels);
    expect(conditionNumber).toBeGreaterThan(1e5);
    expect(coefficients.every(({ standardError }) => Number.isFinite(standardError))).toBe(true);
  });
});

describe("other data than those of the fit", () => {
  const refuse = (data: readonly (readonly number[])[], given: ArrayLike<number>, text: string): void => {
    expectRefusal(() => inferCoefficients(model, featureMatrixFromRows(data), given), "invalidInput", "must be the data that model was fitted on", text);
  };

  it("one label or one value changed, in hundreds", () => {
    refuse(rows, labels.map((label, i) => (i === 17 ? 1 - label : label)), "standard errors away");
    refuse(rows.map((row, i) => (i === 17 ? [row[0]! + 1, ...row.slice(1)] : row)), labels, "standard errors away");
    refuse([...rows.slice(1), rows[0]!], labels, "standard errors away");
  });

  it("other rows or weights", () => {
    refuse(rows.slice(1), labels.slice(1), "200 rows (with a weight above 0), these are 199");
    expectRefusal(() => inferCoefficients(model, matrix, labels, { sampleWeights: sampling }), "invalidInput", "the weights of its fit add up to 200");
    const weighted = fitLogisticRegression(matrix, labels, { sampleWeights: frequencies });
    expectRefusal(() => inferCoefficients(weighted, matrix, labels), "invalidInput", "rows");
    const mean = sampling.reduce((sum, weight) => sum + weight, 0) / sampling.length;
    expectRefusal(() => inferCoefficients(model, matrix, labels, { sampleWeights: sampling.map((weight) => weight / mean) }), "invalidInput", "standard errors away");
  });

  it("rows in another order are the same data", () => {
    const turned = inferCoefficients(model, featureMatrixFromRows([...rows].reverse()), [...labels].reverse());
    expect(turned.intercept.standardError).toBeCloseTo(inferCoefficients(model, matrix, labels).intercept.standardError, 10);
  });

  it("other columns: more of them aliased, or of other names", () => {
    refuse(rows.map((row) => [row[0]!, row[1]!, row[2]!, row[0]!]), labels, "other columns are aliased");
    expectRefusal(() => inferCoefficients(model, featureMatrixFromRows(rows, ["a", "b", "c", "d"]), labels), "featureMismatch");
  });

  it("a fit with a large tolerance is taken for one on other data, and says so", () => {
    const loose = fitLogisticRegression(matrix, labels, { tolerance: 0.01 });
    expectRefusal(() => inferCoefficients(loose, matrix, labels), "invalidInput", "tolerance of the fit small");
  });
});

describe("what no fit takes either", () => {
  it("numbers that are not finite, lists of other lengths, labels of one class", () => {
    const spoilt = { ...matrix, values: matrix.values.map((value, k) => (k === 5 ? NaN : value)) };
    expectRefusal(() => inferCoefficients(model, spoilt, labels), "nonFinite", "row 1");
    expectRefusal(() => inferCoefficients(model, matrix, labels.slice(1)), "lengthMismatch");
    expectRefusal(() => inferCoefficients(model, matrix, labels.map(() => 1)), "constantLabels");
    expectRefusal(() => inferCoefficients(model, matrix, labels, { sampleWeights: labels.map(() => -1) }), "invalidOption", "sampleWeights[0]");
    expectRefusal(() => inferCoefficients({} as never, matrix, labels), "invalidInput", "a LogisticRegressionModel");
  });
});

describe("combinations that mean nothing", () => {
  const sampled = fitLogisticRegression(matrix, labels, { sampleWeights: sampling, weightKind: "sampling" });
  const balanced = fitLogisticRegression(matrix, labels, { classWeights: "balanced" });
  const firth = fitLogisticRegression(matrix, labels, { estimator: "firth", sampleWeights: frequencies });

  it("the model's own errors, or profiles, with sampling or class weights", () => {
    expectRefusal(() => inferCoefficients(sampled, matrix, labels, { sampleWeights: sampling, covariance: "model" }), "invalidOption", 'covariance must be "HC0" or "HC1"');
    expectRefusal(() => inferCoefficients(balanced, matrix, labels, { covariance: "model" }), "invalidOption", 'covariance must be "HC0" or "HC1"');
    expectRefusal(() => inferCoefficients(balanced, matrix, labels, { intervals: "profile" }), "invalidOption", 'intervals must be "wald"');
    expectRefusal(() => inferCoefficients(model, matrix, labels, { intervals: "profile", covariance: "HC1" }), "invalidOption", 'intervals must be "wald"');
  });

  it("robust errors or sampling weights of a fit by Firth", () => {
    expectRefusal(() => inferCoefficients(firth, matrix, labels, { sampleWeights: frequencies, covariance: "HC0" }), "invalidOption", 'covariance must be "model"');
    expectRefusal(() => inferCoefficients(firth, matrix, labels, { sampleWeights: frequencies, weightKind: "sampling" }), "invalidOption", "weightKind");
  });

  it("what the weights are may be said anew", () => {
    const counted = inferCoefficients(sampled, matrix, labels, { sampleWeights: sampling, weightKind: "frequency" });
    expect(counted.covariance).toBe("model");
    expect(counted.observationCount).toBeCloseTo(sampling.reduce((sum, weight) => sum + weight, 0), 9);
  });
});
