import { checkFeatureMatrix, checkFeatures, createFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { standardize, unstandardize } from "./predict";
import { readStandardScalerSpec, type StandardScalerSpec } from "./spec";

/** Means and standard deviations of the columns of a fit, made by `fitStandardScaler` or {@link standardScalerFromSpec}. */
export class StandardScalerModel {
  /** The columns of the fit, in order. */
  readonly featureNames: readonly string[];
  /** The mean of each column. */
  readonly means: readonly number[];
  /** The standard deviation of each column; 1 for a constant one. */
  readonly scales: readonly number[];
  /** Columns that did not vary in the data of the fit: they are centred and not divided. */
  readonly constantColumns: readonly string[];
  /** Degrees of freedom that were taken off the row count for the standard deviations. */
  readonly ddof: 0 | 1;

  constructor(spec: StandardScalerSpec) {
    this.featureNames = spec.featureNames;
    this.means = spec.means;
    this.scales = spec.scales;
    this.constantColumns = spec.constantColumns;
    this.ddof = spec.ddof;
  }

  /**
   * Expresses each value as its distance from the mean in standard deviations: (x − mean) / scale.
   *
   * @throws ClienteleError `featureMismatch` when the columns are not those of the fit, in order;
   * `nonFinite` when a value is so far away that its distance is no number.
   */
  apply(matrix: FeatureMatrix): FeatureMatrix {
    const caller = "StandardScalerModel.apply";
    checkFeatureMatrix(caller, "matrix", matrix);
    checkFeatures(caller, matrix, this.featureNames);
    const out = new Float64Array(matrix.values.length);
    standardize(matrix.values, this.means, this.scales, out);
    return createFeatureMatrix(caller, out, this.featureNames, matrix.rowCount, matrix.rowIds);
  }

  /**
   * Turns standardised values back: z · scale + mean. What {@link apply} made comes back to within 1e-12 standard deviations
   * for values up to a thousand standard deviations from the mean (the error grows in proportion beyond).
   *
   * @throws ClienteleError as {@link apply}.
   */
  invert(matrix: FeatureMatrix): FeatureMatrix {
    const caller = "StandardScalerModel.invert";
    checkFeatureMatrix(caller, "matrix", matrix);
    checkFeatures(caller, matrix, this.featureNames);
    const out = new Float64Array(matrix.values.length);
    unstandardize(matrix.values, this.means, this.scales, out);
    return createFeatureMatrix(caller, out, this.featureNames, matrix.rowCount, matrix.rowIds);
  }

  /** The saved form: `JSON.stringify(model)` is enough, {@link standardScalerFromSpec} reads it. */
  toJSON(): StandardScalerSpec {
    return {
      kind: "standardScaler",
      version: 1,
      ddof: this.ddof,
      featureNames: [...this.featureNames],
      means: [...this.means],
      scales: [...this.scales],
      constantColumns: [...this.constantColumns],
    };
  }
}

/**
 * Reads a saved standard scaler.
 *
 * @param value - parsed JSON; it need not be trusted
 * @throws ClienteleError `invalidSpec` naming the field that is not as it should be.
 * @example
 * ```ts
 * import { featureMatrixFromColumns } from "clientele/data";
 * import { fitStandardScaler, standardScalerFromSpec } from "clientele/features";
 *
 * const matrix = featureMatrixFromColumns({ age: [20, 30, 40] });
 * const saved = JSON.stringify(fitStandardScaler(matrix));
 * const scaler = standardScalerFromSpec(JSON.parse(saved));
 * console.log(scaler.means); // [30]
 * ```
 */
export function standardScalerFromSpec(value: unknown): StandardScalerModel {
  return new StandardScalerModel(readStandardScalerSpec("standardScalerFromSpec", value));
}
