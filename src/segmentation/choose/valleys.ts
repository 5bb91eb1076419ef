import type { FeatureMatrix } from "../../data/feature-matrix";
import { dataRowsAt } from "../../evaluation/resampling/row-data";
import type { RandomStream } from "../../numeric/random/random-stream";
import { dipOfSorted } from "../../numeric/statistics/dip";
import type { Steps } from "../../steps/steps";
import { quickKMeansSteps } from "./quick-k-means";

/** Halvings one after the other: seven cuts into up to eight parts. */
const LEVELS = 3;
/** A part with fewer rows is not cut. */
export const LEAST_ROWS = 20;

/**
 * How deep the deepest valley is through which the rows can be cut: 2-means halves the rows, each half again, and so on;
 * each time the rows of the part are projected on the line through the two centroids, and their dip tells how far they are from a single hill.
 * The largest √n · dip of all cuts.
 *
 * A part of a log-concave distribution (Gaussian, uniform on a convex body, exponential …) on one side of a cut is log-concave too,
 * and so is every projection of it: such rows have no valley, at whatever level, and √n · dip stays at what a uniform distribution gives.
 */
export function* deepestValleySteps(matrix: FeatureMatrix, random: RandomStream): Steps<number> {
  let deepest = 0;
  let parts: readonly FeatureMatrix[] = [matrix];
  for (let level = 0; level < LEVELS; level++) {
    const next: FeatureMatrix[] = [];
    for (const part of parts) {
      if (part.rowCount < LEAST_ROWS) continue;
      const model = yield* quickKMeansSteps(part, 2, 1, random);
      if (model.k < 2) continue;
      const labels = model.predict(part);
      const halves = [rowsOfLabel(part, labels, 0), rowsOfLabel(part, labels, 1)] as const;
      deepest = Math.max(deepest, valleyAt(projectOnPair(part, model.centroids), halves[0].rowCount));
      next.push(...halves);
    }
    parts = next;
  }
  return deepest;
}

/**
 * The larger √n · dip of all places and of those about the cut, as many on either side as the smaller half has:
 * a small heap beside a large one hardly shows in the dip of all. What is cut off from one hill is one hill.
 */
function valleyAt(places: Float64Array, cut: number): number {
  const reach = Math.min(cut, places.length - cut);
  const valley = scaledDip(places);
  return 2 * reach < LEAST_ROWS ? valley : Math.max(valley, scaledDip(places.subarray(cut - reach, cut + reach)));
}

function scaledDip(places: Float64Array): number {
  return Math.sqrt(places.length) * dipOfSorted(places);
}

/** Where the rows lie along the line through two centroids, ascending: those nearer to the first come first. */
function projectOnPair({ values, rowCount, columnCount: width }: FeatureMatrix, centroids: readonly (readonly number[])[]): Float64Array {
  const [from, to] = centroids as [readonly number[], readonly number[]];
  const places = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    let place = 0;
    for (let j = 0; j < width; j++) place += (values[row * width + j]! - from[j]!) * (to[j]! - from[j]!);
    places[row] = place;
  }
  return places.sort();
}

function rowsOfLabel(matrix: FeatureMatrix, labels: Int32Array, wanted: number): FeatureMatrix {
  const rows: number[] = [];
  labels.forEach((label, row) => {
    if (label === wanted) rows.push(row);
  });
  return dataRowsAt(matrix, rows);
}
