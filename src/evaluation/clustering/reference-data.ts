import type { FeatureMatrix } from "../../data/feature-matrix";
import { principalAxesOf } from "../../numeric/linear-algebra/principal-axes";
import { fillNormals } from "../../numeric/random/normal";
import type { RandomStream } from "../../numeric/random/random-stream";
import { computeColumnMoments } from "../../numeric/statistics/moments";
import type { Steps } from "../../steps/steps";

/**
 * Axes on which rows without clusters are drawn, each axis for itself: x = means + Σ zₐ · axisₐ.
 */
export interface ReferenceAxes {
  readonly size: number;
  readonly means: Float64Array;
  /** One row of `size` numbers for each axis. */
  readonly axes: Float64Array;
  /** Standard deviation along each axis (with 1/n). */
  readonly deviations: Float64Array;
  /** The range of the rows along each axis. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/**
 * How rows are distributed along each axis: `box` is uniform over the range of the data (Tibshirani, Walther and Hastie 2001, section 4),
 * `gaussian` and `flat` (uniform) have the variance of the data.
 */
export type ReferenceShape = "box" | "gaussian" | "flat";

/** The principal axes of a matrix, or its own columns. */
export function referenceAxesOf(matrix: FeatureMatrix, kind: "principal" | "columns"): ReferenceAxes {
  const { values, rowCount, columnCount: size } = matrix;
  const moments = computeColumnMoments(values, rowCount, size);
  const means = Float64Array.from(moments, ({ min, max, mean }) => (min === max ? min : mean));
  if (kind === "columns") {
    const axes = new Float64Array(size * size);
    for (let j = 0; j < size; j++) axes[j * size + j] = 1;
    const deviations = Float64Array.from(moments, ({ squares, count }) => Math.sqrt(squares / count));
    return { size, means, axes, deviations, ...rangesAlong(matrix, means, axes) };
  }
  const { axes, variances } = principalAxesOf(values, rowCount, size, means);
  return { size, means, axes, deviations: variances.map(Math.sqrt), ...rangesAlong(matrix, means, axes) };
}

function rangesAlong({ values, rowCount, columnCount: size }: FeatureMatrix, means: Float64Array, axes: Float64Array): Pick<ReferenceAxes, "lowest" | "highest"> {
  const lowest = new Float64Array(size).fill(Infinity);
  const highest = new Float64Array(size).fill(-Infinity);
  for (let row = 0; row < rowCount; row++) {
    for (let axis = 0; axis < size; axis++) {
      let score = 0;
      for (let j = 0; j < size; j++) score += (values[row * size + j]! - means[j]!) * axes[axis * size + j]!;
      if (score < lowest[axis]!) lowest[axis] = score;
      if (score > highest[axis]!) highest[axis] = score;
    }
  }
  return { lowest, highest };
}

/** Products between two yields: about 2 ms. */
const STEP_OPERATIONS = 2_000_000;

/** As many rows as `like` has, without clusters: row after row, on each axis in turn. */
export function* drawReferenceSteps(reference: ReferenceAxes, shape: ReferenceShape, like: FeatureMatrix, random: RandomStream): Steps<FeatureMatrix> {
  const { size } = reference;
  const values = new Float64Array(like.rowCount * size);
  const scores = new Float64Array(size);
  let operations = 0;
  for (let row = 0; row < like.rowCount; row++) {
    drawScores(reference, shape, random, scores);
    for (let j = 0; j < size; j++) {
      let value = reference.means[j]!;
      for (let axis = 0; axis < size; axis++) value += scores[axis]! * reference.axes[axis * size + j]!;
      values[row * size + j] = value;
    }
    operations += size * (size + 10);
    if (operations < STEP_OPERATIONS) continue;
    operations = 0;
    yield { phase: "drawing reference rows", done: row + 1, total: like.rowCount };
  }
  return { ...like, values };
}

function drawScores({ size, deviations, lowest, highest }: ReferenceAxes, shape: ReferenceShape, random: RandomStream, scores: Float64Array): void {
  if (shape === "gaussian") {
    fillNormals(random, scores);
    for (let axis = 0; axis < size; axis++) scores[axis]! *= deviations[axis]!;
    return;
  }
  for (let axis = 0; axis < size; axis++) {
    const uniform = random.nextFloat();
    // A uniform distribution from −h to h has the variance h² / 3.
    scores[axis] = shape === "flat" ? (2 * uniform - 1) * Math.sqrt(3) * deviations[axis]! : lowest[axis]! + uniform * (highest[axis]! - lowest[axis]!);
  }
}
