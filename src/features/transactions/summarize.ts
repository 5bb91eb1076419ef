import type { CategoryColumn, NumberColumn } from "../../data/column";
import { columnOf, typedColumnOf, type Table } from "../../data/table";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions } from "../../errors/options";
import { readAsOf } from "../calendar/as-of";
import { createDayReader, dayText, isTime } from "../calendar/day";
import { collectPurchases } from "./purchases";
import { countRows, customersOf, sortRows } from "./rows";
import type { PurchaseSummary } from "./summary";

/** Options of {@link summarizeTransactions}. */
export interface SummarizeTransactionsOptions {
  /**
   * The moment at which customers are looked at; nothing later is counted. A date (`"2026-11-01"`) is a calendar day of `timeZone`
   * and all of it counts; a time (`"2026-11-01T09:30:00Z"`, with its offset, or milliseconds since 1970) counts up to and with itself.
   */
  readonly asOf: string | number;
  /**
   * The IANA time zone whose midnights separate the days. Where the log holds dates without a time (read as UTC midnight),
   * it must stay `"UTC"`. @defaultValue "UTC"
   */
  readonly timeZone?: string | undefined;
  /** The unit of `recency` and `age`; weeks are days / 7, not rounded. @defaultValue "day" */
  readonly unit?: "day" | "week" | undefined;
  /** The column of customers' ids: text or number. @defaultValue "customerId" */
  readonly id?: string | undefined;
  /** The timestamp column. @defaultValue "timestamp" */
  readonly time?: string | undefined;
  /** The number column of amounts; null when there are none (every value is then missing). @defaultValue "amount" */
  readonly value?: string | null | undefined;
  /**
   * What a negative amount means. `"net"`: a return, which is no purchase and lowers the value of the customer's purchase day
   * on or before it; `"error"`: a mistake, refused with its row. @defaultValue "net"
   */
  readonly returns?: "net" | "error" | undefined;
}

const SUMMARIZE_TRANSACTIONS_OPTIONS = {
  asOf: { kind: "custom", required: true },
  timeZone: { kind: "text", default: "UTC" },
  unit: { kind: "oneOf", values: ["day", "week"], default: "day" },
  id: { kind: "text", default: "customerId" },
  time: { kind: "text", default: "timestamp" },
  value: { kind: "custom" },
  returns: { kind: "oneOf", values: ["net", "error"], default: "net" },
} as const;

/**
 * Turns a log of orders (one row for each) into what RFM scores and lifetime value models read: how often, how recently,
 * for how long and for how much each customer bought.
 *
 * Orders of one calendar day are one purchase. `frequency` counts purchases after the first, `recency` is the customer's
 * *age at* the last purchase (not the time since: that is `daysSinceLast`), `age` is the time from the first purchase to `asOf`,
 * `meanValue` leaves the first purchase out (Fader, Hardie and Lee 2005). Ages are differences of calendar days, so summer time
 * does not shift them. Amounts with up to four decimals are added in whole minor units, without rounding errors.
 *
 * An order of amount 0 counts as an order. Rows without customer or time, rows after `asOf` and returns without a purchase
 * before them are left out and counted in `report`. An order without an amount counts as an order; the customer's values
 * that would contain it are missing (NaN).
 *
 * The result does not depend on the order of the rows. n rows of m customers take O(n log n) at worst.
 *
 * @throws ClienteleError `unknownColumn` or `invalidInput` for a column that is absent or of another type; `invalidOption` for
 * an `asOf` or `timeZone` that cannot be read; `nonFinite` with the row for an infinite amount; `invalidInput` with the row for
 * a negative one with `returns: "error"`.
 * @example
 * ```ts
 * import { tableFromColumns } from "clientele/data";
 * import { summarizeTransactions } from "clientele/features";
 *
 * const orders = tableFromColumns({
 *   customerId: ["ann", "ann", "bob", "ann"],
 *   timestamp: [new Date("2026-01-05"), new Date("2026-01-19"), new Date("2026-02-01"), new Date("2026-03-30")],
 *   amount: [20, 30, 15, 50],
 * });
 * const summary = summarizeTransactions(orders, { asOf: "2026-03-02", unit: "week" });
 * console.log(summary.id); // ["ann", "bob"]
 * console.log([...summary.frequency]); // [1, 0]
 * console.log([...summary.recency]); // [2, 0]
 * console.log([...summary.age]); // [8, 4.142857142857143]
 * console.log([...summary.meanValue]); // [30, NaN]
 * console.log(summary.report.afterAsOfCount); // 1
 * ```
 */
export function summarizeTransactions(transactions: Table, options: SummarizeTransactionsOptions): PurchaseSummary {
  const caller = "summarizeTransactions";
  const { asOf, timeZone, unit, id, time, value = "amount", returns } = readOptions(caller, options, SUMMARIZE_TRANSACTIONS_OPTIONS);
  const dayOf = createDayReader(caller, timeZone);
  const lastDay = readAsOf(caller, asOf, dayOf);
  const customers = customersOf(idColumnOf(caller, transactions, id));
  const times = timesOf(caller, transactions, time);
  if (value !== null) checkOption(caller, "value", value, { kind: "text" }, "a column, or null for none");
  const valueColumn = value === null ? undefined : amountsOf(caller, transactions, value, returns);

  const { rows, ...leftOut } = countRows(customers.positions, times, valueColumn?.values ?? missingAmounts(times.length), lastDay, dayOf);
  const purchases = collectPurchases(customers.ids, sortRows(rows, customers.ids.length));
  const { returnCount, unmatchedReturnCount } = purchases;
  const daysPerUnit = unit === "week" ? 7 : 1;
  return {
    customerCount: purchases.id.length,
    id: purchases.id,
    orderCount: purchases.orderCount,
    frequency: purchases.frequency,
    recency: purchases.lastDay.map((day, i) => (day - purchases.firstDay[i]!) / daysPerUnit),
    age: purchases.firstDay.map((day) => (lastDay.day - day) / daysPerUnit),
    daysSinceLast: purchases.lastDay.map((day) => lastDay.day - day),
    meanValue: purchases.meanValue,
    meanValueAll: purchases.meanValueAll,
    totalValue: purchases.totalValue,
    unit,
    valueUnit: valueColumn?.unit,
    asOf: dayText(lastDay.day),
    timeZone,
    report: {
      rowCount: transactions.rowCount,
      orderCount: rows.days.length - returnCount - unmatchedReturnCount,
      returnCount,
      ...leftOut,
      unmatchedReturnCount,
      missingValueCount: valueColumn === undefined ? 0 : countNaN(rows.amounts),
      customersWithoutOrders: customers.ids.length - purchases.id.length,
    },
  };
}

function idColumnOf(caller: string, table: Table, name: string): CategoryColumn | NumberColumn {
  const column = columnOf(caller, table, name, "id");
  if (column.type === "category" || column.type === "number") return column;
  throw new ClienteleError("invalidInput", `column ${JSON.stringify(name)} must hold ids (texts or numbers); it is ${column.type}`, {
    caller,
    parameter: "id",
    column: name,
    rule: "type category or number",
  });
}

function timesOf(caller: string, table: Table, name: string): Float64Array {
  const times = typedColumnOf(caller, table, name, "timestamp", "time").values;
  const row = times.findIndex((time) => !Number.isNaN(time) && !isTime(time));
  if (row < 0) return times;
  const rule = "milliseconds since 1970 within the range of Date";
  const message = `row ${row}, column ${JSON.stringify(name)} must be ${rule}; got ${times[row]!}`;
  throw new ClienteleError("invalidInput", message, { caller, parameter: "time", column: name, row, rule, value: times[row] });
}

function amountsOf(caller: string, table: Table, name: string, returns: "net" | "error"): NumberColumn {
  const column = typedColumnOf(caller, table, name, "number", "value");
  for (let row = 0; row < column.values.length; row++) {
    const amount = column.values[row]!;
    if (Math.abs(amount) === Infinity) {
      const message = `row ${row}, column ${JSON.stringify(name)} must be finite or missing; got ${describeValue(amount)}`;
      throw new ClienteleError("nonFinite", message, { caller, parameter: "value", column: name, row, rule: "finite or missing", value: amount });
    }
    if (amount < 0 && returns === "error") {
      const message = `row ${row}, column ${JSON.stringify(name)} is negative; remove it, or let returns: "net" set it off against the purchase before`;
      throw new ClienteleError("invalidInput", message, { caller, parameter: "value", column: name, row, rule: "at least 0" });
    }
  }
  return column;
}

function missingAmounts(count: number): Float64Array {
  return new Float64Array(count).fill(NaN);
}

function countNaN(values: Float64Array): number {
  return values.filter(Number.isNaN).length;
}
