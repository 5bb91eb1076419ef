import { squaredDistance, type MovingCentroids } from "./inner-loops";
import { createStore, fillFours } from "./stored-centroids";

/** Rows wider than this are dear to read: their groups of centroids are small. */
const WIDE = 32;

/** Up to so many multiples of the row's own memory are spent on bounds for it. */
const BOUNDS_PER_COLUMN = 0.5;

/** Rounding up, so that sums of movements never fall short. */
const UP = 1 + 2 ** -50;

/** Room for k centroids and what is known about their movements. */
export function createMovingCentroids(k: number, width: number): MovingCentroids {
  const smallest = width > WIDE ? 4 : 8;
  const mostGroups = Math.max(1, Math.floor(width * BOUNDS_PER_COLUMN));
  const groupSize = Math.max(Math.min(smallest, 4 * Math.ceil(k / 4)), 4 * Math.ceil(k / (4 * mostGroups)));
  const stored = createStore(k, width, groupSize);
  const { groupCount } = stored;
  return {
    ...stored,
    drifts: new Float64Array(k),
    groupDrifts: new Float64Array(groupCount),
    groupGaps: new Float64Array(k * groupCount),
    movements: new Float64Array(k),
    // A sum of `width` squares is right to (width + 2) · 2⁻⁵³; the rest is for the square root and the sums of bounds.
    slack: (width + 16) * 2 ** -52,
  };
}

/** Puts the centroids in their places, from where movements are counted anew. */
export function placeCentroids(moving: MovingCentroids, start: Float64Array): void {
  moving.centroids.set(start);
  moving.drifts.fill(0);
  moving.groupDrifts.fill(0);
  moving.movements.fill(0);
}

/** Adds up the `movements` of the centroids, and arranges them for the inner loops. */
export function addMovements(moving: MovingCentroids): void {
  const { centroids, drifts, groupDrifts, groupSize, groupCount, movements } = moving;
  const k = drifts.length;
  fillFours(moving, centroids.length / k);
  let farthest = 0;
  let largestOther = 0;
  for (let c = 1; c < k; c++) if (movements[c]! > movements[farthest]!) farthest = c;
  for (let c = 0; c < k; c++) if (c !== farthest && movements[c]! > largestOther) largestOther = movements[c]!;
  for (let c = 0; c < k; c++) drifts[c] = (drifts[c]! + movements[c]! + (c === farthest ? largestOther : movements[farthest]!)) * UP;
  for (let group = 0; group < groupCount; group++) {
    let largest = 0;
    const end = Math.min(k, (group + 1) * groupSize);
    for (let c = group * groupSize; c < end; c++) if (movements[c]! > largest) largest = movements[c]!;
    groupDrifts[group] = (groupDrifts[group]! + largest) * UP;
  }
}

/** Measures one centroid against all others: k · columns squared differences. */
export function measureGaps(moving: MovingCentroids, centroid: number): void {
  const { centroids, drifts, groupGaps, groupSize, groupCount, slack } = moving;
  const k = drifts.length;
  const width = centroids.length / k;
  for (let group = 0; group < groupCount; group++) {
    let smallest = Infinity;
    const end = Math.min(k, (group + 1) * groupSize);
    for (let c = group * groupSize; c < end; c++) {
      const square = c === centroid ? Infinity : squaredDistance(centroids, centroid * width, centroids, c * width, width);
      if (square < smallest) smallest = square;
    }
    groupGaps[centroid * groupCount + group] = Math.sqrt(smallest) * (1 - slack);
  }
}
