import { createDayReader, dayText } from "../../data/calendar/day";
import type { Table } from "../../data/table";
import { describeOption } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { readAsOf } from "../calendar/as-of";
import { cutoffAt, type Cutoff } from "./cutoff";
import { prepareLogSteps, type PreparedLog } from "./log";
import { periodOf, periodsPerUnit } from "./periods";
import { createPurchaseColumns, createPurchaseScratch, readPurchases } from "./read-purchases";
import { checkUnit, summarizeAtSteps, SUMMARIZE_TRANSACTIONS_OPTIONS, type SummarizeTransactionsOptions } from "./summarize";
import type { PurchaseSummary } from "./summary";

/** Options of {@link splitTransactions}: those of a summary, and where it is cut. */
export interface SplitTransactionsOptions extends SummarizeTransactionsOptions {
  /** The end of the calibration, given as `asOf` is; the holdout runs from there to `asOf`. `interval` holds for both ends. */
  readonly calibrationEnd: string | number;
}

/** What {@link splitTransactions} returns. */
export interface TransactionSplit {
  /** What was known at `calibrationEnd`: to the bit what `summarizeTransactions` says of that moment. */
  readonly calibration: PurchaseSummary;
  /** What its customers did afterwards. */
  readonly holdout: HoldoutPurchases;
}

/** What customers did in the holdout: one position for each customer of the calibration, and none for those who came later. */
export interface HoldoutPurchases {
  /** Orders, returns not counted. */
  readonly orderCount: Float64Array;
  /** Periods with a purchase. A period in which the customer had already bought by the end of the calibration is not counted again. */
  readonly frequency: Float64Array;
  /** Mean value of these periods: `totalValue / frequency`; NaN without one. */
  readonly meanValue: Float64Array;
  /** What was spent, less what was returned in the holdout, of earlier purchases too (with `returns: "net"`). */
  readonly totalValue: Float64Array;
  /** From the end of the calibration to `asOf`, in the `unit` of the calibration. */
  readonly duration: number;
  /** The calendar day of `asOf`. */
  readonly asOf: string;
  /** Customers whose first order came in the holdout, and who are not listed: they are in neither part. */
  readonly newCustomerCount: number;
}

/**
 * Cuts a log in two, to check a model on what it has not seen: the summary of each customer at the end of the calibration,
 * beside what the same customer did from there to `asOf`.
 *
 * For each customer the parts add up: the periods with a purchase and `totalValue` are together those of a summary at `asOf`.
 * Nothing of the holdout is used for the calibration: which customers there are, how orders are put together and what a return belongs to
 * is decided on what was known at its end.
 *
 * @throws ClienteleError as {@link summarizeTransactions}, and `invalidOption` for a `calibrationEnd` that is not before `asOf`.
 * @example
 * ```ts
 * import { tableFromColumns } from "clientele/data";
 * import { splitTransactions } from "clientele/features";
 *
 * const orders = tableFromColumns({
 *   customerId: ["ann", "ann", "ann", "bob", "cem"],
 *   timestamp: [new Date("2026-01-05"), new Date("2026-02-01"), new Date("2026-04-10"), new Date("2026-03-01"), new Date("2026-05-01")],
 *   amount: [20, 30, 15, 50, 10],
 * });
 * const { calibration, holdout } = splitTransactions(orders, { calibrationEnd: "2026-03-31", asOf: "2026-06-30" });
 * console.log(calibration.id, calibration.frequency); // ["ann", "bob"] Float64Array [1, 0]
 * console.log(holdout.frequency, holdout.totalValue); // Float64Array [1, 0] Float64Array [15, 0]
 * console.log(holdout.duration, holdout.newCustomerCount); // 91 1
 * ```
 */
export function splitTransactions(transactions: Table, options: SplitTransactionsOptions): TransactionSplit {
  return runToEnd(splitTransactionsSteps(transactions, options));
}

/** {@link splitTransactions} in slices. @throws ClienteleError as {@link splitTransactions}, at the first slice. */
export function* splitTransactionsSteps(transactions: Table, options: SplitTransactionsOptions): Steps<TransactionSplit> {
  const caller = "splitTransactions";
  const table = { ...SUMMARIZE_TRANSACTIONS_OPTIONS, calibrationEnd: { kind: "custom", required: true } } as const;
  const { calibrationEnd, asOf, interval, unit: givenUnit, gaps, value = "amount", ...columns } = readOptions<SplitTransactionsOptions, typeof table>(caller, options, table);
  const unit = checkUnit(caller, columns.period, givenUnit);
  const dayOf = createDayReader(caller, columns.timeZone);
  const start = readAsOf(caller, calibrationEnd, dayOf, "calibrationEnd");
  const end = readAsOf(caller, asOf, dayOf);
  if (start.day > end.day || (start.day === end.day && start.lastTime >= end.lastTime)) {
    const rule = `before asOf (${describeOption(asOf)})`;
    throw new ClienteleError("invalidOption", `calibrationEnd must be ${rule}; got ${describeOption(calibrationEnd)}`, { caller, parameter: "calibrationEnd", rule, value: calibrationEnd });
  }
  const wholeDays = start.lastTime === Infinity && end.lastTime === Infinity;
  const log = yield* prepareLogSteps(caller, transactions, { ...columns, value }, wholeDays);
  const calibration = yield* summarizeAtSteps(log, cutoffAt(start, interval), unit, gaps);
  const followed = yield* followSteps(log, calibration, cutoffAt(start, interval), cutoffAt(end, interval));
  const duration = (periodOf(end.day, log.period) - periodOf(start.day, log.period)) / periodsPerUnit(log.period, unit);
  return { calibration, holdout: { ...followed, duration, asOf: dayText(end.day) } };
}

/** Rows read between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 30_000;

/** What the customers of the calibration did between the cutoffs, and how many came new. */
function* followSteps(log: PreparedLog, calibration: PurchaseSummary, start: Cutoff, end: Cutoff): Steps<Omit<HoldoutPurchases, "duration" | "asOf">> {
  const { ids, rows, hasValues } = log;
  const { id, customerCount } = calibration;
  const scratch = createPurchaseScratch(log);
  const columns = createPurchaseColumns(2);
  const orderCount = new Float64Array(customerCount);
  const frequency = new Float64Array(customerCount);
  const totalValue = new Float64Array(customerCount);
  let newCustomerCount = 0;
  let sliceEnd = ROWS_PER_SLICE;
  for (let customer = 0, at = 0; customer < ids.length; customer++) {
    readPurchases(log, customer, end, scratch, columns, 1);
    // The customers of the calibration stand in the order of the log's.
    if (ids[customer] === id[at]) {
      readPurchases(log, customer, start, scratch, columns, 0);
      orderCount[at] = columns.orderCount[1]! - columns.orderCount[0]!;
      frequency[at] = columns.periodCount[1]! - columns.periodCount[0]!;
      totalValue[at] = hasValues ? difference(columns.totalValue[1]!, columns.totalValue[0]!, log.unitsPerValue) : NaN;
      at++;
    } else if (columns.periodCount[1]! > 0) newCustomerCount++;
    if (rows.starts[customer + 1]! + customer >= sliceEnd) {
      sliceEnd = rows.starts[customer + 1]! + customer + ROWS_PER_SLICE;
      yield { phase: "following customers", done: customer + 1, total: ids.length };
    }
  }
  const meanValue = totalValue.map((total, i) => (frequency[i] === 0 ? NaN : total / frequency[i]!));
  return { orderCount, frequency, meanValue, totalValue, newCustomerCount };
}

/** Of amounts in whole minor units, exact. */
function difference(later: number, earlier: number, unitsPerValue: number | undefined): number {
  if (unitsPerValue === undefined) return later - earlier;
  return (Math.round(later * unitsPerValue) - Math.round(earlier * unitsPerValue)) / unitsPerValue;
}
