import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bgNbdFromSpec, estimateLifetimeValue, gammaGammaFromSpec, mbgNbdFromSpec, paretoNbdFromSpec, type LifetimeValueEstimate, type LifetimeValueOptions } from "clientele/clv";
import type { PurchaseSummary } from "clientele/features";

const SAVED = { version: 1, logLikelihood: -1, status: "converged", unidentified: [], customerCount: 100, penalty: 0, iterations: 9, gradientNorm: 0 };
const IDENTITY = [0.04, 0, 0, 0, 0.04, 0, 0, 0.04, 0, 0.04];

const models = {
  bgNbd: ([r, alpha, a, b]: number[]) => bgNbdFromSpec({ ...SAVED, kind: "bgNbd", parameters: { r, alpha, a, b }, covariance: IDENTITY }),
  mbgNbd: ([r, alpha, a, b]: number[]) => mbgNbdFromSpec({ ...SAVED, kind: "mbgNbd", parameters: { r, alpha, a, b }, covariance: IDENTITY }),
  paretoNbd: ([r, alpha, s, beta]: number[]) => paretoNbdFromSpec({ ...SAVED, kind: "paretoNbd", parameters: { r, alpha, s, beta }, covariance: IDENTITY }),
};
const spend = gammaGammaFromSpec({ ...SAVED, kind: "gammaGamma", parameters: { p: 6.25, q: 3.74, gamma: 15.44 }, covariance: [0.04, 0, 0, 0.04, 0, 0.04], leftOutCount: 0 });

const positive = (min: number, max: number) => fc.double({ min: Math.log(min), max: Math.log(max), noNaN: true }).map(Math.exp);
const parameters = fc.tuple(positive(0.05, 20), positive(0.1, 100), positive(0.05, 20), positive(0.1, 100)).map((values) => [...values]);
const customers = fc.array(
  fc.record({ frequency: fc.integer({ min: 0, max: 60 }), share: fc.double({ min: 0, max: 1, noNaN: true }), age: fc.integer({ min: 0, max: 200 }), meanValue: positive(0.1, 1000) }),
  { minLength: 1, maxLength: 12 },
);

function summaryOf(rows: readonly { readonly frequency: number; readonly share: number; readonly age: number; readonly meanValue: number }[], money = 1): PurchaseSummary {
  const column = (read: (row: (typeof rows)[number]) => number): Float64Array => Float64Array.from(rows, read);
  const partial = {
    id: rows.map((_, i) => i),
    frequency: column(({ frequency }) => frequency),
    recency: column(({ frequency, share, age }) => (frequency === 0 ? 0 : share * age)),
    age: column(({ age }) => age),
    meanValue: column(({ frequency, meanValue }) => (frequency === 0 ? NaN : money * meanValue)),
    unit: "week",
    valueUnit: undefined,
    asOf: "2026-01-01",
  };
  return partial as unknown as PurchaseSummary;
}

const OPTIONS: LifetimeValueOptions = { horizon: { weeks: 52 }, unit: "week", annualDiscountRate: 0.1 };
const finite = (values: Float64Array): boolean => values.every(Number.isFinite);

describe.each(["bgNbd", "mbgNbd", "paretoNbd"] as const)("%s", (kind) => {
  const estimate = (rows: Parameters<typeof summaryOf>[0], values: number[], options: Partial<LifetimeValueOptions> = {}, order = rows): LifetimeValueEstimate =>
    estimateLifetimeValue(summaryOf(order), models[kind](values), spend, { ...OPTIONS, ...options });

  test("values are finite, within their intervals, and less than without discount", () => {
    fc.assert(
      fc.property(customers, parameters, (rows, values) => {
        const found = estimate(rows, values);
        const { value, low, high, aliveProbability, expectedPurchases, discountedPurchases, total } = found;
        expect([value, low, high, aliveProbability, expectedPurchases, discountedPurchases].every(finite)).toBe(true);
        rows.forEach((_, i) => {
          expect(low[i]!).toBeLessThanOrEqual(value[i]!);
          expect(value[i]!).toBeLessThanOrEqual(high[i]!);
          expect(discountedPurchases[i]!).toBeLessThanOrEqual(expectedPurchases[i]! * (1 + 1e-12));
          // Nothing is discounted by more than a year and two days of interest.
          expect(discountedPurchases[i]!).toBeGreaterThanOrEqual((expectedPurchases[i]! / 1.1) * (1 - 1e-9));
        });
        expect(total.low).toBeLessThanOrEqual(total.value);
        expect(total.value).toBeLessThanOrEqual(total.high);
      }),
      { numRuns: 30, seed: 6 },
    );
  });

  test("a longer horizon is worth more, and an infinite one the most", () => {
    fc.assert(
      fc.property(customers, parameters, (rows, values) => {
        const [month, year, forEver] = ([{ months: 1 }, { years: 1 }, "infinite"] as const).map((horizon) => estimate(rows, values, { horizon }).value);
        rows.forEach((_, i) => {
          expect(month![i]!).toBeLessThanOrEqual(year![i]!);
          expect(year![i]!).toBeLessThanOrEqual(forEver![i]! * (1 + 1e-9));
          expect(forEver![i]!).toBeLessThan(Infinity);
        });
      }),
      { numRuns: 15, seed: 7 },
    );
  });

  test("the order of the customers changes nothing, and others in the list do not either", () => {
    fc.assert(
      fc.property(customers, parameters, (rows, values) => {
        const found = estimate(rows, values);
        const reversed = estimate(rows, values, {}, [...rows].reverse());
        expect([...reversed.value].reverse()).toEqual([...found.value]);
        expect([...reversed.high].reverse()).toEqual([...found.high]);
        const alone = estimate([rows[0]!], values);
        expect(alone.value[0]).toBe(found.value[0]);
        expect(alone.low[0]).toBe(found.low[0]);
        // Of a single customer, the total is the customer.
        expect(Math.abs(alone.total.high / alone.high[0]! - 1) < 1e-12 || alone.value[0] === 0).toBe(true);
      }),
      { numRuns: 15, seed: 8 },
    );
  });

  test("margin scales values and their intervals; the ranking stays", () => {
    fc.assert(
      fc.property(customers, parameters, positive(0.01, 5), (rows, values, margin) => {
        const [whole, part] = [estimate(rows, values), estimate(rows, values, { margin })];
        rows.forEach((_, i) => {
          for (const name of ["value", "low", "high"] as const) expect(Math.abs(part[name][i]! - margin * whole[name][i]!)).toBeLessThanOrEqual(1e-12 * margin * whole[name][i]!);
        });
        expect(whole.ranking.every((at, k) => k === 0 || whole.value[whole.ranking[k - 1]!]! >= whole.value[at]!)).toBe(true);
      }),
      { numRuns: 15, seed: 9 },
    );
  });
});

test("in cents instead of euros a value is a hundred times as much", () => {
  fc.assert(
    fc.property(customers, parameters, (rows, values) => {
      const { p, q, gamma } = spend.parameters;
      const inCents = gammaGammaFromSpec({ ...SAVED, kind: "gammaGamma", parameters: { p, q, gamma: 100 * gamma }, covariance: [0.04, 0, 0, 0.04, 0, 0.04], leftOutCount: 0 });
      const euros = estimateLifetimeValue(summaryOf(rows), models.bgNbd(values), spend, OPTIONS);
      const cents = estimateLifetimeValue(summaryOf(rows, 100), models.bgNbd(values), inCents, OPTIONS);
      rows.forEach((_, i) => expect(Math.abs(cents.value[i]! - 100 * euros.value[i]!)).toBeLessThanOrEqual(1e-10 * cents.value[i]!));
    }),
    { numRuns: 15, seed: 10 },
  );
});
