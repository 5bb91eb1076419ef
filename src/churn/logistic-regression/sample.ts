import { invertPositiveDefinite, mirrorUpperTriangle } from "../../numeric/linear-algebra/positive-definite";
import type { StandardizedColumns } from "../../numeric/linear-algebra/standardized-columns";
import { proximalStep } from "../../numeric/optimize/proximal-step";
import { RandomStream } from "../../numeric/random/random-stream";
import type { Steps } from "../../steps/steps";
import { estimateSteps, type Problem, type WarmStart } from "./estimate";
import { logisticObjective } from "./likelihood";

/** Some rows of a larger matrix, copied. */
export interface Sample {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly values: Float64Array;
  readonly labels: Uint8Array;
  readonly weights: Float64Array | undefined;
}

/** Multiplications and additions of one Hessian below which all rows are taken every time. */
const LARGE_WORK = 1e7;
/** Of all rows one in so many is in the sample: its Hessian then costs about as much as one gradient of all rows. */
const ROWS_PER_SAMPLED = 8;
/** Rows for each parameter: in the sample, and in the part of it on which Newton's method starts. */
const SAMPLED_PER_PARAMETER = 150;
const PART_PER_PARAMETER = 40;
const LARGEST_PART_STEP = 8;
/** The sample must be this much smaller than the whole. */
const WORTHWHILE_SHARE = 0.25;

/** How many rows to draw; undefined where a sample would not pay. */
export function sampleSizeFor(rowCount: number, columnCount: number): number | undefined {
  const parameters = columnCount + 1;
  const count = Math.max(Math.floor(rowCount / ROWS_PER_SAMPLED), SAMPLED_PER_PARAMETER * parameters);
  return columnCount > 0 && rowCount * parameters * parameters >= LARGE_WORK && count <= WORTHWHILE_SHARE * rowCount ? count : undefined;
}

/** Costs of a pass, in multiplications and additions as they are timed. */
function gradientWork(rowCount: number, size: number): number {
  return rowCount * (4 * size + 40);
}

function hessianWork(rowCount: number, size: number): number {
  return gradientWork(rowCount, size) + (rowCount * size * size) / 4;
}

/** Draws one row out of each of `count` equal stretches of rows. */
export function* drawSampleSteps(
  values: Float64Array,
  columnCount: number,
  labels: Uint8Array,
  weights: Float64Array | undefined,
  count: number,
  seed: number,
): Steps<Sample> {
  const random = new RandomStream(seed);
  const width = labels.length / count;
  const positions = Int32Array.from({ length: count }, (_, i) => Math.min(labels.length - 1, Math.floor((i + random.nextUint32() / 4294967296) * width)));
  const sample = new Float64Array(count * columnCount);
  const perSlice = Math.max(1, Math.floor(400_000 / (columnCount + 10)));
  for (let start = 0; start < count; start += perSlice) {
    const end = Math.min(start + perSlice, count);
    copyRows(values, columnCount, positions, start, end, sample);
    yield { phase: "drawing a sample", done: end, total: count };
  }
  return {
    rowCount: count,
    columnCount,
    values: sample,
    labels: Uint8Array.from(positions, (row) => labels[row]!),
    weights: weights === undefined ? undefined : Float64Array.from(positions, (row) => weights[row]!),
  };
}

function copyRows(values: Float64Array, columnCount: number, positions: Int32Array, start: number, end: number, out: Float64Array): void {
  for (let i = start; i < end; i++) {
    for (let j = 0, from = positions[i]! * columnCount, to = i * columnCount; j < columnCount; j++) out[to + j] = values[from + j]!;
  }
}

/** The part of a sample on which Newton's method starts: every so many rows. */
export function partOf({ rowCount, columnCount, values, labels, weights }: Sample): Sample {
  const step = Math.max(1, Math.min(LARGEST_PART_STEP, Math.floor(rowCount / (PART_PER_PARAMETER * (columnCount + 1)))));
  const count = Math.floor(rowCount / step);
  const positions = Int32Array.from({ length: count }, (_, i) => i * step);
  const part = new Float64Array(count * columnCount);
  copyRows(values, columnCount, positions, 0, count, part);
  return {
    rowCount: count,
    columnCount,
    values: part,
    labels: Uint8Array.from(positions, (row) => labels[row]!),
    weights: weights === undefined ? undefined : Float64Array.from(positions, (row) => weights[row]!),
  };
}

/** Far above what the start needs: it is also to show that the part has a minimum of its own. */
const PART_TOLERANCE = 1e-8;
const PART_ITERATIONS = 100;

/**
 * A start near the minimum of `problem`: the minimum of the part, one Newton step on the sample from there, and the sample's Hessian, computed
 * again after the step where that costs less than the pass over all rows it saves. Undefined where the part has no minimum, or it was not found.
 */
export function* sampledStartSteps(problem: Problem, sample: Sample): Steps<WarmStart | undefined> {
  const part = yield* estimateSteps({ ...problem, rows: rowsOf(problem, partOf(sample)) }, { tolerance: PART_TOLERANCE, maxIterations: PART_ITERATIONS });
  if (!part.isConverged || part.separation !== undefined) return undefined;
  const objective = logisticObjective(rowsOf(problem, sample), problem.l2, problem.sizes);
  const { size } = objective;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  yield* objective.derivatives(part.point, gradient, hessian);
  mirrorUpperTriangle(hessian, size);
  const { step, isRegular } = proximalStep(hessian, gradient, part.point, problem.l1);
  if (!isRegular) return undefined;
  const point = part.point.map((component, j) => component + step[j]!);
  if (hessianWork(sample.rowCount, size) < gradientWork(problem.rows.labels.length, size) / 2) {
    yield* objective.derivatives(point, gradient, hessian);
    mirrorUpperTriangle(hessian, size);
  }
  return { point, hessian };
}

/** The rows of a sample, standardised as those of the problem are. */
function rowsOf({ rows }: Problem, { values, rowCount, columnCount, labels, weights }: Sample): Problem["rows"] {
  const data: StandardizedColumns = { ...rows.data, values, rowCount, stride: columnCount };
  return { data, labels, weights };
}

/** What `aliasedColumnSteps` takes for certainly independent, as a share of a column's variance. */
const SAFE_SHARE = 1e-6;
/** A Hessian nearer to singular than this might be that of rows which no longer count: its minimum is not taken for certain. */
const SMALLEST_EIGENVALUE = 1e-5;

/**
 * Whether a start on a sample shows, for all rows, that no column is determined by others and that maximum likelihood exists.
 *
 * A combination of columns that all rows allow, or a direction that separates them, does so to the sample's rows as well: there it would make
 * the Hessian singular, or the minimum not exist. Of the variance that other columns leave to a column at least
 * 4 · (smallest eigenvalue of the Hessian) · (sample's share of the rows) / (largest weight) is left in all rows.
 */
export function isProvedRegular({ hessian }: WarmStart, rowCount: number, sample: Sample): boolean {
  const size = sample.columnCount + 1;
  const inverse = invertPositiveDefinite(hessian, size);
  if (inverse === undefined) return false;
  let norm = 0;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += Math.abs(inverse[i * size + j]!);
    norm = Math.max(norm, sum);
  }
  // 1 / ‖H⁻¹‖₁ is at most the smallest eigenvalue.
  const smallest = 1 / norm;
  const largestWeight = sample.weights === undefined ? 1 : sample.weights.reduce((largest, weight) => Math.max(largest, weight), 0);
  return smallest >= SMALLEST_EIGENVALUE && (4 * smallest * (sample.rowCount / rowCount)) / largestWeight >= SAFE_SHARE;
}
