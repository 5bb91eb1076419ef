import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellsFromTable, recordsFromTable, tableFromColumns, tableFromRecords } from "clientele/data";
import { expectRefusal, refusal } from "../support/errors";

describe("tableFromRecords", () => {
  test("types are told from the values; missing is missing", () => {
    const table = tableFromRecords([
      { 年龄: 25, plan: "pro", active: true, since: new Date("2024-01-02T00:00:00Z"), empty: null },
      { 年龄: null, plan: undefined, active: null, since: null, empty: undefined },
      { 年龄: NaN, plan: "", active: false, since: new Date(0) },
    ]);
    expect(table.columns.get("年龄")).toEqual({ type: "number", values: Float64Array.of(25, NaN, NaN) });
    expect(table.columns.get("plan")).toEqual({ type: "category", codes: Int32Array.of(0, -1, 1), categories: ["pro", ""] });
    expect(table.columns.get("active")).toEqual({ type: "boolean", values: Uint8Array.of(1, 255, 0) });
    expect(table.columns.get("since")).toEqual({ type: "timestamp", values: Float64Array.of(Date.UTC(2024, 0, 2), NaN, 0) });
    expect(table.columns.get("empty")).toEqual({ type: "category", codes: Int32Array.of(-1, -1, -1), categories: [] });
    expect(Array.from(table.rowIds)).toEqual([0, 1, 2]);
  });

  test("the columns are the union of all records' fields, in order of first appearance", () => {
    const table = tableFromRecords([{ b: 1 }, { a: 2, b: 3 }, { b: 4, "10": 5 }]);
    expect([...table.columns.keys()]).toEqual(["b", "a", "10"]);
    expect(Array.from((table.columns.get("a") as { values: Float64Array }).values)).toEqual([NaN, 2, NaN]);
  });

  test("ids, chosen fields and left out fields", () => {
    const records = [{ id: "x", age: 1, name: "A" }, { id: "y", age: 2, name: "B" }];
    expect(Array.from(tableFromRecords(records, { id: "id" }).rowIds)).toEqual(["x", "y"]);
    expect([...tableFromRecords(records, { fields: ["age", "id"] }).columns.keys()]).toEqual(["age", "id"]);
    expect([...tableFromRecords(records, { exclude: ["name"] }).columns.keys()]).toEqual(["id", "age"]);
    expectRefusal(() => tableFromRecords(records, { fields: ["agee"] }), "unknownColumn", '"agee"', 'did you mean "age"?');
    expectRefusal(() => tableFromRecords(records, { types: { agee: "number" } }), "unknownColumn", '"agee"');
    expectRefusal(() => tableFromColumns({ age: [1] }, { types: { agee: "number" } }), "unknownColumn", 'did you mean "age"?');
    expectRefusal(() => tableFromRecords(records, { id: "key" }), "unknownColumn", '"key"');
    expectRefusal(() => tableFromRecords([{ id: 1 }, { id: 2 }, { id: 1 }], { id: "id" }), "duplicateKey", "row 2 repeats the id of row 0");
    expectRefusal(() => tableFromRecords([{ id: 1 }, { id: null }], { id: "id" }), "invalidInput", "row 1");
    expectRefusal(() => tableFromRecords([{ a: { b: 1 } }]), "invalidInput", "leave such fields out with `exclude`");
    expect(tableFromRecords([{ a: { b: 1 }, c: 1 }], { exclude: ["a"] }).columns.size).toBe(1);
  });

  test("mixed types are an error that names both rows, or text on request", () => {
    const records = [{ age: 25 }, { age: null }, { age: "thirty" }];
    expectRefusal(() => tableFromRecords(records), "invalidInput", 'field "age"', "number (first in row 0)", "category (row 2)");
    expect(tableFromRecords(records, { mixed: "category" }).columns.get("age")).toEqual({ type: "category", codes: Int32Array.of(0, -1, 1), categories: ["25", "thirty"] });
    expect(tableFromRecords(records, { types: { age: "category" } }).columns.get("age")!.type).toBe("category");
    expectRefusal(() => tableFromRecords(records, { types: { age: "number" } }), "invalidInput", "row 2");
    expectRefusal(() => tableFromRecords(records, { types: { age: "integer" as "number" } }), "invalidOption", "types");
  });

  test("customers' texts do not appear in errors", () => {
    const error = refusal(() => tableFromRecords([{ age: 1 }, { age: "secret words" }], { types: { age: "number" } }));
    expect(error.message).toContain("a text of 12 characters");
    expect(error.message + JSON.stringify(error.details)).not.toContain("secret");
  });

  test.each([
    ["an infinite number", Infinity, "got Infinity"],
    ["an invalid date", new Date(NaN), "got an invalid Date"],
    ["an array", [1], "got an array of length 1"],
    ["a function", () => 1, "got a function"],
    ["a symbol", Symbol("s"), "got a symbol"],
    ["a map", new Map(), "got an object"],
  ])("%s is refused with row and field", (_, value, message) => {
    const error = expectRefusal(() => tableFromRecords([{ a: null }, { a: value }]), "invalidInput", 'row 1, field "a"', message);
    expect(error.details).toMatchObject({ row: 1, column: "a" });
  });

  test("a cyclic value is refused, not followed", () => {
    const cyclic: Record<string, unknown> = {};
    cyclic["self"] = cyclic;
    expectRefusal(() => tableFromRecords([cyclic]), "invalidInput", 'field "self"', "got an object");
  });

  test("rows that are no records are refused", () => {
    expectRefusal(() => tableFromRecords([{}, null as never]), "invalidInput", "row 1 must be a record", "got null");
    expectRefusal(() => tableFromRecords([[1] as never]), "invalidInput", "got an array of length 1");
    expectRefusal(() => tableFromRecords("x" as never), "invalidInput", "records must be an array");
  });

  test("fields named like members of Object.prototype are data like any other", () => {
    const records = [JSON.parse('{"__proto__": 1, "constructor": "a"}') as object, { isPrototypeOf: "b" }];
    const table = tableFromRecords(records);
    expect([...table.columns.keys()]).toEqual(["__proto__", "constructor", "isPrototypeOf"]);
    expect(table.columns.get("constructor")).toEqual({ type: "category", codes: Int32Array.of(0, -1), categories: ["a"] });
    const [first, second] = recordsFromTable(table);
    expect(Object.getPrototypeOf(first)).toBe(Object.prototype);
    expect(Object.entries(first!)).toEqual([["__proto__", 1], ["constructor", "a"], ["isPrototypeOf", null]]);
    expect(Object.values(second!)).toEqual([null, null, "b"]);
  });

  test("inherited fields are not read", () => {
    class Row {
      constructor(readonly own: number) {}
      get derived(): number {
        return 7;
      }
    }
    const table = tableFromRecords([new Row(1), { own: 2, derived: 3 }]);
    expect(table.columns.get("derived")).toEqual({ type: "number", values: Float64Array.of(NaN, 3) });
  });

  test("no records, and records without fields", () => {
    expect(tableFromRecords([]).rowCount).toBe(0);
    expect(tableFromRecords([{}, {}]).rowCount).toBe(2);
  });
});

const name = fc.oneof(fc.string({ minLength: 1, maxLength: 4 }), fc.constantFrom("__proto__", "constructor", "10", "年龄", "hasOwnProperty"));
const typedColumn = (rows: number) =>
  fc.oneof(
    fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: rows, maxLength: rows }),
    fc.array(fc.option(fc.string({ unit: "binary" })), { minLength: rows, maxLength: rows }),
    fc.array(fc.option(fc.boolean()), { minLength: rows, maxLength: rows }),
    fc.array(fc.option(fc.date({ noInvalidDate: true })), { minLength: rows, maxLength: rows }),
  );

test("records → table → records loses nothing", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { minLength: 1, maxLength: 5 }).chain((names) =>
        fc.integer({ min: 1, max: 6 }).chain((rows) => fc.tuple(...names.map(() => typedColumn(rows))).map((columns) => ({ names, rows, columns }))),
      ),
      ({ names, rows, columns }) => {
        const records = Array.from({ length: rows }, (_, row) =>
          Object.freeze(Object.fromEntries(names.map((key, j) => [key, columns[j]![row]]))),
        );
        const table = tableFromRecords(records);
        const back = recordsFromTable(table);
        expect(back.length).toBe(rows);
        for (let row = 0; row < rows; row++) {
          for (const [key, value] of Object.entries(records[row]!)) {
            const found = Object.entries(back[row]!).find(([other]) => other === key)![1];
            // A column without any value has no type of its own: it is null throughout.
            expect(found).toStrictEqual(value instanceof Date ? new Date(value) : value);
          }
        }
      },
    ),
  );
});

describe("tableFromColumns", () => {
  test("lists and typed arrays, copied", () => {
    const spend = Float64Array.of(10, NaN);
    const table = tableFromColumns({ plan: ["pro", null], spend }, { rowIds: ["a", "b"] });
    spend[0] = 99;
    expect(table.columns.get("spend")).toEqual({ type: "number", values: Float64Array.of(10, NaN) });
    expect(Array.from(table.rowIds)).toEqual(["a", "b"]);
    expect(tableFromColumns(new Map([["2024", [1]], ["1", [2]]])).columns.keys().next().value).toBe("2024");
  });

  test("columns of different length are refused", () => {
    expectRefusal(() => tableFromColumns({ a: [1, 2], b: [1] }), "lengthMismatch", 'column "b" must have 2 values');
    expectRefusal(() => tableFromColumns({ a: [1, 2] }, { rowIds: [1] }), "lengthMismatch", 'column "a" must have 1 values');
    expectRefusal(() => tableFromColumns({ a: 5 as never }), "invalidInput", 'column "a" must be an array');
    expectRefusal(() => tableFromColumns({ a: [1, 2] }, { rowIds: ["x", "x"] }), "duplicateKey", "row 1 repeats");
  });
});

describe("fields and exclude together", () => {
  test("a field that is excluded is left out, wherever it is named", () => {
    const records = [{ a: 1, b: 2, c: 3 }];
    expect([...tableFromRecords(records, { fields: ["b", "a"], exclude: ["b"] }).columns.keys()]).toEqual(["a"]);
    expect([...tableFromRecords(records, { exclude: ["b"] }).columns.keys()]).toEqual(["a", "c"]);
    expect(tableFromRecords(records, { fields: ["a"], exclude: ["a"] }).rowCount).toBe(1);
  });
});

describe("options that are null", () => {
  test.each([
    ["types", () => tableFromRecords([{ a: 1 }], { types: null as never })],
    ["fields", () => tableFromRecords([{ a: 1 }], { fields: null as never })],
    ["id", () => tableFromRecords([{ a: 1 }], { id: null as never })],
    ["types", () => tableFromColumns({ a: [1] }, { types: null as never })],
    ["rowIds", () => tableFromColumns({ a: [1] }, { rowIds: null as never })],
    ["options", () => tableFromRecords([{ a: 1 }], null as never)],
  ])("%s", (name, run) => {
    expectRefusal(run, "invalidOption", `${name} must be `, "got null");
  });
});

describe("bigints", () => {
  test("are kept exactly, as their decimal digits", () => {
    const table = tableFromRecords([{ id: 9007199254740993n }, { id: null }, { id: -1n }]);
    expect(cellsFromTable(table, "id")).toEqual(["9007199254740993", null, "-1"]);
    expect(table.columns.get("id")?.type).toBe("category");
  });

  test("may be ids", () => {
    const table = tableFromRecords([{ id: 9007199254740993n }, { id: 9007199254740992n }], { id: "id" });
    expect(table.rowIds).toEqual(["9007199254740993", "9007199254740992"]);
    expectRefusal(() => tableFromRecords([{ id: 1n }, { id: 1n }], { id: "id" }), "duplicateKey", "row 1");
  });

  test("beside numbers are of another type, and no number column holds them", () => {
    expectRefusal(() => tableFromRecords([{ id: 1n }, { id: 2 }]), "invalidInput", 'field "id" holds values of type category', "of type number (row 1)");
    expectRefusal(() => tableFromRecords([{ id: 1n }], { types: { id: "number" } }), "invalidInput", 'row 0, field "id" must be a finite number or missing; got a bigint');
  });
});

describe("records that throw", () => {
  const secret = "Geheim Wort has no phone";
  const fail = (): never => {
    throw new Error(secret);
  };
  const revoked = (): object => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };
  const failingDate = new Proxy(new Date(0), { getPrototypeOf: fail });

  test.each<[string, object, string]>([
    ["a getter", { get phone() { return fail(); } }, 'row 1, field "phone" must be readable'],
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- that some code throws texts is the point
    ["a getter that throws a text", { get phone() { throw secret; } }, 'row 1, field "phone" must be readable'],
    ["a Proxy, at a field", new Proxy({ phone: "1" }, { get: fail }), 'row 1, field "phone" must be readable'],
    ["a Proxy, at its keys", new Proxy({ phone: "1" }, { ownKeys: fail }), "row 1 must be readable"],
    ["a Proxy, at its prototype", new Proxy({ phone: "1" }, { getPrototypeOf: fail }), "row 1 must be readable"],
    ["a revoked Proxy", revoked(), "row 1 must be readable"],
    ["a revoked Proxy in a field", { phone: revoked() }, 'row 1, field "phone" must be readable'],
    ["a Proxy of a Date", { phone: failingDate }, 'row 1, field "phone" must be readable'],
  ])("%s is refused by row and field, without the text of its error", (_, record, message) => {
    const error = expectRefusal(() => tableFromRecords([{ phone: null }, record]), "invalidInput", `tableFromRecords: ${message}`);
    expect(error.details.row).toBe(1);
    expect(error.cause).toBeUndefined();
    expect(error.message + JSON.stringify(error.details)).not.toContain("Geheim");
  });

  test("a getter that threw once is refused by field", () => {
    let reads = 0;
    const record = { get phone() { return reads++ === 0 ? fail() : 1; } };
    expect(expectRefusal(() => tableFromRecords([record]), "invalidInput", 'tableFromRecords: field "phone" must be readable').details.row).toBeUndefined();
  });

  test("so are ids and columns", () => {
    expectRefusal(() => tableFromRecords([{ id: 1, a: 1 }, { get id() { return fail(); }, a: 2 }], { id: "id", exclude: ["id"] }), "invalidInput", 'row 1, field "id" must be readable');
    expectRefusal(() => tableFromColumns({ a: new Proxy([1], { get: (target, key) => (key === "0" ? fail() : Reflect.get(target, key) as unknown) }) }), "invalidInput", 'row 0, field "a" must be readable');
  });
});
