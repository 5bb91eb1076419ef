import { kMeansFromSpec, type KMeansModel } from "../segmentation/kmeans/model";
import { ClusterPipeline } from "./cluster-pipeline";
import type { ModelReader } from "./part";

export { kMeansFromSpec, type KMeansModel } from "../segmentation/kmeans/model";

/** Reads the k-means model of a saved pipeline, for {@link pipelineFromSpec}. */
export const kMeansReader: ModelReader<ClusterPipeline<KMeansModel>> = {
  part: "model",
  kind: "kMeans",
  read: (value, stages) => new ClusterPipeline(stages, kMeansFromSpec(value)),
};
