import { checkFeatureMatrix, checkFeatures, createFeatureMatrix, type FeatureMatrix } from "../../../data/feature-matrix";
import { standardize, unstandardize } from "../../standardize/predict";
import { readRobustScalerSpec, type RobustScalerSpec } from "./spec";

/** Medians and distances of quantiles of the columns of a fit, made by `fitRobustScaler` or {@link robustScalerFromSpec}. */
export class RobustScalerModel {
  /** The columns of the fit, in order. */
  readonly featureNames: readonly string[];
  /** The median of each column. */
  readonly centers: readonly number[];
  /** What each column is divided by: the distance of its quantiles, or what stands for it where they are equal. */
  readonly scales: readonly number[];
  /** Columns that vary while their quantiles are equal. */
  readonly zeroRangeColumns: readonly string[];
  /** Columns that did not vary in the data of the fit: they are centred and not divided. */
  readonly constantColumns: readonly string[];
  /** Shares of the rows below the two quantiles. */
  readonly lower: number;
  readonly upper: number;

  constructor(spec: RobustScalerSpec) {
    this.featureNames = spec.featureNames;
    this.centers = spec.centers;
    this.scales = spec.scales;
    this.zeroRangeColumns = spec.zeroRangeColumns;
    this.constantColumns = spec.constantColumns;
    this.lower = spec.lower;
    this.upper = spec.upper;
  }

  /**
   * Expresses each value as its distance from the median: (x − median) / scale.
   *
   * @throws ClienteleError `featureMismatch` when the columns are not those of the fit, in order;
   * `nonFinite` when a value is so far away that its distance is no number.
   */
  apply(matrix: FeatureMatrix): FeatureMatrix {
    const caller = "RobustScalerModel.apply";
    checkFeatureMatrix(caller, "matrix", matrix);
    checkFeatures(caller, matrix, this.featureNames);
    const out = new Float64Array(matrix.values.length);
    standardize(matrix.values, this.centers, this.scales, out);
    return createFeatureMatrix(caller, out, this.featureNames, matrix.rowCount, matrix.rowIds);
  }

  /**
   * Turns scaled values back: z · scale + median. What {@link apply} made comes back to within 1e-12 of the scale for values up to
   * a thousand scales from the median (the error grows in proportion beyond).
   *
   * @throws ClienteleError as {@link apply}.
   */
  invert(matrix: FeatureMatrix): FeatureMatrix {
    const caller = "RobustScalerModel.invert";
    checkFeatureMatrix(caller, "matrix", matrix);
    checkFeatures(caller, matrix, this.featureNames);
    const out = new Float64Array(matrix.values.length);
    unstandardize(matrix.values, this.centers, this.scales, out);
    return createFeatureMatrix(caller, out, this.featureNames, matrix.rowCount, matrix.rowIds);
  }

  /** The saved form: `JSON.stringify(model)` is enough, {@link robustScalerFromSpec} reads it. */
  toJSON(): RobustScalerSpec {
    return {
      kind: "robustScaler",
      version: 1,
      lower: this.lower,
      upper: this.upper,
      featureNames: [...this.featureNames],
      centers: [...this.centers],
      scales: [...this.scales],
      zeroRangeColumns: [...this.zeroRangeColumns],
      constantColumns: [...this.constantColumns],
    };
  }
}

/**
 * Reads a saved robust scaler.
 *
 * @param value - parsed JSON; it need not be trusted
 * @throws ClienteleError `invalidSpec` naming the field that is not as it should be.
 * @example
 * ```ts
 * import { featureMatrixFromColumns } from "clientele/data";
 * import { fitRobustScaler, robustScalerFromSpec } from "clientele/features";
 *
 * const matrix = featureMatrixFromColumns({ age: [20, 30, 40] });
 * const saved = JSON.stringify(fitRobustScaler(matrix));
 * console.log(robustScalerFromSpec(JSON.parse(saved)).centers); // [30]
 * ```
 */
export function robustScalerFromSpec(value: unknown): RobustScalerModel {
  return new RobustScalerModel(readRobustScalerSpec("robustScalerFromSpec", value));
}
