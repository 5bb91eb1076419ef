import type { CleaningModel } from "../cleaning/model";
import { checkTable, type Table } from "../data/table";
import type { EncoderModel } from "../features/encode/model";
import type { EncodedColumn } from "../features/encode/spec";
import type { StandardScalerModel } from "../features/standardize/model";
import type { PartSpec, PipelineModel, PipelineStages } from "./part";
import { prepareRows, type PreparedRows } from "./prepare";

/** The saved form of a {@link Pipeline}: the saved forms of its parts, in the order in which they are applied. */
export interface PipelineSpec {
  readonly kind: "pipeline";
  readonly version: 1;
  /** A cleaning or none, an encoder, a scaler or none, a model. */
  readonly parts: readonly PartSpec[];
}

/** A column that a pipeline reads. */
export interface PipelineInput {
  readonly column: string;
  /** Undefined where the pipeline's cleaning converts the column: it reads texts as well as values. */
  readonly type: "number" | "boolean" | "category" | undefined;
}

/**
 * A cleaning, an encoder, a scaler and a model, one after the other: from a customer's fields to a score.
 *
 * Every row of a table is answered for itself. Duplicates are not merged, and a row that cannot be scored has a missing score
 * and its reason in {@link Pipeline.prepare}. Only the columns of {@link Pipeline.inputs} are read: no label, no id.
 */
export abstract class Pipeline<Model extends PipelineModel = PipelineModel, Scores extends ArrayLike<number> = ArrayLike<number>> {
  /** The part that predicts. */
  readonly model: Model;
  readonly #stages: PipelineStages;

  constructor(stages: PipelineStages, model: Model) {
    this.#stages = stages;
    this.model = model;
  }

  get cleaning(): CleaningModel | undefined {
    return this.#stages.cleaning?.model;
  }

  get encoder(): EncoderModel {
    return this.#stages.encoder;
  }

  get scaler(): StandardScalerModel | undefined {
    return this.#stages.scaler;
  }

  /** The columns that a table must have to be scored, in the order of the features. */
  get inputs(): PipelineInput[] {
    const converted = new Set(this.cleaning?.plan.convert.map(({ column }) => column));
    return this.encoder.columns.map((encoded) => ({ column: encoded.column, type: converted.has(encoded.column) ? undefined : columnType(encoded) }));
  }

  /**
   * Cleans, encodes and scales a table, up to the features that the model takes: to explain scores, or to see why a row has none.
   *
   * @throws ClienteleError `unknownColumn` or `invalidInput` for a column that is absent or of another type,
   * `invalidInput` for a text that cannot be converted where the cleaning plan says `onFailure: "error"`.
   */
  prepare(table: Table): PreparedRows {
    const caller = "Pipeline.prepare";
    checkTable(caller, "table", table);
    return prepareRows(caller, this.#stages, table);
  }

  /** The scores of prepared rows: one for each row of their table, missing for those that cannot be scored. */
  abstract score(prepared: PreparedRows): Scores;

  /** The saved form: `JSON.stringify(pipeline)` writes it, `pipelineFromSpec` reads it. */
  toJSON(): PipelineSpec {
    const { cleaning, encoder, scaler } = this.#stages;
    const parts = [cleaning?.model, encoder, scaler, this.model].flatMap((part) => (part === undefined ? [] : [part.toJSON()]));
    return { kind: "pipeline", version: 1, parts };
  }
}

function columnType({ as }: EncodedColumn): "number" | "boolean" | "category" {
  return as === "oneHot" ? "category" : as;
}
