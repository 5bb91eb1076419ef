import type { TargetSmoothing } from "./encoding";

/** The mean of all labels, and that of each level drawn towards it. */
export interface LevelMeans {
  readonly mean: number;
  readonly means: Float64Array;
}

/**
 * Means of labels by level, with the rows of one fold left out (`leftOut` −1: none). A level without rows has the overall mean.
 *
 * Two passes: the second sums deviations from the means of the first, so labels far from zero keep their digits.
 *
 * @param levelOf - the level of each row, from 0
 */
export function computeLevelMeans(levelOf: Int32Array, levelCount: number, labels: Float64Array, smoothing: TargetSmoothing, folds: Int32Array, leftOut: number): LevelMeans {
  const counts = new Float64Array(levelCount);
  const means = new Float64Array(levelCount);
  let count = 0;
  let total = 0;
  for (let row = 0; row < levelOf.length; row++) {
    if (folds[row] === leftOut) continue;
    const level = levelOf[row]!;
    counts[level]!++;
    means[level]! += labels[row]!;
    count++;
    total += labels[row]!;
  }
  for (let level = 0; level < levelCount; level++) means[level]! /= Math.max(1, counts[level]!);
  const roughMean = total / count;
  const residuals = new Float64Array(levelCount);
  const squares = new Float64Array(levelCount);
  let residual = 0;
  let allSquares = 0;
  for (let row = 0; row < levelOf.length; row++) {
    if (folds[row] === leftOut) continue;
    const level = levelOf[row]!;
    const deviation = labels[row]! - means[level]!;
    residuals[level]! += deviation;
    squares[level]! += deviation * deviation;
    const overall = labels[row]! - roughMean;
    residual += overall;
    allSquares += overall * overall;
  }
  for (let level = 0; level < levelCount; level++) means[level]! += residuals[level]! / Math.max(1, counts[level]!);
  const mean = roughMean + residual / count;

  const credibilityOf = smoothing === "credibility" ? credibility(counts, means, squares, mean) : undefined;
  for (let level = 0; level < levelCount; level++) {
    const n = counts[level]!;
    const weight =
      n === 0 ? 0
      : typeof smoothing === "number" ? n / (n + smoothing)
      : credibilityOf === undefined ? withinLevelWeight(n, allSquares / count, squares[level]! / n)
      : credibilityOf(n);
    // Adding 0 turns −0, which JSON does not know, into 0.
    means[level] = weight * means[level]! + (1 - weight) * mean + 0;
  }
  return { mean: mean + 0, means };
}

/** n·s² / (n·s² + σ²), 0 where no label differs from another (Micci-Barreca 2001, eq. 5). */
function withinLevelWeight(count: number, variance: number, varianceWithin: number): number {
  return variance === 0 ? 0 : (variance * count) / (variance * count + varianceWithin);
}

/**
 * n·τ² / (n·τ² + σ²), with both variances by the method of moments from all levels (Bühlmann and Straub 1970): σ² is the mean
 * square within levels, τ² = (mean square between levels − σ²) / n₀, at least 0, with n₀ = (N − Σn²/N) / (K − 1).
 * With one level, or with one row in each, the two cannot be told apart: nothing is known of the levels.
 */
function credibility(counts: Float64Array, means: Float64Array, squares: Float64Array, mean: number): (count: number) => number {
  let rows = 0;
  let levels = 0;
  let within = 0;
  let between = 0;
  let countSquares = 0;
  for (let level = 0; level < counts.length; level++) {
    const n = counts[level]!;
    if (n === 0) continue;
    rows += n;
    levels++;
    within += squares[level]!;
    between += n * (means[level]! - mean) ** 2;
    countSquares += n * n;
  }
  if (levels < 2 || rows === levels) return () => 0;
  const varianceWithin = within / (rows - levels);
  const varianceBetween = ((between / (levels - 1) - varianceWithin) * (levels - 1)) / (rows - countSquares / rows);
  return varianceBetween <= 0 ? () => 0 : (count) => (count * varianceBetween) / (count * varianceBetween + varianceWithin);
}
