import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeBrier, computeCalibrationError, computeReliabilityCurve, decomposeBrier, type ReliabilityBin } from "clientele/evaluation";
import { expectedAbsoluteDeviation } from "../../src/evaluation/calibration/absolute-deviation";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { expectRefusal } from "../support/errors";
import { largestGap, readExpected, telcoPredictions, type TelcoModel } from "./reference";

interface Corp {
  readonly brier: number;
  readonly miscalibration: number;
  readonly discrimination: number;
  readonly uncertainty: number;
  readonly rates: readonly number[];
}

interface Reliability {
  readonly level: number;
  readonly requested: number;
  readonly bins: readonly Partial<ReliabilityBin>[];
  readonly error: number;
  readonly expected: number;
  readonly standardDeviation: number;
}

interface Case {
  readonly name: string;
  readonly labels: readonly number[];
  readonly probabilities: readonly number[];
  readonly corp: Corp;
  readonly reliability: Reliability;
}

interface CountCase {
  readonly name: string;
  readonly values: readonly number[];
  readonly counts: readonly number[];
  readonly deviation: number;
}

const expected = readExpected("calibration") as {
  curves: readonly Case[];
  telco: Readonly<Record<TelcoModel, { corp: Corp; reliability: Reliability }>>;
  counts: readonly CountCase[];
};

const telcoModels: readonly TelcoModel[] = ["logreg_C1", "random_forest_500"];

function telcoCase(model: TelcoModel): Case {
  const { labels, [model]: probabilities } = telcoPredictions();
  return { name: model, labels: Array.from(labels), probabilities: Array.from(probabilities), ...expected.telco[model] };
}

const cases: readonly Case[] = [...expected.curves, ...telcoModels.map(telcoCase)];

const labelledProbabilities = fc
  .array(fc.record({ label: fc.integer({ min: 0, max: 1 }), probability: fc.integer({ min: 0, max: 12 }) }), { minLength: 1, maxLength: 60 })
  .map((rows) => ({ labels: rows.map((row) => row.label), probabilities: rows.map((row) => row.probability / 12) }));

describe("decomposeBrier", () => {
  it.each(cases)("agrees with scikit-learn's isotonic regression: $name", ({ labels, probabilities, corp }) => {
    const { steps, ...parts } = decomposeBrier(labels, probabilities);
    for (const name of ["brier", "miscalibration", "discrimination", "uncertainty"] as const) expect(Math.abs(parts[name] - corp[name]), name).toBeLessThan(1e-12);
    expect(largestGap(steps.map(({ rate }) => rate), corp.rates)).toBeLessThan(1e-13);
    expect(Math.abs(parts.miscalibration - parts.discrimination + parts.uncertainty - parts.brier)).toBeLessThan(1e-12);
    expect(parts.brier).toBe(computeBrier(labels, probabilities));
  });

  it("has parts that are never negative and sum to the score, and steps that rise", () => {
    fc.assert(
      fc.property(labelledProbabilities, ({ labels, probabilities }) => {
        const { brier, miscalibration, discrimination, uncertainty, steps } = decomposeBrier(labels, probabilities);
        expect(Math.min(miscalibration, discrimination, uncertainty)).toBeGreaterThanOrEqual(0);
        expect(Math.abs(miscalibration - discrimination + uncertainty - brier)).toBeLessThan(1e-12);
        expect(steps.reduce((sum, { rowCount }) => sum + rowCount, 0)).toBe(labels.length);
        steps.forEach((step, i) => {
          expect(step.rate).toBe(step.positiveCount / step.rowCount);
          const before = steps[i - 1];
          if (before === undefined) return;
          expect(step.rate).toBeGreaterThan(before.rate);
          expect(step.lowestProbability).toBeGreaterThan(before.highestProbability);
        });
      }),
    );
  });

  it("finds nothing wrong with calibrated probabilities, and no use in the base rate", () => {
    const labels = [0, 0, 1, 0, 1, 1];
    expect(decomposeBrier(labels, [0, 0, 0.5, 0.5, 1, 1])).toMatchObject({ miscalibration: 0, discrimination: 0.25 - 0.5 / 6 });
    expect(decomposeBrier(labels, labels.map(() => 0.5))).toMatchObject({ brier: 0.25, miscalibration: 0, discrimination: 0, uncertainty: 0.25 });
    expect(decomposeBrier([1, 1], [0.9, 0.8])).toMatchObject({ discrimination: 0, uncertainty: 0 });
  });

  it("refuses by name", () => {
    expectRefusal(() => decomposeBrier([0, 1], [0.5, 1.5]), "invalidInput", "decomposeBrier: probabilities must be from 0 to 1; got 1.5 at row 1");
    expectRefusal(() => decomposeBrier([], []), "tooFewRows");
  });
});

describe("computeReliabilityCurve and computeCalibrationError", () => {
  it.each(cases)("agree with statsmodels and NumPy: $name", ({ labels, probabilities, reliability }) => {
    const { level, requested, bins, error, expected: byChance, standardDeviation } = reliability;
    const curve = computeReliabilityCurve(labels, probabilities, { bins: requested, level });
    expect(curve).toHaveLength(bins.length);
    bins.forEach((bin, i) => {
      for (const [name, value] of Object.entries(bin)) expect(Math.abs(curve[i]![name as keyof ReliabilityBin] - value), `${name} of bin ${i}`).toBeLessThan(1e-12);
      expect(curve[i]!.rate).toBe(curve[i]!.positiveCount / curve[i]!.rowCount);
    });
    const calibration = computeCalibrationError(labels, probabilities, { bins: requested });
    expect(Math.abs(calibration.error - error)).toBeLessThan(1e-12);
    expect(Math.abs(calibration.expected - byChance)).toBeLessThan(1e-12);
    expect(Math.abs(calibration.standardDeviation - standardDeviation)).toBeLessThan(1e-12);
    expect(calibration.binCount).toBe(bins.length);
  });

  it("never split equal probabilities, and lose no row", () => {
    fc.assert(
      fc.property(labelledProbabilities, fc.integer({ min: 1, max: 12 }), ({ labels, probabilities }, wanted) => {
        const bins = computeReliabilityCurve(labels, probabilities, { bins: Math.min(wanted, labels.length) });
        expect(bins.reduce((sum, { rowCount }) => sum + rowCount, 0)).toBe(labels.length);
        bins.forEach((bin, i) => {
          expect(bin.rowCount).toBe(probabilities.filter((p) => p >= bin.lowestProbability && p <= bin.highestProbability).length);
          expect(bin.lowestProbability).toBeGreaterThan(bins[i - 1]?.highestProbability ?? -1);
          expect(bin.low <= bin.rate && bin.rate <= bin.high).toBe(true);
        });
      }),
    );
  });

  it("make bins of the same size where no probability is repeated", () => {
    const probabilities = Array.from({ length: 100 }, (_, row) => ((row * 37) % 100) / 100);
    expect(computeReliabilityCurve(probabilities.map((p) => (p > 0.5 ? 1 : 0)), probabilities).map(({ rowCount }) => rowCount)).toEqual(new Array<number>(10).fill(10));
  });

  it("find of perfect probabilities what chance alone is said to leave", () => {
    const random = new RandomStream(11);
    const probabilities = Float64Array.from({ length: 300 }, () => random.nextFloat() ** 2);
    const errors = Array.from({ length: 600 }, () => computeCalibrationError(probabilities.map((p) => (random.nextFloat() < p ? 1 : 0)), probabilities).error);
    const { expected: byChance, standardDeviation } = computeCalibrationError(probabilities.map(() => 0), probabilities);
    const mean = errors.reduce((sum, error) => sum + error, 0) / 600;
    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / 599);
    expect(Math.abs(mean - byChance)).toBeLessThan((4 * standardDeviation) / Math.sqrt(600));
    expect(Math.abs(deviation / standardDeviation - 1)).toBeLessThan(0.12);
  });

  it("refuse more bins than rows", () => {
    expectRefusal(() => computeReliabilityCurve([0, 1], [0.1, 0.2]), "invalidOption", "computeReliabilityCurve: bins must be an integer from 1 to 2 (rows); got 10");
    expectRefusal(() => computeCalibrationError([0, 1], [0.1, 0.2], { bins: 0 }), "invalidOption", "computeCalibrationError: bins must be an integer of at least 1");
  });
});

describe("expectedAbsoluteDeviation", () => {
  it.each(expected.counts)("agrees with the distribution in full: $name", ({ values, counts, deviation, name }) => {
    const found = expectedAbsoluteDeviation(Float64Array.from(values), counts, 0, values.length);
    expect(Math.abs(found / deviation - 1)).toBeLessThan(name.startsWith("variance 42") ? 1 / 4000 : 1e-12);
  });

  it("is 0 for certainties, and takes a part of the values", () => {
    expect(expectedAbsoluteDeviation(Float64Array.of(0, 1), [3, 4], 0, 2)).toBe(0);
    expect(expectedAbsoluteDeviation(Float64Array.of(0.5, 0.5, 0.1), [1, 1, 9], 0, 2)).toBe(0.5);
  });
});
