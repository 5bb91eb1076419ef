import { describe, expect, it } from "vitest";
import { featureMatrixFromColumns } from "clientele/data";
import { compareCrossValidated, crossValidate, predictOutOfFold, splitFolds, type CrossValidation } from "clientele/evaluation";
import { expectRefusal } from "../support/errors";
import { readExpected } from "./reference";

interface Case {
  readonly name: string;
  readonly differences: readonly number[];
  readonly testToTrain: number;
  readonly level: number;
  readonly mean: number;
  readonly standardError: number;
  readonly t: number;
  readonly pValue: number;
  readonly low: number;
  readonly high: number;
}

const rows = Array.from({ length: 100 }, (_, row) => row);
const labels = rows.map((row) => ((row * 7) % 10 > (row * 13) % 11 ? 1 : 0));
const matrix = featureMatrixFromColumns({ x: rows.map((row) => (row * 7) % 10) });

const validate = (seed: number, noise: number, folds = 5): CrossValidation =>
  crossValidate(matrix, labels, { folds, seed, fit: () => (test) => test.values.map((x, i) => (x + 0.5 + noise * ((i * 37) % 5)) / 20) });

/** Results whose Brier scores are what a case says. */
function withBrier(results: readonly CrossValidation[], scores: readonly number[]): CrossValidation[] {
  let next = 0;
  return results.map((result) => ({ ...result, byFold: result.byFold.map((fold) => ({ ...fold, brier: scores[next++]! })) }));
}

describe("compareCrossValidated", () => {
  it.each((readExpected("resampling") as { comparisons: readonly Case[] }).comparisons)("agrees with the formula written out with SciPy: $name", (expected) => {
    const { differences, level, testToTrain } = expected;
    const folds = 1 / testToTrain + 1;
    const repeats = Array.from({ length: differences.length / folds }, (_, repeat) => validate(repeat + 1, 0, folds));
    const comparison = compareCrossValidated(withBrier(repeats, differences), withBrier(repeats, differences.map(() => 0)), { level });
    for (const name of ["mean", "standardError", "low", "high", "t", "pValue"] as const) {
      expect(Math.abs(comparison.brier[name] / expected[name] - 1), name).toBeLessThan(1e-10);
    }
    expect([...comparison.brier.byFold]).toEqual(differences);
    expect(comparison).toMatchObject({ level, degreesOfFreedom: differences.length - 1 });
  });

  it("compares every score, and turns round with its arguments", () => {
    const a = validate(3, 0);
    const b = validate(3, 1.5);
    const there = compareCrossValidated(a, b);
    const back = compareCrossValidated(b, a);
    for (const score of ["auc", "logLoss", "brier", "accuracy", "averagePrecision"] as const) {
      expect(there[score].mean).toBeCloseTo(a.mean[score] - b.mean[score], 12);
      expect(back[score].low).toBeCloseTo(-there[score].high, 12);
    }
  });

  it("finds no difference between a result and itself, and judges none without spread", () => {
    const result = validate(1, 0);
    expect(compareCrossValidated(result, result).auc).toMatchObject({ mean: 0, standardError: 0, low: 0, high: 0, t: 0, pValue: 1 });
    const [shifted] = withBrier([result], [0.3, 0.3, 0.3, 0.3, 0.3]);
    const [base] = withBrier([result], [0.1, 0.1, 0.1, 0.1, 0.1]);
    expect(compareCrossValidated(shifted!, base!).brier).toMatchObject({ standardError: 0, low: NaN, high: NaN, t: NaN, pValue: NaN });
  });

  it("refuses results of other folds or rows", () => {
    const result = validate(1, 0);
    const rule = "b must be evaluated on the same rows and folds as a";
    expectRefusal(() => compareCrossValidated(result, validate(2, 0)), "invalidInput", rule);
    expectRefusal(() => compareCrossValidated([result, validate(2, 0)], [result, validate(3, 0)]), "invalidInput", rule);
    expectRefusal(() => compareCrossValidated([result, result], result), "lengthMismatch", "b must have 2 values");
    const swapped = crossValidate(matrix, labels.map((label) => 1 - label), { folds: result.folds, fit: () => (test) => test.values.map(() => 0.5) });
    expectRefusal(() => compareCrossValidated(result, swapped), "invalidInput", rule);
    expectRefusal(() => compareCrossValidated(result, predictOutOfFold(matrix, labels, { fit: () => (test) => test.values }) as never), "invalidInput", "b must be the result of crossValidate");
    expectRefusal(() => compareCrossValidated([], []), "tooFewRows", "a must have at least 2 folds; got 0");
  });
});

describe("groups of crossValidate and predictOutOfFold", () => {
  const customers = rows.map((row) => `c${row % 30}`);

  it("are dealt whole", () => {
    const { folds } = predictOutOfFold(matrix, labels, { groups: customers, seed: 2, fit: () => (test) => test.values });
    expect(folds).toEqual(splitFolds(labels, { groups: customers, seed: 2 }));
    rows.forEach((row) => expect(folds[row]).toBe(folds[row % 30]));
    expect(crossValidate(matrix, labels, { groups: customers, fit: () => (test) => test.values.map(() => 0.5) }).folds).toEqual(splitFolds(labels, { groups: customers }));
  });

  it("are looked for in folds that are given", () => {
    const fit = () => (test: typeof matrix): Float64Array => test.values;
    const folds = rows.map((row) => (row % 30) % 4);
    expect([...predictOutOfFold(matrix, labels, { folds, groups: customers, fit }).folds]).toEqual(folds);
    folds[95] = 2;
    expectRefusal(() => predictOutOfFold(matrix, labels, { folds, groups: customers, fit }), "invalidInput", "predictOutOfFold: folds must hold whole groups; rows 5 and 95 are of one group, in folds 1 and 2");
    expectRefusal(() => crossValidate(matrix, labels, { folds, groups: customers.slice(1), fit }), "lengthMismatch", "groups must have 100 values (one for each row of data); got 99");
  });
});
