import { describe, expect, it, vi } from "vitest";
import { featureMatrixFromRows, type FeatureMatrix } from "clientele/data";
import { backtestSplits, backtestSplitsSteps, evaluateBinary, predictOutOfFold, rollingSplits, splitByTime, type Predictor, type TrainingPart } from "clientele/evaluation";
import { runCooperatively, type Progress } from "clientele/steps";
import { expectRefusal } from "../support/errors";

const labels = [0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0];
const months = [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4];
const matrix = featureMatrixFromRows(months.map((month, row) => [month, row]), ["month", "row"]);

const fitBaseRate = ({ labels }: TrainingPart<FeatureMatrix>): Predictor<FeatureMatrix> => {
  const rate = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  return (test) => new Float64Array(test.rowCount).fill(rate);
};

describe("backtestSplits", () => {
  it("fits each window to its past and predicts it once", () => {
    const parts: TrainingPart<FeatureMatrix>[] = [];
    const { predictions, splitOf, bySplit, mean, pooled } = backtestSplits(matrix, labels, {
      splits: rollingSplits(months, { folds: 2, testSpan: 1 }),
      threshold: 0.4,
      fit: (train) => {
        parts.push(train);
        return (test) => Float64Array.from({ length: test.rowCount }, (_, i) => test.values[2 * i + 1]! / 20);
      },
    });
    // Windows 2 … 3 and 3 … 4 with its end.
    expect(parts.map(({ rows }) => [...rows])).toEqual([[0, 1, 2], [0, 1, 2, 3, 4, 5]]);
    expect(parts.map(({ labels, fold }) => [[...labels], fold])).toEqual([[[0, 1, 0], 0], [[0, 1, 0, 1, 1, 0], 1]]);
    expect(parts[1]!.data.values).toEqual(matrix.values.slice(0, 12));
    expect([...splitOf]).toEqual([-1, -1, -1, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
    expect([...predictions]).toEqual(labels.map((_, row) => (row < 3 ? NaN : row / 20)));
    expect(bySplit[0]).toEqual(evaluateBinary(labels.slice(3, 6), [3 / 20, 4 / 20, 5 / 20], { threshold: 0.4 }));
    expect(bySplit[1]).toEqual(evaluateBinary(labels.slice(6), predictions.slice(6), { threshold: 0.4 }));
    expect(pooled).toEqual(evaluateBinary(labels.slice(3), predictions.slice(3), { threshold: 0.4 }));
    expect(mean.brier).toBeCloseTo((bySplit[0]!.brier + bySplit[1]!.brier) / 2, 15);
  });

  it("takes the cut of splitByTime, and folds written as splits agree with predictOutOfFold", () => {
    expect(backtestSplits(matrix, labels, { splits: [splitByTime(months, { testFrom: 3 })], fit: fitBaseRate }).bySplit[0]).toMatchObject({ rowCount: 6, auc: 0.5 });
    const folds = labels.map((_, row) => Math.floor(row / 4));
    const splits = [0, 1, 2].map((fold) => ({
      test: folds.flatMap((other, row) => (other === fold ? [row] : [])),
      train: folds.flatMap((other, row) => (other === fold ? [] : [row])),
    }));
    expect(backtestSplits(matrix, labels, { splits, fit: fitBaseRate }).predictions).toEqual(predictOutOfFold(matrix, labels, { folds, fit: fitBaseRate }).predictions);
  });

  it("puts rows that are given in any order into theirs", () => {
    const split = { train: [5, 0, 2], test: [4, 3, 1] };
    const { predictions } = backtestSplits(matrix, labels, { splits: [{ train: split.train, test: [...split.test, 7, 6] }], fit: () => (test) => test.values.filter((_, i) => i % 2 === 1).map((row) => row / 10) });
    expect([1, 3, 4, 6, 7].map((row) => predictions[row])).toEqual([0.1, 0.3, 0.4, 0.6, 0.7]);
  });

  it("reports its progress", async () => {
    const seen: Progress[] = [];
    const steps = backtestSplitsSteps(matrix, labels, { splits: rollingSplits(months, { folds: 2, testSpan: 1 }), fit: fitBaseRate });
    await runCooperatively(steps, { onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([{ phase: "backtest", done: 1, total: 2 }, { phase: "backtest", done: 2, total: 2 }]);
  });

  it("refuses what would fool its user before anything is fitted", () => {
    const fit = vi.fn(fitBaseRate);
    const run = (...splits: { train: ArrayLike<number>; test: ArrayLike<number> }[]) => () => backtestSplits(matrix, labels, { splits, fit });
    expectRefusal(run({ train: [0, 1, 2], test: [2, 3] }), "invalidInput", "backtestSplits: splits[0].test must be apart from its training rows; row 2 is not");
    expectRefusal(run({ train: [0, 1], test: [2, 3] }, { train: [0, 1], test: [3, 5] }), "invalidInput", "splits[1].test must be apart from the test rows of other splits, and without repeats; row 3 is not");
    expectRefusal(run({ train: [0, 1], test: [3, 3] }), "invalidInput", "without repeats; row 3 is not");
    expectRefusal(run({ train: [0, 12], test: [2, 3] }), "invalidInput", "splits[0].train must hold positions of rows, from 0 to 11; got 12 at position 1");
    expectRefusal(run({ train: [0, 1], test: [] }), "tooFewRows", "splits[0].test must have at least 1 rows; got 0");
    expectRefusal(run({ train: [0, 1], test: [3, 4] }), "constantLabels", "test labels of split 0 must hold both classes; all 2 are 1 (use longer test windows)");
    expectRefusal(run(), "tooFewRows", "splits must have at least 1 split; got 0");
    expectRefusal(() => backtestSplits(matrix, labels, { splits: [5] as never, fit }), "invalidInput", "splits[0] must be an object");
    expect(fit).not.toHaveBeenCalled();
    expectRefusal(() => backtestSplits(matrix, labels, { splits: [{ train: [0, 1], test: [2, 3] }], fit: () => () => [0, NaN] }), "nonFinite", "predictions of split 0 must be finite numbers; got NaN for row 3");
    expectRefusal(() => backtestSplits(matrix, labels, { splits: [{ train: [0, 1], test: [2, 3] }], fit: () => () => [0, 2] }), "invalidInput", "from 0 to 1");
  });
});
