import { cellAt, takeRows, type CategoryColumn, type CellValue, type Column } from "../data/column";
import type { RowId } from "../data/table";
import type { CleaningRule, CleaningStep } from "./cleaning-rule";

/**
 * Cells of one column that one step changed: entry i of `rows`, `before`, `after` and `ruleCodes` belongs together.
 *
 * A conversion changes every cell that is not missing; all others change few. Unchanged parts are shared with the input, so that a
 * report on a million cells needs no million objects.
 */
export interface ColumnChanges {
  readonly step: CleaningStep;
  readonly column: string;
  /** Positions of the rows in the input, ascending. */
  readonly rows: Int32Array;
  /** The cells before the step. */
  readonly before: Column;
  /** The cells after it, of another type where the step is a conversion. */
  readonly after: Column;
  /** Why: `rules[ruleCodes[i]]`. */
  readonly rules: readonly CleaningRule[];
  readonly ruleCodes: Uint8Array;
}

/** Changes while it is not known yet which rows stay: `before` and `after` are the whole columns. */
export type ColumnEdit = ColumnChanges;

/** What is left of an edit when only the rows that stay are looked at; undefined when nothing is. */
export function changesOf(edit: ColumnEdit, isActive: Uint8Array): ColumnChanges | undefined {
  const kept = new Int32Array(edit.rows.length);
  const keptCodes = new Uint8Array(edit.rows.length);
  let count = 0;
  for (let i = 0; i < edit.rows.length; i++) {
    if (isActive[edit.rows[i]!] !== 1) continue;
    kept[count] = edit.rows[i]!;
    keptCodes[count++] = edit.ruleCodes[i]!;
  }
  if (count === 0) return undefined;
  const rows = kept.slice(0, count);
  const cellsOf = (column: Column): Column => (count === isActive.length ? column : takeRows(column, rows));
  return { ...edit, rows, before: cellsOf(edit.before), after: cellsOf(edit.after), ruleCodes: keptCodes.slice(0, count) };
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
      rowIds.push(idOfRow[change.rows[i]!]!);
      columns.push(change.column);
      before.push(cellAt(change.before, i));
      after.push(cellAt(change.after, i));
      rules.push(change.rules[code]!);
    }
  }
  return { rowIds, columns, before, after, rules };
}
