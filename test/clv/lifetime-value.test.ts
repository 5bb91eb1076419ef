import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computeLifetimeValue, type LifetimeValueInput } from "clientele/clv";
import { expectRefusal } from "../support/errors";

const money = (input: LifetimeValueInput): number => {
  const result = computeLifetimeValue(input);
  if (result.kind !== "money") throw new Error("not money");
  return result.lifetimeValue;
};

describe("closed forms", () => {
  test("geometric sum: A·q(1 − qⁿ)/(1 − q) with q = r/(1 + d)", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.double({ min: 0, max: 0.5, noNaN: true }), fc.integer({ min: 1, max: 400 }), (r, d, n) => {
        const q = r / (1 + d);
        const closed = (70 * 0.4 * q * (1 - q ** n)) / (1 - q);
        expect(Math.abs(money({ retention: r, periods: n, averageRevenue: 70, margin: 0.4, discountRate: d }) - closed)).toBeLessThanOrEqual(1e-12 * closed);
      }),
    );
  });

  test("a perpetual customer without discount pays n times", () => {
    expect(money({ retention: 1, periods: 24, averageRevenue: 50 })).toBe(1200);
  });

  test("unconditional survival is taken as it is", () => {
    expect(money({ survival: [0.5, 0.25], averageRevenue: 100, discountRate: 1 })).toBe(0.5 * 100 * 0.5 + 0.25 * 100 * 0.25);
    expect(money({ survival: [0.5, 0.25], periods: 1, averageRevenue: 100 })).toBe(50);
  });
});

test("with RFM scores the result is an index and named so", () => {
  const result = computeLifetimeValue({ retention: 0.9, periods: 1, averageRevenue: 1000, rfm: 2.5 });
  expect(result).toMatchObject({ kind: "index", valueIndex: 2250, rfm: 2.5 });
  expect(result).not.toHaveProperty("lifetimeValue");
  const weighted = computeLifetimeValue({
    retention: 1,
    periods: 1,
    averageRevenue: 1,
    rfm: { recency: 5, frequency: 3, monetary: 1, weights: { recency: 2, frequency: 1, monetary: 1 } },
  });
  expect(weighted).toMatchObject({ kind: "index", rfm: 3.5 });
});

test("a survival curve that rises is refused: those would be conditional retention rates", () => {
  expectRefusal(() => computeLifetimeValue({ survival: [0.7, 0.8], averageRevenue: 1 }), "invalidOption", "survival[1] must be a number from 0 to 0.7", "does not come back");
});

test.each<[Partial<LifetimeValueInput>, string]>([
  [{}, "give either retention or survival; neither is given"],
  [{ retention: 0.5, survival: [0.5], periods: 1 }, "both are given"],
  [{ retention: 0.5 }, "periods is required with retention"],
  [{ retention: 1.2, periods: 1 }, "retention must be a number from 0 to 1; got 1.2"],
  [{ retention: 0.5, periods: 0 }, "periods must be an integer from 1 to 100000; got 0"],
  [{ survival: [] }, "survival must have at least one period"],
  [{ survival: [0.5], periods: 2 }, "periods must be an integer from 1 to 1 (periods of survival); got 2"],
  [{ retention: 0.5, periods: 1, discountRate: -1 }, "discountRate must be a number above -1; got -1"],
  [{ retention: 0.5, periods: 1, rfm: -1 }, "rfm must be a number of at least 0; got -1"],
  [{ retention: 0.5, periods: 1, averageRevenue: NaN }, "averageRevenue must be a number; got NaN"],
])("%j is refused", (input, message) => {
  expectRefusal(() => computeLifetimeValue({ averageRevenue: 1, ...input }), "invalidOption", message);
});
