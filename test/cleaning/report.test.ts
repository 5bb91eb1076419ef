import { expect, test } from "vitest";
import { explainRow, fitCleaning, listChanges } from "clientele/cleaning";
import { tableFromColumns } from "clientele/data";

const table = tableFromColumns(
  { id: ["a", "b", "a", "c", "d"], spend: ["10", " ", "20", "n/a", "ten"], plan: ["pro", null, "pro", "pro", "free"] },
  { rowIds: ["r1", "r2", "r3", "r4", "r5"] },
);
const { report } = fitCleaning(table, {
  convert: [{ column: "spend", to: "number", missing: ["", "n/a"] }],
  duplicates: { key: ["id"] },
  missing: [
    { column: "spend", fill: "constant", value: 0.5 },
    { column: "plan", fill: "mode" },
  ],
}).apply(table);

test("a row's story is told in the order of what happened", () => {
  expect(explainRow(report, "r2")).toEqual([
    { kind: "changed", column: "spend", before: " ", after: null, rule: "convert.missingText" },
    { kind: "changed", column: "spend", before: null, after: 0.5, rule: "fill.constant" },
    { kind: "changed", column: "plan", before: null, after: "pro", rule: "fill.mode" },
  ]);
  expect(explainRow(report, "r1")).toEqual([{ kind: "absorbed", from: "r3" }]);
  expect(explainRow(report, "r3")).toEqual([{ kind: "merged", into: "r1" }]);
  expect(explainRow(report, "r5")).toEqual([{ kind: "quarantined", column: "spend", rule: "convert.notNumber" }]);
  expect(explainRow(report, "nobody")).toEqual([]);
});

test("counts by column and rule add up to the lists", () => {
  expect(report.counts).toEqual([
    { column: "spend", rule: "convert.notNumber", outcome: "quarantined", cells: 1 },
    { column: "spend", rule: "convert.read", outcome: "read", cells: 1 },
    { column: "spend", rule: "convert.missingText", outcome: "changed", cells: 2 },
    { column: "spend", rule: "fill.constant", outcome: "changed", cells: 2 },
    { column: "plan", rule: "fill.mode", outcome: "changed", cells: 1 },
  ]);
  expect([report.rowsIn, report.rowsOut, report.rowsQuarantined, report.rowsMerged]).toEqual([5, 3, 1, 1]);
});

test("the changes as lists are plain JSON, and can be filtered", () => {
  const changes = listChanges(report);
  expect(JSON.parse(JSON.stringify(changes))).toEqual(changes);
  expect(changes.rowIds).toEqual(["r2", "r4", "r2", "r4", "r2"]);
  expect(changes.before).toEqual([" ", "n/a", null, null, null]);
  expect(listChanges(report, { column: "plan" })).toEqual({ rowIds: ["r2"], columns: ["plan"], before: [null], after: ["pro"], rules: ["fill.mode"] });
  expect(listChanges(report, { rule: "fill.constant" }).after).toEqual([0.5, 0.5]);
  expect(listChanges(report, { readings: true }).rules[0]).toBe("convert.read");
  expect(listChanges(report, { rule: "convert.read" }).before).toEqual(["10"]);
});
