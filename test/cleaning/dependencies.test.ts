import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordsFromTable, tableFromColumns, tableFromRecords, type Column, type Table } from "clientele/data";
import { checkRule } from "../../src/cleaning/rules/checked-rule";
import { fitRules } from "../../src/cleaning/rules/fit";
import type { FittedRule } from "../../src/cleaning/rules/fitted-rules";
import type { DependencyRule, Rule, SpellingRule } from "../../src/cleaning/rules/plan";
import { repairColumns, type RepairResult } from "../../src/cleaning/rules/repair";
import reference from "../reference/rules/expected.json";
import { expectRefusal } from "../support/errors";

const allOf = (table: Table): Uint8Array => new Uint8Array(table.rowCount).fill(1);

function fit(table: Table, rules: readonly Rule[], isActive = allOf(table)): FittedRule[] {
  return fitRules("test", rules.map((rule, i) => checkRule("test", `rules[${i}]`, rule)), table.columns, isActive);
}

function repair(fitted: readonly FittedRule[], table: Table, isActive = allOf(table)): RepairResult & { readonly table: Table } {
  const result = repairColumns("test", fitted, table.columns, isActive);
  const replaced = result.edits.map(({ column, after }): [string, Column] => [column, after]);
  return { ...result, table: { ...table, columns: new Map([...table.columns, ...replaced]) } };
}

const cells = (table: Table, column: string): unknown[] => recordsFromTable(table).map((record) => record[column]);
const changes = ({ edits }: RepairResult): unknown[] => edits.map(({ column, rows, rules, ruleCodes }) => [column, [...rows], Array.from(ruleCodes, (code) => rules[code])]);

test("a group's value is its majority, as pandas counts it", () => {
  for (const { columns, from, minShare, minCount, verdicts, repaired, filled } of reference.dependencies) {
    const table = tableFromColumns(columns);
    const rule: DependencyRule = { rule: "dependency", from, to: "city", minShare, minCount };
    const reported = repair(fit(table, [rule]), table);
    expect(reported.edits).toEqual([]);
    expect([...reported.judged[0]!.verdicts]).toEqual(verdicts);
    const mended = repair(fit(table, [{ ...rule, onViolation: "repair" }]), table);
    expect(cells(mended.table, "city")).toEqual(repaired);
    expect(mended.judged[0]).toMatchObject({ repaired: verdicts.filter((verdict) => verdict === 1).length, filled: 0 });
    const full = repair(fit(table, [{ ...rule, onViolation: "repair", fillMissing: true }]), table);
    expect(cells(full.table, "city")).toEqual(filled);
    expect(full.judged[0]!.filled).toBe(columns.city.filter((city, row) => city === null && filled[row] !== null).length);
  }
});

test("dependencies that repair each other vote, and rows settle, as their definition says", () => {
  const rules = reference.several.rules.map((rule): DependencyRule => ({ rule: "dependency", from: rule.from, to: rule.to, onViolation: rule.onViolation as "repair" | "missing" }));
  let unsettledCount = 0;
  for (const { columns, after, unsettled } of reference.several.cases) {
    const table = tableFromColumns(columns);
    const { table: repaired } = repair(fit(table, rules), table);
    for (const name of Object.keys(after) as (keyof typeof after)[]) expect(cells(repaired, name)).toEqual(after[name]);
    unsettledCount += unsettled.length;
  }
  expect(unsettledCount).toBeGreaterThan(20);
});

describe("repairs", () => {
  const towns = tableFromColumns({
    zip: ["1", "1", "1", "2", "2", "2", "3", null, "1"],
    city: ["Arab", "Arab", "Boaz", "Boaz", "Boaz", "Boaz", "Opp", "Arab", null],
  });
  const rule: DependencyRule = { rule: "dependency", from: ["zip"], to: "city", onViolation: "repair" };

  test("list their cells, and count what they mended", () => {
    const result = repair(fit(towns, [rule]), towns);
    expect(changes(result)).toEqual([["city", [2], ["repair.dependency"]]]);
    expect(result.judged.map(({ verdicts, repaired }) => [[...verdicts], repaired])).toEqual([[[0, 0, 1, 0, 0, 0, 2, 2, 2], 1]]);
  });

  test("learn from active rows only, and leave the others alone", () => {
    const isActive = Uint8Array.of(0, 1, 1, 1, 1, 1, 1, 1, 1);
    expect(changes(repair(fit(towns, [rule], isActive), towns, isActive))).toEqual([]);
    const withoutThird = Uint8Array.of(1, 1, 0, 1, 1, 1, 1, 1, 1);
    const result = repair(fit(towns, [rule]), towns, withoutThird);
    expect(result.edits).toEqual([]);
    expect(result.judged[0]!.verdicts[2]).toBe(2);
  });

  test("apply to a later table with another dictionary, by value; an unknown text becomes part of it only when written", () => {
    const fitted = fit(towns, [rule]);
    const later = tableFromColumns({ zip: ["9", "2", "1", "1"], city: ["Elba", "Elba", "Elba", "Troy"] });
    const { table } = repair(fitted, later);
    expect(cells(table, "city")).toEqual(["Elba", "Boaz", "Arab", "Arab"]);
    expect(table.columns.get("city")).toMatchObject({ categories: ["Elba", "Troy", "Boaz", "Arab"] });
    expect(table.columns.get("zip")).toBe(later.columns.get("zip"));
    const single = repair(fitted, tableFromColumns({ zip: ["2", "1"], city: ["Boaz", "Troy"] })).table;
    expect(single.columns.get("city")).toMatchObject({ categories: ["Boaz", "Troy", "Arab"] });
  });

  test("work on numbers, times and true/false", () => {
    const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));
    const table = tableFromRecords([
      { store: 0, opened: at(1), isOpen: true, size: 2.5 },
      { store: -0, opened: at(1), isOpen: true, size: 2.5 },
      { store: 0, opened: at(2), isOpen: false, size: 3 },
      { store: 7, opened: at(5), isOpen: false, size: null },
    ]);
    const dependency = (to: string): DependencyRule => ({ rule: "dependency", from: ["store"], to, onViolation: "repair" });
    const { table: repaired } = repair(fit(table, ["opened", "isOpen", "size"].map(dependency)), table);
    expect(recordsFromTable(repaired)[2]).toEqual(recordsFromTable(table)[0]);
    expect(recordsFromTable(repaired)[3]).toEqual(recordsFromTable(table)[3]);
    const back = repair(fit(table, [{ rule: "dependency", from: ["opened", "isOpen"], to: "store", onViolation: "repair" }]), table);
    expect(back.edits).toEqual([]);
  });

  test("follow from one another: a misspelt key is put right, then what hangs on it", () => {
    const table = tableFromColumns({
      phone: ["555", "555", "555", "777", "777", "777", "777"],
      shop: ["A", "A", "B", "B", "B", "B", "B"],
      city: ["Arab", "Arab", "Boaz", "Boaz", "Boaz", "Boaz", "Boaz"],
    });
    const rules: Rule[] = [
      { rule: "dependency", from: ["phone"], to: "shop", onViolation: "repair" },
      { rule: "dependency", from: ["shop"], to: "city", onViolation: "repair" },
    ];
    expect(changes(repair(fit(table, rules), table))).toEqual([["shop", [2], ["repair.dependency"]], ["city", [2], ["repair.dependency"]]]);
    // Only of `shop` was the rule broken to begin with; that its repair broke the other one is mended, too.
    expect(repair(fit(table, rules), table).judged.map(({ verdicts, repaired }) => [verdicts[2], repaired])).toEqual([[1, 1], [0, 0]]);
  });

  test("two dependencies that contradict each other change nothing, and stay broken", () => {
    const table = tableFromColumns({ a: ["1", "1", "2", "2", "1"], b: ["x", "x", "y", "y", "y"] });
    const rules: Rule[] = [
      { rule: "dependency", from: ["a"], to: "b", onViolation: "repair" },
      { rule: "dependency", from: ["b"], to: "a", onViolation: "repair" },
    ];
    const result = repair(fit(table, rules), table);
    expect(result.edits).toEqual([]);
    expect(result.judged.map(({ verdicts, repaired }) => [[...verdicts], repaired])).toEqual([[[0, 0, 0, 0, 1], 0], [[0, 0, 0, 0, 1], 0]]);
  });

  test("more rows behind a value win; as many on both sides change nothing", () => {
    const rules: Rule[] = ["a", "b"].map((name): Rule => ({ rule: "dependency", from: [name], to: "c", onViolation: "repair" }));
    const table = (times: number): Table => tableFromColumns({
      a: [...Array<string>(times).fill("1"), "2", "2", "1"],
      b: [...Array<string>(times).fill("p"), "q", "q", "q"],
      c: [...Array<string>(times).fill("x"), "y", "y", "z"],
    });
    expect(changes(repair(fit(table(3), rules), table(3)))).toEqual([["c", [5], ["repair.dependency"]]]);
    expect(cells(repair(fit(table(3), rules), table(3)).table, "c")[5]).toBe("x");
    expect(repair(fit(table(2), rules), table(2)).edits).toEqual([]);
  });

  test("a spelling has a vote, and then the dependency has its say about the text that is spelt right", () => {
    const table = tableFromColumns({
      zip: [...Array<string>(12).fill("1"), ...Array<string>(3).fill("2"), "2"],
      city: [...Array<string>(12).fill("Birmingham"), ...Array<string>(3).fill("Boaz"), "Birmingxam"],
    });
    const spelling: SpellingRule = { rule: "spelling", column: "city", onViolation: "repair" };
    const both = repair(fit(table, [rule, spelling]), table);
    expect([changes(both), cells(both.table, "city")[15]]).toEqual([[["city", [15], ["repair.dependency"]]], "Boaz"]);
    const fixed = repair(fit(table, [spelling, { ...rule, onViolation: "report" }]), table);
    expect([changes(fixed), cells(fixed.table, "city")[15]]).toEqual([[["city", [15], ["repair.spelling"]]], "Birmingham"]);
    // A rule that does not repair is judged after the repairs: Birmingham is no town of postcode 2.
    expect(fixed.judged[1]!.verdicts[15]).toBe(1);
  });

  test('"missing" empties the cell, "quarantine" tells the rows that are still broken after repairs', () => {
    const emptied = repair(fit(towns, [{ ...rule, onViolation: "missing" }]), towns);
    expect(changes(emptied)).toEqual([["city", [2], ["rule.dependency"]]]);
    expect(cells(emptied.table, "city")[2]).toBeNull();
    expect(emptied.judged[0]!.verdicts[2]).toBe(1);
    const both = repair(fit(towns, [rule, { ...rule, onViolation: "quarantine" }]), towns);
    expect(both.judged.map(({ verdicts }) => verdicts[2])).toEqual([1, 0]);
  });

  test("a table of another type is refused, one without values is not judged", () => {
    const fitted = fit(towns, [rule]);
    expectRefusal(() => repair(fitted, tableFromColumns({ zip: [1], city: ["Arab"] })), "featureMismatch", '"zip"', "category", "number");
    expectRefusal(() => repair(fitted, tableFromColumns({ zip: ["1"] })), "unknownColumn", "zip → city", '"city"');
    const empty = repair(fitted, tableFromColumns({ zip: ["1"], city: [null] }));
    expect([...empty.judged[0]!.verdicts]).toEqual([2]);
    const codes: DependencyRule = { rule: "dependency", from: ["n"], to: "m", onViolation: "repair", fillMissing: true };
    const learned = fit(tableFromColumns({ n: [1, 1], m: [2, 2] }), [codes]);
    expect(repair(learned, tableFromColumns({ n: [1], m: [null] })).edits).toEqual([]);
    expect(repair(fit(tableFromColumns({ n: [null], m: [null] }), [codes]), tableFromColumns({ n: [1], m: ["x"] })).edits).toEqual([]);
  });
});

const columnNames = ["a", "b", "c", "d"] as const;
const tables = fc.array(
  fc.record({ a: fc.constantFrom("1", "2", "3", null), b: fc.constantFrom("x", "y", "z"), c: fc.constantFrom("Birmingham", "Birmingxam", "Montgomery", "Montgomert", null), d: fc.constantFrom(1, 2, 3, null) }),
  { minLength: 1, maxLength: 40 },
).map((rows) => tableFromColumns(Object.fromEntries(columnNames.map((name) => [name, rows.map((row) => row[name])]))));
const policies = fc.constantFrom("repair" as const, "repair" as const, "missing" as const, "quarantine" as const);
const dependencies = fc
  .record({ from: fc.subarray([...columnNames], { minLength: 1, maxLength: 2 }), to: fc.constantFrom(...columnNames), onViolation: policies, fillMissing: fc.boolean(), minCount: fc.integer({ min: 1, max: 3 }) })
  .filter(({ from, to }) => !from.includes(to))
  .map(({ fillMissing, ...rule }): Rule => ({ rule: "dependency", ...rule, fillMissing: fillMissing && rule.onViolation === "repair" }));
const spellings = fc.record({ onViolation: policies, minRatio: fc.integer({ min: 2, max: 5 }) }).map((rule): Rule => ({ rule: "spelling", column: "c", ...rule }));
const ruleLists = fc.array(fc.oneof({ weight: 4, arbitrary: dependencies }, spellings), { minLength: 1, maxLength: 6 });

test("what is repaired stays as it is when it is repaired again, on the table of the fit and on others", () => {
  fc.assert(
    fc.property(tables, tables, ruleLists, (train, later, rules) => {
      const fitted = fit(train, rules);
      for (const table of [train, later]) {
        const once = repair(fitted, table);
        const twice = repair(fitted, once.table);
        expect(twice.edits).toEqual([]);
        expect(twice.judged.map(({ repaired, filled }) => repaired + filled)).toEqual(twice.judged.map(() => 0));
      }
    }),
    { numRuns: 400 },
  );
});

test("a row is repaired by itself: alone it becomes what it becomes among others", () => {
  fc.assert(
    fc.property(tables, tables, ruleLists, (train, later, rules) => {
      const fitted = fit(train, rules);
      const whole = recordsFromTable(repair(fitted, later).table);
      for (let row = 0; row < later.rowCount; row++) {
        const isActive = new Uint8Array(later.rowCount);
        isActive[row] = 1;
        expect(recordsFromTable(repair(fitted, later, isActive).table)[row]).toEqual(whole[row]);
      }
    }),
    { numRuns: 50 },
  );
});

test("edits list exactly the cells that differ, and the input stays as it was", () => {
  fc.assert(
    fc.property(tables, ruleLists, (table, rules) => {
      const before = structuredClone(table.columns);
      const input = recordsFromTable(table);
      const { edits, table: after } = repair(fit(table, rules), table);
      expect(table.columns).toEqual(before);
      const listed = new Map(edits.map(({ column, rows }) => [column, new Set(rows)]));
      recordsFromTable(after).forEach((record, row) => {
        for (const name of columnNames) expect(record[name] !== input[row]![name], `${name} ${row}`).toBe(listed.get(name)?.has(row) ?? false);
      });
    }),
  );
});

test("a million rows with a hundred thousand groups take linear time", () => {
  const rows = 1_000_000;
  const zip = Float64Array.from({ length: rows }, (_, i) => i % 100_000);
  const city = Int32Array.from({ length: rows }, (_, i) => (i === 123_456 ? 0 : (i % 100_000) % 977));
  const columns = new Map<string, Column>([
    ["zip", { type: "number", values: zip }],
    ["city", { type: "category", codes: city, categories: Array.from({ length: 977 }, (_, i) => `city ${i}`) }],
  ]);
  const table: Table = { rowCount: rows, rowIds: new Int32Array(rows), columns };
  const { edits } = repair(fit(table, [{ rule: "dependency", from: ["zip"], to: "city", onViolation: "repair" }]), table);
  expect(changes({ edits, judged: [] })).toEqual([["city", [123_456], ["repair.dependency"]]]);
});
