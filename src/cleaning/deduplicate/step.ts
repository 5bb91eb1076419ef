import type { Column } from "../../data/column";
import { firstRows, groupRows } from "../../data/row-groups";
import type { CheckedPlan } from "../plan";
import type { RepeatedRows } from "../report";
import type { WorkingTable } from "../working-table";
import type { CheckedDuplicateRule } from "./plan";
import { orderGroups, takeCells, targetsOf } from "./survivors";

/** Finds rows that are equal to an earlier one in every column; merges them into the first if the plan says so. */
export function repeatedRowsStep(work: WorkingTable, policy: CheckedPlan["repeatedRows"]): RepeatedRows {
  if (policy === "ignore") return { count: undefined, rows: new Int32Array(0), outcome: "kept" };
  const groups = groupRows([...work.columns.values()], work.isActive, "equal");
  const first = firstRows(groups);
  const rows = work.positions((row) => groups.groups[row]! >= 0 && first[groups.groups[row]!] !== row);
  if (policy === "report") return { count: rows.length, rows, outcome: "kept" };
  for (const row of rows) work.merge(row, first[groups.groups[row]!]!);
  return { count: rows.length, rows, outcome: "removed" };
}

/** Merges the rows that describe the same thing; the row that stays may take cells from those that go. */
export function mergeStep(work: WorkingTable, rule: CheckedDuplicateRule): void {
  const keys = rule.key.map((name) => work.column(name, "duplicates.key"));
  const groups = orderGroups(work.caller, work.table, groupRows(keys, work.isActive, "none"), rule);
  for (const { column: name, keep, rows, sources } of takeCells(work.caller, work.table, groups, rule)) {
    work.replaceCells("merge", name, withCells(work.column(name, "duplicates.fields"), rows, sources), rows, `merge.${keep}`);
  }
  targetsOf(groups, work.rowCount).forEach((target, row) => {
    if (target >= 0) work.merge(row, target);
  });
}

/** A column in which some rows have the cells of others. */
function withCells(column: Column, rows: Int32Array, sources: Int32Array): Column {
  if (column.type === "category") {
    const codes = column.codes.slice();
    rows.forEach((row, i) => (codes[row] = column.codes[sources[i]!]!));
    return { ...column, codes };
  }
  const values = column.values.slice();
  rows.forEach((row, i) => (values[row] = column.values[sources[i]!]!));
  return { ...column, values } as Column;
}
