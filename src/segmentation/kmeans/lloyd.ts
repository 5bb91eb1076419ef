import { sumOf } from "../../numeric/statistics/compensated-sum";
import type { Progress, Steps } from "../../steps/steps";
import { assignNearest } from "./predict";
import type { SliceMeter } from "./slice-meter";
import type { KMeansStatus } from "./spec";

/** What all runs of one fit have in common. The last three are scratch: each run writes them anew. */
export interface LloydProblem {
  readonly values: Float64Array;
  readonly rowCount: number;
  readonly width: number;
  /** Coordinates are added up as differences from this point (see `originOf`). */
  readonly origin: Float64Array;
  /** The run has converged when the squared shifts of all centroids together are at most this. */
  readonly squaredTolerance: number;
  readonly meter: SliceMeter;
  readonly labels: Int32Array;
  readonly squaredDistances: Float64Array;
}

/** Where a run ended, no cluster being empty. `sizes` and `inertia` belong to the nearest-centroid labels of exactly these centroids. */
export interface LloydRun {
  readonly centroids: Float64Array;
  readonly sizes: Int32Array;
  readonly inertia: number;
  readonly iterations: number;
  readonly status: KMeansStatus;
}

/**
 * Lloyd's iteration (Lloyd 1982): rows go to their nearest centroids, centroids to the means of their rows, until
 * no row changes its cluster or the centroids stand (nearly) still. With `maxIterations` 0 only the labels are found.
 */
export function* lloydSteps(problem: LloydProblem, start: Float64Array, maxIterations: number, phase: string): Steps<LloydRun> {
  const { width, labels, squaredDistances } = problem;
  const centroids = start.slice();
  const sizes = new Int32Array(centroids.length / width);
  const sums = new Float64Array(centroids.length);
  labels.fill(-1);

  let iterations = 0;
  let converged = false;
  let labelsAreNearest = false;
  while (!converged && iterations < maxIterations) {
    const progress: Progress = { phase, done: iterations, total: maxIterations };
    iterations++;
    const changed = yield* assignSteps(problem, centroids, progress);
    labelsAreNearest = true;
    if (changed === 0) {
      converged = true;
      break;
    }
    countSizes(labels, sizes);
    const relocated = relocateEmptyClusters(labels, squaredDistances, sizes);
    yield* sumSteps(problem, sums, progress);
    const squaredShift = moveCentroids(problem.origin, sums, sizes, centroids);
    converged = squaredShift <= problem.squaredTolerance;
    labelsAreNearest = squaredShift === 0 && relocated === 0;
  }
  const progress: Progress = { phase, done: iterations, total: maxIterations };
  if (!labelsAreNearest) yield* assignSteps(problem, centroids, progress);
  countSizes(labels, sizes);
  // A run that was stopped while its centroids still moved may have taken the last row from one of them.
  for (let empty = sizes.indexOf(0); empty >= 0 && moveToFarthestRow(problem, centroids, empty); empty = sizes.indexOf(0)) {
    yield* assignSteps(problem, centroids, progress);
    countSizes(labels, sizes);
  }
  return {
    centroids,
    sizes,
    inertia: sumOf(squaredDistances),
    iterations,
    status: converged ? "converged" : "iterationLimit",
  };
}

/** Assigns all rows, in slices; returns how many changed their cluster. */
function* assignSteps(problem: LloydProblem, centroids: Float64Array, progress: Progress): Steps<number> {
  const { values, rowCount, width, meter, labels, squaredDistances } = problem;
  const blockRows = meter.rowsPerSlice(centroids.length);
  let changed = 0;
  for (let from = 0; from < rowCount; from += blockRows) {
    const to = Math.min(rowCount, from + blockRows);
    changed += assignNearest(values, width, from, to, centroids, labels, squaredDistances);
    if (meter.spend((to - from) * centroids.length)) yield progress;
  }
  return changed;
}

/** Adds up the coordinates of each cluster, as differences from the origin, in slices. */
function* sumSteps(problem: LloydProblem, sums: Float64Array, progress: Progress): Steps<void> {
  const { values, rowCount, width, origin, meter, labels } = problem;
  const blockRows = meter.rowsPerSlice(width);
  sums.fill(0);
  for (let from = 0; from < rowCount; from += blockRows) {
    const to = Math.min(rowCount, from + blockRows);
    addRows(values, width, from, to, origin, labels, sums);
    if (meter.spend((to - from) * width)) yield progress;
  }
}

function addRows(values: Float64Array, width: number, from: number, to: number, origin: Float64Array, labels: Int32Array, sums: Float64Array): void {
  for (let row = from; row < to; row++) {
    const x = row * width;
    const c = labels[row]! * width;
    for (let j = 0; j < width; j++) sums[c + j]! += values[x + j]! - origin[j]!;
  }
}

function countSizes(labels: Int32Array, sizes: Int32Array): void {
  sizes.fill(0);
  for (let row = 0; row < labels.length; row++) sizes[labels[row]!]!++;
}

/**
 * Gives every empty cluster, in order, the row that is farthest from its centroid and not alone in its cluster
 * (the first of equally far ones), and returns how many there were. Each such row lowers the inertia, so the iteration cannot cycle.
 */
function relocateEmptyClusters(labels: Int32Array, squaredDistances: Float64Array, sizes: Int32Array): number {
  let relocated = 0;
  for (let empty = sizes.indexOf(0); empty >= 0; empty = sizes.indexOf(0, empty + 1)) {
    let farthest = -1;
    let largest = -1;
    for (let row = 0; row < labels.length; row++) {
      if (squaredDistances[row]! > largest && sizes[labels[row]!]! > 1) {
        farthest = row;
        largest = squaredDistances[row]!;
      }
    }
    sizes[labels[farthest]!]!--;
    labels[farthest] = empty;
    sizes[empty] = 1;
    relocated++;
  }
  return relocated;
}

/**
 * Moves an empty cluster's centroid onto the row that is farthest from its own (the first of equally far ones). That lowers the inertia
 * and moves no other centroid, so doing it again and again ends. False where every row is at distance 0, which k distinct rows rule out
 * (unless squares of their distances are next to 0 as a double).
 */
function moveToFarthestRow({ values, width, squaredDistances }: LloydProblem, centroids: Float64Array, empty: number): boolean {
  let farthest = 0;
  for (let row = 1; row < squaredDistances.length; row++) if (squaredDistances[row]! > squaredDistances[farthest]!) farthest = row;
  if (squaredDistances[farthest] === 0) return false;
  centroids.set(values.subarray(farthest * width, (farthest + 1) * width), empty * width);
  return true;
}

/** Moves the centroids to the means of their rows; returns the sum of their squared shifts. */
function moveCentroids(origin: Float64Array, sums: Float64Array, sizes: Int32Array, centroids: Float64Array): number {
  const width = origin.length;
  let squaredShift = 0;
  for (let cluster = 0; cluster < sizes.length; cluster++) {
    for (let j = 0; j < width; j++) {
      const at = cluster * width + j;
      const mean = origin[j]! + sums[at]! / sizes[cluster]!;
      const shift = mean - centroids[at]!;
      centroids[at] = mean;
      squaredShift += shift * shift;
    }
  }
  return squaredShift;
}
