import { describe, expect, test } from "vitest";
import { cleaningFromSpec, fitCleaning, listChanges, type CleaningPlan, type CleaningResult } from "clientele/cleaning";
import { recordsFromTable, tableFromColumns } from "clientele/data";
import { expectRefusal } from "../support/errors";

function clean(columns: Record<string, readonly unknown[]>, plan: CleaningPlan): CleaningResult {
  const table = tableFromColumns(columns);
  return fitCleaning(table, plan).apply(table);
}

describe("to number", () => {
  const columns = { id: ["a", "b", "c", "d", "e"], spend: ["10", "", null, "about 5", " 7.5 "] };

  test("by default a text that cannot be read sets its row aside, as it came in", () => {
    const { table, quarantined, report } = clean(columns, { convert: [{ column: "spend", to: "number" }] });
    expect(recordsFromTable(table)).toEqual([
      { id: "a", spend: 10 },
      { id: "c", spend: null },
      { id: "e", spend: 7.5 },
    ]);
    expect(Array.from(table.rowIds)).toEqual([0, 2, 4]);
    expect(recordsFromTable(quarantined.table)).toEqual([
      { id: "b", spend: "" },
      { id: "d", spend: "about 5" },
    ]);
    expect(quarantined.reasons).toEqual({ rowIds: [1, 3], columns: ["spend", "spend"], rules: ["convert.notNumber", "convert.notNumber"] });
    expect(report.quarantined).toEqual(quarantined.reasons);
    expect(listChanges(report).rowIds).toEqual([]);
    expect(report.conversions).toEqual([
      { column: "spend", from: "category", to: "number", converted: 2, missingTexts: 0, failed: 2, onFailure: "quarantine" },
    ]);
  });

  test("declared texts become missing; failures too where the plan says so, and each is listed", () => {
    const { table, report } = clean(columns, { convert: [{ column: "spend", to: "number", missing: [" "], onFailure: "missing" }] });
    expect(recordsFromTable(table).map(({ spend }) => spend)).toEqual([10, null, null, null, 7.5]);
    expect(listChanges(report)).toEqual({
      rowIds: [1, 3],
      columns: ["spend", "spend"],
      before: ["", "about 5"],
      after: [null, null],
      rules: ["convert.missingText", "convert.notNumber"],
    });
    expect(report.conversions).toMatchObject([{ converted: 2, missingTexts: 1, failed: 1, onFailure: "missing" }]);
    expect(report.counts).toEqual([
      { column: "spend", rule: "convert.read", outcome: "read", cells: 2 },
      { column: "spend", rule: "convert.missingText", outcome: "changed", cells: 1 },
      { column: "spend", rule: "convert.notNumber", outcome: "changed", cells: 1 },
    ]);
  });

  test("a declared text wins over its reading as a number", () => {
    const { table } = clean({ x: ["999", "1", " 999 "] }, { convert: [{ column: "x", to: "number", missing: ["999"] }] });
    expect(recordsFromTable(table).map(({ x }) => x)).toEqual([null, 1, null]);
  });

  test("an error names row, column and rule, never the text", () => {
    const run = (): unknown => clean(columns, { convert: [{ column: "spend", to: "number", missing: [""], onFailure: "error" }] });
    const error = expectRefusal(run, "invalidInput", "fitCleaning", "row 3", '"spend"', "convert.notNumber");
    expect(error.message).not.toContain("about");
    expect(error.details).toMatchObject({ row: 3, column: "spend" });
  });

  test("a column of numbers stays the same column, but for numbers that are declared missing", () => {
    const table = tableFromColumns({ x: [1, null, 3, 999, 3] });
    const kept = fitCleaning(table, { convert: [{ column: "x", to: "number", missing: ["about 3", "3.5"] }] }).apply(table);
    expect(kept.table.columns.get("x")).toBe(table.columns.get("x"));
    expect(kept.report.conversions).toMatchObject([{ from: "number", to: "number", converted: 0, missingTexts: 0, failed: 0 }]);

    const model = fitCleaning(table, { convert: [{ column: "x", to: "number", missing: ["3", "999"] }] });
    const emptied = model.apply(table);
    expect(recordsFromTable(emptied.table).map(({ x }) => x)).toEqual([1, null, null, null, null]);
    expect(emptied.report.conversions).toMatchObject([{ from: "number", to: "number", converted: 0, missingTexts: 3, failed: 0 }]);
    expect(listChanges(emptied.report)).toMatchObject({ rowIds: [2, 3, 4], before: [3, 999, 3], after: [null, null, null], rules: Array(3).fill("convert.missingText") });
    expect(model.apply(emptied.table).table.columns.get("x")).toBe(emptied.table.columns.get("x"));
  });

  test("a column without any value becomes a number column", () => {
    expect(clean({ x: [null, null] }, { convert: [{ column: "x", to: "number" }] }).table.columns.get("x")).toEqual({
      type: "number",
      values: new Float64Array([NaN, NaN]),
    });
  });
});

describe("to boolean", () => {
  const conversion = { column: "x", to: "boolean", trueTexts: ["Yes", "1"], falseTexts: ["No", "0"], missing: ["?"] } as const;

  test("reads the declared texts, exactly but for blanks around them", () => {
    const { table, quarantined, report } = clean({ x: ["Yes", " No", "?", null, "yes", "1"] }, { convert: [conversion] });
    expect(recordsFromTable(table).map(({ x }) => x)).toEqual([true, false, null, null, true]);
    expect(quarantined.reasons).toEqual({ rowIds: [4], columns: ["x"], rules: ["convert.notBoolean"] });
    expect(report.conversions).toMatchObject([{ converted: 3, missingTexts: 1, failed: 1 }]);
  });

  test("reads numbers by their text", () => {
    const { table, quarantined } = clean({ x: [1, 0, null, 2, -0] }, { convert: [conversion] });
    expect(recordsFromTable(table).map(({ x }) => x)).toEqual([true, false, null, false]);
    expect(Array.from(quarantined.table.rowIds)).toEqual([3]);
  });
});

describe("to timestamp", () => {
  test("reads dates and times with an offset; declared texts are missing, the rest sets its row aside", () => {
    const table = tableFromColumns({ at: ["2026-11-01", "2026-11-01T09:30:00+01:00", " ", null, "2026-11-01T09:30", "30.02.2026"] });
    const { table: cleaned, report, quarantined } = fitCleaning(table, { convert: [{ column: "at", to: "timestamp", missing: [""] }] }).apply(table);
    expect(cleaned.columns.get("at")).toEqual({
      type: "timestamp",
      values: Float64Array.of(Date.UTC(2026, 10, 1), Date.UTC(2026, 10, 1, 8, 30), NaN, NaN),
    });
    expect(report.conversions).toMatchObject([{ from: "category", to: "timestamp", converted: 2, missingTexts: 1, failed: 2 }]);
    expect(Array.from(quarantined.reasons.rowIds)).toEqual([4, 5]);
    expect(quarantined.reasons.rules).toEqual(["convert.notTime", "convert.notTime"]);
  });

  test("points in time stay the same column; numbers are refused, as seconds and milliseconds look alike", () => {
    const table = tableFromColumns({ at: [new Date(5)], seconds: [1_700_000_000] });
    const model = fitCleaning(table, { convert: [{ column: "at", to: "timestamp" }] });
    expect(model.apply(table).table.columns.get("at")).toBe(table.columns.get("at"));
    expect(cleaningFromSpec(JSON.parse(JSON.stringify(model))).toJSON()).toEqual(model.toJSON());
    expectRefusal(() => fitCleaning(table, { convert: [{ column: "seconds", to: "timestamp" }] }), "invalidInput", '"seconds" is number');
  });
});

describe("to category", () => {
  test("writes numbers as texts", () => {
    const { table, report } = clean({ postcode: [10115, null, 80331, 10115] }, { convert: [{ column: "postcode", to: "category" }] });
    expect(table.columns.get("postcode")).toEqual({ type: "category", codes: new Int32Array([0, -1, 1, 0]), categories: ["10115", "80331"] });
    expect(report.conversions).toMatchObject([{ from: "number", converted: 3, onFailure: null }]);
    expect(clean({ x: [true, null] }, { convert: [{ column: "x", to: "category" }] }).table.columns.get("x")).toMatchObject({ type: "category" });
  });

  test("declares texts of a text column missing; they leave the dictionary", () => {
    const { table, report } = clean({ job: ["unknown", "clerk", "?", "clerk", ""] }, { convert: [{ column: "job", to: "category", missing: ["unknown", "?"] }] });
    expect(table.columns.get("job")).toEqual({ type: "category", codes: new Int32Array([-1, 0, -1, 0, 1]), categories: ["clerk", ""] });
    expect(listChanges(report).before).toEqual(["unknown", "?"]);
    expect(report.conversions).toMatchObject([{ from: "category", to: "category", converted: 0, missingTexts: 2, failed: 0 }]);
  });
});

test("types that have no such reading are refused by column", () => {
  const time = tableFromColumns({ since: [new Date(0)], flag: [true] });
  expectRefusal(() => fitCleaning(time, { convert: [{ column: "since", to: "number" }] }), "invalidInput", '"since" is timestamp');
  expectRefusal(() => fitCleaning(time, { convert: [{ column: "flag", to: "number" }] }), "invalidInput", '"flag" is boolean');
});

test("a row with two failures has two reasons and is set aside once; its other cells are not listed as changed", () => {
  const { report, quarantined } = clean(
    { a: ["x", "1", ""], b: ["y", "", "2"] },
    { convert: [{ column: "a", to: "number", missing: [""] }, { column: "b", to: "number" }] },
  );
  expect(quarantined.reasons.rowIds).toEqual([0, 0, 1]);
  expect(quarantined.reasons.columns).toEqual(["a", "b", "b"]);
  expect([report.rowsIn, report.rowsOut, report.rowsQuarantined, report.rowsMerged]).toEqual([3, 1, 2, 0]);
  expect(listChanges(report).rowIds).toEqual([2]);
});
