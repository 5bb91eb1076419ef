import { CategoryBuilder, type Column } from "../../data/column";
import { createTable, type RowId, type Table } from "../../data/table";
import { checkShape } from "../../errors/check";
import type { PurchaseGaps } from "./gaps";
import type { ReturnPolicy } from "./log";
import type { AgeUnit, PurchasePeriod } from "./periods";

/** What happened to the rows: `rowCount` is the sum of `orderCount`, `returnCount` and the seven counts of rows that were left out. */
export interface TransactionReport {
  readonly rowCount: number;
  /** Rows that count as orders, or as parts of orders where the column `order` says so. */
  readonly orderCount: number;
  /** Rows with a negative amount that have a purchase before them: set off (`returns: "net"`), kept apart (`"separate"`), or all of them, without effect (`"ignore"`). */
  readonly returnCount: number;
  /** Left out: rows without a customer. */
  readonly missingIdCount: number;
  /** Left out: rows without a time. */
  readonly missingTimeCount: number;
  /** Left out: rows later than `asOf`. */
  readonly afterAsOfCount: number;
  /** Left out: returns with no order of the same customer on the same day or before. */
  readonly unmatchedReturnCount: number;
  /** Left out: rows that `cancelled` marks, and that are no return. */
  readonly cancelledCount: number;
  /** Left out: orders of amount 0, with `zeroOrders: "ignore"`. */
  readonly zeroCount: number;
  /** Returns, among `returnCount`, that name an order of the customer. */
  readonly linkedReturnCount: number;
  /** Orders without an amount: they count as orders, and the customer's values that would contain them are missing. */
  readonly missingValueCount: number;
  /** Customers who occur in the rows, have no order up to `asOf`, and are not in the summary. */
  readonly customersWithoutOrders: number;
  /** Customers of the list `customers` without an order up to `asOf`: they are in the summary. */
  readonly prospectCount: number;
  /** Customers with an order whom the list `customers` does not name; 0 without such a list. */
  readonly unlistedCount: number;
}

/**
 * What customers bought up to a day, one position for each customer, sorted by id (texts by code unit).
 * A *purchase period* is a calendar day (or week, or month: `period`) with one order or more; what is bought in one is one purchase.
 * A prospect, a listed customer without an order, has counts of 0, the total 0, and all else missing (NaN).
 */
export interface PurchaseSummary {
  readonly customerCount: number;
  readonly id: readonly RowId[];
  /** Orders, returns not counted: rows, or different order ids where the column `order` holds them. */
  readonly orderCount: Float64Array;
  /** Repeat purchase periods: purchase periods after the first. */
  readonly frequency: Float64Array;
  /** The customer's age at the last purchase: from the first purchase period to the last, in `unit`; 0 without a repeat. */
  readonly recency: Float64Array;
  /** From the first purchase period to that of `asOf`, in `unit`. */
  readonly age: Float64Array;
  /** From the last day with a purchase to `asOf`, in days. */
  readonly daysSinceLast: Float64Array;
  /** Mean value of the repeat purchase periods, the first left out; NaN (missing) without a repeat. */
  readonly meanValue: Float64Array;
  /** Mean value of all purchase periods. */
  readonly meanValueAll: Float64Array;
  readonly totalValue: Float64Array;
  /** Returns (rows) with a purchase before them; 0 with `returns: "ignore"`. */
  readonly returnCount: Float64Array;
  /** What they took back, above 0. Values are after returns with `returns: "net"`, before them with `"separate"` and `"ignore"`. */
  readonly returnValue: Float64Array;
  /** Where `gaps: true` asked for them. */
  readonly gaps: PurchaseGaps | undefined;
  /** Orders of one period are one purchase. */
  readonly period: PurchasePeriod;
  /** The unit of `recency`, `age` and `gaps`. */
  readonly unit: AgeUnit;
  /** The policy for returns. */
  readonly returns: ReturnPolicy;
  /** The unit of the value columns, if the amounts had one ("EUR"). */
  readonly valueUnit: string | undefined;
  /** The calendar day of `asOf`, `2026-11-01`. */
  readonly asOf: string;
  readonly timeZone: string;
  readonly report: TransactionReport;
}

/**
 * Puts a purchase summary into a table, to be joined with customers or encoded: the columns `id`, `orderCount`, `frequency`,
 * `recency`, `age`, `daysSinceLast`, `meanValue`, `meanValueAll` and `totalValue`; with `returns: "separate"` also `returnCount` and
 * `returnValue`, with `gaps: true` also `meanGap`, `medianGap` and `gapDeviation`. The row ids are the customers' ids.
 *
 * The number columns are shared with the summary, not copied.
 *
 * @example
 * ```ts
 * import { tableFromColumns } from "clientele/data";
 * import { summarizeTransactions, tableFromPurchaseSummary } from "clientele/features";
 *
 * const orders = tableFromColumns({
 *   customerId: ["b", "a", "a"],
 *   timestamp: [new Date("2026-03-01"), new Date("2026-01-05"), new Date("2026-02-04")],
 *   amount: [10, 20, 30],
 * });
 * const table = tableFromPurchaseSummary(summarizeTransactions(orders, { asOf: "2026-03-31" }));
 * console.log(table.rowIds); // ["a", "b"]
 * console.log(table.columns.get("age")?.type); // "number"
 * ```
 */
export function tableFromPurchaseSummary(summary: PurchaseSummary): Table {
  const caller = "tableFromPurchaseSummary";
  checkShape(caller, "summary", summary, "what summarizeTransactions returns", ({ id, orderCount }) => Array.isArray(id) && orderCount instanceof Float64Array);
  const number = (values: Float64Array, unit: string | undefined): Column => ({ type: "number", values, unit });
  const { unit, valueUnit, gaps } = summary;
  const times = `${unit}s`;
  return createTable(
    caller,
    [
      ["id", idColumnFrom(summary.id)],
      ["orderCount", number(summary.orderCount, undefined)],
      ["frequency", number(summary.frequency, undefined)],
      ["recency", number(summary.recency, times)],
      ["age", number(summary.age, times)],
      ["daysSinceLast", number(summary.daysSinceLast, "days")],
      ["meanValue", number(summary.meanValue, valueUnit)],
      ["meanValueAll", number(summary.meanValueAll, valueUnit)],
      ["totalValue", number(summary.totalValue, valueUnit)],
      ...(summary.returns === "separate" ? ([["returnCount", number(summary.returnCount, undefined)], ["returnValue", number(summary.returnValue, valueUnit)]] as const) : []),
      ...(gaps === undefined ? [] : ([["meanGap", number(gaps.mean, times)], ["medianGap", number(gaps.median, times)], ["gapDeviation", number(gaps.standardDeviation, times)]] as const)),
    ],
    summary.id,
  );
}

/** Ids are all numbers or all texts, as their column was. */
export function idColumnFrom(ids: readonly RowId[]): Column {
  const numbers = ids.filter((id) => typeof id === "number");
  if (numbers.length > 0) return { type: "number", values: Float64Array.from(numbers) };
  const builder = new CategoryBuilder();
  return { type: "category", codes: Int32Array.from(ids, (id) => builder.codeFor(String(id))), categories: builder.categories };
}
