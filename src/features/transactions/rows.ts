import type { CategoryColumn, NumberColumn } from "../../data/column";
import type { RowId } from "../../data/table";
import type { AsOf } from "../calendar/as-of";
import type { DayReader } from "../calendar/day";
import { levelPositions, levelsOf } from "../encode/levels";

/** The customers of an id column, sorted, and for each row the position of its customer (−1: none). */
export interface Customers {
  readonly ids: readonly RowId[];
  readonly positions: Int32Array;
}

export function customersOf(column: CategoryColumn | NumberColumn): Customers {
  if (column.type === "category") {
    const { present } = levelsOf(column);
    const positionOfCode = levelPositions(column, present);
    return { ids: present, positions: column.codes.map((code) => (code < 0 ? -1 : positionOfCode[code]!)) };
  }
  const ids = Float64Array.from(new Set(column.values.filter((id) => !Number.isNaN(id)))).sort();
  const positionOf = new Map(Array.from(ids, (id, position) => [id, position]));
  return { ids: [...ids], positions: Int32Array.from(column.values, (id) => positionOf.get(id) ?? -1) };
}

/** Rows that count, one position for each. */
export interface TransactionRows {
  /** Position of the customer. */
  readonly customers: Int32Array;
  readonly days: Int32Array;
  /** Negative for a return; NaN where the amount is missing. */
  readonly amounts: Float64Array;
}

/** The rows that count, and how many were left out why. */
export interface CountedRows {
  readonly rows: TransactionRows;
  readonly missingIdCount: number;
  readonly missingTimeCount: number;
  readonly afterAsOfCount: number;
}

/** Takes the rows up to `asOf` that have a customer and a time. */
export function countRows(positions: Int32Array, times: Float64Array, amounts: Float64Array, asOf: AsOf, dayOf: DayReader): CountedRows {
  const rowCount = positions.length;
  const rows = { customers: new Int32Array(rowCount), days: new Int32Array(rowCount), amounts: new Float64Array(rowCount) };
  let count = 0;
  let missingIdCount = 0;
  let missingTimeCount = 0;
  let afterAsOfCount = 0;
  for (let row = 0; row < rowCount; row++) {
    const time = times[row]!;
    if (positions[row]! < 0) missingIdCount++;
    else if (Number.isNaN(time)) missingTimeCount++;
    else {
      const day = dayOf(time);
      if (day > asOf.day || time > asOf.lastTime) afterAsOfCount++;
      else {
        rows.customers[count] = positions[row]!;
        rows.days[count] = day;
        rows.amounts[count++] = amounts[row]!;
      }
    }
  }
  const { customers, days } = rows;
  return {
    rows: { customers: customers.subarray(0, count), days: days.subarray(0, count), amounts: rows.amounts.subarray(0, count) },
    missingIdCount,
    missingTimeCount,
    afterAsOfCount,
  };
}

/** Rows in the order of their customers; those of customer c stand from `starts[c]` to `starts[c + 1]`. */
export interface SortedRows {
  readonly starts: Int32Array;
  readonly days: Int32Array;
  readonly amounts: Float64Array;
}

/**
 * Sorts rows by customer, then day, then orders before returns, then amount: the order of the rows in the log
 * can change no sum, not even in its last bit.
 */
export function sortRows({ customers, days, amounts }: TransactionRows, customerCount: number): SortedRows {
  const starts = new Int32Array(customerCount + 1);
  for (const customer of customers) starts[customer + 1]!++;
  for (let customer = 0; customer < customerCount; customer++) starts[customer + 1]! += starts[customer]!;

  const order = new Int32Array(customers.length);
  const next = starts.slice();
  customers.forEach((customer, row) => (order[next[customer]!++] = row));

  const compare = (a: number, b: number): number => days[a]! - days[b]! || compareAmounts(amounts[a]!, amounts[b]!);
  for (let customer = 0; customer < customerCount; customer++) order.subarray(starts[customer], starts[customer + 1]).sort(compare);
  return { starts, days: order.map((row) => days[row]!), amounts: Float64Array.from(order, (row) => amounts[row]!) };
}

/** Descending, so that returns (negative) come after orders; missing amounts come first. */
function compareAmounts(a: number, b: number): number {
  if (a === b) return 0;
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  return a > b ? -1 : 1;
}
