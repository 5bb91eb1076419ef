import { checkFeatureMatrix, checkFeatures, createFeatureMatrix, nonFiniteCell, type FeatureMatrix } from "../../../data/feature-matrix";
import { ClienteleError } from "../../../errors/error";
import { fromRange, toRange } from "./predict";
import { readMinMaxScalerSpec, type MinMaxScalerSpec } from "./spec";

/** Smallest values and ranges of the columns of a fit, made by `fitMinMaxScaler` or {@link minMaxScalerFromSpec}. */
export class MinMaxScalerModel {
  /** The columns of the fit, in order. */
  readonly featureNames: readonly string[];
  /** The smallest value of each column. */
  readonly minima: readonly number[];
  /** The largest value of each column − the smallest; 1 for a constant one. */
  readonly ranges: readonly number[];
  /** Columns that did not vary in the data of the fit. */
  readonly constantColumns: readonly string[];
  /** What the smallest value of the fit becomes. */
  readonly from: number;
  /** What the largest value of the fit becomes. */
  readonly to: number;
  /** Whether values outside those of the fit become `from` and `to`. */
  readonly clip: boolean;

  constructor(spec: MinMaxScalerSpec) {
    this.featureNames = spec.featureNames;
    this.minima = spec.minima;
    this.ranges = spec.ranges;
    this.constantColumns = spec.constantColumns;
    this.from = spec.from;
    this.to = spec.to;
    this.clip = spec.clip;
  }

  /**
   * Brings each value into the range: (x − smallest) / (largest − smallest) · (to − from) + from.
   *
   * @throws ClienteleError `featureMismatch` when the columns are not those of the fit, in order;
   * `nonFinite` for a value that is no number, or (without `clip`) becomes none.
   */
  apply(matrix: FeatureMatrix): FeatureMatrix {
    const caller = "MinMaxScalerModel.apply";
    checkFeatureMatrix(caller, "matrix", matrix);
    checkFeatures(caller, matrix, this.featureNames);
    // Clipping would turn an infinity into a number like any other.
    const refused = this.clip ? nonFiniteCell(caller, matrix) : undefined;
    if (refused !== undefined) throw refused;
    const out = new Float64Array(matrix.values.length);
    toRange(matrix.values, this, this.clip, out);
    return createFeatureMatrix(caller, out, this.featureNames, matrix.rowCount, matrix.rowIds);
  }

  /**
   * Turns scaled values back. What {@link apply} made comes back to within 1e-12 of the column's range for values up to a thousand ranges
   * from its smallest (the error grows in proportion beyond).
   *
   * @throws ClienteleError `unsupported` with `clip`: a value that was cut off cannot come back; otherwise as {@link apply}.
   */
  invert(matrix: FeatureMatrix): FeatureMatrix {
    const caller = "MinMaxScalerModel.invert";
    checkFeatureMatrix(caller, "matrix", matrix);
    checkFeatures(caller, matrix, this.featureNames);
    if (this.clip) {
      const rule = "clip: false";
      throw new ClienteleError("unsupported", `a clipped scaling has no inverse: what was cut off cannot come back (fit with ${rule})`, { caller, parameter: "clip", rule, value: true });
    }
    const out = new Float64Array(matrix.values.length);
    fromRange(matrix.values, this, out);
    return createFeatureMatrix(caller, out, this.featureNames, matrix.rowCount, matrix.rowIds);
  }

  /** The saved form: `JSON.stringify(model)` is enough, {@link minMaxScalerFromSpec} reads it. */
  toJSON(): MinMaxScalerSpec {
    return {
      kind: "minMaxScaler",
      version: 1,
      from: this.from,
      to: this.to,
      clip: this.clip,
      featureNames: [...this.featureNames],
      minima: [...this.minima],
      ranges: [...this.ranges],
      constantColumns: [...this.constantColumns],
    };
  }
}

/**
 * Reads a saved min–max scaler.
 *
 * @param value - parsed JSON; it need not be trusted
 * @throws ClienteleError `invalidSpec` naming the field that is not as it should be.
 * @example
 * ```ts
 * import { featureMatrixFromColumns } from "clientele/data";
 * import { fitMinMaxScaler, minMaxScalerFromSpec } from "clientele/features";
 *
 * const saved = JSON.stringify(fitMinMaxScaler(featureMatrixFromColumns({ age: [20, 30, 40] })));
 * console.log(minMaxScalerFromSpec(JSON.parse(saved)).ranges); // [20]
 * ```
 */
export function minMaxScalerFromSpec(value: unknown): MinMaxScalerModel {
  return new MinMaxScalerModel(readMinMaxScalerSpec("minMaxScalerFromSpec", value));
}
