import { cellAt, type CellValue } from "./column";
import { checkTable, columnOf, type Table } from "./table";

/**
 * The cells of one column: numbers, texts, booleans, timestamps as milliseconds; missing is null.
 *
 * For numeric work read the column itself: `table.columns.get(name)` has the typed array.
 *
 * @throws ClienteleError `unknownColumn` for a name that is not there.
 * @example
 * ```ts
 * import { cellsFromTable, tableFromColumns } from "clientele/data";
 *
 * console.log(cellsFromTable(tableFromColumns({ age: [25, NaN, 40] }), "age")); // [25, null, 40]
 * ```
 */
export function cellsFromTable(table: Table, name: string): CellValue[] {
  const caller = "cellsFromTable";
  checkTable(caller, "table", table);
  const column = columnOf(caller, table, name, "name");
  return Array.from({ length: table.rowCount }, (_, row) => cellAt(column, row));
}

/** A row as an object. A timestamp is a `Date`; a missing cell is null. */
export type TableRecord = Record<string, CellValue | Date>;

/**
 * Turns a table back into records, one object for each row.
 *
 * Numbers, texts and booleans come back as they went in, timestamps as `Date`, missing cells as `null`
 * (also where the field was absent).
 *
 * @example
 * ```ts
 * import { recordsFromTable, tableFromColumns } from "clientele/data";
 *
 * console.log(recordsFromTable(tableFromColumns({ age: [25, null] }))); // [{ age: 25 }, { age: null }]
 * ```
 */
export function recordsFromTable(table: Table): TableRecord[] {
  checkTable("recordsFromTable", "table", table);
  const columns = [...table.columns];
  return Array.from({ length: table.rowCount }, (_, row) => {
    const record: TableRecord = {};
    for (const [name, column] of columns) {
      const cell = cellAt(column, row);
      const value = column.type === "timestamp" && typeof cell === "number" ? new Date(cell) : cell;
      // Assigning to `__proto__` would set the prototype instead of a field.
      if (name === "__proto__") Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
      else record[name] = value;
    }
    return record;
  });
}
