import { checkFeatureMatrix, nonFiniteCell, type FeatureMatrix } from "../../data/feature-matrix";
import { checkRowCount } from "../../errors/check";
import { describeFeature } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { columnMomentsSteps } from "../../numeric/statistics/moments";
import { runToEnd, type Steps } from "../../steps/steps";
import { deviationOf } from "./deviation";
import { StandardScalerModel } from "./model";

/** Options of {@link fitStandardScaler}. */
export interface StandardScalerOptions {
  /**
   * Delta degrees of freedom of the standard deviation: squares are divided by `rows − ddof`. 0 gives the deviation of these
   * rows (scikit-learn's), 1 the estimate for the population they were drawn from (R's `scale`). @defaultValue 0
   */
  readonly ddof?: 0 | 1 | undefined;
}

export const STANDARD_SCALER_OPTIONS = { ddof: { kind: "integer", min: 0, max: 1, default: 0 } } as const;

/**
 * Learns to put columns on one scale: each is centred to mean 0 and divided by its standard deviation.
 *
 * Distances (k-means) and penalties (logistic regression) weigh columns by their size; after standardising, each counts alike.
 * Fit on the training rows and apply the same model to new rows.
 *
 * A column whose standard deviation is no larger than rounding leaves behind (4 · 2⁻⁵² of its largest magnitude) is constant:
 * it is centred, its scale is 1, and it is listed in `constantColumns`. Moments are compensated, so 1e9 ± 1e-3 keeps its digits.
 *
 * Linear in the number of values. `standardScalerSteps` is the same in slices.
 *
 * @throws ClienteleError `tooFewRows` for fewer than `ddof + 1` rows; `nonFinite` naming the column for values that are not finite,
 * or so large (about 1e150) that their variance is not.
 * @example
 * ```ts
 * import { featureMatrixFromColumns } from "clientele/data";
 * import { fitStandardScaler } from "clientele/features";
 *
 * const train = featureMatrixFromColumns({ age: [20, 40, 20, 40], country: [1, 1, 1, 1] });
 * const scaler = fitStandardScaler(train);
 * console.log(scaler.means); // [30, 1]
 * console.log(scaler.constantColumns); // ["country"]
 *
 * const scaled = scaler.apply(featureMatrixFromColumns({ age: [30, 45], country: [1, 1] }));
 * console.log([...scaled.values]); // [0, 0, 1.5, 0]
 * ```
 */
export function fitStandardScaler(matrix: FeatureMatrix, options?: StandardScalerOptions): StandardScalerModel {
  return runToEnd(standardScalerSteps(matrix, options));
}

/** {@link fitStandardScaler} in slices, for `runCooperatively`: the same result. */
export function* standardScalerSteps(matrix: FeatureMatrix, options?: StandardScalerOptions): Steps<StandardScalerModel> {
  const caller = "fitStandardScaler";
  const { ddof } = readOptions(caller, options, STANDARD_SCALER_OPTIONS);
  checkFeatureMatrix(caller, "matrix", matrix);
  const { values, names, rowCount, columnCount } = matrix;
  checkRowCount(caller, "matrix", rowCount, ddof + 1);

  const columns = yield* columnMomentsSteps(values, rowCount, columnCount);

  const deviations = columns.map((moments, j) => {
    if (moments.missing > 0 || !Number.isFinite(moments.mean) || !Number.isFinite(moments.squares)) throw refuseColumn(caller, matrix, j);
    return deviationOf(values, j, columnCount, moments, ddof);
  });
  return new StandardScalerModel({
    kind: "standardScaler",
    version: 1,
    ddof,
    featureNames: [...names],
    means: columns.map((moments) => moments.mean),
    scales: deviations.map((deviation) => (deviation === 0 ? 1 : deviation)),
    constantColumns: names.filter((_, j) => deviations[j] === 0),
  });
}

/** Says why the moments of a column are no numbers: a value that is not finite, or values too large to square. */
function refuseColumn(caller: string, matrix: FeatureMatrix, j: number): ClienteleError {
  const column = describeFeature(matrix.names[j]!);
  const message = `the variance of column ${JSON.stringify(column)} is larger than the largest number; divide the column by its unit first`;
  return nonFiniteCell(caller, matrix) ?? new ClienteleError("nonFinite", message, { caller, parameter: "matrix", column, rule: "a finite variance" });
}
