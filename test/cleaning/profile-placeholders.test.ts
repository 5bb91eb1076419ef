import { describe, expect, test } from "vitest";
import { tableFromColumns } from "clientele/data";
import { profileTable, type Placeholder } from "../../src/cleaning/profile/profile-table";

const standIns = (cells: readonly unknown[]): readonly Placeholder[] => profileTable(tableFromColumns({ x: cells })).columns[0]!.placeholders;
const reasons = (cells: readonly unknown[]): unknown[] => standIns(cells).map(({ value, count, reason }) => [value, count, reason]);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const repeat = <Value>(value: Value, times: number): Value[] => Array.from({ length: times }, () => value);

describe("numbers", () => {
  test("nines farther from the rest than the rest is wide; they must occur twice, or have five digits", () => {
    expect(reasons([...upTo(28), 999, 999])).toEqual([[999, 2, "farFromRest"]]);
    expect(reasons([...upTo(28), 999])).toEqual([]);
    expect(reasons([...upTo(28), 99999])).toEqual([[99999, 1, "farFromRest"]]);
    expect(reasons([...upTo(28), 666666, 998, 998])).toEqual([[666666, 1, "farFromRest"]]);
    expect(reasons([1.5, 2.25, 99.9, 99.9, 3])).toEqual([[99.9, 2, "farFromRest"]]);
    expect(reasons([...upTo(28), 998, 998, 777, 777])).toEqual([]);
  });

  test("what lies among other values is a value", () => {
    expect(reasons([10, 99, 99, 99, 999, 999, 999, 5000])).toEqual([]);
    expect(reasons([...upTo(99), 99, 99])).toEqual([]);
    // A column of two codes says nothing about what is usual.
    expect(reasons([0, 0, 999, 999])).toEqual([]);
  });

  test("several codes at one end are looked at together", () => {
    expect(reasons([...upTo(28), 99, 99, 999, 999])).toEqual([[99, 2, "farFromRest"], [999, 2, "farFromRest"]]);
  });

  test("a spike at the end of the range", () => {
    const ages = upTo(80).flatMap((age) => repeat(age + 19, 2));
    expect(reasons([...ages, ...repeat(99, 20)])).toEqual([[99, 20, "spike"]]);
    expect(reasons([...ages, ...repeat(99, 19)])).toEqual([]);
  });

  test("negative codes in a column that is otherwise not negative", () => {
    expect(reasons([...upTo(10), -1, -1])).toEqual([[-1, 2, "onlyNegative"]]);
    expect(reasons([...upTo(10), -1])).toEqual([]);
    expect(reasons([-1, -1, 0, 0, 1, 1])).toEqual([]);
    expect(reasons([...upTo(10), -2, -1, -1])).toEqual([]);
    expect(reasons([...upTo(10), -99, -99, -9, -9])).toEqual([[-99, 2, "onlyNegative"], [-9, 2, "onlyNegative"]]);
    expect(reasons([...upTo(10), -3, -999, -999])).toEqual([[-999, 2, "farFromRest"]]);
  });

  test("a single 9 must make up one per cent", () => {
    expect(reasons([...repeat(1, 100), ...repeat(2, 96), 3, 3, 9, 9])).toEqual([[9, 2, "farFromRest"]]);
    expect(reasons([...repeat(1, 100), ...repeat(2, 97), 3, 3, 9, 9])).toEqual([]);
  });

  test("numbers written as texts are looked at too", () => {
    expect(reasons([...upTo(28).map(String), "999", "999 ", "n/a"])).toEqual([["n/a", 1, "word"], [999, 2, "farFromRest"]]);
  });
});

describe("days", () => {
  const days = (count: number, start = "2020-01-01"): Date[] => upTo(count).map((i) => new Date(Date.parse(start) + i * 86_400_000));

  test("days with which calendars of programs begin or end", () => {
    const cells = [...days(30), new Date("1900-01-01"), new Date("9999-12-31"), new Date("1899-12-30"), new Date("1900-01-01T12:00Z")];
    expect(reasons(cells)).toEqual([["1899-12-30", 1, "defaultDate"], ["1900-01-01", 1, "defaultDate"], ["9999-12-31", 1, "defaultDate"]]);
  });

  test("1970-01-01 among registrations, and among dates of birth only as a spike", () => {
    expect(reasons([...days(30), new Date(0)])).toEqual([["1970-01-01", 1, "farFromRest"]]);
    const births = upTo(60).map((i) => new Date(Date.UTC(1940 + i, 5, 15)));
    expect(reasons([...births, new Date(0)])).toEqual([]);
    expect(reasons([...births, ...repeat(new Date(0), 10)])).toEqual([["1970-01-01", 10, "spike"]]);
    // Default days do not make the others look close.
    expect(reasons([...days(30), new Date(0), new Date("9999-12-31")])).toHaveLength(2);
  });

  test("days written as texts", () => {
    expect(reasons(["31.12.2025", "01.01.1900", "?", "15.01.2026"])).toEqual([["?", 1, "mark"], ["1900-01-01", 1, "defaultDate"]]);
  });
});

describe("texts", () => {
  test("words, marks, what programs write, errors of spreadsheets, as they are written", () => {
    expect(reasons(["N/A", "n/a", " ? ", "UNBEKANNT", "NULL", "#DIV/0!", "不明", "Inconnu", "x1", "Anna"])).toEqual([
      ["N/A", 1, "word"],
      ["n/a", 1, "word"],
      ["UNBEKANNT", 1, "word"],
      ["不明", 1, "word"],
      ["Inconnu", 1, "word"],
      ["?", 1, "mark"],
      ["NULL", 1, "program"],
      ["#DIV/0!", 1, "spreadsheetError"],
    ]);
  });

  test("a word that may be the answer is told apart", () => {
    expect(reasons(["none", "guarantor", "none"])).toEqual([["none", 2, "answer"]]);
  });

  test("what is a value in its column is none", () => {
    expect(reasons(["NA", "DE", "FR", "US"])).toEqual([]);
    expect(reasons(["NA", "Germany", "France"])).toEqual([["NA", 1, "word"]]);
    expect(reasons(["+", "-", "+"])).toEqual([]);
    expect(reasons(["test", "control", "test", "control"])).toEqual([]);
    expect(reasons(["test", "Anna", "Bert"])).toEqual([["test", 1, "testEntry"]]);
  });

  test("addresses that were made up, and no other", () => {
    expect(reasons(["test@test.com", "none@none.de", "test@test.com", "anna@mail.example", "test@acme.com", "anna@test.com"])).toEqual([
      ["test@test.com", 2, "testEntry"],
      ["none@none.de", 1, "testEntry"],
    ]);
  });
});
