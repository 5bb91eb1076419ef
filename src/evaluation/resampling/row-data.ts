import { FEATURE_MATRIX_RULE, isFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { isTable, rowsAt, TABLE_RULE, type RowId, type Table } from "../../data/table";
import { checkShape } from "../../errors/check";

/** Customers in rows: a table of columns, or a matrix of numbers. */
export type RowData = Table | FeatureMatrix;

/** Refuses what is neither a table nor a matrix. */
export function checkRowData(caller: string, data: RowData): void {
  checkShape(caller, "data", data, `${TABLE_RULE} or ${FEATURE_MATRIX_RULE}`, (fields) => isTable(fields) || isFeatureMatrix(fields));
}

/** The rows at `positions`, in that order, in the form of the input. */
export function dataRowsAt<Data extends RowData>(data: Data, positions: ArrayLike<number>): Data;
export function dataRowsAt(data: RowData, positions: ArrayLike<number>): RowData {
  return "columns" in data ? rowsAt(data, positions) : matrixRowsAt(data, positions);
}

function matrixRowsAt(matrix: FeatureMatrix, positions: ArrayLike<number>): FeatureMatrix {
  const { columnCount, names } = matrix;
  const rowCount = positions.length;
  const values = new Float64Array(rowCount * columnCount);
  const rowIds: RowId[] = [];
  for (let i = 0; i < rowCount; i++) {
    const position = positions[i]!;
    values.set(matrix.values.subarray(position * columnCount, (position + 1) * columnCount), i * columnCount);
    rowIds.push(matrix.rowIds[position]!);
  }
  return { rowCount, columnCount, names, rowIds, values };
}
