import { CategoryBuilder, type Column } from "../../data/column";
import { createTable, type RowId, type Table } from "../../data/table";
import { checkShape } from "../../errors/check";

/** What happened to the rows: `rowCount` is the sum of `orderCount`, `returnCount` and the rows that were left out. */
export interface TransactionReport {
  readonly rowCount: number;
  /** Rows that count as orders. */
  readonly orderCount: number;
  /** Rows with a negative amount, set off against the purchase day before. */
  readonly returnCount: number;
  /** Left out: rows without a customer. */
  readonly missingIdCount: number;
  /** Left out: rows without a time. */
  readonly missingTimeCount: number;
  /** Left out: rows later than `asOf`. */
  readonly afterAsOfCount: number;
  /** Left out: returns with no order of the same customer on the same day or before. */
  readonly unmatchedReturnCount: number;
  /** Orders without an amount: they count as orders, and the customer's values that would contain them are missing. */
  readonly missingValueCount: number;
  /** Customers who occur in the rows and have no order up to `asOf`: they are not in the summary. */
  readonly customersWithoutOrders: number;
}

/**
 * What customers bought up to a day, one position for each customer, sorted by id (texts by code unit).
 * A *purchase day* is a calendar day with one order or more; what is bought on one day is one purchase.
 */
export interface PurchaseSummary {
  readonly customerCount: number;
  readonly id: readonly RowId[];
  /** Orders (rows), returns not counted. */
  readonly orderCount: Float64Array;
  /** Repeat purchase days: purchase days after the first. */
  readonly frequency: Float64Array;
  /** The customer's age at the last purchase: from the first purchase day to the last, in `unit`; 0 without a repeat. */
  readonly recency: Float64Array;
  /** From the first purchase day to `asOf`, in `unit`. */
  readonly age: Float64Array;
  /** From the last purchase day to `asOf`, in days. */
  readonly daysSinceLast: Float64Array;
  /** Mean value of the repeat purchase days, the first left out; NaN (missing) without a repeat. */
  readonly meanValue: Float64Array;
  /** Mean value of all purchase days. */
  readonly meanValueAll: Float64Array;
  readonly totalValue: Float64Array;
  /** The unit of `recency` and `age`. A week is seven days, and not rounded. */
  readonly unit: "day" | "week";
  /** The unit of the value columns, if the amounts had one ("EUR"). */
  readonly valueUnit: string | undefined;
  /** The calendar day up to which was counted, `2026-11-01`. */
  readonly asOf: string;
  readonly timeZone: string;
  readonly report: TransactionReport;
}

/**
 * Puts a purchase summary into a table, to be joined with customers or encoded: the columns `id`, `orderCount`, `frequency`,
 * `recency`, `age`, `daysSinceLast`, `meanValue`, `meanValueAll` and `totalValue`; the row ids are the customers' ids.
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
  const { unit, valueUnit } = summary;
  return createTable(
    caller,
    [
      ["id", idColumn(summary.id)],
      ["orderCount", number(summary.orderCount, undefined)],
      ["frequency", number(summary.frequency, undefined)],
      ["recency", number(summary.recency, `${unit}s`)],
      ["age", number(summary.age, `${unit}s`)],
      ["daysSinceLast", number(summary.daysSinceLast, "days")],
      ["meanValue", number(summary.meanValue, valueUnit)],
      ["meanValueAll", number(summary.meanValueAll, valueUnit)],
      ["totalValue", number(summary.totalValue, valueUnit)],
    ],
    summary.id,
  );
}

/** Ids are all numbers or all texts, as their column was. */
function idColumn(ids: readonly RowId[]): Column {
  const numbers = ids.filter((id) => typeof id === "number");
  if (numbers.length > 0) return { type: "number", values: Float64Array.from(numbers) };
  const builder = new CategoryBuilder();
  return { type: "category", codes: Int32Array.from(ids, (id) => builder.codeFor(String(id))), categories: builder.categories };
}
