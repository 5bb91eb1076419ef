import { checkTable, typedColumnOf, type Table } from "../../data/table";
import { checkShape } from "../../errors/check";
import { readOptions } from "../../errors/options";
import { isEncodedCategory, knownLevels, levelPositions, type EncodedCategory } from "./levels";
import type { EncoderModel } from "./model";

/** Options of {@link findUnknownCategories}. */
export interface FindUnknownCategoriesOptions {
  /** List the unknown categories themselves. They are customers' values: mind where the result is shown. @defaultValue false */
  readonly includeTexts?: boolean | undefined;
}

/** The unknown categories of one column. */
export interface UnknownCategories {
  readonly column: string;
  /** Rows with an unknown category (or a missing cell, where missing is a level and the fit saw none). */
  readonly rowCount: number;
  /** The first of these rows, from 0. */
  readonly firstRow: number;
  /** Different unknown categories; missing counts as one. */
  readonly categoryCount: number;
  /** The unknown categories, sorted by code unit, null for missing; only with `includeTexts`. */
  readonly categories?: readonly (string | null)[] | undefined;
}

const FIND_UNKNOWN_CATEGORIES_OPTIONS = { includeTexts: { kind: "boolean", default: false } } as const;

/**
 * Counts the categories of new rows that an encoder did not see in its fit, column by column: a sign of drift,
 * and the rows that `unknown: "zeros"` and its like let pass. Columns without any are not listed.
 *
 * @throws ClienteleError `unknownColumn` or `invalidInput` for a column that is absent or of another type.
 * @example
 * ```ts
 * import { tableFromColumns } from "clientele/data";
 * import { findUnknownCategories, fitEncoder } from "clientele/features";
 *
 * const train = tableFromColumns({ plan: ["pro", "free"] });
 * const { encoder } = fitEncoder(train, [{ column: "plan", as: "oneHot", unknown: "zeros" }]);
 * const rows = tableFromColumns({ plan: ["free", "team", "team"] });
 * console.log(findUnknownCategories(encoder, rows)); // [{ column: "plan", rowCount: 2, firstRow: 1, categoryCount: 1 }]
 * ```
 */
export function findUnknownCategories(encoder: EncoderModel, table: Table, options?: FindUnknownCategoriesOptions): UnknownCategories[] {
  const caller = "findUnknownCategories";
  checkShape(caller, "encoder", encoder, "an EncoderModel (fitEncoder returns one as `encoder`)", ({ columns }) => Array.isArray(columns));
  checkTable(caller, "table", table);
  const { includeTexts } = readOptions(caller, options, FIND_UNKNOWN_CATEGORIES_OPTIONS);
  return encoder.columns.flatMap((encoded) => {
    const unknown = isEncodedCategory(encoded) ? unknownsOf(caller, encoded, table) : undefined;
    if (unknown === undefined) return [];
    const { categories, ...counts } = unknown;
    return includeTexts ? [{ ...counts, categories }] : [counts];
  });
}

function unknownsOf(caller: string, encoded: EncodedCategory, table: Table): UnknownCategories | undefined {
  const column = typedColumnOf(caller, table, encoded.column, "category");
  const positions = levelPositions(column, knownLevels(encoded));
  const missingIsUnknown = encoded.missing === "level" && !knownLevels(encoded).includes(null);
  const texts = new Set<string>();
  let missingCount = 0;
  let rowCount = 0;
  let firstRow = -1;
  column.codes.forEach((code, row) => {
    const isUnknown = code < 0 ? missingIsUnknown : positions[code]! < 0;
    if (!isUnknown) return;
    if (firstRow < 0) firstRow = row;
    rowCount++;
    if (code < 0) missingCount++;
    else texts.add(column.categories[code]!);
  });
  if (rowCount === 0) return undefined;
  const sorted = [...texts].sort();
  const categories = missingCount > 0 ? [...sorted, null] : sorted;
  return { column: encoded.column, rowCount, firstRow, categoryCount: categories.length, categories };
}
