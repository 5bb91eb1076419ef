import { CategoryBuilder, takeRows, type CategoryColumn, type Column } from "../../data/column";
import type { Table } from "../../data/table";
import { ClienteleError } from "../../errors/error";

/** Rows of a table to be taken; −1 gives a row of missing cells. */
export interface TakenRows {
  readonly table: Table;
  readonly positions: Int32Array;
}

/** Rows of tables with the same columns, one table below the other. */
export function stackColumns(caller: string, parts: readonly TakenRows[]): [string, Column][] {
  const first = parts[0]!.table;
  for (const { table } of parts) checkSameColumns(caller, first, table);
  return [...first.columns].map(([name, column]): [string, Column] => {
    const taken = parts.map(({ table, positions }) => takeRows(table.columns.get(name)!, positions));
    return [name, taken.length === 1 ? taken[0]! : stack(column, taken)];
  });
}

function checkSameColumns(caller: string, first: Table, other: Table): void {
  const names = [...other.columns.keys()];
  const isSame = names.length === first.columns.size && [...first.columns].every(([name, { type }], j) => names[j] === name && other.columns.get(name)!.type === type);
  if (isSame) return;
  const rule = "tables with the same columns at every cutoff";
  throw new ClienteleError("invalidInput", `features must return ${rule}`, { caller, parameter: "features", rule });
}

function stack(like: Column, parts: readonly Column[]): Column {
  const rowCount = parts.reduce((sum, part) => sum + (part.type === "category" ? part.codes : part.values).length, 0);
  let at = 0;
  switch (like.type) {
    case "category": {
      const builder = new CategoryBuilder();
      const codes = new Int32Array(rowCount);
      for (const part of parts as readonly CategoryColumn[]) {
        for (const code of part.codes) codes[at++] = code < 0 ? code : builder.codeFor(part.categories[code]!);
      }
      return { type: "category", codes, categories: builder.categories };
    }
    case "boolean": {
      const values = new Uint8Array(rowCount);
      for (const part of parts as readonly (typeof like)[]) {
        values.set(part.values, at);
        at += part.values.length;
      }
      return { ...like, values };
    }
    default: {
      const values = new Float64Array(rowCount);
      for (const part of parts as readonly (typeof like)[]) {
        values.set(part.values, at);
        at += part.values.length;
      }
      return { ...like, values };
    }
  }
}
