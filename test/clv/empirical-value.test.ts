import { describe, expect, test } from "vitest";
import { backtestEmpiricalValue, empiricalValueFromSpec, fitEmpiricalValue } from "clientele/clv";
import { tableFromRecords } from "clientele/data";
import { summarizeTransactions } from "clientele/features";
import { readCdnowTransactions } from "../../examples/read-data";
import expected from "../reference/empirical-value/expected.json";
import { expectRefusal } from "../support/errors";

const cdnow = tableFromRecords(readCdnowTransactions());
const OPTIONS = { asOf: "1998-06-30", horizon: { months: 6 }, margin: 0.3, annualDiscountRate: 0.1 } as const;

function expectClose(found: object, wanted: object): void {
  for (const [name, value] of Object.entries(wanted) as [string, number | null][]) {
    const got: unknown = (found as Record<string, unknown>)[name];
    if (value === null) expect(got, name).toBeNull();
    else expect(Math.abs(Number(got) - value), name).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)));
  }
}

describe("CDNOW, as computed independently in pandas", () => {
  const model = fitEmpiricalValue(cdnow, OPTIONS);

  test("every group", () => {
    expect(model.cutoff).toBe(expected.cutoff);
    expect(model.groups.length).toBe(expected.groups.length);
    model.groups.forEach((group, i) => expectClose(group, expected.groups[i]!));
    expect(model.groups.reduce((sum, { customerCount }) => sum + customerCount, 0)).toBe(2357);
  });

  test("the backtest", () => {
    const backtest = backtestEmpiricalValue(cdnow, OPTIONS);
    expectClose(backtest, expected.backtest);
    // The figures that docs/guide/clv.md and the decision 002 quote.
    expect((backtest.predictedTotal / backtest.actualTotal).toFixed(2)).toBe("1.44");
    expect(backtest.topFifthShare!.toFixed(2)).toBe("0.68");
  });

  test("every customer is valued, also one beyond all that was seen", () => {
    const summary = summarizeTransactions(cdnow, { asOf: OPTIONS.asOf });
    const values = model.predict(summary);
    expect(values.expectedValue.length).toBe(2357);
    const beyond = model.predict({ frequency: [500, 0], daysSinceLast: [0, 100_000] });
    expect([...beyond.group]).toEqual([model.groups.findIndex(({ frequencyFrom }) => frequencyFrom === 8), 2]);
    expect(values.low.every((low, i) => low < values.high[i]!)).toBe(true);
  });

  test("the saved form gives the same predictions", () => {
    const restored = empiricalValueFromSpec(JSON.parse(JSON.stringify(model)));
    expect(restored.toJSON()).toEqual(model.toJSON());
  });
});

/** `count` customers with one purchase each in January 2026. */
const january = (count: number) => Array.from({ length: count }, (_, i) => ({ customerId: `c${i}`, timestamp: new Date("2026-01-10"), amount: 10 }));

test("classes that are too small are joined; equal days stay together", () => {
  const repeats = Array.from({ length: 5 }, (_, i) => ({ customerId: `c${i}`, timestamp: new Date("2026-02-10"), amount: 10 }));
  const model = fitEmpiricalValue(tableFromRecords([...january(90), ...repeats]), { asOf: "2026-12-31", horizon: { months: 6 } });
  expect(model.groups).toHaveLength(1);
  expect(model.groups[0]).toMatchObject({ frequencyFrom: 0, frequencyTo: null, daysAbove: null, daysTo: null, customerCount: 90, expectedValue: 0 });
});

test("too short a log is a named error that says what to do", () => {
  const error = expectRefusal(() => fitEmpiricalValue(tableFromRecords(january(40)), { asOf: "2026-06-30" }), "tooFewRows", "shorten the horizon");
  expect(error.details.value).toBe(0);
});

test.each([
  [{ horizon: { months: 0 } }, "horizon.months must be a number above 0"],
  [{ horizon: { days: NaN } }, "horizon.days"],
  [{ annualDiscountRate: -1 }, "annualDiscountRate must be a number above -1"],
  [{ minGroupSize: 1 }, "minGroupSize must be an integer of at least 2"],
])("%j is refused", (options, message) => {
  expectRefusal(() => fitEmpiricalValue(cdnow, { asOf: "1998-06-30", ...options }), "invalidOption", message);
});
