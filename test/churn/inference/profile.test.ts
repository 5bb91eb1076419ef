import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitLogisticRegression, inferCoefficients, type CoefficientEstimate, type CoefficientInference } from "../../../src/churn";
import { featureMatrixFromRows } from "../../../src/data/feature-matrix";
import { readTelco } from "../telco";
import { reference, relativeError } from "./reference";

const all = ({ intercept, coefficients }: CoefficientInference): readonly CoefficientEstimate[] => [intercept, ...coefficients];

interface Expected {
  readonly standardErrors: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly statistics: readonly number[];
  readonly logP: readonly number[];
  readonly estimates: readonly number[];
}

function expectProfile(inference: CoefficientInference, expected: Expected, tolerance: number): void {
  expect(inference.intervals).toBe("profile");
  all(inference).forEach(({ estimate, standardError, interval, z, logP, p }, k) => {
    const unit = expected.standardErrors[k]!;
    expect(Math.abs(estimate - expected.estimates[k]!) / unit).toBeLessThan(tolerance);
    expect(Math.abs(standardError / unit - 1)).toBeLessThan(tolerance);
    expect(Math.abs(interval.lower - expected.low[k]!) / unit).toBeLessThan(tolerance);
    expect(Math.abs(interval.upper - expected.high[k]!) / unit).toBeLessThan(tolerance);
    expect(Math.abs(z * z - expected.statistics[k]!)).toBeLessThan(tolerance * (1 + expected.statistics[k]!));
    expect(Math.sign(z)).toBe(Math.sign(expected.estimates[k]!));
    expect(Math.abs(logP - expected.logP[k]!)).toBeLessThan(tolerance * (1 + expected.statistics[k]!));
    expect(p / Math.exp(expected.logP[k]!)).toBeCloseTo(1, 6);
  });
}

describe("profile likelihood, as in 30-digit arithmetic", () => {
  it.each(reference.profiles)("$name", (expected) => {
    const data = featureMatrixFromRows(expected.rows ?? reference.data.rows);
    const labels = expected.labels ?? reference.data.labels;
    const sampleWeights = expected.weights === null ? undefined : reference.data[expected.weights];
    const model = fitLogisticRegression(data, labels, { sampleWeights });
    expectProfile(inferCoefficients(model, data, labels, { sampleWeights, intervals: "profile", level: expected.level }), expected, 1e-9);
  });

  it.each(reference.columnProfiles)("far from a parabola: $name", (expected) => {
    const data = featureMatrixFromRows(expected.rows);
    const model = fitLogisticRegression(data, expected.labels);
    expectProfile(inferCoefficients(model, data, expected.labels, { intervals: "profile" }), expected, 1e-7);
  });

  it("the statistic of a column is what leaving it out costs, on Telco as elsewhere", () => {
    const { matrix, labels } = readTelco("asZero");
    const kept = ["SeniorCitizen", "tenure", "MonthlyCharges", "Contract_One year"].map((name) => matrix.names.indexOf(name));
    const part = (columns: readonly number[]) => featureMatrixFromRows(Array.from({ length: matrix.rowCount }, (_, i) => columns.map((j) => matrix.values[i * matrix.columnCount + j]!)));
    const model = fitLogisticRegression(part(kept), labels);
    const { coefficients } = inferCoefficients(model, part(kept), labels, { intervals: "profile" });
    coefficients.forEach(({ z }, j) => {
      const without = fitLogisticRegression(part(kept.filter((_, k) => k !== j)), labels);
      const statistic = 2 * (model.logLikelihood - without.logLikelihood);
      expect(Math.abs((z * z) / statistic - 1)).toBeLessThan(1e-9);
    });
  });
});

describe("Firth's penalised profile, as in 30-digit arithmetic", () => {
  it.each(reference.firth)("$name", (expected) => {
    const data = featureMatrixFromRows(expected.rows);
    const sampleWeights = expected.weights ?? undefined;
    const model = fitLogisticRegression(data, expected.labels, { estimator: "firth", sampleWeights });
    const inference = inferCoefficients(model, data, expected.labels, { sampleWeights, level: expected.level });
    expectProfile(inference, expected, 1e-8);
    expect(Math.abs(inference.likelihoodRatio!.statistic - expected.overall)).toBeLessThan(1e-8);
    expect(inference).toMatchObject({ covariance: "model", aic: null, bic: null, mcFaddenR2: null });
    expect(inference.logLikelihood).toBeCloseTo(model.logLikelihood, 10);
  });

  it("gives Wald's where these are asked for", () => {
    const expected = reference.firth[0]!;
    const data = featureMatrixFromRows(expected.rows);
    const model = fitLogisticRegression(data, expected.labels, { estimator: "firth" });
    const inference = inferCoefficients(model, data, expected.labels, { intervals: "wald" });
    expect(relativeError(all(inference).map(({ z }) => z), expected.estimates.map((estimate, k) => estimate / expected.standardErrors[k]!))).toBeLessThan(1e-8);
    expect(inference.likelihoodRatio!.statistic).toBeCloseTo(expected.overall, 8);
  });
});

const smallSet = fc
  .record({
    columns: fc.integer({ min: 1, max: 3 }),
    rows: fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: 0, max: 1 }), fc.integer({ min: -1000, max: 1000 }).map((tenth) => tenth / 10), fc.integer({ min: 0, max: 1 })), { minLength: 4, maxLength: 30 }),
  })
  .filter(({ rows }) => new Set(rows.map((row) => row[3])).size === 2)
  .map(({ columns, rows }) => ({ data: featureMatrixFromRows(rows.map((row) => row.slice(0, columns))), labels: rows.map((row) => row[3]) }));

describe("whatever the data", () => {
  it("the interval has the estimate inside, and leaves 0 out where p is below 1 − level", () => {
    fc.assert(
      fc.property(smallSet, fc.constantFrom("firth", "maximumLikelihood"), ({ data, labels }, estimator) => {
        const model = fitLogisticRegression(data, labels, { estimator });
        fc.pre(model.status === "converged" || model.status === "aliased");
        const inference = inferCoefficients(model, data, labels, { intervals: "profile" });
        for (const { estimate, standardError, z, p, interval } of all(inference)) {
          expect([estimate, standardError, z, p].every(Number.isFinite)).toBe(true);
          expect(interval.lower).toBeLessThan(estimate);
          expect(interval.upper).toBeGreaterThan(estimate);
          expect([interval.lower, interval.upper].every(Number.isFinite)).toBe(true);
          const isOutside = interval.lower > 0 || interval.upper < 0;
          if (Math.abs(p - 0.05) > 1e-6) expect(isOutside).toBe(p < 0.05);
        }
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  it("turning the labels round turns the signs round", () => {
    fc.assert(
      fc.property(smallSet, ({ data, labels }) => {
        const turned = labels.map((label) => 1 - label);
        const [here, there] = [labels, turned].map((given) => fitLogisticRegression(data, given));
        fc.pre(here!.status === "converged" && there!.status === "converged");
        const [a, b] = [inferCoefficients(here!, data, labels, { intervals: "profile" }), inferCoefficients(there!, data, turned, { intervals: "profile" })];
        all(a).forEach(({ interval, p, standardError }, k) => {
          const other = all(b)[k]!;
          expect(Math.abs(interval.lower + other.interval.upper) / standardError).toBeLessThan(1e-6);
          expect(Math.abs(interval.upper + other.interval.lower) / standardError).toBeLessThan(1e-6);
          expect(p).toBeCloseTo(other.p, 7);
        });
      }),
      { numRuns: 60, seed: 6 },
    );
  });
});
