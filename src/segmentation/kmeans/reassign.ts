import {
  choose,
  findCandidates,
  squaredDistance,
  squaresOfRows,
  squaresOfTwo,
  thresholdOf,
  TINY,
  touchRows,
  type MovingCentroids,
  type RowBlock,
  type RowBounds,
} from "./inner-loops";

/** What testing one row, one of its bounds, and settling its cluster cost in squared differences. */
const OPERATIONS_PER_TEST = 3;
const OPERATIONS_PER_BOUND = 8;
const OPERATIONS_PER_CHOICE = 4;

/**
 * Brings the clusters of rows `from` … `to` − 1 up to date, ties to the lowest index, reading only rows whose bounds do not settle it.
 *
 * By the triangle inequality the distance to the own centroid grows at most by its movement, and that to every other shrinks at most by the
 * largest movement among the others. Both, added up, are compared with the difference of the distances: one comparison for each row
 * (Hamerly 2010). Where it fails, all centroids are read; or, where these are many numbers, the distance to the own one is computed and
 * compared with the bounds of groups of centroids (Ding et al. 2015), and those groups are read whose bound is not above it.
 */
export function reassignRows(values: Float64Array, width: number, from: number, to: number, moving: MovingCentroids, bounds: RowBounds, block: RowBlock): void {
  const { filledCount, groupCount, groupSize } = moving;
  const { counts } = block;
  const rowCount = findCandidates(from, to, bounds);
  touchRows(values, width, rowCount, bounds, block);
  counts[1] = (to - from) * OPERATIONS_PER_TEST;
  if (groupCount === 0) {
    squaresOfRows(values, width, rowCount, moving, bounds, block);
    counts[0] = choose(rowCount, moving, bounds, block);
    counts[1] += rowCount * filledCount * (width + OPERATIONS_PER_CHOICE);
    return;
  }
  const openCount = testBounds(values, width, rowCount, moving, bounds, block);
  counts[1] += rowCount * (width + groupCount * OPERATIONS_PER_BOUND);
  for (let group = 0; group < groupCount; group++) {
    readGroup(values, width, group, moving, bounds, block);
    counts[1] += block.waitingCounts[group]! * groupSize * (width + OPERATIONS_PER_CHOICE);
  }
  counts[0] = relabel(openCount, moving, bounds, block);
}

/** Computes the distance of each listed row from its own centroid, and lines the row up for the groups whose bound is not above it. */
function testBounds(values: Float64Array, width: number, rowCount: number, moving: MovingCentroids, bounds: RowBounds, block: RowBlock): number {
  const { centroids, groupCount, groupDrifts, groupGaps, slack } = moving;
  const { state, driftsAt, blockAt, unitsPerDistance, groupBounds } = bounds;
  const { nearest, nearestSquares, open, waiting, waitingCounts } = block;
  waitingCounts.fill(0);
  let openCount = 0;
  for (let position = 0; position < rowCount; position++) {
    const at = state[blockAt + position]!;
    const own = state[at + 1]!;
    const square = squaredDistance(values, Math.imul(at >> 1, width), centroids, Math.imul(own, width), width);
    const distance = Math.sqrt(square) * (1 + slack);
    const firstBound = (at >> 1) * groupCount;
    let smallest = Infinity;
    let openGroups = 0;
    for (let group = 0; group < groupCount; group++) {
      const drift = groupDrifts[group]!;
      const byCentroid = groupGaps[own * groupCount + group]! - distance;
      let bound = groupBounds[firstBound + group]! - drift;
      if (byCentroid > bound) {
        bound = byCentroid;
        groupBounds[firstBound + group] = lowered(bound, drift, slack);
      }
      if (bound < smallest) smallest = bound;
      const isOpen = Number(!(bound > distance));
      const count = waitingCounts[group]!;
      waiting[group * block.rowCount + count] = position;
      waitingCounts[group] = count + isOpen;
      openGroups += isOpen;
    }
    nearest[position] = own;
    nearestSquares[position] = square;
    if (openGroups > 0) open[openCount++] = position;
    else state[at] = thresholdOf(smallest, Math.sqrt(square), slack, unitsPerDistance) + state[driftsAt + own]!;
  }
  return openCount;
}

/** Gives rows whose groups were read their clusters and thresholds; returns how many clusters changed. */
function relabel(openCount: number, { groupCount, groupDrifts, slack }: MovingCentroids, bounds: RowBounds, block: RowBlock): number {
  const { state, driftsAt, blockAt, unitsPerDistance, groupBounds } = bounds;
  const { nearest, nearestSquares, open, changed, left } = block;
  let changedCount = 0;
  for (let i = 0; i < openCount; i++) {
    const position = open[i]!;
    const at = state[blockAt + position]!;
    const label = nearest[position]!;
    const firstBound = (at >> 1) * groupCount;
    let smallest = Infinity;
    for (let group = 0; group < groupCount; group++) {
      const bound = groupBounds[firstBound + group]! - groupDrifts[group]!;
      if (bound < smallest) smallest = bound;
    }
    state[at] = thresholdOf(smallest, Math.sqrt(nearestSquares[position]!), slack, unitsPerDistance) + state[driftsAt + label]!;
    if (label === state[at + 1]) continue;
    changed[changedCount] = at >> 1;
    left[changedCount++] = state[at + 1]!;
    state[at + 1] = label;
  }
  return changedCount;
}

/** A bound as it is kept: plus the drift up to now, less what rounding may have added to either. */
function lowered(bound: number, drift: number, slack: number): number {
  // Where there is no other centroid.
  if (bound === Infinity) return bound;
  return bound + drift - slack * (Math.abs(bound) + drift) - TINY;
}

/** Reads one group for all rows that wait for it, two at a time. */
function readGroup(values: Float64Array, width: number, group: number, moving: MovingCentroids, bounds: RowBounds, block: RowBlock): void {
  const { fours, groupSize } = moving;
  const { state, blockAt } = bounds;
  const { squares, waiting, waitingCounts } = block;
  const start = group * block.rowCount;
  const end = start + waitingCounts[group]!;
  for (let at = start; at < end; at += 2) {
    const position0 = waiting[at]!;
    const position1 = waiting[at + 1 < end ? at + 1 : at]!;
    const x0 = Math.imul(state[blockAt + position0]! >> 1, width);
    const x1 = Math.imul(state[blockAt + position1]! >> 1, width);
    squaresOfTwo(values, width, x0, x1, fours, group * groupSize * width, groupSize, squares, 0);
    settle(position0, 0, group, moving, bounds, block);
    if (position1 !== position0) settle(position1, groupSize, group, moving, bounds, block);
  }
}

/** Takes in the squared distances (at `first`) of one row from one group: its nearest centroid so far, and the bound of the group. */
function settle(position: number, first: number, group: number, { groupSize, groupCount, groupDrifts, slack }: MovingCentroids, { state, blockAt, groupBounds }: RowBounds, block: RowBlock): void {
  const { squares, nearest, nearestSquares } = block;
  const firstBound = (state[blockAt + position]! >> 1) * groupCount;
  const own = nearest[position]!;
  const ownSquare = nearestSquares[position]!;
  const firstMember = group * groupSize;
  const isInGroup = own >= firstMember && own < firstMember + groupSize;
  if (isInGroup) squares[first + own - firstMember] = Infinity;
  let found = 0;
  for (let i = 1; i < groupSize; i++) if (squares[first + i]! < squares[first + found]!) found = i;
  let bound = squares[first + found]!;
  if (bound < ownSquare || (bound === ownSquare && firstMember + found < own)) {
    nearest[position] = firstMember + found;
    nearestSquares[position] = bound;
    squares[first + found] = isInGroup ? ownSquare : Infinity;
    bound = Infinity;
    for (let i = 0; i < groupSize; i++) if (squares[first + i]! < bound) bound = squares[first + i]!;
    if (!isInGroup) {
      const other = Math.floor(own / groupSize);
      groupBounds[firstBound + other] = Math.min(groupBounds[firstBound + other]!, lowered(Math.sqrt(ownSquare), groupDrifts[other]!, slack));
    }
  }
  groupBounds[firstBound + group] = lowered(Math.sqrt(bound), groupDrifts[group]!, slack);
}
