import { createDayReader, type DayReader } from "../../data/calendar/day";
import { checkTable, typedColumnOf, type RowId, type Table } from "../../data/table";
import { checkOption } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { readCancelled, type CancelledRows } from "./cancelled";
import { codesOfNumbersSteps, customersOfSteps, idColumnOf } from "./customers";
import { groupRowsSteps, type GroupedRows } from "./group-rows";
import { readListedCustomers, type ListedCustomers } from "./listed-customers";
import { NumberCodes } from "./number-codes";
import { periodsOfDays, type PurchasePeriod } from "./periods";
import { readAmountsSteps, readDaysSteps } from "./read-rows";

/** What a negative amount means. */
export type ReturnPolicy = "net" | "separate" | "ignore" | "error";

/** Where a log has what, and what its rows mean, as in `SummarizeTransactionsOptions`. */
export interface LogColumns {
  readonly timeZone: string;
  readonly id: string;
  readonly time: string;
  readonly value: string | null;
  readonly order?: string | undefined;
  readonly cancelled?: CancelledRows | undefined;
  readonly returns?: ReturnPolicy | undefined;
  readonly zeroOrders?: "count" | "ignore" | undefined;
  readonly period?: PurchasePeriod | undefined;
  readonly customers?: ListedCustomers | undefined;
}

/** A log of transactions, checked, coded and grouped by customer once, to be looked at on many days. */
export interface PreparedLog {
  /** Rows of the table, those without customer or time included. */
  readonly rowCount: number;
  readonly missingIdCount: number;
  readonly missingTimeCount: number;
  /** All customers of the rows and of the list, sorted (texts by code unit). */
  readonly ids: readonly RowId[];
  /** 1 for each customer of the list; undefined where there is none. */
  readonly isListed: Uint8Array | undefined;
  readonly rows: GroupedRows;
  /** Factor of the amounts in `rows`, which are whole minor units; undefined where they are amounts as they came. */
  readonly unitsPerValue: number | undefined;
  /** By row of the table: its time, the code of its order (−1: none), 1 where it is cancelled. */
  readonly times: Float64Array;
  readonly orders: Int32Array | undefined;
  readonly isCancelled: Uint8Array | undefined;
  /** The earliest day of a row, and for each day from there on to the latest the period it falls into. */
  readonly firstDay: number;
  readonly periods: Int32Array;
  readonly period: PurchasePeriod;
  readonly returns: ReturnPolicy;
  readonly zeroOrders: "count" | "ignore";
  readonly timeZone: string;
  /** Reads the calendar days of `timeZone`. */
  readonly dayOf: DayReader;
  /** Whether there is a column of amounts; without, all amounts are NaN. */
  readonly hasValues: boolean;
  readonly valueUnit: string | undefined;
}

/** Reads and groups a log; refuses as `summarizeTransactions` does. */
export function prepareLog(caller: string, transactions: Table, columns: LogColumns): PreparedLog {
  return runToEnd(prepareLogSteps(caller, transactions, columns));
}

/**
 * {@link prepareLog} in slices.
 *
 * @param wholeDays - the log will only be looked at on the ends of days, which saves the way back from a row to its time
 */
export function* prepareLogSteps(caller: string, transactions: Table, columns: LogColumns, wholeDays = false): Steps<PreparedLog> {
  const { timeZone, id, time, value, order, cancelled, returns = "net", zeroOrders = "count", period = "day", customers } = columns;
  checkTable(caller, "transactions", transactions);
  const dayOf = createDayReader(caller, timeZone);
  const idColumn = idColumnOf(caller, transactions, id);
  const times = typedColumnOf(caller, transactions, time, "timestamp", "time").values;
  if (value !== null) checkOption(caller, "value", value, { kind: "text" }, "a column, or null for none");
  const valueColumn = value === null ? undefined : typedColumnOf(caller, transactions, value, "number", "value");
  const orderColumn = order === undefined ? undefined : idColumnOf(caller, transactions, order, "order");
  const isCancelled = cancelled === undefined ? undefined : readCancelled(caller, transactions, cancelled);
  const listed = customers === undefined ? undefined : readListedCustomers(caller, customers, idColumn, id);

  const unitsPerValue = valueColumn === undefined ? 1 : yield* readAmountsSteps(caller, valueColumn.values, String(value), returns);
  const { ids, positions, isListed } = yield* customersOfSteps(idColumn, listed);
  const { days, firstDay, dayCount, missingIdCount, missingTimeCount } = yield* readDaysSteps(caller, times, time, positions, timeZone);
  const orders = orderColumn?.type === "number" ? yield* codesOfNumbersSteps(orderColumn.values, new NumberCodes()) : orderColumn?.codes;
  const keepsRows = !wholeDays || orders !== undefined || isCancelled !== undefined;
  const rows = yield* groupRowsSteps({ customers: positions, days, amounts: valueColumn?.values }, ids.length, unitsPerValue, keepsRows);
  return {
    rowCount: transactions.rowCount,
    missingIdCount,
    missingTimeCount,
    ids,
    isListed,
    rows,
    unitsPerValue,
    times,
    orders,
    isCancelled,
    firstDay,
    periods: periodsOfDays(firstDay, dayCount, period),
    period,
    returns,
    zeroOrders,
    timeZone,
    dayOf,
    hasValues: valueColumn !== undefined,
    valueUnit: valueColumn?.unit,
  };
}
