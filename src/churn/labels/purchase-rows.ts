import { columnOf, typedColumnOf, type Table } from "../../data/table";
import { groupRows } from "../../data/row-groups";
import { readCancelled, type CancelledRows } from "../../features/transactions/cancelled";

/** What counts as a purchase, as in `summarizeTransactions`. */
export interface PurchaseRules {
  readonly id: string;
  readonly time: string;
  readonly value: string | null;
  readonly order: string | undefined;
  readonly cancelled: CancelledRows | undefined;
  readonly zeroOrders: "count" | "ignore";
}

/**
 * 1 for each row that makes a purchase: neither negative nor cancelled nor, where such are ignored, of amount 0. Of an order of several
 * rows only its first row does: one that is delivered later is not a second visit.
 */
export function purchaseRows(caller: string, transactions: Table, { id, time, value, order, cancelled, zeroOrders }: PurchaseRules): Uint8Array {
  const isPurchase = new Uint8Array(transactions.rowCount).fill(1);
  if (value !== null) {
    const amounts = typedColumnOf(caller, transactions, value, "number", "value").values;
    for (let row = 0; row < amounts.length; row++) if (amounts[row]! < 0 || (amounts[row] === 0 && zeroOrders === "ignore")) isPurchase[row] = 0;
  }
  if (cancelled !== undefined) {
    const isCancelled = readCancelled(caller, transactions, cancelled);
    for (let row = 0; row < isCancelled.length; row++) if (isCancelled[row] === 1) isPurchase[row] = 0;
  }
  if (order !== undefined) {
    const times = typedColumnOf(caller, transactions, time, "timestamp", "time").values;
    keepFirstOfOrder(groupRows([columnOf(caller, transactions, id, "id"), columnOf(caller, transactions, order, "order")], isPurchase, "none"), times, isPurchase);
  }
  return isPurchase;
}

function keepFirstOfOrder({ groups, count }: { readonly groups: Int32Array; readonly count: number }, times: Float64Array, isPurchase: Uint8Array): void {
  const first = new Int32Array(count).fill(-1);
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row]!;
    if (group < 0 || Number.isNaN(times[row])) continue;
    const earlier = first[group]!;
    if (earlier < 0 || times[row]! < times[earlier]!) first[group] = row;
  }
  for (let row = 0; row < groups.length; row++) if (groups[row]! >= 0 && first[groups[row]!] !== row) isPurchase[row] = 0;
}
