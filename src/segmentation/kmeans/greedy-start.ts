import type { RandomStream } from "../../numeric/random/random-stream";
import type { Steps } from "../../steps/steps";
import { squaredDistance } from "./inner-loops";
import type { PointSet } from "./point-set";
import type { SliceMeter } from "./slice-meter";

/**
 * k rows as start centroids by greedy k-means++ (Arthur and Vassilvitskii 2007): each next one is the best of 2 + ⌊ln k⌋ rows
 * drawn with probability in proportion to weight × squared distance from the nearest centroid so far.
 */
export function* greedyStartSteps(points: PointSet, k: number, random: RandomStream, meter: SliceMeter): Steps<Float64Array> {
  const { values, rowCount, width, weights } = points;
  const candidateCount = 2 + Math.floor(Math.log(k));
  const start = new Float64Array(k * width);
  const costs = new Float64Array(rowCount).fill(Infinity);
  let trial = new Float64Array(rowCount);
  let best = new Float64Array(rowCount);
  let row = weights === undefined ? random.nextInteger(rowCount) : drawRow(weights, random);
  for (let cluster = 0; ; cluster++) {
    start.set(values.subarray(row * width, (row + 1) * width), cluster * width);
    if (cluster === 0) lowerCosts(points, row, costs, costs);
    else costs.set(best);
    if (cluster === k - 1) return start;
    let smallest = Infinity;
    for (let candidate = 0; candidate < candidateCount; candidate++) {
      const drawn = drawRow(costs, random);
      const cost = lowerCosts(points, drawn, costs, trial);
      if (cost < smallest) {
        smallest = cost;
        row = drawn;
        [best, trial] = [trial, best];
      }
      if (meter.spend(rowCount * (width + 4))) yield { phase: "choosing starts", done: cluster + 1, total: k };
    }
  }
}

/** What each row costs if one more centroid stands on `row`, into `lowered`; returns the sum. */
function lowerCosts({ values, rowCount, width, weights }: PointSet, row: number, costs: Float64Array, lowered: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < rowCount; i++) {
    const cost = squaredDistance(values, i * width, values, row * width, width) * (weights === undefined ? 1 : weights[i]!);
    lowered[i] = cost < costs[i]! ? cost : costs[i]!;
    sum += lowered[i]!;
  }
  return sum;
}

/** A row with probability in proportion to its share; where all shares are 0, any row. */
export function drawRow(shares: Float64Array, random: RandomStream): number {
  let total = 0;
  for (const share of shares) total += share;
  if (total === 0) return random.nextInteger(shares.length);
  const wanted = random.nextFloat() * total;
  let sum = 0;
  let last = 0;
  for (let row = 0; row < shares.length; row++) {
    if (shares[row] === 0) continue;
    last = row;
    sum += shares[row]!;
    if (sum > wanted) break;
  }
  return last;
}
