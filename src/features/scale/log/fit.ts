import { checkFeatureMatrix, type FeatureMatrix } from "../../../data/feature-matrix";
import { checkDistinct, checkNames, unknownColumn } from "../../../errors/check";
import { readOptions } from "../../../errors/options";
import { LogScalerModel, takeLogarithms } from "./model";

/** Options of {@link fitLogScaler}. */
export interface LogScalerOptions {
  /** The columns to take the logarithm of; the others stay as they are. @defaultValue all */
  readonly columns?: readonly string[] | undefined;
}

export const LOG_SCALER_OPTIONS = { columns: { kind: "names" } } as const;

/**
 * Takes log(1 + x) of columns, so that amounts and counts of which few are very large become comparable: from 0 to 10 is then
 * about as far as from 10 to 120. Standardise afterwards.
 *
 * Nothing is learnt but which columns; the fit checks that each of their values has a logarithm. Exact near 0, where log(1 + x) ≈ x.
 * In an encoding, `as: "log1p"` does the same.
 *
 * @throws ClienteleError `invalidInput` with column and row for a value of −1 or less, `unknownColumn` for a name that the matrix does
 * not have, `nonFinite` for a value that is no number (missing ones must be filled first).
 * @example
 * ```ts
 * import { featureMatrixFromColumns } from "clientele/data";
 * import { fitLogScaler } from "clientele/features";
 *
 * const matrix = featureMatrixFromColumns({ spend: [0, Math.E - 1], age: [30, 40] });
 * const scaler = fitLogScaler(matrix, { columns: ["spend"] });
 * console.log(scaler.apply(matrix).values); // [0, 30, 1, 40]
 * ```
 */
export function fitLogScaler(matrix: FeatureMatrix, options?: LogScalerOptions): LogScalerModel {
  const caller = "fitLogScaler";
  const { columns } = readOptions(caller, options, LOG_SCALER_OPTIONS);
  checkFeatureMatrix(caller, "matrix", matrix);
  const { names } = matrix;
  if (columns !== undefined) {
    checkNames(caller, "columns", columns);
    checkDistinct(caller, "columns", columns);
    const unknown = columns.find((name) => !names.includes(name));
    if (unknown !== undefined) throw unknownColumn(caller, "columns", unknown, names);
  }
  const chosen = names.filter((name) => columns?.includes(name) ?? true);
  takeLogarithms(caller, matrix, chosen);
  return new LogScalerModel({ kind: "logScaler", version: 1, featureNames: [...names], columns: chosen });
}
