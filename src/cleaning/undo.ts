import { cellAt, isMissingAt, MISSING_BOOLEAN, MISSING_CATEGORY, type CellValue, type Column } from "../data/column";
import type { Table } from "../data/table";
import { checkShape, isObject } from "../errors/check";
import { ClienteleError } from "../errors/error";
import type { ColumnChanges } from "./column-changes";
import type { CleaningResult } from "./result";

/**
 * Restores the table that went into a cleaning: every row at its place and every cell as it was, types and units among it.
 *
 * It works from the result alone, so it also shows that nothing was lost: the rows that stay are taken back change by change,
 * those that were set aside or merged were kept as they came in. Linear in cells and changes.
 *
 * @throws ClienteleError `invalidInput` for what is no result of a cleaning, and for one whose parts do not belong together.
 * @example
 * ```ts
 * import { fitCleaning, undoCleaning } from "clientele/cleaning";
 * import { recordsFromTable, tableFromColumns } from "clientele/data";
 *
 * const table = tableFromColumns({ id: ["a", "a", "b"], spend: ["10", "10.0", " "] });
 * const model = fitCleaning(table, {
 *   convert: [{ column: "spend", to: "number", missing: [""] }],
 *   duplicates: { key: ["id"] },
 *   missing: [{ column: "spend", fill: "mean" }],
 * });
 * const result = model.apply(table);
 * console.log(recordsFromTable(result.table)); // [{ id: "a", spend: 10 }, { id: "b", spend: 10 }]
 * console.log(recordsFromTable(undoCleaning(result))); // [{ id: "a", spend: "10" }, { id: "a", spend: "10.0" }, { id: "b", spend: " " }]
 * ```
 */
export function undoCleaning(result: CleaningResult): Table {
  const caller = "undoCleaning";
  const isResult = ({ table, quarantined, merged, report }: Readonly<Record<string, unknown>>): boolean => [table, quarantined, merged, report].every(isObject);
  checkShape(caller, "result", result, "what CleaningModel.apply returns", isResult);
  const { table, quarantined, merged, report } = result;
  const rowCount = report.rowsIn;
  const isOut = new Uint8Array(rowCount);
  for (const { rows } of [quarantined, merged]) for (const row of rows) isOut[row] = 1;
  const stays = Int32Array.from({ length: rowCount }, (_, row) => row).filter((row) => isOut[row] === 0);
  if (stays.length !== table.rowCount || report.rowIds.length !== rowCount) {
    throw new ClienteleError("invalidInput", "result must be as CleaningModel.apply returned it: its table has other rows than its report", { caller, parameter: "result" });
  }
  const changesOf = new Map<string, ColumnChanges[]>();
  for (const change of report.changes) changesOf.set(change.column, [change, ...(changesOf.get(change.column) ?? [])]);

  // The rows that were set aside and merged have the columns of the input, even where there are none of them.
  const columns = Array.from(quarantined.table.columns, ([name, original]): [string, Column] => {
    const cleaned = table.columns.get(name);
    const ofMerged = merged.table.columns.get(name);
    if (cleaned === undefined || ofMerged === undefined) {
      throw new ClienteleError("invalidInput", `result must be as CleaningModel.apply returned it: a table has no column ${JSON.stringify(name)}`, { caller, parameter: "result", column: name });
    }
    const restored = emptyColumn(original, rowCount);
    const before = takeBack(cleaned, stays, changesOf.get(name) ?? [], rowCount);
    const codeOf = new Map(original.type === "category" ? original.categories.map((text, code) => [text, code]) : []);
    for (const [from, rows] of [[before, stays], [original, quarantined.rows], [ofMerged, merged.rows]] as const) {
      for (let i = 0; i < rows.length; i++) copyCell(from, i, restored, rows[i]!, codeOf);
    }
    return [name, restored];
  });
  return { rowCount, rowIds: report.rowIds, columns: new Map(columns) };
}

/** The cells of the rows that stay as they were before the changes, which come with the last one first. */
function takeBack(cleaned: Column, stays: Int32Array, changes: readonly ColumnChanges[], rowCount: number): Column {
  if (changes.length === 0) return cleaned;
  const placeOf = new Int32Array(rowCount).fill(-1);
  stays.forEach((row, place) => (placeOf[row] = place));
  let column = cleaned;
  for (const { rows, before } of changes) {
    // A change of type is one of all cells that are not missing.
    const base = before.type === column.type ? copyOf(column) : emptyColumn(before, stays.length);
    const codeOf = new Map<string, number>(base.type === "category" ? base.categories.map((text, code) => [text, code]) : []);
    for (const row of rows) copyCell(before, row, base, placeOf[row]!, codeOf);
    column = base;
  }
  return column;
}

/** Writes a cell to a place in another column of its type; `codeOf` is the dictionary of a category, which may grow. */
function copyCell(from: Column, row: number, to: Column, place: number, codeOf: Map<string, number>): void {
  if (to.type === "category") {
    const text: CellValue = cellAt(from, row);
    let code = typeof text === "string" ? codeOf.get(text) : MISSING_CATEGORY;
    if (code === undefined) codeOf.set(text as string, (code = (to.categories as string[]).push(text as string) - 1));
    to.codes[place] = code;
  } else if (from.type !== "category") to.values[place] = isMissingAt(from, row) ? missingValue(to) : from.values[row]!;
}

function copyOf(column: Column): Column {
  switch (column.type) {
    case "category":
      return { ...column, codes: column.codes.slice(), categories: [...column.categories] };
    case "boolean":
      return { ...column, values: column.values.slice() };
    default:
      return { ...column, values: column.values.slice() };
  }
}

/** Missing cells in a column of the same type, unit and texts. */
function emptyColumn(like: Column, length: number): Column {
  switch (like.type) {
    case "category":
      return { ...like, codes: new Int32Array(length).fill(MISSING_CATEGORY), categories: [...like.categories] };
    case "boolean":
      return { ...like, values: new Uint8Array(length).fill(MISSING_BOOLEAN) };
    default:
      return { ...like, values: new Float64Array(length).fill(NaN) };
  }
}

function missingValue(column: Exclude<Column, { type: "category" }>): number {
  return column.type === "boolean" ? MISSING_BOOLEAN : NaN;
}
