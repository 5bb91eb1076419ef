import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tableFromColumns } from "clientele/data";
import { emptyPlaceholders } from "../../src/cleaning/impute/empty-placeholders";
import { checkPlaceholderRule, findPlaceholderConflict, type PlaceholderRule } from "../../src/cleaning/impute/plan";
import { readPlaceholder, writePlaceholder } from "../../src/cleaning/impute/spec";
import { SpecReader } from "../../src/errors/spec";
import { cellAt, columnLength, type CategoryColumn, type Column } from "../../src/data/column";
import { expectRefusal } from "../support/errors";

const column = (cells: readonly unknown[]): Column => tableFromColumns({ x: cells }).columns.get("x")!;
const cells = (source: Column): unknown[] => Array.from({ length: columnLength(source) }, (_, row) => cellAt(source, row));
const active = (source: Column): Uint8Array => new Uint8Array(columnLength(source)).fill(1);

function emptied(given: readonly unknown[], values: PlaceholderRule["values"], isActive?: Uint8Array): { readonly cells: unknown[]; readonly rows: number[] } {
  const source = column(given);
  const result = emptyPlaceholders("test", { column: "x", values }, source, isActive ?? active(source));
  return { cells: cells(result.column), rows: Array.from(result.rows) };
}

describe("placeholders", () => {
  test("among numbers are compared as numbers, those that are texts too", () => {
    expect(emptied([999, 99, -1, 999.0001, 0, null], [999, " -1 ", "0.0", "unknown"])).toEqual({ cells: [null, 99, null, 999.0001, null, null], rows: [0, 2, 4] });
    expect(emptied([0.1 + 0.2, 0.3], [0.3]).rows).toEqual([1]);
    expect(emptied([1000, 31], ["1e3", "0x1f"])).toEqual({ cells: [null, 31], rows: [0] });
  });

  test("among texts are compared after trimming, in any case of letters", () => {
    const { cells: after, rows } = emptied(["N/A", " n/a", "Nab", "?", " ?", "unknown", "UNKNOWN ", " ", "", "999", "999.0", null], ["n/a ", "?", "Unknown", "", 999]);
    expect(after).toEqual([null, null, "Nab", null, null, null, null, null, null, null, "999.0", null]);
    expect(rows).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("leave the dictionary, unless a row that is no longer in the table holds them", () => {
    const source = column(["-", "a", "?", "b", "-"]) as CategoryColumn;
    const all = emptyPlaceholders("test", { column: "x", values: ["-", "?"] }, source, active(source));
    expect(all.column).toEqual({ type: "category", codes: Int32Array.of(-1, 0, -1, 1, -1), categories: ["a", "b"] });
    const some = emptyPlaceholders("test", { column: "x", values: ["-", "?"] }, source, Uint8Array.of(1, 1, 1, 1, 0));
    expect((some.column as CategoryColumn).categories).toEqual(["-", "a", "b"]);
    expect(cells(some.column)).toEqual([null, "a", null, "b", "-"]);
    expect(cells(source)).toEqual(["-", "a", "?", "b", "-"]);
  });

  test("among points in time are the moment of a date's midnight in UTC, a time with its offset, or milliseconds", () => {
    const times = ["1900-01-01", "1900-01-01T00:00:00.001Z", "1899-12-31T23:00:00Z", "1970-01-01", "2026-05-05"].map((text) => new Date(text));
    expect(emptied(times, ["1900-01-01"]).rows).toEqual([0]);
    expect(emptied(times, ["1900-01-01T00:00+01:00", 0]).rows).toEqual([2, 3]);
  });

  test("that a column cannot hold are refused where there are no others, and so are true and false", () => {
    expectRefusal(() => emptied([1, 2], ["unknown", "-"]), "invalidInput", '"x"', "a number among the values");
    expectRefusal(() => emptied([new Date(0)], ["01.01.1900", "1900-02-30"]), "invalidInput", '"x"', "ISO 8601");
    expectRefusal(() => emptied([true, false], ["false"]), "invalidInput", '"x"', "true and false");
    expect(emptied([null, null], [999]).rows).toEqual([]);
  });

  test("that do not occur leave the column itself", () => {
    for (const given of [[1, 2], ["a", "b"], [new Date(5)]]) {
      const source = column(given);
      expect(emptyPlaceholders("test", { column: "x", values: [999, "1900-01-01"] }, source, active(source)).column).toBe(source);
    }
  });

  test("are checked by themselves", () => {
    const check = (item: unknown) => checkPlaceholderRule("test", "placeholders[0]", item as PlaceholderRule);
    const conflict = (values: unknown): string | undefined => findPlaceholderConflict(check({ column: "x", values }), "placeholders[0]")?.rule;
    const values = ["a", 1];
    const checked = check({ column: "x", values });
    values.push("b");
    expect(checked).toEqual({ column: "x", values: ["a", 1] });
    expect(conflict([])).toBe("at least one value");
    for (const wrong of [[NaN], [null], [true], [["a"]]]) expect(conflict(wrong)).toBe("finite numbers and texts");
    expect(conflict(["", 0])).toBeUndefined();
    expectRefusal(() => check({ column: "x" }), "invalidOption", "placeholders[0].values is required");
    expectRefusal(() => check({ column: "x", values: "a" }), "invalidOption", "placeholders[0].values must be an array");
    expectRefusal(() => check({ column: "x", value: ["a"] }), "unknownOption", 'did you mean "values"?');
    expectRefusal(() => check([]), "invalidOption", "placeholders[0] must be an object");
  });

  test("are saved as they are, and read with the same checks", () => {
    const read = (item: unknown): unknown => readPlaceholder(SpecReader.open("read", { kind: "test", version: 1, item }, "test", 1).object("item"));
    const rule = { column: "x", values: ["-", 999] };
    expect(read(JSON.parse(JSON.stringify(writePlaceholder(rule))))).toEqual(rule);
    expectRefusal(() => read({ column: "x" }), "invalidSpec", "item.values");
    expectRefusal(() => read({ values: ["-"] }), "invalidSpec", "item.column");
    expectRefusal(() => read({ column: "x", values: [] }), "invalidSpec", "item.values", "at least one value");
    expectRefusal(() => read({ column: "x", values: [null] }), "invalidSpec", "item.values", "finite numbers and texts");
  });
});

test("for all columns: no active placeholder is left, all other cells stay, and a second time changes nothing", () => {
  const texts = fc.constantFrom("a", "A ", "-", " -", "", "999", "b", null);
  const amounts = fc.constantFrom(0, -0, 1, 999, 1e9, null);
  const values = fc.subarray<number | string>(["a", "-", "", 999, 0], { minLength: 1 });
  type Entries = (readonly [string | number | null, boolean])[];
  const rows: fc.Arbitrary<Entries> = fc.oneof(fc.array(fc.tuple(texts, fc.boolean())), fc.array(fc.tuple(amounts, fc.boolean())));
  fc.assert(
    fc.property(rows, values, (entries, list) => {
      const given = entries.map(([cell]) => cell);
      const isNumber = given.some((cell) => typeof cell === "number");
      fc.pre(!isNumber || list.some((value) => typeof value === "number"));
      const source = column(given);
      const isActive = Uint8Array.from(entries, ([, isIn]) => Number(isIn));
      const before = structuredClone({ source, isActive });
      const { column: once, rows: changed } = emptyPlaceholders("test", { column: "x", values: list }, source, isActive);
      expect({ source, isActive }).toEqual(before);
      const isPlaceholder = (cell: string | number | null): boolean => cell !== null && list.some((value) => (isNumber ? cell === value : String(cell).trim().toLowerCase() === String(value)));
      entries.forEach(([cell, isIn], row) => {
        const wanted = isIn && isPlaceholder(cell) ? null : cell;
        expect(cellAt(once, row) === wanted).toBe(true);
      });
      expect(Array.from(changed)).toEqual(entries.flatMap(([cell, isIn], row) => (isIn && isPlaceholder(cell) ? [row] : [])));
      const twice = emptyPlaceholders("test", { column: "x", values: list }, once, isActive);
      expect(twice.column).toBe(once);
      expect(twice.rows.length).toBe(0);
    }),
  );
});
