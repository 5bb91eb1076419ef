import { takeRows } from "../../data/column";
import type { FeatureMatrix } from "../../data/feature-matrix";
import { withColumns } from "../../data/table";
import { checkDistinct, unknownColumn } from "../../errors/check";
import type { RowData } from "../../evaluation/resampling/row-data";

export function columnNamesOf(data: RowData): readonly string[] {
  return "columns" in data ? [...data.columns.keys()] : data.names;
}

/** Refuses names that are not there or repeated. */
export function checkColumns(caller: string, parameter: string, names: readonly string[], data: RowData): void {
  const known = columnNamesOf(data);
  for (const name of names) if (!known.includes(name)) throw unknownColumn(caller, parameter, name, known);
  checkDistinct(caller, parameter, names);
}

/** The same rows, each with the cells of some columns taken from another row. */
export function permuteColumns<Data extends RowData>(data: Data, names: readonly string[], rowFrom: Int32Array): Data;
export function permuteColumns(data: RowData, names: readonly string[], rowFrom: Int32Array): RowData {
  if ("columns" in data) return withColumns(data, names.map((name) => [name, takeRows(data.columns.get(name)!, rowFrom)] as const));
  const values = data.values.slice();
  for (const name of names) {
    const j = data.names.indexOf(name);
    for (let row = 0; row < data.rowCount; row++) values[row * data.columnCount + j] = data.values[rowFrom[row]! * data.columnCount + j]!;
  }
  return { ...data, values } satisfies FeatureMatrix;
}
