import { describe, expect, test } from "vitest";
import { draftPlan, fitCleaning, profileTable } from "clientele/cleaning";
import { tableFromColumns, type Table } from "clientele/data";
import { expectRefusal } from "../support/errors";

describe("profileTable", () => {
  const table = tableFromColumns({
    age: [30, null, 20, 30, 45],
    charges: ["1.5", " ", "", "many", null],
    code: ["007", "+49", "12", "-01", "0.5"],
    flag: [true, false, null, true, true],
    since: [new Date(1000), null, new Date(0), null, null],
    empty: [NaN, NaN, NaN, NaN, NaN],
  });

  test("says what each column holds", () => {
    expect(profileTable(table)).toEqual({
      rowCount: 5,
      columns: [
        { name: "age", type: "number", missingCount: 1, distinctCount: 3, topValues: [], min: 20, mean: 31.25, median: 30, max: 45 },
        { name: "charges", type: "category", missingCount: 1, distinctCount: 4, topValues: [], blankCount: 2, numberCount: 1, codeLikeCount: 0 },
        { name: "code", type: "category", missingCount: 0, distinctCount: 5, topValues: [], blankCount: 0, numberCount: 5, codeLikeCount: 3 },
        { name: "flag", type: "boolean", missingCount: 1, distinctCount: 2, topValues: [], trueCount: 3 },
        { name: "since", type: "timestamp", missingCount: 3, distinctCount: 2, topValues: [], min: 0, max: 1000 },
        { name: "empty", type: "number", missingCount: 5, distinctCount: 0, topValues: [], min: null, mean: null, median: null, max: null },
      ],
    });
  });

  test("lists frequent values only when asked: by count, then in their own order", () => {
    const values = tableFromColumns({ n: [3, 1, 2, 2, null], t: ["b", "a", "B", "b", "a"] });
    expect(profileTable(values, { topValues: 2 }).columns.map(({ topValues }) => topValues)).toEqual([
      [{ value: 2, count: 2 }, { value: 1, count: 1 }],
      [{ value: "a", count: 2 }, { value: "b", count: 2 }],
    ]);
    expectRefusal(() => profileTable(values, { topValues: -1 }), "invalidOption", "topValues");
  });

  test("counts rows, not entries of a dictionary", () => {
    const column = { type: "category", codes: new Int32Array([1, 1, -1]), categories: ["9", "x", " "] } as const;
    const [profile] = profileTable({ rowCount: 3, rowIds: [0, 1, 2], columns: new Map([["t", column]]) }).columns;
    expect(profile).toMatchObject({ missingCount: 1, distinctCount: 1, blankCount: 0, numberCount: 0 });
  });
});

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
});
