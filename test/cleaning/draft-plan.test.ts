import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanTable, draftPlan, fitCleaning, profileTable } from "clientele/cleaning";
import { recordsFromTable, tableFromColumns, type Table } from "clientele/data";
import { expectRefusal } from "../support/errors";

describe("draftPlan", () => {
  const draft = (columns: Record<string, readonly unknown[]>, options?: Parameters<typeof draftPlan>[1]) => draftPlan(profileTable(tableFromColumns(columns)), options);

  test("reads as numbers what is at least 95 % numbers", () => {
    const numbers = (count: number, others: readonly string[]): string[] => [...Array.from({ length: count }, (_, i) => String(i + 0.5)), ...others];
    const conversion = { column: "x", to: "number", missing: [""], decimal: ".", onFailure: "missing" };
    expect(draft({ x: numbers(19, ["many"]) })).toEqual({ convert: [conversion], missing: [{ column: "x", fill: "median" }] });
    expect(draft({ x: numbers(18, ["many"]) })).toEqual({ convert: [], missing: [] });
    expect(draft({ x: numbers(5, ["", " ", "\t"]) }).convert).toEqual([conversion]);
    expect(draft({ x: numbers(5, []) })).toEqual({ convert: [conversion], missing: [] });
    expect(draft({ x: [" ", ""] })).toEqual({ convert: [{ column: "x", to: "category", missing: [""] }], missing: [] });
  });

  test("codes stay text, ids and excluded columns as they are", () => {
    expect(draft({ postcode: ["10115", "01067"], phone: ["+4930123", "+4930124"] }).convert).toEqual([]);
    expect(draft({ id: ["1", "2"], Churn: ["1", ""] }, { id: "id", exclude: ["Churn"] })).toEqual({
      convert: [],
      duplicates: { key: ["id"], keep: "first" },
      missing: [],
    });
  });

  test("fills numbers with the median, groups with the mode, and leaves the rest", () => {
    const plan = draft({
      n: [1, null, 3, 4, 5],
      full: [1, 2, 3, 4, 5],
      group: ["a", "b", null, "b", "a"],
      name: ["Ann", null, "Bob", "Cleo", "Ann"],
      flag: [true, null, false, true, true],
      since: [new Date(0), null, null, null, null],
      never: [null, null, null, null, null],
    });
    expect(plan.missing).toEqual([
      { column: "n", fill: "median" },
      { column: "group", fill: "mode" },
      { column: "flag", fill: "mode" },
    ]);
  });

  test("a draft can be fitted as it is, and edited as JSON", () => {
    const table: Table = tableFromColumns({ id: ["a", "b", "c", "c"], x: ["1", " ", "3", "5"], g: ["u", "u", null, "u"] });
    const plan = draftPlan(profileTable(table), { id: "id" });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    const { report } = fitCleaning(table, plan).apply(table);
    expect([report.rowsOut, report.rowsMerged, report.fills.map(({ filled }) => filled)]).toEqual([3, 1, [1, 1]]);
  });

  test("names are checked", () => {
    expectRefusal(() => draft({ customerID: ["a"] }, { id: "customerId" }), "unknownColumn", '"customerID"');
    expectRefusal(() => draft({ customerID: ["a"] }, { exclude: ["x"] }), "unknownColumn", "exclude");
  });

  const rest = { missing: [""], onFailure: "missing" } as const;

  test("amounts, percentages and other notations", () => {
    const convert = (...texts: readonly string[]): unknown => draft({ x: texts }).convert;
    const number = { column: "x", to: "number", ...rest };
    expect(convert("$1,000.50 ", "$7", "")).toEqual([{ ...number, decimal: ".", grouping: ",", currency: "USD" }]);
    expect(convert("1.000,50 €", "7 EUR")).toEqual([{ ...number, decimal: ",", grouping: ".", currency: "EUR" }]);
    expect(convert("(5.50)", "7")).toEqual([{ ...number, decimal: ".", parentheses: true }]);
    expect(convert("12.5 %", "7%")).toEqual([{ ...number, decimal: ".", percent: true }]);
    expect(convert("1,00,000", "2,50,000")).toEqual([{ ...number, decimal: ".", grouping: ",", groups: "indian" }]);
  });

  test("what is in doubt stays text", () => {
    const convert = (...texts: readonly string[]): unknown => draft({ x: texts }).convert;
    expect(convert("1,234", "5,678")).toEqual([]);
    expect(convert("$5", "€7")).toEqual([]);
    expect(convert("5 kr", "7 kr")).toEqual([]);
    expect(convert("01/02/2026", "03/04/2026")).toEqual([]);
    expect(convert("2026-01-31T10:00", "2026-02-01T11:00")).toEqual([]);
    expect(convert("31.12.25", "30.11.25")).toEqual([]);
    const invoices = Array.from({ length: 99 }, (_, i) => String(536_000 + i));
    expect(convert(...invoices, "C536379")).toEqual([]);
    expect(convert(...invoices, "many")).toMatchObject([{ to: "number" }]);
  });

  test("days and times", () => {
    const timestamp = { column: "x", to: "timestamp", ...rest };
    expect(draft({ x: ["2026-01-31", "2026-02-01T10:00Z"] })).toEqual({ convert: [timestamp], missing: [] });
    expect(draft({ x: ["31.01.2026", ""] })).toEqual({ convert: [{ ...timestamp, format: "dayFirst" }], missing: [] });
    expect(draft({ x: ["1/31/2026", "2/1/2026"] }).convert).toEqual([{ ...timestamp, format: "monthFirst" }]);
    expect(draft({ x: ["2026-01-31T10:00"] }, { timeZone: "Europe/Berlin" }).convert).toEqual([{ ...timestamp, timeZone: "Europe/Berlin" }]);
    expect(draft({ x: ["2026-01-31"] }, { timeZone: "Europe/Berlin" }).convert).toEqual([timestamp]);
  });

  test("ids that a spreadsheet wrote with .0, also in the id column; nothing is filled in there", () => {
    const ids = ["17850.0", "13047.0", "", "17850.0"];
    const conversion = { to: "id", ...rest };
    expect(draft({ CustomerID: ids })).toEqual({ convert: [{ column: "CustomerID", ...conversion }], missing: [] });
    expect(draft({ customer: ids }, { id: "customer" })).toEqual({ convert: [{ column: "customer", ...conversion }], duplicates: { key: ["customer"], keep: "first" }, missing: [] });
    expect(draft({ grade: ids }).convert).toMatchObject([{ column: "grade", to: "number" }]);
    expect(draft({ paid: ["5.0", "7.0"] }).convert).toMatchObject([{ column: "paid", to: "number" }]);
    expect(draft({ CustomerID: ["5.0", "7.5"] }).convert).toMatchObject([{ to: "number" }]);
  });

  test("words for yes and no only when asked", () => {
    const columns = { x: ["Yes", "no", "Yes", null, "no", "Yes"] };
    expect(draft(columns).convert).toEqual([]);
    expect(draft(columns, { booleans: true })).toEqual({
      convert: [{ column: "x", to: "boolean", trueTexts: ["Yes"], falseTexts: ["no"], ...rest }],
      missing: [{ column: "x", fill: "mode" }],
    });
    expect(draft({ x: ["Yes", "Yes"] }, { booleans: true }).convert).toEqual([]);
    expect(draft({ x: ["Yes", "No", "No internet service"] }, { booleans: true }).convert).toEqual([]);
  });

  test("stand-ins become missing: by the conversion in texts that are read, by placeholders elsewhere", () => {
    const plan = draft({
      days: [1, 2, 3, 4, 5, 6, 999, 999],
      daysText: ["1", "2", "3", "4", "5", "999", "N/A", "999"],
      job: ["clerk", "clerk", "nurse", "nurse", "Unknown", "unknown", "?", ""],
      since: ["2025-01-01", "2025-02-01", "2025-03-01", "1900-01-01", "2025-04-01", "2025-05-01", "2025-06-01", "-"],
    });
    expect(plan.convert).toEqual([
      { column: "daysText", to: "number", missing: ["", "N/A"], decimal: ".", onFailure: "missing" },
      { column: "job", to: "category", missing: [""] },
      { column: "since", to: "timestamp", missing: ["", "-"], onFailure: "missing" },
    ]);
    expect(plan.placeholders).toEqual([
      { column: "days", values: [999] },
      { column: "daysText", values: [999] },
      { column: "job", values: ["unknown", "?"] },
      { column: "since", values: ["1900-01-01"] },
    ]);
    expect(plan.missing).toEqual([{ column: "days", fill: "median" }, { column: "daysText", fill: "median" }, { column: "job", fill: "mode" }]);
  });

  test("possible answers, what most rows have, ids and excluded columns are left", () => {
    const pdays = [1, 2, 3, ...Array.from({ length: 10 }, () => 999)];
    const debtors = pdays.map((_, i) => (i < 4 ? "none" : i < 8 ? "guarantor" : "other"));
    expect(draft({ pdays, debtors })).toEqual({ convert: [], missing: [] });
    expect(draft({ x: ["?", "a", "b", "c"] }, { id: "x" }).placeholders).toBeUndefined();
    expect(draft({ x: ["?", "a", "b", "c"] }, { exclude: ["x"] }).placeholders).toBeUndefined();
  });

  test("a drafted plan does what its profile says: texts that fit are converted, stand-ins emptied, nobody is set aside", () => {
    const table = tableFromColumns({
      id: ["17850.0", "13047.0", "17850.0", "14000.0", "15000.0", "16000.0"],
      income: ["$84,835.00 ", "n/a", "$57,091.00", "$1", "(500)", "$7"],
      since: ["31.12.2025", "01.02.2026", "?", "1.1.1900", "15.06.2025", "16.06.2025"],
      active: ["ja", "nein", "ja", "-", "ja", "nein"],
    });
    const plan = draftPlan(profileTable(table), { id: "id", booleans: true });
    const { table: cleaned, report } = cleanTable(table, plan);
    expect([report.rowsOut, report.rowsMerged, report.rowsQuarantined]).toEqual([5, 1, 0]);
    expect(report.conversions.map(({ failed }) => failed)).toEqual([0, 0, 0, 0]);
    // Median and mode are those of the rows that stay: the repeated customer counts once.
    expect(recordsFromTable(cleaned)).toEqual([
      { id: "17850", income: 84835, since: new Date("2025-12-31"), active: true },
      { id: "13047", income: 4, since: new Date("2026-02-01"), active: false },
      { id: "14000", income: 1, since: null, active: false },
      { id: "15000", income: -500, since: new Date("2025-06-15"), active: true },
      { id: "16000", income: 7, since: new Date("2025-06-16"), active: false },
    ]);
  });

  test("every table has a draft that can be fitted, sets nobody aside and leaves no gap that it fills", () => {
    const text = fc.constantFrom("", " ", "?", "n/a", "none", "1", "2.5", "999", "1,5", "$5", "7 %", "31.12.2025", "2026-01-31", "1900-01-01", "yes", "no", "Anna", "17850.0", "C5");
    const column = fc.oneof(fc.array(fc.option(text), { minLength: 8, maxLength: 8 }), fc.array(fc.option(fc.constantFrom(0, 1, 2, 3, -1, 9, 999, 99999, 2.5)), { minLength: 8, maxLength: 8 }));
    fc.assert(
      fc.property(column, column, fc.boolean(), (a, b, booleans) => {
        const table = tableFromColumns({ a, b });
        const { report } = cleanTable(table, draftPlan(profileTable(table), { booleans }));
        expect(report.rowsQuarantined).toBe(0);
        expect(report.fills.every(({ status, stillMissing }) => status === "fitted" && stillMissing === 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
