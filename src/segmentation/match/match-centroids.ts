import { checkShape } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { assignMinimumCost } from "../../numeric/assignment/linear-assignment";
import { KMeansModel } from "../kmeans/model";
import { squaredDistance } from "../kmeans/inner-loops";
import { giveIds, readPrevious, type StableIds } from "./stable-ids";

/** Options of {@link matchCentroids}. */
export interface MatchCentroidsOptions {
  /** The match before this one, so that ids go on from it. @defaultValue the clusters before have their own numbers as ids */
  readonly previous?: StableIds | undefined;
  /** How far a centroid may move and keep its id, as a share of the way to the nearest other centroid before. @defaultValue 0.5 */
  readonly maxShift?: number | undefined;
}

/** A cluster that goes on under its id. */
export interface ContinuedCluster {
  readonly id: number;
  readonly before: number;
  readonly after: number;
  /** How far its centroid moved, in the units of the matrix. */
  readonly distance: number;
  /** `distance` ÷ distance to the nearest other centroid before; `null` of a single cluster. */
  readonly shift: number | null;
}

/** Which clusters of one fit are which of another; plain data. */
export interface CentroidMatch extends StableIds {
  /** The stable id of each cluster after: that of the cluster it continues, or a new one. */
  readonly ids: readonly number[];
  readonly continued: readonly ContinuedCluster[];
  readonly born: readonly { readonly id: number; readonly after: number }[];
  readonly ended: readonly { readonly id: number; readonly before: number }[];
}

const MATCH_CENTROIDS_OPTIONS = {
  previous: { kind: "object" },
  maxShift: { kind: "number", min: 0, default: 0.5 },
} as const;

/**
 * Tells which clusters of a new k-means are which of an old one where the customers are not the same: by their centroids.
 *
 * Centroids are paired so that the squared distances between partners add up to as little as possible (optimal assignment). A pair goes on
 * under one id if the centroid moved at most `maxShift` of the way to its nearest neighbour before. Where customers can be recognised,
 * `matchSegments` says more.
 *
 * Both fits must be in the same units: of data that were standardised by one and the same scaler.
 *
 * @throws ClienteleError `featureMismatch` for models of other features.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { fitKMeans, matchCentroids } from "clientele/segmentation";
 *
 * const before = fitKMeans(featureMatrixFromRows([[1], [2], [3], [10], [12]]), { k: 2 });
 * const after = fitKMeans(featureMatrixFromRows([[2], [10], [11], [12], [13]]), { k: 2 });
 * console.log(before.centroids, after.centroids); // [[2], [11]] [[11.5], [2]]
 * console.log(matchCentroids(before, after).ids); // [1, 0]
 * ```
 */
export function matchCentroids(before: KMeansModel, after: KMeansModel, options?: MatchCentroidsOptions): CentroidMatch {
  const caller = "matchCentroids";
  checkModel(caller, "before", before);
  checkModel(caller, "after", after);
  const { previous, maxShift } = readOptions(caller, options, MATCH_CENTROIDS_OPTIONS);
  checkSameFeatures(caller, before.featureNames, after.featureNames);
  const known = readPrevious(caller, previous, before.k);
  const width = before.featureNames.length;
  const earlier = Float64Array.from(before.centroids.flat());
  const later = Float64Array.from(after.centroids.flat());
  const squares = new Float64Array(before.k * after.k);
  for (let b = 0; b < before.k; b++) for (let a = 0; a < after.k; a++) squares[b * after.k + a] = squaredDistance(earlier, b * width, later, a * width, width);

  const pairs = new Map<number, Omit<ContinuedCluster, "id" | "after">>();
  const beforeOf = new Int32Array(after.k).fill(-1);
  assignMinimumCost(squares, before.k, after.k).forEach((a, b) => {
    if (a < 0) return;
    const distance = Math.sqrt(squares[b * after.k + a]!);
    const neighbour = distanceToNearest(earlier, b, before.k, width);
    const shift = neighbour === Infinity ? null : distance === 0 ? 0 : distance / neighbour;
    if (shift !== null && !(shift <= maxShift)) return;
    beforeOf[a] = b;
    pairs.set(a, { before: b, distance, shift });
  });
  const { ids, nextId } = giveIds(known, beforeOf);
  const isContinued = new Set(beforeOf);
  return {
    ids,
    nextId,
    continued: ids.flatMap((id, a) => (pairs.has(a) ? [{ id, after: a, ...pairs.get(a)! }] : [])),
    born: ids.flatMap((id, a) => (pairs.has(a) ? [] : [{ id, after: a }])),
    ended: before.centroids.flatMap((_, b) => (isContinued.has(b) ? [] : [{ id: known.ids[b]!, before: b }])),
  };
}

/** Refuses what is no k-means model. */
export function checkModel(caller: string, parameter: string, model: KMeansModel): void {
  checkShape(caller, parameter, model, "a KMeansModel (fitKMeans makes it, kMeansFromSpec reads a saved one)", () => model instanceof KMeansModel);
}

function checkSameFeatures(caller: string, before: readonly string[], after: readonly string[]): void {
  if (before.length === after.length && before.every((name, j) => name === after[j])) return;
  const rule = "the features of before, in the same order";
  throw new ClienteleError("featureMismatch", `after must have ${rule}`, { caller, parameter: "after", rule });
}

function distanceToNearest(centroids: Float64Array, cluster: number, k: number, width: number): number {
  let nearest = Infinity;
  for (let other = 0; other < k; other++) {
    if (other !== cluster) nearest = Math.min(nearest, squaredDistance(centroids, cluster * width, centroids, other * width, width));
  }
  return Math.sqrt(nearest);
}
