import { samplePositionsSteps, type RandomStream } from "../../numeric/random/random-stream";
import type { Steps } from "../../steps/steps";

/** Rows to be clustered, and what exact sums of them need to know. */
export interface PointSet {
  /** Row-major. */
  readonly values: Float64Array;
  readonly rowCount: number;
  readonly width: number;
  /** One positive number for each row; undefined: all 1. */
  readonly weights: Float64Array | undefined;
  /** Of each column, the largest magnitude times the largest weight, or more; last the largest weight. */
  readonly largest: Float64Array;
  /** The diagonal of the box around all rows, or more. */
  readonly diameter: number;
}

/**
 * Random points that stand for all: each position at most once where weights are equal, else as often as draws in proportion to the weights
 * hit it, which then is its weight.
 */
export function* samplePointsSteps(points: PointSet, count: number, random: RandomStream): Steps<PointSet> {
  const { rowCount, weights } = points;
  if (weights === undefined) return pickPoints(points, yield* samplePositionsSteps(rowCount, count, random), undefined);
  let total = 0;
  for (const weight of weights) total += weight;
  const draws = Float64Array.from({ length: count }, () => random.nextFloat() * total).sort();
  const positions: number[] = [];
  const hits: number[] = [];
  let sum = 0;
  for (let row = 0, draw = 0; row < rowCount && draw < count; row++) {
    sum += weights[row]!;
    const first = draw;
    while (draw < count && (draws[draw]! < sum || row === rowCount - 1)) draw++;
    if (draw === first) continue;
    positions.push(row);
    hits.push(draw - first);
  }
  return pickPoints(points, positions, Float64Array.from(hits));
}

function pickPoints({ values, width }: PointSet, positions: ArrayLike<number>, weights: Float64Array | undefined): PointSet {
  const picked = new Float64Array(positions.length * width);
  for (let i = 0; i < positions.length; i++) picked.set(values.subarray(positions[i]! * width, (positions[i]! + 1) * width), i * width);
  return pointSetOf(picked, width, weights);
}

/** Few points as a set: all of it is read at once. */
function pointSetOf(values: Float64Array, width: number, weights: Float64Array | undefined): PointSet {
  const rowCount = values.length / width;
  const largest = new Float64Array(width + 1);
  const lowest = new Float64Array(width).fill(Infinity);
  const highest = new Float64Array(width).fill(-Infinity);
  largest[width] = weights === undefined ? 1 : weights.reduce((most, weight) => Math.max(most, weight), 0);
  for (let at = 0; at < values.length; at++) {
    const magnitude = Math.abs(values[at]!) * largest[width];
    const column = at % width;
    if (magnitude > largest[column]!) largest[column] = magnitude;
    if (values[at]! < lowest[column]!) lowest[column] = values[at]!;
    if (values[at]! > highest[column]!) highest[column] = values[at]!;
  }
  return { values, rowCount, width, weights, largest, diameter: Math.hypot(...highest.map((high, j) => high - lowest[j]!)) };
}

/** The same points, measured from a point near their mean, where sums and running means keep their digits. */
export function centredPoints(points: PointSet): { readonly points: PointSet; readonly centre: Float64Array } {
  const { values, rowCount, width, weights } = points;
  const centre = new Float64Array(width);
  for (let at = 0; at < values.length; at++) centre[at % width]! += values[at]! / rowCount;
  const centred = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) centred[at] = values[at]! - centre[at % width]!;
  return { points: pointSetOf(centred, width, weights), centre };
}
