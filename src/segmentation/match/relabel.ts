import { checkList } from "../../errors/check";
import { KMeansModel } from "../kmeans/model";
import { rowsBySegment } from "../profile/segment-rows";
import { checkModel } from "./match-centroids";
import { readIds } from "./stable-ids";

/**
 * Writes stable ids in place of segment numbers.
 *
 * @param segments - one segment number for each row
 * @param ids - the id of each segment number: `ids` of `matchSegments` or `matchCentroids`
 * @throws ClienteleError `invalidInput` for a segment that is no whole number from 0, and for ids that are repeated or too few.
 * @example
 * ```ts
 * import { relabelSegments } from "clientele/segmentation";
 *
 * console.log(relabelSegments([0, 0, 1, 2], [4, 0, 1])); // Int32Array [4, 4, 0, 1]
 * ```
 */
export function relabelSegments(segments: ArrayLike<number>, ids: readonly number[]): Int32Array {
  const caller = "relabelSegments";
  checkList(caller, "segments", segments);
  const count = rowsBySegment(caller, segments, segments.length).length;
  const names = readIds(caller, "ids", ids, count);
  return Int32Array.from(segments, (segment) => names[segment]!);
}

/** What {@link relabelKMeans} returns. */
export interface RelabelledKMeans {
  /** The same clusters in ascending order of their ids. */
  readonly model: KMeansModel;
  /** The id of each cluster of the model; 0, 1, 2 … as long as no segment ended. */
  readonly ids: readonly number[];
}

/**
 * Puts the clusters of a model in the order of their stable ids: as long as no id was lost, the model then predicts ids.
 *
 * Only the numbers change. A row at exactly the same distance from two centroids goes to the one that is now first.
 *
 * @param ids - the id of each cluster: `ids` of `matchSegments` or `matchCentroids`
 * @throws ClienteleError `invalidInput` for ids that are repeated, or not one for each cluster.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { fitKMeans, matchCentroids, relabelKMeans } from "clientele/segmentation";
 *
 * const before = fitKMeans(featureMatrixFromRows([[1], [2], [3], [10], [12]]), { k: 2 });
 * const after = fitKMeans(featureMatrixFromRows([[2], [10], [11], [12], [13]]), { k: 2 });
 * const { model, ids } = relabelKMeans(after, matchCentroids(before, after).ids);
 * console.log(model.centroids, ids); // [[2], [11.5]] [0, 1]
 * ```
 */
export function relabelKMeans(model: KMeansModel, ids: readonly number[]): RelabelledKMeans {
  const caller = "relabelKMeans";
  checkModel(caller, "model", model);
  const names = readIds(caller, "ids", ids, model.k).slice(0, model.k);
  const order = [...names.keys()].sort((a, b) => names[a]! - names[b]!);
  const spec = model.toJSON();
  return {
    model: new KMeansModel({ ...spec, centroids: order.map((cluster) => spec.centroids[cluster]!), sizes: order.map((cluster) => spec.sizes[cluster]!) }),
    ids: order.map((cluster) => names[cluster]!),
  };
}
