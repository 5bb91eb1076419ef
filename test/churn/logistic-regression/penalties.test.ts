import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseStrength, chooseStrengthSteps, fitLogisticPath, fitLogisticRegression, logisticPathSteps, type LogisticRegressionModel } from "../../../src/churn";
import { featureMatrixFromRows, type FeatureMatrix } from "../../../src/data/feature-matrix";
import { splitFolds } from "../../../src/evaluation";
import { runCooperatively } from "../../../src/steps";
import { expectRefusal } from "../../support/errors";
import { readTelco } from "../telco";
import { largestError, matrix, readPaths, sets, weightsOf } from "./weighted-sets";

const { labels, rows, sampling } = sets;
const { paths, choices, folds } = readPaths();

describe("elastic net", () => {
  it.each(sets.elasticNet)("as scikit-learn: strength $strength, L1 $l1Share, $weights, standardize $standardize", (expected) => {
    const chosen = featureMatrixFromRows(rows.map((row) => expected.columns.map((j) => row[j]!)));
    const { strength, l1Share, standardize } = expected;
    const model = fitLogisticRegression(chosen, labels, { strength, l1Share, standardize, sampleWeights: weightsOf(expected.weights) });
    expect(model.status).toBe("converged");
    expect(largestError(model, expected)).toBeLessThan(1e-7);
    expect(model.coefficients.map((coefficient) => coefficient === 0)).toEqual(expected.coefficients.map((coefficient) => coefficient === 0));
    expect(model.gradientNorm).toBeLessThan(1e-10);
  });

  it("sets no coefficient to 0 by squares, and all beyond the greatest strength", () => {
    expect(fitLogisticRegression(matrix, labels, { strength: 100 }).coefficients.every((coefficient) => coefficient !== 0)).toBe(true);
    const far = fitLogisticRegression(matrix, labels, { strength: 100, l1Share: 1 });
    expect(far.coefficients.every((coefficient) => coefficient === 0)).toBe(true);
    expect(far.meanPrediction).toBeCloseTo(far.baseRate!, 12);
  });

  it("of separated classes has a solution", () => {
    const separated = featureMatrixFromRows([[1], [2], [3], [4]]);
    expect(fitLogisticRegression(separated, [0, 0, 1, 1], { strength: 1e-4, l1Share: 1 }).status).toBe("converged");
  });

  it("of columns that repeat each other takes the first, and of one-hot levels ends where no more can leave", () => {
    const twins = featureMatrixFromRows(rows.map(([a, b]) => [a!, a!, 100 - 2 * a!, b!]));
    const model = fitLogisticRegression(twins, labels, { strength: 0.01, l1Share: 1 });
    expect(model.status).toBe("converged");
    expect(model.coefficients.filter((coefficient) => coefficient !== 0).length).toBeLessThanOrEqual(2);
    const levels = featureMatrixFromRows(rows.map((_, i) => [0, 1, 2, 3].map((level) => (i % 4 === level ? 1 : 0))));
    const byLevel = rows.map((_, i) => ((i * 37) % 100 < [20, 80, 30, 70][i % 4]! ? 1 : 0));
    for (const strength of [1e-6, 1e-3, 0.01]) {
      const fitted = fitLogisticRegression(levels, byLevel, { strength, l1Share: 1, standardize: false });
      expect(fitted.status).toBe("converged");
      expect(fitted.coefficients.filter((coefficient) => coefficient !== 0).length).toBeLessThanOrEqual(3);
    }
  });
});

/** Largest violation of the Karush–Kuhn–Tucker conditions, computed anew from the data: on standardised columns, per row. */
function violationOf(model: LogisticRegressionModel, data: FeatureMatrix, outcomes: ArrayLike<number>): number {
  const { rowCount, columnCount, values } = data;
  const probabilities = model.predictProbability(data);
  let largest = 0;
  for (let j = 0; j < columnCount; j++) {
    const column = Array.from({ length: rowCount }, (_, i) => values[i * columnCount + j]!);
    const mean = column.reduce((sum, value) => sum + value, 0) / rowCount;
    const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rowCount);
    if (deviation < 1e-12) continue;
    const beta = model.coefficients[j]! * deviation;
    const slope = column.reduce((sum, value, i) => sum + ((value - mean) / deviation) * (probabilities[i]! - outcomes[i]!), 0) / rowCount + model.strength * (1 - model.l1Share) * beta;
    const limit = model.strength * model.l1Share;
    largest = Math.max(largest, beta === 0 ? Math.abs(slope) - limit : Math.abs(slope + Math.sign(beta) * limit));
  }
  return largest;
}

it("every elastic net of small data satisfies the conditions of its optimum", () => {
  const value = fc.integer({ min: -3, max: 3 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }).chain((width) => fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 4, maxLength: 30 })),
      fc.double({ min: 1e-4, max: 0.3, noNaN: true }),
      fc.constantFrom(0.2, 0.9, 1),
      (drawn, strength, l1Share) => {
        const data = featureMatrixFromRows(drawn);
        const outcomes = drawn.map((row, i) => (row[0]! + (i % 3) > 1 ? 1 : 0));
        fc.pre(outcomes.includes(0) && outcomes.includes(1));
        const model = fitLogisticRegression(data, outcomes, { strength, l1Share });
        expect(["converged", "aliased"]).toContain(model.status);
        expect(violationOf(model, data, outcomes)).toBeLessThan(1e-9);
      },
    ),
    { numRuns: 300, seed: 5 },
  );
});

describe("paths", () => {
  it.each(paths)("as glmnet: L1 $l1Share, weighted $weighted", ({ l1Share, weighted, strengths, intercepts, coefficients }) => {
    const path = fitLogisticPath(matrix, labels, { l1Share, count: 25, sampleWeights: weighted ? sampling : undefined });
    path.strengths.forEach((strength, k) => expect(strength / strengths[k]!).toBeCloseTo(1, 10));
    path.models.forEach((model, k) => {
      expect(model.status).toBe("converged");
      // With squares only glmnet's first coefficients are those of an infinite strength.
      if (l1Share > 0 || k > 0) expect(largestError(model, { intercept: intercepts[k]!, coefficients: coefficients[k]! }), `strength ${k}`).toBeLessThan(1e-6);
      expect(model.strength).toBe(path.strengths[k]);
    });
  });

  it("are the fits one by one", () => {
    const { strengths, models } = fitLogisticPath(matrix, labels, { strengths: [0, 0.001, 0.1, 0.01], l1Share: 0.5 });
    expect(strengths).toEqual([0.1, 0.01, 0.001, 0]);
    models.forEach((model, k) => {
      expect(largestError(model, fitLogisticRegression(matrix, labels, { strength: strengths[k]!, l1Share: 0.5 }))).toBeLessThan(1e-8);
    });
  });

  it("on Telco, where seven columns repeat others, all converge", () => {
    const telco = readTelco("asZero");
    const { models } = fitLogisticPath(telco.matrix, telco.labels, { count: 12 });
    expect(models.map(({ status }) => status)).toEqual(models.map(() => "converged"));
    const sizes = models.map(({ coefficients }) => coefficients.filter((coefficient) => coefficient !== 0).length);
    expect(sizes[0]).toBe(0);
    expect(sizes.at(-1)).toBeGreaterThan(15);
  });

  it("in slices give the same bits", async () => {
    expect(await runCooperatively(logisticPathSteps(matrix, labels, { count: 5 }))).toEqual(fitLogisticPath(matrix, labels, { count: 5 }));
  });

  it("refuse strengths that are none", () => {
    expectRefusal(() => fitLogisticPath(matrix, labels, { strengths: [] }), "invalidOption", "number of strengths");
    expectRefusal(() => fitLogisticPath(matrix, labels, { strengths: [1, -1] }), "invalidOption", "strengths[1]");
  });
});

describe("the choice of a strength", () => {
  it.each(choices)("as cv.glmnet: L1 $l1Share, weighted $weighted", (expected) => {
    const chosen = chooseStrength(matrix, labels, { l1Share: expected.l1Share, count: 30, folds, sampleWeights: expected.weighted ? sampling : undefined });
    const count = expected.strengths.length;
    for (let k = 0; k < count; k++) {
      expect(chosen.logLoss[k]! / expected.logLoss[k]!).toBeCloseTo(1, 7);
      expect(chosen.standardError[k]! / expected.standardError[k]!).toBeCloseTo(1, 6);
    }
    expect(chosen.bestStrength / expected.best).toBeCloseTo(1, 9);
    expect(chosen.oneStandardErrorStrength / expected.oneStandardError).toBeCloseTo(1, 9);
    expect(chosen.strength).toBe(chosen.oneStandardErrorStrength);
    expect(chosen.model.strength).toBe(chosen.strength);
  });

  it("takes the least loss where asked, and folds by seed or as given", () => {
    const options = { count: 10, rule: "best" } as const;
    const drawn = chooseStrength(matrix, labels, { ...options, folds: 4, seed: 3 });
    expect(drawn.strength).toBe(drawn.bestStrength);
    expect(chooseStrength(matrix, labels, { ...options, folds: splitFolds(labels, { folds: 4, seed: 3 }) }).logLoss).toEqual(drawn.logLoss);
    expect(chooseStrength(matrix, labels, { ...options, folds: 4, seed: 4 }).logLoss).not.toEqual(drawn.logLoss);
  });

  it("in slices gives the same bits", async () => {
    const options = { count: 4, folds: 3 };
    expect(await runCooperatively(chooseStrengthSteps(matrix, labels, options))).toEqual(chooseStrength(matrix, labels, options));
  });

  it("refuses folds outside which one label is left", () => {
    const few = labels.map((_, i) => (i < 3 ? 1 : 0));
    expectRefusal(() => chooseStrength(matrix, few, { folds: few.map((label) => 1 - label) }), "constantLabels", "outside fold 0");
    expectRefusal(() => chooseStrength(matrix, few, { folds: 5 }), "tooFewRows");
  });

  it("leaves rows without weight out of training and of the losses", () => {
    const more = featureMatrixFromRows([...rows, [0, 0, 0, 0, 0, 0]]);
    const weights = [...labels.map(() => 1), 0];
    const chosen = chooseStrength(more, [...labels, 1], { count: 8, folds: [...folds, 2], sampleWeights: weights });
    expect(chosen.logLoss).toEqual(chooseStrength(matrix, labels, { count: 8, folds, sampleWeights: labels.map(() => 1) }).logLoss);
    expect(chosen.folds).toHaveLength(rows.length + 1);
  });
});
