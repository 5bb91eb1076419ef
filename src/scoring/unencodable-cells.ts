import type { CleaningRule } from "../cleaning/cleaning-rule";
import { isMissingAt } from "../data/column";
import { typedColumnOf, type Table } from "../data/table";
import { levelPositions } from "../features/encode/levels";
import type { EncodedColumn, EncodedOneHot } from "../features/encode/spec";

/**
 * Why a cell keeps its row from being scored.
 *
 * - `convert.…`: the cleaning plan sets rows with such a text aside
 * - `rule.…`, `outlier.…`, `fill.quarantine`: it sets rows aside that break a rule, hold an outlier or lack a value
 * - `unsettled`: its steps change the row back and forth
 * - `encode.missing`: the cell is missing, and neither the cleaning fills it nor does the encoding give missing cells a level
 * - `encode.unknownCategory`: the fit did not see the category, and the encoding does not let it pass
 */
export type UnscoredReason = CleaningRule | "encode.missing" | "encode.unknownCategory";

/** A cell that keeps its row from being scored; a row may have several. */
export interface UnscoredCell {
  /** Position of the row in the table. */
  readonly row: number;
  readonly column: string;
  readonly reason: UnscoredReason;
}

/** The cells that an encoding gives no number, for which `EncoderModel.apply` would refuse the table: column after column. */
export function findUnencodableCells(caller: string, columns: readonly EncodedColumn[], table: Table): UnscoredCell[] {
  return columns.flatMap((encoded) => (encoded.as === "oneHot" ? unencodableCategories(caller, encoded, table) : missingCells(caller, encoded, table)));
}

function missingCells(caller: string, { column: name, as }: Exclude<EncodedColumn, EncodedOneHot>, table: Table): UnscoredCell[] {
  const column = typedColumnOf(caller, table, name, as);
  const cells: UnscoredCell[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    if (isMissingAt(column, row)) cells.push({ row, column: name, reason: "encode.missing" });
  }
  return cells;
}

function unencodableCategories(caller: string, { column: name, levels, missing, unknown }: EncodedOneHot, table: Table): UnscoredCell[] {
  const column = typedColumnOf(caller, table, name, "category");
  const positions = levelPositions(column, levels);
  const acceptsUnknown = unknown === "zeros";
  const acceptsMissing = missing === "level" && (acceptsUnknown || levels.includes(null));
  const cells: UnscoredCell[] = [];
  column.codes.forEach((code, row) => {
    if (code < 0 ? acceptsMissing : acceptsUnknown || positions[code]! >= 0) return;
    cells.push({ row, column: name, reason: code < 0 ? "encode.missing" : "encode.unknownCategory" });
  });
  return cells;
}
