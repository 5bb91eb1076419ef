import { MOST_UNITS, squaredDistance, type MovingCentroids, type RowBounds } from "./inner-loops";
import { createStore, fillFours } from "./stored-centroids";

/**
 * Centroids of so many numbers at most are read together; others in groups of eight: reading a few centroids more costs less
 * than more bounds would, not to mention a bound for each centroid (Elkan 2003), which took up to twice the time.
 */
const READ_TOGETHER = 1024;
const GROUP_SIZE = 8;

/** Rounding up, so that sums of movements never fall short. */
const UP = 1 + 2 ** -50;

/** Room for k centroids and what is known about their movements. */
export function createMovingCentroids(k: number, width: number): MovingCentroids {
  const groupSize = groupSizeOf(k, width);
  const groupCount = groupSize === 0 ? 0 : Math.ceil(k / groupSize);
  return {
    ...(groupCount === 0 ? createStore(k, width) : createStore(k, width, groupCount * groupSize)),
    groupSize,
    groupCount,
    groupDrifts: new Float64Array(groupCount),
    groupGaps: new Float64Array(k * groupCount),
    movements: new Float64Array(k),
    // A sum of `width` squares is right to (width + 2) · 2⁻⁵³; the rest is for the square root and the sums of bounds.
    slack: (width + 16) * 2 ** -52,
  };
}

/** 0 for no groups. Bounds of a row never take more than half the memory of the row itself (one bound aside). */
function groupSizeOf(k: number, width: number): number {
  if (k * width <= READ_TOGETHER) return 0;
  const mostGroups = Math.max(1, Math.floor(width / 2));
  return Math.max(GROUP_SIZE, 4 * Math.ceil(k / (4 * mostGroups)));
}

/** Puts the centroids in their places, from where movements are counted anew. */
export function placeCentroids(moving: MovingCentroids, { state, driftsAt, blockAt }: RowBounds, start: Float64Array): void {
  moving.centroids.set(start);
  moving.groupDrifts.fill(0);
  moving.movements.fill(0);
  state.fill(0, driftsAt, blockAt);
}

/** Adds up the `movements` of the centroids, and arranges them for the inner loops. */
export function addMovements(moving: MovingCentroids, bounds: RowBounds): void {
  const { centroids, groupDrifts, groupSize, groupCount, movements } = moving;
  const k = movements.length;
  fillFours(moving, centroids.length / k);
  addDrifts(movements, bounds);
  for (let group = 0; group < groupCount; group++) {
    let largest = 0;
    const end = Math.min(k, (group + 1) * groupSize);
    for (let c = group * groupSize; c < end; c++) if (movements[c]! > largest) largest = movements[c]!;
    groupDrifts[group] = (groupDrifts[group]! + largest) * UP;
  }
}

function addDrifts(movements: Float64Array, { state, driftsAt, unitsPerDistance }: RowBounds): void {
  let farthest = 0;
  let largestOther = 0;
  let largestDrift = 0;
  for (let c = 1; c < movements.length; c++) if (movements[c]! > movements[farthest]!) farthest = c;
  for (let c = 0; c < movements.length; c++) if (c !== farthest && movements[c]! > largestOther) largestOther = movements[c]!;
  for (let c = 0; c < movements.length; c++) {
    const movement = (movements[c]! + (c === farthest ? largestOther : movements[farthest]!)) * UP;
    const drift = state[driftsAt + c]! + Math.ceil(movement * unitsPerDistance);
    if (drift > largestDrift) largestDrift = drift;
    state[driftsAt + c] = Math.min(MOST_UNITS, drift);
  }
  if (largestDrift < MOST_UNITS) return;
  // Before sums of units overflow, nothing is known any more.
  state.fill(0, driftsAt, driftsAt + movements.length);
  for (let at = 0; at < driftsAt; at += 2) state[at] = -1;
}

/** Measures one centroid against all others: k · columns squared differences; nothing where there are no groups. */
export function measureGaps({ centroids, groupGaps, groupSize, groupCount, movements, slack }: MovingCentroids, centroid: number): void {
  const k = movements.length;
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
