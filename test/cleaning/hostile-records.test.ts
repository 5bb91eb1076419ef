import { describe, expect, test } from "vitest";
import { cleanTable, draftPlan, profileTable, undoCleaning, type CleaningPlan, type Conversion } from "clientele/cleaning";
import { recordsFromTable, tableFromRecords, type Table, type TableRecord } from "clientele/data";
import { customerSchema, interactionSchema, transactionSchema, validateRecords } from "clientele/schema";
import { ClienteleError } from "../../src/errors/error";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { makeHostileList, pick, SECRET } from "./hostile-values";

const RECORDS = 100_000;

/** Runs something that must give a result or refuse by name, and keep what customers wrote to itself. */
function resultOrRefusal<Result>(run: () => Result): Result | ClienteleError {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ClienteleError)) throw error;
    const { caller, parameter, column, rule, value } = error.details;
    const told = [error.message, caller, parameter, column, rule, typeof value === "object" ? JSON.stringify(value) : String(value)].join("\n");
    if (told.includes(SECRET)) throw new Error(`the refusal repeats a customer's text: ${told}`, { cause: error });
    return error;
  }
}

/** How often something happened: a test of hostile data that refuses everything has tested nothing. */
class Tally {
  readonly counts: Record<string, number> = {};

  add(what: string, count = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + count;
  }
}

/** What a table must hold of a value: undefined if no column can hold it. */
function cellOf(value: unknown): TableRecord[string] | undefined {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (typeof value === "bigint") return String(value);
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "object" || !(value instanceof Date)) return undefined;
  try {
    return Number.isNaN(value.getTime()) ? undefined : new Date(value.getTime());
  } catch {
    return undefined;
  }
}

/** Reads records without the library: their rows as a table must give them back, or undefined where it must refuse. */
function readPlainly(records: readonly unknown[], mixed: "error" | "category"): ReadonlyMap<string, TableRecord[string]>[] | undefined {
  const rows = Array.from(records, () => new Map<string, TableRecord[string]>());
  try {
    const names = new Set<string>();
    for (const record of records) {
      if (typeof record !== "object" || record === null || Array.isArray(record)) return undefined;
      // Whether it is a plain object has to be asked, and a Proxy may refuse.
      Object.getPrototypeOf(record);
      for (const name of Object.keys(record)) names.add(name);
    }
    for (const name of names) {
      const cells = records.map((record) => cellOf(Object.hasOwn(record as object, name) ? Reflect.get(record as object, name) : null));
      const kinds = new Set(cells.map((cell) => (cell instanceof Date ? "time" : typeof cell === "object" ? "missing" : typeof cell)));
      kinds.delete("missing");
      if (kinds.has("undefined") || (kinds.size > 1 && (mixed === "error" || kinds.has("time")))) return undefined;
      rows.forEach((row, i) => row.set(name, kinds.size > 1 && cells[i] !== null ? String(cells[i]) : cells[i]!));
    }
  } catch {
    return undefined;
  }
  return rows;
}

/** A copy of what can be seen of a value and of what it holds directly, to compare with later. */
function snapshotOf(value: unknown, depth = 2): unknown {
  if (depth === 0 || (typeof value !== "object" && typeof value !== "function") || value === null) return value;
  try {
    if (value instanceof Date) return ["a Date", value.getTime()];
    if (ArrayBuffer.isView(value)) return ["a view", new Uint8Array(value.buffer.slice(0))];
    const fields = Reflect.ownKeys(value).map((key) => {
      const { value: held, get, ...flags } = Object.getOwnPropertyDescriptor(value, key)!;
      return [key, snapshotOf(held, depth - 1), get, flags];
    });
    return [value, Object.getPrototypeOf(value), Object.isFrozen(value), fields];
  } catch {
    return [value];
  }
}

/** Compares snapshots by identity where they hold the caller's own objects. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Uint8Array && b instanceof Uint8Array) return a.every((byte, i) => byte === b[i]);
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  if (!isFlags(a) || !isFlags(b)) return false;
  return Object.entries(a).every(([name, flag]) => b[name] === flag);
}

function isFlags(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && "enumerable" in value;
}

const BUILT_INS = [Object.prototype, Array.prototype, Function.prototype, Date.prototype, Map.prototype, String.prototype, Number.prototype] as const;

function builtIns(): unknown {
  return BUILT_INS.map((each) => Reflect.ownKeys(each).map((key) => [key, Object.getOwnPropertyDescriptor(each, key)?.value as unknown]));
}

/** The schemas with the fields whose form they change. */
const SCHEMAS = [
  [customerSchema, ["birthDate", "registeredAt"]],
  [transactionSchema, ["timestamp"]],
  [interactionSchema, ["timestamp"]],
] as const;

function checkValidation(records: readonly unknown[], tally: Tally): void {
  for (const [schema, times] of SCHEMAS) {
    const { valid, validRows, rejected, issues, summary } = validateRecords<Record<string, unknown>>(records, schema);
    const rows = [...validRows, ...rejected.map(({ row }) => row)].sort((a, b) => a - b);
    if (rows.length !== records.length || rows.some((row, i) => row !== i)) throw new Error("the rows do not add up");
    expect(summary).toMatchObject({ rowCount: records.length, validCount: valid.length, rejectedCount: rejected.length, issueCount: issues.length });
    if (JSON.stringify([issues, summary]).includes(SECRET)) throw new Error("an issue repeats a customer's text");
    const withIssue = new Set(issues.map(({ row }) => row));
    for (const { row, record } of rejected) if (!withIssue.has(row) || record !== records[row]) throw new Error(`row ${row} is rejected without a reason`);
    if (withIssue.size !== rejected.length) throw new Error("a valid row has an issue");
    valid.forEach((output, i) => {
      const record = records[validRows[i]!] as object;
      if (output === record) throw new Error("a valid record is the caller's own object");
      for (const name of Object.keys(record)) {
        const given: unknown = Reflect.get(record, name);
        const kept = Object.hasOwn(output, name) ? output[name] : undefined;
        const isKept = (times as readonly string[]).includes(name) && given !== null && given !== undefined ? kept instanceof Date && !Number.isNaN(kept.getTime()) : Object.is(kept, given);
        if (!isKept) throw new Error(`row ${validRows[i]!}: ${JSON.stringify(name)} is not what it was`);
      }
    });
    tally.add("valid", valid.length);
    tally.add("rejected", rejected.length);
  }
}

/** The table of the records, if there must be one. */
function checkTable(records: readonly unknown[], mixed: "error" | "category", tally: Tally): Table | undefined {
  const expected = readPlainly(records, mixed);
  const table = resultOrRefusal(() => tableFromRecords(records as readonly object[], { mixed }));
  if (table instanceof ClienteleError || expected === undefined) {
    if (!(table instanceof ClienteleError)) throw new Error("records were read that no table can hold");
    if (expected !== undefined) throw new Error("records were refused that a table can hold", { cause: table });
    expect(table.code).toBe("invalidInput");
    tally.add("refused");
    return undefined;
  }
  const read = recordsFromTable(table);
  if (table.rowCount !== records.length || read.length !== expected.length) throw new Error("rows were lost");
  expected.forEach((row, position) => {
    const record = read[position]!;
    if (Object.keys(record).length !== row.size) throw new Error(`row ${position} has other fields`);
    for (const [name, cell] of row) {
      const held = Object.hasOwn(record, name) ? record[name] : undefined;
      const isEqual = cell instanceof Date ? held instanceof Date && held.getTime() === cell.getTime() : Object.is(held, cell);
      if (!isEqual) throw new Error(`row ${position}, ${JSON.stringify(name)}: not what went in`);
    }
  });
  tally.add("read");
  return table;
}

function checkProfile(table: Table): void {
  const { rowCount, columns } = profileTable(table);
  const records = recordsFromTable(table);
  expect(rowCount).toBe(table.rowCount);
  expect(columns.map(({ name }) => name)).toEqual([...table.columns.keys()]);
  for (const { name, missingCount, distinctCount } of columns) {
    const present = records.map((record) => record[name]!).filter((cell) => cell !== null);
    // A Map takes −0 for 0, as distinct values do.
    const distinct = new Set(present.map((cell) => (cell instanceof Date ? cell.getTime() : cell)));
    if (missingCount !== rowCount - present.length || distinctCount !== distinct.size) throw new Error(`the profile of ${JSON.stringify(name)} is wrong`);
  }
}

const CONVERSIONS: readonly ((column: string, random: RandomStream) => Conversion)[] = [
  (column, random) => ({
    column,
    to: "number",
    decimal: pick(random, [".", ","]),
    grouping: pick(random, ["none", " ", "'"]),
    parentheses: pick(random, [true, false]),
    percent: random.nextInteger(5) === 0,
    currency: pick(random, [undefined, "EUR"]),
    otherCurrency: "missing",
    suffixes: pick(random, [undefined, ["oz"]]),
    missing: pick(random, [[], ["", "NaN", "999"]]),
    onFailure: pick(random, ["quarantine", "missing", "error"]),
  }),
  (column, random) => ({ column, to: "boolean", languages: ["en", "de"], onFailure: pick(random, ["quarantine", "missing", "error"]) }),
  (column, random) => ({
    column,
    to: "timestamp",
    format: pick(random, ["iso", "dayFirst", "monthFirst", "yearFirst", "epochSeconds", "epochMilliseconds", "excel1900", "excel1904"]),
    timeZone: pick(random, [undefined, "UTC", "Europe/Berlin"]),
    onFailure: pick(random, ["quarantine", "missing"]),
  }),
  (column, random) => ({ column, to: "category", tidy: true, letters: pick(random, ["keep", "lower", "upper"]), missing: pick(random, [[], ["", "null"]]) }),
  (column) => ({ column, to: "id" }),
  (column, random) => ({ column, to: "email", lowerCase: pick(random, [true, false]), onFailure: "missing" }),
  (column) => ({ column, to: "phone", region: "DE", onFailure: "missing" }),
  (column) => ({ column, to: "matchKey", as: `${column} key` }),
];

/** A plan with conversions of every kind, and steps that follow them; some of it does not fit the table. */
function makePlan(table: Table, random: RandomStream): CleaningPlan {
  const names = [...table.columns.keys()];
  const chosen = names.filter(() => random.nextInteger(3) > 0);
  const numbers = names.filter((name) => table.columns.get(name)?.type === "number");
  return {
    convert: chosen.map((name) => pick(random, CONVERSIONS)(name, random)),
    duplicates: names.length > 0 && random.nextInteger(4) === 0 ? { key: [pick(random, names)], keep: pick(random, ["first", "last", "mostComplete"]) } : undefined,
    repeatedRows: pick(random, ["report", "remove", "ignore"]),
    outliers: numbers.filter(() => random.nextInteger(4) === 0).map((column) => ({ column, method: "iqr", action: pick(random, ["clip", "flag", "quarantine"]) })),
    missing: names.filter(() => random.nextInteger(4) === 0).map((column) => ({ column, fill: pick(random, ["mode", "median"]) })),
  };
}

/** E.164 for anything with enough digits: enough to ask for every text. */
const phone = (text: string): string | undefined => {
  const digits = text.replace(/\D/g, "");
  return digits.length >= 7 && digits.length <= 15 ? `+${digits}` : undefined;
};

function checkCleaning(table: Table, plan: CleaningPlan, tally: Tally): ClienteleError | undefined {
  const cleaned = resultOrRefusal(() => cleanTable(table, plan, { phone }));
  if (cleaned instanceof ClienteleError) {
    tally.add(`plan ${cleaned.code}`);
    return cleaned;
  }
  const { quarantined, merged, report } = cleaned;
  expect(report.rowsOut + report.rowsQuarantined + report.rowsMerged).toBe(report.rowsIn);
  expect([report.rowsIn, report.rowsOut, report.rowsQuarantined, report.rowsMerged]).toEqual([table.rowCount, cleaned.table.rowCount, quarantined.rows.length, merged.rows.length]);
  const ids = [cleaned.table, quarantined.table, merged.table].flatMap((part) => Array.from(part.rowIds, Number));
  if (ids.sort((a, b) => a - b).some((id, row) => id !== row)) throw new Error("a row is in two places, or in none");
  const restored = undoCleaning(cleaned);
  if (!isSame(contentsOf(restored), contentsOf(table))) throw new Error("the cleaning cannot be undone");
  if (JSON.stringify(report.counts).includes(SECRET)) throw new Error("the counts repeat a customer's text");
  tally.add("cleaned");
  tally.add("changed cells", report.changes.reduce((sum, { rows }) => sum + rows.length, 0));
  tally.add("quarantined rows", report.rowsQuarantined);
  return undefined;
}

function contentsOf(table: Table): unknown {
  const cells = recordsFromTable(table).map((record) => Object.entries(record).map(([name, cell]) => [name, cell instanceof Date ? cell.getTime() : cell]));
  return [Array.from(table.rowIds), Array.from(table.columns, ([name, { type }]) => [name, type]), cells];
}

describe("hostile records", () => {
  test(`${RECORDS.toLocaleString("en")} of them: each call ends in a right result or a named refusal`, () => {
    const random = new RandomStream(20_261_101);
    const tally = new Tally();
    const before = builtIns();
    let count = 0;
    for (let list = 0; count < RECORDS; list++) {
      const records = makeHostileList(random);
      const snapshot = records.map((record) => snapshotOf(record));
      const where = `list ${list}`;
      try {
        checkValidation(records, tally);
        const table = checkTable(records, pick(random, ["error", "category"]), tally);
        if (table !== undefined) {
          checkProfile(table);
          checkCleaning(table, makePlan(table, random), tally);
          const refusal = checkCleaning(table, draftPlan(profileTable(table)), tally);
          if (refusal !== undefined) throw new Error("a drafted plan is refused by its own table", { cause: refusal });
        }
        if (!isSame(records.map((record) => snapshotOf(record)), snapshot)) throw new Error("the records were changed");
      } catch (cause) {
        throw new Error(`${where}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      }
      count += records.length;
    }
    expect(builtIns()).toEqual(before);
    console.log(tally.counts);
  }, 60_000);
});
