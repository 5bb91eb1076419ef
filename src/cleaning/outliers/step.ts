import type { WorkingTable } from "../working-table";
import { applyLimits } from "./apply-limits";
import type { FittedLimits } from "./fitted-limits";
import type { CheckedOutlierRule } from "./plan";
import type { OutlierSummary } from "./summary";

/** Flags, clips or sets aside the values beyond the limits of the fit. */
export function outlierStep(work: WorkingTable, rule: CheckedOutlierRule, limits: FittedLimits): OutlierSummary {
  const { rows, column, flag, summary } = applyLimits(work.caller, rule, limits, work.columns, work.isActive);
  if (column !== undefined) work.replaceCells("outliers", rule.column, column, rows, `outlier.${rule.method}`);
  if (flag !== undefined && rule.flag !== undefined) work.setColumn("outliers", rule.flag, flag, "outlier.flag");
  if (rule.action === "quarantine") for (const row of rows) work.setAside(row, rule.column, `outlier.${rule.method}`);
  return summary;
}
