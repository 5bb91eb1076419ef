import { checkList, checkObject } from "../errors/check";
import { describeValue } from "../errors/describe";
import { ClienteleError } from "../errors/error";
import { readOptions } from "../errors/options";
import { CategoryBuilder, MISSING_BOOLEAN, MISSING_CATEGORY, type Column, type ColumnType } from "./column";
import { createTable, type RowId, type Table } from "./table";

/** Options of {@link tableFromRecords}. */
export interface TableFromRecordsOptions {
  /** The field whose values become the row ids (it also stays a column). @defaultValue the row's position, from 0 */
  readonly id?: string | undefined;
  /** Take only these fields, in this order. @defaultValue every field that occurs in any record */
  readonly fields?: readonly string[] | undefined;
  /** Leave these fields out. @defaultValue none */
  readonly exclude?: readonly string[] | undefined;
  /** Declared column types by field, for fields whose values do not tell. A number is stored as text where `"category"` is declared. */
  readonly types?: Readonly<Record<string, ColumnType>> | ReadonlyMap<string, ColumnType> | undefined;
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
  types: { kind: "custom" },
  mixed: { kind: "oneOf", values: ["error", "category"], default: "error" },
} as const;

/**
 * Turns records into columns: the one door through which a caller's objects come in.
 *
 * The columns are the union of the fields of all records. A field becomes a number column when its values are numbers,
 * a boolean column for booleans, a timestamp column for `Date`s, a category column for texts; `null`, `undefined`,
 * `NaN` and a field that is absent are missing. The records are read once and neither kept nor changed.
 *
 * @throws ClienteleError `invalidInput` naming row and field for a value that no column can hold
 * (an object, an infinite number, an invalid `Date`), for a field of mixed types, and for a record that is no object;
 * `duplicateKey` for repeated ids.
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
  const caller = "tableFromRecords";
  const { id, fields, exclude, types, mixed } = readOptions(caller, options, FROM_RECORDS_OPTIONS);
  checkList(caller, "records", records);

  const found = fieldsOf(caller, records);
  const excluded = new Set(exclude);
  const names = fields ?? [...found.names].filter((name) => !excluded.has(name));
  for (const name of [...names, ...exclude, ...(id === undefined ? [] : [id])]) {
    if (records.length > 0 && !found.names.has(name)) {
      throw new ClienteleError("unknownColumn", `no record has a field ${JSON.stringify(name)}`, { caller, column: name, rule: "an existing field" });
    }
  }
  const declared = types instanceof Map ? (types as ReadonlyMap<string, ColumnType>) : new Map(Object.entries(types ?? {}) as [string, ColumnType][]);
  const columns = names.map((name) => {
    const read = fieldReader(records, name, found.arePlain);
    return [name, columnFromCells(caller, name, records.length, read, declared.get(name), mixed)] as const;
  });
  const rowIds = id === undefined ? undefined : idsFromCells(caller, id, records.length, fieldReader(records, id, found.arePlain));
  return createTable(caller, columns, rowIds ?? (columns.length === 0 ? Array.from(records, (_, row) => row) : undefined));
}

/** Options of {@link tableFromColumns}. */
export interface TableFromColumnsOptions {
  /** One id for each row. @defaultValue 0, 1, 2 … */
  readonly rowIds?: readonly RowId[] | undefined;
  /** Declared column types, as in {@link TableFromRecordsOptions}. */
  readonly types?: Readonly<Record<string, ColumnType>> | ReadonlyMap<string, ColumnType> | undefined;
  /** As in {@link TableFromRecordsOptions}. @defaultValue "error" */
  readonly mixed?: "error" | "category" | undefined;
}

const FROM_COLUMNS_OPTIONS = {
  rowIds: { kind: "custom" },
  types: { kind: "custom" },
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
  const entries = columns instanceof Map ? [...(columns as ReadonlyMap<string, ArrayLike<unknown>>)] : Object.entries(columns as Record<string, ArrayLike<unknown>>);
  const declared = types instanceof Map ? (types as ReadonlyMap<string, ColumnType>) : new Map(Object.entries(types ?? {}) as [string, ColumnType][]);
  const built = entries.map(([name, values]) => {
    checkList(caller, `column ${JSON.stringify(name)}`, values);
    return [name, columnFromCells(caller, name, values.length, (row) => values[row], declared.get(name), mixed)] as const;
  });
  const ids = rowIds === undefined ? undefined : idsFromCells(caller, "rowIds", rowIds.length, (row) => rowIds[row]);
  return createTable(caller, built, ids);
}

interface Fields {
  readonly names: ReadonlySet<string>;
  /** Every record is an object literal (or has no prototype), so reading a field cannot reach an inherited one. */
  readonly arePlain: boolean;
}

/** The union of the own enumerable fields of all records, in the order of their first appearance. */
function fieldsOf(caller: string, records: readonly unknown[]): Fields {
  const names = new Set<string>();
  let arePlain = true;
  let last: readonly string[] = [];
  for (let row = 0; row < records.length; row++) {
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
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

type ReadCell = (row: number) => unknown;

function fieldReader(records: readonly object[], name: string, arePlain: boolean): ReadCell {
  const rows = records as readonly Readonly<Record<string, unknown>>[];
  // A record without the field "constructor" must not answer with the one of its prototype.
  if (arePlain && !(name in Object.prototype)) return (row) => rows[row]![name];
  return (row) => (Object.hasOwn(rows[row]!, name) ? rows[row]![name] : undefined);
}

function columnFromCells(
  caller: string,
  name: string,
  rowCount: number,
  read: ReadCell,
  declared: ColumnType | undefined,
  mixed: "error" | "category",
): Column {
  switch (declared ?? inferType(caller, name, rowCount, read, mixed)) {
    case "number":
      return { type: "number", values: readNumbers(caller, name, rowCount, read) };
    case "timestamp":
      return { type: "timestamp", values: readTimestamps(caller, name, rowCount, read) };
    case "boolean":
      return { type: "boolean", values: readBooleans(caller, name, rowCount, read) };
    case "category":
      return readCategories(caller, name, rowCount, read);
    default:
      throw new ClienteleError("invalidOption", `types: ${JSON.stringify(name)} must be one of "number", "category", "boolean", "timestamp"`, {
        caller,
        parameter: "types",
        column: name,
      });
  }
}

/** The type that the values of a field have; a field without any value is a category column of missing cells. */
function inferType(caller: string, name: string, rowCount: number, read: ReadCell, mixed: "error" | "category"): ColumnType {
  let type: ColumnType | undefined;
  let firstRow = 0;
  for (let row = 0; row < rowCount; row++) {
    const value = read(row);
    // NaN says that a number is missing: by itself it makes no number column, and spoils no other.
    if (value === undefined || value === null || value !== value) continue;
    const found = typeOfCell(caller, name, row, value);
    if (type === undefined) {
      type = found;
      firstRow = row;
    } else if (found !== type) {
      if (mixed === "category" && found !== "timestamp" && type !== "timestamp") return "category";
      throw new ClienteleError(
        "invalidInput",
        `field ${JSON.stringify(name)} holds values of type ${type} (first in row ${firstRow}) and of type ${found} (row ${row}); ` +
          `declare one in \`types\`, or keep all as text with mixed: "category" and convert it in cleaning`,
        { caller, column: name, row, rule: "one type in each field" },
      );
    }
  }
  return type ?? (rowCount > 0 && holdsNaN(rowCount, read) ? "number" : "category");
}

function holdsNaN(rowCount: number, read: ReadCell): boolean {
  for (let row = 0; row < rowCount; row++) if (Number.isNaN(read(row))) return true;
  return false;
}

function typeOfCell(caller: string, name: string, row: number, value: unknown): ColumnType {
  switch (typeof value) {
    case "number":
      return "number";
    case "string":
      return "category";
    case "boolean":
      return "boolean";
    default:
      if (value instanceof Date) return "timestamp";
      throw refuseCell(caller, name, row, value, "a number, text, boolean, Date or missing");
  }
}

function readNumbers(caller: string, name: string, rowCount: number, read: ReadCell): Float64Array {
  const values = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const value = read(row);
    if (typeof value === "number" && value - value === 0) values[row] = value;
    else if (value === undefined || value === null || value !== value) values[row] = NaN;
    else throw refuseCell(caller, name, row, value, "a finite number or missing");
  }
  return values;
}

function readTimestamps(caller: string, name: string, rowCount: number, read: ReadCell): Float64Array {
  const values = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const value = read(row);
    const time = value instanceof Date ? value.getTime() : value;
    if (value === undefined || value === null) values[row] = NaN;
    else if (typeof time === "number" && Number.isFinite(time)) values[row] = time;
    else throw refuseCell(caller, name, row, value, "a valid Date, milliseconds or missing");
  }
  return values;
}

function readBooleans(caller: string, name: string, rowCount: number, read: ReadCell): Uint8Array {
  const values = new Uint8Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const value = read(row);
    if (typeof value === "boolean") values[row] = value ? 1 : 0;
    else if (value === undefined || value === null) values[row] = MISSING_BOOLEAN;
    else throw refuseCell(caller, name, row, value, "true, false or missing");
  }
  return values;
}

function readCategories(caller: string, name: string, rowCount: number, read: ReadCell): Column {
  const codes = new Int32Array(rowCount);
  const builder = new CategoryBuilder();
  for (let row = 0; row < rowCount; row++) {
    const value = read(row);
    if (typeof value === "string") codes[row] = builder.codeFor(value);
    else if (value === undefined || value === null || value !== value) codes[row] = MISSING_CATEGORY;
    else if ((typeof value === "number" && Number.isFinite(value)) || typeof value === "boolean" || typeof value === "bigint") {
      codes[row] = builder.codeFor(String(value));
    } else throw refuseCell(caller, name, row, value, "text or missing");
  }
  return { type: "category", codes, categories: builder.categories };
}

function idsFromCells(caller: string, name: string, rowCount: number, read: ReadCell): RowId[] {
  const rowOf = new Map<RowId, number>();
  const ids: RowId[] = [];
  for (let row = 0; row < rowCount; row++) {
    const value = read(row);
    const id = typeof value === "bigint" ? String(value) : value;
    if (typeof id !== "string" && !(typeof id === "number" && Number.isFinite(id))) {
      throw refuseCell(caller, name, row, value, "a text or a finite number");
    }
    const earlier = rowOf.get(id);
    if (earlier !== undefined) {
      throw new ClienteleError(
        "duplicateKey",
        `ids in ${JSON.stringify(name)} must be distinct; row ${row} repeats the id of row ${earlier} (leave \`id\` out and remove duplicates in cleaning)`,
        { caller, column: name, row, rule: "distinct ids" },
      );
    }
    rowOf.set(id, row);
    ids.push(id);
  }
  return ids;
}

function refuseCell(caller: string, column: string, row: number, value: unknown, rule: string): ClienteleError {
  const advice = typeof value === "object" && value !== null && !(value instanceof Date) ? " (leave such fields out with `exclude`)" : "";
  return new ClienteleError("invalidInput", `row ${row}, field ${JSON.stringify(column)} must be ${rule}; got ${describeValue(value)}${advice}`, {
    caller,
    row,
    column,
    rule,
    value: typeof value === "number" ? value : undefined,
  });
}
