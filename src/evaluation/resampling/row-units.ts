import { rowsByCode, type CodedLabels } from "../coded-labels";

/** What is drawn or left out as a whole: single rows, or all rows of a group. */
export interface RowUnits {
  readonly count: number;
  /** The rows of unit u stand in `rows` from `starts[u]` to before `starts[u + 1]`. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

export function singleRows(rowCount: number): RowUnits {
  return { count: rowCount, starts: Int32Array.from({ length: rowCount + 1 }, (_, row) => row), rows: Int32Array.from({ length: rowCount }, (_, row) => row) };
}

export function groupedRows(groups: CodedLabels): RowUnits {
  const byGroup = rowsByCode(groups);
  const starts = new Int32Array(byGroup.length + 1);
  const rows = new Int32Array(groups.codes.length);
  byGroup.forEach((members, unit) => {
    rows.set(members, starts[unit]);
    starts[unit + 1] = starts[unit]! + members.length;
  });
  return { count: byGroup.length, starts, rows };
}
