import type { Column } from "../data/column";
import { columnOf, rowsAt, type RowId, type Table } from "../data/table";
import type { CleaningRule, CleaningStep } from "./cleaning-rule";
import { changesOfActive, differingRows, type ColumnChanges } from "./column-changes";

/** Cells for which their row was set aside: entry i of each list describes one cell; a row may have several. */
export interface QuarantineReasons {
  readonly rowIds: readonly RowId[];
  readonly columns: readonly string[];
  readonly rules: readonly CleaningRule[];
}

/** A point in the work on a table. */
export interface WorkMark {
  readonly version: number;
  readonly edits: number;
}

/**
 * A table on its way through the steps of a cleaning: all rows of the input, which of them are still in the table, and a log of what was done.
 * The columns are replaced, never written to.
 */
export class WorkingTable {
  readonly caller: string;
  readonly input: Table;
  /** 1 for rows that are still in the table. */
  readonly isActive: Uint8Array;
  /** For each row the position of the row it was merged into, −1 for the others. */
  readonly mergedInto: Int32Array;
  readonly reasons = { rowIds: [] as RowId[], columns: [] as string[], rules: [] as CleaningRule[] };
  /** Columns that the input does not have. */
  readonly added = new Set<string>();
  readonly #columns: Map<string, Column>;
  readonly #edits: ColumnChanges[] = [];
  #version = 0;

  constructor(caller: string, input: Table) {
    this.caller = caller;
    this.input = input;
    this.isActive = new Uint8Array(input.rowCount).fill(1);
    this.mergedInto = new Int32Array(input.rowCount).fill(-1);
    this.#columns = new Map(input.columns);
  }

  get rowCount(): number {
    return this.input.rowCount;
  }

  get columns(): ReadonlyMap<string, Column> {
    return this.#columns;
  }

  /** All rows as they are now, those that left among them. */
  get table(): Table {
    return { rowCount: this.rowCount, rowIds: this.input.rowIds, columns: this.#columns };
  }

  /** Remembers how far the work has come. */
  mark(): WorkMark {
    return { version: this.#version, edits: this.#edits.length };
  }

  /** Whether nothing was changed since: no cell, no column, no row's fate. */
  isAsAt({ version }: WorkMark): boolean {
    return this.#version === version;
  }

  /** Sets aside the rows that were changed since, and are still in the table. */
  setAsideSince({ edits }: WorkMark): void {
    for (const { column, rows } of this.#edits.slice(edits)) {
      for (const row of rows) if (this.isActive[row] === 1) this.setAside(row, column, "unsettled");
    }
  }

  column(name: string, parameter: string): Column {
    return columnOf(this.caller, this.table, name, parameter);
  }

  /** Replaces a column; `rows` (ascending) are those whose cells are not as before, each for the rule of its code. */
  replace(step: CleaningStep, name: string, after: Column, rows: Int32Array, rules: readonly CleaningRule[], ruleCodes: Uint8Array): void {
    const before = this.column(name, "column");
    this.#columns.set(name, after);
    if (rows.length === 0) return;
    this.#version++;
    // Of a column that the input does not have there is nothing to take back, but it must come to rest too.
    this.#edits.push({ step, column: name, rows, before, after, rules, ruleCodes });
  }

  /** {@link replace} where all changes are for one rule. */
  replaceCells(step: CleaningStep, name: string, after: Column, rows: Int32Array, rule: CleaningRule): void {
    this.replace(step, name, after, rows, [rule], new Uint8Array(rows.length));
  }

  /** Sets a computed column: adds it, or replaces the cells that differ from those that are there. A column without any value takes its type. */
  setColumn(step: CleaningStep, name: string, column: Column, rule: CleaningRule): void {
    const before = this.#columns.get(name);
    if (before === undefined) {
      this.added.add(name);
      this.#version++;
      this.#columns.set(name, column);
    } else this.replaceCells(step, name, column, differingRows(before, column, this.isActive), rule);
  }

  /** Takes a row out of the table, for the sake of a cell. A row may be set aside for several cells of one step. */
  setAside(row: number, column: string, rule: CleaningRule): void {
    this.isActive[row] = 0;
    this.#version++;
    this.reasons.rowIds.push(this.input.rowIds[row]!);
    this.reasons.columns.push(column);
    this.reasons.rules.push(rule);
  }

  merge(row: number, into: number): void {
    this.isActive[row] = 0;
    this.mergedInto[row] = into;
    this.#version++;
  }

  /** The row that stays, or was set aside, for a merged one: what it was merged into may have been merged in its turn. */
  survivorOf(row: number): number {
    let survivor = row;
    while (this.mergedInto[survivor]! >= 0) survivor = this.mergedInto[survivor]!;
    return survivor;
  }

  /** What the steps changed in the rows that stay, in the order of the steps; left out is what was changed for unwanted rules only. */
  changes(isWanted: (rule: CleaningRule) => boolean = () => true): ColumnChanges[] {
    return this.#edits.flatMap((edit) => (this.added.has(edit.column) || !edit.rules.some(isWanted) ? [] : (changesOfActive(edit, this.isActive) ?? [])));
  }

  /** The rows that are in the table, without a copy when all are. */
  cleaned(): Table {
    const stays = this.positions((row) => this.isActive[row] === 1);
    return stays.length === this.rowCount ? this.table : rowsAt(this.table, stays);
  }

  positions(isWanted: (row: number) => boolean): Int32Array {
    const positions = new Int32Array(this.rowCount);
    let count = 0;
    for (let row = 0; row < this.rowCount; row++) if (isWanted(row)) positions[count++] = row;
    return positions.slice(0, count);
  }
}

