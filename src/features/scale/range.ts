import { nonFiniteCell, type FeatureMatrix } from "../../data/feature-matrix";
import { describeFeature } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";

/**
 * A range of at most this share of its largest magnitude is zero: its ends differ in their last bits only, as the results of the
 * same computation in different orders do.
 */
const ROUNDING_SHARE = 4 * Number.EPSILON;

/** The distance of two values of a column; 0 when they are equal up to rounding, infinite when it is no number. */
export function rangeOf(low: number, high: number): number {
  const range = high - low;
  return range < Infinity && range <= ROUNDING_SHARE * Math.max(Math.abs(low), Math.abs(high)) ? 0 : range;
}

/** Says why the range of a column is no number: a value that is not finite, or ends too far apart. */
export function refuseRange(caller: string, matrix: FeatureMatrix, j: number): ClienteleError {
  const column = describeFeature(matrix.names[j]!);
  const message = `the range of column ${JSON.stringify(column)} is larger than the largest number; divide the column by its unit first`;
  return nonFiniteCell(caller, matrix) ?? new ClienteleError("nonFinite", message, { caller, parameter: "matrix", column, rule: "a finite range" });
}
