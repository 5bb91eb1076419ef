import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { profileTable } from "clientele/cleaning";
import { tableFromColumns, tableFromRecords } from "clientele/data";
import { profileTableSteps, type ColumnProfile, type TableProfile } from "../../src/cleaning/profile/profile-table";
import { sortNumbersSteps } from "../../src/cleaning/profile/sort-numbers";
import { Pace } from "../../src/cleaning/profile/pace";
import { runToEnd } from "../../src/steps/steps";
import expected from "../reference/profile/expected.json";
import { expectRefusal } from "../support/errors";

const columnNamed = ({ columns }: TableProfile, name: string): ColumnProfile => columns.find((column) => column.name === name)!;

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
    const profile = profileTable(table);
    expect(profile).toMatchObject({ rowCount: 5, keys: [["code"]], repeatedRowCount: 0, dependencies: null });
    expect(profile.columns).toMatchObject([
      { name: "age", type: "number", missingCount: 1, distinctCount: 3, topValues: [], min: 20, mean: 31.25, median: 30, max: 45 },
      { name: "charges", type: "category", missingCount: 1, distinctCount: 4, topValues: [], blankCount: 2, numberCount: 1, codeLikeCount: 0, numbers: null },
      { name: "code", type: "category", missingCount: 0, distinctCount: 5, topValues: [], blankCount: 0, numberCount: 5, codeLikeCount: 3, numbers: null },
      { name: "flag", type: "boolean", missingCount: 1, distinctCount: 2, topValues: [], placeholders: [], trueCount: 3 },
      { name: "since", type: "timestamp", missingCount: 3, distinctCount: 2, topValues: [], placeholders: [], min: 0, max: 1000, midnightCount: 1 },
      { name: "empty", type: "number", missingCount: 5, distinctCount: 0, min: null, q25: null, mean: null, median: null, max: null, standardDeviation: null, skewness: null },
    ]);
    expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
  });

  test("lists frequent values only when asked: by count, then in their own order", () => {
    const values = tableFromColumns({ n: [3, 1, 2, 2, null], t: ["b", "a", "B", "b", "a"], f: [true, null, false, true, true] });
    expect(profileTable(values, { topValues: 2 }).columns.map(({ topValues }) => topValues)).toEqual([
      [{ value: 2, count: 2 }, { value: 1, count: 1 }],
      [{ value: "a", count: 2 }, { value: "b", count: 2 }],
      [{ value: true, count: 3 }, { value: false, count: 1 }],
    ]);
    expectRefusal(() => profileTable(values, { topValues: -1 }), "invalidOption", "topValues");
    expect(JSON.stringify(profileTable(tableFromColumns({ name: ["Ada Lovelace", "Ada Lovelace"] })))).not.toContain("Ada");
  });

  test("counts rows, not entries of a dictionary", () => {
    const column = { type: "category", codes: new Int32Array([1, 1, -1]), categories: ["9", "x", " "] } as const;
    const [profile] = profileTable({ rowCount: 3, rowIds: [0, 1, 2], columns: new Map([["t", column]]) }).columns;
    expect(profile).toMatchObject({ missingCount: 1, distinctCount: 1, blankCount: 0, numberCount: 0, numberForm: null, minLength: 1, maxLength: 1 });
  });

  test("a table without rows, and one without columns", () => {
    expect(profileTable(tableFromColumns({ n: [] }))).toMatchObject({ rowCount: 0, keys: [], repeatedRowCount: 0 });
    expect(profileTable({ rowCount: 2, rowIds: [0, 1], columns: new Map() })).toEqual({ rowCount: 2, columns: [], keys: [], repeatedRowCount: 0, dependencies: null });
  });

  test("the slices come to the same, and there are many for a long column", () => {
    const rowCount = 300_000;
    const long = tableFromColumns({
      amount: Float64Array.from({ length: rowCount }, (_, i) => Math.sin(i) * 1e6),
      mail: Array.from({ length: rowCount }, (_, i) => `c${i % 50_000}@mail.example`),
    });
    const steps = profileTableSteps(long, { topValues: 3 });
    const phases: string[] = [];
    let last = { phase: "", done: 0 };
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        expect(step.value).toEqual(profileTable(long, { topValues: 3 }));
        break;
      }
      const { phase, done, total } = step.value;
      if (phase === last.phase) expect(done).toBeGreaterThanOrEqual(last.done);
      expect(done).toBeLessThanOrEqual(total);
      last = { phase, done };
      phases.push(phase);
    }
    expect(phases.length).toBeGreaterThan(20);
  });
});

describe("numbers", () => {
  const profile = profileTable(tableFromColumns(expected.columns), { topValues: 5 });

  test.each(Object.entries(expected.numbers))("%s as pandas and exact fractions have it", (name, numbers) => {
    const column = columnNamed(profile, name) as unknown as Readonly<Record<string, number>>;
    for (const [key, value] of Object.entries(numbers)) {
      const tolerance = key === "skewness" ? 1e-9 : 1e-13;
      expect(Math.abs(column[key]! - value), `${key}: ${column[key]} and ${value}`).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(value)));
    }
  });

  test("relative to its size, the deviation of numbers far from zero is right to ten digits", () => {
    const { standardDeviation } = columnNamed(profile, "far") as { standardDeviation?: number };
    expect(standardDeviation! / expected.numbers.far.standardDeviation).toBeCloseTo(1, 10);
  });

  test("texts and repeated rows as pandas counts them", () => {
    for (const [name, { missingCount, top }] of Object.entries(expected.texts)) {
      const column = columnNamed(profile, name);
      expect(column.missingCount).toBe(missingCount);
      expect(column.topValues.map(({ value, count }) => [value, count])).toEqual(top);
    }
    expect(profile.repeatedRowCount).toBe(expected.repeatedRowCount);
  });

  test("numbers near the ends of the range of doubles", () => {
    const [column] = profileTable(tableFromColumns({ n: [-1.5e308, 1.5e308, 1.5e308] })).columns;
    expect(column).toMatchObject({ min: -1.5e308, median: 1.5e308, max: 1.5e308 });
    const { mean, standardDeviation } = column as { mean: number; standardDeviation: number };
    expect(mean / 5e307).toBeCloseTo(1, 12);
    // √3 · 1e308: the largest double is 1.797e308.
    expect(standardDeviation / (Math.sqrt(3) * 1e308)).toBeCloseTo(1, 12);
    const [tiny] = profileTable(tableFromColumns({ n: [1e-300, 3e-300] })).columns;
    expect((tiny as { standardDeviation: number }).standardDeviation / (Math.SQRT2 * 1e-300)).toBeCloseTo(1, 12);
  });

  test("equal numbers have no spread and no skewness", () => {
    const [column] = profileTable(tableFromColumns({ n: [0.1, 0.1, 0.1] })).columns;
    expect(column).toMatchObject({ mean: 0.1, standardDeviation: 0, skewness: null, distinctCount: 1 });
    const [single] = profileTable(tableFromColumns({ n: [5] })).columns;
    expect(single).toMatchObject({ q01: 5, q99: 5, standardDeviation: null });
    const [zeros] = profileTable(tableFromColumns({ n: [-0, 0, 0.5] }), { topValues: 1 }).columns;
    expect(zeros).toMatchObject({ min: 0, zeroCount: 2, negativeCount: 0, distinctCount: 2, topValues: [{ value: 0, count: 2 }] });
  });

  test("the sort of long columns orders all doubles", () => {
    const special = [0, -0, 1, -1, 5e-324, -5e-324, 1e308, -1e308, 0.1, -0.1, 4294967296, -4294967297, Infinity, -Infinity];
    const values = Float64Array.from({ length: 20_000 }, (_, i) => (i < special.length ? special[i]! : Math.tan(i) * 10 ** ((i % 60) - 30)));
    const sorted = values.slice().sort();
    runToEnd(sortNumbersSteps(values, new Pace("", 1)));
    expect(values.every((value, i) => Object.is(value, sorted[i]))).toBe(true);
  });
});

describe("samples of real data", () => {
  const read = (name: string, delimiter: string, header: boolean): TableProfile => {
    const csv = readFileSync(new URL(`../reference/profile/${name}`, import.meta.url), "utf8");
    const rows = Papa.parse<string[]>(csv, { delimiter, skipEmptyLines: true }).data;
    const names = header ? rows.shift()! : rows[0]!.map((_, i) => `c${i}`);
    return profileTable(tableFromRecords(rows.map((row) => Object.fromEntries(names.map((field, i) => [field, row[i]])))));
  };
  const profiles = { bank: read("bank.csv", ";", true), adult: read("adult.csv", ",", false) };

  test.each(["bank", "adult"] as const)("%s: counts are those of pandas, and the stand-ins are found and nothing else", (name) => {
    const profile = profiles[name];
    const { rowCount, repeatedRowCount, distinct, standIns } = expected[name];
    expect([profile.rowCount, profile.repeatedRowCount]).toEqual([rowCount, repeatedRowCount]);
    expect(Object.fromEntries(profile.columns.map((column) => [column.name, column.distinctCount]))).toEqual(distinct);
    const found = profile.columns.flatMap((column) => (column.placeholders.length === 0 ? [] : [[column.name, Object.fromEntries(column.placeholders.map(({ value, count }) => [value, count]))] as const]));
    expect(Object.fromEntries(found)).toEqual(standIns);
  });
});
