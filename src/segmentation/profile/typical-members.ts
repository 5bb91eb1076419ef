import type { FeatureMatrix } from "../../data/feature-matrix";
import type { RowId } from "../../data/table";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import type { ColumnCentres } from "./number-profile";

/** A row near the middle of its segment. */
export interface TypicalMember {
  readonly rowId: RowId;
  /** Position of the row in the table. */
  readonly row: number;
  /** Euclidean distance from the segment's means: in standard deviations of the table's columns, or in the units of the matrix that was given. */
  readonly distance: number;
}

/** Squared distance of each row from the means of its segment, added up column by column; NaN where a column is missing. */
export class CentreDistances {
  readonly squares: Float64Array;
  columnCount = 0;

  constructor(rowCount: number) {
    this.squares = new Float64Array(rowCount);
  }

  /** Adds a column, unless it is constant. */
  add({ values, means, deviation }: ColumnCentres, segments: readonly Int32Array[]): void {
    if (!(deviation > 0) || !Number.isFinite(deviation)) return;
    this.columnCount++;
    segments.forEach((rows, segment) => {
      const mean = means[segment] ?? NaN;
      for (const row of rows) {
        const difference = (values[row]! - mean) / deviation;
        this.squares[row]! += difference * difference;
      }
    });
  }

  /** Adds the columns of a matrix in their own units. */
  addMatrix({ values, columnCount }: FeatureMatrix, segments: readonly Int32Array[]): void {
    this.columnCount += columnCount;
    for (const rows of segments) {
      const column = new Float64Array(rows.length);
      for (let j = 0; j < columnCount; j++) {
        for (let i = 0; i < rows.length; i++) column[i] = values[rows[i]! * columnCount + j]!;
        const mean = sumOf(column) / rows.length;
        for (let i = 0; i < rows.length; i++) {
          const difference = column[i]! - mean;
          this.squares[rows[i]!]! += difference * difference;
        }
      }
    }
  }
}

/** The `count` rows of a segment nearest to its means, nearest first, the earlier of equally near ones; rows with missing values are passed over. */
export function findTypicalMembers({ squares, columnCount }: CentreDistances, rows: Int32Array, rowIds: ArrayLike<RowId>, count: number): TypicalMember[] {
  if (columnCount === 0 || count === 0) return [];
  const nearest: number[] = [];
  for (const row of rows) {
    const square = squares[row]!;
    if (!Number.isFinite(square) || (nearest.length === count && !(square < squares[nearest.at(-1)!]!))) continue;
    let at = nearest.length;
    while (at > 0 && squares[nearest[at - 1]!]! > square) at--;
    nearest.splice(at, 0, row);
    nearest.length = Math.min(nearest.length, count);
  }
  return nearest.map((row) => ({ rowId: rowIds[row]!, row, distance: Math.sqrt(squares[row]!) }));
}
