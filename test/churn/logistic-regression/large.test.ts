import { describe, expect, it } from "vitest";
import { fitLogisticPath, fitLogisticRegression, logisticRegressionSteps, type LogisticRegressionModel, type LogisticRegressionOptions } from "../../../src/churn";
import { estimateFromSteps, estimateSteps } from "../../../src/churn/logistic-regression/estimate";
import { readObservations } from "../../../src/churn/logistic-regression/observations";
import { prepareLargeSteps, prepareSteps, problemOf } from "../../../src/churn/logistic-regression/prepare";
import { featureMatrixFromValues, type FeatureMatrix } from "../../../src/data/feature-matrix";
import { fillNormals } from "../../../src/numeric/random/normal";
import { RandomStream } from "../../../src/numeric/random/random-stream";
import { runToEnd } from "../../../src/steps/steps";
import { expectRefusal } from "../../support/errors";

const ROWS = 40_000;
const COLUMNS = 20;

interface Data {
  readonly matrix: FeatureMatrix;
  readonly labels: Uint8Array;
}

/** Normal columns of different units, correlated by a common part. */
function makeData(correlation: number, seed = 1, change: (values: Float64Array, labels: Uint8Array) => void = () => undefined): Data {
  const random = new RandomStream(seed);
  const values = new Float64Array(ROWS * COLUMNS);
  fillNormals(random, values);
  const labels = new Uint8Array(ROWS);
  for (let i = 0; i < ROWS; i++) {
    let logit = -1.5;
    const common = values[i * COLUMNS]!;
    for (let j = 0; j < COLUMNS; j++) {
      const value = Math.sqrt(1 - correlation) * values[i * COLUMNS + j]! + Math.sqrt(correlation) * common;
      logit += ((j % 5) - 2) * 0.2 * value;
      values[i * COLUMNS + j] = value * 10 ** ((j % 4) - 1) + (j % 3);
    }
    labels[i] = random.nextFloat() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
  }
  change(values, labels);
  return { matrix: featureMatrixFromValues(values, Array.from({ length: COLUMNS }, (_, j) => `x${j}`)), labels };
}

/** The rows of the phases that a fit went through: a sample is smaller than the whole. */
function phasesOf({ matrix, labels }: Data, options?: LogisticRegressionOptions): Set<string> {
  const phases = new Set<string>();
  const steps = logisticRegressionSteps(matrix, labels, options);
  for (let step = steps.next(); step.done !== true; step = steps.next()) phases.add(step.value.phase);
  return phases;
}

const distance = (a: LogisticRegressionModel, b: LogisticRegressionModel): number =>
  Math.max(...[a.intercept, ...a.coefficients].map((value, j) => Math.abs(value - [b.intercept, ...b.coefficients][j]!) / Math.max(1e-3, Math.abs(value))));

/** The same fit by Newton's method on all rows. */
function plainPoint({ matrix, labels }: Data, strength: number, l1Share: number): { point: Float64Array; value: number } {
  const prepared = runToEnd(prepareSteps("test", readObservations("test", matrix, labels, undefined), undefined, strength === 0));
  return runToEnd(estimateSteps(problemOf(prepared, { strength, l1Share, standardize: true }), { tolerance: 1e-12, maxIterations: 100 }));
}

describe.each([0, 0.9])("many rows, correlation %d", (correlation) => {
  const data = makeData(correlation);
  const { matrix, labels } = data;

  it.each([
    [0, 0],
    [0.01, 0],
    [0.005, 1],
    [0.02, 0.5],
  ])("start on a sample and end where Newton's method on all rows does: strength %d, L1 %d", (strength, l1Share) => {
    const model = fitLogisticRegression(matrix, labels, { strength, l1Share });
    expect(phasesOf(data, { strength, l1Share })).toContain("drawing a sample");
    expect(model.status).toBe("converged");
    expect(model.gradientNorm).toBeLessThan(1e-10);
    const expected = plainPoint(data, strength, l1Share);
    const penalty = Math.max(...model.coefficients.map((coefficient, j) => (coefficient === 0) === (expected.point[j + 1] === 0) ? 0 : 1));
    expect(penalty).toBe(0);
    const observations = readObservations("test", matrix, labels, undefined);
    const { rows } = runToEnd(prepareLargeSteps("test", observations, undefined, 1))!;
    model.coefficients.forEach((coefficient, j) => expect(Math.abs(coefficient * rows.data.deviations[j]! - expected.point[j + 1]!)).toBeLessThan(1e-8));
    if (strength === 0) expect(model.logLikelihood / (-ROWS * expected.value)).toBeCloseTo(1, 12);
  });

  it("do not depend on the seed", () => {
    const models = [1, 2, 77].map((seed) => fitLogisticRegression(matrix, labels, { seed }));
    expect(models[0]).not.toEqual(models[1]);
    for (const model of models) expect(distance(model, models[0]!)).toBeLessThan(1e-7);
  });

  it("of equal weight fit alike, weighted or not", () => {
    const weighted = fitLogisticRegression(matrix, labels, { sampleWeights: new Float64Array(ROWS).fill(3) });
    expect(weighted.status).toBe("converged");
    expect(distance(weighted, fitLogisticRegression(matrix, labels))).toBeLessThan(1e-7);
    expect(weighted.weightSum).toBe(3 * ROWS);
  });

  it("make a path like one by one", () => {
    const { strengths, models } = fitLogisticPath(matrix, labels, { count: 4, smallestShare: 0.01 });
    models.forEach((model, k) => {
      expect(model.status).toBe("converged");
      expect(distance(model, fitLogisticRegression(matrix, labels, { strength: strengths[k]!, l1Share: 1 }))).toBeLessThan(1e-6);
    });
  });
});

describe("what a sample would miss is found on all rows", () => {
  it("a level that four customers have", () => {
    const data = makeData(0, 2, (values) => {
      for (let i = 0; i < ROWS; i++) values[i * COLUMNS + 3] = i % 10_000 === 17 ? 1 : 0;
    });
    const model = fitLogisticRegression(data.matrix, data.labels);
    const left = data.labels.filter((_, i) => i % 10_000 === 17).reduce((sum, label) => sum + label, 0);
    expect(model.status).toBe(left === 0 || left === 4 ? "separated" : "converged");
  });

  it("a level with one label only", () => {
    const data = makeData(0, 3, (values, labels) => {
      for (let i = 0; i < ROWS; i++) {
        values[i * COLUMNS + 3] = i % 300 === 5 ? 1 : 0;
        if (i % 300 === 5) labels[i] = 1;
      }
    });
    const model = fitLogisticRegression(data.matrix, data.labels);
    expect(model.status).toBe("separated");
    expect(model.separation!.columns.map(({ column }) => column)).toEqual(["x3"]);
    expect(fitLogisticRegression(data.matrix, data.labels, { strength: 0.001 }).status).toBe("converged");
  });

  it("columns that repeat each other, on all rows or on all but one", () => {
    const twins = makeData(0, 4, (values) => {
      for (let i = 0; i < ROWS; i++) values[i * COLUMNS + 7] = 3 - 2 * values[i * COLUMNS + 2]!;
    });
    const model = fitLogisticRegression(twins.matrix, twins.labels);
    expect(model.aliased).toEqual([{ column: "x7", constant: 3, dependsOn: [{ column: "x2", coefficient: -2 }] }]);
    const nearly = makeData(0, 4, (values) => {
      for (let i = 0; i < ROWS; i++) values[i * COLUMNS + 7] = 3 - 2 * values[i * COLUMNS + 2]! + (i === 123 ? 5 : 0);
    });
    expect(fitLogisticRegression(nearly.matrix, nearly.labels).status).toMatch(/converged|separated/);
  });

  it("an outlier a billion times as far out, a constant column, a cell that is no number", () => {
    const far = makeData(0, 5, (values) => (values[777 * COLUMNS + 4] = 1e9));
    expect(fitLogisticRegression(far.matrix, far.labels).status).toBe("converged");
    const constant = makeData(0, 5, (values) => {
      for (let i = 0; i < ROWS; i++) values[i * COLUMNS + 4] = 8;
    });
    expect(fitLogisticRegression(constant.matrix, constant.labels).aliased).toEqual([{ column: "x4", constant: 8, dependsOn: [] }]);
    const { matrix, labels } = makeData(0, 5);
    for (const value of [NaN, Infinity]) {
      const values = matrix.values.slice();
      values[(ROWS - 1) * COLUMNS + 19] = value;
      expectRefusal(() => fitLogisticRegression({ ...matrix, values }, labels), "nonFinite", `row ${ROWS - 1}`, "x19");
    }
  });

  it("weights that a few rows carry", () => {
    const { matrix, labels } = makeData(0.5, 6);
    const sampleWeights = Float64Array.from(labels, (_, i) => (i % 400 === 0 ? 1000 : 1e-3));
    const model = fitLogisticRegression(matrix, labels, { sampleWeights, strength: 0.01 });
    expect(model.status).toBe("converged");
    expect(model.meanPrediction).toBeCloseTo(model.baseRate!, 9);
  });
});

it.each([0, 1])("a start so far off that no row's curvature is left still ends at the minimum, L1 %d", (l1Share) => {
  const { matrix, labels } = makeData(0.5, 6);
  const observations = readObservations("test", matrix, labels, undefined);
  const problem = problemOf(runToEnd(prepareSteps("test", observations, undefined, false)), { strength: 0.01, l1Share, standardize: true });
  const limits = { tolerance: 1e-10, maxIterations: 100 };
  const size = COLUMNS + 1;
  const point = Float64Array.from({ length: size }, (_, j) => (j === 0 ? 5000 : 60 * ((j % 3) - 1)));
  const hessian = Float64Array.from({ length: size * size }, (_, k) => (k % (size + 1) === 0 ? 1e-9 : 0));
  const found = runToEnd(estimateFromSteps(problem, { point, hessian }, limits));
  const expected = runToEnd(estimateSteps(problem, limits));
  expect([found.isConverged, expected.isConverged]).toEqual([true, true]);
  found.point.forEach((component, j) => expect(component).toBeCloseTo(expected.point[j]!, 8));
});

it("a limit of steps is kept, with a status", () => {
  const { matrix, labels } = makeData(0.9);
  const model = fitLogisticRegression(matrix, labels, { maxIterations: 1 });
  expect(model.status).toBe("iterationLimit");
  expect(model.iterations).toBe(1);
});
