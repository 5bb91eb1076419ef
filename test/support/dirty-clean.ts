import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { cleanTable, type CleaningPlan, type DependencyRule, type Rule } from "clientele/cleaning";
import { recordsFromTable, tableFromRecords, type Table } from "clientele/data";
import { judgedColumn } from "../../src/cleaning/rules/describe-rule";

/** Tables that were spoilt, with the truth: see test/data/dirty-clean/README.md. */
export type DirtyTable = "hospital" | "beers";

const determines = (from: string | readonly string[], to: readonly string[], more: Partial<DependencyRule> = {}): Rule[] =>
  to.map((column) => ({ rule: "dependency", from: typeof from === "string" ? [from] : from, to: column, onViolation: "repair", ...more }));

/**
 * What somebody who knows hospitals and breweries, but not the truth, writes down in ten minutes after a look at the columns of `dirty.csv`
 * (their distinct values and how often they occur). Fixed before anything was measured.
 */
export const PLANS: Readonly<Record<DirtyTable, CleaningPlan>> = {
  hospital: {
    rules: [
      ...determines("provider_number", ["name", "address_1", "city", "state", "zip", "county", "phone", "type", "owner", "emergency_service"]),
      ...determines("phone", ["provider_number", "name", "address_1", "city", "zip"]),
      ...determines("name", ["provider_number", "phone"]),
      ...determines("zip", ["city", "state", "county"]),
      ...determines("city", ["county"]),
      ...determines("measure_code", ["measure_name", "condition"]),
      ...determines("measure_name", ["measure_code", "condition"]),
      ...determines(["state", "measure_code"], ["state_average"]),
      ...determines("state_average", ["state", "measure_code"]),
      ...["name", "address_1", "city", "county", "type", "owner", "condition", "measure_name"].map((column): Rule => ({ rule: "spelling", column, maxDistance: 2, onViolation: "repair" })),
      { rule: "oneOf", column: "state", values: ["al", "ak"] },
      { rule: "oneOf", column: "emergency_service", values: ["yes", "no"] },
      { rule: "pattern", column: "provider_number", pattern: "\\d{5}" },
      { rule: "pattern", column: "zip", pattern: "\\d{5}" },
      { rule: "pattern", column: "phone", pattern: "\\d{10}" },
      { rule: "pattern", column: "score", pattern: "\\d{1,3}%|empty" },
      { rule: "pattern", column: "sample", pattern: "\\d+ patients|empty" },
    ],
  },
  beers: {
    convert: [
      { column: "ounces", to: "number", suffixes: ["oz", "oz.", "OZ.", "ounce", "oz. Alumi-Tek", "oz. Silo Can"] },
      { column: "abv", to: "number", suffixes: ["%"], missing: [""] },
      { column: "ibu", to: "number", missing: ["N/A"] },
      { column: "state", to: "category", missing: [""] },
    ],
    rules: [
      ...determines("brewery_id", ["brewery_name", "city"]),
      ...determines("brewery_id", ["state"], { fillMissing: true }),
      { rule: "required", column: "state" },
      { rule: "pattern", column: "state", pattern: "[A-Z]{2}" },
      { rule: "pattern", column: "city", pattern: "(?!.* [A-Z]{2}$).+" },
    ],
  },
};

/** How many cells were rightly picked out. */
export interface Hits {
  readonly picked: number;
  readonly right: number;
  /** `right / picked` */
  readonly precision: number;
  /** `right` in all cells that are dirty. */
  readonly recall: number;
}

/**
 * What a plan found and put right, cell by cell.
 *
 * A cell is dirty if its text in `dirty.csv` is not that in `clean.csv`. It is detected if a conversion or a repair changed it, or a rule of
 * the plan is broken by its row and judges its column; it is rightly detected if it is dirty. A change is right if what was
 * written is what `clean.csv` has. Numbers are compared by their value, no value is an empty text.
 */
export interface Measured {
  readonly cells: number;
  readonly dirty: number;
  readonly detected: Hits;
  readonly repaired: Hits;
  readonly detectedBy: ReadonlyMap<string, Hits>;
  readonly repairedBy: ReadonlyMap<string, Hits>;
  /** Dirty cells of each column, and how many of them are right now. */
  readonly columns: readonly { readonly column: string; readonly dirty: number; readonly detected: number; readonly right: number; readonly spoilt: number }[];
}

function readRows(table: DirtyTable, file: "dirty" | "clean"): string[][] {
  const csv = readFileSync(new URL(`../data/dirty-clean/${table}/${file}.csv`, import.meta.url), "utf8");
  return Papa.parse<string[]>(csv, { skipEmptyLines: true }).data;
}

function tableOf([header = [], ...rows]: string[][]): Table {
  return tableFromRecords(rows.map((row) => Object.fromEntries(header.map((column, j) => [column, row[j]]))));
}

/** The table as it was spoilt, all of it texts. */
export function readDirtyTable(table: DirtyTable): Table {
  return tableOf(readRows(table, "dirty"));
}

function isSame(written: unknown, text: string): boolean {
  return typeof written === "number" ? text !== "" && written === Number(text) : written === text;
}

/** Cleans a table by its plan and compares it with the truth. */
export function measureCleaning(name: DirtyTable): Measured {
  const source = readRows(name, "dirty");
  const [header = [], ...dirtyRows] = source;
  const cleanRows = readRows(name, "clean").slice(1);
  const { table, report, model } = cleanTable(tableOf(source), PLANS[name]);
  if (table.rowCount !== cleanRows.length) throw new Error("the plan sets rows aside; cells cannot be compared");
  const output = recordsFromTable(table);

  const cell = (row: number, column: string): number => row * header.length + header.indexOf(column);
  const dirty = new Set<number>();
  const right = new Set<number>();
  const changed = new Set<number>();
  dirtyRows.forEach((texts, row) =>
    header.forEach((column, j) => {
      const written = output[row]![column] ?? "";
      if (texts[j] !== cleanRows[row]![j]) dirty.add(cell(row, column));
      if (isSame(written, cleanRows[row]![j]!)) right.add(cell(row, column));
      if (!isSame(written, texts[j]!)) changed.add(cell(row, column));
    }),
  );

  const detectedBy = new Map<string, Set<number>>();
  const repairedBy = new Map<string, Set<number>>();
  const add = (sets: Map<string, Set<number>>, key: string, one: number): void => void (sets.get(key) ?? sets.set(key, new Set()).get(key)!).add(one);
  for (const [i, { rule, rows }] of report.rules.entries()) for (const row of rows) add(detectedBy, rule, cell(row, judgedColumn(model.plan.rules[i]!)));
  for (const { column, rows, rules, ruleCodes } of report.changes) {
    rows.forEach((row, i) => {
      const one = cell(row, column);
      if (!changed.has(one)) return;
      add(repairedBy, rules[ruleCodes[i]!]!, one);
      if (rules[ruleCodes[i]!]!.startsWith("convert.")) add(detectedBy, "convert", one);
    });
  }
  const detected = new Set([...changed, ...[...detectedBy.values()].flatMap((set) => [...set])]);
  const hits = (picked: ReadonlySet<number>, good: ReadonlySet<number>): Hits => {
    const count = [...picked].filter((one) => good.has(one)).length;
    return { picked: picked.size, right: count, precision: count / picked.size, recall: count / dirty.size };
  };
  const ofColumn = (set: ReadonlySet<number>, j: number): number[] => [...set].filter((one) => one % header.length === j);
  return {
    cells: dirtyRows.length * header.length,
    dirty: dirty.size,
    detected: hits(detected, dirty),
    repaired: hits(changed, right),
    detectedBy: new Map(Array.from(detectedBy, ([rule, set]) => [rule, hits(set, dirty)])),
    repairedBy: new Map(Array.from(repairedBy, ([rule, set]) => [rule, hits(set, right)])),
    columns: header.map((column, j) => ({
      column,
      dirty: ofColumn(dirty, j).length,
      detected: ofColumn(dirty, j).filter((one) => detected.has(one)).length,
      right: ofColumn(dirty, j).filter((one) => right.has(one)).length,
      spoilt: ofColumn(changed, j).filter((one) => !right.has(one)).length,
    })),
  };
}
