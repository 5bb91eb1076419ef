import { isMissingAt, type Column } from "./column";

/** Rows that agree in some columns. */
export interface RowGroups {
  /** For each row the number of its group, in the order of first appearance; −1 for a row without one. */
  readonly groups: Int32Array;
  /** How many groups there are. */
  readonly count: number;
}

const NO_GROUP = -1;

/**
 * Groups the active rows by their values in every one of the columns; without columns, all are one group.
 *
 * With `"none"` a missing value equals nothing, not even another missing one, and its row has no group; with `"equal"` missing equals missing.
 * Texts are compared by their codes, so the texts of a dictionary must be distinct; 0 and −0 are equal. Linear, without a key per row.
 */
export function groupRows(columns: readonly Column[], isActive: Uint8Array, missing: "none" | "equal"): RowGroups {
  const rowCount = isActive.length;
  const groups = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) groups[row] = isActive[row] === 1 ? 0 : NO_GROUP;
  if (missing === "none") for (const column of columns) leaveMissingOut(column, groups);

  const hashes = new Int32Array(rowCount);
  for (const column of columns) hashCells(column, hashes);
  return { groups, count: assignGroups(columns, hashes, groups) };
}

/** The first row of each group. */
export function firstRows({ groups, count }: RowGroups): Int32Array {
  const first = new Int32Array(count).fill(-1);
  for (let row = groups.length - 1; row >= 0; row--) if (groups[row] !== NO_GROUP) first[groups[row]!] = row;
  return first;
}

function leaveMissingOut(column: Column, groups: Int32Array): void {
  for (let row = 0; row < groups.length; row++) if (isMissingAt(column, row)) groups[row] = NO_GROUP;
}

/** Mixes the cells of a column into the hashes of some rows, by the finaliser of MurmurHash3 on each 32 bits. */
export function hashCells(column: Column, hashes: Int32Array, start = 0, end = hashes.length): void {
  if (column.type === "category" || column.type === "boolean") {
    const cells = column.type === "category" ? column.codes : column.values;
    for (let row = start; row < end; row++) hashes[row] = mix(hashes[row]! ^ cells[row]!);
    return;
  }
  const one = new Float64Array(1);
  const words = new Int32Array(one.buffer);
  for (let row = start; row < end; row++) {
    // Adding 0 turns −0 into 0; the bits of a NaN are not all one's own.
    const value = column.values[row]! + 0;
    one[0] = value === value ? value : NaN;
    hashes[row] = mix(mix(hashes[row]! ^ words[0]!) ^ words[1]!);
  }
}

function mix(hash: number): number {
  let h = hash + 0x9e3779b9;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Open addressing with linear probing: a slot holds the first row of a group, found again by its hash and its values. */
function assignGroups(columns: readonly Column[], hashes: Int32Array, groups: Int32Array): number {
  const rowCount = groups.length;
  let size = 16;
  while (size < 2 * rowCount) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  let count = 0;
  for (let row = 0; row < rowCount; row++) {
    if (groups[row] === NO_GROUP) continue;
    const hash = hashes[row]!;
    let slot = hash & (size - 1);
    for (;;) {
      const first = slots[slot]!;
      if (first === -1) {
        slots[slot] = row;
        groups[row] = count++;
        break;
      }
      if (hashes[first] === hash && rowsAgree(columns, first, row)) {
        groups[row] = groups[first]!;
        break;
      }
      slot = (slot + 1) & (size - 1);
    }
  }
  return count;
}

/** Whether two rows have equal cells in every one of the columns; missing equals missing. */
export function rowsAgree(columns: readonly Column[], a: number, b: number): boolean {
  for (const column of columns) {
    const cells = column.type === "category" ? column.codes : column.values;
    const x = cells[a]!;
    const y = cells[b]!;
    if (x !== y && (x === x || y === y)) return false;
  }
  return true;
}
