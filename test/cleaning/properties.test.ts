import fc from "fast-check";
import { expect, test } from "vitest";
import { cleaningFromSpec, draftPlan, fitCleaning, profileTable, type CleaningPlan } from "clientele/cleaning";
import { filterRows, recordsFromTable, tableFromColumns, type Table } from "clientele/data";

const orMissing = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(arbitrary, { freq: 3 });
const row = fc.record({
  id: orMissing(fc.constantFrom("a", "b", "c", "d", "1", "01")),
  amount: orMissing(fc.oneof(fc.constantFrom("", " ", "?", "1,5", "1.500", "−2", "abc", "1e400", "0"), fc.double({ noNaN: true, noDefaultInfinity: true }).map(String))),
  flag: orMissing(fc.constantFrom("Yes", "No", "?", "maybe", " Yes")),
  plan: orMissing(fc.constantFrom("pro", "free", "unknown", "", "1")),
  score: orMissing(fc.double({ noNaN: true, noDefaultInfinity: true })),
  code: orMissing(fc.constantFrom(1, 2, -0, 1.5)),
});
const tables = fc.array(row, { maxLength: 12 }).map((rows): Table => {
  const column = (name: keyof (typeof rows)[number]): unknown[] => rows.map((record) => record[name]);
  return tableFromColumns({ id: column("id"), amount: column("amount"), flag: column("flag"), plan: column("plan"), score: column("score"), code: column("code") });
});

const onFailure = fc.constantFrom("quarantine" as const, "missing" as const);
const plans = fc.record({
  amount: fc.record({ missing: fc.subarray(["", "?", "0"]), decimal: fc.constantFrom(".", ","), grouping: fc.constantFrom("none", " "), onFailure }),
  flag: fc.option(onFailure),
  code: fc.option(fc.subarray(["1", "0"])),
  keep: fc.option(fc.constantFrom("first" as const, "last" as const)),
  key: fc.constantFrom(["id"], ["id", "code"]),
  amountFill: fc.constantFrom("mean" as const, "median" as const, "mode" as const),
  textFill: fc.constantFrom(undefined, "filled"),
}).map(({ amount, flag, code, keep, key, amountFill, textFill }): CleaningPlan => ({
  convert: [
    { column: "amount", to: "number", ...amount } as const,
    ...(flag === null ? [] : [{ column: "flag", to: "boolean", trueTexts: ["Yes"], falseTexts: ["No"], missing: ["?"], onFailure: flag } as const]),
    ...(code === null ? [] : [{ column: "code", to: "category", missing: code } as const]),
    { column: "plan", to: "category", missing: ["unknown"] },
  ],
  duplicates: keep === null ? undefined : { key, keep },
  missing: [
    { column: "amount", fill: amountFill },
    { column: "flag", fill: "mode" },
    { column: "plan", fill: textFill === undefined ? "mode" : "constant", value: textFill },
  ],
}));

const contents = (table: Table): unknown => ({ ids: Array.from(table.rowIds), columns: Array.from(table.columns, ([name, { type }]) => [name, type]), rows: recordsFromTable(table) });

test("rows in = rows out + quarantined + merged, and every row is in exactly one of them", () => {
  fc.assert(
    fc.property(tables, plans, (table, plan) => {
      const { table: cleaned, quarantined, report } = fitCleaning(table, plan).apply(table);
      expect(report.rowsOut + report.rowsQuarantined + report.rowsMerged).toBe(report.rowsIn);
      expect([report.rowsIn, report.rowsOut, report.rowsQuarantined, report.rowsMerged]).toEqual([
        table.rowCount, cleaned.rowCount, quarantined.table.rowCount, report.merged.rowIds.length,
      ]);
      const ids = [...Array.from(cleaned.rowIds), ...Array.from(quarantined.table.rowIds), ...report.merged.rowIds].map(Number);
      expect(ids.sort((a, b) => a - b)).toEqual(Array.from(table.rowIds));
      const out = new Set(Array.from(cleaned.rowIds));
      expect([...report.changes.rowIds, ...report.merged.into].every((id) => out.has(id))).toBe(true);
      expect(new Set(quarantined.reasons.rowIds)).toEqual(new Set(Array.from(quarantined.table.rowIds)));
      expect(report.counts.reduce((sum, { cells }) => sum + cells, 0)).toBe(report.changes.rowIds.length + quarantined.reasons.rowIds.length);
    }),
  );
});

test("cleaning a clean table changes nothing", () => {
  fc.assert(
    fc.property(tables, plans, (table, plan) => {
      const model = fitCleaning(table, plan);
      const once = model.apply(table).table;
      const { table: twice, report } = model.apply(once);
      expect(contents(twice)).toEqual(contents(once));
      expect(report.counts).toEqual([]);
      expect([report.rowsIn, report.rowsMerged, report.rowsQuarantined]).toEqual([once.rowCount, 0, 0]);
    }),
  );
});

test("table and plan stay as they were", () => {
  fc.assert(
    fc.property(tables, plans, (table, plan) => {
      const before = structuredClone({ columns: table.columns, rowIds: table.rowIds, plan });
      fitCleaning(table, plan).apply(table);
      expect({ columns: table.columns, rowIds: table.rowIds, plan }).toEqual(before);
    }),
  );
});

test("a saved model cleans in the same way", () => {
  fc.assert(
    fc.property(tables, tables, plans, (train, later, plan) => {
      const model = fitCleaning(train, plan);
      const read = cleaningFromSpec(JSON.parse(JSON.stringify(model)));
      const outcome = (run: () => unknown): unknown => {
        try {
          return run();
        } catch (error) {
          return String(error);
        }
      };
      expect(outcome(() => read.apply(later))).toEqual(outcome(() => model.apply(later)));
    }),
  );
});

test("a part is cleaned as it is within the whole", () => {
  fc.assert(
    fc.property(tables, plans, fc.infiniteStream(fc.boolean()), (table, plan, choices) => {
      // Duplicates are a matter of the whole table.
      const model = fitCleaning(table, { ...plan, duplicates: undefined });
      const chosen = new Set(Array.from(table.rowIds).filter(() => choices.next().value));
      const isChosen = (source: Table): Table => filterRows(source, (_, position) => chosen.has(source.rowIds[position]!));
      const whole = isChosen(model.apply(table).table);
      const part = model.apply(isChosen(table)).table;
      expect(contents(part)).toEqual(contents(whole));
    }),
  );
});

test("a cell that is not listed as changed still means the same", () => {
  fc.assert(
    fc.property(tables, plans, (table, plan) => {
      const { table: cleaned, report } = fitCleaning(table, plan).apply(table);
      const { changes } = report;
      const listed = new Map<string, unknown>(changes.rowIds.map((id, i) => [JSON.stringify([id, changes.columns[i]]), changes.after[i]]));
      const inputs = recordsFromTable(table);
      recordsFromTable(cleaned).forEach((output, position) => {
        const id = Number(cleaned.rowIds[position]);
        for (const [name, value] of Object.entries(output)) {
          const key = JSON.stringify([id, name]);
          const before = inputs[id]![name];
          if (listed.has(key)) expect(value).toEqual(listed.get(key));
          else if (typeof before === typeof value || value === null) expect(value).toEqual(before);
          else if (typeof value === "number") expect(value).toBe(Number(String(before).replace("−", "-").replace(/(?<=\d),(?=\d)/, ".")) + 0);
          else if (typeof value === "boolean") expect(value).toBe(String(before).trim() === "Yes");
          else expect(value).toBe(String(before));
        }
      });
    }),
  );
});

test("every table has a draft that fits it", () => {
  fc.assert(
    fc.property(tables, (table) => {
      const { report } = fitCleaning(table, draftPlan(profileTable(table))).apply(table);
      expect(report.rowsQuarantined).toBe(0);
      expect(report.fills.every(({ status, stillMissing }) => status === "fitted" && stillMissing === 0)).toBe(true);
    }),
  );
});
