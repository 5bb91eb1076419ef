import { describe, expect, it, vi } from "vitest";
import { createTable, positionIds } from "../../src/data/table";
import { runCooperatively, type Progress, type Steps } from "clientele/steps";
import { featureMatrixFromColumns, featureMatrixFromRows, type FeatureMatrix } from "clientele/data";
import { crossValidate, crossValidateSteps, evaluateBinary, predictOutOfFold, splitFolds, type Predictor, type TrainingPart } from "clientele/evaluation";
import { expectRefusal } from "../support/errors";
import { largestDifference, telcoPredictions, telcoScores } from "./reference";

const labels = [0, 1, 0, 1, 0, 1, 0, 1, 1, 0];
const matrix = featureMatrixFromRows(labels.map((label, row) => [row, label]), ["row", "label"], { rowIds: labels.map((_, row) => `c${row}`) });

/** A fit that learns the base rate. */
const fitBaseRate = ({ labels }: TrainingPart<FeatureMatrix>): Predictor<FeatureMatrix> => {
  const rate = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  return (test) => new Float64Array(test.rowCount).fill(rate);
};

describe("crossValidate", () => {
  it("agrees with scikit-learn on 7,043 customers, by fold, in the mean and pooled", () => {
    const telco = telcoPredictions();
    const table = createTable("test", [["probability", { type: "number", values: telco.logreg_C1 }]]);
    const result = crossValidate(table, telco.labels, {
      folds: telco.folds,
      fit: () => (test) => {
        const column = test.columns.get("probability");
        return column?.type === "number" ? column.values : [];
      },
    });
    const { run } = telcoScores();
    expect(result.predictions).toEqual(telco.logreg_C1);
    expect(result.byFold).toHaveLength(5);
    result.byFold.forEach((fold, i) => expect(largestDifference(fold, run.logreg_C1.folds[i]!)).toBeLessThan(1e-12));
    expect(largestDifference(result.mean, run.logreg_C1.mean)).toBeLessThan(1e-12);
    expect(largestDifference(result.pooled, run.logreg_C1.pooled)).toBeLessThan(1e-12);
  });

  it("fits each fold to all other rows and predicts every row once", () => {
    const folds = splitFolds(labels, { folds: 3, seed: 9 });
    const parts: TrainingPart<FeatureMatrix>[] = [];
    const tested: (string | number)[] = [];
    const { predictions } = crossValidate(matrix, labels, {
      folds,
      fit: (train) => {
        parts.push(train);
        return (test) => {
          tested.push(...Array.from(test.rowIds));
          return Array.from({ length: test.rowCount }, (_, i) => test.values[i * 2]! / 10);
        };
      },
    });
    expect(parts.map((part) => part.fold)).toEqual([0, 1, 2]);
    for (const part of parts) {
      expect([...part.rows]).toEqual([...positionIds(10)].filter((row) => folds[row] !== part.fold));
      expect([...part.labels]).toEqual([...part.rows].map((row) => labels[row]));
      expect(part.data.rowIds).toEqual([...part.rows].map((row) => `c${row}`));
      expect([...part.data.values]).toEqual([...part.rows].flatMap((row) => [row, labels[row]]));
      expect(part.data.names).toEqual(["row", "label"]);
    }
    expect(tested.sort()).toEqual([...matrix.rowIds as string[]].sort());
    expect(predictions).toEqual(Float64Array.from(labels, (_, row) => row / 10));
  });

  it("draws stratified folds from the seed, and its figures are those of evaluateBinary", () => {
    const fit = (): Predictor<FeatureMatrix> => (test) => Array.from({ length: test.rowCount }, (_, i) => test.values[i * 2]! / 10);
    const result = crossValidate(matrix, labels, { folds: 2, seed: 5, fit, threshold: 0.4 });
    expect(result.folds).toEqual(splitFolds(labels, { folds: 2, seed: 5 }));
    expect(result.pooled).toEqual(evaluateBinary(labels, result.predictions, { threshold: 0.4 }));
    result.byFold.forEach((evaluation, fold) => {
      const inFold = (_: number, row: number): boolean => result.folds[row] === fold;
      expect(evaluation).toEqual(evaluateBinary(labels.filter(inFold), result.predictions.filter(inFold), { threshold: 0.4 }));
    });
    expect(result.mean.brier).toBeCloseTo((result.byFold[0]!.brier + result.byFold[1]!.brier) / 2, 15);
    expect(crossValidate(matrix, labels, { fit: fitBaseRate }).byFold).toHaveLength(5);
  });

  it("keeps the training part apart: a changed test label changes no prediction of its own fold", () => {
    const folds = splitFolds(labels, { folds: 2 });
    const changed = labels.map((label, row) => (row === 0 ? 1 - label : label));
    const before = predictOutOfFold(matrix, labels, { folds, fit: fitBaseRate }).predictions;
    const after = predictOutOfFold(matrix, changed, { folds, fit: fitBaseRate }).predictions;
    folds.forEach((fold, row) => {
      if (fold === folds[0]) expect(after[row]).toBe(before[row]);
      else expect(after[row]).not.toBe(before[row]);
    });
  });

  it("runs a fit that is a generator, reports its progress and each fold, and gives the same bits", async () => {
    function* fit(train: TrainingPart<FeatureMatrix>): Steps<Predictor<FeatureMatrix>> {
      yield { phase: "fit", done: train.fold, total: 2 };
      return fitBaseRate(train);
    }
    const seen: Progress[] = [];
    const result = await runCooperatively(crossValidateSteps(matrix, labels, { folds: 2, fit }), { onProgress: (progress) => seen.push(progress) });
    expect(result).toEqual(crossValidate(matrix, labels, { folds: 2, fit: fitBaseRate }));
    expect(seen).toEqual([
      { phase: "fit", done: 0, total: 2 },
      { phase: "cross-validation", done: 1, total: 2 },
      { phase: "fit", done: 1, total: 2 },
      { phase: "cross-validation", done: 2, total: 2 },
    ]);
  });

  it("lets a stopped fit clean up", async () => {
    const signal = { aborted: false };
    const closed = vi.fn();
    const steps = crossValidateSteps(matrix, labels, {
      fit: function* (train) {
        try {
          signal.aborted = true;
          yield { phase: "fit", done: 0, total: 1 };
        } finally {
          closed();
        }
        return fitBaseRate(train);
      },
    });
    await expect(runCooperatively(steps, { signal })).rejects.toThrow("stopped by the signal");
    expect(closed).toHaveBeenCalledOnce();
  });

  it("refuses a fold of one class before anything is fitted", () => {
    const fit = vi.fn(fitBaseRate);
    const folds = labels.map((label) => label);
    expect(() => crossValidate(matrix, labels, { folds, fit })).toThrow(
      "crossValidate: labels of fold 0 must hold both classes; all 5 are 0 (use fewer or stratified folds, or evaluate all rows together after predictOutOfFold)",
    );
    expect(() => crossValidate(matrix, labels.map(() => 1), { fit })).toThrow("crossValidate: labels must hold both classes; all 10 are 1");
    expect(fit).not.toHaveBeenCalled();
  });

  it("refuses by name what does not fit together", () => {
    const fit = fitBaseRate;
    expect(() => crossValidate(matrix, labels.slice(1), { fit })).toThrow("crossValidate: labels must have 10 values (one for each row of data); got 9");
    expect(() => crossValidate(matrix, labels, { fit, folds: [0, 1] })).toThrow("crossValidate: folds must have 10 values (one for each row of data); got 2");
    expect(() => crossValidate(matrix, labels, { fit, folds: 6 })).toThrow("crossValidate: labels must have at least 6 rows of class 0 for 6 folds; got 5");
    expect(() => crossValidate(matrix, labels, { fit, folds: labels.map((_, row) => (row < 4 ? 0 : 2)) })).toThrow(
      "crossValidate: folds must be numbered from 0 without gaps; no row is in fold 1",
    );
    expect(() => crossValidate(matrix, labels, { fit, folds: labels.map(() => 0) })).toThrow("the number of folds must be an integer of at least 2; got 1");
    expect(() => crossValidate(matrix, labels, { fit: () => () => [0.5] })).toThrow(
      "crossValidate: predictions of fold 0 must have 2 values (one for each row of the test part); got 1",
    );
    const folds = labels.map((_, row) => Math.floor(row / 5));
    expect(() => crossValidate(matrix, labels, { folds, fit: () => () => [0, 0, 0, NaN, 0] })).toThrow(
      "crossValidate: predictions of fold 0 must be finite numbers; got NaN for row 3",
    );
    expect(() => crossValidate(matrix, labels, { folds, fit: ({ fold }) => () => [0, 0, 0, 2 * fold, 0] })).toThrow(
      "crossValidate: predictions must be from 0 to 1; got 2 at row 8",
    );
    const noFit: unknown = {};
    expect(() => crossValidate(matrix, labels, noFit as { fit: typeof fit })).toThrow("crossValidate: fit is required");
    const modelAsFit: unknown = { fit: {} };
    expect(() => crossValidate(matrix, labels, modelAsFit as { fit: typeof fit })).toThrow("crossValidate: fit must be a function; got an object");
  });
});

describe("what fit returns", () => {
  const crossValidateWith = (fit: unknown): unknown => crossValidate(matrix, labels, { fit: fit as () => Predictor<FeatureMatrix> });

  it.each([
    ["undefined", undefined],
    ["5", 5],
    ["an object", {}],
    ["an array of length 1", [0.5]],
    ["null", null],
    ["a text of 3 characters", "abc"],
  ])("refuses %s", (description, returned) => {
    const error = expectRefusal(() => crossValidateWith(() => returned), "invalidOption", `fit must return a function that predicts, or be a generator that does; got ${description}`);
    expect(error.details).toMatchObject({ caller: "crossValidate", parameter: "fit" });
  });

  it("says what to do about async functions, generators and predictors", () => {
    // eslint-disable-next-line @typescript-eslint/require-await
    expectRefusal(() => crossValidateWith(async () => () => [0]), "invalidOption", "fit must not be async");
    // eslint-disable-next-line @typescript-eslint/require-await, require-yield
    expectRefusal(() => crossValidateWith(async function* () { return () => [0]; }), "invalidOption", "fit must not be async");
    // eslint-disable-next-line @typescript-eslint/require-await
    expectRefusal(() => crossValidateWith(() => async () => [0]), "invalidOption", "the result of fit must not be async");
  });

  it("refuses a generator that gives no function", () => {
    // eslint-disable-next-line require-yield
    expectRefusal(() => crossValidateWith(function* () { return 5; }), "invalidOption", "the result of fit must be a function; got 5");
  });
});

describe("predictOutOfFold", () => {
  it("leaves out one row at a time, where no fold could be evaluated by itself", () => {
    const { predictions, folds } = predictOutOfFold(matrix, labels, { folds: positionIds(10), fit: fitBaseRate });
    expect(folds).toEqual(positionIds(10));
    expect(predictions).toEqual(Float64Array.from(labels, (label) => (5 - label) / 9));
  });

  it("allows predictions that are no probabilities", () => {
    const columns = featureMatrixFromColumns({ x: [1, 2, 3, 4] });
    const { predictions } = predictOutOfFold(columns, [0, 1, 0, 1], { folds: 2, fit: () => (test) => test.values });
    expect(predictions).toEqual(columns.values);
  });
});
