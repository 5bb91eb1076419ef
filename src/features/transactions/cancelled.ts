import { MISSING_BOOLEAN } from "../../data/column";
import { columnOf, type Table } from "../../data/table";
import { describeOption } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";

/**
 * Which rows take something back or never came to be: a boolean column that says so, or a text column with the texts that do
 * (`{ column: "status", values: ["cancelled"] }`) or with what those texts begin with (`{ column: "InvoiceNo", startsWith: "C" }`).
 */
export type CancelledRows =
  | string
  | { readonly column: string; readonly values: readonly string[] }
  | { readonly column: string; readonly startsWith: string };

const CANCELLED_OPTIONS = {
  column: { kind: "text", required: true },
  values: { kind: "names" },
  startsWith: { kind: "text" },
} as const;

/** 1 for each row that is marked; a missing mark is none. */
export function readCancelled(caller: string, table: Table, given: CancelledRows): Uint8Array {
  if (typeof given === "string") return markedRows(caller, table, given);
  const { column: name, values, startsWith } = readOptions<{ column: string; values?: readonly string[]; startsWith?: string }, typeof CANCELLED_OPTIONS>(caller, given, CANCELLED_OPTIONS, "cancelled");
  if ((values === undefined) === (startsWith === undefined) || startsWith === "") {
    const rule = "{ column, values } or { column, startsWith }";
    throw new ClienteleError("invalidOption", `cancelled must be the name of a boolean column, ${rule}; got ${describeOption(given)} with ${values === undefined ? "neither" : "both"}`, {
      caller,
      parameter: "cancelled",
      rule,
    });
  }
  const column = columnOf(caller, table, name, "cancelled.column");
  if (column.type !== "category") throw wrongType(caller, name, "text (type category)", column.type);
  const isMarkedText = Uint8Array.from(column.categories, (text) => Number(values === undefined ? text.startsWith(startsWith ?? "") : values.includes(text)));
  return Uint8Array.from(column.codes, (code) => (code < 0 ? 0 : isMarkedText[code]!));
}

function markedRows(caller: string, table: Table, name: string): Uint8Array {
  const column = columnOf(caller, table, name, "cancelled");
  if (column.type !== "boolean") throw wrongType(caller, name, "boolean (of texts, say which: { column, values } or { column, startsWith })", column.type);
  return column.values.map((value) => Number(value !== MISSING_BOOLEAN && value === 1));
}

function wrongType(caller: string, column: string, expected: string, found: string): ClienteleError {
  return new ClienteleError("invalidInput", `column ${JSON.stringify(column)} must be ${expected}; it is ${found}`, { caller, parameter: "cancelled", column, rule: expected });
}
