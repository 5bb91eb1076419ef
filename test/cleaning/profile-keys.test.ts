import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tableFromColumns } from "clientele/data";
import { profileTable } from "../../src/cleaning/profile/profile-table";

const keysOf = (columns: Record<string, readonly unknown[]>): readonly (readonly string[])[] => profileTable(tableFromColumns(columns)).keys;

describe("candidate keys", () => {
  test("complete columns without a repeated value, but for measurements", () => {
    const columns = { id: ["a", "b", "c"], no: [1, 2, 3], gap: [1, null, 3], weight: [1.5, 2.25, 3.125], weightText: ["1.5", "2.25", "3"], plan: ["x", "x", "y"], since: [0, 1, 2].map((i) => new Date(i)), blank: ["", "b", "c"] };
    expect(keysOf(columns)).toEqual([["id"], ["no"], ["since"]]);
  });

  test("pairs only where no column is a key by itself", () => {
    const columns = { invoice: [1, 1, 2, 2], line: [1, 2, 1, 2], item: ["a", "b", "a", "a"], gap: [1, 2, null, 4] };
    expect(keysOf(columns)).toEqual([["invoice", "line"]]);
    expect(keysOf({ ...columns, id: [1, 2, 3, 4] })).toEqual([["id"]]);
    expect(keysOf({ a: [1, 1], b: ["x", "x"] })).toEqual([]);
    expect(keysOf({ a: [1] })).toEqual([]);
  });

  test("a pair that fails only in the last of many rows is none", () => {
    const rowCount = 30_000;
    const a = Array.from({ length: rowCount }, (_, i) => i % 200);
    const b = Array.from({ length: rowCount }, (_, i) => Math.floor(i / 200));
    expect(keysOf({ a, b })).toEqual([["a", "b"]]);
    expect(keysOf({ a: [...a.slice(0, -1), 0], b: [...b.slice(0, -1), 0] })).toEqual([]);
  });

  test("pairs and repeated rows are those that comparing all rows finds", () => {
    const cell = <Value>(values: readonly Value[]): fc.Arbitrary<Value | null> => fc.constantFrom(...values, null);
    const row = fc.tuple(cell([0, -0, 1, 2]), cell(["a", "b", "A"]), cell([true, false]), fc.constantFrom(0, 1, 2));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        const { repeatedRowCount, keys } = profileTable(tableFromColumns({ n: rows.map(([n]) => n), t: rows.map(([, t]) => t), f: rows.map(([, , f]) => f), k: rows.map(([, , , k]) => k) }));
        const texts = rows.map((cells) => JSON.stringify(cells));
        expect(repeatedRowCount).toBe(rows.length - new Set(texts).size);
        const names = ["n", "t", "f", "k"];
        const distinct = (positions: readonly number[]): boolean => new Set(rows.map((cells) => JSON.stringify(positions.map((at) => cells[at])))).size === rows.length;
        // A column of one value adds nothing to another.
        const usable = names.map((_, at) => rows.every((cells) => cells[at] !== null) && new Set(rows.map((cells) => cells[at])).size > 1);
        const single = names.filter((_, at) => usable[at] === true && distinct([at]));
        const pairs = names.flatMap((a, i) => names.slice(i + 1).flatMap((b, j) => (usable[i] === true && usable[i + 1 + j] === true && distinct([i, i + 1 + j]) ? [[a, b]] : [])));
        expect(keys).toEqual(rows.length < 2 ? [] : single.length > 0 ? single.map((name) => [name]) : pairs);
      }),
    );
  });
});

describe("repeated rows", () => {
  test("missing equals missing, 0 equals -0, and the first of equal rows is not counted", () => {
    expect(profileTable(tableFromColumns({ n: [null, null, 0, -0, 1], t: ["a", "a", null, null, "a"] })).repeatedRowCount).toBe(2);
    expect(profileTable(tableFromColumns({ n: [1, 1, 1] })).repeatedRowCount).toBe(2);
  });
});

describe("dependencies", () => {
  const places = ["Oslo", "Rome", "Bonn", "Nice", "Graz"];
  const rowCount = 200;
  const code = Array.from({ length: rowCount }, (_, i) => String(1000 + (i % 20)));
  const city = Array.from({ length: rowCount }, (_, i) => places[(i % 20) % 5]!);
  const dependenciesOf = (columns: Record<string, readonly unknown[]>): unknown => profileTable(tableFromColumns(columns), { dependencies: true }).dependencies;

  test("are looked for only when asked", () => {
    expect(profileTable(tableFromColumns({ code, city })).dependencies).toBeNull();
  });

  test("hold in all rows, or nearly; missing cells are not judged", () => {
    expect(dependenciesOf({ code, city })).toEqual([{ from: "code", to: "city", share: 1, groups: 20 }]);
    const dirty = city.map((name, i) => (i < 8 ? "Zzz" : i < 20 ? null : name));
    // 8 of the 188 rows that are judged have another city than most of their code.
    expect(dependenciesOf({ code, city: dirty })).toEqual([{ from: "code", to: "city", share: 180 / 188, groups: 20 }]);
    expect(dependenciesOf({ code, city: city.map((name, i) => (i % 7 === 0 ? "Zzz" : name)) })).toEqual([]);
  });

  test("a column that nearly always has one value depends on nothing", () => {
    expect(dependenciesOf({ code, country: city.map((_, i) => (i === 7 || i === 31 ? "FR" : "NO")) })).toEqual([]);
  });

  test("numbers with decimals, times and columns of different values are not tried", () => {
    expect(dependenciesOf({ code, price: code.map((text) => Number(text) / 7), since: code.map((text) => new Date(Number(text))), id: code.map((_, i) => i) })).toEqual([]);
    expect(dependenciesOf({ code: code.map(Number), isNorth: city.map((name) => name === "Oslo") })).toMatchObject([{ from: "code", to: "isNorth", share: 1 }]);
  });

  test("in a long table they are those of all rows, not of the screened ones", () => {
    const length = 40_000;
    const from = Array.from({ length }, (_, i) => `c${i % 997}`);
    const to = Array.from({ length }, (_, i) => `g${(i % 997) % 11}`);
    expect(dependenciesOf({ from, to, other: Array.from({ length }, (_, i) => `o${i % 13}`) })).toEqual([{ from: "from", to: "to", share: 1, groups: 997 }]);
  });
});
