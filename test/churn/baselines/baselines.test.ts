import { describe, expect, it } from "vitest";
import { bestFeatureBaseline, priorBaseline, recencyBaseline } from "../../../src/churn/baselines/baselines";
import { compareWithBaselines, type ComparedWithBaselines, type CompareWithBaselinesOptions, type NotEnoughData } from "../../../src/churn/baselines/compare";
import { fitLogisticRegression } from "../../../src/churn/logistic-regression/fit";
import { RandomStream } from "../../../src/numeric/random/random-stream";
import { featureMatrixFromColumns, tableFromColumns, type FeatureMatrix, type Table } from "clientele/data";
import { compareCrossValidated, crossValidate, predictOutOfFold, splitFolds } from "clientele/evaluation";
import { expectRefusal } from "../../support/errors";

const random = new RandomStream(21);
const n = 800;
const rows = Array.from({ length: n }, (_, row) => row);
const recency = rows.map(() => 100 * random.nextFloat());
const orders = rows.map(() => random.nextFloat());
const labels = rows.map((row) => (random.nextFloat() < 0.005 * recency[row]! + 0.45 * orders[row]! ? 1 : 0));
const table = tableFromColumns({
  noise: rows.map(() => random.nextFloat()),
  daysSinceLast: recency.map((value, row) => (row % 10 === 0 ? null : value)),
  orders,
  city: rows.map(() => `city ${random.nextInteger(40)}`),
  active: rows.map((row) => (row % 7 === 0 ? null : recency[row]! < 50)),
});
const matrix = featureMatrixFromColumns({ daysSinceLast: recency, orders });
const folds = splitFolds(labels, { folds: 4, seed: 3 });

/** Logistic regression on both columns. */
const fit: CompareWithBaselinesOptions<FeatureMatrix>["fit"] = ({ data, labels: known }) => {
  const model = fitLogisticRegression(data, known);
  return (test) => model.predictProbability(test);
};

describe("baselines", () => {
  it("by the prior give the share of leavers in the training part", () => {
    const { predictions } = predictOutOfFold(table, labels, { fit: priorBaseline(), folds });
    for (let row = 0; row < n; row += 37) {
      const others = rows.filter((other) => folds[other] !== folds[row]);
      expect(predictions[row]).toBeCloseTo(others.reduce((sum, other) => sum + labels[other]!, 0) / others.length, 12);
    }
  });

  it("by the best feature are the model of that column alone, chosen in each training part", () => {
    const chosen: [string, number][] = [];
    const { predictions } = predictOutOfFold(matrix, labels, { fit: bestFeatureBaseline({ onChosen: (column, fold) => chosen.push([column, fold]) }), folds });
    expect(chosen).toEqual([0, 1, 2, 3].map((fold) => ["daysSinceLast", fold]));
    const alone = predictOutOfFold(featureMatrixFromColumns({ daysSinceLast: recency }), labels, {
      folds,
      fit: ({ data, labels: known }) => {
        const model = fitLogisticRegression(data, known, { strength: 1 / known.length });
        return (test) => model.predictProbability(test);
      },
    });
    predictions.forEach((probability, row) => expect(probability).toBeCloseTo(alone.predictions[row]!, 8));
  });

  it("by the best feature never see the rows that are kept apart: their labels change nothing", () => {
    const inFold = rows.filter((row) => folds[row] === 2);
    const turned = labels.map((label, row) => (folds[row] === 2 ? 1 - label : label));
    const kept = predictOutOfFold(table, labels, { fit: bestFeatureBaseline(), folds }).predictions;
    const changed = predictOutOfFold(table, turned, { fit: bestFeatureBaseline(), folds }).predictions;
    expect(inFold.map((row) => changed[row])).toEqual(inFold.map((row) => kept[row]));
  });

  it("take categories, truth values and bands, and unknown and missing cells of them", () => {
    const planted: Readonly<Record<string, readonly unknown[]>> = {
      category: labels.map((label, row) => (row % 50 === 0 ? null : row % 20 === 1 ? `rare ${row}` : label === 1 && row % 3 > 0 ? "a" : "b")),
      truth: labels.map((label, row) => (row % 50 === 0 ? null : label === 1 && row % 3 > 0)),
      band: labels.map((label, row) => (row % 50 === 0 ? null : label === 1 && row % 3 > 0 ? 5 + random.nextFloat() : (row % 2) * 10 + random.nextFloat())),
    };
    for (const [name, column] of Object.entries(planted)) {
      const { mean } = crossValidate(tableFromColumns({ [name]: column, noise: orders }), labels, { fit: bestFeatureBaseline(), folds });
      expect([name, mean.auc > 0.75, mean.logLoss < 0.6]).toEqual([name, true, true]);
    }
  });

  it("by recency keep the order of the column, whatever the others tell", () => {
    const { predictions } = predictOutOfFold(matrix, labels, { fit: recencyBaseline(), folds });
    const inFold = rows.filter((row) => folds[row] === 0);
    const byRecency = [...inFold].sort((a, b) => recency[a]! - recency[b]!);
    expect([...inFold].sort((a, b) => predictions[a]! - predictions[b]!)).toEqual(byRecency);
    expectRefusal(() => predictOutOfFold(table, labels, { fit: recencyBaseline({ column: "daysSince" }), folds }), "unknownColumn", "daysSinceLast");
    expectRefusal(() => predictOutOfFold(table, labels, { fit: recencyBaseline({ column: "city" }), folds }), "invalidInput", "numbers");
    expectRefusal(() => predictOutOfFold(table, labels, { fit: bestFeatureBaseline({ exclude: ["town"] }), folds }), "unknownColumn", "town");
    expectRefusal(() => predictOutOfFold(matrix, labels, { fit: bestFeatureBaseline({ exclude: ["daysSinceLast", "orders"] }), folds }), "invalidInput", "not excluded");
  });
});

function compared(result: ComparedWithBaselines | NotEnoughData): ComparedWithBaselines {
  if (result.status === "notEnoughData") throw new Error(result.reason);
  return result;
}

describe("a model beside its baselines", () => {
  it("is compared on the same folds with the strongest, the interval of evaluation turned so that more is better", () => {
    for (const metric of ["logLoss", "auc", "brier"] as const) {
      const result = compared(compareWithBaselines(matrix, labels, { fit, folds, metric, recency: "daysSinceLast" }));
      expect(result.baselines.map(({ baseline }) => baseline)).toContain("recency");
      expect(result.baselines.at(-1)?.baseline).toBe("prior");
      const model = crossValidate(matrix, labels, { fit, folds });
      expect(result.model).toEqual([model]);
      const best = crossValidate(matrix, labels, { fit: bestFeatureBaseline(), folds });
      const { mean, low, high } = compareCrossValidated(model, best)[metric];
      const sign = metric === "auc" ? 1 : -1;
      expect(result.lead).toMatchObject({ metric, improvement: sign * mean, low: metric === "auc" ? low : -high, high: metric === "auc" ? high : -low, level: 0.95 });
      for (const { comparison } of result.baselines) expect(sign * comparison[metric].mean).toBeGreaterThanOrEqual(result.lead.improvement);
    }
  });

  it("is better where it is, worse where it is, and not shown to be either where it is one of them", () => {
    const status = (candidate: CompareWithBaselinesOptions<FeatureMatrix>["fit"]): string => compareWithBaselines(matrix, labels, { fit: candidate, repeats: 4 }).status;
    expect(status(fit)).toBe("better");
    expect(status(bestFeatureBaseline())).toBe("notShown");
    expect(status(() => (test) => Float64Array.from({ length: test.rowCount }, (_, row) => (row % 2 === 0 ? 0.01 : 0.99)))).toBe("worse");
  });

  it("deals the folds anew for each repeat, and keeps customers together", () => {
    const groups = rows.map((row) => Math.floor(row / 2));
    const result = compared(compareWithBaselines(matrix, labels, { fit, folds: 3, repeats: 2, seed: 8, groups }));
    expect(result.model).toHaveLength(2);
    expect(result.model.map(({ folds: dealt }) => [...dealt])).toEqual([8, 9].map((seed) => [...splitFolds(labels, { folds: 3, seed, groups })]));
    expect(result.baselines[0]!.comparison.degreesOfFreedom).toBe(5);
    for (const { folds: dealt } of result.model) expect(rows.every((row) => dealt[row] === dealt[row ^ 1])).toBe(true);
    expectRefusal(() => compareWithBaselines(matrix, labels, { fit, folds, repeats: 2 }), "invalidOption", "repeats");
  });
});

describe("too little data", () => {
  const never = (): never => {
    throw new Error("fitted");
  };
  const few = labels.map((_, row) => (row < 99 ? 1 : 0));
  it("is the answer, with the reason, before anything is fitted", () => {
    const answer = compareWithBaselines<Table>(table, few, { fit: never });
    expect(answer).toMatchObject({ status: "notEnoughData", rarerCount: 99, neededCount: 100 });
    expect((answer as NotEnoughData).reason).toBe("99 of 800 customers left, and 100 are needed: with so few an AUC near one half would be known to ± 0.06");
    const reversed = compareWithBaselines<Table>(table, few.map((label) => 1 - label), { fit: never });
    expect((reversed as NotEnoughData).reason).toContain("99 of 800 customers stayed");
    expect((compareWithBaselines<Table>(table, few.map(() => 0), { fit: never }) as NotEnoughData).reason).toContain("0 of 800 customers left");
    expect(compareWithBaselines(matrix, few, { fit, minRarer: 99 }).status).not.toBe("notEnoughData");
  });

  it("depends on how many coefficients are fitted, in the smallest training part", () => {
    const hundred = labels.map((_, row) => (row < 100 ? 1 : 0));
    const even = rows.map((row) => row % 4);
    expect(compareWithBaselines(matrix, hundred, { fit, folds: even, parameters: 7 }).status).not.toBe("notEnoughData");
    expect(compareWithBaselines<FeatureMatrix>(matrix, hundred, { fit: never, folds: even, parameters: 8 })).toMatchObject({ status: "notEnoughData", rarerCount: 75, neededCount: 80 });
  });
});
