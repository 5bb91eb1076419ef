import { checkDistinct, checkList, checkNames, checkObject, checkSameLength, checkShape, isList } from "../errors/check";
import { describeFeature, describeValue } from "../errors/describe";
import { ClienteleError } from "../errors/error";
import { readOptions } from "../errors/options";
import { idsFromCells } from "./read-cells";
import { positionIds, typedColumnOf, type RowId, type Table } from "./table";

/**
 * Numbers for a model: `rowCount` × `columnCount` finite values, row after row.
 * The value of row i and column j is `values[i * columnCount + j]`.
 */
export interface FeatureMatrix {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Names of the columns: a model remembers them and refuses a matrix with others. */
  readonly names: readonly string[];
  readonly rowIds: ArrayLike<RowId>;
  /** Row-major values. Treat as read-only: models and tables may share it. */
  readonly values: Float64Array;
}

/** Options of the functions that build a {@link FeatureMatrix}. */
export interface FeatureMatrixOptions {
  /** One id for each row, all different. They are copied. @defaultValue 0, 1, 2 … */
  readonly rowIds?: ArrayLike<RowId> | undefined;
}

const FEATURE_MATRIX_OPTIONS = { rowIds: { kind: "list" } } as const;

/**
 * Makes a matrix of rows of numbers.
 *
 * @param rows - one array for each row, all of the same length
 * @param names - one name for each column; without it `x1`, `x2` …
 * @throws ClienteleError `nonFinite` for NaN or infinity (with row and column), `lengthMismatch` for a ragged row,
 * `duplicateKey` for repeated names or ids.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 *
 * const matrix = featureMatrixFromRows([[25, 5000], [30, 6000]], ["age", "income"]);
 * console.log(matrix.rowCount, matrix.columnCount); // 2 2
 * ```
 */
export function featureMatrixFromRows(
  rows: readonly ArrayLike<number>[],
  names?: readonly string[],
  options?: FeatureMatrixOptions,
): FeatureMatrix {
  const caller = "featureMatrixFromRows";
  const rowIds = readRowIds(caller, options);
  checkList(caller, "rows", rows);
  if (names !== undefined) checkNames(caller, "names", names);
  const first: unknown = rows[0];
  const columnCount = names?.length ?? (isList(first) ? first.length : 0);
  const values = new Float64Array(rows.length * columnCount);
  for (let i = 0; i < rows.length; i++) {
    const row: unknown = rows[i];
    checkList(caller, `rows[${i}]`, row);
    if (row.length !== columnCount) {
      throw new ClienteleError("lengthMismatch", `row ${i} has ${row.length} values; the others have ${columnCount}`, {
        caller,
        parameter: "rows",
        row: i,
        rule: `${columnCount} values in each row`,
      });
    }
    for (let j = 0; j < columnCount; j++) {
      const value = row[j];
      values[i * columnCount + j] = typeof value === "number" ? value : refuseCell(caller, i, names?.[j] ?? `x${j + 1}`, value);
    }
  }
  return createFeatureMatrix(caller, values, names ?? defaultNames(columnCount), rows.length, rowIds);
}

/**
 * Makes a matrix of named columns of numbers.
 *
 * @param columns - an object or a `Map` from name to numbers, all of the same length
 * @throws ClienteleError `nonFinite` for NaN or infinity (with row and column), `lengthMismatch` for columns of different length,
 * `duplicateKey` for repeated ids.
 * @example
 * ```ts
 * import { featureMatrixFromColumns } from "clientele/data";
 *
 * const matrix = featureMatrixFromColumns({ age: [25, 30, 40], income: [5000, 6000, 8000] });
 * console.log(matrix.names); // ["age", "income"]
 * ```
 */
export function featureMatrixFromColumns(
  columns: Readonly<Record<string, ArrayLike<number>>> | ReadonlyMap<string, ArrayLike<number>>,
  options?: FeatureMatrixOptions,
): FeatureMatrix {
  const caller = "featureMatrixFromColumns";
  const rowIds = readRowIds(caller, options);
  checkObject(caller, "columns", columns);
  const entries = columns instanceof Map ? [...(columns as ReadonlyMap<string, ArrayLike<number>>)] : Object.entries(columns as Record<string, ArrayLike<number>>);
  const names = entries.map(([name]) => name);
  for (const [name, column] of entries) checkList(caller, `column ${JSON.stringify(name)}`, column);
  const rowCount = entries[0]?.[1].length ?? rowIds?.length ?? 0;
  const values = new Float64Array(rowCount * entries.length);
  entries.forEach(([name, column], j) => {
    checkSameLength(caller, `column ${JSON.stringify(name)}`, column.length, rowCount, "the first column");
    for (let i = 0; i < rowCount; i++) {
      const value: unknown = column[i];
      values[i * entries.length + j] = typeof value === "number" ? value : refuseCell(caller, i, name, value);
    }
  });
  return createFeatureMatrix(caller, values, names, rowCount, rowIds);
}

/**
 * Takes a row-major `Float64Array` as a matrix without copying it: for data that is already in this form.
 *
 * The array is kept, not copied. Do not change it afterwards.
 *
 * @param values - `names.length` numbers for each row
 * @throws ClienteleError `nonFinite` for NaN or infinity (with row and column), `lengthMismatch` when the length is no multiple of
 * `names.length`, `duplicateKey` for repeated names or ids.
 * @example
 * ```ts
 * import { featureMatrixFromValues } from "clientele/data";
 *
 * const matrix = featureMatrixFromValues(new Float64Array([25, 5000, 30, 6000]), ["age", "income"]);
 * console.log(matrix.rowCount); // 2
 * ```
 */
export function featureMatrixFromValues(values: Float64Array, names: readonly string[], options?: FeatureMatrixOptions): FeatureMatrix {
  const caller = "featureMatrixFromValues";
  const rowIds = readRowIds(caller, options);
  if (!(values instanceof Float64Array)) {
    throw new ClienteleError("invalidInput", `values must be a Float64Array; got ${describeValue(values)}`, { caller, parameter: "values" });
  }
  checkNames(caller, "names", names);
  const rowCount = names.length === 0 ? 0 : values.length / names.length;
  if (!Number.isInteger(rowCount)) {
    throw new ClienteleError("lengthMismatch", `values must hold ${names.length} numbers for each row; ${values.length} is no multiple of it`, {
      caller,
      parameter: "values",
      rule: `a multiple of ${names.length} numbers`,
      value: values.length,
    });
  }
  return createFeatureMatrix(caller, values, names, rowCount, rowIds);
}

/** The ids that were given, checked and copied as those of a table. */
function readRowIds(caller: string, options: FeatureMatrixOptions | undefined): RowId[] | undefined {
  const { rowIds } = readOptions(caller, options, FEATURE_MATRIX_OPTIONS);
  return rowIds === undefined ? undefined : idsFromCells(caller, "rowIds", rowIds.length, (row) => rowIds[row]);
}

/** The one place that checks a matrix: finite values, distinct names, an id for each row (that ids differ is the caller's part). */
export function createFeatureMatrix(
  caller: string,
  values: Float64Array,
  names: readonly string[],
  rowCount: number,
  rowIds: ArrayLike<RowId> = positionIds(rowCount),
): FeatureMatrix {
  checkDistinct(caller, "names", names, describeFeature);
  checkSameLength(caller, "rowIds", rowIds.length, rowCount, "the matrix");
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) refuseCell(caller, Math.floor(i / names.length), names[i % names.length]!, values[i]);
  }
  return { rowCount, columnCount: names.length, names: [...names], rowIds, values };
}

function refuseCell(caller: string, row: number, column: string, value: unknown): never {
  throw cellError(caller, row, column, value);
}

function cellError(caller: string, row: number, name: string, value: unknown): ClienteleError {
  const column = describeFeature(name);
  return new ClienteleError("nonFinite", `row ${row}, column ${JSON.stringify(column)} must be a finite number; got ${describeValue(value)}`, {
    caller,
    parameter: "matrix",
    row,
    column,
    rule: "a finite number",
    value: typeof value === "number" ? value : undefined,
  });
}

/**
 * Refuses what is no matrix at all. The numbers of a matrix that its caller put together by hand are not read here:
 * kernels meet them anyway, and {@link nonFiniteCell} then finds the one to blame.
 */
export function checkFeatureMatrix(caller: string, parameter: string, matrix: FeatureMatrix): void {
  checkShape(caller, parameter, matrix, FEATURE_MATRIX_RULE, isFeatureMatrix);
}

/** What a matrix must be, for messages. */
export const FEATURE_MATRIX_RULE = "a FeatureMatrix (featureMatrixFromRows makes one of rows of numbers, fitEncoder one of a table)";

/** Whether a value has the form of a matrix, its parts of lengths that belong together; its numbers are not looked at. */
export function isFeatureMatrix(value: object): value is FeatureMatrix {
  if (!("values" in value && "names" in value && "rowIds" in value && "rowCount" in value && "columnCount" in value)) return false;
  const { values, names, rowIds, rowCount, columnCount } = value;
  if (!(values instanceof Float64Array) || typeof rowCount !== "number" || typeof columnCount !== "number") return false;
  return values.length === rowCount * columnCount && Array.isArray(names) && names.length === columnCount && isList(rowIds) && rowIds.length === rowCount;
}

/** The refusal of the first cell that is not finite; undefined where all are. */
export function nonFiniteCell(caller: string, { values, columnCount, names }: FeatureMatrix): ClienteleError | undefined {
  const position = values.findIndex((value) => !Number.isFinite(value));
  if (position < 0) return undefined;
  return cellError(caller, Math.floor(position / columnCount), names[position % columnCount]!, values[position]);
}

function defaultNames(columnCount: number): string[] {
  return Array.from({ length: columnCount }, (_, j) => `x${j + 1}`);
}

/** Refuses a matrix whose columns are not those that a model was fitted on, in the same order. */
export function checkFeatures(caller: string, matrix: FeatureMatrix, expected: readonly string[]): void {
  const { names } = matrix;
  for (let j = 0; j < Math.max(names.length, expected.length); j++) {
    const [name, wanted] = [names[j], expected[j]];
    if (name === wanted) continue;
    const got = name === undefined ? undefined : describeFeature(name);
    const rule = wanted === undefined ? "no further column" : JSON.stringify(describeFeature(wanted));
    const found = got === undefined ? "nothing" : JSON.stringify(got) === rule ? "another level of it" : JSON.stringify(got);
    throw new ClienteleError("featureMismatch", `column ${j} must be ${rule}, as in the data of the fit; got ${found}`, {
      caller,
      parameter: "matrix",
      column: got,
      rule: "the columns of the fit, in order",
    });
  }
}

/** The number columns of a table as a matrix, for code inside the library; a missing cell is refused with its row. */
export function featureMatrixOfColumns(caller: string, table: Table, names: readonly string[], parameter: string): FeatureMatrix {
  const { rowCount, rowIds } = table;
  const values = new Float64Array(rowCount * names.length);
  names.forEach((name, j) => {
    const column = typedColumnOf(caller, table, name, "number", parameter).values;
    for (let i = 0; i < rowCount; i++) values[i * names.length + j] = column[i]!;
  });
  return createFeatureMatrix(caller, values, names, rowCount, rowIds);
}
