import { standardDeviationOf, type Moments } from "../statistics/moments";

/**
 * Chosen columns of a row-major matrix, seen centred and scaled: with mean 0 and deviation 1 (with 1/n), or by their bulk (`scaleByBulk`).
 * The values stay where they are and are standardised row by row as they are read, so no copy of the matrix is made.
 */
export interface StandardizedColumns {
  /** The source: `rowCount` × `stride` values. */
  readonly values: Float64Array;
  readonly rowCount: number;
  readonly stride: number;
  /** Positions of the chosen columns in the source, ascending. */
  readonly columns: Int32Array;
  /** What is subtracted from each chosen column, and what it is then divided by. */
  readonly centers: Float64Array;
  readonly deviations: Float64Array;
  /** 1 / deviation. */
  readonly scales: Float64Array;
}

/** Sees the chosen columns standardised; their deviations must not be zero. */
export function standardizeColumns(values: Float64Array, rowCount: number, moments: readonly Moments[], columns: ArrayLike<number>): StandardizedColumns {
  const chosen = Int32Array.from(columns);
  const centers = Float64Array.from(chosen, (column) => moments[column]!.mean);
  const deviations = Float64Array.from(chosen, (column) => standardDeviationOf(moments[column]!, 0));
  return { values, rowCount, stride: moments.length, columns: chosen, centers, deviations, scales: deviations.map((deviation) => 1 / deviation) };
}

/** Some of the columns of a standardised view, given by their positions in it. */
export function selectStandardized(source: StandardizedColumns, positions: ArrayLike<number>): StandardizedColumns {
  const chosen = Int32Array.from(positions);
  return {
    ...source,
    columns: chosen.map((position) => source.columns[position]!),
    centers: Float64Array.from(chosen, (position) => source.centers[position]!),
    deviations: Float64Array.from(chosen, (position) => source.deviations[position]!),
    scales: Float64Array.from(chosen, (position) => source.scales[position]!),
  };
}

/** Writes one standardised row to `out`, from `offset` on. */
export function fillStandardizedRow(source: StandardizedColumns, row: number, out: Float64Array, offset: number): void {
  const { values, columns, centers, scales } = source;
  const start = row * source.stride;
  for (let j = 0; j < columns.length; j++) out[offset + j] = (values[start + columns[j]!]! - centers[j]!) * scales[j]!;
}

/** Writes `count` standardised rows to `out`, one after the other. */
export function fillStandardizedRows(source: StandardizedColumns, row: number, count: number, out: Float64Array): void {
  const { values, stride, columns, centers, scales } = source;
  const size = columns.length;
  for (let i = 0; i < count; i++) {
    const from = (row + i) * stride;
    const to = i * size;
    // Chosen columns are in ascending order, so all of them are 0, 1, 2 …
    if (size === stride) for (let j = 0; j < size; j++) out[to + j] = (values[from + j]! - centers[j]!) * scales[j]!;
    else for (let j = 0; j < size; j++) out[to + j] = (values[from + columns[j]!]! - centers[j]!) * scales[j]!;
  }
}

/** A range below this share of the values' size is rounding, not variation (a millisecond in today's timestamps is 6e-13). */
const CONSTANT_RANGE = 1e-13;

/** Whether a column holds one value, up to rounding. */
export function isConstant(moments: Moments): boolean {
  return moments.max - moments.min <= CONSTANT_RANGE * Math.max(Math.abs(moments.min), Math.abs(moments.max));
}

/** About two milliseconds of multiplications and additions. */
const OPERATIONS_PER_BLOCK = 2_000_000;

/** Rows (a multiple of four) that make a slice of about two milliseconds. */
export function blockRows(operationsPerRow: number): number {
  return 4 * Math.max(1, Math.floor(OPERATIONS_PER_BLOCK / (4 * Math.max(1, operationsPerRow))));
}
