import type { CategoryColumn } from "../../data/column";
import { typedColumnOf, type Table } from "../../data/table";
import { checkDistinct, isList } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";

/** A column to count by: each text in it, or those that are listed, in that order. */
export type CountedBy = string | { readonly column: string; readonly levels: readonly string[] };

/** Columns that are counted by where none are named. */
const USUAL_COLUMNS = ["kind", "channel"];

/** A column whose levels nobody listed may have so many: each takes five numbers for each customer. */
const MAX_LEVELS = 50;

const COUNTED_BY_OPTIONS = {
  column: { kind: "text", required: true },
  levels: { kind: "names", required: true },
} as const;

/** A column that is counted by, and the levels that are wanted; undefined for those that occur. */
export interface CountedColumn {
  readonly name: string;
  readonly column: CategoryColumn;
  readonly wanted: readonly string[] | undefined;
}

export function readCountedColumns(caller: string, table: Table, by: readonly CountedBy[] | undefined): CountedColumn[] {
  if (by !== undefined && !isList(by)) {
    throw new ClienteleError("invalidOption", `by must be an array; got ${describeValue(by)}`, { caller, parameter: "by", rule: "an array" });
  }
  const given = by ?? USUAL_COLUMNS.filter((name) => table.columns.get(name)?.type === "category");
  const counted = given.map((entry, i) => {
    const parameter = `by[${i}]`;
    if (typeof entry === "string") return { name: entry, column: typedColumnOf(caller, table, entry, "category", parameter), wanted: undefined };
    const { column: name, levels } = readOptions<Exclude<CountedBy, string>, typeof COUNTED_BY_OPTIONS>(caller, entry, COUNTED_BY_OPTIONS, parameter);
    checkDistinct(caller, `${parameter}.levels`, levels);
    return { name, column: typedColumnOf(caller, table, name, "category", `${parameter}.column`), wanted: levels };
  });
  checkDistinct(caller, "by", counted.map(({ name }) => name));
  return counted;
}

/** The levels to count: those wanted, or those that occur in the rows that count (`customers[row] >= 0`), sorted by code unit. */
export function levelsToCount(caller: string, { name, column, wanted }: CountedColumn, customers: Int32Array): readonly string[] {
  if (wanted !== undefined) return wanted;
  const occurs = new Uint8Array(column.categories.length);
  for (let row = 0; row < customers.length; row++) if (customers[row]! >= 0 && column.codes[row]! >= 0) occurs[column.codes[row]!] = 1;
  const levels = column.categories.filter((_, code) => occurs[code] === 1).sort();
  if (levels.length <= MAX_LEVELS) return levels;
  const rule = `at most ${MAX_LEVELS} different texts`;
  throw new ClienteleError("invalidInput", `column ${JSON.stringify(name)} must have ${rule}; it has ${levels.length} (name those to count: { column, levels })`, {
    caller,
    parameter: "by",
    column: name,
    rule,
    value: levels.length,
  });
}
