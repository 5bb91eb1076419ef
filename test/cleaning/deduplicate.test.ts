import { describe, expect, test } from "vitest";
import { fitCleaning } from "clientele/cleaning";
import { recordsFromTable, tableFromColumns } from "clientele/data";
import expected from "../reference/cleaning/expected.json";

const table = tableFromColumns({
  id: ["a", "b", "a", null, null, "A", "a"],
  spend: [1, 2, 3, 4, 5, 6, 7],
});

describe("duplicates by key", () => {
  test("the first row stays; the report says which row went into which", () => {
    const { table: cleaned, report } = fitCleaning(table, { duplicates: { key: ["id"] } }).apply(table);
    expect(recordsFromTable(cleaned).map(({ spend }) => spend)).toEqual([1, 2, 4, 5, 6]);
    expect(report.merged).toEqual({ rowIds: [2, 6], into: [0, 0] });
    expect([report.rowsIn, report.rowsOut, report.rowsMerged]).toEqual([7, 5, 2]);
  });

  test("or the last one", () => {
    const { table: cleaned, report } = fitCleaning(table, { duplicates: { key: ["id"], keep: "last" } }).apply(table);
    expect(recordsFromTable(cleaned).map(({ spend }) => spend)).toEqual([2, 4, 5, 6, 7]);
    expect(report.merged).toEqual({ rowIds: [0, 2], into: [6, 6] });
  });

  test("keys are compared after conversion, among rows that were not set aside", () => {
    const texts = tableFromColumns({ key: ["1.0", "x", "1", "01", "x"] });
    const { report } = fitCleaning(texts, { convert: [{ column: "key", to: "number" }], duplicates: { key: ["key"] } }).apply(texts);
    expect(report.merged).toEqual({ rowIds: [2, 3], into: [0, 0] });
    expect([report.rowsQuarantined, report.rowsMerged, report.rowsOut]).toEqual([2, 2, 1]);
  });

  test("every kind of column can be a key", () => {
    const kinds = tableFromColumns({
      flag: [true, true, false, true],
      day: [new Date(0), new Date(0), new Date(0), new Date(1)],
      zero: [0, -0, 0, 0],
    });
    const { report } = fitCleaning(kinds, { duplicates: { key: ["flag", "day", "zero"] } }).apply(kinds);
    expect(report.merged).toEqual({ rowIds: [1], into: [0] });
  });

  test("parts of a key are not glued together", () => {
    const parts = tableFromColumns({ a: ["x,", "x"], b: ["y", ",y"] });
    expect(fitCleaning(parts, { duplicates: { key: ["a", "b"] } }).apply(parts).report.rowsMerged).toBe(0);
  });
});

test.each(expected.duplicates.kept)("keeps the rows that pandas keeps: $key, $keep", ({ key, keep, rows }) => {
  const { city, year } = expected.duplicates;
  const source = tableFromColumns({ city, year });
  const model = fitCleaning(source, { duplicates: { key, keep: keep === "last" ? "last" : "first" } });
  expect(Array.from(model.apply(source).table.rowIds)).toEqual(rows);
});
