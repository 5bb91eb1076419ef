import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitIsotonic, fitPlatt, fitTemperature, type ScoreScale } from "clientele/churn";
import { computeLogLoss, decomposeBrier } from "clientele/evaluation";
import { largestGap, readExpected, telcoPredictions } from "../../evaluation/reference";
import { expectRefusal } from "../../support/errors";

interface Case {
  readonly name: string;
  readonly scale: ScoreScale;
  readonly scores: readonly number[];
  readonly labels: readonly number[];
  readonly platt: { readonly slope: number; readonly intercept: number };
  readonly temperatureSlope: number;
  readonly isotonic: { readonly at: readonly number[]; readonly calibrated: readonly number[]; readonly scores: readonly number[]; readonly probabilities: readonly number[] };
}

const { calibrations } = readExpected("calibration") as { calibrations: readonly Case[] };

/** Probabilities on a grid with its ends, and labels of both classes. */
const sample = fc
  .array(fc.record({ label: fc.integer({ min: 0, max: 1 }), probability: fc.integer({ min: 0, max: 20 }) }), { minLength: 2, maxLength: 60 })
  .filter((rows) => new Set(rows.map((row) => row.label)).size === 2)
  .map((rows) => ({ labels: rows.map((row) => row.label), scores: rows.map((row) => row.probability / 20) }));

describe("fitPlatt", () => {
  it.each(calibrations)("agrees with Newton's method in 40 digits: $name", ({ scores, labels, scale, platt }) => {
    const model = fitPlatt(scores, labels, { scale });
    expect(model.status).toBe("converged");
    expect(Math.abs(model.slope / platt.slope - 1)).toBeLessThan(1e-10);
    expect(Math.abs(model.intercept - platt.intercept)).toBeLessThan(1e-10 * Math.max(1, Math.abs(platt.intercept)));
    const x = scale === "score" ? scores[0]! : Math.log(clip(scores[0]!) / (1 - clip(scores[0]!)));
    expect(model.apply(scores)[0]).toBeCloseTo(1 / (1 + Math.exp(-(platt.intercept + platt.slope * x))), 10);
  });

  it("makes the mean of the calibrated probabilities that of the corrected targets, whatever the scores", () => {
    fc.assert(
      fc.property(sample, ({ labels, scores }) => {
        const model = fitPlatt(scores, labels);
        const positives = labels.filter((label) => label === 1).length;
        const targets = labels.map((label) => (label === 1 ? (positives + 1) / (positives + 2) : 1 / (labels.length - positives + 2)));
        const calibrated = model.apply(scores);
        const gap = calibrated.reduce((sum, p, i) => sum + p - targets[i]!, 0);
        expect(["converged", "reversed", "constantScores"]).toContain(model.status);
        expect(Math.abs(gap)).toBeLessThan(1e-9);
        calibrated.forEach((p) => expect(p > 0 && p < 1).toBe(true));
      }),
      { numRuns: 300 },
    );
  });

  it("keeps the slope finite where scores separate the classes, and says when they point the wrong way or nowhere", () => {
    const separated = fitPlatt([-2, -1, 1, 2], [0, 0, 1, 1], { scale: "score" });
    expect(separated.status).toBe("converged");
    // The targets are 3/4 and 1/4; symmetry makes the intercept 0.
    expect(separated.intercept).toBeCloseTo(0, 12);
    expect(separated.slope).toBeGreaterThan(0.5);
    expect(fitPlatt([-2, -1, 1, 2], [1, 1, 0, 0], { scale: "score" })).toMatchObject({ status: "reversed", slope: expect.closeTo(-separated.slope, 12) as unknown });
    const constant = fitPlatt([0.3, 0.3, 0.3], [0, 1, 1]);
    expect(constant).toMatchObject({ status: "constantScores", slope: 0 });
    // (2 · 3/4 + 1/3) / 3.
    expect(constant.apply([0.9])[0]).toBeCloseTo((1.5 + 1 / 3) / 3, 14);
  });

  it("does not mind the unit or the size of scores", () => {
    const { scores, labels } = calibrations[3]!;
    const model = fitPlatt(scores, labels, { scale: "score" });
    for (const [factor, shift] of [[1e-9, 0], [1e9, 3e12], [1e200, 0]] as const) {
      const moved = scores.map((score) => factor * score + shift);
      expect(largestGap(fitPlatt(moved, labels, { scale: "score" }).apply(moved), model.apply(scores))).toBeLessThan(1e-6);
    }
    const extreme = fitPlatt([-1e308, 1e308, -1e308, 1e308], [0, 1, 1, 0], { scale: "score" });
    expect(extreme.apply([-1e308, 1e308]).every(Number.isFinite)).toBe(true);
  });

  it("refuses by name", () => {
    expectRefusal(() => fitPlatt([0.1, 1.2], [0, 1]), "invalidInput", 'fitPlatt: scores must be from 0 to 1 (for others, fit with scale: "score"); got 1.2 at row 1');
    expectRefusal(() => fitPlatt([0.1, 0.2], [1, 1]), "constantLabels", "fitPlatt: labels must hold both classes; all 2 are 1");
    expectRefusal(() => fitPlatt([0.1, 0.2], [1, 0]).apply([2]), "invalidInput", "PlattModel.apply: scores must be from 0 to 1");
    expectRefusal(() => fitPlatt([1, 2], [1, 0], { scale: "score" }).apply([NaN]), "nonFinite", "PlattModel.apply: scores must hold finite numbers");
  });
});

describe("fitTemperature", () => {
  it.each(calibrations)("agrees with the root in 40 digits: $name", ({ scores, labels, scale, temperatureSlope }) => {
    const model = fitTemperature(scores, labels, { scale });
    expect(model.status).toBe("converged");
    expect(Math.abs(model.slope / temperatureSlope - 1)).toBeLessThan(1e-10);
    expect(model.temperature).toBe(1 / model.slope);
  });

  it("never makes the log-loss of its own rows worse, and keeps their order and one half", () => {
    fc.assert(
      fc.property(sample, ({ labels, scores }) => {
        const model = fitTemperature(scores, labels);
        const calibrated = model.apply(scores);
        expect(computeLogLoss(labels, calibrated)).toBeLessThanOrEqual(computeLogLoss(labels, scores) + 1e-12);
        scores.forEach((score, i) => {
          if (score === 0.5) expect(calibrated[i]).toBe(0.5);
          scores.forEach((other, j) => {
            if (score < other) expect(calibrated[i]!).toBeLessThanOrEqual(calibrated[j]!);
          });
        });
      }),
    );
  });

  it("has a status where there is no temperature to find", () => {
    expect(fitTemperature([0.1, 0.2, 0.7], [0, 0, 1])).toMatchObject({ status: "separated", slope: 1, temperature: 1 });
    expect(fitTemperature([0.1, 0.2, 0.7], [1, 1, 0])).toMatchObject({ status: "uninformative", slope: 0, temperature: Infinity });
    expect(fitTemperature([0.1, 0.2, 0.7], [1, 1, 0]).apply([0.99])).toEqual(Float64Array.of(0.5));
    expect(fitTemperature([0.5, 0.5], [1, 0])).toMatchObject({ status: "constantScores", slope: 1 });
    expect(JSON.parse(JSON.stringify(fitTemperature([0.1, 0.2, 0.7], [1, 1, 0])))).toMatchObject({ slope: 0 });
  });
});

describe("fitIsotonic", () => {
  it.each(calibrations)("agrees with scikit-learn: $name", ({ scores, labels, scale, isotonic }) => {
    const model = fitIsotonic(scores, labels, { scale });
    expect(largestGap(model.apply(isotonic.at), isotonic.calibrated)).toBeLessThan(1e-13);
    expect(model.scores).toEqual(isotonic.scores);
    expect(largestGap(model.probabilities, isotonic.probabilities)).toBeLessThan(1e-14);
  });

  it("rises, and leaves nothing to calibrate on its own rows", () => {
    fc.assert(
      fc.property(sample, ({ labels, scores }) => {
        const model = fitIsotonic(scores, labels);
        const calibrated = model.apply(scores);
        expect(decomposeBrier(labels, calibrated).miscalibration).toBeLessThan(1e-14);
        const grid = model.apply(Array.from({ length: 101 }, (_, i) => i / 100));
        for (let i = 1; i < grid.length; i++) expect(grid[i]!).toBeGreaterThanOrEqual(grid[i - 1]!);
      }),
    );
  });

  it("has scores as far apart as doubles go", () => {
    const model = fitIsotonic([-1.7e308, 1.7e308], [0, 1], { scale: "score" });
    expect(model.apply([-1.7e308, 0, 1.7e308])).toEqual(Float64Array.of(0, 0.5, 1));
  });
});

describe("on 7,043 customers", () => {
  it("each calibration of one half improves the other half of an overconfident forest", () => {
    const { labels, random_forest_500: forest } = telcoPredictions();
    const half = (values: ArrayLike<number>, odd: number): number[] => Array.from(values).filter((_, row) => row % 2 === odd);
    const before = computeLogLoss(half(labels, 1), half(forest, 1));
    for (const fit of [fitPlatt, fitTemperature]) {
      expect(computeLogLoss(half(labels, 1), fit(half(forest, 0), half(labels, 0)).apply(half(forest, 1)))).toBeLessThan(before);
    }
    const isotonic = fitIsotonic(half(forest, 0), half(labels, 0)).apply(half(forest, 1));
    expect(decomposeBrier(half(labels, 1), isotonic).miscalibration).toBeLessThan(decomposeBrier(half(labels, 1), half(forest, 1)).miscalibration);
  });
});

function clip(probability: number): number {
  return Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON);
}
