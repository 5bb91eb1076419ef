import { isMissingAt, type Column } from "../../data/column";
import { columnOf, type Table } from "../../data/table";
import { ClienteleError } from "../../errors/error";
import type { RowGroups } from "../../data/row-groups";
import type { CheckedDuplicateRule, FieldPolicy, FieldSurvivor } from "./plan";

/** Rows that are merged: group after group, each beginning with the row that stays, the others in the order in which they are believed. */
export interface MergeGroups {
  readonly rows: Int32Array;
  /** Where each group begins in `rows`; one more entry for the end. */
  readonly starts: Int32Array;
}

/** A column in which merged rows take values from the rows that go. */
export interface TakenCells {
  readonly column: string;
  readonly keep: FieldPolicy | "gap";
  /** The rows that stay and get another value, ascending. */
  readonly rows: Int32Array;
  /** For each of them the row that the value comes from. */
  readonly sources: Int32Array;
}

/** Orders rows from the most to the least believed; 0 leaves the order of the table. */
type Preference = (a: number, b: number) => number;

/** Sorts the members of groups of two rows and more by the policy of the rule. */
export function orderGroups(caller: string, table: Table, { groups, count }: RowGroups, rule: CheckedDuplicateRule): MergeGroups {
  const sizes = new Int32Array(count);
  for (const group of groups) if (group >= 0) sizes[group] = sizes[group]! + 1;
  const slots = new Int32Array(count);
  const starts = [0];
  let end = 0;
  for (let group = 0; group < count; group++) {
    slots[group] = sizes[group]! > 1 ? end : -1;
    if (sizes[group]! > 1) starts.push((end += sizes[group]!));
  }
  const rows = new Int32Array(end);
  groups.forEach((group, row) => {
    const slot = group < 0 ? -1 : slots[group]!;
    if (slot < 0) return;
    rows[slot] = row;
    slots[group] = slot + 1;
  });
  const merged = { rows, starts: Int32Array.from(starts) };
  const preference = createPreference(caller, table, rule, rule.keep);
  if (preference !== undefined) forEachGroup(merged, (members) => void members.sort((a, b) => preference(a, b) || a - b));
  return merged;
}

/** Which cells of the rows that stay are taken from the others: by the policies of the fields, and to fill gaps. */
export function takeCells(caller: string, table: Table, groups: MergeGroups, rule: CheckedDuplicateRule): TakenCells[] {
  const fields = new Map(rule.fields.map((field) => [field.column, field]));
  for (const { column } of rule.fields) columnOf(caller, table, column, "duplicates.fields");
  const taken: TakenCells[] = [];
  for (const [name, column] of table.columns) {
    const field = fields.get(name);
    if (field === undefined && (!rule.fillGaps || rule.key.includes(name))) continue;
    const choose = field === undefined ? firstPresent(column) : chooserOf(caller, table, rule, field, column);
    const rows: number[] = [];
    const sources: number[] = [];
    forEachGroup(groups, (members) => {
      const survivor = members[0]!;
      const source = field === undefined && !isMissingAt(column, survivor) ? survivor : choose(members);
      if (source === survivor || source < 0) return;
      rows.push(survivor);
      sources.push(source);
    });
    if (rows.length === 0) continue;
    const order = Array.from(rows.keys()).sort((a, b) => rows[a]! - rows[b]!);
    taken.push({ column: name, keep: field?.keep ?? "gap", rows: Int32Array.from(order, (i) => rows[i]!), sources: Int32Array.from(order, (i) => sources[i]!) });
  }
  return taken;
}

/** For each row the position of the row it is merged into, −1 for the others. */
export function targetsOf(groups: MergeGroups, rowCount: number): Int32Array {
  const into = new Int32Array(rowCount).fill(-1);
  forEachGroup(groups, (members) => {
    for (let i = 1; i < members.length; i++) into[members[i]!] = members[0]!;
  });
  return into;
}

function forEachGroup({ rows, starts }: MergeGroups, visit: (members: Int32Array) => void): void {
  for (let i = 0; i + 1 < starts.length; i++) visit(rows.subarray(starts[i], starts[i + 1]));
}

type Chooser = (members: Int32Array) => number;

/** The first row, in the order in which the rows are believed, that has a value; −1 when none has. */
function firstPresent(column: Column): Chooser {
  return (members) => {
    for (const row of members) if (!isMissingAt(column, row)) return row;
    return -1;
  };
}

function chooserOf(caller: string, table: Table, rule: CheckedDuplicateRule, { column: name, keep }: FieldSurvivor, column: Column): Chooser {
  switch (keep) {
    case "mostFrequent":
      return mostFrequent(column);
    case "longest": {
      if (column.type !== "category") throw refuseColumn(caller, name, column, `"longest" needs texts`);
      const lengths = Int32Array.from(column.categories, (text) => text.length);
      return bestBy(column, (row) => lengths[column.codes[row]!]!);
    }
    case "smallest":
    case "largest": {
      if (column.type !== "number" && column.type !== "timestamp") throw refuseColumn(caller, name, column, `"${keep}" needs numbers or times`);
      const { values } = column;
      return bestBy(column, keep === "largest" ? (row) => values[row]! : (row) => -values[row]!);
    }
    default: {
      const preference = createPreference(caller, table, rule, keep);
      const choose = firstPresent(column);
      return (members) => choose(members.slice().sort((a, b) => (preference?.(a, b) ?? 0) || a - b));
    }
  }
}

/** The first row, in the order of the table, with the largest value among those that have one. */
function bestBy(column: Column, valueOf: (row: number) => number): Chooser {
  return (members) => {
    let best = -1;
    for (const row of members) {
      if (isMissingAt(column, row)) continue;
      if (best < 0 || valueOf(row) > valueOf(best) || (valueOf(row) === valueOf(best) && row < best)) best = row;
    }
    return best;
  };
}

/** The row of the most frequent value; of equally frequent ones the first row, in the order of the table, that has one of them. */
function mostFrequent(column: Column): Chooser {
  const cells = column.type === "category" ? column.codes : column.values;
  return (members) => {
    const counts = new Map<number, number>();
    for (const row of members) if (!isMissingAt(column, row)) counts.set(cells[row]!, (counts.get(cells[row]!) ?? 0) + 1);
    const most = Math.max(...counts.values());
    let first = -1;
    for (const row of members) if (counts.get(cells[row]!) === most && (first < 0 || row < first)) first = row;
    return first;
  };
}

function createPreference(caller: string, table: Table, { orderBy, sources }: CheckedDuplicateRule, keep: FieldPolicy): Preference | undefined {
  switch (keep) {
    case "last":
      return (a, b) => b - a;
    case "newest":
    case "oldest": {
      const column = columnOf(caller, table, orderBy!, "duplicates.orderBy");
      if (column.type !== "number" && column.type !== "timestamp") throw refuseColumn(caller, orderBy!, column, `"${keep}" needs numbers or times`);
      const { values } = column;
      const sign = keep === "newest" ? -1 : 1;
      // A row without a time comes after all that have one, whichever end is wanted.
      return (a, b) => Number(values[a] !== values[a]) - Number(values[b] !== values[b]) || sign * (values[a]! - values[b]!) || 0;
    }
    case "mostComplete": {
      const missing = countMissingCells(table);
      return (a, b) => missing[a]! - missing[b]!;
    }
    case "preferred": {
      const column = columnOf(caller, table, sources!.column, "duplicates.sources.column");
      if (column.type !== "category") throw refuseColumn(caller, sources!.column, column, "the source of a row must be a text");
      const rank = new Map(sources!.order.map((source, i) => [source, i]));
      const ranks = Int32Array.from(column.categories, (source) => rank.get(source) ?? rank.size);
      return (a, b) => (ranks[column.codes[a]!] ?? rank.size) - (ranks[column.codes[b]!] ?? rank.size);
    }
    default:
      return undefined;
  }
}

function countMissingCells(table: Table): Int32Array {
  const missing = new Int32Array(table.rowCount);
  for (const column of table.columns.values()) for (let row = 0; row < table.rowCount; row++) if (isMissingAt(column, row)) missing[row] = missing[row]! + 1;
  return missing;
}

function refuseColumn(caller: string, name: string, { type }: Column, rule: string): ClienteleError {
  return new ClienteleError("invalidInput", `duplicates: ${rule}; column ${JSON.stringify(name)} is of type ${type}`, { caller, parameter: "duplicates", column: name, rule });
}
