import type { CleaningRule } from "../cleaning/cleaning-rule";
import { isMissingAt } from "../data/column";
import { typedColumnOf, type Table } from "../data/table";
import { acceptsMissing, acceptsUnknown, isEncodedCategory, knownLevels, levelPositions, type EncodedCategory } from "../features/encode/levels";
import type { EncodedColumn } from "../features/encode/spec";

/**
 * Why a cell keeps its row from being scored.
 *
 * - `convert.…`: the cleaning plan sets rows with such a text aside
 * - `rule.…`, `outlier.…`, `fill.quarantine`: it sets rows aside that break a rule, hold an outlier or lack a value
 * - `unsettled`: its steps change the row back and forth
 * - `encode.missing`: the cell is missing, and neither the cleaning fills it nor does the encoding give missing cells a level
 * - `encode.unknownCategory`: the fit did not see the category, and the encoding does not let it pass
 * - `encode.outOfRange`: the number is −1 or less, and the encoding takes log(1 + x) of it
 * - `scale.outOfRange`: a feature, which `column` then names, is a number that the scaler refuses (−1 or less, of which it takes log(1 + x))
 */
export type UnscoredReason = CleaningRule | "encode.missing" | "encode.unknownCategory" | "encode.outOfRange" | "scale.outOfRange";

/** A cell that keeps its row from being scored; a row may have several. */
export interface UnscoredCell {
  /** Position of the row in the table. */
  readonly row: number;
  readonly column: string;
  readonly reason: UnscoredReason;
}

/** The cells that an encoding gives no number, for which `EncoderModel.apply` would refuse the table: column after column. */
export function findUnencodableCells(caller: string, columns: readonly EncodedColumn[], table: Table): UnscoredCell[] {
  return columns.flatMap((encoded) => (isEncodedCategory(encoded) ? unencodableCategories(caller, encoded, table) : unencodableValues(caller, encoded, table)));
}

function unencodableValues(caller: string, { column: name, as }: Exclude<EncodedColumn, EncodedCategory>, table: Table): UnscoredCell[] {
  const column = typedColumnOf(caller, table, name, as === "boolean" ? "boolean" : "number");
  const cells: UnscoredCell[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    if (isMissingAt(column, row)) cells.push({ row, column: name, reason: "encode.missing" });
    else if (as === "log1p" && column.values[row]! <= -1) cells.push({ row, column: name, reason: "encode.outOfRange" });
  }
  return cells;
}

function unencodableCategories(caller: string, encoded: EncodedCategory, table: Table): UnscoredCell[] {
  const column = typedColumnOf(caller, table, encoded.column, "category");
  const positions = levelPositions(column, knownLevels(encoded));
  const [unknownPasses, missingPasses] = [acceptsUnknown(encoded), acceptsMissing(encoded)];
  const cells: UnscoredCell[] = [];
  column.codes.forEach((code, row) => {
    if (code < 0 ? missingPasses : unknownPasses || positions[code]! >= 0) return;
    cells.push({ row, column: encoded.column, reason: code < 0 ? "encode.missing" : "encode.unknownCategory" });
  });
  return cells;
}
