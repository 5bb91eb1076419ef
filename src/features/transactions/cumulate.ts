import type { RowId } from "../../data/table";
import { runToEnd, type Steps } from "../../steps/steps";
import { PurchaseHistory } from "./history";
import type { PreparedLog } from "./log";

/** Two columns of the purchase summary at the end of a day. */
export interface CumulativePurchases {
  readonly day: number;
  /** Purchase days after the first; 0 before the first order, too. */
  readonly frequency: Float64Array;
  /** 0 before the first order; NaN once an order without an amount is among those that count. */
  readonly totalValue: Float64Array;
}

/**
 * What the given customers had bought by the end of each of `days` (ascending day numbers), in one walk over the log:
 * to the bit what a summary at each of them says, in the order of `customers`.
 */
export function cumulateAt(log: PreparedLog, customers: readonly RowId[], days: ArrayLike<number>): CumulativePurchases[] {
  return runToEnd(cumulateAtSteps(log, customers, days));
}

/** Rows and days between two yields: about two milliseconds. */
const OPERATIONS_PER_SLICE = 40_000;

/** {@link cumulateAt} in slices. */
export function* cumulateAtSteps({ ids, rows }: PreparedLog, customers: readonly RowId[], days: ArrayLike<number>): Steps<CumulativePurchases[]> {
  const positionOf = new Map(ids.map((id, position) => [id, position]));
  yield { phase: "following customers", done: 0, total: customers.length };
  const history = new PurchaseHistory(rows);
  const cumulated = Array.from(days, (day) => ({
    day,
    frequency: new Float64Array(customers.length),
    totalValue: new Float64Array(customers.length),
  }));
  let operations = 0;
  for (const [i, id] of customers.entries()) {
    const position = positionOf.get(id)!;
    history.begin(position);
    for (const { day, frequency, totalValue } of cumulated) {
      history.advance(day, Infinity);
      frequency[i] = history.frequency;
      totalValue[i] = history.totalValue;
    }
    operations += rows.starts[position + 1]! - rows.starts[position]! + cumulated.length;
    if (operations >= OPERATIONS_PER_SLICE) {
      operations = 0;
      yield { phase: "following customers", done: i + 1, total: customers.length };
    }
  }
  return cumulated;
}
