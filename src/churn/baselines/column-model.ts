import { MISSING_BOOLEAN, type CategoryColumn, type Column } from "../../data/column";
import { featureMatrixFromValues, type FeatureMatrix } from "../../data/feature-matrix";
import { createTable, positionIds, type Table } from "../../data/table";
import type { RowData } from "../../evaluation/resampling/row-data";
import { fitEncoder } from "../../features/encode/fit";
import { computeMoments } from "../../numeric/statistics/moments";
import type { Steps } from "../../steps/steps";
import { bandCuts, bandsOf } from "../leakage/levels";
import type { ColumnAuc } from "../leakage/single-column";
import { logisticRegressionSteps } from "../logistic-regression/fit";

/** The columns of a table or matrix, by name. */
export function columnsOf(data: RowData): ReadonlyMap<string, Column> {
  if ("columns" in data) return data.columns;
  const { rowCount, columnCount, names, values } = data;
  return new Map(names.map((name, j) => [name, { type: "number", values: Float64Array.from({ length: rowCount }, (_, row) => values[row * columnCount + j]!) }]));
}

/** Gives a probability to each cell of a column. */
export type ColumnPredictor = (column: Column) => Float64Array;

/**
 * One column as a model of its own: logistic regression where its values are ranked (missing cells are the mean, with an indicator), the mean
 * label of its levels or bands where those are, drawn towards the mean of all as far as they are small.
 */
export function* fitColumnSteps(column: Column, labels: Uint8Array, by: ColumnAuc["by"]): Steps<ColumnPredictor> {
  if (by === "rising" || by === "falling") return yield* fitLineSteps(column, labels);
  const cuts = column.type === "number" || column.type === "timestamp" ? bandCuts(column.values) : undefined;
  const { encoder } = fitEncoder(asTable(column, cuts), [{ column: "x", as: "target", missing: "level", unknown: "mean" }], { labels, folds: 2 });
  return (test) => encoder.apply(asTable(test, cuts)).values;
}

function* fitLineSteps(column: Column, labels: Uint8Array): Steps<ColumnPredictor> {
  const { count, mean } = computeMoments(valuesOf(column));
  const fill = count === 0 ? 0 : mean;
  // A penalty as weak as one row keeps the fit finite where one column separates the classes.
  const model = yield* logisticRegressionSteps(lineMatrix(column, fill), labels, { strength: 1 / labels.length });
  return (test) => model.predictProbability(lineMatrix(test, fill));
}

function valuesOf(column: Column): Float64Array {
  if (column.type === "category") return new Float64Array(column.codes.length).fill(NaN);
  return column.type === "boolean" ? Float64Array.from(column.values, (value) => (value === MISSING_BOOLEAN ? NaN : value)) : column.values;
}

function lineMatrix(column: Column, fill: number): FeatureMatrix {
  const values = valuesOf(column);
  const cells = new Float64Array(2 * values.length);
  for (let row = 0; row < values.length; row++) {
    const isMissing = Number.isNaN(values[row]);
    cells[2 * row] = isMissing ? fill : values[row]!;
    cells[2 * row + 1] = Number(isMissing);
  }
  return featureMatrixFromValues(cells, ["value", "missing"]);
}

function asTable(column: Column, cuts: Float64Array | undefined): Table {
  const cells = asCategory(column, cuts);
  return createTable("fitColumn", [["x", cells]], positionIds(cells.codes.length));
}

function asCategory(column: Column, cuts: Float64Array | undefined): CategoryColumn {
  if (column.type === "category") return column;
  if (column.type === "boolean") return { type: "category", codes: Int32Array.from(column.values, (value) => (value === MISSING_BOOLEAN ? -1 : value)), categories: ["false", "true"] };
  return { type: "category", codes: bandsOf(column.values, cuts!), categories: Array.from({ length: cuts!.length + 1 }, (_, band) => `band ${band}`) };
}
