import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tableFromColumns } from "../../src/data";
import { summarizeTransactions } from "../../src/features";
import { findMinorUnits } from "../../src/features/transactions/minor-units";
import { NumberCodes } from "../../src/features/transactions/number-codes";
import { periodOf } from "../../src/features/transactions/periods";
import { sortByText } from "../../src/features/transactions/text-order";
import { parseDay } from "../../src/data/calendar/day";

describe("texts in order", () => {
  const sorted = (texts: readonly string[]): string[] => Array.from(sortByText(Int32Array.from(texts.keys()), texts), (position) => texts[position]!);

  test("as sort does, by code unit", () => {
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 70 }), fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 60 }), fc.nat(5000).map((n) => `customer-${n}`));
    fc.assert(
      fc.property(fc.uniqueArray(text, { maxLength: 200 }), (texts) => {
        expect(sorted(texts)).toEqual([...texts].sort());
      }),
      { numRuns: 300 },
    );
  });

  test("texts that agree in all characters of their key, and one that is the beginning of another", () => {
    const long = "x".repeat(60);
    const texts = ["", "b", "a", `a${long}2`, `a${long}1`, `a${long}`, "\u{1F600}", "￿", "ä", "10", "9"];
    expect(sorted(texts)).toEqual([...texts].sort());
    const alike = Array.from({ length: 100 }, (_, i) => `${long}${i}${i % 7 === 0 ? long : ""}`);
    expect(sorted(alike)).toEqual([...alike].sort());
  });

  test("some positions of a list", () => {
    expect([...sortByText(new Int32Array([3, 1]), ["z", "b", "y", "a"])]).toEqual([3, 1]);
    expect([...sortByText(new Int32Array([]), ["z"])]).toEqual([]);
  });
});

describe("codes of numbers", () => {
  test("as a map gives them, whatever the numbers", () => {
    const number = fc.oneof(fc.double(), fc.integer(), fc.nat(20).map((n) => n * 2 ** 32), fc.constantFrom(0, -0, Infinity, NaN, 5e-324));
    fc.assert(
      fc.property(fc.array(number, { maxLength: 3000 }), (values) => {
        const codes = new NumberCodes();
        const known = new Map<number, number>();
        for (const value of values) {
          if (Number.isNaN(value)) {
            expect(codes.codeFor(value)).toBe(-1);
            continue;
          }
          if (!known.has(value)) known.set(value, known.size);
          expect(codes.codeFor(value)).toBe(known.get(value));
        }
        expect([...codes.values]).toEqual([...known.keys()]);
        for (const [value, code] of known) expect(codes.codeOf(value)).toBe(code);
        expect(codes.codeOf(0.123456789)).toBe(-1);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ["dense", [5, 7, 6, 7, -2]],
    ["far apart", [1e15, 3, 7e9, 3, -8]],
    ["with a fraction", [0.5, 3, 2, 3, -1]],
  ])("customers whose ids are %s come in the order of their ids", (_, ids) => {
    const table = tableFromColumns({ customerId: ids, timestamp: ids.map(() => new Date(0)), amount: [1, 2, 4, 8, 16] });
    const summary = summarizeTransactions(table, { asOf: 0, customers: [1, 3] });
    const totals = new Map<number, number>([[1, 0], [3, 0]]);
    ids.forEach((id, row) => totals.set(id, (totals.get(id) ?? 0) + 2 ** row));
    expect([...summary.id]).toEqual([...totals.keys()].sort((a, b) => a - b));
    expect(summary.id.map((_id, i) => summary.totalValue[i])).toEqual(summary.id.map((id) => totals.get(id as number)));
  });
});

describe("minor units", () => {
  test.each([
    [[1, -20, NaN, 0], 1],
    [[0.1, 3], 100],
    [[0.001, 0.1], 1000],
    [[0.0001], 10_000],
    [[0.00001], undefined],
    [[1 / 3], undefined],
    [[2 ** 53, 1], undefined],
    [[1e13, 0.0001], undefined],
    [[], 1],
  ])("%j: %s", (amounts, factor) => {
    expect(findMinorUnits([new Float64Array(amounts)])).toBe(factor);
  });

  test("a customer's numbers are the same to the bit, whether others have minor units or not", () => {
    const amount = fc.oneof(fc.integer({ min: -500, max: 9000 }).map((cents) => cents / 100), fc.integer({ min: -5, max: 90 }), fc.constant(null));
    const rows = fc.array(fc.record({ day: fc.nat(20), amount }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(rows, (own) => {
        const tableOf = (others: readonly number[]) =>
          tableFromColumns(
            { customerId: [...own.map(() => "a"), ...others.map(() => "b")], timestamp: [...own.map(({ day }) => day * 86_400_000), ...others.map(() => 0)], amount: [...own.map((row) => row.amount), ...others] },
            { types: { timestamp: "timestamp", amount: "number" } },
          );
        const options = { asOf: "1970-02-01", customers: ["a", "b"] };
        const alone = summarizeTransactions(tableOf([1]), options);
        const beside = summarizeTransactions(tableOf([1 / 3]), options);
        for (const name of ["meanValue", "meanValueAll", "totalValue", "returnValue"] as const) expect(beside[name][0]).toBe(alone[name][0]);
      }),
    );
  });
});

test.each([
  ["1970-01-01", 0, 0],
  ["1970-01-04", 0, 0],
  ["1970-01-05", 1, 0],
  ["1969-12-28", -1, -1],
  ["2024-02-29", 2826, 649],
  ["0000-01-01", -102_790, -23_640],
])("%s is in week %i and month %i of the calendar", (text, week, month) => {
  expect([periodOf(parseDay(text)!, "week"), periodOf(parseDay(text)!, "month")]).toEqual([week, month]);
});
