import { cellAt } from "../../data/column";
import { isTable, type RowId, type Table } from "../../data/table";
import { isList, isObject } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { idColumnOf, type IdColumn } from "./customers";

/** Customers to be kept whether they bought or not: their ids, or a table with a column of ids that is called as the one of the log. */
export type ListedCustomers = Table | ArrayLike<RowId>;

/** The ids of a list, which must be of the type of the log's own. */
export function readListedCustomers(caller: string, given: ListedCustomers, idColumn: IdColumn, idName: string): RowId[] {
  const expected = idColumn.type === "number" ? "number" : "string";
  const idAt = idReader(caller, given, idName);
  return Array.from({ length: idAt.count }, (_, i) => {
    const id = idAt.read(i);
    if (typeof id === expected && !Number.isNaN(id)) return id as RowId;
    const rule = `${expected === "string" ? "texts" : "numbers"}, as the ids of the rows (column ${JSON.stringify(idName)})`;
    throw new ClienteleError("invalidInput", `customers must be ${rule}; got ${describeValue(id)} at position ${i}`, { caller, parameter: "customers", row: i, rule });
  });
}

function idReader(caller: string, given: ListedCustomers, idName: string): { readonly count: number; readonly read: (i: number) => unknown } {
  if (isList(given)) return { count: given.length, read: (i) => given[i] };
  if (isObject(given) && isTable(given)) {
    const column = idColumnOf(caller, given, idName, "customers");
    return { count: given.rowCount, read: (i) => cellAt(column, i) };
  }
  const rule = "an array of ids, or a table with the column of ids";
  throw new ClienteleError("invalidInput", `customers must be ${rule}; got ${describeValue(given)}`, { caller, parameter: "customers", rule });
}
