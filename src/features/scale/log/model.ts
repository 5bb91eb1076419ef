import { checkFeatureMatrix, checkFeatures, createFeatureMatrix, type FeatureMatrix } from "../../../data/feature-matrix";
import { describeFeature } from "../../../errors/describe";
import { ClienteleError } from "../../../errors/error";
import { expm1Columns, log1pColumns, positionsWithoutLogarithm } from "./predict";
import { readLogScalerSpec, type LogScalerSpec } from "./spec";

/** Which columns are replaced by log(1 + x), made by `fitLogScaler` or {@link logScalerFromSpec}. */
export class LogScalerModel {
  /** The columns of the fit, in order. */
  readonly featureNames: readonly string[];
  /** Those whose logarithm is taken. */
  readonly columns: readonly string[];

  constructor(spec: LogScalerSpec) {
    this.featureNames = spec.featureNames;
    this.columns = spec.columns;
  }

  /**
   * Takes log(1 + x) of the values of its columns; the others stay as they are.
   *
   * @throws ClienteleError `featureMismatch` when the columns are not those of the fit, in order;
   * `invalidInput` with column and row for a value of −1 or less; `nonFinite` for a value that is no number.
   */
  apply(matrix: FeatureMatrix): FeatureMatrix {
    const caller = "LogScalerModel.apply";
    checkFeatureMatrix(caller, "matrix", matrix);
    checkFeatures(caller, matrix, this.featureNames);
    return takeLogarithms(caller, matrix, this.columns);
  }

  /**
   * The cells for which {@link apply} would refuse the matrix: values of −1 or less.
   *
   * @throws ClienteleError `featureMismatch` as {@link apply}.
   */
  refusedCells(matrix: FeatureMatrix): { readonly row: number; readonly column: string }[] {
    const caller = "LogScalerModel.refusedCells";
    checkFeatureMatrix(caller, "matrix", matrix);
    checkFeatures(caller, matrix, this.featureNames);
    const { values, columnCount, names } = matrix;
    return positionsWithoutLogarithm(values, columnCount, positionsOf(this.columns, matrix)).map((position) => ({
      row: Math.floor(position / columnCount),
      column: names[position % columnCount]!,
    }));
  }

  /**
   * Turns logarithms back: exp(z) − 1. What {@link apply} made comes back to within 1e-12 of 1 + x.
   *
   * @throws ClienteleError `featureMismatch` as {@link apply}; `nonFinite` for a value above 709.78, whose exponential is no number.
   */
  invert(matrix: FeatureMatrix): FeatureMatrix {
    const caller = "LogScalerModel.invert";
    checkFeatureMatrix(caller, "matrix", matrix);
    checkFeatures(caller, matrix, this.featureNames);
    const out = matrix.values.slice();
    expm1Columns(matrix.values, matrix.columnCount, positionsOf(this.columns, matrix), out);
    return createFeatureMatrix(caller, out, this.featureNames, matrix.rowCount, matrix.rowIds);
  }

  /** The saved form: `JSON.stringify(model)` is enough, {@link logScalerFromSpec} reads it. */
  toJSON(): LogScalerSpec {
    return { kind: "logScaler", version: 1, featureNames: [...this.featureNames], columns: [...this.columns] };
  }
}

/** The matrix with log(1 + x) in some of its columns. */
export function takeLogarithms(caller: string, matrix: FeatureMatrix, columns: readonly string[]): FeatureMatrix {
  const out = matrix.values.slice();
  const refused = log1pColumns(matrix.values, matrix.columnCount, positionsOf(columns, matrix), out);
  if (refused >= 0) throw refuseLogarithm(caller, matrix, refused);
  return createFeatureMatrix(caller, out, matrix.names, matrix.rowCount, matrix.rowIds);
}

function positionsOf(columns: readonly string[], { names }: FeatureMatrix): number[] {
  return columns.map((name) => names.indexOf(name));
}

function refuseLogarithm(caller: string, { values, columnCount, names }: FeatureMatrix, position: number): ClienteleError {
  const column = describeFeature(names[position % columnCount]!);
  const row = Math.floor(position / columnCount);
  const rule = "above −1";
  const value = values[position]!;
  return new ClienteleError("invalidInput", `column ${JSON.stringify(column)} must be ${rule} for log(1 + x); it is ${value} in row ${row}`, {
    caller,
    parameter: "matrix",
    column,
    row,
    rule,
    value,
  });
}

/**
 * Reads a saved log scaler.
 *
 * @param value - parsed JSON; it need not be trusted
 * @throws ClienteleError `invalidSpec` naming the field that is not as it should be.
 * @example
 * ```ts
 * import { featureMatrixFromColumns } from "clientele/data";
 * import { fitLogScaler, logScalerFromSpec } from "clientele/features";
 *
 * const saved = JSON.stringify(fitLogScaler(featureMatrixFromColumns({ spend: [0, 99] })));
 * console.log(logScalerFromSpec(JSON.parse(saved)).columns); // ["spend"]
 * ```
 */
export function logScalerFromSpec(value: unknown): LogScalerModel {
  return new LogScalerModel(readLogScalerSpec("logScalerFromSpec", value));
}
