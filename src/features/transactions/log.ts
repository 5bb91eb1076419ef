import type { CategoryColumn, NumberColumn } from "../../data/column";
import { checkTable, columnOf, typedColumnOf, type RowId, type Table } from "../../data/table";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { checkOption } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { createDayReader, isTime, type DayReader } from "../../data/calendar/day";
import { customersOfSteps } from "./customers";
import { sortRowsSteps, type SortedRows, type TransactionRows } from "./sort-rows";

/** Where a log has what, as in `SummarizeTransactionsOptions`. */
export interface LogColumns {
  readonly timeZone: string;
  readonly id: string;
  readonly time: string;
  readonly value: string | null;
  readonly returns?: "net" | "error" | undefined;
}

/** A log of transactions, checked, coded and sorted once, to be looked at on many days. */
export interface PreparedLog {
  /** Rows of the table, those without customer or time included. */
  readonly rowCount: number;
  readonly missingIdCount: number;
  readonly missingTimeCount: number;
  /** All customers, sorted (texts by code unit). */
  readonly ids: readonly RowId[];
  readonly rows: SortedRows;
  readonly timeZone: string;
  /** Reads the calendar days of `timeZone`. */
  readonly dayOf: DayReader;
  /** Whether there is a column of amounts; without, all amounts are NaN. */
  readonly hasValues: boolean;
  readonly valueUnit: string | undefined;
}

/** Reads and sorts a log; refuses as `summarizeTransactions` does. */
export function prepareLog(caller: string, transactions: Table, columns: LogColumns): PreparedLog {
  return runToEnd(prepareLogSteps(caller, transactions, columns));
}

/** {@link prepareLog} in slices. */
export function* prepareLogSteps(caller: string, transactions: Table, { timeZone, id, time, value, returns = "net" }: LogColumns): Steps<PreparedLog> {
  checkTable(caller, "transactions", transactions);
  const dayOf = createDayReader(caller, timeZone);
  const idColumn = idColumnOf(caller, transactions, id);
  const times = typedColumnOf(caller, transactions, time, "timestamp", "time").values;
  if (value !== null) checkOption(caller, "value", value, { kind: "text" }, "a column, or null for none");
  const valueColumn = value === null ? undefined : typedColumnOf(caller, transactions, value, "number", "value");
  yield* checkTimesSteps(caller, times, time);
  if (valueColumn !== undefined) yield* checkAmountsSteps(caller, valueColumn.values, String(value), returns);

  const { ids, positions } = yield* customersOfSteps(idColumn);
  const { rows, ...left } = yield* readRowsSteps(positions, times, valueColumn?.values, dayOf);
  return {
    rowCount: transactions.rowCount,
    ...left,
    ids,
    rows: yield* sortRowsSteps(rows, ids.length),
    timeZone,
    dayOf,
    hasValues: valueColumn !== undefined,
    valueUnit: valueColumn?.unit,
  };
}

/** Rows between two yields: about two milliseconds, of which a time zone takes most. */
const ROWS_PER_SLICE = 20_000;

/** The same for a look at each cell. */
const CHECKS_PER_SLICE = 200_000;

/** The rows that have a customer and a time, and how many were left out why. */
interface ReadRows {
  readonly rows: TransactionRows;
  readonly missingIdCount: number;
  readonly missingTimeCount: number;
}

function* readRowsSteps(positions: Int32Array, times: Float64Array, amounts: Float64Array | undefined, dayOf: DayReader): Steps<ReadRows> {
  const total = positions.length;
  const rows = { customers: new Int32Array(total), days: new Int32Array(total), times: new Float64Array(total), amounts: new Float64Array(total) };
  let count = 0;
  let missingIdCount = 0;
  let missingTimeCount = 0;
  for (let start = 0; start < total; start += ROWS_PER_SLICE) {
    const end = Math.min(total, start + ROWS_PER_SLICE);
    for (let row = start; row < end; row++) {
      const time = times[row]!;
      if (positions[row]! < 0) missingIdCount++;
      else if (Number.isNaN(time)) missingTimeCount++;
      else {
        rows.customers[count] = positions[row]!;
        rows.days[count] = dayOf(time);
        rows.times[count] = time;
        rows.amounts[count++] = amounts === undefined ? NaN : amounts[row]!;
      }
    }
    yield { phase: "reading transactions", done: end, total };
  }
  const { customers, days } = rows;
  return {
    rows: {
      customers: customers.subarray(0, count),
      days: days.subarray(0, count),
      times: rows.times.subarray(0, count),
      amounts: rows.amounts.subarray(0, count),
    },
    missingIdCount,
    missingTimeCount,
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

function* checkTimesSteps(caller: string, times: Float64Array, column: string): Steps<void> {
  for (let row = 0; row < times.length; row++) {
    const time = times[row]!;
    if (!Number.isNaN(time) && !isTime(time)) {
      const rule = "milliseconds since 1970 within the range of Date";
      const message = `row ${row}, column ${JSON.stringify(column)} must be ${rule}; got ${time}`;
      throw new ClienteleError("invalidInput", message, { caller, parameter: "time", column, row, rule, value: time });
    }
    if ((row + 1) % CHECKS_PER_SLICE === 0) yield { phase: "checking times", done: row + 1, total: times.length };
  }
}

function* checkAmountsSteps(caller: string, amounts: Float64Array, column: string, returns: "net" | "error"): Steps<void> {
  for (let row = 0; row < amounts.length; row++) {
    const amount = amounts[row]!;
    if (Math.abs(amount) === Infinity) {
      const message = `row ${row}, column ${JSON.stringify(column)} must be finite or missing; got ${describeValue(amount)}`;
      throw new ClienteleError("nonFinite", message, { caller, parameter: "value", column, row, rule: "finite or missing", value: amount });
    }
    if (amount < 0 && returns === "error") {
      const message = `row ${row}, column ${JSON.stringify(column)} is negative; remove it, or let returns: "net" set it off against the purchase before`;
      throw new ClienteleError("invalidInput", message, { caller, parameter: "value", column, row, rule: "at least 0" });
    }
    if ((row + 1) % CHECKS_PER_SLICE === 0) yield { phase: "checking amounts", done: row + 1, total: amounts.length };
  }
}
