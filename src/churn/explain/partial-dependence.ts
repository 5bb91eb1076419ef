import type { Column } from "../../data/column";
import { withColumns } from "../../data/table";
import { checkFinite, checkList, checkRowCount, checkSameLength } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import type { Predictor } from "../../evaluation/resampling/out-of-fold";
import { checkRowData, type RowData } from "../../evaluation/resampling/row-data";
import { quantileOfSorted, sortPresent } from "../../numeric/statistics/quantile";
import { runToEnd, type Steps } from "../../steps/steps";
import { checkColumns } from "./replace-columns";

/** Options of {@link computePartialDependence}. */
export interface PartialDependenceOptions<Data extends RowData> {
  /** Any model: gives a number to each row. */
  readonly predict: Predictor<Data>;
  /** The column to be varied. */
  readonly column: string;
  /** Values to try: numbers (of a timestamp column milliseconds), texts that the column has, true and false. @defaultValue by `gridSize` */
  readonly grid?: readonly (number | string | boolean)[] | undefined;
  /**
   * Of numbers, how many quantiles: those at (k − ½) / gridSize, so that each stands for as many customers; where there are no more different
   * values, all of them. Of categories and truth values all are tried. @defaultValue 20
   */
  readonly gridSize?: number | undefined;
  /** Also give the curve of every customer (individual conditional expectation). @defaultValue false */
  readonly ice?: boolean | undefined;
}

const PARTIAL_DEPENDENCE_OPTIONS = {
  predict: { kind: "function", required: true },
  column: { kind: "text", required: true },
  grid: { kind: "list" },
  gridSize: { kind: "integer", min: 2, default: 20 },
  ice: { kind: "boolean", default: false },
} as const;

/** What {@link computePartialDependence} returns. */
export interface PartialDependence {
  readonly column: string;
  readonly grid: readonly (number | string | boolean)[];
  /** The mean prediction with every customer given that value. */
  readonly mean: Float64Array;
  readonly rowCount: number;
  /** Row-major: the prediction of row i at grid value g is `ice[i * grid.length + g]`; undefined unless asked for. */
  readonly ice: Float64Array | undefined;
}

/**
 * How a model's mean prediction changes with one column, all else left as it is in each customer (Friedman 2001, "brute force"): one
 * prediction of all rows for each value.
 *
 * It shows the model, not the world: customers are also given values that do not go with the rest of them. Where the curves of single customers
 * (`ice`, Goldstein et al. 2015) cross, their mean hides an interaction.
 *
 * @param data - a table or a matrix
 * @throws ClienteleError `unknownColumn`, `invalidInput` for a grid value that the column cannot hold, `tooFewRows` for no rows or a
 * column without a value, `lengthMismatch` or `nonFinite` for predictions that do not fit the rows; whatever `predict` throws.
 * @example
 * ```ts
 * import { computePartialDependence } from "clientele/churn";
 * import { tableFromColumns, type Table } from "clientele/data";
 *
 * const customers = tableFromColumns({ months: [2, 30, 5], plan: ["basic", "pro", "basic"] });
 * const predict = (table: Table) => {
 *   const plan = table.columns.get("plan");
 *   return plan?.type === "category" ? Array.from(plan.codes, (code) => (plan.categories[code] === "pro" ? 0.25 : 0.5)) : [];
 * };
 * const { grid, mean } = computePartialDependence(customers, { predict, column: "plan" });
 * console.log(grid, mean); // ["basic", "pro"] Float64Array [0.5, 0.25]
 * ```
 */
export function computePartialDependence<Data extends RowData>(data: Data, options: PartialDependenceOptions<Data>): PartialDependence {
  return runToEnd(partialDependenceSteps(data, options));
}

/** {@link computePartialDependence} in slices: one for each grid value. */
export function* partialDependenceSteps<Data extends RowData>(data: Data, options: PartialDependenceOptions<Data>): Steps<PartialDependence> {
  const caller = "computePartialDependence";
  const { predict, column, grid: given, gridSize, ice: keepsEach } = readOptions<PartialDependenceOptions<Data>, typeof PARTIAL_DEPENDENCE_OPTIONS>(caller, options, PARTIAL_DEPENDENCE_OPTIONS);
  checkRowData(caller, data);
  checkColumns(caller, "column", [column], data);
  const { rowCount } = data;
  checkRowCount(caller, "data", rowCount, 1);
  const cells = columnAt(data, column);
  const grid = given === undefined ? draftGrid(cells, gridSize) : given.map((value, i) => checkValue(caller, cells, value, i));
  checkRowCount(caller, given === undefined ? `column ${JSON.stringify(column)}` : "grid", grid.length, 1, "values");
  const mean = new Float64Array(grid.length);
  const ice = keepsEach ? new Float64Array(rowCount * grid.length) : undefined;
  for (let g = 0; g < grid.length; g++) {
    const predicted = predict(withValue(data, column, cells, grid[g]!));
    checkList(caller, "predictions", predicted);
    checkSameLength(caller, "predictions", predicted.length, rowCount, "data");
    checkFinite(caller, "predictions", predicted);
    let sum = 0;
    for (let row = 0; row < rowCount; row++) {
      sum += predicted[row]!;
      if (ice !== undefined) ice[row * grid.length + g] = predicted[row]!;
    }
    mean[g] = sum / rowCount;
    yield { phase: "trying values", done: g + 1, total: grid.length };
  }
  return { column, grid, mean, rowCount, ice };
}

function columnAt(data: RowData, name: string): Column {
  if ("columns" in data) return data.columns.get(name)!;
  const j = data.names.indexOf(name);
  return { type: "number", values: Float64Array.from({ length: data.rowCount }, (_, row) => data.values[row * data.columnCount + j]!) };
}

type GridValue = number | string | boolean;

function draftGrid(column: Column, gridSize: number): GridValue[] {
  if (column.type === "category") {
    const present = new Set(column.codes);
    return column.categories.filter((_, code) => present.has(code)).sort((a, b) => (a < b ? -1 : 1));
  }
  if (column.type === "boolean") return [false, true].filter((value) => column.values.includes(Number(value)));
  const sorted = sortPresent(column.values);
  const distinct = [...new Set(sorted)];
  if (distinct.length <= gridSize) return distinct;
  return [...new Set(Array.from({ length: gridSize }, (_, k) => quantileOfSorted(sorted, (k + 0.5) / gridSize)))];
}

function checkValue(caller: string, column: Column, value: unknown, position: number): GridValue {
  const isNumbers = column.type === "number" || column.type === "timestamp";
  if (isNumbers && typeof value === "number" && Number.isFinite(value)) return value;
  if (column.type === "boolean" && typeof value === "boolean") return value;
  if (column.type === "category" && typeof value === "string" && column.categories.includes(value)) return value;
  const rule = isNumbers ? "finite numbers" : column.type === "boolean" ? "true or false" : "texts that the column has";
  throw new ClienteleError("invalidInput", `grid must hold ${rule}; got ${describeValue(value)} at position ${position}`, { caller, parameter: "grid", rule });
}

/** The same rows, all with one value in a column. */
function withValue<Data extends RowData>(data: Data, name: string, cells: Column, value: GridValue): Data;
function withValue(data: RowData, name: string, cells: Column, value: GridValue): RowData {
  if ("columns" in data) return withColumns(data, [[name, constantColumn(cells, value)]]);
  const values = data.values.slice();
  const j = data.names.indexOf(name);
  for (let row = 0; row < data.rowCount; row++) values[row * data.columnCount + j] = value as number;
  return { ...data, values };
}

function constantColumn(cells: Column, value: GridValue): Column {
  switch (cells.type) {
    case "category":
      return { ...cells, codes: new Int32Array(cells.codes.length).fill(cells.categories.indexOf(value as string)) };
    case "boolean":
      return { ...cells, values: new Uint8Array(cells.values.length).fill(Number(value)) };
    default:
      return { ...cells, values: new Float64Array(cells.values.length).fill(value as number) };
  }
}
