import { checkTable, type Table } from "../data/table";
import { readOptions } from "../errors/options";
import type { CleaningTools, PhoneResolver } from "./convert/tools";

/** What a cleaning needs beside the table and the plan, because it is no data that a plan could hold. */
export interface CleaningOptions {
  /** Other tables by name, for rules of the kind `"reference"`: the customers beside their transactions. @defaultValue none */
  readonly related?: Readonly<Record<string, Table>> | undefined;
  /** Reads telephone numbers, for conversions to `"phone"`. @defaultValue none; a model uses that of its fit */
  readonly phone?: PhoneResolver | undefined;
}

const CLEANING_OPTIONS = { related: { kind: "object" }, phone: { kind: "function" } } as const;

/** Checked {@link CleaningOptions}. */
export interface CleaningContext {
  readonly related: ReadonlyMap<string, Table>;
  readonly tools: CleaningTools;
}

export function readCleaningOptions(caller: string, options: CleaningOptions | undefined, tools: CleaningTools = {}): CleaningContext {
  const { related = {}, phone = tools.phone } = readOptions<CleaningOptions, typeof CLEANING_OPTIONS>(caller, options, CLEANING_OPTIONS);
  const tables = new Map(Object.entries(related));
  for (const [name, table] of tables) checkTable(caller, `related.${name}`, table);
  return { related: tables, tools: { phone } };
}
