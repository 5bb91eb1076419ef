import type { WorkingTable } from "../working-table";
import { emptyPlaceholders, emptyPlainPlaceholders } from "./empty-placeholders";
import { fillColumn } from "./fill-column";
import type { FittedFill } from "./fitted-fill";
import type { CheckedFillRule, CheckedPlaceholderRule } from "./plan";
import type { FillSummary } from "./summary";

/** Empties the cells that hold a placeholder. */
export function placeholderStep(work: WorkingTable, rule: CheckedPlaceholderRule): void {
  const { column, rows } = emptyPlaceholders(work.caller, rule, work.column(rule.column, "placeholders"), work.isActive);
  work.replaceCells("placeholders", rule.column, column, rows, "placeholder");
}

/** {@link placeholderStep} for plans without placeholders of points in time: a column of these stays as it is. */
export function plainPlaceholderStep(work: WorkingTable, rule: CheckedPlaceholderRule): void {
  const before = work.column(rule.column, "placeholders");
  if (before.type === "timestamp") return;
  const { column, rows } = emptyPlainPlaceholders(work.caller, rule, before, work.isActive);
  work.replaceCells("placeholders", rule.column, column, rows, "placeholder");
}

/** Fills the missing cells of a column, or sets their rows aside, and marks which they were. */
export function fillStep(work: WorkingTable, rule: CheckedFillRule, fill: FittedFill): FillSummary {
  const { column, filledRows, setAsideRows, indicator, summary } = fillColumn(work.caller, rule, fill, work.columns, work.isActive);
  work.replaceCells("missing", rule.column, column, filledRows, `fill.${fill.method}`);
  if (indicator !== undefined && rule.indicator !== undefined) work.setColumn("missing", rule.indicator, indicator, "fill.indicator");
  for (const row of setAsideRows) work.setAside(row, rule.column, "fill.quarantine");
  return summary;
}
