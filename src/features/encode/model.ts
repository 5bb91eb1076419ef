import type { FeatureMatrix } from "../../data/feature-matrix";
import { checkTable, type Table } from "../../data/table";
import { featureNamesOf } from "./feature-names";
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
   * @throws ClienteleError `unknownColumn` or `invalidInput` for a column that is absent or of another type,
   * `invalidInput` with column and row for a missing cell or an unknown category that the encoding does not allow.
   */
  apply(table: Table): FeatureMatrix {
    const caller = "EncoderModel.apply";
    checkTable(caller, "table", table);
    return encodeTable(caller, this.columns, this.featureNames, table);
  }

  /** The saved form: `JSON.stringify(model)` is enough, {@link encoderFromSpec} reads it. */
  toJSON(): EncoderSpec {
    const columns = this.columns.map((encoded) => (encoded.as === "oneHot" ? { ...encoded, levels: [...encoded.levels] } : { ...encoded }));
    return { kind: "encoder", version: 1, columns };
  }
}

/**
 * Reads a saved encoder.
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
