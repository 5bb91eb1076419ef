import { cellAt, type CellValue } from "../data/column";
import type { RowId } from "../data/table";
import { checkShape, isObject } from "../errors/check";
import { readOptions } from "../errors/options";
import { isReading, type CleaningRule } from "./cleaning-rule";
import { listCells, type CellChanges } from "./column-changes";
import type { CleaningReport } from "./report";

/** One thing that happened to a row. */
export type RowEvent =
  | { readonly kind: "changed"; readonly column: string; readonly before: CellValue; readonly after: CellValue; readonly rule: CleaningRule }
  | { readonly kind: "quarantined"; readonly column: string; readonly rule: CleaningRule }
  /** The row was taken out; row `into` stays for it. */
  | { readonly kind: "merged"; readonly into: RowId }
  /** The row stays for row `from` too. */
  | { readonly kind: "absorbed"; readonly from: RowId };

/** Options of {@link listChanges} and {@link explainRow}. */
export interface ChangeFilter {
  /** Only changes of this column. @defaultValue all columns */
  readonly column?: string | undefined;
  /** Only changes for this rule. @defaultValue all rules */
  readonly rule?: CleaningRule | undefined;
  /** Also cells that were only written anew with the same meaning, as "29.85" to 29.85. @defaultValue false */
  readonly readings?: boolean | undefined;
}

const FILTER_OPTIONS = {
  column: { kind: "text" },
  rule: { kind: "text" },
  readings: { kind: "boolean", default: false },
} as const;

/**
 * Lists the changed cells of a report, one entry in each list for each change: plain JSON, to store or to print.
 *
 * Changes stand in the order of the steps, then of the plan, then of the rows. Linear in their number.
 *
 * @example
 * ```ts
 * import { fitCleaning, listChanges } from "clientele/cleaning";
 * import { tableFromColumns } from "clientele/data";
 *
 * const table = tableFromColumns({ spend: ["10", " ", "30"] });
 * const { report } = fitCleaning(table, {
 *   convert: [{ column: "spend", to: "number", missing: [""] }],
 *   missing: [{ column: "spend", fill: "mean" }],
 * }).apply(table);
 * const { rowIds, before, after, rules } = listChanges(report);
 * console.log(rowIds, before, after); // [1, 1] [" ", null] [null, 20]
 * console.log(rules); // ["convert.missingText", "fill.mean"]
 * console.log(listChanges(report, { readings: true }).before); // ["10", " ", "30", null]
 * ```
 */
export function listChanges(report: CleaningReport, filter?: ChangeFilter): CellChanges {
  const caller = "listChanges";
  checkReport(caller, report);
  const { column: wanted, rule: wantedRule, readings } = readOptions(caller, filter, FILTER_OPTIONS);
  const changes = wanted === undefined ? report.changes : report.changes.filter(({ column }) => column === wanted);
  return listCells(changes, report.rowIds, (rule) => (wantedRule === undefined ? readings || !isReading(rule) : rule === wantedRule));
}

/**
 * Tells what became of one row, in the order in which it happened: changed cells, then whether it was set aside or merged.
 * Cells that were only written anew with the same meaning are left out. An empty list for a row that nothing happened to, and for an id
 * that the table did not have. Linear in the rows of the input.
 *
 * @example
 * ```ts
 * import { explainRow, fitCleaning } from "clientele/cleaning";
 * import { tableFromColumns } from "clientele/data";
 *
 * const table = tableFromColumns({ spend: ["10", " ", "30"] });
 * const model = fitCleaning(table, {
 *   convert: [{ column: "spend", to: "number", missing: [""] }],
 *   missing: [{ column: "spend", fill: "median" }],
 * });
 * const { report } = model.apply(table);
 * console.log(explainRow(report, 1).map((event) => event.kind === "changed" && event.rule)); // ["convert.missingText", "fill.median"]
 * console.log(explainRow(report, 0)); // []
 * ```
 */
export function explainRow(report: CleaningReport, rowId: RowId): RowEvent[] {
  checkReport("explainRow", report);
  const events: RowEvent[] = [];
  const position = Array.prototype.indexOf.call(report.rowIds, rowId);
  if (position < 0) return events;
  for (const change of report.changes) {
    const i = findSorted(change.rows, position);
    const rule = change.rules[change.ruleCodes[i] ?? -1];
    if (rule === undefined || isReading(rule)) continue;
    events.push({ kind: "changed", column: change.column, before: cellAt(change.before, position), after: cellAt(change.after, position), rule });
  }
  const { quarantined, merged } = report;
  quarantined.rowIds.forEach((id, i) => {
    if (id === rowId) events.push({ kind: "quarantined", column: quarantined.columns[i]!, rule: quarantined.rules[i]! });
  });
  merged.rowIds.forEach((id, i) => {
    if (id === rowId) events.push({ kind: "merged", into: merged.into[i]! });
    else if (merged.into[i] === rowId) events.push({ kind: "absorbed", from: id });
  });
  return events;
}

/** Refuses what is no report of a cleaning. */
export function checkReport(caller: string, report: CleaningReport): void {
  const isReport = (fields: Readonly<Record<string, unknown>>): boolean => Array.isArray(fields["changes"]) && isObject(fields["quarantined"]) && isObject(fields["merged"]);
  checkShape(caller, "report", report, "the report of a CleaningResult", isReport);
}

/** The position of a number in an ascending list, −1 where it is not. */
function findSorted(sorted: Int32Array, wanted: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle]!;
    if (value === wanted) return middle;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
