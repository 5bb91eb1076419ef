import { createDayReader, dayText } from "../../data/calendar/day";
import { checkTable, columnOf, rowsAt, type RowId, type Table } from "../../data/table";
import { cellAt } from "../../data/column";
import { checkShape } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { readAsOf } from "../../features/calendar/as-of";
import { cutoffAt } from "../../features/transactions/cutoff";
import { prepareLog } from "../../features/transactions/log";
import { periodOf, periodsPerUnit } from "../../features/transactions/periods";
import { createPurchaseColumns, createPurchaseScratch, readPurchases } from "../../features/transactions/read-purchases";
import { checkUnit, type SummarizeTransactionsOptions } from "../../features/transactions/summarize";
import type { PurchasePredictor } from "../transaction-model/predictor";
import { lastDayOf } from "./period-days";

/** Options of {@link computeAlivePath}: the customer, and how the log is read. */
export interface AlivePathOptions extends Omit<SummarizeTransactionsOptions, "customers" | "gaps" | "unit"> {
  /** The customer's id. */
  readonly customer: RowId;
  /** The unit of time in which the model was fitted. @defaultValue `period` */
  readonly unit?: SummarizeTransactionsOptions["unit"];
}

export const ALIVE_PATH_OPTIONS = {
  customer: { kind: "custom", required: true },
  asOf: { kind: "custom", required: true },
  interval: { kind: "oneOf", values: ["closed", "open"], default: "closed" },
  timeZone: { kind: "text", default: "UTC" },
  period: { kind: "oneOf", values: ["day", "week", "month"], default: "day" },
  unit: { kind: "oneOf", values: ["day", "week", "month", "year"] },
  id: { kind: "text", default: "customerId" },
  time: { kind: "text", default: "timestamp" },
  value: { kind: "custom" },
  order: { kind: "text" },
  returns: { kind: "oneOf", values: ["net", "separate", "ignore", "error"], default: "net" },
  cancelled: { kind: "custom" },
  zeroOrders: { kind: "oneOf", values: ["count", "ignore"], default: "count" },
} as const;

/** What {@link computeAlivePath} returns. */
export interface AlivePath {
  /** The last day of each period from the first purchase on: each day, unless periods are longer. */
  readonly day: readonly string[];
  /** Time since the first purchase, in the unit. */
  readonly age: Float64Array;
  /** P(alive) as it was known at the end of the period. */
  readonly alive: Float64Array;
  /** Repeat purchases by then. */
  readonly frequency: Float64Array;
}

/**
 * How P(alive) of one customer went, day by day: it jumps with a purchase and falls in silence, the faster, the more often the customer used to buy.
 *
 * Each point is what the model says of what was known on that day. The model is one for all points.
 *
 * @param transactions - a log as `summarizeTransactions` reads it
 * @param model - what `fitBgNbd`, `fitMbgNbd`, `fitParetoNbd` or `fitBgBb` returns
 * @throws ClienteleError `invalidOption` for a customer without a purchase; as `summarizeTransactions`.
 * @example
 * ```ts
 * import { computeAlivePath, fitMbgNbd } from "clientele/clv";
 * import { tableFromColumns } from "clientele/data";
 *
 * const model = fitMbgNbd({
 *   frequency: [0, 1, 1, 2, 2, 4, 7, 12],
 *   recency: [0, 10, 40, 20, 50, 45, 49, 51],
 *   age: [52, 52, 52, 52, 52, 52, 52, 52],
 *   weights: [500, 90, 60, 50, 40, 30, 20, 10],
 * });
 * const log = tableFromColumns({
 *   customerId: ["ann", "ann", "ann", "bob"],
 *   timestamp: [new Date("2026-01-01"), new Date("2026-01-15"), new Date("2026-02-01"), new Date("2026-02-01")],
 *   amount: [10, 20, 30, 40],
 * });
 * const path = computeAlivePath(log, model, { customer: "ann", asOf: "2026-06-30", unit: "week" });
 * console.log(path.day.length, path.day[31], path.frequency[31]); // 181 "2026-02-01" 2
 * console.log(path.alive[30]! < path.alive[31]!, path.alive[31]! > path.alive[180]!); // true true
 * ```
 */
export function computeAlivePath(transactions: Table, model: PurchasePredictor, options: AlivePathOptions): AlivePath {
  const caller = "computeAlivePath";
  checkTable(caller, "transactions", transactions);
  checkShape(caller, "model", model, "a fitted transaction model", ({ predictAlive }) => typeof predictAlive === "function");
  const { customer, asOf, interval, unit: givenUnit, value = "amount", ...columns } = readOptions<AlivePathOptions, typeof ALIVE_PATH_OPTIONS>(caller, options, ALIVE_PATH_OPTIONS);
  const { period } = columns;
  const perUnit = periodsPerUnit(period, checkUnit(caller, period, givenUnit));
  const cutoff = cutoffAt(readAsOf(caller, asOf, createDayReader(caller, columns.timeZone)), interval);
  const log = prepareLog(caller, rowsOf(caller, transactions, columns.id, customer), { ...columns, value });
  const scratch = createPurchaseScratch(log);
  const found = createPurchaseColumns(1);
  if (log.ids.length > 0) readPurchases(log, 0, cutoff, scratch, found, 0);
  const count = found.periodCount[0]!;
  if (count === 0) {
    const rule = "the id of a customer with a purchase by asOf";
    throw new ClienteleError("invalidOption", `customer must be ${rule}; there is none`, { caller, parameter: "customer", rule });
  }

  const bought = scratch.periods.slice(0, count).sort();
  const first = bought[0]!;
  const length = periodOf(cutoff.day, period) - first + 1;
  const age = Float64Array.from({ length }, (_, k) => k / perUnit);
  const frequency = new Float64Array(length);
  const recency = new Float64Array(length);
  for (let k = 0, next = 1; k < length; k++) {
    while (next < count && bought[next]! <= first + k) next++;
    frequency[k] = next - 1;
    recency[k] = (bought[next - 1]! - first) / perUnit;
  }
  const day = Array.from({ length }, (_, k) => dayText(lastDayOf(first + k, period)));
  return { day, age, alive: model.predictAlive({ frequency, recency, age }), frequency };
}

function rowsOf(caller: string, table: Table, id: string, customer: RowId): Table {
  const column = columnOf(caller, table, id, "id");
  const positions: number[] = [];
  for (let row = 0; row < table.rowCount; row++) if (cellAt(column, row) === customer) positions.push(row);
  return rowsAt(table, positions);
}
