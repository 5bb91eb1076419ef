import { nullSpaceOf, type NullSpace } from "../../numeric/linear-algebra/null-space";
import { addOuterProducts, ROWS_AT_A_TIME } from "../../numeric/linear-algebra/outer-products";
import { blockRows, fillStandardizedRow, type StandardizedColumns } from "../../numeric/linear-algebra/standardized-columns";
import type { Steps } from "../../steps/steps";
import { logitOf } from "./likelihood";

/**
 * A direction v with ±(v₀ + Σ vⱼ zᵢⱼ) ≥ 0 on every row (+ where the label is 1) and > 0 on at least one:
 * along it the likelihood grows for ever, so no maximum exists (Albert and Anderson 1984).
 */
export interface SeparatingDirection {
  /** `complete`: no row lies on the boundary. */
  readonly kind: "complete" | "quasi";
  /** Intercept, then one component for each standardised column. */
  readonly direction: Float64Array;
  /** Rows strictly on their own side. */
  readonly separatedRows: number;
}

/** A drifting Newton step adds about 1 to the margins that still count; rows moved by less than this are first taken for the boundary. */
const FIRST_BOUNDARY = 0.01;
/** Rows that a direction under way moves to the wrong side by more than this share of the sizes that add up to their margin join the boundary. */
const BOUNDARY_SHARE = 1e-10;
const MAX_ROUNDS = 10;
/** Components of a projected direction below this share of the largest are what rounding left of zero. */
const NOISE_SHARE = 1e-12;

/**
 * Looks for a separating direction and verifies it row by row:
 *
 * 1. columns that separate the classes on their own, which needs no arithmetic,
 * 2. `point` itself, which separates completely when it predicts every row rightly,
 * 3. `step`, the direction in which a fit drifts: rows that it leaves (nearly) unmoved are taken as the boundary,
 *    the direction is projected on those that leave them exactly unmoved, rows it would move to the wrong side join
 *    the boundary, and so on.
 *
 * A direction that passes is a proof up to the rounding of each row's own margin (`roundingShare`); overlap smaller than that
 * is taken for a touching boundary. Not finding one is no proof of overlap: a fit that did not drift far enough may not show its direction.
 */
export function* separationSteps(
  data: StandardizedColumns,
  labels: Uint8Array,
  point: Float64Array,
  step: Float64Array | undefined,
): Steps<SeparatingDirection | undefined> {
  const byColumns = yield* columnSeparationSteps(data, labels);
  if (byColumns?.kind === "complete") return byColumns;
  const byPoint = yield* verifySteps(data, labels, point);
  if (byPoint?.kind === "complete") return byPoint;
  if (byColumns !== undefined || step === undefined) return byColumns;
  return yield* projectedDirectionSteps(data, labels, step);
}

/**
 * The sum of the directions of all columns that separate on their own: no value of one class lies beyond one of the other.
 * The values are compared as they are, so this proof is exact.
 */
function* columnSeparationSteps({ values, rowCount, stride, columns, centers, scales }: StandardizedColumns, labels: Uint8Array): Steps<SeparatingDirection | undefined> {
  const size = columns.length;
  const min = [new Float64Array(size).fill(Infinity), new Float64Array(size).fill(Infinity)] as const;
  const max = [new Float64Array(size).fill(-Infinity), new Float64Array(size).fill(-Infinity)] as const;
  const rowsPerBlock = blockRows(4 * size);
  for (let start = 0; start < rowCount; start += rowsPerBlock) {
    const end = Math.min(start + rowsPerBlock, rowCount);
    for (let i = start; i < end; i++) {
      const low = labels[i] === 1 ? min[1] : min[0];
      const high = labels[i] === 1 ? max[1] : max[0];
      for (let j = 0; j < size; j++) {
        const value = values[i * stride + columns[j]!]!;
        if (value < low[j]!) low[j] = value;
        if (value > high[j]!) high[j] = value;
      }
    }
    yield { phase: "separation", done: end, total: rowCount };
  }
  const direction = new Float64Array(size + 1);
  const separating: { readonly column: number; readonly boundary: number }[] = [];
  for (let j = 0; j < size; j++) {
    const isRising = max[0][j]! <= min[1][j]!;
    if (!isRising && max[1][j]! > min[0][j]!) continue;
    const [below, above] = isRising ? [max[0][j]!, min[1][j]!] : [max[1][j]!, min[0][j]!];
    // Not (below + above) / 2, which may overflow; where no number lies between, one of the two is the boundary.
    const boundary = below + (above - below) / 2;
    separating.push({ column: columns[j]!, boundary });
    direction[j + 1] = isRising ? 1 : -1;
    direction[0] = direction[0]! - direction[j + 1]! * ((boundary - centers[j]!) * scales[j]!);
  }
  if (separating.length === 0) return undefined;
  let separatedRows = 0;
  for (let start = 0; start < rowCount; start += rowsPerBlock) {
    const end = Math.min(start + rowsPerBlock, rowCount);
    for (let i = start; i < end; i++) {
      if (separating.some(({ column, boundary }) => values[i * stride + column] !== boundary)) separatedRows++;
    }
    yield { phase: "separation", done: end, total: rowCount };
  }
  return { kind: separatedRows === rowCount ? "complete" : "quasi", direction, separatedRows };
}

/** Drives a drifting step onto the boundary rows until no row is on the wrong side, or nothing of it is left. */
function* projectedDirectionSteps(data: StandardizedColumns, labels: Uint8Array, step: Float64Array): Steps<SeparatingDirection | undefined> {
  const size = step.length;
  const isBoundary = new Uint8Array(data.rowCount);
  const gram = new Float64Array(size * size);
  yield* addBoundarySteps(data, labels, step, FIRST_BOUNDARY, 0, isBoundary, gram);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const nullSpace = nullSpaceOf(gram, size);
    // Projected twice: the second time removes what rounding left of the first.
    const direction = nullSpace.project(nullSpace.project(step));
    if (!(lengthOf(direction) > BOUNDARY_SHARE * lengthOf(step))) return undefined;
    const added = yield* addBoundarySteps(data, labels, direction, 0, -BOUNDARY_SHARE, isBoundary, gram);
    if (added > 0) continue;
    // The null space of a sum of products errs by the rounding of products; what that leaves on the boundary rows is measured on them.
    yield* refineSteps(data, isBoundary, nullSpace, direction);
    yield* refineSteps(data, isBoundary, nullSpace, direction);
    const largest = direction.reduce((max, component) => Math.max(max, Math.abs(component)), 0);
    const withoutNoise = direction.map((component) => (Math.abs(component) <= NOISE_SHARE * largest ? 0 : component));
    return (yield* verifySteps(data, labels, withoutNoise)) ?? (yield* verifySteps(data, labels, direction));
  }
  return undefined;
}

/** Takes out of a direction, in place, the part that still moves the boundary rows. */
function* refineSteps(data: StandardizedColumns, isBoundary: Uint8Array, nullSpace: NullSpace, direction: Float64Array): Steps<void> {
  const row = new Float64Array(direction.length);
  const products = new Float64Array(direction.length);
  row[0] = 1;
  const rowsPerBlock = blockRows(6 * row.length);
  for (let start = 0; start < data.rowCount; start += rowsPerBlock) {
    const end = Math.min(start + rowsPerBlock, data.rowCount);
    for (let i = start; i < end; i++) {
      if (isBoundary[i] === 0) continue;
      fillStandardizedRow(data, i, row, 1);
      const movement = logitOf(direction, row, 0) * weightOf(row, 0, row.length);
      for (let j = 0; j < row.length; j++) products[j] = products[j]! + movement * row[j]!;
    }
    yield { phase: "separation", done: end, total: data.rowCount };
  }
  const correction = nullSpace.solve(products);
  for (let j = 0; j < direction.length; j++) direction[j] = direction[j]! - correction[j]!;
}

/** 1 / |row|²: boundary rows count alike, however far out they lie. */
function weightOf(rows: Float64Array, offset: number, size: number): number {
  let square = 0;
  for (let j = 0; j < size; j++) square += rows[offset + j]! * rows[offset + j]!;
  return 1 / square;
}

/** Marks further rows as boundary, those with margin < absolute + relative · size of the logit, and adds them to the sum of the outer products of its rows, each divided by its length. */
function* addBoundarySteps(
  data: StandardizedColumns,
  labels: Uint8Array,
  direction: Float64Array,
  absolute: number,
  relative: number,
  isBoundary: Uint8Array,
  gram: Float64Array,
): Steps<number> {
  const size = direction.length;
  const rows = new Float64Array(ROWS_AT_A_TIME * size);
  const weights = new Float64Array(ROWS_AT_A_TIME);
  let waiting = 0;
  let added = 0;
  const rowsPerBlock = blockRows((size * size) / 2 + 4 * size);
  for (let start = 0; start < data.rowCount; start += rowsPerBlock) {
    const end = Math.min(start + rowsPerBlock, data.rowCount);
    for (let i = start; i < end; i++) {
      if (isBoundary[i] === 1) continue;
      const offset = waiting * size;
      rows[offset] = 1;
      fillStandardizedRow(data, i, rows, offset + 1);
      const margin = labels[i] === 1 ? logitOf(direction, rows, offset) : -logitOf(direction, rows, offset);
      if (margin >= absolute + relative * sizeOfLogit(direction, rows, offset)) continue;
      isBoundary[i] = 1;
      added++;
      weights[waiting++] = weightOf(rows, offset, size);
      if (waiting === ROWS_AT_A_TIME) {
        addOuterProducts(gram, size, rows, weights);
        waiting = 0;
      }
    }
    yield { phase: "separation", done: end, total: data.rowCount };
  }
  weights.fill(0, waiting);
  if (waiting > 0) addOuterProducts(gram, size, rows, weights);
  return added;
}

/** What rounding may have done to a margin, as a share of the sizes that were added up to it: each of its `size` terms is rounded a few times. */
function roundingShare(size: number): number {
  return 8 * (size + 4) * Number.EPSILON;
}

/** The proof: no row on the wrong side of the direction, and at least one strictly on its own, beyond rounding. */
function* verifySteps(data: StandardizedColumns, labels: Uint8Array, direction: Float64Array): Steps<SeparatingDirection | undefined> {
  const { rowCount } = data;
  const row = new Float64Array(direction.length);
  row[0] = 1;
  const share = roundingShare(direction.length);
  let separatedRows = 0;
  const rowsPerBlock = blockRows(4 * direction.length);
  for (let start = 0; start < rowCount; start += rowsPerBlock) {
    const end = Math.min(start + rowsPerBlock, rowCount);
    for (let i = start; i < end; i++) {
      fillStandardizedRow(data, i, row, 1);
      const margin = labels[i] === 1 ? logitOf(direction, row, 0) : -logitOf(direction, row, 0);
      const rounding = share * sizeOfLogit(direction, row, 0);
      if (margin < -rounding) return undefined;
      if (margin > rounding) separatedRows++;
    }
    yield { phase: "separation", done: end, total: rowCount };
  }
  if (separatedRows === 0) return undefined;
  return { kind: separatedRows === rowCount ? "complete" : "quasi", direction, separatedRows };
}

/** Σ |θⱼ · rowⱼ|: what the rounding of a logit is proportional to. */
function sizeOfLogit(direction: Float64Array, rows: Float64Array, offset: number): number {
  let size = 0;
  for (let j = 0; j < direction.length; j++) size += Math.abs(direction[j]! * rows[offset + j]!);
  return size;
}

function lengthOf(direction: Float64Array): number {
  return Math.sqrt(direction.reduce((sum, component) => sum + component * component, 0));
}
