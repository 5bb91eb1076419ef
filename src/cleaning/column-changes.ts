import { cellAt, type CategoryColumn, type CellValue, type Column } from "../data/column";
import type { RowId } from "../data/table";
import type { CleaningRule, CleaningStep } from "./cleaning-rule";

/**
 * Cells of one column that one step changed: those of `rows`, each for the rule of its code.
 *
 * A conversion changes every cell that is not missing; all others change few. The columns are those of the input and of the steps,
 * not copies, so that a report on a million cells costs next to nothing.
 */
export interface ColumnChanges {
  readonly step: CleaningStep;
  readonly column: string;
  /** Positions of the rows in the input, ascending. */
  readonly rows: Int32Array;
  /** The whole column before the step, all rows of the input: the cell of row r is at position r. */
  readonly before: Column;
  /** The whole column after it, of another type where the step is a conversion. */
  readonly after: Column;
  /** Why: `rules[ruleCodes[i]]`. */
  readonly rules: readonly CleaningRule[];
  readonly ruleCodes: Uint8Array;
}

/** The changes of the rows that stay; undefined when there are none. */
export function changesOfActive(changes: ColumnChanges, isActive: Uint8Array): ColumnChanges | undefined {
  const rows = new Int32Array(changes.rows.length);
  const ruleCodes = new Uint8Array(changes.rows.length);
  let count = 0;
  for (let i = 0; i < changes.rows.length; i++) {
    if (isActive[changes.rows[i]!] !== 1) continue;
    rows[count] = changes.rows[i]!;
    ruleCodes[count++] = changes.ruleCodes[i]!;
  }
  if (count === changes.rows.length) return changes;
  return count === 0 ? undefined : { ...changes, rows: rows.slice(0, count), ruleCodes: ruleCodes.slice(0, count) };
}

/** Rows in which two columns of one type hold different cells; of category columns the texts decide, not the codes. */
export function differingRows(before: Column, after: Column, isActive: Uint8Array): Int32Array {
  const rows = new Int32Array(isActive.length);
  let count = 0;
  if (before.type === "category" && after.type === "category") {
    const translated = translateCodes(before, after);
    for (let row = 0; row < isActive.length; row++) {
      if (isActive[row] === 1 && (before.codes[row]! < 0 ? -1 : translated[before.codes[row]!]) !== after.codes[row]) rows[count++] = row;
    }
  } else {
    for (let row = 0; row < isActive.length; row++) if (isActive[row] === 1 && cellAt(before, row) !== cellAt(after, row)) rows[count++] = row;
  }
  return rows.slice(0, count);
}

/** For each text of one dictionary its code in another one; −2 where that does not hold it. */
function translateCodes(from: CategoryColumn, to: CategoryColumn): Int32Array {
  if (from.categories === to.categories) return Int32Array.from(from.categories, (_, code) => code);
  const codeOf = new Map(to.categories.map((text, code) => [text, code]));
  return Int32Array.from(from.categories, (text) => codeOf.get(text) ?? -2);
}

/** Changed cells as flat lists: entry i of each describes one change. Plain JSON. */
export interface CellChanges {
  readonly rowIds: readonly (string | number)[];
  readonly columns: readonly string[];
  /** As `recordsFromTable` gives it, a timestamp as milliseconds; null is missing. */
  readonly before: readonly CellValue[];
  readonly after: readonly CellValue[];
  readonly rules: readonly CleaningRule[];
}

/** The changes for wanted rules as flat lists: column after column as they come. */
export function listCells(changes: readonly ColumnChanges[], idOfRow: ArrayLike<RowId>, isWanted: (rule: CleaningRule) => boolean): CellChanges {
  const rowIds: RowId[] = [];
  const columns: string[] = [];
  const before: CellValue[] = [];
  const after: CellValue[] = [];
  const rules: CleaningRule[] = [];
  for (const change of changes) {
    const isListed = change.rules.map(isWanted);
    if (!isListed.includes(true)) continue;
    for (let i = 0; i < change.rows.length; i++) {
      const code = change.ruleCodes[i]!;
      if (isListed[code] !== true) continue;
      const row = change.rows[i]!;
      rowIds.push(idOfRow[row]!);
      columns.push(change.column);
      before.push(cellAt(change.before, row));
      after.push(cellAt(change.after, row));
      rules.push(change.rules[code]!);
    }
  }
  return { rowIds, columns, before, after, rules };
}
