import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ErrorCode } from "clientele";
import { cellsFromTable, filterRows, joinTables, labelsFromTable, recordsFromTable, selectColumns, splitTable, tableFromColumns, tableFromRecords, type LabelsOptions } from "clientele/data";
import { expectRefusal, refusal } from "../support/errors";

const customers = tableFromRecords(
  [
    { id: "a", age: 25, plan: "pro" },
    { id: "b", age: null, plan: "free" },
    { id: "c", age: 40, plan: null },
  ],
  { id: "id" },
);

test("selectColumns keeps order and rows; an unknown name gets a suggestion", () => {
  expect([...selectColumns(customers, ["plan", "id"]).columns.keys()]).toEqual(["plan", "id"]);
  expectRefusal(() => selectColumns(customers, ["agee"]), "unknownColumn", 'did you mean "age"?');
  expectRefusal(() => selectColumns(customers, ["age", "age"]), "duplicateKey", '"age" is repeated');
});

test("filterRows keeps ids; missing cells read as null", () => {
  expect(recordsFromTable(filterRows(customers, (cell) => cell("age") === null))).toEqual([{ id: "b", age: null, plan: "free" }]);
  expect(Array.from(filterRows(customers, (_, row) => row !== 1).rowIds)).toEqual(["a", "c"]);
  expectRefusal(() => filterRows(customers, (cell) => cell("plam") === "pro"), "unknownColumn", 'did you mean "plan"?');
  expectRefusal(() => filterRows(customers, () => 1 as never), "invalidInput", "must answer true or false");
});

describe("joinTables", () => {
  const orders = tableFromColumns({ customer: ["b", "x", null, "c"], total: [10, 20, 30, 40] });

  test("every left row once; what matches nothing is listed", () => {
    const joined = joinTables(customers, orders, { on: { left: "id", right: "customer" } });
    expect(recordsFromTable(selectColumns(joined.table, ["id", "total"]))).toEqual([
      { id: "a", total: null },
      { id: "b", total: 10 },
      { id: "c", total: 40 },
    ]);
    expect(joined.unmatchedLeft).toEqual(["a"]);
    expect(joined.unmatchedRight).toEqual([1, 2]);
    const inner = joinTables(customers, orders, { on: { left: "id", right: "customer" }, how: "inner" });
    expect(Array.from(inner.table.rowIds)).toEqual(["b", "c"]);
    expect(inner.unmatchedLeft).toEqual(["a"]);
  });

  test("repeated right keys are refused, or resolved as told and listed", () => {
    const repeated = tableFromColumns({ id: ["a", "b", "a"], total: [1, 2, 3] });
    expectRefusal(() => joinTables(customers, repeated, { on: "id" }), "duplicateKey", "rows 0 and 2");
    const total = (which: "first" | "last") => {
      const { table, repeatedRight } = joinTables(customers, repeated, { on: "id", repeated: which });
      return [recordsFromTable(table)[0]!["total"], repeatedRight];
    };
    expect(total("first")).toEqual([1, [2]]);
    expect(total("last")).toEqual([3, [0]]);
  });

  test("missing keys match nothing", () => {
    const left = tableFromColumns({ key: [null, "k"] });
    const right = tableFromColumns({ key: [null, "k"], value: [1, 2] });
    expect(recordsFromTable(joinTables(left, right, { on: "key" }).table)).toEqual([
      { key: null, value: null },
      { key: "k", value: 2 },
    ]);
  });

  test("colliding names need a prefix; keys need one type", () => {
    const right = tableFromColumns({ id: ["a"], plan: ["old"] });
    expectRefusal(() => joinTables(customers, right, { on: "id" }), "duplicateKey", '"plan"', "give a prefix");
    expect(joinTables(customers, right, { on: "id", prefix: "last " }).table.columns.has("last plan")).toBe(true);
    expectRefusal(() => joinTables(customers, tableFromColumns({ id: [1] }), { on: "id" }), "invalidInput", "same type");
  });
});

describe("splitTable", () => {
  test("the parts are disjoint, complete, in order and of the size asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 80 }), fc.double({ min: 0.2, max: 0.8, noNaN: true }), fc.nat(1000), (rows, testShare, seed) => {
        const table = tableFromColumns({ x: Array.from({ length: rows }, (_, i) => i) });
        const { train, test } = splitTable(table, { testShare, seed });
        expect(test.rowCount).toBe(Math.round(rows * testShare));
        const ids = [...Array.from(train.rowIds), ...Array.from(test.rowIds)];
        expect(ids.sort((a, b) => Number(a) - Number(b))).toEqual(Array.from(table.rowIds));
        expect(Array.from(test.rowIds)).toEqual(Array.from(test.rowIds).sort((a, b) => Number(a) - Number(b)));
      }),
    );
  });

  test("stratified parts keep the shares of every value", () => {
    const table = tableFromColumns({ label: Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? "rare" : "common")) });
    const { test } = splitTable(table, { testShare: 0.3, stratify: "label", seed: 3 });
    const labels = recordsFromTable(test).map((row) => row["label"]);
    expect(labels.filter((label) => label === "rare").length).toBe(3);
    expect(labels.length).toBe(30);
  });

  test("another seed gives another split, the same seed the same", () => {
    const table = tableFromColumns({ x: Array.from({ length: 50 }, (_, i) => i) });
    const ids = (seed: number) => Array.from(splitTable(table, { seed }).test.rowIds);
    expect(ids(1)).toEqual(ids(1));
    expect(ids(1)).not.toEqual(ids(2));
  });

  test("an empty part is refused", () => {
    expectRefusal(() => splitTable(tableFromColumns({ x: [1, 2, 3] }), { testShare: 0.01 }), "tooFewRows", "leaves one part empty");
  });
});

describe("labelsFromTable", () => {
  const table = tableFromColumns({ Churn: ["Yes", "No", "No"], flag: [true, false, true], some: ["Yes", null, "No"] });

  test("1 where the value is positive", () => {
    expect(labelsFromTable(table, "Churn", { positive: "Yes" })).toEqual(Uint8Array.of(1, 0, 0));
    expect(labelsFromTable(table, "flag", { positive: true })).toEqual(Uint8Array.of(1, 0, 1));
  });

  test("a missing label and labels of one class are named errors", () => {
    expectRefusal(() => labelsFromTable(table, "some", { positive: "Yes" }), "invalidInput", "row 1 has no label");
    expectRefusal(() => labelsFromTable(table, "Churn", { positive: "yes" }), "constantLabels", "no row has");
    expect(expectRefusal(() => labelsFromTable(table, "Churn", {} as never), "invalidOption").message).toBe("labelsFromTable: positive is required");
  });

  test("a blank text is no label", () => {
    for (const blank of ["", " ", "\t\u00a0"]) {
      const blanks = tableFromColumns({ Churn: ["Yes", "No", blank] });
      const error = expectRefusal(() => labelsFromTable(blanks, "Churn", { positive: "Yes" }), "invalidInput", 'row 2 has no label: column "Churn" is blank there');
      expect(error.details).toMatchObject({ row: 2, column: "Churn" });
    }
  });

  test.each<[string, unknown[], LabelsOptions["positive"], string]>([
    ["texts and a number", ["1", "0"], 1, "the column holds texts; positive is a number"],
    ["texts and true", ["true", "false"], true, "the column holds texts; positive is true or false"],
    ["numbers and a text", [1, 0], "1", "the column holds numbers; positive is a text"],
    ["numbers and true", [1, 0], true, "the column holds numbers; positive is true or false"],
    ["true and false, and a number", [true, false], 1, "the column holds true and false; positive is a number"],
    ["points in time and a text", [new Date(0), new Date(1)], "1970-01-01", "the column holds points in time (milliseconds); positive is a text"],
  ])("a positive of another type than the cells: %s", (_, cells, positive, hint) => {
    expectRefusal(() => labelsFromTable(tableFromColumns({ left: cells }), "left", { positive }), "constantLabels", "no row has the positive value", hint);
  });

  test("the hint is given only then", () => {
    expect(refusal(() => labelsFromTable(table, "Churn", { positive: "yes" })).message).not.toContain("holds");
    expect(refusal(() => labelsFromTable(tableFromColumns({ n: [1, 1] }), "n", { positive: 1 })).message).toBe('labelsFromTable: every row has the positive value 1 in column "n"');
  });

  test("positive is a text, a number or a boolean", () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    for (const positive of [1n, circular, null, NaN, Symbol("s"), ["Yes"]]) {
      expectRefusal(() => labelsFromTable(table, "Churn", { positive: positive as never }), "invalidOption", "positive must be a text, a finite number, true or false");
    }
  });
});

describe("arguments of the wrong kind", () => {
  test.each<[string, () => unknown, ErrorCode, string]>([
    ["a text for names", () => selectColumns(customers, "age" as never), "invalidInput", "names must be an array of names"],
    ["no names", () => selectColumns(customers, undefined as never), "invalidInput", "names must be an array of names; got undefined"],
    ["a text for a function", () => filterRows(customers, "age > 1" as never), "invalidInput", "keep must be a function"],
    ["no name in a row", () => filterRows(customers, (cell) => cell(undefined as never) === 1), "invalidInput", "column must be the name of a column; got undefined"],
    ["no name of a column", () => cellsFromTable(customers, undefined as never), "invalidInput", "name must be the name of a column; got undefined"],
    ["half a key", () => joinTables(customers, customers, { on: { left: "id" } as never }), "invalidOption", "on.right is required: a text"],
    ["a misspelt key", () => joinTables(customers, customers, { on: { left: "id", right: "id", rights: "id" } as never }), "unknownOption", 'in on; did you mean "right"?'],
    ["no key", () => joinTables(customers, customers, { on: null as never }), "invalidOption", "on must be an object; got null"],
    ["records", () => selectColumns([{ a: 1 }] as never, ["a"]), "invalidInput", "table must be a Table (tableFromRecords makes one of records); got an array of length 1"],
    ["records on the right", () => joinTables(customers, [{ a: 1 }] as never, { on: "id" }), "invalidInput", "right must be a Table"],
  ])("%s", (_, run, code, message) => {
    expectRefusal(run, code, message);
  });
});
