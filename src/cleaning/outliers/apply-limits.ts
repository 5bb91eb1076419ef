import type { BooleanColumn, Column } from "../../data/column";
import { unknownColumn } from "../../errors/check";
import { markColumn } from "../impute/mark-column";
import type { FittedLimits } from "./fitted-limits";
import { numbersOf } from "./judged-numbers";
import type { CheckedOutlierRule } from "./plan";
import type { OutlierSummary } from "./summary";

/** The outliers of a column, and what becomes of them. */
export interface OutlierEdit {
  /** The active rows beyond a limit, ascending: those that are flagged, clipped or to be set aside. */
  readonly rows: Int32Array;
  /** The column with its outliers moved to the limits; only where the action is `"clip"` and there are any. */
  readonly column?: Column | undefined;
  /** Which rows hold an outlier; only where the action is `"flag"`. */
  readonly flag?: BooleanColumn | undefined;
  readonly summary: OutlierSummary;
}

/**
 * Finds the values strictly beyond limits of an earlier fit, and flags or clips them. A missing cell is no outlier.
 *
 * @throws ClienteleError `unknownColumn`, and `invalidInput` for a column that does not hold numbers or a flag column that is there and is not true/false.
 */
export function applyLimits(caller: string, rule: CheckedOutlierRule, limits: FittedLimits, columns: ReadonlyMap<string, Column>, isActive: Uint8Array): OutlierEdit {
  const column = columns.get(rule.column);
  if (column === undefined) throw unknownColumn(caller, "outliers", rule.column, columns.keys());
  const values = numbersOf(caller, rule.column, column, isActive);
  const { column: name, method, status, low, high } = limits;
  const lowest = low ?? -Infinity;
  const highest = high ?? Infinity;

  const beyond = new Int32Array(values.length);
  let count = 0;
  let belowLow = 0;
  let judged = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (isActive[row] !== 1 || value !== value) continue;
    judged++;
    if (value < lowest) belowLow++;
    else if (!(value > highest)) continue;
    beyond[count++] = row;
  }
  const rows = beyond.slice(0, count);
  const summary = { column: name, method, action: rule.action, status, low, high, belowLow, aboveHigh: count - belowLow, judged };

  if (rule.flag !== undefined) return { rows, summary, flag: markColumn(caller, "outliers", rule.flag, columns.get(rule.flag), isActive, rows, "replace") };
  if (rule.action !== "clip" || count === 0 || column.type !== "number") return { rows, summary };
  const clipped = values.slice();
  for (const row of rows) clipped[row] = clipped[row]! < lowest ? lowest : highest;
  return { rows, summary, column: { ...column, values: clipped } };
}
