import { checkList, checkObject, lengthOfList, unknownColumn } from "../errors/check";
import { describeValue, suggestName } from "../errors/describe";
import { ClienteleError } from "../errors/error";
import { readOptions } from "../errors/options";
import type { Column, ColumnType } from "./column";
import { columnFromCells, guardReading, idsFromCells, type ReadCell } from "./read-cells";
import { createTable, positionIds, type RowId, type Table } from "./table";

/** Column types by field. */
export type DeclaredTypes = Readonly<Record<string, ColumnType>> | ReadonlyMap<string, ColumnType>;

/** Options of {@link tableFromRecords}. */
export interface TableFromRecordsOptions {
  /** The field whose values become the row ids (it also stays a column). @defaultValue the row's position, from 0 */
  readonly id?: string | undefined;
  /** Take only these fields, in this order. @defaultValue every field that occurs in any record */
  readonly fields?: readonly string[] | undefined;
  /** Leave these fields out, of `fields` too. @defaultValue none */
  readonly exclude?: readonly string[] | undefined;
  /** Declared column types by field, for fields whose values do not tell. A number is stored as text where `"category"` is declared. */
  readonly types?: DeclaredTypes | undefined;
  /**
   * What to do with a field that holds text in some records and numbers or booleans in others:
   * `"error"` names it, `"category"` stores everything as text (cleaning can convert it). @defaultValue "error"
   */
  readonly mixed?: "error" | "category" | undefined;
}

const FROM_RECORDS_OPTIONS = {
  id: { kind: "text" },
  fields: { kind: "names" },
  exclude: { kind: "names", default: [] },
  types: { kind: "object" },
  mixed: { kind: "oneOf", values: ["error", "category"], default: "error" },
} as const;

/**
 * Turns records into columns: the one door through which a caller's objects come in.
 *
 * The columns are the union of the fields of all records. A field becomes a number column when its values are numbers,
 * a boolean column for booleans, a timestamp column for `Date`s, a category column for texts; `null`, `undefined`,
 * `NaN` and a field that is absent are missing. A bigint is stored as a text, its decimal digits, so that ids beyond 2⁵³ stay exact.
 * The records are neither kept nor changed; a field, and so a getter, may be read more than once.
 *
 * @throws ClienteleError `invalidInput` naming row and field for a value that no column can hold
 * (an object, an infinite number, an invalid `Date`), for a field of mixed types, for a record that is no object,
 * and for one whose getter (or Proxy) throws; `duplicateKey` for repeated ids.
 * @example
 * ```ts
 * import { tableFromRecords } from "clientele/data";
 *
 * const table = tableFromRecords([{ id: "a", 年龄: 25 }, { id: "b", 年龄: 30, plan: "pro" }], { id: "id" });
 * console.log([...table.columns.keys()]); // ["id", "年龄", "plan"]
 * console.log(table.columns.get("年龄")?.type); // "number"
 * ```
 */
export function tableFromRecords(records: readonly object[], options?: TableFromRecordsOptions): Table {
  return readRecords("tableFromRecords", records, options);
}

/** Gives a value of a field the form in which it is stored. */
export type RewriteCell = (value: unknown) => unknown;

/** {@link tableFromRecords} for another function, which may `rewrite` the values of some fields first. */
export function readRecords(
  caller: string,
  records: readonly object[],
  options: TableFromRecordsOptions | undefined,
  rewrite: ReadonlyMap<string, RewriteCell> = new Map(),
): Table {
  const { id, fields, exclude, types, mixed } = readOptions(caller, options, FROM_RECORDS_OPTIONS);
  checkList(caller, "records", records);
  // Asked for once: a getter may add to the list that is being read.
  const rowCount = lengthOfList(caller, "records", records);

  const found = fieldsOf(caller, records, rowCount);
  const excluded = new Set(exclude);
  const names = (fields ?? [...found.names]).filter((name) => !excluded.has(name));
  const declared = declaredTypes(types);
  for (const name of [...names, ...exclude, ...declared.keys(), ...(id === undefined ? [] : [id])]) {
    if (rowCount > 0 && !found.names.has(name)) {
      const suggestion = suggestName(name, found.names);
      const hint = suggestion === undefined ? "" : `; did you mean ${JSON.stringify(suggestion)}?`;
      throw new ClienteleError("unknownColumn", `no record has a field ${JSON.stringify(name)}${hint}`, { caller, column: name, rule: "an existing field" });
    }
  }
  const columns = names.map((name) => {
    const build = (read: ReadCell): Column => columnFromCells(caller, name, rowCount, read, declared.get(name), mixed);
    const read = fieldReader(records, name, found.arePlain);
    const write = rewrite.get(name);
    return [name, readField(caller, name, write === undefined ? read : (row) => write(read(row)), build)] as const;
  });
  const rowIds = id === undefined ? undefined : readField(caller, id, fieldReader(records, id, found.arePlain), (read) => idsFromCells(caller, id, rowCount, read));
  return createTable(caller, columns, rowIds ?? (columns.length === 0 ? positionIds(rowCount) : undefined));
}

/** Options of {@link tableFromColumns}. */
export interface TableFromColumnsOptions {
  /** One id for each row. @defaultValue 0, 1, 2 … */
  readonly rowIds?: readonly RowId[] | undefined;
  /** Declared column types, as in {@link TableFromRecordsOptions}. */
  readonly types?: DeclaredTypes | undefined;
  /** As in {@link TableFromRecordsOptions}. @defaultValue "error" */
  readonly mixed?: "error" | "category" | undefined;
}

const FROM_COLUMNS_OPTIONS = {
  rowIds: { kind: "list" },
  types: { kind: "object" },
  mixed: { kind: "oneOf", values: ["error", "category"], default: "error" },
} as const;

/**
 * Makes a table of named lists of values, one list for each column, all of the same length.
 *
 * Types are told from the values as in {@link tableFromRecords}. The lists are copied.
 *
 * @throws ClienteleError as {@link tableFromRecords}, and `lengthMismatch` for lists of different length.
 * @example
 * ```ts
 * import { tableFromColumns } from "clientele/data";
 *
 * const table = tableFromColumns({ plan: ["pro", "free", null], spend: new Float64Array([10, 0, NaN]) });
 * console.log(table.rowCount); // 3
 * ```
 */
export function tableFromColumns(
  columns: Readonly<Record<string, ArrayLike<unknown>>> | ReadonlyMap<string, ArrayLike<unknown>>,
  options?: TableFromColumnsOptions,
): Table {
  const caller = "tableFromColumns";
  const { rowIds, types, mixed } = readOptions(caller, options, FROM_COLUMNS_OPTIONS);
  checkObject(caller, "columns", columns);
  const entries = guardReading(caller, () => entriesOf(columns), () => ({}));
  const declared = declaredTypes(types);
  for (const name of declared.keys()) {
    if (!entries.some(([other]) => other === name)) throw unknownColumn(caller, "types", name, entries.map(([other]) => other));
  }
  const built = entries.map(([name, values]) => {
    checkList(caller, `column ${JSON.stringify(name)}`, values);
    const rowCount = lengthOfList(caller, `column ${JSON.stringify(name)}`, values);
    const build = (read: ReadCell): Column => columnFromCells(caller, name, rowCount, read, declared.get(name), mixed);
    return [name, readField(caller, name, (row) => values[row], build)] as const;
  });
  const ids = rowIds && readField(caller, "rowIds", (row) => rowIds[row], (read) => idsFromCells(caller, "rowIds", lengthOfList(caller, "rowIds", rowIds), read));
  return createTable(caller, built, ids);
}

function entriesOf<Value>(columns: Readonly<Record<string, Value>> | ReadonlyMap<string, Value>): (readonly [string, Value])[] {
  return columns instanceof Map ? [...(columns as ReadonlyMap<string, Value>)] : Object.entries(columns as Readonly<Record<string, Value>>);
}

function declaredTypes(types: DeclaredTypes = new Map()): ReadonlyMap<string, ColumnType> {
  return types instanceof Map ? (types as ReadonlyMap<string, ColumnType>) : new Map(Object.entries(types));
}

/**
 * Builds something of the cells of one field; an error of the caller's own objects is refused by field and row.
 * The row is looked for afterwards, because noting it at each cell takes time: a getter that threw once only has none.
 */
function readField<Result>(caller: string, column: string, read: ReadCell, build: (read: ReadCell) => Result): Result {
  const locate = (): { readonly row?: number; readonly column: string } => {
    let row = 0;
    try {
      build((at) => read((row = at)));
    } catch {
      return { row, column };
    }
    return { column };
  };
  return guardReading(caller, () => build(read), locate);
}

interface Fields {
  readonly names: ReadonlySet<string>;
  /** Every record is an object literal (or has no prototype), so reading a field cannot reach an inherited one. */
  readonly arePlain: boolean;
}

/** The union of the own enumerable fields of all records, in the order of their first appearance. */
function fieldsOf(caller: string, records: readonly unknown[], rowCount: number): Fields {
  let row = 0;
  const readKeys = (): Fields => {
    const names = new Set<string>();
    let arePlain = true;
    let last: readonly string[] = [];
    for (row = 0; row < rowCount; row++) {
      const record: unknown = records[row];
      if (typeof record !== "object" || record === null || Array.isArray(record)) {
        throw new ClienteleError("invalidInput", `row ${row} must be a record (an object); got ${describeValue(record)}`, { caller, row, rule: "an object" });
      }
      const prototype: unknown = Object.getPrototypeOf(record);
      if (prototype !== Object.prototype && prototype !== null) arePlain = false;
      const keys = Object.keys(record);
      // Records of one source mostly have the same fields: comparing is cheaper than adding to the set.
      if (!sameTexts(keys, last)) {
        for (const key of keys) names.add(key);
        last = keys;
      }
    }
    return { names, arePlain };
  };
  return guardReading(caller, readKeys, () => ({ row }));
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function fieldReader(records: readonly object[], name: string, arePlain: boolean): ReadCell {
  const rows = records as readonly Readonly<Record<string, unknown>>[];
  // A record without the field "constructor" must not answer with the one of its prototype.
  if (arePlain && !(name in Object.prototype)) return (row) => rows[row]![name];
  return (row) => (Object.hasOwn(rows[row]!, name) ? rows[row]![name] : undefined);
}
