import { checkDistinct, checkNames, checkSameLength, checkShape, unknownColumn } from "../errors/check";
import { ClienteleError } from "../errors/error";
import { columnLength, takeRows, type Column, type ColumnType } from "./column";

/** What identifies a row: the position it came from, or the caller's own id. */
export type RowId = string | number;

/**
 * Customers (or orders, or contacts) in columns. A table is never changed: every function returns a new one,
 * which may share the columns that stayed the same.
 */
export interface Table {
  readonly rowCount: number;
  /** One id for each row; the position in the source where no id was named. */
  readonly rowIds: ArrayLike<RowId>;
  /** Columns by name, in order. A map, because a customer's field may be called `__proto__` or `2024`. */
  readonly columns: ReadonlyMap<string, Column>;
}

/** Builds a table from finished columns: the one place that checks that they fit together. */
export function createTable(caller: string, columns: Iterable<readonly [string, Column]>, rowIds?: ArrayLike<RowId>): Table {
  const entries = [...columns];
  checkDistinct(caller, "columns", entries.map(([name]) => name));
  const rowCount = rowIds?.length ?? (entries[0] === undefined ? 0 : columnLength(entries[0][1]));
  for (const [name, column] of entries) {
    checkSameLength(caller, `column ${JSON.stringify(name)}`, columnLength(column), rowCount, rowIds === undefined ? "the first column" : "rowIds");
  }
  return { rowCount, rowIds: rowIds ?? positionIds(rowCount), columns: new Map(entries) };
}

/** Whether a value has the form of a table; its columns are not looked at. */
export function isTable(value: object): value is Table {
  return "rowCount" in value && typeof value.rowCount === "number" && "columns" in value && value.columns instanceof Map;
}

/** What a table must be, for messages. */
export const TABLE_RULE = "a Table (tableFromRecords makes one of records)";

/** Refuses what is no table at all, such as the records that one is made of. */
export function checkTable(caller: string, parameter: string, table: Table): void {
  checkShape(caller, parameter, table, TABLE_RULE, isTable);
}

/** 0, 1, 2 …: the ids of rows that have none of their own. */
export function positionIds(rowCount: number): Int32Array {
  const ids = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) ids[row] = row;
  return ids;
}

/** The column of that name, or an error that names the nearest one. */
export function columnOf(caller: string, table: Table, name: string, parameter = "column"): Column {
  const column = table.columns.get(name);
  if (column === undefined) throw unknownColumn(caller, parameter, name, table.columns.keys());
  return column;
}

/** The column of that name, if it has the type that is needed. */
export function typedColumnOf<Type extends ColumnType>(
  caller: string,
  table: Table,
  name: string,
  type: Type,
  parameter = "column",
): Extract<Column, { type: Type }> {
  const column = columnOf(caller, table, name, parameter);
  if (column.type !== type) {
    throw new ClienteleError("invalidInput", `column ${JSON.stringify(name)} must be of type ${type}; it is ${column.type}`, {
      caller,
      parameter,
      column: name,
      rule: `type ${type}`,
    });
  }
  return column as Extract<Column, { type: Type }>;
}

/** The rows at `positions`, in that order. */
export function rowsAt(table: Table, positions: ArrayLike<number>): Table {
  // Positions of an earlier table stay in their compact form.
  const rowIds: RowId[] | Int32Array = table.rowIds instanceof Int32Array ? new Int32Array(positions.length) : [];
  for (let i = 0; i < positions.length; i++) rowIds[i] = table.rowIds[positions[i]!]!;
  const columns = new Map<string, Column>();
  for (const [name, column] of table.columns) columns.set(name, takeRows(column, positions));
  return { rowCount: positions.length, rowIds, columns };
}

/** The same rows with some columns replaced (in place) or added (at the end). */
export function withColumns(table: Table, replaced: Iterable<readonly [string, Column]>): Table {
  const columns = new Map(table.columns);
  for (const [name, column] of replaced) columns.set(name, column);
  return { ...table, columns };
}

/** A list of column names that must exist, or all of them. */
export function columnNames(caller: string, table: Table, names: readonly string[] | undefined, parameter: string): readonly string[] {
  if (names === undefined) return [...table.columns.keys()];
  checkNames(caller, parameter, names);
  for (const name of names) columnOf(caller, table, name, parameter);
  checkDistinct(caller, parameter, names);
  return names;
}
