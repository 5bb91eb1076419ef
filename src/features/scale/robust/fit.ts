import { checkFeatureMatrix, type FeatureMatrix } from "../../../data/feature-matrix";
import { checkRowCount } from "../../../errors/check";
import { describeFeature } from "../../../errors/describe";
import { ClienteleError } from "../../../errors/error";
import { readOptions } from "../../../errors/options";
import { computeMoments } from "../../../numeric/statistics/moments";
import { runToEnd, type Steps } from "../../../steps/steps";
import { deviationOf } from "../../standardize/deviation";
import { columnQuantilesSteps } from "../column-quantiles";
import { rangeOf, refuseRange } from "../range";
import { RobustScalerModel } from "./model";

/** Options of {@link fitRobustScaler}. */
export interface RobustScalerOptions {
  /** The share of the rows below the lower quantile, from 0 to below 0.5. @defaultValue 0.25 */
  readonly lower?: number | undefined;
  /** The share of the rows below the upper quantile, from above 0.5 to 1. @defaultValue 0.75 */
  readonly upper?: number | undefined;
  /**
   * What a column is divided by that varies while its quantiles are equal (spend of which four in five are 0): its standard deviation;
   * 1, so that it keeps its unit and may outweigh all others (scikit-learn's choice); or it is refused.
   * @defaultValue "deviation"
   */
  readonly zeroRange?: "deviation" | "one" | "error" | undefined;
}

export const ROBUST_SCALER_OPTIONS = {
  lower: { kind: "number", min: 0, max: 0.5, open: "max", default: 0.25 },
  upper: { kind: "number", min: 0.5, max: 1, open: "min", default: 0.75 },
  zeroRange: { kind: "oneOf", values: ["deviation", "one", "error"], default: "deviation" },
} as const;

/**
 * Learns to put columns on one scale without regard to their extremes: each is centred to median 0 and divided by the distance
 * between its quartiles.
 *
 * A few very large customers move mean and standard deviation as far as they like; median and quartiles hardly notice a quarter of
 * the rows. Quantiles are those of type 7 (Hyndman and Fan 1996), as in scikit-learn's `RobustScaler`.
 *
 * A constant column (its values are equal up to 4 · 2⁻⁵² of their size) is centred, its scale is 1, and it is listed in
 * `constantColumns`; a column that varies while its quantiles are equal is listed in `zeroRangeColumns` and scaled as `zeroRange` says.
 *
 * Linear on average, by selection and without a sort: half a second for a million rows of ten columns. `robustScalerSteps` is the same
 * in slices; the selection in one column is not cut.
 *
 * @throws ClienteleError `tooFewRows` for an empty matrix; `nonFinite` naming the column for values that are not finite (missing ones
 * must be filled first), or so large that their distance is not; `invalidInput` naming the column with `zeroRange: "error"`.
 * @example
 * ```ts
 * import { featureMatrixFromColumns } from "clientele/data";
 * import { fitRobustScaler } from "clientele/features";
 *
 * const train = featureMatrixFromColumns({ spend: [10, 20, 30, 40, 9000], gifts: [0, 0, 0, 0, 5] });
 * const scaler = fitRobustScaler(train);
 * console.log(scaler.centers, scaler.scales); // [30, 0] [20, 2]
 * console.log(scaler.zeroRangeColumns); // ["gifts"]
 * console.log(scaler.apply(featureMatrixFromColumns({ spend: [50], gifts: [1] })).values); // [1, 0.5]
 * ```
 */
export function fitRobustScaler(matrix: FeatureMatrix, options?: RobustScalerOptions): RobustScalerModel {
  return runToEnd(robustScalerSteps(matrix, options));
}

/** {@link fitRobustScaler} in slices, for `runCooperatively`: the same result. */
export function* robustScalerSteps(matrix: FeatureMatrix, options?: RobustScalerOptions): Steps<RobustScalerModel> {
  const caller = "fitRobustScaler";
  const { lower, upper, zeroRange } = readOptions(caller, options, ROBUST_SCALER_OPTIONS);
  checkFeatureMatrix(caller, "matrix", matrix);
  const { values, names, rowCount, columnCount } = matrix;
  checkRowCount(caller, "matrix", rowCount, 1);

  const quantiles = yield* columnQuantilesSteps(values, rowCount, columnCount, [lower, 0.5, upper]);

  const scales: number[] = [];
  const zeroRangeColumns: string[] = [];
  const constantColumns: string[] = [];
  quantiles.forEach(([low, , high], j) => {
    const range = rangeOf(low!, high!);
    if (!Number.isFinite(range)) throw refuseRange(caller, matrix, j);
    const deviation = range > 0 ? undefined : deviationOfColumn(caller, matrix, j);
    if (deviation === 0) constantColumns.push(names[j]!);
    else if (deviation !== undefined) {
      if (zeroRange === "error") throw refuseZeroRange(caller, names[j]!);
      zeroRangeColumns.push(names[j]!);
    }
    scales.push(deviation === undefined ? range : deviation > 0 && zeroRange === "deviation" ? deviation : 1);
  });
  return new RobustScalerModel({
    kind: "robustScaler",
    version: 1,
    lower,
    upper,
    featureNames: [...names],
    centers: quantiles.map(([, median]) => median!),
    scales,
    zeroRangeColumns,
    constantColumns,
  });
}

/** The standard deviation of a column, 0 when it is constant up to rounding. */
function deviationOfColumn(caller: string, matrix: FeatureMatrix, j: number): number {
  const { values, columnCount, rowCount } = matrix;
  const moments = computeMoments(values, j, columnCount, rowCount);
  if (!Number.isFinite(moments.squares)) throw refuseRange(caller, matrix, j);
  return deviationOf(values, j, columnCount, moments, 0);
}

function refuseZeroRange(caller: string, name: string): ClienteleError {
  const column = describeFeature(name);
  const rule = "quantiles that differ";
  const message = `column ${JSON.stringify(column)} must have ${rule}; more rows than lie between them have one value`;
  return new ClienteleError("invalidInput", message, { caller, parameter: "matrix", column, rule });
}
