import { checkFeatureMatrix, type FeatureMatrix } from "../../../data/feature-matrix";
import { checkRowCount } from "../../../errors/check";
import { ClienteleError } from "../../../errors/error";
import { readOptions } from "../../../errors/options";
import { columnMomentsSteps } from "../../../numeric/statistics/moments";
import { runToEnd, type Steps } from "../../../steps/steps";
import { rangeOf, refuseRange } from "../range";
import { MinMaxScalerModel } from "./model";

/** Options of {@link fitMinMaxScaler}. */
export interface MinMaxScalerOptions {
  /** What the smallest value of the fit becomes. @defaultValue 0 */
  readonly from?: number | undefined;
  /** What the largest value of the fit becomes; above `from`. @defaultValue 1 */
  readonly to?: number | undefined;
  /** Whether values of other rows that lie outside those of the fit become `from` and `to`. Such a scaling has no inverse. @defaultValue false */
  readonly clip?: boolean | undefined;
}

export const MIN_MAX_SCALER_OPTIONS = {
  from: { kind: "number", default: 0 },
  to: { kind: "number", default: 1 },
  clip: { kind: "boolean", default: false },
} as const;

/**
 * Learns to bring columns into one range: the smallest value of each becomes 0, the largest 1, the others in proportion.
 *
 * For columns with natural bounds. One extreme customer squeezes all others together: prefer `fitRobustScaler` for amounts.
 * Values of later rows may lie outside the range, unless `clip` is set.
 *
 * A constant column (its values are equal up to 4 · 2⁻⁵² of their size) becomes `from`, its range counts as 1, and it is listed in
 * `constantColumns`.
 *
 * Linear in the number of values. `minMaxScalerSteps` is the same in slices.
 *
 * @throws ClienteleError `tooFewRows` for an empty matrix; `invalidOption` when `to` is not above `from`; `nonFinite` naming the column
 * for values that are not finite (missing ones must be filled first), or so far apart that their distance is not.
 * @example
 * ```ts
 * import { featureMatrixFromColumns } from "clientele/data";
 * import { fitMinMaxScaler } from "clientele/features";
 *
 * const scaler = fitMinMaxScaler(featureMatrixFromColumns({ satisfaction: [1, 3, 5] }));
 * console.log(scaler.apply(featureMatrixFromColumns({ satisfaction: [2, 6] })).values); // [0.25, 1.25]
 * ```
 */
export function fitMinMaxScaler(matrix: FeatureMatrix, options?: MinMaxScalerOptions): MinMaxScalerModel {
  return runToEnd(minMaxScalerSteps(matrix, options));
}

/** {@link fitMinMaxScaler} in slices, for `runCooperatively`: the same result. */
export function* minMaxScalerSteps(matrix: FeatureMatrix, options?: MinMaxScalerOptions): Steps<MinMaxScalerModel> {
  const caller = "fitMinMaxScaler";
  const { from, to, clip } = readOptions(caller, options, MIN_MAX_SCALER_OPTIONS);
  if (!(to - from > 0 && to - from < Infinity)) {
    const rule = `above from (${from}), by a finite distance`;
    throw new ClienteleError("invalidOption", `to must be ${rule}; got ${to}`, { caller, parameter: "to", rule, value: to });
  }
  checkFeatureMatrix(caller, "matrix", matrix);
  const { values, names, rowCount, columnCount } = matrix;
  checkRowCount(caller, "matrix", rowCount, 1);

  const columns = yield* columnMomentsSteps(values, rowCount, columnCount);

  const ranges = columns.map(({ min, max, missing }, j) => {
    const range = rangeOf(min, max);
    if (missing > 0 || !Number.isFinite(range)) throw refuseRange(caller, matrix, j);
    return range;
  });
  return new MinMaxScalerModel({
    kind: "minMaxScaler",
    version: 1,
    from: from + 0,
    to: to + 0,
    clip,
    featureNames: [...names],
    // Adding 0 turns −0, which JSON does not know, into 0.
    minima: columns.map(({ min }) => min + 0),
    ranges: ranges.map((range) => (range === 0 ? 1 : range)),
    constantColumns: names.filter((_, j) => ranges[j] === 0),
  });
}
