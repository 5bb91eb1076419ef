import { checkFeatureMatrix, checkFeatures, type FeatureMatrix } from "../../data/feature-matrix";
import { checkFinite, checkList } from "../../errors/check";
import { ClienteleError } from "../../errors/error";

/** Where the centroids stand before the first iteration: one row for each cluster. */
export type StartCentroids = FeatureMatrix | readonly ArrayLike<number>[];

/** Reads the caller's start centroids into a row-major array of their own. */
export function readStart(caller: string, start: StartCentroids, names: readonly string[], k: number): Float64Array {
  const parameter = "start";
  const values = isMatrix(start) ? readMatrix(caller, start, names) : readRows(caller, start, names.length);
  const rowCount = values.length / names.length;
  if (rowCount === k) return values;
  const rule = `${k} rows (k)`;
  throw new ClienteleError("lengthMismatch", `${parameter} must have ${rule}; got ${rowCount}`, { caller, parameter, rule, value: rowCount });
}

function isMatrix(start: unknown): start is FeatureMatrix {
  return typeof start === "object" && start !== null && "values" in start && "names" in start;
}

function readMatrix(caller: string, start: FeatureMatrix, names: readonly string[]): Float64Array {
  checkFeatureMatrix(caller, "start", start);
  checkFeatures(caller, start, names);
  checkFinite(caller, "start.values", start.values);
  return start.values.slice();
}

function readRows(caller: string, start: readonly ArrayLike<number>[], width: number): Float64Array {
  checkList(caller, "start", start);
  const values = new Float64Array(start.length * width);
  start.forEach((row, i) => {
    const parameter = `start[${i}]`;
    checkList(caller, parameter, row);
    if (row.length !== width) {
      const rule = `${width} values (one for each column)`;
      throw new ClienteleError("lengthMismatch", `${parameter} must have ${rule}; got ${row.length}`, { caller, parameter, rule, value: row.length });
    }
    checkFinite(caller, parameter, row);
    values.set(row, i * width);
  });
  return values;
}
