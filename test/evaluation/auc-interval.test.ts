import { describe, expect, it } from "vitest";
import { compareAucs, computeAuc, computeAucInterval } from "clientele/evaluation";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { expectRefusal } from "../support/errors";
import { readExpected, telcoPredictions } from "./reference";

interface Figures {
  readonly level: number;
  readonly auc: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  readonly aucB: number;
  readonly z: number;
  readonly pValue: number;
  readonly differenceLow: number;
  readonly differenceHigh: number;
}

interface Case extends Figures {
  readonly name: string;
  readonly labels: readonly number[];
  readonly scoresA: readonly number[];
  readonly scoresB: readonly number[];
}

const { cases, telco } = readExpected("auc") as { cases: readonly Case[]; telco: Figures };

function expectInterval(labels: ArrayLike<number>, scores: ArrayLike<number>, expected: Figures): void {
  const interval = computeAucInterval(labels, scores, { level: expected.level });
  expect(interval.method).toBe("delong");
  for (const name of ["auc", "standardError", "low", "high"] as const) expect(Math.abs(interval[name] - expected[name]), name).toBeLessThan(1e-12);
}

function expectComparison(labels: ArrayLike<number>, a: ArrayLike<number>, b: ArrayLike<number>, expected: Figures): void {
  const comparison = compareAucs(labels, a, b, { level: expected.level });
  expect(Math.abs(comparison.aucB - expected.aucB)).toBeLessThan(1e-14);
  expect(Math.abs(comparison.low - expected.differenceLow)).toBeLessThan(1e-12);
  expect(Math.abs(comparison.high - expected.differenceHigh)).toBeLessThan(1e-12);
  expect(Math.abs(comparison.z / expected.z - 1)).toBeLessThan(1e-9);
  expect(Math.abs(comparison.pValue / expected.pValue - 1)).toBeLessThan(1e-8);
}

describe("computeAucInterval", () => {
  it.each(cases)("agrees with pROC: $name", (expected) => {
    expectInterval(expected.labels, expected.scoresA, expected);
  });

  it("agrees with pROC on 7,043 customers", () => {
    const { labels, logreg_C1 } = telcoPredictions();
    expectInterval(labels, logreg_C1, telco);
  });

  it("is the same for scores in another unit, and turns round with them", () => {
    const { labels, scoresA } = cases[5]!;
    const interval = computeAucInterval(labels, scoresA);
    expect(computeAucInterval(labels, scoresA.map((score) => 1e6 * score - 7))).toEqual(interval);
    const reversed = computeAucInterval(labels, scoresA.map((score) => -score));
    expect(reversed.low).toBeCloseTo(1 - interval.high, 13);
    expect(reversed.standardError).toBeCloseTo(interval.standardError, 13);
  });

  it("gives a perfect order the exact bound of as many pairs as the smaller class has rows, and its reverse the mirror image", () => {
    const labels = [...new Array<number>(20).fill(0), 1, 1, 1, 1];
    const interval = computeAucInterval(labels, labels, { level: 0.9 });
    expect(interval).toMatchObject({ auc: 1, standardError: 0, high: 1, method: "bound" });
    // Four of four: 0.1^(1/4).
    expect(interval.low).toBeCloseTo(0.5623413251903491, 14);
    const reversed = computeAucInterval(labels, labels.map((label) => -label), { level: 0.9 });
    expect(reversed).toMatchObject({ auc: 0, low: 0, method: "bound" });
    expect(reversed.high).toBeCloseTo(1 - interval.low, 14);
  });

  it("covers the true AUC about as often as it says", () => {
    // Exponential scores of rates 1 and 1/3: P(positive above negative) = 3/4.
    const random = new RandomStream(5);
    const draw = (mean: number): number => -mean * Math.log1p(-random.nextFloat());
    const labels = Array.from({ length: 60 }, (_, row) => (row % 3 === 0 ? 1 : 0));
    let covered = 0;
    for (let trial = 0; trial < 1000; trial++) {
      const { low, high } = computeAucInterval(labels, labels.map((label) => draw(label === 1 ? 3 : 1)));
      if (low <= 0.75 && 0.75 <= high) covered++;
    }
    // 950 expected; four standard deviations of the count are 28.
    expect(Math.abs(covered - 950)).toBeLessThan(28);
  });

  it("has no width for a constant score, whose AUC is one half whatever the customers", () => {
    expect(computeAucInterval([0, 1, 0, 1], [3, 3, 3, 3])).toMatchObject({ auc: 0.5, standardError: 0, low: 0.5, high: 0.5, method: "delong" });
  });

  it("refuses a class of one row, and levels outside 0 … 1", () => {
    expectRefusal(() => computeAucInterval([0, 0, 1], [1, 2, 3]), "tooFewRows", "computeAucInterval: labels must have at least 2 rows of class 1; got 1");
    expectRefusal(() => computeAucInterval([0, 1, 1], [1, 2, 3]), "tooFewRows", "2 rows of class 0");
    expectRefusal(() => computeAucInterval([0, 0], [1, 2]), "constantLabels");
    expectRefusal(() => computeAucInterval([0, 1, 0, 1], [1, 2, 3, 4], { level: 1 }), "invalidOption", "level must be a number above 0 and below 1");
  });
});

describe("compareAucs", () => {
  it.each(cases)("agrees with pROC: $name", (expected) => {
    expectComparison(expected.labels, expected.scoresA, expected.scoresB, expected);
  });

  it("agrees with pROC on 7,043 customers", () => {
    const { labels, logreg_C1, random_forest_500 } = telcoPredictions();
    expectComparison(labels, logreg_C1, random_forest_500, telco);
    expect(compareAucs(labels, logreg_C1, random_forest_500).aucA).toBe(computeAuc(labels, logreg_C1));
  });

  it("finds no difference between scores of one order, to the bit", () => {
    const { labels, scoresA } = cases[7]!;
    expect(compareAucs(labels, scoresA, scoresA.map((score) => Math.exp(score)))).toMatchObject({ difference: 0, standardError: 0, low: 0, high: 0, z: 0, pValue: 1 });
  });

  it("does not judge a difference without spread", () => {
    expect(compareAucs([0, 0, 1, 1], [1, 2, 3, 4], [4, 3, 2, 1])).toMatchObject({ difference: 1, standardError: 0, low: NaN, high: NaN, z: NaN, pValue: NaN });
  });

  it("names the scores that are wrong", () => {
    expectRefusal(() => compareAucs([0, 0, 1, 1], [1, 2, 3, 4], [1, 2, 3]), "lengthMismatch", "compareAucs: scoresB must have 4 values");
    expectRefusal(() => compareAucs([0, 0, 1, 1], [1, NaN, 3, 4], [1, 2, 3, 4]), "nonFinite", "scoresA must hold finite numbers; got NaN at position 1");
    expectRefusal(() => compareAucs([0, 0, 0, 1], [1, 2, 3, 4], [1, 2, 3, 4]), "tooFewRows", "2 rows of class 1");
  });
});
