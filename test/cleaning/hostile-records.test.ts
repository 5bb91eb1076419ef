import { describe, expect, test } from "vitest";
import { cleanTable, draftPlan, profileTable, undoCleaning, type CleaningPlan, type Conversion, type Rule, type TableProfile } from "clientele/cleaning";
import { recordsFromTable, tableFromColumns, tableFromRecords, type ColumnType, type Table, type TableRecord } from "clientele/data";
import { customerSchema, interactionSchema, transactionSchema, validateRecords } from "clientele/schema";
import { ClienteleError } from "../../src/errors/error";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { FIELDS, makeHostileList, pick, SECRET } from "./hostile-values";

const RECORDS = 100_000;

/** Runs something that must give a result or refuse by name, and keep what customers wrote to itself. */
function resultOrRefusal<Result>(run: () => Result): Result | ClienteleError {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ClienteleError)) throw error;
    const { caller, parameter, column, rule, value } = error.details;
    const told = [error.message, caller, parameter, column, rule, JSON.stringify(value)].join("\n");
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
      const field = Object.getOwnPropertyDescriptor(value, key)!;
      return [key, snapshotOf(field.value, depth - 1), Reflect.get(field, "get"), field.enumerable, field.configurable, field.writable];
    });
    return [value, Object.getPrototypeOf(value), Object.isFrozen(value), fields];
  } catch {
    return [value];
  }
}

/** Compares snapshots; the caller's own objects in them by identity. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Uint8Array && b instanceof Uint8Array) return a.length === b.length && a.every((byte, i) => byte === b[i]);
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => isSame(item, b[i]));
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

/** Whether a schema made the right Date of what was given: of a text and of milliseconds by Date itself. */
function isTimeOf(kept: unknown, given: unknown): boolean {
  return kept instanceof Date && kept !== given && kept.getTime() === new Date(given as Date | string | number).getTime();
}

function checkValidation(records: readonly unknown[], [schema, times]: (typeof SCHEMAS)[number], tally: Tally): void {
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
      const isTime = (times as readonly string[]).includes(name) && given !== null && given !== undefined;
      if (isTime ? !isTimeOf(kept, given) : !Object.is(kept, given)) throw new Error(`row ${validRows[i]!}: ${JSON.stringify(name)} is not what it was`);
    }
  });
  tally.add("valid", valid.length);
  tally.add("rejected", rejected.length);
}

function isEqualCell(held: unknown, cell: TableRecord[string] | undefined): boolean {
  return cell instanceof Date ? held instanceof Date && held.getTime() === cell.getTime() : Object.is(held, cell);
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
    const record: Readonly<Record<string, unknown>> = read[position]!;
    if (Object.keys(record).length !== row.size) throw new Error(`row ${position} has other fields`);
    for (const [name, cell] of row) {
      const held = Object.hasOwn(record, name) ? record[name] : undefined;
      if (!isEqualCell(held, cell)) throw new Error(`row ${position}, ${JSON.stringify(name)}: not what went in`);
    }
  });
  tally.add("read");
  return table;
}

function checkProfile(table: Table): TableProfile {
  const profile = profileTable(table);
  const { rowCount, columns } = profile;
  const records = recordsFromTable(table);
  expect(rowCount).toBe(table.rowCount);
  expect(columns.map(({ name }) => name)).toEqual([...table.columns.keys()]);
  for (const { name, missingCount, distinctCount } of columns) {
    const present = records.map((record) => record[name] ?? null).filter((cell) => cell !== null);
    // A Map takes −0 for 0, as distinct values do.
    const distinct = new Set(present.map((cell) => (cell instanceof Date ? cell.getTime() : cell)));
    if (missingCount !== rowCount - present.length || distinctCount !== distinct.size) throw new Error(`the profile of ${JSON.stringify(name)} is wrong`);
  }
  return profile;
}

type MakeStep<Step> = (column: string, random: RandomStream) => Step;

/** Conversions and rules that a column of a type can have. */
const CONVERSIONS = {
  number: (column, random) => ({
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
    onFailure: pick(random, ["quarantine", "missing", "missing"]),
  }),
  boolean: (column, random) => ({ column, to: "boolean", languages: ["en", "de"], onFailure: pick(random, ["quarantine", "missing", "missing"]) }),
  timestamp: (column, random) => ({
    column,
    to: "timestamp",
    format: pick(random, ["iso", "dayFirst", "monthFirst", "yearFirst"]),
    timeZone: pick(random, [undefined, "UTC", "Europe/Berlin"]),
    onFailure: pick(random, ["quarantine", "missing"]),
  }),
  numberTime: (column, random) => ({ column, to: "timestamp", format: pick(random, ["epochSeconds", "epochMilliseconds", "excel1900", "excel1904"]), onFailure: "missing" }),
  category: (column, random) => ({ column, to: "category", tidy: true, letters: pick(random, ["keep", "lower", "upper"]), missing: pick(random, [[], ["", "null"]]) }),
  id: (column) => ({ column, to: "id", onFailure: "missing" }),
  email: (column, random) => ({ column, to: "email", lowerCase: pick(random, [true, false]), onFailure: "missing" }),
  phone: (column) => ({ column, to: "phone", region: "DE", onFailure: "missing" }),
  matchKey: (column) => ({ column, to: "matchKey", as: `${column} key` }),
} satisfies Readonly<Record<string, MakeStep<Conversion>>>;

const RULES = {
  required: (column, random) => ({ rule: "required", column, onViolation: pick(random, ["report", "quarantine"]) }),
  range: (column, random) => ({ rule: "range", column, min: 0, max: 1000, onViolation: pick(random, ["report", "quarantine", "missing"]) }),
  oneOf: (column, random) => ({ rule: "oneOf", column, values: ["", "0", "__proto__", "true"], onViolation: pick(random, ["report", "missing"]) }),
  pattern: (column) => ({ rule: "pattern", column, pattern: "[^\\p{C}]*" }),
  unique: (column) => ({ rule: "unique", columns: [column] }),
  monotonic: (column, random) => ({ rule: "monotonic", column, orderBy: column, strict: pick(random, [true, false]) }),
  spelling: (column, random) => ({ rule: "spelling", column, minRatio: 2, onViolation: pick(random, ["report", "repair"]) }),
} satisfies Readonly<Record<string, MakeStep<Rule>>>;

const FITTING = {
  number: { convert: ["number", "numberTime", "category", "id"], rules: ["required", "range", "unique", "monotonic"] },
  category: { convert: ["number", "boolean", "timestamp", "category", "id", "email", "phone", "matchKey"], rules: ["required", "oneOf", "pattern", "unique", "spelling"] },
  boolean: { convert: ["boolean", "category"], rules: ["required", "unique"] },
  timestamp: { convert: ["timestamp"], rules: ["required", "unique", "monotonic"] },
} as const satisfies Readonly<Record<ColumnType, { convert: readonly (keyof typeof CONVERSIONS)[]; rules: readonly (keyof typeof RULES)[] }>>;

/** A plan with steps that mostly fit the types of the columns; those of another type are refused, which is a right answer too. */
function makePlan(table: Table, random: RandomStream): CleaningPlan {
  const columns = Array.from(table.columns, ([name, { type }]) => ({ name, type }));
  const some = (chance: number): typeof columns => columns.filter(() => random.nextInteger(chance) === 0);
  const fits = random.nextInteger(5) > 0;
  const typeFor = (type: ColumnType): ColumnType => (fits ? type : pick(random, ["number", "category", "boolean", "timestamp"]));
  const convert = some(2).map(({ name, type }) => CONVERSIONS[pick<keyof typeof CONVERSIONS>(random, FITTING[typeFor(type)].convert)](name, random));
  const converted = new Set(fits ? convert.map(({ column }) => column) : []);
  const untouched = columns.filter(({ name }) => !converted.has(name));
  return {
    convert,
    placeholders: untouched.filter(({ type }) => (type === "number" || type === "category") && random.nextInteger(4) === 0).map(({ name }) => ({ column: name, values: [999, "null", "\0"] })),
    rules: untouched.filter(() => random.nextInteger(2) === 0).map(({ name, type }) => RULES[pick<keyof typeof RULES>(random, FITTING[typeFor(type)].rules)](name, random)),
    duplicates: columns.length > 0 && random.nextInteger(4) === 0 ? { key: [pick(random, columns).name], keep: pick(random, ["first", "last", "mostComplete"]) } : undefined,
    repeatedRows: pick(random, ["report", "remove", "ignore"]),
    outliers: untouched.filter(({ type }) => type === "number" && random.nextInteger(4) === 0).map(({ name }) => ({ column: name, method: "iqr", action: pick(random, ["clip", "quarantine"]) })),
    missing: some(4).map(({ name }) => ({ column: name, fill: "mode" })),
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

/** Row ids are the values of a field, or the field cannot give any. */
function checkIds(records: readonly unknown[], random: RandomStream, tally: Tally): void {
  const id = pick(random, ["id", "id", pick(random, FIELDS)]);
  const table = resultOrRefusal(() => tableFromRecords(records as readonly object[], { id, mixed: "category" }));
  if (table instanceof ClienteleError) {
    expect(["invalidInput", "duplicateKey", "unknownColumn"]).toContain(table.code);
    return;
  }
  const ids = records.map((record) => Reflect.get(record as object, id) as unknown);
  if (ids.some((value, row) => table.rowIds[row] !== (typeof value === "bigint" ? String(value) : value))) throw new Error("the ids are not those of the records");
  if (new Set(ids).size < ids.length) throw new Error("two rows have one id");
  if (ids.length > 1) tally.add("read with ids");
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
      try {
        checkValidation(records, pick(random, SCHEMAS), tally);
        checkIds(records, random, tally);
        const table = checkTable(records, pick(random, ["error", "category"]), tally);
        if (table !== undefined) {
          const profile = checkProfile(table);
          checkCleaning(table, makePlan(table, random), tally);
          const refusal = checkCleaning(table, draftPlan(profile), tally);
          if (refusal !== undefined) throw new Error("a drafted plan is refused by its own table", { cause: refusal });
        }
        if (!isSame(records.map((record) => snapshotOf(record)), snapshot)) throw new Error("the records were changed");
      } catch (cause) {
        throw new Error(`list ${list}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      }
      count += records.length;
    }
    expect(isSame(builtIns(), before)).toBe(true);
    // Data that are all refused, or all harmless, would test nothing.
    for (const [what, least] of LEAST) expect(tally.counts[what], what).toBeGreaterThan(least);
  }, 120_000);
});

/** What must have happened at least so often. */
const LEAST = [
  ["valid", 15_000],
  ["rejected", 50_000],
  ["refused", 1_000],
  ["read", 2_000],
  ["read with ids", 300],
  ["cleaned", 4_000],
  ["changed cells", 20_000],
  ["quarantined rows", 500],
  ["plan invalidInput", 100],
] as const;

describe("hostile lists", () => {
  const { proxy: revokedList, revoke } = Proxy.revocable([{ id: 1 }], {});
  revoke();
  const fail = (): never => {
    throw new Error(SECRET);
  };
  const lying = (length: unknown): unknown => new Proxy([], { get: (target, key) => (key === "length" ? length : (Reflect.get(target, key) as unknown)) });
  const throwingTraps: ProxyHandler<object> = { get: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail, getPrototypeOf: fail };
  const notLists: readonly (readonly [string, unknown])[] = [
    ["a revoked Proxy of a list", revokedList],
    ["a Proxy of a list whose traps throw", new Proxy([{ id: 1 }], throwingTraps)],
    ["a Proxy of an object whose traps throw", new Proxy({}, throwingTraps)],
    ...[-1, NaN, 1.5, Infinity, "3", null].map((length) => [`a Proxy that tells the length ${String(length)}`, lying(length)] as const),
    ["a text", SECRET],
    ["nothing", undefined],
    ["null", null],
    ["an object with a length", { length: 1, 0: { id: 1 } }],
    ["an iterator", [{ id: 1 }].values()],
    ["a Set", new Set([{ id: 1 }])],
    ["a DataView", new DataView(new ArrayBuffer(8))],
    ["a function", fail],
  ];

  test.each(notLists)("%s is refused by name", (_what, list) => {
    for (const call of [
      () => tableFromRecords(list as readonly object[]),
      () => tableFromColumns({ a: list as readonly unknown[] }),
      ...SCHEMAS.map(([schema]) => () => validateRecords<unknown>(list as readonly unknown[], schema)),
    ]) {
      const refusal = resultOrRefusal<unknown>(call);
      expect(refusal).toBeInstanceOf(ClienteleError);
      expect((refusal as ClienteleError).code).toBe("invalidInput");
    }
  });

  test("columns that are no record of columns are refused by name", () => {
    for (const columns of [revokedList, new Proxy({}, throwingTraps), new Proxy([], throwingTraps), null, SECRET]) {
      expect(resultOrRefusal(() => tableFromColumns(columns as never))).toMatchObject({ code: "invalidInput" });
    }
  });

  test("a row whose reading throws is refused by a table, and one rejected row of a validation", () => {
    const withGetter = Object.defineProperty([{ id: "a" }, { id: "b" }, { id: "c" }], 1, { get: fail, enumerable: true });
    const withTrap = new Proxy([{ id: "a" }, { id: "b" }, { id: "c" }], { get: (target, key) => (key === "1" ? fail() : (Reflect.get(target, key) as unknown)) });
    for (const list of [withGetter, withTrap]) {
      const { validRows, rejected, issues } = validateRecords(list, customerSchema);
      expect([...validRows]).toEqual([0, 2]);
      expect(rejected).toEqual([{ row: 1, record: undefined }]);
      expect(issues).toEqual([{ row: 1, field: null, path: [], rule: "unreadable", message: "must be readable without an error" }]);
      expect(resultOrRefusal(() => tableFromRecords(list))).toMatchObject({ code: "invalidInput", details: { row: 1 } });
    }
  });

  test("a list that grows or shrinks while it is read gives the rows it had, or is refused", () => {
    const growing: object[] = [];
    growing.push({ id: 1 }, { get id() { return growing.push({ id: 9, late: true }); } }, { id: 3 });
    const table = tableFromRecords(growing);
    expect([table.rowCount, [...table.columns.keys()]]).toEqual([3, ["id"]]);
    const shrinking: object[] = [];
    shrinking.push({ get id() { shrinking.length = 1; return 1; } }, { id: 2 });
    expect(resultOrRefusal(() => tableFromRecords(shrinking))).toMatchObject({ code: "invalidInput" });
  });

  test("sparse lists, frozen lists, lists of another class and transparent Proxies are lists", () => {
    class Records extends Array<object> {}
    const rows = [{ id: "a" }, { id: "b" }];
    for (const list of [Object.freeze([...rows]), Records.from(rows), new Proxy(rows, {})]) {
      expect(recordsFromTable(tableFromRecords(list))).toEqual(rows);
      expect(validateRecords(list, customerSchema).summary.validCount).toBe(2);
    }
    const sparse = new Array<object>(3);
    sparse[1] = { id: "a" };
    expect(resultOrRefusal(() => tableFromRecords(sparse))).toMatchObject({ code: "invalidInput", details: { row: 0 } });
    expect([...validateRecords(sparse, customerSchema).validRows]).toEqual([1]);
  });
});
