import type { RowId } from "../../data/table";
import type { Steps } from "../../steps/steps";
import type { Cutoff } from "./cutoff";
import type { GapCollector } from "./gaps";
import type { PreparedLog } from "./log";
import { createPurchaseColumns, createPurchaseScratch, readPurchases, type PurchaseColumns, type RowCounts } from "./read-purchases";

/** The customers of a summary with their columns, and what became of the rows and of the other customers. */
export interface Purchases {
  readonly id: readonly RowId[];
  readonly columns: PurchaseColumns;
  readonly counts: RowCounts;
  readonly withoutOrders: number;
  readonly prospects: number;
  readonly unlisted: number;
}

/** Rows between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 60_000;

/** Reads each customer's rows once. Customers without an order are left out, unless they are listed. */
export function* collectPurchasesSteps(log: PreparedLog, cutoff: Cutoff, gaps?: GapCollector): Steps<Purchases> {
  const { ids, isListed, rows } = log;
  const columns = createPurchaseColumns(ids.length);
  const scratch = createPurchaseScratch(log);
  const id: RowId[] = [];
  let prospects = 0;
  let unlisted = 0;
  let sliceEnd = ROWS_PER_SLICE;
  for (let customer = 0; customer < ids.length; customer++) {
    // A customer who is left out is overwritten by the next.
    const at = id.length;
    readPurchases(log, customer, cutoff, scratch, columns, at);
    const hasOrder = columns.periodCount[at]! > 0;
    const listed = isListed !== undefined && isListed[customer] === 1;
    if (hasOrder || listed) {
      id.push(ids[customer]!);
      gaps?.add(scratch.periods, columns.periodCount[at]!);
      if (!hasOrder) prospects++;
      else if (isListed !== undefined && !listed) unlisted++;
    }
    // Each customer takes time, with rows or without.
    if (rows.starts[customer + 1]! + customer >= sliceEnd) {
      sliceEnd = rows.starts[customer + 1]! + customer + ROWS_PER_SLICE;
      yield { phase: "summarizing customers", done: customer + 1, total: ids.length };
    }
  }
  return { id, columns: firstOf(columns, id.length), counts: scratch.counts, withoutOrders: ids.length - id.length, prospects, unlisted };
}

function firstOf(columns: PurchaseColumns, count: number): PurchaseColumns {
  if (columns.orderCount.length === count) return columns;
  return {
    orderCount: columns.orderCount.slice(0, count),
    periodCount: columns.periodCount.slice(0, count),
    firstPeriod: columns.firstPeriod.slice(0, count),
    lastPeriod: columns.lastPeriod.slice(0, count),
    lastDay: columns.lastDay.slice(0, count),
    meanValue: columns.meanValue.slice(0, count),
    meanValueAll: columns.meanValueAll.slice(0, count),
    totalValue: columns.totalValue.slice(0, count),
    returnCount: columns.returnCount.slice(0, count),
    returnValue: columns.returnValue.slice(0, count),
  };
}
