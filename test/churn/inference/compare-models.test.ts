import { describe, expect, it } from "vitest";
import { compareModels, fitLogisticRegression, inferCoefficients } from "../../../src/churn";
import { featureMatrixFromRows, type FeatureMatrix } from "../../../src/data/feature-matrix";
import { expectRefusal } from "../../support/errors";
import { reference } from "./reference";

const { rows, labels, frequencies, sampling } = reference.data;
const columns = (positions: readonly number[]): FeatureMatrix => featureMatrixFromRows(rows.map((row) => positions.map((j) => row[j]!)), positions.map((j) => `x${j + 1}`));
const fitOn = (positions: readonly number[]) => fitLogisticRegression(columns(positions), labels);

describe("likelihood ratios, as statsmodels", () => {
  it.each(reference.comparisons)("$small in $large", ({ small, large, statistic, degreesOfFreedom, p }) => {
    const compared = compareModels(fitOn(small), fitOn(large), columns(large), labels);
    expect(Math.abs(compared.statistic - statistic)).toBeLessThan(1e-9);
    expect(compared.degreesOfFreedom).toBe(degreesOfFreedom);
    expect(Math.abs(compared.p / p - 1)).toBeLessThan(1e-9);
    expect(Math.exp(compared.logP)).toBe(compared.p);
    expect(compared.addedColumns).toEqual(large.filter((j) => !small.includes(j)).map((j) => `x${j + 1}`));
    const { aic, bic, logLikelihood } = inferCoefficients(fitOn(large), columns(large), labels);
    expect(compared.large).toMatchObject({ aic, bic, logLikelihood });
    expect(compared.small.parameterCount).toBe(small.length + 1);
  });

  it("takes the columns of the small model in its own order, and frequency weights", () => {
    const options = { sampleWeights: frequencies };
    const small = fitLogisticRegression(columns([3, 0]), labels, options);
    const large = fitLogisticRegression(columns([0, 1, 3]), labels, options);
    const { statistic, small: ofSmall, large: ofLarge } = compareModels(small, large, columns([0, 1, 3]), labels, options);
    expect(statistic).toBeCloseTo(2 * (large.logLikelihood - small.logLikelihood), 9);
    expect(ofSmall.observationCount).toBe(frequencies.reduce((sum, count) => sum + count, 0));
    expect(ofLarge.parameterCount - ofSmall.parameterCount).toBe(1);
  });

  it("aliased columns add no degree of freedom", () => {
    const doubled = featureMatrixFromRows(rows.map((row) => [row[0]!, row[1]!, 2 * row[0]! + 1]), ["x1", "x2", "twice"]);
    const { addedColumns, degreesOfFreedom } = compareModels(fitOn([0]), fitLogisticRegression(doubled, labels), doubled, labels);
    expect([addedColumns, degreesOfFreedom]).toEqual([["x2", "twice"], 1]);
  });
});

describe("refuses", () => {
  const small = fitOn([0]);
  const large = fitOn([0, 1]);
  const data = columns([0, 1]);

  it("models that are not nested, or are one model", () => {
    expectRefusal(() => compareModels(fitOn([2]), large, data, labels), "featureMismatch", 'large must be a model with all columns of small; it has no "x3"');
    expectRefusal(() => compareModels(large, small, columns([0]), labels), "featureMismatch", "all columns of small");
    expectRefusal(() => compareModels(large, large, data, labels), "unsupported", "more coefficients than small; both have 3");
    const doubled = featureMatrixFromRows(rows.map((row) => [row[0]!, 2 * row[0]!]), ["x1", "twice"]);
    expectRefusal(() => compareModels(small, fitLogisticRegression(doubled, labels), doubled, labels), "unsupported", "both have 2 (aliased columns have none)");
  });

  it("fits on other rows", () => {
    const half = rows.length / 2;
    const some = featureMatrixFromRows(rows.slice(0, half).map(([a]) => [a!]), ["x1"]);
    expectRefusal(() => compareModels(fitLogisticRegression(some, labels.slice(0, half)), large, data, labels), "invalidInput", "small was fitted on", "100 rows");
    const others = featureMatrixFromRows([...rows.slice(1), rows[0]!].map(([a]) => [a!]), ["x1"]);
    expectRefusal(() => compareModels(fitLogisticRegression(others, labels), large, data, labels), "invalidInput", "small was fitted on", "standard errors away");
    expectRefusal(() => compareModels(small, large, columns([1, 0]), labels), "featureMismatch");
  });

  it("what has no likelihood to compare", () => {
    const firth = fitLogisticRegression(columns([0]), labels, { estimator: "firth" });
    expectRefusal(() => compareModels(firth, large, data, labels), "unsupported", "small must be fitted by maximum likelihood", "Firth");
    const balanced = fitLogisticRegression(data, labels, { classWeights: "balanced" });
    expectRefusal(() => compareModels(small, balanced, data, labels), "unsupported", "large must be", "class weights");
    const sampled = fitLogisticRegression(data, labels, { sampleWeights: sampling, weightKind: "sampling" });
    expectRefusal(() => compareModels(small, sampled, data, labels), "unsupported", "sampling weights");
    const ridge = fitLogisticRegression(data, labels, { strength: 0.1 });
    expectRefusal(() => compareModels(small, ridge, data, labels), "unsupported", "no inference from large", "strength 0.1");
  });
});
