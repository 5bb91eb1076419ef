import type { ColumnType } from "../data/column";
import { tableFromRecords } from "../data/from-records";
import type { Table } from "../data/table";
import { unknownColumn } from "../errors/check";
import { ClienteleError } from "../errors/error";

const CALLER = "analyzeCustomers";

interface ReadRecordsOptions {
  readonly fields?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly types?: ReadonlyMap<string, ColumnType> | undefined;
  /** For each of `fields`, the option of the caller that names it. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** Turns the caller's records into a table; a refusal speaks of the caller's own options. */
export function readRecords(records: readonly object[], parameter: string, { fields, exclude, types, parameters }: ReadRecordsOptions): Table {
  try {
    return tableFromRecords(records, { mixed: "category", fields, exclude, types });
  } catch (error) {
    if (!(error instanceof ClienteleError)) throw error;
    const { column } = error.details;
    const option = error.code === "unknownColumn" && column !== undefined ? (parameters?.[column] ?? "fields.exclude") : parameter;
    throw new ClienteleError(error.code, `${option}: ${withoutCaller(error)}`, { ...error.details, caller: CALLER, parameter: option });
  }
}

/** Refuses names of fields that the table does not have, or that were excluded. */
export function readFields(table: Table, exclude: readonly string[], names: Readonly<Record<string, string | undefined>>): void {
  for (const [parameter, name] of Object.entries(names)) {
    if (name === undefined || table.columns.has(name)) continue;
    if (!exclude.includes(name)) throw unknownColumn(CALLER, parameter, name, table.columns.keys());
    throw new ClienteleError("invalidOption", `${parameter} must be a field that fields.exclude does not leave out; ${JSON.stringify(name)} is in both`, {
      caller: CALLER,
      parameter,
      column: name,
      rule: "a field that is not excluded",
    });
  }
}

/** The message of an error without the name of the inner function that it begins with. */
export function withoutCaller({ message, details }: ClienteleError): string {
  const prefix = `${details.caller ?? ""}: `;
  return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}
