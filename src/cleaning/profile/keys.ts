import type { Column } from "../../data/column";
import { hashCells, rowsAgree } from "../../data/row-groups";
import type { Table } from "../../data/table";
import type { Steps } from "../../steps/steps";
import { Pace } from "./pace";
import type { ColumnProfile } from "./table-profile";

/** Of so many columns, those with the most different values, pairs are tried. */
const MAX_PAIRED_COLUMNS = 30;
/** A pair is tried on so many rows, and if none of them is repeated on all; so many times at most. */
const SCREENED_ROWS = 20_000;
const MAX_FULL_TRIALS = 20;

/** Columns that may identify a row, each alone; if there is none, pairs of columns. In the order of the table. */
export function* keysSteps(table: Table, profiles: readonly ColumnProfile[]): Steps<string[][]> {
  const { rowCount } = table;
  if (rowCount < 2) return [];
  const complete = profiles.filter((profile) => mayIdentify(profile, rowCount));
  const single = complete.filter(({ distinctCount }) => distinctCount === rowCount);
  if (single.length > 0) return single.map(({ name }) => [name]);

  const widest = new Set([...complete].sort((a, b) => b.distinctCount - a.distinctCount).slice(0, MAX_PAIRED_COLUMNS));
  const paired = complete.filter((profile) => widest.has(profile));
  const pairs = paired.flatMap((a, i) => paired.slice(i + 1).flatMap((b) => (a.distinctCount * b.distinctCount < rowCount ? [] : [[a.name, b.name]])));
  const pace = new Pace("find keys", pairs.length);
  const keys: string[][] = [];
  let fullTrials = 0;
  for (const pair of pairs) {
    const columns = pair.map((name) => table.columns.get(name)!);
    const isCandidate = (yield* countRepeatedSteps(columns, Math.min(rowCount, SCREENED_ROWS), true, pace)) === 0;
    if (isCandidate && (rowCount <= SCREENED_ROWS || fullTrials++ < MAX_FULL_TRIALS)) {
      if (rowCount <= SCREENED_ROWS || (yield* countRepeatedSteps(columns, rowCount, true, pace)) === 0) keys.push(pair);
    }
    pace.done++;
  }
  return keys;
}

/** Every cell is there, and the column is no measurement: numbers with decimals differ by chance. */
function mayIdentify(profile: ColumnProfile, rowCount: number): boolean {
  if (profile.missingCount > 0 || profile.distinctCount < 2) return false;
  switch (profile.type) {
    case "number":
      return profile.wholeCount === rowCount;
    case "category":
      return profile.blankCount === 0 && (profile.numbers === null || profile.numbers.wholeCount === profile.numberForm?.count);
    default:
      return true;
  }
}

/** How many rows equal an earlier one in every column; missing equals missing. */
export function* repeatedRowsSteps({ columns, rowCount }: Table): Steps<number> {
  return columns.size === 0 ? 0 : yield* countRepeatedSteps([...columns.values()], rowCount, false, new Pace("find repeated rows", 1));
}

const PART = 16_384;

/** Counts rows that equal an earlier one, or stops at the first. */
function* countRepeatedSteps(columns: readonly Column[], rowCount: number, stopAtFirst: boolean, pace: Pace): Steps<number> {
  let size = 16;
  while (size < 2 * rowCount) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  const hashes = new Int32Array(rowCount);
  if (pace.spend(size)) yield pace.progress;
  let repeated = 0;
  for (let start = 0; start < rowCount; start += PART) {
    const end = Math.min(rowCount, start + PART);
    for (const column of columns) hashCells(column, hashes, start, end);
    repeated += enterRows(columns, hashes, start, end, slots, stopAtFirst);
    if (stopAtFirst && repeated > 0) return repeated;
    if (pace.spend((60 + 8 * columns.length) * (end - start))) yield pace.progress;
  }
  return repeated;
}

/** Open addressing with linear probing: a slot holds the first of equal rows. */
function enterRows(columns: readonly Column[], hashes: Int32Array, start: number, end: number, slots: Int32Array, stopAtFirst: boolean): number {
  const mask = slots.length - 1;
  let repeated = 0;
  for (let row = start; row < end; row++) {
    const hash = hashes[row]!;
    let slot = hash & mask;
    let earlier = slots[slot]!;
    while (earlier >= 0 && (hashes[earlier] !== hash || !rowsAgree(columns, earlier, row))) {
      slot = (slot + 1) & mask;
      earlier = slots[slot]!;
    }
    if (earlier < 0) slots[slot] = row;
    else if (stopAtFirst) return 1;
    else repeated++;
  }
  return repeated;
}
