import type { RowId } from "../../data/table";
import type { Steps } from "../../steps/steps";
import type { AsOf } from "../calendar/as-of";
import { PurchaseHistory } from "./history";
import type { PreparedLog } from "./log";

/** The columns of a purchase summary in days, and the counts of rows. */
export interface Purchases {
  readonly id: readonly RowId[];
  readonly orderCount: Float64Array;
  readonly frequency: Float64Array;
  readonly firstDay: Float64Array;
  readonly lastDay: Float64Array;
  readonly meanValue: Float64Array;
  readonly meanValueAll: Float64Array;
  readonly totalValue: Float64Array;
  readonly orders: number;
  readonly returns: number;
  readonly unmatchedReturns: number;
  readonly missingValues: number;
}

/** Rows between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 40_000;

/** Walks through each customer's rows once. Customers without an order are left out. */
export function* collectPurchasesSteps({ ids, rows }: PreparedLog, { day, lastTime }: AsOf): Steps<Purchases> {
  const history = new PurchaseHistory(rows);
  const id: RowId[] = [];
  const orderCount = new Float64Array(ids.length);
  const frequency = new Float64Array(ids.length);
  const firstDay = new Float64Array(ids.length);
  const lastDay = new Float64Array(ids.length);
  const meanValue = new Float64Array(ids.length);
  const meanValueAll = new Float64Array(ids.length);
  const totalValue = new Float64Array(ids.length);
  let orders = 0;
  let returns = 0;
  let unmatchedReturns = 0;
  let missingValues = 0;
  let sliceEnd = ROWS_PER_SLICE;
  for (let customer = 0; customer < ids.length; customer++) {
    history.begin(customer);
    history.advance(day, lastTime);
    orders += history.orderCount;
    returns += history.returnCount;
    unmatchedReturns += history.unmatchedReturnCount;
    missingValues += history.missingValueCount;
    if (history.orderCount > 0) {
      const kept = id.push(ids[customer]!) - 1;
      orderCount[kept] = history.orderCount;
      frequency[kept] = history.frequency;
      firstDay[kept] = history.firstDay;
      lastDay[kept] = history.lastDay;
      meanValue[kept] = history.meanValue;
      meanValueAll[kept] = history.meanValueAll;
      totalValue[kept] = history.totalValue;
    }
    if (rows.starts[customer + 1]! >= sliceEnd) {
      sliceEnd = rows.starts[customer + 1]! + ROWS_PER_SLICE;
      yield { phase: "summarizing customers", done: customer + 1, total: ids.length };
    }
  }
  const take = (values: Float64Array): Float64Array => values.slice(0, id.length);
  return {
    id,
    orderCount: take(orderCount),
    frequency: take(frequency),
    firstDay: take(firstDay),
    lastDay: take(lastDay),
    meanValue: take(meanValue),
    meanValueAll: take(meanValueAll),
    totalValue: take(totalValue),
    orders,
    returns,
    unmatchedReturns,
    missingValues,
  };
}
