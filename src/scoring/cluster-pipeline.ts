import type { FeatureMatrix } from "../data/feature-matrix";
import type { Table } from "../data/table";
import type { PipelineModel } from "./part";
import { Pipeline } from "./pipeline";
import { spreadScores, type PreparedRows } from "./prepare";

/** A model that puts each row into a cluster, such as k-means. */
export interface ClusterModel extends PipelineModel {
  predict(matrix: FeatureMatrix): Int32Array;
}

/** A {@link Pipeline} that ends in clusters. */
export class ClusterPipeline<Model extends ClusterModel = ClusterModel> extends Pipeline<Model, Int32Array> {
  /**
   * The cluster of each row of a table, from 0; −1 for a row that cannot be scored (`prepare` says why).
   *
   * @throws ClienteleError as {@link Pipeline.prepare}.
   */
  predict(table: Table): Int32Array {
    return this.score(this.prepare(table));
  }

  override score(prepared: PreparedRows): Int32Array {
    return spreadScores(this.model.predict(prepared.features), prepared, new Int32Array(prepared.rowCount).fill(-1));
  }
}
