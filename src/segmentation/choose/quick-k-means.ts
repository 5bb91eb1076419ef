import type { FeatureMatrix } from "../../data/feature-matrix";
import type { RandomStream } from "../../numeric/random/random-stream";
import type { Steps } from "../../steps/steps";
import { kMeansSteps } from "../kmeans/fit";
import type { KMeansModel } from "../kmeans/model";

type Centroids = readonly (readonly number[])[];

/** Rows that are tried as the next centroid. */
const TRIALS = 6;

/**
 * k-means with little effort, for simulations: Lloyd from a greedy k-means++ start (Arthur and Vassilvitskii 2007), the best of `starts`.
 * Rows that are not k different ones give as many clusters as there are different ones.
 */
export function* quickKMeansSteps(matrix: FeatureMatrix, k: number, starts: number, random: RandomStream): Steps<KMeansModel> {
  let best: KMeansModel | undefined;
  for (let i = 0; i < starts; i++) {
    const start = growCentroids(matrix, [], k, random);
    const model = yield* kMeansSteps(matrix, { k: start.length, start });
    if (best === undefined || model.inertia < best.inertia) best = model;
  }
  return best!;
}

/**
 * The inertia of k-means with 1, 2 … `to` clusters, each by Lloyd from the centroids of the one before and one row more:
 * far less work than a good optimum for every k.
 */
export function* inertiaPathSteps(matrix: FeatureMatrix, to: number, random: RandomStream): Steps<Float64Array> {
  const inertias = new Float64Array(to);
  let centroids: Centroids = [];
  for (let k = 1; k <= to; k++) {
    const start = growCentroids(matrix, centroids, k, random);
    // Every row already has a centroid of its own: the inertia is 0, and stays so.
    if (start.length < k) break;
    const model = yield* kMeansSteps(matrix, { k, start });
    inertias[k - 1] = model.inertia;
    centroids = model.centroids;
  }
  return inertias;
}

/**
 * Adds rows to centroids until there are k, or until all rows lie on one. The first row is drawn at random; of a few that are drawn with a
 * probability proportional to their squared distance from the nearest centroid, the one comes next that leaves the smallest sum of these distances.
 */
function growCentroids(matrix: FeatureMatrix, given: Centroids, k: number, random: RandomStream): Centroids {
  const { values, rowCount, columnCount: width } = matrix;
  const pointAt = (row: number): number[] => Array.from(values.subarray(row * width, (row + 1) * width));
  const centroids = given.length === 0 ? [pointAt(random.nextInteger(rowCount))] : [...given];
  let nearest = new Float64Array(rowCount).fill(Infinity);
  let trial = new Float64Array(rowCount);
  let best = new Float64Array(rowCount);
  let total = Infinity;
  for (const centroid of centroids) total = lowerToPoint(matrix, centroid, nearest, nearest);
  while (centroids.length < k && total > 0) {
    let least = Infinity;
    let chosen: number[] = [];
    for (let i = 0; i < TRIALS; i++) {
      const point = pointAt(drawByWeight(nearest, total, random));
      const potential = lowerToPoint(matrix, point, nearest, trial);
      if (potential >= least) continue;
      least = potential;
      chosen = point;
      [best, trial] = [trial, best];
    }
    centroids.push(chosen);
    [nearest, best] = [best, nearest];
    total = least;
  }
  return centroids;
}

/** Fills `out` with the smaller of `nearest` and the squared distance to a point; returns the sum. */
function lowerToPoint({ values, columnCount: width }: FeatureMatrix, point: ArrayLike<number>, nearest: Float64Array, out: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < nearest.length; row++) {
    let squares = 0;
    for (let j = 0; j < width; j++) squares += (values[row * width + j]! - point[j]!) ** 2;
    const least = squares < nearest[row]! ? squares : nearest[row]!;
    out[row] = least;
    sum += least;
  }
  return sum;
}

/** A position with a weight above 0; there is one, since the total is. */
function drawByWeight(weights: Float64Array, total: number, random: RandomStream): number {
  let left = random.nextFloat() * total;
  let last = 0;
  for (let row = 0; row < weights.length; row++) {
    if (weights[row] === 0) continue;
    last = row;
    left -= weights[row]!;
    if (left < 0) break;
  }
  return last;
}
