import { squaredDistance } from "./predict";

/**
 * Counts the rows that differ from one another, up to `enough`.
 * Rows that are so near that the square of their distance is 0 count as one: k-means cannot tell them apart.
 */
export function countDistinctRows(values: Float64Array, width: number, enough: number): number {
  const found: number[] = [];
  for (let x = 0; x < values.length && found.length < enough; x += width) {
    if (found.every((other) => squaredDistance(values, x, values, other, width) > 0)) found.push(x);
  }
  return found.length;
}
