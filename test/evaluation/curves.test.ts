import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  computeAuc,
  computeAveragePrecision,
  computeConfusion,
  computeDecileTable,
  computeF1,
  computeGainCurve,
  computeKs,
  computeLift,
  computeMcc,
  computePrecisionRecallCurve,
  computeRocCurve,
  type DecileRow,
} from "clientele/evaluation";
import { expectRefusal } from "../support/errors";
import { largestGap, readExpected, telcoPredictions, type TelcoModel } from "./reference";

interface Decision {
  readonly threshold: number;
  readonly counts: readonly number[];
  readonly precision: number | null;
  readonly recall: number;
  readonly specificity: number;
  readonly negativePredictiveValue: number | null;
  readonly balancedAccuracy: number;
  readonly f1: number;
  readonly mcc: number;
}

interface Figures {
  readonly decisions: readonly Decision[];
  readonly ks: number;
  readonly deciles: readonly Partial<DecileRow>[];
  readonly lifts: readonly { share: number; lift: number }[];
}

interface Case extends Figures {
  readonly name: string;
  readonly labels: readonly number[];
  readonly scores: readonly number[];
  readonly roc: { readonly thresholds: readonly number[]; readonly tpr: readonly number[]; readonly fpr: readonly number[]; readonly selected: readonly number[] };
  readonly precisionRecall: { readonly thresholds: readonly number[]; readonly precision: readonly number[]; readonly recall: readonly number[] };
}

interface TelcoFigures extends Figures {
  readonly checks: { readonly points: number; readonly tpr: number; readonly fpr: number; readonly precision: number; readonly recall: number };
}

const { cases, telco } = readExpected("classification") as { cases: readonly Case[]; telco: Readonly<Record<TelcoModel, TelcoFigures>> };
const models: readonly TelcoModel[] = ["logreg_C1", "random_forest_500"];

function expectFigures(labels: ArrayLike<number>, scores: ArrayLike<number>, { decisions, ks, deciles, lifts }: Figures): void {
  for (const { threshold, counts, precision, negativePredictiveValue, ...shares } of decisions) {
    const confusion = computeConfusion(labels, scores, { threshold });
    expect([confusion.truePositives, confusion.falsePositives, confusion.trueNegatives, confusion.falseNegatives]).toEqual(counts);
    for (const [name, share] of Object.entries({ ...shares, precision: precision ?? NaN, negativePredictiveValue: negativePredictiveValue ?? NaN })) {
      expect(largestGap([confusion[name as "recall"]], [share]), name).toBeLessThan(1e-14);
    }
    expect(computeF1(labels, scores, { threshold })).toBe(confusion.f1);
    expect(computeMcc(labels, scores, { threshold })).toBe(confusion.mcc);
    expect(confusion.accuracy).toBe((confusion.truePositives + confusion.trueNegatives) / labels.length);
  }
  expect(Math.abs(computeKs(labels, scores) - ks)).toBeLessThan(1e-14);
  const table = computeDecileTable(labels, scores, { slices: deciles.length });
  expect(table).toHaveLength(deciles.length);
  deciles.forEach((expected, i) => {
    for (const [name, value] of Object.entries(expected)) expect(Math.abs(table[i]![name as keyof DecileRow] - value), `${name} of slice ${i + 1}`).toBeLessThan(1e-12);
  });
  for (const { share, lift } of lifts) expect(Math.abs(computeLift(labels, scores, { share }) - lift), `lift at ${share}`).toBeLessThan(1e-12);
}

describe("decisions, curves and deciles", () => {
  it.each(cases)("agree with scikit-learn, SciPy and NumPy: $name", (expected) => {
    const { labels, scores, roc, precisionRecall } = expected;
    expectFigures(labels, scores, expected);
    const curve = computeRocCurve(labels, scores);
    expect([...curve.thresholds]).toEqual([Infinity, ...roc.thresholds]);
    expect(largestGap(curve.truePositiveRate, roc.tpr)).toBeLessThan(1e-15);
    expect(largestGap(curve.falsePositiveRate, roc.fpr)).toBeLessThan(1e-15);
    const ofPrecision = computePrecisionRecallCurve(labels, scores);
    expect([...ofPrecision.thresholds]).toEqual(precisionRecall.thresholds);
    expect(largestGap(ofPrecision.precision, precisionRecall.precision)).toBeLessThan(1e-15);
    expect(largestGap(ofPrecision.recall, precisionRecall.recall)).toBeLessThan(1e-15);
    const gain = computeGainCurve(labels, scores);
    expect(gain.thresholds).toEqual(curve.thresholds);
    expect(largestGap(gain.selectedShare, roc.selected)).toBeLessThan(1e-15);
    expect(gain.capturedShare).toEqual(curve.truePositiveRate);
    expect(largestGap(gain.lift, roc.tpr.map((captured, i) => captured / roc.selected[i]!))).toBeLessThan(1e-12);
  });

  it.each(models)("agree on 7,043 customers: %s", (model) => {
    const { labels, [model]: scores } = telcoPredictions();
    const { checks, ...figures } = telco[model];
    expectFigures(labels, scores, figures);
    const weigh = (values: Float64Array, from = 0): number => values.reduce((sum, value, i) => sum + Math.cos(i + from) * value, 0);
    const roc = computeRocCurve(labels, scores);
    const precisionRecall = computePrecisionRecallCurve(labels, scores);
    expect(roc.thresholds).toHaveLength(checks.points);
    expect(weigh(roc.truePositiveRate)).toBeCloseTo(checks.tpr, 10);
    expect(weigh(roc.falsePositiveRate)).toBeCloseTo(checks.fpr, 10);
    expect(weigh(precisionRecall.precision, 1)).toBeCloseTo(checks.precision, 10);
    expect(weigh(precisionRecall.recall, 1)).toBeCloseTo(checks.recall, 10);
  });
});

/** Labels of both classes with scores on a coarse grid, so that many are tied. */
const labelledScores = fc
  .array(fc.record({ label: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: -4, max: 4 }) }), { minLength: 2, maxLength: 50 })
  .filter((rows) => new Set(rows.map((row) => row.label)).size === 2)
  .map((rows) => ({ labels: rows.map((row) => row.label), scores: rows.map((row) => row.score / 8) }));

describe("the curves", () => {
  it("have the areas of the scores that sum them up", () => {
    fc.assert(
      fc.property(labelledScores, ({ labels, scores }) => {
        const { truePositiveRate, falsePositiveRate } = computeRocCurve(labels, scores);
        let area = 0;
        for (let i = 1; i < truePositiveRate.length; i++) area += ((falsePositiveRate[i]! - falsePositiveRate[i - 1]!) * (truePositiveRate[i]! + truePositiveRate[i - 1]!)) / 2;
        expect(area).toBeCloseTo(computeAuc(labels, scores), 12);
        const { precision, recall } = computePrecisionRecallCurve(labels, scores);
        const steps = precision.reduce((sum, value, i) => sum + value * (recall[i]! - (recall[i - 1] ?? 0)), 0);
        expect(steps).toBeCloseTo(computeAveragePrecision(labels, scores), 12);
        const ks = Math.max(...truePositiveRate.map((rate, i) => Math.abs(rate - falsePositiveRate[i]!)));
        expect(computeKs(labels, scores)).toBeCloseTo(ks, 12);
      }),
    );
  });

  it("have the confusion of each of their thresholds", () => {
    fc.assert(
      fc.property(labelledScores, ({ labels, scores }) => {
        const { thresholds, precision, recall } = computePrecisionRecallCurve(labels, scores);
        thresholds.forEach((threshold, i) => expect(computeConfusion(labels, scores, { threshold })).toMatchObject({ precision: precision[i], recall: recall[i] }));
      }),
    );
  });

  it("do not depend on the order of the rows", () => {
    fc.assert(
      fc.property(labelledScores, ({ labels, scores }) => {
        const reversed = [[...labels].reverse(), [...scores].reverse()] as const;
        expect(computeDecileTable(...reversed, { slices: 2 })).toEqual(computeDecileTable(labels, scores, { slices: 2 }));
        expect(computeGainCurve(...reversed)).toEqual(computeGainCurve(labels, scores));
      }),
    );
  });
});

describe("computeDecileTable", () => {
  it("adds up to all rows and all positives", () => {
    fc.assert(
      fc.property(labelledScores, fc.integer({ min: 1, max: 10 }), ({ labels, scores }, wanted) => {
        const slices = Math.min(wanted, labels.length);
        const table = computeDecileTable(labels, scores, { slices });
        expect(table.reduce((sum, { rowCount }) => sum + rowCount, 0)).toBe(labels.length);
        expect(table.reduce((sum, { positiveCount }) => sum + positiveCount, 0)).toBeCloseTo(labels.filter((label) => label === 1).length, 10);
        expect(Math.max(...table.map(({ rowCount }) => rowCount)) - Math.min(...table.map(({ rowCount }) => rowCount))).toBeLessThanOrEqual(1);
        expect(table.at(-1)).toMatchObject({ cumulativeRowCount: labels.length, capturedShare: 1, cumulativeLift: 1 });
      }),
    );
  });

  it("is flat where all scores are equal", () => {
    const table = computeDecileTable([1, 1, 0, 0, 0, 0], [2, 2, 2, 2, 2, 2], { slices: 3 });
    expect(largestGap(table.map(({ positiveCount }) => positiveCount), [2 / 3, 2 / 3, 2 / 3])).toBeLessThan(1e-15);
    expect(largestGap(table.map(({ lift }) => lift), [1, 1, 1])).toBeLessThan(1e-15);
  });

  it("refuses more slices than rows, and one class", () => {
    expectRefusal(() => computeDecileTable([0, 1], [1, 2]), "invalidOption", "computeDecileTable: slices must be an integer from 1 to 2 (rows); got 10");
    expectRefusal(() => computeDecileTable([1, 1], [1, 2], { slices: 1 }), "constantLabels");
    expectRefusal(() => computeLift([0, 1], [1, 2], { share: 0 }), "invalidOption", "share must be a number above 0 and at most 1");
  });
});

describe("computeConfusion", () => {
  it("has no share of nothing", () => {
    expect(computeConfusion([0, 0], [0.1, 0.2])).toMatchObject({ precision: NaN, recall: NaN, f1: NaN, specificity: 1, negativePredictiveValue: 1, mcc: 0, balancedAccuracy: NaN });
    expect(computeConfusion([1, 0], [0.1, 0.2])).toMatchObject({ precision: NaN, recall: 0, f1: 0, mcc: 0 });
  });

  it("takes a score of exactly the threshold as a yes, and scores of any unit", () => {
    expect(computeConfusion([1, 0], [0.5, 0.4999])).toMatchObject({ truePositives: 1, trueNegatives: 1 });
    expect(computeConfusion([1, 0], [-3, -4], { threshold: -3 })).toMatchObject({ truePositives: 1, trueNegatives: 1 });
  });

  it("keeps the correlation where the product of the four margins passes 2⁵³", () => {
    const count = 200_000;
    const labels = Uint8Array.from({ length: count }, (_, row) => row % 2);
    const scores = Float64Array.from({ length: count }, (_, row) => (row % 4 === 3 ? 0 : row % 2));
    // Of the positives half are found, of the negatives all left alone: √(1/3).
    expect(computeMcc(labels, scores)).toBeCloseTo(Math.sqrt(1 / 3), 15);
  });

  it("refuses by name", () => {
    expectRefusal(() => computeConfusion([0, 2], [0.1, 0.2]), "invalidInput", "computeConfusion: labels must be 0 or 1; got 2 at row 1");
    expectRefusal(() => computeF1([0, 1], [0.1]), "lengthMismatch", "computeF1: scores must have 2 values");
    expectRefusal(() => computeMcc([0, 1], [0.1, 0.2], { threshold: NaN }), "invalidOption", "computeMcc: threshold must be a number");
  });
});
