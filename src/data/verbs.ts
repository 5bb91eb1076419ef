import { checkDistinct, checkFunction, checkNames } from "../errors/check";
import { ClienteleError } from "../errors/error";
import { cellAt, type CellValue } from "./column";
import { checkTable, columnOf, rowsAt, type Table } from "./table";

/**
 * Keeps some columns, in the order asked for.
 *
 * @throws ClienteleError `unknownColumn` for a name that is not there.
 * @example
 * ```ts
 * import { selectColumns, tableFromColumns } from "clientele/data";
 *
 * const table = tableFromColumns({ age: [25], income: [5000], name: ["x"] });
 * console.log([...selectColumns(table, ["income", "age"]).columns.keys()]); // ["income", "age"]
 * ```
 */
export function selectColumns(table: Table, names: readonly string[]): Table {
  const caller = "selectColumns";
  checkTable(caller, "table", table);
  checkNames(caller, "names", names);
  checkDistinct(caller, "names", names);
  return { ...table, columns: new Map(names.map((name) => [name, columnOf(caller, table, name, "names")])) };
}

/** Reads the cells of one row by column name; missing is null, a timestamp is its milliseconds. */
export type ReadRow = (column: string) => CellValue;

/**
 * Keeps the rows for which `keep` answers true, with their ids.
 *
 * @throws ClienteleError `unknownColumn` when `keep` reads a column that is not there.
 * @example
 * ```ts
 * import { filterRows, tableFromColumns } from "clientele/data";
 *
 * const table = tableFromColumns({ spend: [10, 500, 90] });
 * const large = filterRows(table, (cell) => Number(cell("spend")) > 50);
 * console.log(large.rowCount, Array.from(large.rowIds)); // 2 [1, 2]
 * ```
 */
export function filterRows(table: Table, keep: (cell: ReadRow, row: number) => boolean): Table {
  const caller = "filterRows";
  checkTable(caller, "table", table);
  checkFunction(caller, "keep", keep);
  const positions: number[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    const answer: unknown = keep((name) => cellAt(columnOf(caller, table, name), row), row);
    if (typeof answer !== "boolean") {
      throw new ClienteleError("invalidInput", `keep must answer true or false; for row ${row} it did not`, { caller, parameter: "keep", row });
    }
    if (answer) positions.push(row);
  }
  return rowsAt(table, positions);
}
