import { describe, expect, it } from "vitest";
import {
  fitLogisticRegression,
  logisticRegressionFromSpec,
  LogisticRegressionModel,
  logisticRegressionSteps,
  type LogisticRegressionOptions,
} from "../../../src/churn";
import { featureMatrixFromRows } from "../../../src/data/feature-matrix";
import { RandomStream } from "../../../src/numeric/random/random-stream";
import { runCooperatively, type Progress } from "../../../src/steps";
import { expectRefusal } from "../../support/errors";
import { readTelco, rowsOf } from "../telco";

const random = new RandomStream(3);
const rows = Array.from({ length: 80 }, () => [random.nextFloat(), 5 * random.nextFloat() - 2]);
const labels: readonly number[] = rows.map(([a, b]) => (a! + b! + random.nextFloat() > 1.5 ? 1 : 0));
const matrix = featureMatrixFromRows(rows, ["age", "income"]);

describe("saved form", () => {
  const models: Record<string, LogisticRegressionModel> = {
    converged: fitLogisticRegression(matrix, labels),
    penalised: fitLogisticRegression(matrix, labels, { strength: 0.1, standardize: false }),
    aliased: fitLogisticRegression(featureMatrixFromRows(rows.map(([a, b]) => [a!, b!, 3 - a!])), labels),
    separated: fitLogisticRegression(matrix, rows.map(([a]) => (a! > 0.5 ? 1 : 0))),
  };

  it.each(Object.entries(models))("%s: comes back from JSON as the same model", (_, model) => {
    const text = JSON.stringify(model);
    const back = logisticRegressionFromSpec(JSON.parse(text));
    expect(back).toBeInstanceOf(LogisticRegressionModel);
    expect(back).toEqual(model);
    expect(JSON.stringify(back)).toBe(text);
  });

  it("holds plain finite numbers, null where there is no separation", () => {
    const spec = models["converged"]!.toJSON();
    expect(spec).toMatchObject({ kind: "logisticRegression", version: 2, featureNames: ["age", "income"], separation: null, aliased: [], strength: 0 });
    expect(Array.isArray(spec.coefficients)).toBe(true);
    expect(models["separated"]!.toJSON().separation).toMatchObject({ kind: "complete", columns: [{ column: "age" }], separatedRows: 80 });
  });

  it.each([
    [{ kind: "kMeans" }, "kind"],
    [{ version: 3 }, "version"],
    [{ coefficients: [1] }, "coefficients"],
    [{ coefficients: [1, null] }, "coefficients[1]"],
    [{ featureNames: ["age", "age"] }, "featureNames"],
    [{ intercept: "0" }, "intercept"],
    [{ status: "fine" }, "status"],
    [{ aliased: [{ column: "age" }] }, "aliased[0].constant"],
    [{ separation: { kind: "half" } }, "separation"],
    [{ status: "separated", separation: { kind: "half" } }, "separation.kind"],
    [{ status: "separated" }, "separation"],
    [{ rowCount: -1 }, "rowCount"],
    [{ aliased: [{ column: "nobody", constant: 0, dependsOn: [] }] }, "aliased"],
    [{ separation: [] }, "separation"],
  ])("refuses %o", (change, field) => {
    const spec: unknown = JSON.parse(JSON.stringify(models["converged"]));
    expectRefusal(() => logisticRegressionFromSpec({ ...(spec as object), ...change }), "invalidSpec", "logisticRegressionFromSpec", field);
  });

  it("refuses the text itself", () => {
    expectRefusal(() => logisticRegressionFromSpec(JSON.stringify(models["converged"])), "invalidSpec", "JSON.parse");
  });
});

describe("predictions", () => {
  const model = fitLogisticRegression(matrix, labels);

  it("are 1 / (1 + exp(−(intercept + Σ coefficient · feature)))", () => {
    const probabilities = model.predictProbability(matrix);
    const logits = model.predictLogit(matrix);
    rows.forEach(([a, b], i) => {
      const logit = model.intercept + model.coefficients[0]! * a! + model.coefficients[1]! * b!;
      expect(logits[i]).toBe(logit);
      expect(probabilities[i]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 15);
    });
  });

  it("of a part are a part of the predictions", () => {
    const all = model.predictProbability(matrix);
    expect([...model.predictProbability(rowsOf(matrix, [3, 70, 5]))]).toEqual([all[3], all[70], all[5]]);
    expect(model.predictProbability(rowsOf(matrix, []))).toHaveLength(0);
  });

  it("are refused for other columns", () => {
    expectRefusal(() => model.predictProbability(featureMatrixFromRows(rows, ["income", "age"])), "featureMismatch", "predictProbability", '"age"');
    expectRefusal(() => model.predictLogit(featureMatrixFromRows(rows.map(([a]) => [a!]), ["age"])), "featureMismatch", "predictLogit", '"income"');
  });

  it("keep their precision where the model is sure", () => {
    const steep = logisticRegressionFromSpec({ ...model.toJSON(), intercept: 0, coefficients: [1, 0] });
    const [low, high] = steep.predictProbability(featureMatrixFromRows([[-700, 0], [700, 0]], ["age", "income"]));
    expect(low! / Math.exp(-700)).toBeCloseTo(1, 12);
    expect(high).toBe(1);
  });
});

describe("the fit", () => {
  it("has a mean probability equal to the share of positives, with and without penalty", () => {
    const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
    for (const options of [{}, { strength: 0.3 }, { strength: 0.3, standardize: false }]) {
      const probabilities = fitLogisticRegression(matrix, labels, options).predictProbability(matrix);
      expect(probabilities.reduce((sum, p) => sum + p, 0) / labels.length).toBeCloseTo(share, 10);
    }
  });

  it("does not depend on units without a penalty, nor with a penalty on standardised columns", () => {
    const scaled = featureMatrixFromRows(rows.map(([a, b]) => [a! * 1000 + 7, b! / 64]));
    for (const options of [{}, { strength: 0.05 }]) {
      const here = fitLogisticRegression(matrix, labels, options);
      const there = fitLogisticRegression(scaled, labels, options);
      expect(there.coefficients[0]! * 1000).toBeCloseTo(here.coefficients[0]!, 9);
      expect(there.coefficients[1]! / 64).toBeCloseTo(here.coefficients[1]!, 9);
    }
  });

  it("shrinks towards 0 as the strength grows, and approaches maximum likelihood as it vanishes", () => {
    const at = (strength: number): number => fitLogisticRegression(matrix, labels, { strength }).coefficients[1]!;
    const free = at(0);
    expect(at(1)).toBeLessThan(at(0.1));
    expect(at(0.1)).toBeLessThan(free);
    expect(at(1e-12)).toBeCloseTo(free, 8);
    expect(at(1e6)).toBeCloseTo(0, 5);
  });

  it("changes no input, and takes labels of any numeric list", () => {
    const frozen = Object.freeze([...labels]);
    const before = matrix.values.slice();
    const model = fitLogisticRegression(matrix, frozen);
    expect(matrix.values).toEqual(before);
    for (const list of [Uint8Array.from(labels), Float64Array.from(labels), Int32Array.from(labels)]) {
      expect(fitLogisticRegression(matrix, list)).toEqual(model);
    }
  });

  it("turns with the labels", () => {
    const model = fitLogisticRegression(matrix, labels);
    const turned = fitLogisticRegression(matrix, labels.map((label) => 1 - label));
    expect(turned.intercept).toBeCloseTo(-model.intercept, 10);
    expect(turned.coefficients[0]).toBeCloseTo(-model.coefficients[0]!, 10);
  });

  it("reports the log-likelihood without the penalty", () => {
    const model = fitLogisticRegression(matrix, labels, { strength: 0.2 });
    const expected = model.predictProbability(matrix).reduce((sum, p, i) => sum + Math.log(labels[i] === 1 ? p : 1 - p), 0);
    expect(model.logLikelihood).toBeCloseTo(expected, 10);
  });
});

describe("in slices", () => {
  it.each<[string, LogisticRegressionOptions]>([
    ["maximum likelihood", {}],
    ["penalised", { strength: 0.01 }],
  ])("%s: gives the same bits, with progress that ends each phase", async (_, options) => {
    const telco = readTelco("asZero");
    const progress: Progress[] = [];
    const model = await runCooperatively(logisticRegressionSteps(telco.matrix, telco.labels, options), { onProgress: (step) => progress.push(step) });
    expect(model).toEqual(fitLogisticRegression(telco.matrix, telco.labels, options));
    expect(progress.length).toBeGreaterThan(10);
    expect(progress.every(({ done, total }) => done > 0 && done <= total)).toBe(true);
    expect(new Set(progress.map(({ phase }) => phase))).toContain("evaluation 1");
  });

  it("stops when the caller's signal is aborted", async () => {
    const signal = { aborted: false };
    const run = runCooperatively(logisticRegressionSteps(matrix, labels), { signal, onProgress: () => (signal.aborted = true) });
    await expect(run).rejects.toMatchObject({ code: "aborted" });
  });

  it("refuses at the first slice, in the name of the fit", () => {
    expectRefusal(() => logisticRegressionSteps(matrix, [0]).next(), "lengthMismatch", "fitLogisticRegression");
  });
});
