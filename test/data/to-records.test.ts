import { expect, test } from "vitest";
import { cellsFromTable, recordsFromTable, tableFromColumns } from "clientele/data";
import { expectRefusal } from "../support/errors";

const table = tableFromColumns({ age: [25, null], plan: [null, "pro"], active: [true, null], since: [new Date(5), null] });

test("cells by column: missing is null, a timestamp its milliseconds", () => {
  expect(["age", "plan", "active", "since"].map((name) => cellsFromTable(table, name))).toEqual([
    [25, null],
    [null, "pro"],
    [true, null],
    [5, null],
  ]);
  expectRefusal(() => cellsFromTable(table, "agee"), "unknownColumn", 'did you mean "age"?');
});

test("records by row: a timestamp is a Date", () => {
  expect(recordsFromTable(table)).toEqual([
    { age: 25, plan: null, active: true, since: new Date(5) },
    { age: null, plan: "pro", active: null, since: null },
  ]);
});
