import type { FeatureMatrix } from "../data/feature-matrix";
import { columnOf, positionIds, rowsAt, type Table } from "../data/table";
import type { PipelineStages } from "./part";
import { findUnencodableCells, type RowReason } from "./unencodable-cells";

/** Why a row has no score. A row may have several such cells. */
export interface UnscoredCell {
  /** Position of the row in the table. */
  readonly row: number;
  readonly column: string;
  readonly reason: RowReason;
}

/** Rows on their way to a model. */
export interface PreparedRows {
  /** Rows of the table. */
  readonly rowCount: number;
  /** The features of the rows that can be scored, with the ids of the table. */
  readonly features: FeatureMatrix;
  /** For each row of `features` its position in the table. */
  readonly rows: Int32Array;
  /** Why the other rows cannot be scored, in the order of the rows. */
  readonly unscored: readonly UnscoredCell[];
}

/** Cleans, encodes and scales the rows that can be; says why the others cannot. */
export function prepareRows(caller: string, { cleaning, encoder, scaler }: PipelineStages, table: Table): PreparedRows {
  const { rowCount } = table;
  const columns = new Map(encoder.columns.map(({ column }) => [column, columnOf(caller, table, column)]));
  // Positions are the ids on the way, because those of the caller need not be distinct.
  const numbered: Table = { rowCount, rowIds: positionIds(rowCount), columns };
  const cleaned = cleaning?.clean(caller, numbered, cleaning.model, new Set(columns.keys()));
  const unscored: UnscoredCell[] = [];
  cleaned?.quarantined.reasons.rowIds.forEach((id, i) => {
    const { columns: names, rules } = cleaned.quarantined.reasons;
    unscored.push({ row: Number(id), column: names[i]!, reason: rules[i]! });
  });

  const clean = cleaned?.table ?? numbered;
  const isUsable = new Uint8Array(clean.rowCount).fill(1);
  for (const { row, column, reason } of findUnencodableCells(caller, encoder.columns, clean)) {
    isUsable[row] = 0;
    unscored.push({ row: Number(clean.rowIds[row]), column, reason });
  }
  const usable = isUsable.includes(0) ? rowsAt(clean, positionsOfOnes(isUsable)) : clean;

  const rows = Int32Array.from(usable.rowIds, Number);
  const rowIds = rows.length === rowCount ? table.rowIds : Array.from(rows, (row) => table.rowIds[row]!);
  const encoded = encoder.apply({ ...usable, rowIds });
  return { rowCount, features: scaler?.apply(encoded) ?? encoded, rows, unscored: unscored.sort((a, b) => a.row - b.row) };
}

function positionsOfOnes(marks: Uint8Array): number[] {
  const positions: number[] = [];
  marks.forEach((mark, row) => {
    if (mark === 1) positions.push(row);
  });
  return positions;
}

/** Puts scores of prepared rows at the positions that the rows have in the table; the others keep what `all` is filled with. */
export function spreadScores<Scores extends Float64Array | Int32Array>(scores: Scores, { rows }: PreparedRows, all: Scores): Scores {
  if (scores.length === all.length) return scores;
  scores.forEach((score, i) => (all[rows[i]!] = score));
  return all;
}
