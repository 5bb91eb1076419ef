import type { CellChanges } from "../cleaning/column-changes";
import type { CheckedConversion } from "../cleaning/convert/plan";
import type { CleaningSpec } from "../cleaning/spec";
import type { QuarantineReasons } from "../cleaning/working-table";
import type { ColumnType } from "../data/column";
import type { FeatureMatrix } from "../data/feature-matrix";
import type { Table } from "../data/table";
import type { EncoderModel } from "../features/encode/model";
import type { Pipeline } from "./pipeline";

/** The saved form of one part of a pipeline: that of the model by itself. */
export interface PartSpec {
  readonly kind: string;
  readonly version: number;
}

/** What a pipeline asks of the scaler between its encoder and its model. */
export interface Scaler {
  readonly featureNames: readonly string[];
  apply(matrix: FeatureMatrix): FeatureMatrix;
  /** The cells for which `apply` would refuse the matrix; a scaler without it refuses none. */
  refusedCells?(matrix: FeatureMatrix): readonly { readonly row: number; readonly column: string }[];
  toJSON(): PartSpec;
}

/** What a pipeline asks of the calibration after a model with probabilities. */
export interface Calibrator {
  /** `"probability"`: made for what the model gives. */
  readonly scale: string;
  apply(probabilities: Float64Array): Float64Array;
  toJSON(): PartSpec;
}

/** What a pipeline asks of the model at its end, whatever it predicts. */
export interface PipelineModel {
  readonly featureNames: readonly string[];
  toJSON(): PartSpec;
}

/** The part of a cleaning that makes the columns of an encoder. */
export interface ScoringCleaning {
  /** The columns that it reads, with the type of their cells; undefined where a conversion reads texts as well as values. */
  readonly inputs: ReadonlyMap<string, ColumnType | undefined>;
  /** Its conversions, for records that hold values of the wanted type. */
  readonly conversions: readonly CheckedConversion[];
  /** Cleans a table of these columns as a scorer must: no row is merged into another. */
  readonly clean: (caller: string, table: Table) => { readonly table: Table; readonly reasons: QuarantineReasons; readonly changes: CellChanges };
}

/** What a pipeline tells of its cleaning, however much of it was read: `cleaningFromSpec(cleaning.toJSON())` makes the model. */
export interface SavedCleaning {
  toJSON(): CleaningSpec;
}

/** A cleaning together with its code: a pipeline without cleaning brings none of it into a bundle. */
export interface CleaningStage {
  readonly model: SavedCleaning;
  /** The part of the cleaning that makes some columns. */
  readonly scope: (columns: ReadonlyMap<string, ColumnType>) => ScoringCleaning;
}

/** The parts beside the model: what turns a table into features, and what becomes of probabilities. */
export interface PipelineStages {
  readonly cleaning: CleaningStage | undefined;
  readonly encoder: EncoderModel;
  readonly scaler: Scaler | undefined;
  readonly calibrator: Calibrator | undefined;
}

/** Reads one kind of saved cleaning inside a pipeline. */
export interface CleaningReader {
  readonly part: "cleaning";
  readonly kind: string;
  readonly read: (value: unknown) => CleaningStage;
}

/** Reads one kind of saved encoder inside a pipeline. */
export interface EncoderReader {
  readonly part: "encoder";
  readonly kind: string;
  readonly read: (value: unknown) => EncoderModel;
}

/** Reads one kind of saved scaler inside a pipeline. */
export interface ScalerReader {
  readonly part: "scaler";
  readonly kind: string;
  readonly read: (value: unknown) => Scaler;
}

/** Reads one kind of saved calibration inside a pipeline. */
export interface CalibratorReader {
  readonly part: "calibrator";
  readonly kind: string;
  readonly read: (value: unknown) => Calibrator;
}

/** Reads one kind of saved model, and makes the pipeline that ends in it. */
export interface ModelReader<Result extends Pipeline = Pipeline> {
  readonly part: "model";
  readonly kind: string;
  readonly read: (value: unknown, stages: PipelineStages) => Result;
}

/** Reads one kind of part of a saved pipeline. */
export type PartReader = CleaningReader | EncoderReader | ScalerReader | ModelReader | CalibratorReader;

/** The pipeline that comes out of these readers: it is the model's reader that decides. */
export type PipelineOf<Reader extends PartReader> = Reader extends ModelReader<infer Result> ? Result : never;

/** How the features of parts that do not belong together differ; undefined where they fit. */
export function findPartConflict({ encoder, scaler }: PipelineStages, model: PipelineModel): { readonly part: "scaler" | "model"; readonly feature: number } | undefined {
  const { featureNames } = encoder;
  const ofScaler = scaler === undefined ? -1 : firstDifference(scaler.featureNames, featureNames);
  if (ofScaler >= 0) return { part: "scaler", feature: ofScaler };
  const ofModel = firstDifference(model.featureNames, featureNames);
  return ofModel < 0 ? undefined : { part: "model", feature: ofModel };
}

function firstDifference(a: readonly string[], b: readonly string[]): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i;
  return -1;
}

/** What a calibration must be that belongs to a pipeline, if it is not. */
export function findCalibratorConflict({ calibrator }: PipelineStages, model: PipelineModel): string | undefined {
  if (calibrator === undefined) return undefined;
  if (!("predictProbability" in model)) return "absent: the model gives no probabilities";
  if (typeof calibrator.apply !== "function") return "what fitPlatt, fitIsotonic or fitTemperature returns";
  return calibrator.scale === "probability" ? undefined : 'fitted to probabilities, with scale: "probability"';
}
