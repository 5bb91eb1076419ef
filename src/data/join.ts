import { ClienteleError } from "../errors/error";
import { readOptions } from "../errors/options";
import { cellAt, isMissingAt, takeRows, type CellValue, type Column } from "./column";
import { checkTable, columnOf, type RowId, type Table } from "./table";

/** Options of {@link joinTables}. */
export interface JoinOptions {
  /** The key column: one name for both tables, or one for each. Keys that are missing match nothing. */
  readonly on: string | { readonly left: string; readonly right: string };
  /** Keep left rows without a match (their new cells are missing), or drop them. Both are listed. @defaultValue "left" */
  readonly how?: "left" | "inner" | undefined;
  /** What to do when a key is repeated on the right: refuse, or take the first or last of its rows. @defaultValue "error" */
  readonly repeated?: "error" | "first" | "last" | undefined;
  /** Put before the names of the right columns; required where names collide. @defaultValue "" */
  readonly prefix?: string | undefined;
}

const JOIN_OPTIONS = {
  on: { kind: "custom", required: true },
  how: { kind: "oneOf", values: ["left", "inner"], default: "left" },
  repeated: { kind: "oneOf", values: ["error", "first", "last"], default: "error" },
  prefix: { kind: "text", default: "" },
} as const;

/** The form of `on` with a name for each table. */
const KEY_OPTIONS = { left: { kind: "text", required: true }, right: { kind: "text", required: true } } as const;

/** What {@link joinTables} returns: the joined rows, and everything that found no partner. */
export interface JoinResult {
  /** The left rows, in their order and with their ids, with the right columns beside them. */
  readonly table: Table;
  /** Ids of left rows without a match. */
  readonly unmatchedLeft: readonly RowId[];
  /** Ids of right rows that no left row has the key of. */
  readonly unmatchedRight: readonly RowId[];
  /** Ids of right rows that were passed over because another row has the same key. */
  readonly repeatedRight: readonly RowId[];
}

/**
 * Puts the columns of two tables side by side, by key: every left row gets the right row of the same key.
 *
 * A left row never becomes two, so customers are not multiplied by a repeated key.
 *
 * @throws ClienteleError `duplicateKey` for a repeated right key (unless `repeated` says otherwise) and for column names
 * that collide; `invalidInput` when the keys have different types.
 * @example
 * ```ts
 * import { joinTables, tableFromColumns } from "clientele/data";
 *
 * const customers = tableFromColumns({ id: ["a", "b"], age: [25, 30] });
 * const spend = tableFromColumns({ customer: ["b", "c"], total: [90, 10] });
 * const { table, unmatchedRight } = joinTables(customers, spend, { on: { left: "id", right: "customer" } });
 * console.log([...table.columns.keys()]); // ["id", "age", "total"]
 * console.log(unmatchedRight); // [1]
 * ```
 */
export function joinTables(left: Table, right: Table, options: JoinOptions): JoinResult {
  const caller = "joinTables";
  checkTable(caller, "left", left);
  checkTable(caller, "right", right);
  const { on, how, repeated, prefix } = readOptions(caller, options, JOIN_OPTIONS);
  const { left: leftKey, right: rightKey } = typeof on === "string" ? { left: on, right: on } : readOptions(caller, on, KEY_OPTIONS, "on");
  const leftColumn = columnOf(caller, left, leftKey, "on");
  const rightColumn = columnOf(caller, right, rightKey, "on");
  if (leftColumn.type !== rightColumn.type) {
    throw new ClienteleError(
      "invalidInput",
      `keys must have the same type; ${JSON.stringify(leftKey)} is ${leftColumn.type}, ${JSON.stringify(rightKey)} is ${rightColumn.type}`,
      { caller, parameter: "on", rule: "keys of one type" },
    );
  }

  const { rowOfKey, passedOver } = indexRows(caller, rightColumn, rightKey, right.rowCount, repeated);
  const leftRows: number[] = [];
  const rightRows: number[] = [];
  const unmatchedLeft: RowId[] = [];
  const isMatched = new Uint8Array(right.rowCount);
  for (let row = 0; row < left.rowCount; row++) {
    const match = isMissingAt(leftColumn, row) ? undefined : rowOfKey.get(cellAt(leftColumn, row));
    if (match === undefined) unmatchedLeft.push(left.rowIds[row]!);
    else isMatched[match] = 1;
    if (match === undefined && how === "inner") continue;
    leftRows.push(row);
    rightRows.push(match ?? -1);
  }
  const skipped = new Set(passedOver);
  const unmatchedRight: RowId[] = [];
  for (let row = 0; row < right.rowCount; row++) {
    if (isMatched[row] === 0 && !skipped.has(row)) unmatchedRight.push(right.rowIds[row]!);
  }

  const columns = new Map<string, Column>();
  for (const [name, column] of left.columns) columns.set(name, how === "left" ? column : takeRows(column, leftRows));
  for (const [name, column] of right.columns) {
    if (name === rightKey) continue;
    const joined = prefix + name;
    if (columns.has(joined)) {
      throw new ClienteleError("duplicateKey", `both tables have a column ${JSON.stringify(joined)}; give a prefix that makes the names differ`, {
        caller,
        parameter: "prefix",
        column: joined,
        rule: "distinct column names",
      });
    }
    columns.set(joined, takeRows(column, rightRows));
  }
  const rowIds = how === "left" ? left.rowIds : leftRows.map((row) => left.rowIds[row]!);
  return {
    table: { rowCount: leftRows.length, rowIds, columns },
    unmatchedLeft,
    unmatchedRight,
    repeatedRight: passedOver.map((row) => right.rowIds[row]!),
  };
}

function indexRows(
  caller: string,
  column: Column,
  name: string,
  rowCount: number,
  repeated: "error" | "first" | "last",
): { rowOfKey: ReadonlyMap<CellValue, number>; passedOver: readonly number[] } {
  const rowOfKey = new Map<CellValue, number>();
  const passedOver: number[] = [];
  for (let row = 0; row < rowCount; row++) {
    if (isMissingAt(column, row)) continue;
    const key = cellAt(column, row);
    const earlier = rowOfKey.get(key);
    if (earlier === undefined) {
      rowOfKey.set(key, row);
      continue;
    }
    if (repeated === "error") {
      throw new ClienteleError("duplicateKey", `the right key ${JSON.stringify(name)} is repeated: rows ${earlier} and ${row}; choose repeated: "first" or "last"`, {
        caller,
        column: name,
        row,
        rule: "distinct keys on the right",
      });
    }
    passedOver.push(repeated === "first" ? row : earlier);
    if (repeated === "last") rowOfKey.set(key, row);
  }
  return { rowOfKey, passedOver };
}
