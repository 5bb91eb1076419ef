/** Rows that {@link addOuterProducts} takes at a time. */
export const ROWS_AT_A_TIME = 4;

/**
 * Adds Σ weightᵣ · rowᵣ · rowᵣᵀ over four rows to the upper triangle of `sum` (flat, row-major, `size` × `size`).
 *
 * Four rows at a time, because each entry of `sum` is then read and written once for four products;
 * unused rows are given as zeros with weight 0.
 */
export function addOuterProducts(sum: Float64Array, size: number, rows: Float64Array, weights: Float64Array): void {
  const second = size;
  const third = 2 * size;
  const fourth = 3 * size;
  for (let i = 0; i < size; i++) {
    const a = weights[0]! * rows[i]!;
    const b = weights[1]! * rows[second + i]!;
    const c = weights[2]! * rows[third + i]!;
    const d = weights[3]! * rows[fourth + i]!;
    const start = i * size;
    for (let j = i; j < size; j++) {
      sum[start + j] = sum[start + j]! + (a * rows[j]! + b * rows[second + j]! + (c * rows[third + j]! + d * rows[fourth + j]!));
    }
  }
}
