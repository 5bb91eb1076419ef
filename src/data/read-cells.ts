import { describeValue } from "../errors/describe";
import { ClienteleError } from "../errors/error";
import { CategoryBuilder, MISSING_BOOLEAN, MISSING_CATEGORY, type Column, type ColumnType } from "./column";
import type { RowId } from "./table";

/** Gives the caller's value at a row, whatever it is. */
export type ReadCell = (row: number) => unknown;

/** How a field of mixed types is dealt with. */
export type MixedPolicy = "error" | "category";

/**
 * Runs what reads a caller's objects, whose getters and proxies may throw: with a text of their own, which may hold personal data
 * and is not repeated. `locate` says what was being read.
 */
export function guardReading<Result>(caller: string, read: () => Result, locate: () => { readonly row?: number; readonly column?: string }): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof ClienteleError) throw error;
    const { row, column } = locate();
    const parts = [...(row === undefined ? [] : [`row ${row}`]), ...(column === undefined ? [] : [`field ${JSON.stringify(column)}`])];
    const rule = "readable (a getter or a Proxy threw an error)";
    const what = parts.length === 0 ? "the data" : parts.join(", ");
    throw new ClienteleError("invalidInput", `${what} must be ${rule}`, { caller, row, column, rule });
  }
}

/** Turns the values of one field into a column of the declared type, or of the type that the values have. */
export function columnFromCells(
  caller: string,
  name: string,
  rowCount: number,
  read: ReadCell,
  declared: ColumnType | undefined,
  mixed: MixedPolicy,
): Column {
  const texts = declared === undefined ? readTexts(rowCount, read) : undefined;
  if (texts !== undefined) return texts;
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
function inferType(caller: string, name: string, rowCount: number, read: ReadCell, mixed: MixedPolicy): ColumnType {
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
    case "bigint":
      return "category";
    case "boolean":
      return "boolean";
    default:
      if (value instanceof Date) return "timestamp";
      throw refuseCell(caller, name, row, value, "a number, text, boolean, bigint, Date or missing");
  }
}

/** A column of nothing but texts and missing values, in one pass; undefined at the first other value, and where there is no text. */
function readTexts(rowCount: number, read: ReadCell): Column | undefined {
  const codes = new Int32Array(rowCount);
  const builder = new CategoryBuilder();
  // Logs have runs of equal texts (the lines of an order): comparing two short texts is faster than looking one up.
  let last: string | undefined;
  let lastCode = MISSING_CATEGORY;
  for (let row = 0; row < rowCount; row++) {
    const value = read(row);
    if (typeof value === "string") {
      if (value !== last) {
        last = value;
        lastCode = builder.codeFor(value);
      }
      codes[row] = lastCode;
    } else if (value === undefined || value === null) codes[row] = MISSING_CATEGORY;
    else return undefined;
  }
  return last === undefined ? undefined : { type: "category", codes, categories: builder.categories };
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
    if (value === undefined || value === null || value !== value) values[row] = NaN;
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
    else if (value === undefined || value === null || value !== value) values[row] = MISSING_BOOLEAN;
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
    } else throw refuseCell(caller, name, row, value, "text, a finite number, true, false or missing");
  }
  return { type: "category", codes, categories: builder.categories };
}

/** Reads row ids: texts or numbers, all present and different. */
export function idsFromCells(caller: string, name: string, rowCount: number, read: ReadCell): RowId[] {
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
        `ids in ${JSON.stringify(name)} must be distinct; row ${row} repeats the id of row ${earlier} (leave the ids out and remove duplicates in cleaning)`,
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
