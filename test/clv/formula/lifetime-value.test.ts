import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computeLifetimeValue, type LifetimeValue, type LifetimeValueInput } from "clientele/clv";
import cases from "../../reference/formula-value/expected.json";
import { expectRefusal } from "../../support/errors";

type Money = Extract<LifetimeValue, { kind: "money" }>;

function money(input: LifetimeValueInput): Money {
  const result = computeLifetimeValue(input);
  if (result.kind !== "money") throw new Error("not money");
  return result;
}

describe("the sum term by term in 50 digits", () => {
  test.each(cases.map(({ input, ...expected }) => [JSON.stringify(input), input as LifetimeValueInput, expected] as const))("%s", (_, input, expected) => {
    const { lifetimeValue, discountRate } = money(input);
    const wanted = Number(expected.lifetimeValue);
    expect(Math.abs(lifetimeValue - wanted)).toBeLessThanOrEqual(1e-12 * Math.abs(wanted));
    expect(Math.abs(discountRate - Number(expected.discountRate))).toBeLessThanOrEqual(1e-16);
  });
});

const input = fc.record({
  retention: fc.array(fc.double({ min: 0.01, max: 0.97, noNaN: true }), { minLength: 1, maxLength: 5 }),
  averageRevenue: fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 4 }),
  margin: fc.array(fc.double({ min: -0.5, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }),
  discountRate: fc.double({ min: 0, max: 0.3, noNaN: true }),
  payment: fc.constantFrom("end" as const, "start" as const),
  acquisitionCost: fc.double({ min: 0, max: 50, noNaN: true }),
});

test("for ever is the limit of a long time, and the parts add up", () => {
  fc.assert(
    fc.property(input, (some) => {
      const forever = money({ ...some, periods: "infinite" });
      const long = money({ ...some, periods: 2000 });
      const size = long.periods.reduce((sum, { value }) => sum + Math.abs(value), some.acquisitionCost);
      expect(Math.abs(forever.lifetimeValue - long.lifetimeValue)).toBeLessThanOrEqual(1e-11 * size);
      const sum = forever.periods.reduce((total, { value }) => total + value, 0) + forever.laterValue - forever.acquisitionCost;
      expect(Math.abs(sum - forever.lifetimeValue)).toBeLessThanOrEqual(1e-11 * size);
      expect(long.laterValue).toBe(0);
    }),
  );
});

test("paid at the start of each period the customer is worth the first payment more, discounted one period less", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.double({ min: 0.001, max: 0.5, noNaN: true }), (retention, discountRate) => {
      const some = { retention, discountRate, averageRevenue: 7, periods: "infinite" } as const;
      expect(money({ ...some, payment: "start" }).lifetimeValue).toBeCloseTo(7 + money(some).lifetimeValue, 8);
    }),
  );
});

test("a year of converted rates is the annual rate", () => {
  for (const [period, count] of [["day", 365.25], ["week", 365.25 / 7], ["month", 12], ["quarter", 4], ["year", 1]] as const) {
    const { discountRate } = money({ retention: 1, periods: 1, averageRevenue: 1, annualDiscountRate: 0.15, period });
    expect((1 + discountRate) ** count).toBeCloseTo(1.15, 13);
  }
});

test("a list of retention rates may rise, as cohorts do, and is multiplied up", () => {
  const { periods } = money({ retention: [0.5, 0.8], averageRevenue: 1 });
  expect(periods.map(({ survival }) => survival)).toEqual([0.5, 0.4]);
});

test("an index takes no acquisition cost", () => {
  const some = { retention: 0.9, periods: "infinite", averageRevenue: 1, rfm: 2 } as const;
  const result = computeLifetimeValue(some);
  if (result.kind !== "index") throw new Error("not an index");
  expect(result.valueIndex).toBeCloseTo(18, 10);
  expectRefusal(() => computeLifetimeValue({ ...some, acquisitionCost: 1 }), "invalidOption", "cannot be taken off an index");
});

test.each<[Partial<LifetimeValueInput>, string]>([
  [{ retention: 1, periods: "infinite" }, "the sum over all periods is infinite"],
  [{ retention: 0.9, periods: "infinite", discountRate: -0.2 }, "the sum over all periods is infinite"],
  [{ survival: [0.9], periods: "infinite" }, "periods must be a number with survival"],
  [{ retention: 0.9, periods: "ever" as "infinite" }, 'periods must be an integer from 1 to 100000; got "ever"'],
  [{ retention: 0.9, periods: 2, annualDiscountRate: 0.1 }, "period is required with annualDiscountRate, to convert it"],
  [{ retention: 0.9, periods: 2, annualDiscountRate: 0.1, discountRate: 0.1, period: "year" }, "both are given"],
  [{ retention: [0.9, 1.5], periods: 2 }, "retention[1] must be a number from 0 to 1; got 1.5"],
  [{ retention: [], periods: 2 }, "retention must have at least one period"],
  [{ retention: 0.9, periods: 2, averageRevenue: [1, NaN] }, "averageRevenue[1] must be a number; got NaN"],
  [{ retention: 0.9, periods: 2, margin: [] }, "margin must have at least one period"],
  [{ retention: 0.9, periods: 2, acquisitionCost: -1 }, "acquisitionCost must be a number of at least 0"],
  [{ retention: 0.9, periods: 2, payment: "middle" as "end" }, 'payment must be one of "end", "start"; got "middle"'],
])("%j is refused", (given, message) => {
  expectRefusal(() => computeLifetimeValue({ averageRevenue: 1, ...given }), "invalidOption", message);
});

test("a value beyond all numbers is named", () => {
  expectRefusal(() => computeLifetimeValue({ retention: 0.9, periods: 3, averageRevenue: 1e308, margin: 100 }), "nonFinite", "the value of period 1 is too large");
  expectRefusal(() => computeLifetimeValue({ retention: 1, periods: 3, averageRevenue: 1e308 }), "nonFinite", "the sum is too large");
});
