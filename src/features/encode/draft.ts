import { columnLength, countMissing, type Column } from "../../data/column";
import { checkTable, columnNames, type Table } from "../../data/table";
import { readOptions } from "../../errors/options";
import type { ColumnEncoding, Encoding } from "./encoding";
import { levelsOf } from "./levels";

/** Options of {@link draftEncoding}. */
export interface DraftEncodingOptions {
  /** Columns to leave out: ids, names, the label. @defaultValue none */
  readonly exclude?: readonly string[] | undefined;
  /** As in `OneHotEncoding`, for every category column: `"first"` for regression, `"none"` for k-means. @defaultValue "none" */
  readonly drop?: "first" | "none" | undefined;
  /** A category column with more levels than this is left out. @defaultValue 50 */
  readonly maxLevels?: number | undefined;
}

/** A column that {@link draftEncoding} found no use for. */
export interface LeftOutColumn {
  readonly column: string;
  /**
   * - `noValues`: every cell is missing
   * - `timestamp`: a point in time is no feature; turn it into a duration first
   * - `allDistinct`: no category occurs twice, as in ids and names
   * - `tooManyLevels`: more levels than `maxLevels`
   */
  readonly reason: "noValues" | "timestamp" | "allDistinct" | "tooManyLevels";
}

/** What {@link draftEncoding} returns. */
export interface DraftedEncoding {
  /** To be given to `fitEncoder` as it is, or changed first. */
  readonly encoding: Encoding;
  /** Columns without an entry, with the reason; those of `exclude` are not repeated. */
  readonly leftOut: readonly LeftOutColumn[];
}

const DRAFT_ENCODING_OPTIONS = {
  exclude: { kind: "names", default: [] },
  drop: { kind: "oneOf", values: ["first", "none"], default: "none" },
  maxLevels: { kind: "integer", min: 1, default: 50 },
} as const;

/**
 * Writes an encoding for all columns of a table: numbers and booleans as they are, categories one-hot.
 *
 * It looks at column types and level counts only, never at a label: the label must be excluded by name.
 *
 * @throws ClienteleError `unknownColumn` for an excluded name that the table does not have.
 * @example
 * ```ts
 * import { tableFromColumns } from "clientele/data";
 * import { draftEncoding } from "clientele/features";
 *
 * const table = tableFromColumns({ id: ["c1", "c2", "c3"], age: [31, 45, 28], plan: ["pro", "free", "pro"], churn: ["no", "yes", "no"] });
 * const { encoding, leftOut } = draftEncoding(table, { exclude: ["churn"] });
 * console.log(encoding); // [{ column: "age", as: "number" }, { column: "plan", as: "oneHot", drop: "none" }]
 * console.log(leftOut); // [{ column: "id", reason: "allDistinct" }]
 * ```
 */
export function draftEncoding(table: Table, options?: DraftEncodingOptions): DraftedEncoding {
  const caller = "draftEncoding";
  checkTable(caller, "table", table);
  const { exclude, drop, maxLevels } = readOptions(caller, options, DRAFT_ENCODING_OPTIONS);
  const excluded = new Set(columnNames(caller, table, exclude, "exclude"));
  const encoding: ColumnEncoding[] = [];
  const leftOut: LeftOutColumn[] = [];
  for (const [name, column] of table.columns) {
    if (excluded.has(name)) continue;
    const drafted = draftColumn(name, column, drop, maxLevels);
    if (typeof drafted === "string") leftOut.push({ column: name, reason: drafted });
    else encoding.push(drafted);
  }
  return { encoding, leftOut };
}

/** The entry for a column, or the reason why it gets none. */
function draftColumn(name: string, column: Column, drop: "first" | "none", maxLevels: number): ColumnEncoding | LeftOutColumn["reason"] {
  const presentCount = columnLength(column) - countMissing(column);
  if (presentCount === 0) return "noValues";
  switch (column.type) {
    case "number":
    case "boolean":
      return { column: name, as: column.type };
    case "timestamp":
      return "timestamp";
    case "category": {
      const levelCount = levelsOf(column).present.length;
      if (levelCount === presentCount && levelCount > 1) return "allDistinct";
      if (levelCount > maxLevels) return "tooManyLevels";
      return { column: name, as: "oneHot", drop };
    }
  }
}
