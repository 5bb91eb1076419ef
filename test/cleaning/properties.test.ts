import fc from "fast-check";
import { expect, test } from "vitest";
import { cleaningFromSpec, cleanTable, draftPlan, fitCleaning, listChanges, profileTable, undoCleaning, type CleaningPlan, type OutlierRule, type Rule } from "clientele/cleaning";
import { filterRows, recordsFromTable, tableFromColumns, type Table } from "clientele/data";
import { compileFormula } from "clientele/formula";

const orMissing = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(arbitrary, { freq: 3 });
const row = fc.record({
  id: orMissing(fc.constantFrom("a", "b", "c", "d", "1", "01")),
  amount: orMissing(fc.oneof(fc.constantFrom("", " ", "?", "1,5", "1.500", "−2", "abc", "1e400", "0"), fc.double({ noNaN: true, noDefaultInfinity: true }).map(String))),
  flag: orMissing(fc.constantFrom("Yes", "No", "?", "maybe", " Yes")),
  plan: orMissing(fc.constantFrom("pro", "free", "unknown", "", "1", "Pro ", "basic", "bassic")),
  score: orMissing(fc.oneof(fc.constantFrom(0, 0, 0, 999, 5), fc.double({ noNaN: true, noDefaultInfinity: true }))),
  code: orMissing(fc.constantFrom(1, 2, -0, 1.5)),
});
const tables = fc.array(row, { maxLength: 12 }).map((rows): Table => {
  const column = (name: keyof (typeof rows)[number]): unknown[] => rows.map((record) => record[name]);
  return tableFromColumns(
    { id: column("id"), amount: column("amount"), flag: column("flag"), plan: column("plan"), score: column("score"), code: column("code") },
    { types: { id: "category", amount: "category", flag: "category", plan: "category", score: "number", code: "number" } },
  );
});

const onFailure = fc.constantFrom("quarantine" as const, "missing" as const);
const onViolation = fc.constantFrom("report" as const, "quarantine" as const, "missing" as const);
const onRepair = fc.constantFrom("report" as const, "quarantine" as const, "missing" as const, "repair" as const);
const isSmall = compileFormula("score < 100 or amount >= 0", { variables: ["score", "amount"] });

const rules: fc.Arbitrary<Rule[]> = fc
  .tuple(onViolation, onViolation, onRepair, onRepair, onRepair, fc.boolean(), fc.boolean())
  .map(([range, formula, dependency, back, spelling, unique, monotonic]): Rule[] => [
    { rule: "range", column: "score", min: 0, max: 1000, onViolation: range },
    { rule: "formula", formula: isSmall, column: "score", onViolation: formula },
    { rule: "dependency", from: ["id"], to: "plan", onViolation: dependency, fillMissing: dependency === "repair" },
    { rule: "dependency", from: ["plan"], to: "code", onViolation: back },
    { rule: "spelling", column: "plan", minRatio: 2, minLength: 5, onViolation: spelling },
    ...(unique ? [{ rule: "unique", columns: ["id", "code"], onViolation: "quarantine" } as const] : []),
    ...(monotonic ? [{ rule: "monotonic", column: "score", orderBy: "code", within: ["id"], onViolation: range } as const] : []),
  ])
  .chain((all) => fc.subarray(all));

const outliers: fc.Arbitrary<OutlierRule[]> = fc.subarray([
  { column: "amount", method: "iqr", action: "clip" },
  { column: "score", method: "mad", action: "quarantine", side: "high" },
] satisfies OutlierRule[]).chain((list) => fc.constantFrom(list, list.map((rule): OutlierRule => ({ ...rule, action: "flag" }))));

const plans = fc
  .record({
    amount: fc.record({ missing: fc.subarray(["", "?", "0"]), decimal: fc.constantFrom("." as const, "," as const), grouping: fc.constantFrom("none" as const, " " as const), onFailure }),
    flag: fc.option(onFailure),
    code: fc.option(fc.subarray(["1", "0"])),
    tidy: fc.boolean(),
    matchKey: fc.boolean(),
    placeholders: fc.boolean(),
    rules,
    keep: fc.option(fc.constantFrom("first" as const, "last" as const, "newest" as const, "mostComplete" as const)),
    fillGaps: fc.boolean(),
    repeatedRows: fc.constantFrom("report" as const, "remove" as const, "ignore" as const),
    outliers,
    amountFill: fc.constantFrom("mean" as const, "median" as const, "mode" as const),
    scoreFill: fc.constantFrom("mean" as const, "median" as const, "quarantine" as const),
    by: fc.subarray(["plan", "flag"]),
    textFill: fc.constantFrom(undefined, "filled"),
    derive: fc.boolean(),
  })
  .map(({ amount, flag, code, keep, fillGaps, amountFill, scoreFill, by, textFill, ...other }): CleaningPlan => ({
    convert: [
      { column: "amount", to: "number", ...amount } as const,
      ...(flag === null ? [] : [{ column: "flag", to: "boolean", trueTexts: ["Yes"], falseTexts: ["No"], missing: ["?"], onFailure: flag } as const]),
      ...(code === null ? [] : [{ column: "code", to: "number", missing: code } as const]),
      { column: "plan", to: "category", missing: ["unknown"], tidy: other.tidy, letters: other.tidy ? "lower" : "keep" },
      ...(other.matchKey ? [{ column: "plan", to: "matchKey", as: "planKey" } as const] : []),
    ],
    placeholders: other.placeholders ? [{ column: "score", values: [999] }, { column: "plan", values: ["basic"] }] : [],
    rules: other.rules,
    duplicates: keep === null ? undefined : { key: ["id"], keep, orderBy: "code", fillGaps, fields: [{ column: "score", keep: "largest" }] },
    repeatedRows: other.repeatedRows,
    outliers: other.outliers,
    missing: [
      { column: "amount", fill: amountFill, ...(by.length > 0 ? { by, minGroupSize: 2 } : {}) },
      scoreFill === "quarantine" ? { column: "score", fill: scoreFill } : { column: "score", fill: scoreFill, indicator: "scoreWasMissing" },
      { column: "flag", fill: "mode" },
      textFill === undefined ? { column: "plan", fill: "mode" } : { column: "plan", fill: "constant", value: textFill },
    ],
    derive: other.derive ? [{ column: "ratio", formula: compileFormula("score / max(amount, 1)", { variables: ["score", "amount"] }) }] : [],
  }));

const contents = (table: Table): unknown => ({ ids: Array.from(table.rowIds), columns: Array.from(table.columns, ([name, { type }]) => [name, type]), rows: recordsFromTable(table) });

test("rows in = rows out + quarantined + merged, and every row is in exactly one of them", () => {
  fc.assert(
    fc.property(tables, plans, (table, plan) => {
      const { table: cleaned, quarantined, merged, report } = cleanTable(table, plan);
      expect(report.rowsOut + report.rowsQuarantined + report.rowsMerged).toBe(report.rowsIn);
      expect([report.rowsIn, report.rowsOut, report.rowsQuarantined, report.rowsMerged]).toEqual([
        table.rowCount, cleaned.rowCount, quarantined.table.rowCount, merged.table.rowCount,
      ]);
      const ids = [...Array.from(cleaned.rowIds), ...Array.from(quarantined.table.rowIds), ...report.merged.rowIds].map(Number);
      expect(ids.sort((a, b) => a - b)).toEqual(Array.from(table.rowIds));
      const out = new Set(Array.from(cleaned.rowIds));
      expect(listChanges(report, { readings: true }).rowIds.every((id) => out.has(id))).toBe(true);
      expect(report.merged.into.every((id) => !report.merged.rowIds.includes(id))).toBe(true);
      expect(new Set(quarantined.reasons.rowIds)).toEqual(new Set(Array.from(quarantined.table.rowIds)));
      expect(report.counts.reduce((sum, { cells }) => sum + cells, 0)).toBe(listChanges(report, { readings: true }).rowIds.length + quarantined.reasons.rowIds.length);
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
      expect([report.rowsIn, report.rowsMerged, report.rowsQuarantined, report.addedColumns]).toEqual([once.rowCount, 0, 0, []]);
    }),
    { numRuns: 400 },
  );
});

test("undoing a cleaning restores the table exactly", () => {
  fc.assert(
    fc.property(tables, plans, (table, plan) => {
      const restored = undoCleaning(cleanTable(table, plan));
      expect(restored).toEqual({ ...table, rowIds: table.rowIds });
    }),
    { numRuns: 400 },
  );
});

test("a fit that cleans at once gives what the model gives", () => {
  fc.assert(
    fc.property(tables, plans, (table, plan) => {
      const { model, ...result } = cleanTable(table, plan);
      expect(result).toEqual(model.apply(table));
      expect(JSON.stringify(model)).toBe(JSON.stringify(fitCleaning(table, plan)));
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
      // Duplicates, and rules that compare rows, are a matter of the whole table.
      const rules = plan.rules?.filter(({ rule }) => rule !== "unique" && rule !== "monotonic");
      const model = fitCleaning(table, { ...plan, rules, duplicates: undefined, repeatedRows: "ignore" });
      const chosen = new Set(Array.from(table.rowIds).filter(() => choices.next().value));
      const isChosen = (source: Table): Table => filterRows(source, (_, position) => chosen.has(source.rowIds[position]!));
      const whole = isChosen(model.apply(table).table);
      const part = model.apply(isChosen(table)).table;
      expect(contents(part)).toEqual(contents(whole));
    }),
  );
});

test("a cell that is not listed as changed is as it was", () => {
  fc.assert(
    fc.property(tables, plans, (table, plan) => {
      const { table: cleaned, report } = cleanTable(table, plan);
      const changes = listChanges(report, { readings: true });
      const keyOf = (id: unknown, column: string): string => JSON.stringify([id, column]);
      const last = new Map<string, unknown>(changes.rowIds.map((id, i) => [keyOf(id, changes.columns[i]!), changes.after[i]]));
      const inputs = recordsFromTable(table);
      recordsFromTable(cleaned).forEach((output, position) => {
        const id = Number(cleaned.rowIds[position]);
        for (const [name, value] of Object.entries(output)) {
          if (report.addedColumns.includes(name)) continue;
          const key = keyOf(id, name);
          expect(value).toEqual(last.has(key) ? last.get(key) : inputs[id]![name]);
        }
      });
    }),
  );
});

test("cells that were only read anew mean the same", () => {
  fc.assert(
    fc.property(tables, plans, (table, plan) => {
      const { before, after } = listChanges(cleanTable(table, plan).report, { rule: "convert.read" });
      before.forEach((text, i) => {
        const value = after[i];
        if (typeof value === "number") expect(value).toBe(Number(String(text).replace("−", "-").replace(/(?<=\d),(?=\d)/, ".")) + 0);
        else if (typeof value === "boolean") expect(value).toBe(String(text).trim() === "Yes");
        else expect(value).toBe(String(text).trim().toLowerCase());
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
