import type { FeatureMatrix } from "../data/feature-matrix";
import type { Table } from "../data/table";
import type { PipelineModel } from "./part";
import { Pipeline } from "./pipeline";
import { spreadScores, type PreparedRows } from "./prepare";

/** A model that gives each row a probability, such as a logistic regression. */
export interface ProbabilityModel extends PipelineModel {
  predictProbability(matrix: FeatureMatrix): Float64Array;
}

/** A {@link Pipeline} that ends in probabilities. */
export class ProbabilityPipeline<Model extends ProbabilityModel = ProbabilityModel> extends Pipeline<Model, Float64Array> {
  /**
   * The probability of label 1 for each row of a table, calibrated if the pipeline has a calibrator; NaN for a row that cannot be scored (`prepare` says why).
   *
   * @throws ClienteleError as {@link Pipeline.prepare}.
   */
  predictProbability(table: Table): Float64Array {
    return this.score(this.prepare(table));
  }

  override score(prepared: PreparedRows): Float64Array {
    const probabilities = this.model.predictProbability(prepared.features);
    return spreadScores(this.calibrator?.apply(probabilities) ?? probabilities, prepared, new Float64Array(prepared.rowCount).fill(NaN));
  }
}
