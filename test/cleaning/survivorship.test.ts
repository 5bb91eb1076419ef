import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanTable, explainRow, listChanges, type DuplicateRule } from "clientele/cleaning";
import { recordsFromTable, tableFromColumns, tableFromRecords } from "clientele/data";
import { expectRefusal } from "../support/errors";

const contacts = tableFromRecords(
  [
    { email: "ann@example.org", source: "import", seen: new Date("2024-01-05"), name: "Ann", city: "Bonn", spend: 10 },
    { email: "bob@example.org", source: "crm", seen: new Date("2024-02-01"), name: "Bob", city: "Köln", spend: 5 },
    { email: "ann@example.org", source: "shop", seen: new Date("2025-03-01"), name: null, city: "Berlin", spend: 40 },
    { email: "ann@example.org", source: "crm", seen: null, name: "Ann Marie", city: "Bonn", spend: null },
    { email: null, source: "crm", seen: new Date("2024-02-01"), name: "Nobody", city: null, spend: 1 },
    { email: null, source: "crm", seen: new Date("2024-02-01"), name: "Nobody", city: null, spend: 1 },
  ],
);
const merge = (duplicates: DuplicateRule) => cleanTable(contacts, { duplicates });
const ann = (duplicates: DuplicateRule): unknown => recordsFromTable(merge(duplicates).table).find(({ email }) => email === "ann@example.org");
const key = ["email"];

describe("which row stays", () => {
  test.each<[string, DuplicateRule, number]>([
    ["the first", { key }, 0],
    ["the last", { key, keep: "last" }, 3],
    ["the newest, and none without a time", { key, keep: "newest", orderBy: "seen" }, 2],
    ["the oldest, and none without a time", { key, keep: "oldest", orderBy: "seen" }, 0],
    ["the most complete", { key, keep: "mostComplete" }, 0],
    ["that of the most trusted source", { key, keep: "preferred", sources: { column: "source", order: ["crm", "shop"] } }, 3],
    ["a source that is not in the list comes last", { key, keep: "preferred", sources: { column: "source", order: ["shop"] } }, 2],
  ])("%s", (_, rule, row) => {
    const { table, report } = merge(rule);
    expect(Array.from(table.rowIds)).toEqual([...[0, 2, 3].filter((id) => id === row), 1, 4, 5].sort((a, b) => a - b));
    expect(report.merged.into).toEqual([row, row]);
    expect(report.merged.rowIds).toEqual([0, 2, 3].filter((id) => id !== row));
    expect(recordsFromTable(table).find(({ email }) => email === "ann@example.org")).toEqual(recordsFromTable(contacts)[row]);
  });
});

describe("which values it has", () => {
  test("gaps are filled in the order in which the rows are believed", () => {
    expect(ann({ key, keep: "newest", orderBy: "seen", fillGaps: true })).toMatchObject({ source: "shop", name: "Ann", spend: 40 });
    expect(ann({ key, keep: "last", fillGaps: true })).toMatchObject({ name: "Ann Marie", spend: 40, seen: new Date("2025-03-01") });
  });

  test("each field by a policy of its own; the report says which value came from elsewhere, and why", () => {
    const rule: DuplicateRule = {
      key,
      keep: "oldest",
      orderBy: "seen",
      sources: { column: "source", order: ["crm"] },
      fields: [
        { column: "name", keep: "longest" },
        { column: "city", keep: "mostFrequent" },
        { column: "spend", keep: "largest" },
        { column: "seen", keep: "newest" },
        { column: "source", keep: "preferred" },
      ],
    };
    expect(ann(rule)).toEqual({ email: "ann@example.org", source: "crm", seen: new Date("2025-03-01"), name: "Ann Marie", city: "Bonn", spend: 40 });
    const { report } = merge(rule);
    const changes = listChanges(report);
    expect(changes.columns.map((column, i) => [column, changes.rules[i]])).toEqual([
      ["source", "merge.preferred"],
      ["seen", "merge.newest"],
      ["name", "merge.longest"],
      ["spend", "merge.largest"],
    ]);
    expect(explainRow(report, 0)).toContainEqual({ kind: "changed", column: "spend", before: 10, after: 40, rule: "merge.largest" });
    expect(explainRow(report, 0)).toContainEqual({ kind: "absorbed", from: 2 });
  });

  test("a missing cell never wins", () => {
    const table = tableFromColumns({ id: ["a", "a"], x: [null, 3], y: ["", null] });
    const fields = [{ column: "x", keep: "first" }, { column: "y", keep: "longest" }] as const;
    expect(recordsFromTable(cleanTable(table, { duplicates: { key: ["id"], fields } }).table)).toEqual([{ id: "a", x: 3, y: "" }]);
  });

  test("columns of the wrong type and columns that are not there are refused", () => {
    expectRefusal(() => merge({ key, fields: [{ column: "name", keep: "largest" }] }), "invalidInput", '"name"', "category");
    expectRefusal(() => merge({ key, fields: [{ column: "spend", keep: "longest" }] }), "invalidInput", '"spend"');
    expectRefusal(() => merge({ key, keep: "newest", orderBy: "name" }), "invalidInput", '"name"');
    expectRefusal(() => merge({ key, keep: "newest", orderBy: "saw" }), "unknownColumn", "duplicates.orderBy", '"seen"');
    expectRefusal(() => merge({ key, fields: [{ column: "town", keep: "first" }] }), "unknownColumn", "duplicates.fields");
  });
});

test("every policy gives what sorting the rows by hand gives", () => {
  const row = fc.record({ id: fc.constantFrom("a", "b", "c"), time: fc.option(fc.integer({ min: 0, max: 5 })), value: fc.option(fc.integer({ min: 0, max: 3 })), text: fc.option(fc.constantFrom("x", "yy", "zzz")) });
  const policies = ["first", "last", "newest", "oldest", "mostComplete", "largest", "smallest", "mostFrequent"] as const;
  fc.assert(
    fc.property(fc.array(row, { maxLength: 15 }), fc.constantFrom(...policies), (rows, keep) => {
      const table = tableFromRecords(rows, rows.length === 0 ? undefined : { types: { id: "category", time: "number", value: "number", text: "category" } });
      if (rows.length === 0) return;
      const { table: cleaned } = cleanTable(table, { duplicates: { key: ["id"], orderBy: "time", fields: [{ column: "value", keep }] } });
      const missing = ({ time, value, text }: (typeof rows)[number]): number => [time, value, text].filter((cell) => cell === null).length;
      for (const { id, value } of recordsFromTable(cleaned)) {
        const group = rows.map((each, i) => ({ ...each, i, missing: missing(each) })).filter((each) => each.id === id);
        const present = group.filter((each) => each.value !== null);
        const count = (wanted: number | null): number => present.filter((each) => each.value === wanted).length;
        const orders: Record<(typeof policies)[number], (a: (typeof group)[number], b: (typeof group)[number]) => number> = {
          first: () => 0,
          last: (a, b) => b.i - a.i,
          newest: (a, b) => (b.time ?? -1) - (a.time ?? -1),
          oldest: (a, b) => (a.time ?? 99) - (b.time ?? 99),
          mostComplete: (a, b) => a.missing - b.missing,
          largest: (a, b) => b.value! - a.value!,
          smallest: (a, b) => a.value! - b.value!,
          mostFrequent: (a, b) => count(b.value) - count(a.value),
        };
        const [best] = [...present].sort((a, b) => orders[keep](a, b) || a.i - b.i);
        expect(value).toBe(best?.value ?? null);
      }
    }),
  );
});

describe("repeated rows", () => {
  const log = tableFromColumns({ customer: ["a", "a", "a", null, null], amount: [5, 5, 6, NaN, NaN] });

  test("are found and stay; missing equals missing", () => {
    const { table, report } = cleanTable(log, {});
    expect(table).toEqual(log);
    expect(report.repeatedRows).toEqual({ count: 2, rows: Int32Array.of(1, 4), outcome: "kept" });
  });

  test("are removed by the plan only, and accounted for", () => {
    const { table, report } = cleanTable(log, { repeatedRows: "remove" });
    expect(Array.from(table.rowIds)).toEqual([0, 2, 3]);
    expect(report.merged).toEqual({ rowIds: [1, 4], into: [0, 3] });
    expect([report.rowsIn, report.rowsOut, report.rowsMerged]).toEqual([5, 3, 2]);
  });

  test("are not looked for where the plan says so, nor with a key unless it says so", () => {
    expect(cleanTable(log, { repeatedRows: "ignore" }).report.repeatedRows.count).toBeUndefined();
    expect(cleanTable(log, { duplicates: { key: ["customer"] } }).report.repeatedRows.count).toBeUndefined();
    expect(cleanTable(log, { duplicates: { key: ["customer"] }, repeatedRows: "report" }).report.repeatedRows.count).toBe(2);
  });
});
