import type { RandomStream } from "../../numeric/random/random-stream";
import { drawRow } from "./greedy-start";
import { squaredDistance } from "./inner-loops";
import type { PointSet } from "./point-set";

/** One swap in so many takes away any centroid, so that no bad place is kept for ever. */
const RANDOM_REMOVALS = 3;

/** A move has to lower the inertia by more than rounding can feign. */
const LEAST_GAIN = 1e-12;

/** Clusters of few points, each point in one of them. */
export interface Partition {
  readonly labels: Int32Array;
  /** Means of the clusters. */
  readonly centroids: Float64Array;
  /** Points in each cluster, and the sum of their weights. */
  readonly counts: Int32Array;
  readonly weights: Float64Array;
  /** Of each point: weight × squared distance from its centroid, the same for the next nearest centroid, and which that is. */
  readonly costs: Float64Array;
  readonly nextCosts: Float64Array;
  readonly next: Int32Array;
}

export function createPartition({ rowCount, width }: PointSet, k: number): Partition {
  return {
    labels: new Int32Array(rowCount),
    centroids: new Float64Array(k * width),
    counts: new Int32Array(k),
    weights: new Float64Array(k),
    costs: new Float64Array(rowCount),
    nextCosts: new Float64Array(rowCount),
    next: new Int32Array(rowCount),
  };
}

/** Brings counts, weights and centroids in line with the labels; false where a cluster is empty. */
export function takeMeans({ values, rowCount, width, weights: pointWeights }: PointSet, { labels, centroids, counts, weights }: Partition): boolean {
  centroids.fill(0);
  counts.fill(0);
  weights.fill(0);
  for (let row = 0; row < rowCount; row++) {
    const cluster = labels[row]!;
    const weight = pointWeights === undefined ? 1 : pointWeights[row]!;
    counts[cluster]!++;
    weights[cluster]! += weight;
    for (let j = 0; j < width; j++) centroids[cluster * width + j]! += values[row * width + j]! * weight;
  }
  if (counts.includes(0)) return false;
  for (let cluster = 0, at = 0; cluster < counts.length; cluster++) {
    for (let j = 0; j < width; j++, at++) centroids[at]! /= weights[cluster]!;
  }
  return true;
}

/**
 * Looks at points `from` … `to` − 1 in turn and moves each to the cluster where that lowers the inertia most, together with both means
 * (Hartigan 1975); never the last point of a cluster. Returns the last point that moved, −1 if none did.
 *
 * Where no point is left to move, Lloyd's iteration would move none either; the reverse does not hold.
 */
export function exchangePoints({ values, width, weights: pointWeights }: PointSet, from: number, to: number, { labels, centroids, counts, weights }: Partition): number {
  let lastMoved = -1;
  for (let row = from; row < to; row++) {
    const own = labels[row]!;
    if (counts[own] === 1) continue;
    const x = row * width;
    const weight = pointWeights === undefined ? 1 : pointWeights[row]!;
    let cheapest = ((squaredDistance(values, x, centroids, own * width, width) * weights[own]!) / (weights[own]! - weight)) * (1 - LEAST_GAIN);
    let target = -1;
    for (let cluster = 0; cluster < counts.length; cluster++) {
      if (cluster === own) continue;
      const cost = (squaredDistance(values, x, centroids, cluster * width, width) * weights[cluster]!) / (weights[cluster]! + weight);
      if (cost < cheapest) {
        cheapest = cost;
        target = cluster;
      }
    }
    if (target < 0) continue;
    lastMoved = row;
    const leaving = weight / (weights[own]! - weight);
    const joining = weight / (weights[target]! + weight);
    for (let j = 0; j < width; j++) {
      const value = values[x + j]!;
      centroids[own * width + j]! -= (value - centroids[own * width + j]!) * leaving;
      centroids[target * width + j]! += (value - centroids[target * width + j]!) * joining;
    }
    weights[own]! -= weight;
    weights[target]! += weight;
    counts[own]!--;
    counts[target]!++;
    labels[row] = target;
  }
  return lastMoved;
}

/** Finds the costs of points `from` … `to` − 1; returns their sum. The labels become those of the nearest centroids. */
export function measureCosts({ values, width, weights }: PointSet, from: number, to: number, { labels, centroids, counts, costs, nextCosts, next }: Partition): number {
  let sum = 0;
  for (let row = from; row < to; row++) {
    let nearest = -1;
    let smallest = Infinity;
    let other = -1;
    let second = Infinity;
    for (let cluster = 0; cluster < counts.length; cluster++) {
      const square = squaredDistance(values, row * width, centroids, cluster * width, width);
      if (square < smallest) {
        other = nearest;
        second = smallest;
        nearest = cluster;
        smallest = square;
      } else if (square < second) {
        other = cluster;
        second = square;
      }
    }
    const weight = weights === undefined ? 1 : weights[row]!;
    labels[row] = nearest;
    costs[row] = smallest * weight;
    next[row] = other;
    nextCosts[row] = second * weight;
    sum += smallest * weight;
  }
  return sum;
}

/**
 * A partition with one centroid in another place: on a point drawn with probability in proportion to its cost, in exchange for the
 * one whose loss then costs least, now and then for any (Fränti and Kivijärvi 2000; Lattanzi and Sohler 2019). False where that would leave a cluster empty.
 *
 * @param newCosts - scratch for one number of each point
 */
export function swapCentroid(points: PointSet, current: Partition, random: RandomStream, newCosts: Float64Array, swapped: Partition): boolean {
  const { values, rowCount, width, weights } = points;
  const { labels, costs, nextCosts, next } = current;
  const drawn = drawRow(costs, random);
  const losses = swapped.weights;
  losses.fill(0);
  for (let row = 0; row < rowCount; row++) {
    const cost = squaredDistance(values, row * width, values, drawn * width, width) * (weights === undefined ? 1 : weights[row]!);
    newCosts[row] = cost;
    losses[labels[row]!]! += Math.min(nextCosts[row]!, cost) - Math.min(costs[row]!, cost);
  }
  let removed = 0;
  for (let cluster = 1; cluster < losses.length; cluster++) if (losses[cluster]! < losses[removed]!) removed = cluster;
  if (random.nextInteger(RANDOM_REMOVALS) === 0) removed = random.nextInteger(losses.length);
  for (let row = 0; row < rowCount; row++) {
    const stays = labels[row] !== removed;
    if (newCosts[row]! < (stays ? costs[row]! : nextCosts[row]!)) swapped.labels[row] = removed;
    else swapped.labels[row] = stays ? labels[row]! : next[row]!;
  }
  return takeMeans(points, swapped);
}
