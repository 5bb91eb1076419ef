import { MISSING_CATEGORY, type Column } from "../../data/column";
import type { FeatureMatrix } from "../../data/feature-matrix";
import { createTable, type Table } from "../../data/table";
import { ClienteleError } from "../../errors/error";
import { featureCount } from "./feature-names";
import type { EncodedColumn, EncodedOneHot, EncodedOrdinal } from "./spec";

/** Turns features back into the columns they were made of; refuses encodings that more than one cell may have led to. */
export function decodeMatrix(caller: string, columns: readonly EncodedColumn[], matrix: FeatureMatrix): Table {
  const { values, rowCount, columnCount } = matrix;
  let offset = 0;
  const decoded = columns.map((encoded): readonly [string, Column] => {
    const width = featureCount(encoded);
    const features = new Float64Array(rowCount * width);
    for (let row = 0; row < rowCount; row++) {
      for (let j = 0; j < width; j++) features[row * width + j] = values[row * columnCount + offset + j]!;
    }
    offset += width;
    return [encoded.column, decodeColumn(caller, encoded, features, rowCount)];
  });
  return createTable(caller, decoded, matrix.rowIds);
}

function decodeColumn(caller: string, encoded: EncodedColumn, features: Float64Array, rowCount: number): Column {
  const { column } = encoded;
  switch (encoded.as) {
    case "number":
      return { type: "number", values: features };
    case "log1p":
      return { type: "number", values: features.map(Math.expm1) };
    case "boolean":
      return { type: "boolean", values: Uint8Array.from(features, (value, row) => (value === 0 || value === 1 ? value : refuseRow(caller, column, row, "0 or 1"))) };
    case "oneHot":
      return decodeOneHot(caller, encoded, features, rowCount);
    case "ordinal":
      return decodeOrdinal(caller, encoded, features);
    case "target":
      throw refuseEncoding(caller, column, "a target encoding has no inverse: two categories may have the same mean");
  }
}

function decodeOneHot(caller: string, encoded: EncodedOneHot, features: Float64Array, rowCount: number): Column {
  const { column, levels, infrequent, drop, unknown } = encoded;
  if (infrequent.length > 0) throw refuseEncoding(caller, column, "levels that were merged cannot be told apart again");
  if (drop === "first" && unknown !== "error") {
    throw refuseEncoding(caller, column, `zeros stand for the first level and for unknown categories (drop: "first" with unknown: "${unknown}")`);
  }
  const dropped = drop === "first" ? 1 : 0;
  const width = levels.length - dropped;
  const ofZeros = dropped === 1 ? 0 : unknown === "error" ? undefined : MISSING_CATEGORY;
  const codes = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    let level = ofZeros;
    let ones = 0;
    for (let j = 0; j < width; j++) {
      const value = features[row * width + j]!;
      if (value === 1) {
        ones++;
        level = j + dropped;
      } else if (value !== 0) ones = Infinity;
    }
    codes[row] = level === undefined || ones > 1 ? refuseRow(caller, column, row, "one 1 among zeros") : levels[level] === null ? MISSING_CATEGORY : level;
  }
  return { type: "category", codes, categories: levels.filter((level) => level !== null) };
}

/** The numbers of unknown categories and of missing cells both come back as missing. */
function decodeOrdinal(caller: string, { column, levels, unknown, missing }: EncodedOrdinal, features: Float64Array): Column {
  const codes = Int32Array.from(features, (value, row) => {
    if (Number.isInteger(value) && value >= 0 && value < levels.length) return value;
    return value === unknown || value === missing ? MISSING_CATEGORY : refuseRow(caller, column, row, "the number of a level");
  });
  return { type: "category", codes, categories: [...levels] };
}

function refuseEncoding(caller: string, column: string, reason: string): ClienteleError {
  return new ClienteleError("unsupported", `column ${JSON.stringify(column)} cannot be decoded: ${reason}`, { caller, parameter: "matrix", column, rule: "an encoding with an inverse" });
}

function refuseRow(caller: string, column: string, row: number, rule: string): never {
  throw new ClienteleError("invalidInput", `the features of column ${JSON.stringify(column)} must be ${rule}; those of row ${row} are not`, {
    caller,
    parameter: "matrix",
    column,
    row,
    rule,
  });
}
