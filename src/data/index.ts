/**
 * Customers in columns: tables, their everyday verbs, and the number matrix that models take.
 *
 * @module data
 */
export type { BooleanColumn, CategoryColumn, CellValue, Column, ColumnType, NumberColumn, TimestampColumn } from "./column";
export {
  featureMatrixFromColumns,
  featureMatrixFromRows,
  featureMatrixFromValues,
  type FeatureMatrix,
  type FeatureMatrixOptions,
} from "./feature-matrix";
export { tableFromColumns, tableFromRecords, type DeclaredTypes, type TableFromColumnsOptions, type TableFromRecordsOptions } from "./from-records";
export { joinTables, type JoinOptions, type JoinResult } from "./join";
export { labelsFromTable, type LabelsOptions } from "./labels";
export { splitTable, type SplitOptions } from "./split";
export type { RowId, Table } from "./table";
export { cellsFromTable, recordsFromTable, type TableRecord } from "./to-records";
export { filterRows, selectColumns, type ReadRow } from "./verbs";
