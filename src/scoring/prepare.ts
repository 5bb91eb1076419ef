import type { CellChanges } from "../cleaning/column-changes";
import type { QuarantineReasons } from "../cleaning/working-table";
import type { FeatureMatrix } from "../data/feature-matrix";
import { columnOf, positionIds, rowsAt, type RowId, type Table } from "../data/table";
import type { EncoderModel } from "../features/encode/model";
import type { Scaler, ScoringCleaning } from "./part";
import { findUnencodableCells, type UnscoredCell } from "./unencodable-cells";

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
  /** Cells that the cleaning emptied or filled, by the ids of the table; undefined without a cleaning. */
  readonly changes: CellChanges | undefined;
}

/** What becomes of a table on its way to a model. */
export interface PreparingStages {
  readonly cleaning: ScoringCleaning | undefined;
  readonly encoder: EncoderModel;
  readonly scaler: Scaler | undefined;
  /** The names of the columns that are read. */
  readonly inputs: Iterable<string>;
}

/** Cleans, encodes and scales the rows that can be; says why the others cannot. */
export function prepareRows(caller: string, { cleaning, encoder, scaler, inputs }: PreparingStages, table: Table): PreparedRows {
  const { rowCount } = table;
  const columns = new Map(Array.from(inputs, (column) => [column, columnOf(caller, table, column)]));
  // Positions are the ids on the way, because those of the caller need not be distinct.
  const numbered: Table = { rowCount, rowIds: positionIds(rowCount), columns };
  const cleaned = cleaning?.clean(caller, numbered);
  const clean = cleaned?.table ?? numbered;
  const unencodable = findUnencodableCells(caller, encoder.columns, clean);
  const encodable = withoutRows(clean, unencodable);
  const idAt = (position: RowId): RowId => table.rowIds[Number(position)]!;
  const encode = (part: Table): FeatureMatrix => encoder.apply({ ...part, rowIds: part.rowCount === rowCount ? table.rowIds : Array.from(part.rowIds, idAt) });
  const allEncoded = encode(encodable);
  const refused = scaler?.refusedCells?.(allEncoded) ?? [];
  const usable = withoutRows(encodable, refused);
  const encoded = refused.length === 0 ? allEncoded : encode(usable);
  return {
    rowCount,
    features: scaler?.apply(encoded) ?? encoded,
    rows: Int32Array.from(usable.rowIds, Number),
    unscored: [
      ...(cleaned === undefined ? [] : quarantinedCells(cleaned.reasons)),
      ...unencodable.map((cell) => ({ ...cell, row: Number(clean.rowIds[cell.row]) })),
      ...refused.map(({ row, column }): UnscoredCell => ({ row: Number(encodable.rowIds[row]), column, reason: "scale.outOfRange" })),
    ].sort((a, b) => a.row - b.row),
    changes: cleaned && { ...cleaned.changes, rowIds: cleaned.changes.rowIds.map(idAt) },
  };
}

function quarantinedCells({ rowIds, columns, rules }: QuarantineReasons): UnscoredCell[] {
  return rowIds.map((position, i) => ({ row: Number(position), column: columns[i]!, reason: rules[i]! }));
}

/** The table without the rows of these cells; the table itself when there are none. */
function withoutRows(table: Table, cells: readonly { readonly row: number }[]): Table {
  if (cells.length === 0) return table;
  const left = new Set(cells.map(({ row }) => row));
  return rowsAt(table, positionIds(table.rowCount).filter((row) => !left.has(row)));
}

/** Puts scores of prepared rows at the positions that the rows have in the table; the others keep what `all` is filled with. */
export function spreadScores<Scores extends Float64Array | Int32Array>(scores: Scores, { rows }: PreparedRows, all: Scores): Scores {
  if (scores.length === all.length) return scores;
  scores.forEach((score, i) => (all[rows[i]!] = score));
  return all;
}
