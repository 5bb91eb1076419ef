import { createTable, isTable, rowsAt, TABLE_RULE, type RowId, type Table } from "../../data/table";
import { checkShape } from "../../errors/check";
import { checkOption, readOptions } from "../../errors/options";
import { summarizeTransactionsSteps, SUMMARIZE_TRANSACTIONS_OPTIONS, type SummarizeTransactionsOptions } from "../../features/transactions/summarize";
import { tableFromPurchaseSummary } from "../../features/transactions/summary";
import { runToEnd, type Steps } from "../../steps/steps";
import type { ChurnWindow } from "./churn-window";
import { customersAtSteps, SNAPSHOT_OPTIONS, type CustomersAt, type LabelledChurn, type SnapshotOptions } from "./label";
import type { EventLog } from "./label-customers";
import { purchaseRows } from "./purchase-rows";
import { stackColumns, type TakenRows } from "./stack-tables";

/** Options of {@link buildSnapshot}: when customers are looked at, and how their orders are read. */
export interface BuildSnapshotOptions extends SnapshotOptions, Omit<SummarizeTransactionsOptions, "asOf" | "interval" | "customers" | "id" | "time" | "timeZone"> {
  /** Days of the window, as in {@link labelChurn}; without it there are no labels: for scoring today's customers by the same features. */
  readonly horizon?: number | undefined;
  /**
   * Makes the features at one cutoff out of the rows before it: it is given nothing else, so it cannot look ahead. The ids of its rows
   * (`rowIds`) are the customers'; a customer without a row has missing cells. No column of amounts is then read unless `value` names one.
   * @defaultValue the columns of `summarizeTransactions`
   */
  readonly features?: ((past: Table, cutoff: string | number) => Table) | undefined;
}

const BUILD_SNAPSHOT_OPTIONS = { horizon: { kind: "integer", min: 1 }, features: { kind: "function" } } as const;

/** What {@link buildSnapshot} returns: rows in the order of {@link LabelledChurn}. */
export interface Snapshot extends Omit<LabelledChurn, "labels"> {
  /** Features only, neither ids nor labels. The row ids are the customers', with several cutoffs `id@cutoff`. */
  readonly table: Table;
  /** 1 for who churned; undefined without a `horizon`. */
  readonly labels: Uint8Array | undefined;
}

/** A {@link Snapshot} with a `horizon`. */
export interface LabelledSnapshot extends Snapshot {
  readonly labels: Uint8Array;
}

/**
 * What was known of each customer at a cutoff, beside whether they left: the table that a churn model is fitted to.
 *
 * Features are computed from a log that ends before the cutoff: rows at the cutoff or later are taken out first, so nothing that
 * happened then can be in them. Ages and days since are counted to the cutoff. Labels are those of {@link labelChurn}, of the rows that count
 * as purchases: a return or a cancelled order keeps nobody. With several cutoffs a customer has several rows, which belong into one
 * fold: `groups: snapshot.id`.
 *
 * @throws ClienteleError as {@link labelChurn} and `summarizeTransactions`; whatever `features` throws, and `invalidInput` where it does not
 * return a table with the same columns at every cutoff.
 * @example
 * ```ts
 * import { buildSnapshot } from "clientele/churn";
 * import { tableFromColumns } from "clientele/data";
 *
 * const orders = tableFromColumns({
 *   customerId: ["ann", "bob", "ann", "bob", "ann", "cem"],
 *   timestamp: ["2026-01-05", "2026-01-20", "2026-02-10", "2026-02-27", "2026-04-01", "2026-06-30"].map((day) => new Date(day)),
 *   amount: [20, 15, 30, 10, 25, 40],
 * });
 * const { table, id, labels } = buildSnapshot(orders, { cutoff: "2026-03-01", horizon: 90 });
 * console.log(id, labels); // ["ann", "bob"] Uint8Array [0, 1]
 * console.log(table.columns.get("daysSinceLast")); // { type: "number", values: Float64Array [19, 2], unit: "days" }
 * ```
 */
export function buildSnapshot(transactions: Table, options: BuildSnapshotOptions & { readonly horizon: number }): LabelledSnapshot;
export function buildSnapshot(transactions: Table, options: BuildSnapshotOptions): Snapshot;
export function buildSnapshot(transactions: Table, options: BuildSnapshotOptions): Snapshot {
  return runToEnd(buildSnapshotSteps(transactions, options));
}

/** {@link buildSnapshot} in slices. @throws ClienteleError as {@link buildSnapshot}, at the first slice. */
export function buildSnapshotSteps(transactions: Table, options: BuildSnapshotOptions & { readonly horizon: number }): Steps<LabelledSnapshot>;
export function buildSnapshotSteps(transactions: Table, options: BuildSnapshotOptions): Steps<Snapshot>;
export function* buildSnapshotSteps(transactions: Table, options: BuildSnapshotOptions): Steps<Snapshot> {
  const caller = "buildSnapshot";
  const resolved = readOptions(caller, options, optionTable(SUMMARIZE_TRANSACTIONS_OPTIONS));
  const { features, value = features === undefined ? "amount" : null, period, unit, order, returns, cancelled, zeroOrders, gaps, ...when } = resolved;
  if (value !== null) checkOption(caller, "value", value, { kind: "text" }, "a column, or null for none");
  checkShape(caller, "transactions", transactions, TABLE_RULE, isTable);
  const isEvent = purchaseRows(caller, transactions, { id: when.id, time: when.time, value, order, cancelled, zeroOrders });
  const { labelled, windows, log } = yield* customersAtSteps(caller, transactions, { ...when, isEvent });

  const parts: TakenRows[] = [];
  for (const [position, window] of windows.entries()) {
    const past = rowsAt(transactions, rowsBefore(log, window));
    const cutoff = window.axis === "day" ? labelled.snapshots[position]!.cutoff : window.cutoff;
    let table: Table;
    if (features === undefined) {
      const { id, time, timeZone } = when;
      const summary = yield* summarizeTransactionsSteps(past, { asOf: cutoff, interval: "open", id, time, timeZone, value, period, unit, order, returns, cancelled, zeroOrders, gaps });
      table = withoutIds(tableFromPurchaseSummary(summary));
    } else {
      table = features(past, cutoff);
      checkShape(caller, "the result of features", table, "a Table with the customers' ids as rowIds", isTable);
    }
    parts.push({ table, positions: positionsOf(table, labelled, position) });
  }
  const { labels, ...rest } = labelled;
  const table = createTable(caller, stackColumns(caller, parts), rowIdsOf(labelled));
  return { ...rest, labels: when.horizon === undefined ? undefined : labels, table };
}

/** What a summary reads of orders; when it is made, a snapshot says. */
function optionTable({ period, unit, value, order, returns, cancelled, zeroOrders, gaps }: typeof SUMMARIZE_TRANSACTIONS_OPTIONS) {
  return { ...SNAPSHOT_OPTIONS, ...BUILD_SNAPSHOT_OPTIONS, period, unit, value, order, returns, cancelled, zeroOrders, gaps };
}

/** The rows with a customer and a time before the cutoff. */
function rowsBefore({ customers, days, times }: EventLog, { axis, cutoff }: ChurnWindow): Int32Array {
  const places = axis === "day" ? days : times;
  const rows = new Int32Array(customers.length);
  let count = 0;
  for (let row = 0; row < rows.length; row++) if (customers[row]! >= 0 && places[row]! < cutoff) rows[count++] = row;
  return rows.subarray(0, count);
}

/** The column of ids is no feature: it would tell customers apart. */
function withoutIds(table: Table): Table {
  const columns = new Map(table.columns);
  columns.delete("id");
  return { ...table, columns };
}

/** Where the customers of a snapshot stand in a table of features; −1 for one who is not there. */
function positionsOf({ rowCount, rowIds }: Table, { id, snapshot }: CustomersAt["labelled"], position: number): Int32Array {
  const rowOf = new Map<RowId, number>();
  for (let row = 0; row < rowCount; row++) rowOf.set(rowIds[row]!, row);
  const positions: number[] = [];
  for (let i = 0; i < id.length; i++) if (snapshot[i] === position) positions.push(rowOf.get(id[i]!) ?? -1);
  return Int32Array.from(positions);
}

function rowIdsOf({ id, snapshot, snapshots }: LabelledChurn): readonly RowId[] {
  return snapshots.length === 1 ? id : id.map((customer, i) => `${customer}@${snapshots[snapshot[i]!]!.cutoff}`);
}
