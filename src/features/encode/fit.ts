import type { FeatureMatrix } from "../../data/feature-matrix";
import { checkTable, typedColumnOf, type Table } from "../../data/table";
import { checkDistinct, checkList, checkObject, checkRowCount } from "../../errors/check";
import { checkOption, readOptions } from "../../errors/options";
import { levelsOf } from "./levels";
import { EncoderModel } from "./model";
import { encodeTable } from "./predict";
import type { EncodedColumn, EncodedOneHot } from "./spec";

/** Takes a number column as it is. */
export interface NumberEncoding {
  readonly column: string;
  readonly as: "number";
}

/** Turns a boolean column into 1 and 0. */
export interface BooleanEncoding {
  readonly column: string;
  readonly as: "boolean";
}

/** Turns a category column into one 0/1 feature for each level. */
export interface OneHotEncoding {
  readonly column: string;
  readonly as: "oneHot";
  /**
   * `"none"` keeps a feature for every level (distances, trees); `"first"` leaves out that of the first level in sorted order,
   * which becomes the baseline (regression, where all levels together would be collinear with the intercept). @defaultValue "none"
   */
  readonly drop?: "first" | "none" | undefined;
  /**
   * What to do with a category that the fit did not see: refuse the table, or give the row 0 in every feature of the column.
   * With `drop: "first"` zeros are what the baseline level has, so the row is scored as if it had that level.
   * @defaultValue "error"
   */
  readonly unknown?: "error" | "zeros" | undefined;
  /**
   * What to do with a missing cell: refuse the table, or treat missing as one more level, `column=(missing)`, the last in order.
   * Like any level it is learnt from the fit: if no cell was missing there, a missing cell is an unknown category.
   * @defaultValue "error"
   */
  readonly missing?: "error" | "level" | undefined;
}

/** What becomes of one column. */
export type ColumnEncoding = NumberEncoding | BooleanEncoding | OneHotEncoding;

/** What becomes of each column, in the order of the features. A list, because the fields of an object may change their order. */
export type Encoding = readonly ColumnEncoding[];

/** What {@link fitEncoder} returns. */
export interface FittedEncoder {
  readonly encoder: EncoderModel;
  /** The features of the rows of the fit. */
  readonly matrix: FeatureMatrix;
}

const AS = { kind: "oneOf", values: ["number", "boolean", "oneHot"], required: true } as const;
const COLUMN = { kind: "text", required: true } as const;
export const PLAIN_OPTIONS = { column: COLUMN, as: AS } as const;
export const ONE_HOT_OPTIONS = {
  column: COLUMN,
  as: AS,
  drop: { kind: "oneOf", values: ["first", "none"], default: "none" },
  unknown: { kind: "oneOf", values: ["error", "zeros"], default: "error" },
  missing: { kind: "oneOf", values: ["error", "level"], default: "error" },
} as const;

/**
 * Learns how to turn a table's columns into the numbers that models take, and does it for these rows.
 *
 * Levels of a category are sorted by code unit, so neither the order of the rows nor a locale changes the features.
 * Only the levels that occur in the rows are learnt, and only levels are kept: the model holds no row.
 *
 * @param encoding - what becomes of each column; `draftEncoding` writes one for a whole table
 * @throws ClienteleError `unknownColumn` or `invalidInput` for a column that is absent or of another type,
 * `invalidInput` with column and row for a missing cell, `duplicateKey` for a column named twice or two features of one name
 * (column `a=b` with level `c` and column `a` with level `b=c`), `tooFewRows` for an empty table or encoding.
 * @example
 * ```ts
 * import { tableFromColumns } from "clientele/data";
 * import { fitEncoder } from "clientele/features";
 *
 * const table = tableFromColumns({ tenure: [1, 34, 2], Contract: ["Two year", "One year", "Two year"], paperless: [true, false, true] });
 * const { encoder, matrix } = fitEncoder(table, [
 *   { column: "tenure", as: "number" },
 *   { column: "Contract", as: "oneHot" },
 *   { column: "paperless", as: "boolean" },
 * ]);
 * console.log(encoder.featureNames); // ["tenure", "Contract=One year", "Contract=Two year", "paperless"]
 * console.log([...matrix.values.subarray(0, 4)]); // [1, 0, 1, 1]
 * ```
 */
export function fitEncoder(table: Table, encoding: Encoding): FittedEncoder {
  const caller = "fitEncoder";
  checkTable(caller, "table", table);
  checkList(caller, "encoding", encoding);
  checkRowCount(caller, "encoding", encoding.length, 1, "columns");
  checkRowCount(caller, "table", table.rowCount, 1);
  const given = encoding.map((entry, i) => readEntry(caller, entry, i));
  checkDistinct(caller, "encoding", given.map(({ column }) => column));
  const columns = given.map((entry): EncodedColumn => (entry.as === "oneHot" ? learnLevels(caller, table, entry) : entry));
  const encoder = new EncoderModel({ kind: "encoder", version: 1, columns }, caller);
  return { encoder, matrix: encodeTable(caller, encoder.columns, encoder.featureNames, table) };
}

type ReadEntry = Exclude<EncodedColumn, EncodedOneHot> | Omit<EncodedOneHot, "levels">;

function readEntry(caller: string, entry: ColumnEncoding, i: number): ReadEntry {
  const path = `encoding[${i}]`;
  const given: unknown = entry;
  checkObject(caller, path, given);
  checkOption(caller, `${path}.as`, given["as"], AS);
  return entry.as === "oneHot" ? readOptions(caller, entry, ONE_HOT_OPTIONS, path) : readOptions(caller, entry, PLAIN_OPTIONS, path);
}

function learnLevels(caller: string, table: Table, entry: Omit<EncodedOneHot, "levels">): EncodedOneHot {
  const { present, missingCount } = levelsOf(typedColumnOf(caller, table, entry.column, "category"));
  const levels = missingCount > 0 && entry.missing === "level" ? [...present, null] : present;
  return { ...entry, levels };
}
