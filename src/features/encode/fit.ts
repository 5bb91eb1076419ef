import type { FeatureMatrix } from "../../data/feature-matrix";
import { checkTable, typedColumnOf, type Table } from "../../data/table";
import { checkDistinct, checkRowCount, checkSameLength } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { readOptions, SEED } from "../../errors/options";
import { crossFitLevelMeans, readCrossFitting, type CrossFitting } from "./cross-fit";
import { readEncoding, type Encoding, type ReadEntry, type ReadOneHot, type ReadTarget } from "./encoding";
import { featureCount } from "./feature-names";
import { levelPositions, levelsOf } from "./levels";
import { EncoderModel } from "./model";
import { encodeTable, refuseMissing } from "./predict";
import type { EncodedColumn, EncodedOneHot, EncodedTarget } from "./spec";

/** Options of {@link fitEncoder}: needed by target encodings only. */
export interface EncoderOptions {
  /** What a target encoding learns from: one finite number for each row, such as 1 for customers who left and 0 for the others. */
  readonly labels?: ArrayLike<number> | undefined;
  /**
   * In how many parts the rows are dealt to cross-fit `matrix`, from 2 to the number of rows; or the fold of each row, as
   * `splitFolds` deals them. Give the folds of the customers where a customer has several rows. @defaultValue 5
   */
  readonly folds?: number | ArrayLike<number> | undefined;
  /** Decides which rows come together in a fold. @defaultValue 1 */
  readonly seed?: number | undefined;
}

export const ENCODER_OPTIONS = { labels: { kind: "list" }, folds: { kind: "custom" }, seed: SEED } as const;

/** The levels of a one-hot column that were merged because few rows have them. */
export interface InfrequentLevels {
  readonly column: string;
  readonly levelCount: number;
  /** Rows that have one of them. */
  readonly rowCount: number;
}

/** What {@link fitEncoder} returns. */
export interface FittedEncoder {
  readonly encoder: EncoderModel;
  /**
   * The features of the rows of the fit. Those of a target encoding are cross-fitted: each row has the mean that the rows of the other
   * folds give its category, so no row's own label is in its features.
   */
  readonly matrix: FeatureMatrix;
  /** The one-hot columns in which levels were merged. */
  readonly infrequent: readonly InfrequentLevels[];
}

/**
 * Learns how to turn a table's columns into the numbers that models take, and does it for these rows.
 *
 * Levels of a category are sorted by code unit (or declared, for an ordinal encoding), so neither the order of the rows nor a locale
 * changes the features. Only the levels that occur in the rows are learnt, and only levels are kept: the model holds no row.
 *
 * A target encoding replaces a category by the mean of the labels among its rows. Given to the rows it was learnt from, it would tell
 * each row its own label, most of all where a category has few rows; `matrix` is therefore cross-fitted, and `encoder.apply` is for
 * other rows. A row whose category occurs in its own fold only has the overall mean of the other folds.
 *
 * Linear in rows; a target encoding takes one pass for each fold.
 *
 * @param encoding - what becomes of each column; `draftEncoding` writes one for a whole table
 * @throws ClienteleError `unknownColumn` or `invalidInput` for a column that is absent or of another type,
 * `invalidInput` with column and row for a missing cell, `duplicateKey` for a column named twice or two features of one name
 * (column `a=b` with level `c` and column `a` with level `b=c`), `tooFewRows` for an empty table or encoding, `invalidOption` for a
 * target encoding without labels, `lengthMismatch` or `nonFinite` for labels or folds that do not fit the rows.
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
export function fitEncoder(table: Table, encoding: Encoding, options?: EncoderOptions): FittedEncoder {
  const caller = "fitEncoder";
  checkTable(caller, "table", table);
  const { labels, folds, seed } = readOptions(caller, options, ENCODER_OPTIONS);
  const entries = readEncoding(caller, encoding);
  checkRowCount(caller, "table", table.rowCount, 1);
  checkDistinct(caller, "encoding", entries.map(({ column }) => column));
  if (labels !== undefined) checkSameLength(caller, "labels", labels.length, table.rowCount, "table");
  const target = entries.find(({ as }) => as === "target");
  if (target !== undefined && labels === undefined) throw labelsRequired(caller, target.column);
  const crossFitting = target === undefined ? undefined : readCrossFitting(caller, table.rowCount, labels!, folds ?? 5, seed);

  const infrequent: InfrequentLevels[] = [];
  const crossFitted = new Map<string, Float64Array>();
  const columns = entries.map((entry): EncodedColumn => {
    switch (entry.as) {
      case "oneHot": {
        const { encoded, rowCount } = learnLevels(caller, table, entry);
        if (encoded.infrequent.length > 0) infrequent.push({ column: entry.column, levelCount: encoded.infrequent.length, rowCount });
        return encoded;
      }
      case "target": {
        const { encoded, ofRow } = learnMeans(caller, table, entry, crossFitting!);
        crossFitted.set(entry.column, ofRow);
        return encoded;
      }
      default:
        return plainColumn(entry);
    }
  });
  const encoder = new EncoderModel({ kind: "encoder", version: 2, columns }, caller);
  const matrix = encodeTable(caller, encoder.columns, encoder.featureNames, table);
  writeCrossFitted(columns, crossFitted, matrix);
  return { encoder, matrix, infrequent };
}

function labelsRequired(caller: string, column: string): ClienteleError {
  const rule = `an array: column ${JSON.stringify(column)} is target-encoded`;
  return new ClienteleError("invalidOption", `labels is required: ${rule}`, { caller, parameter: "labels", column, rule });
}

function plainColumn(entry: Exclude<ReadEntry, ReadOneHot | ReadTarget>): EncodedColumn {
  if (entry.as !== "ordinal") return { column: entry.column, as: entry.as };
  return { column: entry.column, as: "ordinal", unknown: entry.unknown, missing: entry.missing, levels: entry.levels };
}

function learnLevels(caller: string, table: Table, { column, as, drop, unknown, missing, minCount, minShare }: ReadOneHot): { readonly encoded: EncodedOneHot; readonly rowCount: number } {
  const { present, counts, missingCount } = levelsOf(typedColumnOf(caller, table, column, "category"));
  const fewest = minCount ?? (minShare ?? 0) * table.rowCount;
  const levels: (string | null)[] = present.filter((_, i) => counts[i]! >= fewest);
  if (missingCount > 0 && missing === "level") levels.push(null);
  const infrequent = present.filter((_, i) => counts[i]! < fewest);
  const rowCount = counts.reduce((sum, count) => (count < fewest ? sum + count : sum), 0);
  return { encoded: { column, as, drop, unknown, missing, levels, infrequent }, rowCount };
}

function learnMeans(caller: string, table: Table, { column, as, smoothing, unknown, missing }: ReadTarget, crossFitting: CrossFitting): { readonly encoded: EncodedTarget; readonly ofRow: Float64Array } {
  const cells = typedColumnOf(caller, table, column, "category");
  const { present, missingCount } = levelsOf(cells);
  if (missingCount > 0 && missing === "error") throw refuseMissing(caller, column, cells.codes.findIndex((code) => code < 0), as);
  const levels = missingCount > 0 ? [...present, null] : present;
  const positions = levelPositions(cells, levels);
  const levelOf = cells.codes.map((code) => (code < 0 ? present.length : positions[code]!));
  const { all, ofRow } = crossFitLevelMeans(levelOf, levels.length, crossFitting, smoothing);
  return { encoded: { column, as, unknown, missing, mean: all.mean, levels, means: [...all.means] }, ofRow };
}

/** Puts the cross-fitted means where the encoder has written those of all rows. */
function writeCrossFitted(columns: readonly EncodedColumn[], crossFitted: ReadonlyMap<string, Float64Array>, { values, columnCount }: FeatureMatrix): void {
  let offset = 0;
  for (const encoded of columns) {
    const ofRow = crossFitted.get(encoded.column);
    if (ofRow !== undefined) for (let row = 0; row < ofRow.length; row++) values[row * columnCount + offset] = ofRow[row]!;
    offset += featureCount(encoded);
  }
}
