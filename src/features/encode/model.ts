import { checkFeatureMatrix, checkFeatures, type FeatureMatrix } from "../../data/feature-matrix";
import { checkTable, type Table } from "../../data/table";
import { featureNamesOf } from "./feature-names";
import { decodeMatrix } from "./invert";
import { encodeTable } from "./predict";
import { readEncoderSpec, type EncodedColumn, type EncoderSpec } from "./spec";

/** How columns of a table become numbers, made by `fitEncoder` or {@link encoderFromSpec}. It remembers levels, never rows. */
export class EncoderModel {
  /** The columns it reads and what it does with each, with the levels that it learnt. */
  readonly columns: readonly EncodedColumn[];
  /** Names of the features it makes, in order: `tenure`, `Contract=One year`. */
  readonly featureNames: readonly string[];

  /** `caller` is the function that a refusal of colliding feature names speaks for. */
  constructor(spec: EncoderSpec, caller = "EncoderModel") {
    this.columns = spec.columns;
    this.featureNames = featureNamesOf(caller, spec.columns);
  }

  /**
   * Turns rows into numbers as in the fit. Columns that the encoding does not name are passed over.
   *
   * Rows that a target encoding was fitted on are the exception: their own labels are part of the means, so a model must be
   * fitted on the `matrix` that `fitEncoder` returned for them, not on what this method gives.
   *
   * @throws ClienteleError `unknownColumn` or `invalidInput` for a column that is absent or of another type,
   * `invalidInput` with column and row for a missing cell or an unknown category that the encoding does not allow,
   * or a number that has no logarithm.
   */
  apply(table: Table): FeatureMatrix {
    const caller = "EncoderModel.apply";
    checkTable(caller, "table", table);
    return encodeTable(caller, this.columns, this.featureNames, table);
  }

  /**
   * Turns features back into the columns they were made of, in the order of the encoding. Cells that were unknown or missing,
   * and passed as zeros or as a number, come back missing. Logarithms come back to within 1e-12 of 1 + x.
   *
   * @throws ClienteleError `featureMismatch` when the columns are not those that {@link apply} makes; `unsupported`, naming the column,
   * for a target encoding, for levels that were merged, and for `drop: "first"` where unknown categories pass: several
   * cells have the same features there; `invalidInput` with column and row for features that no cell has, such as 0.5 of a level.
   */
  invert(matrix: FeatureMatrix): Table {
    const caller = "EncoderModel.invert";
    checkFeatureMatrix(caller, "matrix", matrix);
    checkFeatures(caller, matrix, this.featureNames);
    return decodeMatrix(caller, this.columns, matrix);
  }

  /** The saved form: `JSON.stringify(model)` is enough, {@link encoderFromSpec} reads it. */
  toJSON(): EncoderSpec {
    return { kind: "encoder", version: 2, columns: structuredClone(this.columns) };
  }
}

/**
 * Reads a saved encoder, of this release or an earlier one.
 *
 * @param value - parsed JSON; it need not be trusted
 * @throws ClienteleError `invalidSpec` naming the field that is not as it should be, `duplicateKey` for features of the same name.
 * @example
 * ```ts
 * import { tableFromColumns } from "clientele/data";
 * import { encoderFromSpec, fitEncoder } from "clientele/features";
 *
 * const { encoder } = fitEncoder(tableFromColumns({ plan: ["pro", "free"] }), [{ column: "plan", as: "oneHot" }]);
 * const restored = encoderFromSpec(JSON.parse(JSON.stringify(encoder)));
 * console.log(restored.featureNames); // ["plan=free", "plan=pro"]
 * ```
 */
export function encoderFromSpec(value: unknown): EncoderModel {
  return new EncoderModel(readEncoderSpec("encoderFromSpec", value), "encoderFromSpec");
}
