import type { CellValue, ColumnType } from "../data/column";
import { checkShape, isObject } from "../errors/check";
import type { RowId } from "../data/table";
import type { ConversionRule } from "./convert/convert-column";
import type { FailurePolicy, FillMethod } from "./plan";

/**
 * Why a cell was changed or its row set aside.
 *
 * - `convert.missingText`: the plan declares the text missing
 * - `convert.notNumber`: the text is no number of the declared format
 * - `convert.outOfRange`: the number is beyond the range of doubles
 * - `convert.inexactInteger`: a whole number so long that a double would lose digits
 * - `convert.notBoolean`: the text is declared neither true nor false
 * - `convert.notTime`: the text is no ISO 8601 time with an offset, and no date
 * - `fill.mean`, `fill.median`, `fill.mode`, `fill.constant`: a missing cell was filled
 */
export type CleaningRule = ConversionRule | `fill.${FillMethod}`;

/** Cells of the cleaned table that mean something else than in the input: entry i of each list describes one change. */
export interface CellChanges {
  readonly rowIds: readonly RowId[];
  readonly columns: readonly string[];
  /** As `recordsFromTable` gives it, a timestamp as milliseconds; null is missing. */
  readonly before: readonly CellValue[];
  readonly after: readonly CellValue[];
  readonly rules: readonly CleaningRule[];
}

/** Cells for which their row was set aside: entry i of each list describes one cell; a row may have several. */
export interface QuarantineReasons {
  readonly rowIds: readonly RowId[];
  readonly columns: readonly string[];
  readonly rules: readonly CleaningRule[];
}

/** Rows that were taken out because another row has the same key: row `rowIds[i]` went into row `into[i]`. */
export interface MergedRows {
  readonly rowIds: readonly RowId[];
  readonly into: readonly RowId[];
}

/**
 * What a conversion did, over all rows of the input. Unless the column was of the type already,
 * `converted + missingTexts + failed` and the cells that were missing before make up the rows.
 */
export interface ConversionSummary {
  readonly column: string;
  /** The type of the column in the input. Equal to `to` where there was nothing to convert. */
  readonly from: ColumnType;
  readonly to: ColumnType;
  /** Cells that were written anew with the same meaning, as "29.85" to 29.85. */
  readonly converted: number;
  /** Cells whose text the plan declares missing. */
  readonly missingTexts: number;
  /** Cells that could not be converted. */
  readonly failed: number;
  /** What was done with rows of such cells; null for a conversion that cannot fail. */
  readonly onFailure: FailurePolicy | null;
}

/** What a fill did, over the rows of the cleaned table. */
export interface FillSummary {
  readonly column: string;
  readonly method: FillMethod;
  /** The value of the fit; null when the column had none to compute it from. */
  readonly value: CellValue;
  readonly status: "fitted" | "allMissing";
  readonly filled: number;
  /** Missing cells that stay: more than 0 only with the status `"allMissing"`. */
  readonly stillMissing: number;
}

/** How often a rule applied to a column. */
export interface RuleCount {
  readonly column: string;
  readonly rule: CleaningRule;
  readonly outcome: "changed" | "quarantined";
  readonly cells: number;
}

/**
 * What cleaning did to a table. `rowsIn = rowsOut + rowsQuarantined + rowsMerged`, always.
 *
 * A conversion rewrites every cell of its column. `changes` lists only the cells whose meaning changed, of rows that are in the
 * cleaned table: a text declared missing, a text that could not be read and was emptied, and a missing cell that was filled.
 * All other cells of a converted column are counted in `conversions`. A cell that is emptied and then filled is listed twice.
 * `before` may hold what customers wrote: the report is as confidential as the table.
 */
export interface CleaningReport {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly rowsQuarantined: number;
  readonly rowsMerged: number;
  /** One entry for each conversion of the plan, in its order. */
  readonly conversions: readonly ConversionSummary[];
  /** One entry for each fill of the plan, in its order. */
  readonly fills: readonly FillSummary[];
  /** In the order of the plan, then of the rows. */
  readonly changes: CellChanges;
  /** In the order of the plan, then of the rows. */
  readonly quarantined: QuarantineReasons;
  /** In the order of the rows. */
  readonly merged: MergedRows;
  /** The entries of `changes` and `quarantined`, counted. */
  readonly counts: readonly RuleCount[];
}

/** One thing that happened to a row. */
export type RowEvent =
  | { readonly kind: "changed"; readonly column: string; readonly before: CellValue; readonly after: CellValue; readonly rule: CleaningRule }
  | { readonly kind: "quarantined"; readonly column: string; readonly rule: CleaningRule }
  /** The row was taken out; row `into` stays for it. */
  | { readonly kind: "merged"; readonly into: RowId }
  /** The row stays for row `from` too. */
  | { readonly kind: "absorbed"; readonly from: RowId };

/**
 * Tells what happened to one row, in the order in which it happened.
 *
 * An empty list means: nothing but the conversions of whole columns (`report.conversions`), or an id that the table did not have.
 * Linear in the size of the report.
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
  const isReport = (fields: Readonly<Record<string, unknown>>): boolean => isObject(fields["changes"]) && isObject(fields["quarantined"]) && isObject(fields["merged"]);
  checkShape("explainRow", "report", report, "the report of a CleaningResult", isReport);
  const { changes, quarantined, merged } = report;
  const conversions: RowEvent[] = [];
  const fills: RowEvent[] = [];
  changes.rowIds.forEach((id, i) => {
    if (id !== rowId) return;
    const rule = changes.rules[i]!;
    const list = rule.startsWith("fill.") ? fills : conversions;
    list.push({ kind: "changed", column: changes.columns[i]!, before: changes.before[i]!, after: changes.after[i]!, rule });
  });
  const rows: RowEvent[] = [];
  quarantined.rowIds.forEach((id, i) => {
    if (id === rowId) rows.push({ kind: "quarantined", column: quarantined.columns[i]!, rule: quarantined.rules[i]! });
  });
  merged.rowIds.forEach((id, i) => {
    if (id === rowId) rows.push({ kind: "merged", into: merged.into[i]! });
    else if (merged.into[i] === rowId) rows.push({ kind: "absorbed", from: id });
  });
  return [...conversions, ...rows, ...fills];
}

/** {@link CellChanges} while they are collected: one growing list for each part, so that a million changes need no million objects. */
export interface GrowingChanges extends CellChanges {
  readonly rowIds: RowId[];
  readonly columns: string[];
  readonly before: CellValue[];
  readonly after: CellValue[];
  readonly rules: CleaningRule[];
}

export function noChanges(): GrowingChanges {
  return { rowIds: [], columns: [], before: [], after: [], rules: [] };
}

export function addChange(changes: GrowingChanges, rowId: RowId, column: string, before: CellValue, after: CellValue, rule: CleaningRule): void {
  changes.rowIds.push(rowId);
  changes.columns.push(column);
  changes.before.push(before);
  changes.after.push(after);
  changes.rules.push(rule);
}

/** {@link QuarantineReasons} while they are collected. */
export interface GrowingReasons extends QuarantineReasons {
  readonly rowIds: RowId[];
  readonly columns: string[];
  readonly rules: CleaningRule[];
}

export function noReasons(): GrowingReasons {
  return { rowIds: [], columns: [], rules: [] };
}

export function addReason(reasons: GrowingReasons, rowId: RowId, column: string, rule: CleaningRule): void {
  reasons.rowIds.push(rowId);
  reasons.columns.push(column);
  reasons.rules.push(rule);
}

/** Counts entries by column and rule, in the order of their first appearance. */
export function countRules(entries: QuarantineReasons, outcome: RuleCount["outcome"]): RuleCount[] {
  const byColumn = new Map<string, Map<CleaningRule, number>>();
  entries.columns.forEach((column, i) => {
    const byRule = byColumn.get(column) ?? new Map<CleaningRule, number>();
    const rule = entries.rules[i]!;
    byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
    byColumn.set(column, byRule);
  });
  return [...byColumn].flatMap(([column, byRule]) => Array.from(byRule, ([rule, cells]) => ({ column, rule, outcome, cells })));
}
