import { describe, expect, it } from "vitest";
import { fitLogisticRegression, logisticRegressionFromSpec } from "../../../src/churn";
import { featureMatrixFromRows } from "../../../src/data/feature-matrix";
import { expectRefusal } from "../../support/errors";
import { readTelco } from "../telco";
import { largestError, matrix, sets } from "./weighted-sets";

describe("Firth's estimate", () => {
  it.each(sets.firth)("as in 40-digit arithmetic: $name", (expected) => {
    const model = fitLogisticRegression(featureMatrixFromRows(expected.rows), expected.labels, { estimator: "firth", sampleWeights: expected.weights ?? undefined });
    expect(model.status).toBe("converged");
    expect(largestError(model, expected)).toBeLessThan(1e-8);
    expect(Math.abs(model.logLikelihood - expected.logLikelihood)).toBeLessThan(1e-8);
    expect(model.gradientNorm).toBeLessThan(1e-10);
  });

  it("of two groups adds half a customer to each cell", () => {
    const groups = featureMatrixFromRows([[0], [0], [1], [1]]);
    const [stayed, left] = [7, 2];
    const model = fitLogisticRegression(groups, [0, 1, 0, 1], { estimator: "firth", sampleWeights: [stayed, left, 5, 0] });
    expect(model.intercept).toBeCloseTo(Math.log((left + 0.5) / (stayed + 0.5)), 9);
    expect(model.intercept + model.coefficients[0]!).toBeCloseTo(Math.log(0.5 / 5.5), 9);
  });

  it("is near maximum likelihood on many rows, and leaves the same columns out", () => {
    const telco = readTelco("asZero");
    const firth = fitLogisticRegression(telco.matrix, telco.labels, { estimator: "firth" });
    const plain = fitLogisticRegression(telco.matrix, telco.labels);
    expect(firth.status).toBe("aliased");
    expect(firth.aliased).toEqual(plain.aliased);
    firth.coefficients.forEach((coefficient, j) => expect(Math.abs(coefficient - plain.coefficients[j]!)).toBeLessThan(0.02));
    expect(firth.logLikelihood).toBeLessThan(plain.logLikelihood);
  });

  it("does not depend on units", () => {
    const scaled = featureMatrixFromRows(sets.rows.map(([a, , c]) => [a! * 1e6 + 5, c!]));
    const here = fitLogisticRegression(featureMatrixFromRows(sets.rows.map(([a, , c]) => [a!, c!])), sets.labels, { estimator: "firth" });
    const there = fitLogisticRegression(scaled, sets.labels, { estimator: "firth" });
    expect((there.coefficients[0]! * 1e6) / here.coefficients[0]!).toBeCloseTo(1, 8);
  });

  it("takes no other penalty and no weights that are no numbers of rows", () => {
    const { labels, sampling } = sets;
    expectRefusal(() => fitLogisticRegression(matrix, labels, { estimator: "firth", strength: 1 }), "invalidOption", "no strength");
    expectRefusal(() => fitLogisticRegression(matrix, labels, { estimator: "firth", classWeights: "balanced" }), "invalidOption", "no class weights");
    expectRefusal(() => fitLogisticRegression(matrix, labels, { estimator: "firth", sampleWeights: sampling, weightKind: "sampling" }), "invalidOption", "frequency weights");
  });

  it("ends at its limit with a status, and is saved", () => {
    const model = fitLogisticRegression(matrix, sets.labels, { estimator: "firth", maxIterations: 1 });
    expect(model.status).toBe("iterationLimit");
    expect(model.iterations).toBe(1);
    expect(logisticRegressionFromSpec(JSON.parse(JSON.stringify(model)))).toEqual(model);
  });
});
