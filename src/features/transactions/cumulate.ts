import type { RowId } from "../../data/table";
import { runToEnd, type Steps } from "../../steps/steps";
import { endOfDay } from "../calendar/as-of";
import { cutoffAt } from "./cutoff";
import type { PreparedLog } from "./log";
import { createPurchaseColumns, createPurchaseScratch, readPurchases, repeatsOf } from "./read-purchases";

/** Two columns of the purchase summary at the end of a day. */
export interface CumulativePurchases {
  readonly day: number;
  /** Purchase periods after the first; 0 before the first order, too. */
  readonly frequency: Float64Array;
  /** 0 before the first order; NaN once an order without an amount is among those that count. */
  readonly totalValue: Float64Array;
}

/** What the given customers had bought by the end of each of `days`, to the bit what a summary at each of them says, in the order of `customers`. */
export function cumulateAt(log: PreparedLog, customers: readonly RowId[], days: ArrayLike<number>): CumulativePurchases[] {
  return runToEnd(cumulateAtSteps(log, customers, days));
}

/** Rows read between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 60_000;

/** {@link cumulateAt} in slices. */
export function* cumulateAtSteps(log: PreparedLog, customers: readonly RowId[], days: ArrayLike<number>): Steps<CumulativePurchases[]> {
  const { ids, rows } = log;
  const positionOf = new Map(ids.map((id, position) => [id, position]));
  yield { phase: "following customers", done: 0, total: customers.length };
  const scratch = createPurchaseScratch(log);
  const looks = Array.from(days, (day) => ({ day, cutoff: cutoffAt(endOfDay(day)), columns: createPurchaseColumns(customers.length) }));
  let rowsRead = 0;
  for (const [i, id] of customers.entries()) {
    const position = positionOf.get(id)!;
    for (const { cutoff, columns } of looks) readPurchases(log, position, cutoff, scratch, columns, i);
    rowsRead += (rows.starts[position + 1]! - rows.starts[position]! + 1) * looks.length;
    if (rowsRead >= ROWS_PER_SLICE) {
      rowsRead = 0;
      yield { phase: "following customers", done: i + 1, total: customers.length };
    }
  }
  return looks.map(({ day, columns }) => ({ day, frequency: repeatsOf(columns.periodCount), totalValue: columns.totalValue }));
}
