import type { FeatureMatrix } from "../../data/feature-matrix";
import { checkFinite, checkList, checkSameLength } from "../../errors/check";
import { ClienteleError } from "../../errors/error";

/** Weights further apart than this are refused: sums of them would lose the small ones. */
const LARGEST_RATIO = 1e12;

/** Reads the caller's weights into an array of their own. */
export function readWeights(caller: string, weights: ArrayLike<number>, rowCount: number): Float64Array {
  const parameter = "weights";
  checkList(caller, parameter, weights);
  checkSameLength(caller, parameter, weights.length, rowCount, "the matrix");
  checkFinite(caller, parameter, weights);
  const read = Float64Array.from(weights);
  let smallest = Infinity;
  let largest = 0;
  read.forEach((weight, row) => {
    if (weight < 0) throw refusal(caller, `${parameter}[${row}]`, "at least 0", row);
    if (weight > largest) largest = weight;
    if (weight > 0 && weight < smallest) smallest = weight;
  });
  if (largest === 0) throw refusal(caller, parameter, "above 0 for at least one row");
  if (largest / smallest > LARGEST_RATIO) throw refusal(caller, parameter, `0 or within a factor of ${LARGEST_RATIO} of each other`);
  return read;
}

function refusal(caller: string, parameter: string, rule: string, row?: number): ClienteleError {
  return new ClienteleError("invalidOption", `${parameter} must be ${rule}`, { caller, parameter, row, rule });
}

/** The rows that have a weight; those of the matrix itself where all have one. */
export function weightedRows({ values, columnCount }: FeatureMatrix, weights: Float64Array | undefined): { readonly values: Float64Array; readonly weights: Float64Array | undefined } {
  if (weights?.includes(0) !== true) return { values, weights };
  const kept = weights.filter((weight) => weight > 0);
  const keptValues = new Float64Array(kept.length * columnCount);
  let to = 0;
  weights.forEach((weight, row) => {
    if (weight === 0) return;
    keptValues.set(values.subarray(row * columnCount, (row + 1) * columnCount), to);
    to += columnCount;
  });
  return { values: keptValues, weights: kept };
}
