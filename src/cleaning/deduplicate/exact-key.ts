import { cellAt, isMissingAt, type CellValue, type Column } from "../../data/column";

/** Leaves a row out of the search, or marks one without a complete key. */
const NO_KEY = -1;

/**
 * For each row the position of the row it is merged into, −1 for a row that stays.
 *
 * Rows with equal values in every column are the same; a missing value equals nothing, not even another missing one.
 * Rows with a mark in `isSetAside` take no part.
 */
export function findExactDuplicates(columns: readonly Column[], isSetAside: Uint8Array, keep: "first" | "last"): Int32Array {
  const rowCount = isSetAside.length;
  const groups = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) if (isSetAside[row] === 1) groups[row] = NO_KEY;
  for (const column of columns) refineGroups(groups, column);

  const survivorOf = new Map<number, number>();
  for (let row = 0; row < rowCount; row++) {
    const group = groups[row]!;
    if (group !== NO_KEY && (keep === "last" || !survivorOf.has(group))) survivorOf.set(group, row);
  }
  const mergedInto = new Int32Array(rowCount).fill(-1);
  for (let row = 0; row < rowCount; row++) {
    const survivor = survivorOf.get(groups[row]!);
    if (survivor !== undefined && survivor !== row) mergedInto[row] = survivor;
  }
  return mergedInto;
}

/** Splits groups of rows by their values in one more column. */
function refineGroups(groups: Int32Array, column: Column): void {
  const valueCodes = new Map<CellValue, number>();
  const groupCodes = new Map<number, number>();
  const rowCount = groups.length;
  for (let row = 0; row < rowCount; row++) {
    if (groups[row] === NO_KEY) continue;
    if (isMissingAt(column, row)) {
      groups[row] = NO_KEY;
      continue;
    }
    const valueCode = codeFor(valueCodes, cellAt(column, row));
    // Both codes are below the number of rows, so the pair is exact for up to 94 million rows.
    groups[row] = codeFor(groupCodes, groups[row]! * rowCount + valueCode);
  }
}

function codeFor<Key>(codes: Map<Key, number>, key: Key): number {
  const known = codes.get(key);
  if (known !== undefined) return known;
  const code = codes.size;
  codes.set(key, code);
  return code;
}
