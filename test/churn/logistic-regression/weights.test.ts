import { describe, expect, it } from "vitest";
import { fitLogisticRegression, logisticRegressionFromSpec } from "../../../src/churn";
import { featureMatrixFromRows } from "../../../src/data/feature-matrix";
import { expectRefusal } from "../../support/errors";
import { largestError, matrix, sets, weightsOf } from "./weighted-sets";

const { rows, labels, frequencies, sampling } = sets;

describe("sample weights", () => {
  it("as statsmodels fits frequencies", () => {
    const model = fitLogisticRegression(matrix, labels, { sampleWeights: frequencies });
    expect(model.status).toBe("converged");
    expect(largestError(model, sets.frequency)).toBeLessThan(1e-9);
    expect(model.logLikelihood / sets.frequency.logLikelihood).toBeCloseTo(1, 12);
    expect(model.weightKind).toBe("frequency");
    expect(model.weightSum).toBe(frequencies.reduce((sum, weight) => sum + weight, 0));
    expect(model.rowCount).toBe(frequencies.filter((weight) => weight > 0).length);
  });

  it.each([{}, { strength: 0.05 }, { strength: 0.05, l1Share: 0.7 }, { strength: 0.05, standardize: false }, { estimator: "firth" }, { classWeights: "balanced" }] as const)(
    "are numbers of equal rows, to any fit: %o",
    (options) => {
      const repeated = rows.flatMap((row, i) => Array.from({ length: frequencies[i]! }, () => [row, labels[i]!] as const));
      const expected = fitLogisticRegression(featureMatrixFromRows(repeated.map(([row]) => row)), repeated.map(([, label]) => label), options);
      const model = fitLogisticRegression(matrix, labels, { ...options, sampleWeights: frequencies });
      expect(model.status).toBe("converged");
      expect(largestError(model, expected)).toBeLessThan(1e-7);
      expect(model.logLikelihood / expected.logLikelihood).toBeCloseTo(1, 10);
      expect(model.baseRate).toBeCloseTo(expected.baseRate!, 14);
      expect(model.meanPrediction).toBeCloseTo(expected.meanPrediction!, 10);
      model.featureMeans.forEach((mean, j) => expect(mean).toBeCloseTo(expected.featureMeans[j]!, 10));
    },
  );

  it("count by their proportions, whatever their kind", () => {
    const model = fitLogisticRegression(matrix, labels, { sampleWeights: sampling, weightKind: "sampling", strength: 0.01 });
    const scaled = fitLogisticRegression(matrix, labels, { sampleWeights: sampling.map((weight) => weight * 1e90), strength: 0.01 });
    expect(largestError(scaled, model)).toBeLessThan(1e-9);
    expect(model.weightKind).toBe("sampling");
    expect(fitLogisticRegression(matrix, labels).weightKind).toBe("none");
  });

  it("of 0 leave a row out, with everything that only it shows", () => {
    const oddRows = [...rows.map((row) => [...row, 7]), [1e9, -1, 3, 2, 1, 0, 8], [2, 2, 2, 2, 2, 2, 9]];
    const odd = featureMatrixFromRows(oddRows);
    const model = fitLogisticRegression(odd, [...labels, 1, 0], { sampleWeights: [...labels.map(() => 1), 0, 0] });
    const expected = fitLogisticRegression(matrix, labels);
    expect(model.aliased.map(({ column }) => column)).toEqual(["x7"]);
    expect(largestError({ intercept: model.intercept, coefficients: model.coefficients.slice(0, 6) }, expected)).toBeLessThan(1e-11);
  });

  it("that cannot be used are refused by name", () => {
    const fit = (sampleWeights: readonly number[]) => () => fitLogisticRegression(matrix, labels, { sampleWeights });
    expectRefusal(fit([1, 2]), "lengthMismatch", "sampleWeights");
    expectRefusal(fit(labels.map((_, i) => (i === 3 ? -1 : 1))), "invalidOption", "sampleWeights[3]", "-1");
    expectRefusal(fit(labels.map((_, i) => (i === 3 ? NaN : 1))), "invalidOption", "sampleWeights[3]");
    expectRefusal(fit(labels.map((_, i) => (i === 3 ? 1e-20 : 1))), "invalidOption", "sampleWeights[3]", "largest weight");
    expectRefusal(fit(labels), "constantLabels", "weight above 0");
    expectRefusal(fit(labels.map(() => 0)), "constantLabels", "weight above 0");
  });
});

describe("class weights", () => {
  it.each(sets.classWeights)("as scikit-learn, with the intercept corrected: %#", (expected) => {
    const model = fitLogisticRegression(matrix, labels, { classWeights: expected.classWeights, sampleWeights: weightsOf(expected.weights) });
    const correction = Math.log(expected.positive / expected.negative);
    expect(model.classWeights!.positive).toBeCloseTo(expected.positive, 12);
    expect(model.classWeights!.negative).toBeCloseTo(expected.negative, 12);
    expect(largestError(model, { ...expected, intercept: expected.intercept - correction })).toBeLessThan(1e-8);
  });

  it("show the mean prediction beside the base rate, as the model predicts", () => {
    const model = fitLogisticRegression(matrix, labels, { classWeights: { negative: 1, positive: 4 } });
    const mean = model.predictProbability(matrix).reduce((sum, p) => sum + p / labels.length, 0);
    expect(model.meanPrediction).toBeCloseTo(mean, 13);
    expect(model.baseRate).toBeCloseTo(labels.reduce((sum, label) => sum + label, 0) / labels.length, 14);
    expect(Math.abs(model.meanPrediction! - model.baseRate!)).toBeLessThan(0.03);
    const expected = model.predictProbability(matrix).reduce((sum, p, i) => sum + Math.log(labels[i] === 1 ? p : 1 - p), 0);
    expect(model.logLikelihood).toBeCloseTo(expected, 10);
  });

  it("of 1 and 1 change nothing", () => {
    const plain = fitLogisticRegression(matrix, labels);
    expect(largestError(fitLogisticRegression(matrix, labels, { classWeights: { negative: 1, positive: 1 } }), plain)).toBeLessThan(1e-10);
  });

  it("that cannot be used are refused by name", () => {
    // @ts-expect-error not the name of a rule
    expectRefusal(() => fitLogisticRegression(matrix, labels, { classWeights: "equal" }), "invalidOption", "classWeights", "balanced");
    // @ts-expect-error a weight is missing
    expectRefusal(() => fitLogisticRegression(matrix, labels, { classWeights: { positive: 2 } }), "invalidOption", "classWeights.negative");
    expectRefusal(() => fitLogisticRegression(matrix, labels, { classWeights: { positive: 0, negative: 1 } }), "invalidOption", "classWeights.positive");
  });

  it("are saved", () => {
    const model = fitLogisticRegression(matrix, labels, { classWeights: "balanced", sampleWeights: sampling, weightKind: "sampling" });
    expect(logisticRegressionFromSpec(JSON.parse(JSON.stringify(model)))).toEqual(model);
  });
});
