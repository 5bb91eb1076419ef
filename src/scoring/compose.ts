import type { CleaningModel } from "../cleaning/model";
import { checkObject } from "../errors/check";
import { ClienteleError } from "../errors/error";
import { readOptions } from "../errors/options";
import type { EncoderModel } from "../features/encode/model";
import { ClusterPipeline, type ClusterModel } from "./cluster-pipeline";
import { cleaningStage } from "./full-cleaning";
import { findCalibratorConflict, findPartConflict, type Calibrator, type PipelineModel, type PipelineStages, type Scaler } from "./part";
import { ProbabilityPipeline, type ProbabilityModel } from "./probability-pipeline";

/** The parts of a pipeline, as their fits return them. */
export interface PipelineParts<Model extends PipelineModel> {
  /** @defaultValue none: the table is clean */
  readonly cleaning?: CleaningModel | undefined;
  /** What `fitEncoder` returns as `encoder`. */
  readonly encoder: EncoderModel;
  /** @defaultValue none: the model takes the features as they are */
  readonly scaler?: Scaler | undefined;
  /** The model that was fitted on the encoded (and scaled) features. */
  readonly model: Model;
  /**
   * What `fitPlatt`, `fitIsotonic` or `fitTemperature` made of probabilities of this kind of model on rows it had not seen (`predictOutOfFold`).
   *
   * @defaultValue none: the probabilities are the model's
   */
  readonly calibrator?: Calibrator | undefined;
}

export const PIPELINE_PARTS = {
  cleaning: { kind: "object" },
  encoder: { kind: "object", required: true },
  scaler: { kind: "object" },
  model: { kind: "object", required: true },
  calibrator: { kind: "object" },
} as const;

/**
 * Puts the parts of one fit together: from a customer's fields to a score, in one piece that can be saved.
 *
 * The pipeline of a model with probabilities has `predictProbability(table)`, that of a clustering `predict(table)`.
 *
 * @throws ClienteleError `featureMismatch` when the scaler or the model was fitted on other features than the encoder makes, `invalidInput` for a calibrator
 * of other scores than probabilities, or beside a model that gives none.
 * @example
 * ```ts
 * import { fitLogisticRegression } from "clientele/churn";
 * import { labelsFromTable, tableFromColumns } from "clientele/data";
 * import { fitEncoder } from "clientele/features";
 * import { composePipeline } from "clientele/scoring";
 *
 * const customers = tableFromColumns({ calls: [0, 1, 2, 3, 4, 5], left: ["no", "no", "yes", "no", "yes", "yes"] });
 * const { encoder, matrix } = fitEncoder(customers, [{ column: "calls", as: "number" }]);
 * const model = fitLogisticRegression(matrix, labelsFromTable(customers, "left", { positive: "yes" }));
 *
 * const pipeline = composePipeline({ encoder, model });
 * console.log(pipeline.predictProbability(tableFromColumns({ calls: [5] }))[0]?.toFixed(4)); // "0.9541"
 * console.log(pipeline.toJSON().parts.map(({ kind }) => kind)); // ["encoder", "logisticRegression"]
 * ```
 */
export function composePipeline<Model extends ProbabilityModel>(parts: PipelineParts<Model>): ProbabilityPipeline<Model>;
export function composePipeline<Model extends ClusterModel>(parts: PipelineParts<Model>): ClusterPipeline<Model>;
export function composePipeline(parts: PipelineParts<ProbabilityModel | ClusterModel>): ProbabilityPipeline | ClusterPipeline {
  const caller = "composePipeline";
  const { cleaning, encoder, scaler, model, calibrator } = readOptions<PipelineParts<ProbabilityModel | ClusterModel>, typeof PIPELINE_PARTS>(caller, parts, PIPELINE_PARTS);
  for (const [name, part] of Object.entries({ encoder, scaler, model })) checkFeatureNames(caller, name, part);
  const stages: PipelineStages = { cleaning: cleaning === undefined ? undefined : cleaningStage(cleaning), encoder, scaler, calibrator };
  const conflict = findPartConflict(stages, model);
  if (conflict !== undefined) {
    const rule = "fitted on the features that the encoder makes";
    throw new ClienteleError("featureMismatch", `${conflict.part} must be ${rule}; feature ${conflict.feature} differs`, { caller, parameter: conflict.part, rule });
  }
  const wrong = findCalibratorConflict(stages, model);
  if (wrong !== undefined) throw new ClienteleError("invalidInput", `calibrator must be ${wrong}`, { caller, parameter: "calibrator", rule: wrong });
  return "predictProbability" in model ? new ProbabilityPipeline(stages, model) : new ClusterPipeline(stages, model);
}

/** Refuses what is no fitted part, such as the whole result of `fitEncoder`. */
function checkFeatureNames(caller: string, parameter: string, part: unknown): void {
  if (part === undefined) return;
  checkObject(caller, parameter, part);
  if (Array.isArray(part["featureNames"])) return;
  const rule = "a fitted part with featureNames";
  throw new ClienteleError("invalidInput", `${parameter} must be ${rule}`, { caller, parameter, rule });
}
