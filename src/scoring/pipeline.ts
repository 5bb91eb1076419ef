import type { CheckedConversion } from "../cleaning/convert/plan";
import type { ColumnType } from "../data/column";
import { checkTable, type Table } from "../data/table";
import { encodedType } from "../features/encode/levels";
import type { EncoderModel } from "../features/encode/model";
import type { Calibrator, PartSpec, PipelineModel, PipelineStages, SavedCleaning, Scaler, ScoringCleaning } from "./part";
import { prepareRows, type PreparedRows } from "./prepare";

/** The saved form of a {@link Pipeline}: the saved forms of its parts, in the order in which they are applied. */
export interface PipelineSpec {
  readonly kind: "pipeline";
  readonly version: 2;
  /** A cleaning or none, an encoder, a scaler or none, a model, a calibrator or none. */
  readonly parts: readonly PartSpec[];
}

/** A column that a pipeline reads. */
export interface PipelineInput {
  readonly column: string;
  /** Undefined where the pipeline's cleaning converts the column: it reads texts as well as values. */
  readonly type: ColumnType | undefined;
}

/**
 * A cleaning, an encoder, a scaler, a model and a calibrator, one after the other: from a customer's fields to a score.
 *
 * Every row of a table is answered for itself. Duplicates are not merged, and a row that cannot be scored has a missing score
 * and its reason in {@link Pipeline.prepare}. Only the columns of {@link Pipeline.inputs} are read: no label, no id.
 */
export abstract class Pipeline<Model extends PipelineModel = PipelineModel, Scores extends ArrayLike<number> = ArrayLike<number>> {
  /** The part that predicts. */
  readonly model: Model;
  readonly #stages: PipelineStages;
  /** The part of the cleaning that makes the columns of the encoder. */
  readonly #cleaning: ScoringCleaning | undefined;
  readonly #inputs: ScoringCleaning["inputs"];

  constructor(stages: PipelineStages, model: Model) {
    this.#stages = stages;
    const encoded = encodedTypes(stages.encoder);
    this.#cleaning = stages.cleaning?.scope(encoded);
    this.#inputs = this.#cleaning?.inputs ?? encoded;
    this.model = model;
  }

  /** The cleaning in its saved form, with the steps that scoring passes over: `cleaningFromSpec(pipeline.cleaning.toJSON())` makes the model. */
  get cleaning(): SavedCleaning | undefined {
    return this.#stages.cleaning?.model;
  }

  /** @internal */
  get conversions(): readonly CheckedConversion[] {
    return this.#cleaning?.conversions ?? [];
  }

  get encoder(): EncoderModel {
    return this.#stages.encoder;
  }

  get scaler(): Scaler | undefined {
    return this.#stages.scaler;
  }

  get calibrator(): Calibrator | undefined {
    return this.#stages.calibrator;
  }

  /** The columns that a table must have to be scored: those of the features in their order, then what the cleaning reads for them. */
  get inputs(): PipelineInput[] {
    return Array.from(this.#inputs, ([column, type]) => ({ column, type }));
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
    const { encoder, scaler } = this.#stages;
    return prepareRows(caller, { cleaning: this.#cleaning, encoder, scaler, inputs: this.#inputs.keys() }, table);
  }

  /** The scores of prepared rows: one for each row of their table, missing for those that cannot be scored. */
  abstract score(prepared: PreparedRows): Scores;

  /** The saved form: `JSON.stringify(pipeline)` writes it, `pipelineFromSpec` reads it. */
  toJSON(): PipelineSpec {
    const { cleaning, encoder, scaler, calibrator } = this.#stages;
    const parts = [cleaning?.model, encoder, scaler, this.model, calibrator].flatMap((part) => (part === undefined ? [] : [part.toJSON()]));
    return { kind: "pipeline", version: 2, parts };
  }
}

function encodedTypes({ columns }: EncoderModel): Map<string, ColumnType> {
  return new Map(columns.map((encoded) => [encoded.column, encodedType(encoded)]));
}
