import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computeKaplanMeier, survivalAt, type Lifetimes } from "clientele/clv";
import { readTelcoCustomers } from "../../../examples/read-data";
import cases from "../../reference/kaplan-meier/expected.json";
import { expectRefusal } from "../../support/errors";

const COLUMNS = ["time", "atRisk", "ended", "censored", "survival", "standardError", "low", "high"] as const;

interface Expected extends Readonly<Record<(typeof COLUMNS)[number], readonly (number | null)[]>> {
  readonly median: number | null;
  readonly medianLow: number | null;
  readonly medianHigh: number | null;
  readonly upTo: number;
  readonly mean: number;
  readonly meanStandardError: number;
}
interface Case {
  readonly name: string;
  readonly durations?: readonly number[];
  readonly churned?: readonly number[];
  readonly weights?: readonly number[];
  readonly curves: readonly { readonly interval: string; readonly confidence: number; readonly curve: Expected }[];
}

function lifetimesOf({ durations, churned, weights }: Case): Lifetimes {
  if (durations !== undefined && churned !== undefined) return { durations, churned, weights };
  const telco = readTelcoCustomers();
  return { durations: telco.map((row) => Number(row["tenure"])), churned: telco.map((row) => row["Churn"] === "Yes") };
}

function expectCurve(found: ReturnType<typeof computeKaplanMeier>, wanted: Expected): void {
  for (const name of COLUMNS) {
    const values = wanted[name];
    expect(found[name]).toHaveLength(values.length);
    values.forEach((value, i) => {
      if (value === null) expect(found[name][i], `${name} ${i}`).toBeNaN();
      else expect(Math.abs(found[name][i]! - value), `${name} ${i}`).toBeLessThanOrEqual(1e-12 * Math.max(1, value));
    });
  }
  expect(found.medianLifetime ?? null).toBe(wanted.median);
  expect(found.medianLow ?? null).toBe(wanted.medianLow);
  expect(found.medianHigh ?? null).toBe(wanted.medianHigh);
  expect(found.meanLifetime.upTo).toBe(wanted.upTo);
  expect(found.meanLifetime.value).toBeCloseTo(wanted.mean, 10);
  expect(found.meanLifetime.standardError).toBeCloseTo(wanted.meanStandardError, 10);
}

describe.each(cases as readonly Case[])("R's survival: $name", (each) => {
  test.each(each.curves)("$interval, $confidence", ({ interval, confidence, curve }) => {
    const found = computeKaplanMeier(lifetimesOf(each), { interval: interval as "log", confidence, upTo: curve.upTo });
    expectCurve(found, curve);
  });
});

test("counts of cohorts are the same as their customers", () => {
  const cohorts = [[100, 70, 55, 50], [40, 30], [80, 60, 45]];
  const customers = cohorts.flatMap((counts) =>
    Array.from({ length: counts[0]! }, (_, customer) => {
      const left = counts.findIndex((count) => count <= customer);
      return left < 0 ? { duration: counts.length - 1, churned: false } : { duration: left, churned: true };
    }),
  );
  const each = { durations: customers.map(({ duration }) => duration), churned: customers.map(({ churned }) => churned) };
  expect(computeKaplanMeier({ survivors: cohorts })).toEqual(computeKaplanMeier(each));
  expect(computeKaplanMeier({ survivors: [100, 70, 55, 50] }).survival).toEqual(Float64Array.of(0.7, 0.7 * (55 / 70), 0.7 * (55 / 70) * (50 / 55)));
});

test("without customers last seen alive it is the share that is left", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 60 }), (durations) => {
      const { time, survival, medianLifetime, meanLifetime } = computeKaplanMeier({ durations, churned: durations.map(() => 1) });
      time.forEach((t, i) => {
        expect(survival[i]).toBeCloseTo(durations.filter((duration) => duration > t).length / durations.length, 12);
      });
      const sorted = durations.slice().sort((a, b) => a - b);
      const half = durations.length / 2;
      expect(medianLifetime).toBe(Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]);
      expect(meanLifetime.value).toBeCloseTo(durations.reduce((sum, duration) => sum + duration, 0) / durations.length, 10);
    }),
  );
});

test("the order of the entries, and how their weights are split, do not matter", () => {
  const entry = fc.record({ duration: fc.integer({ min: 0, max: 9 }), churned: fc.integer({ min: 0, max: 1 }), weight: fc.integer({ min: 0, max: 4 }) });
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 40 }), (entries) => {
      fc.pre(entries.some(({ weight }) => weight > 0));
      const repeated = entries.flatMap((each) => Array.from({ length: each.weight }, () => each)).reverse();
      const curve = computeKaplanMeier({ durations: repeated.map(({ duration }) => duration), churned: repeated.map(({ churned }) => churned) });
      const weighted = computeKaplanMeier({ durations: entries.map(({ duration }) => duration), churned: entries.map(({ churned }) => churned), weights: entries.map(({ weight }) => weight) });
      expect(weighted).toEqual(curve);
    }),
  );
});

test("read at any duration", () => {
  const curve = computeKaplanMeier({ durations: [1, 2, 4], churned: [1, 0, 1] });
  expect(survivalAt(curve, [-1, 0, 0.99, 1, 3.9, 4, 100])).toEqual(Float64Array.of(1, 1, 1, 2 / 3, 2 / 3, 0, 0));
  const open = computeKaplanMeier({ durations: [1, 2], churned: [1, 0] });
  expect(survivalAt(open, [2, 2.1])).toEqual(Float64Array.of(0.5, NaN));
});

describe("refused", () => {
  test.each<[Lifetimes, "invalidInput" | "invalidOption" | "nonFinite" | "lengthMismatch" | "tooFewRows", string]>([
    [{ durations: [1, -1], churned: [1, 0] }, "invalidInput", "durations must hold numbers of at least 0; got -1 at position 1"],
    [{ durations: [1, NaN], churned: [1, 0] }, "nonFinite", "got NaN at position 1"],
    [{ durations: [1, 1], churned: [1, 2] }, "invalidInput", "churned must hold 0 and 1 (or false and true); got 2 at position 1"],
    [{ durations: [1, 1], churned: [1] }, "lengthMismatch", "churned must have 2 values"],
    [{ durations: [1, 1], churned: [1, 1], weights: [1, -2] }, "invalidInput", "weights must hold numbers of at least 0"],
    [{ durations: [1, 1], churned: [1, 1], weights: [0, 0] }, "tooFewRows", "at least one customer"],
    [{ durations: [], churned: [] }, "tooFewRows", "at least one customer"],
    [{ survivors: [10] }, "tooFewRows", "at least two counts"],
    [{ survivors: [10, 11] }, "invalidOption", "survivors[1] must be a number from 0 to 10 (the count before it); got 11"],
    [{ survivors: [[10, 9], [5, 6]] }, "invalidOption", "survivors[1][1] must be a number from 0 to 5"],
    [{ survivors: [10, 9], durations: [1] }, "invalidInput", "{ survivors } or { durations, churned, weights? }"],
  ])("%j", (lifetimes, code, message) => {
    expectRefusal(() => computeKaplanMeier(lifetimes), code, message);
  });

  test("a mean beyond what is known", () => {
    expectRefusal(() => computeKaplanMeier({ survivors: [10, 9] }, { upTo: 2 }), "invalidOption", "upTo must be a number above 0 and at most 1 (the longest duration); got 2");
    expect(computeKaplanMeier({ survivors: [10, 5, 0] }, { upTo: 20 }).meanLifetime.value).toBe(1.5);
  });
});
