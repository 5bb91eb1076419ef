import { describe, expect, it } from "vitest";
import {
  computeAccuracy,
  computeAuc,
  computeAveragePrecision,
  computeBrier,
  computeLogLoss,
  evaluateBinary,
} from "clientele/evaluation";
import { binaryCases, largestDifference, telcoPredictions, telcoScores, type TelcoModel } from "./reference";

describe("evaluateBinary", () => {
  it.each(binaryCases())("agrees with scikit-learn: $name", ({ labels, probabilities, scores, baseline }) => {
    const evaluation = evaluateBinary(labels, probabilities);
    expect(largestDifference(evaluation, scores)).toBeLessThan(1e-14);
    expect(largestDifference(evaluation.baseline, baseline)).toBeLessThan(1e-14);
  });

  it.each<TelcoModel>(["logreg_C1", "random_forest_500"])("agrees with scikit-learn on 7,043 customers: %s", (model) => {
    const telco = telcoPredictions();
    const evaluation = evaluateBinary(telco.labels, telco[model]);
    expect(largestDifference(evaluation, telcoScores().file[model].pooled)).toBeLessThan(1e-14);
    expect(evaluation.rowCount).toBe(7043);
    expect(evaluation.positiveCount).toBe(1869);
    expect(evaluation.baseline.logLoss).toBeCloseTo(telcoScores().run.baseLogLoss, 14);
  });

  it("has the same figures as the functions of one score", () => {
    const telco = telcoPredictions();
    const evaluation = evaluateBinary(telco.labels, telco.random_forest_500, { threshold: 0.3 });
    expect(evaluation).toMatchObject({
      threshold: 0.3,
      auc: computeAuc(telco.labels, telco.random_forest_500),
      averagePrecision: computeAveragePrecision(telco.labels, telco.random_forest_500),
      logLoss: computeLogLoss(telco.labels, telco.random_forest_500),
      brier: computeBrier(telco.labels, telco.random_forest_500),
      accuracy: computeAccuracy(telco.labels, telco.random_forest_500, { threshold: 0.3 }),
    });
  });

  it("judges the base rate by the same threshold", () => {
    const labels = [1, 0, 0, 0];
    expect(evaluateBinary(labels, [0.5, 0.1, 0.1, 0.1]).baseline.accuracy).toBe(0.75);
    expect(evaluateBinary(labels, [0.5, 0.1, 0.1, 0.1], { threshold: 0.2 }).baseline.accuracy).toBe(0.25);
  });

  it("leaves its inputs as they are", () => {
    const labels = Uint8Array.of(1, 0, 1);
    const probabilities = Float64Array.of(0.9, 0.8, 0.1);
    evaluateBinary(labels, probabilities);
    expect(labels).toEqual(Uint8Array.of(1, 0, 1));
    expect(probabilities).toEqual(Float64Array.of(0.9, 0.8, 0.1));
  });

  it("refuses labels of one class and unknown options", () => {
    expect(() => evaluateBinary([1, 1], [0.5, 0.5])).toThrow("evaluateBinary: labels must hold both classes; all 2 are 1");
    const options: object = { treshold: 0.4 };
    expect(() => evaluateBinary([0, 1], [0.5, 0.5], options)).toThrow('evaluateBinary: unknown option "treshold"; did you mean "threshold"?');
  });
});
