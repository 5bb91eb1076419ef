import type { CleaningModel } from "../cleaning/model";
import { checkObject } from "../errors/check";
import { ClienteleError } from "../errors/error";
import { readOptions } from "../errors/options";
import type { EncoderModel } from "../features/encode/model";
import { ClusterPipeline, type ClusterModel } from "./cluster-pipeline";
import { cleaningStage } from "./full-cleaning";
import { findPartConflict, type PipelineModel, type PipelineStages, type Scaler } from "./part";
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
}

export const PIPELINE_PARTS = {
  cleaning: { kind: "object" },
  encoder: { kind: "object", required: true },
  scaler: { kind: "object" },
  model: { kind: "object", required: true },
} as const;

/**
 * Puts the parts of one fit together: from a customer's fields to a score, in one piece that can be saved.
 *
 * The pipeline of a model with probabilities has `predictProbability(table)`, that of a clustering `predict(table)`.
 *
 * @throws ClienteleError `featureMismatch` when the scaler or the model was fitted on other features than the encoder makes.
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
  const { cleaning, encoder, scaler, model } = readOptions<PipelineParts<ProbabilityModel | ClusterModel>, typeof PIPELINE_PARTS>(caller, parts, PIPELINE_PARTS);
  for (const [name, part] of Object.entries({ encoder, scaler, model })) checkFeatureNames(caller, name, part);
  const stages: PipelineStages = { cleaning: cleaning === undefined ? undefined : cleaningStage(cleaning), encoder, scaler };
  const conflict = findPartConflict(stages, model);
  if (conflict !== undefined) {
    const rule = "fitted on the features that the encoder makes";
    throw new ClienteleError("featureMismatch", `${conflict.part} must be ${rule}; feature ${conflict.feature} differs`, { caller, parameter: conflict.part, rule });
  }
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
