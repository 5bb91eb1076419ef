import { addUp, createMoneyScratch, type MoneyScratch } from "./add-up";
import { isLate, type Cutoff } from "./cutoff";
import type { PreparedLog } from "./log";

/** What customers had bought by a cutoff, one position for each; {@link readPurchases} fills one. */
export interface PurchaseColumns {
  readonly orderCount: Float64Array;
  /** Periods with a purchase. The next three say nothing where it is 0. */
  readonly periodCount: Float64Array;
  readonly firstPeriod: Float64Array;
  readonly lastPeriod: Float64Array;
  readonly lastDay: Float64Array;
  readonly meanValue: Float64Array;
  readonly meanValueAll: Float64Array;
  readonly totalValue: Float64Array;
  readonly returnCount: Float64Array;
  readonly returnValue: Float64Array;
}

export function createPurchaseColumns(length: number): PurchaseColumns {
  return {
    orderCount: new Float64Array(length),
    periodCount: new Float64Array(length),
    firstPeriod: new Float64Array(length),
    lastPeriod: new Float64Array(length),
    lastDay: new Float64Array(length),
    meanValue: new Float64Array(length),
    meanValueAll: new Float64Array(length),
    totalValue: new Float64Array(length),
    returnCount: new Float64Array(length),
    returnValue: new Float64Array(length),
  };
}

/** Periods with a purchase after the first. */
export function repeatsOf(periodCount: Float64Array): Float64Array {
  const repeats = new Float64Array(periodCount.length);
  for (let i = 0; i < repeats.length; i++) repeats[i] = Math.max(0, periodCount[i]! - 1);
  return repeats;
}

/** Rows of all customers that were read, by what became of them. */
export interface RowCounts {
  purchases: number;
  missingValues: number;
  /** Later than the cutoff, cancelled, of amount 0. */
  late: number;
  cancelled: number;
  zeros: number;
  /** With a purchase before them (or ignored), those among them that name their order, and without one. */
  returns: number;
  linkedReturns: number;
  unmatchedReturns: number;
}

/** Rows of one customer: the day that each counts for, its amount, and the code of its order where the log has such. */
interface Lines {
  count: number;
  readonly days: Int32Array;
  readonly amounts: Float64Array;
  readonly orders: Int32Array;
}

/** Room for reading one customer after the other. An object literal, not a class: its compiled code outlives a collection of garbage. */
export interface PurchaseScratch {
  readonly counts: RowCounts;
  readonly purchases: Lines;
  readonly returns: Lines;
  /** The periods with a purchase of the customer that was read last: as many as his `periodCount`, in no order. */
  readonly periods: Int32Array;
  /** The first and the last day with a purchase. */
  firstDay: number;
  lastDay: number;
  readonly money: MoneyScratch;
  /** The number of this reading, and for each period and order the last reading that met it: nothing is cleared in between. */
  reading: number;
  readonly seenPeriods: Int32Array;
  readonly seenOrders: Int32Array;
  readonly orderDays: Int32Array;
}

export function createPurchaseScratch({ rows, orders, periods, unitsPerValue }: PreparedLog): PurchaseScratch {
  let longest = 0;
  for (let customer = 1; customer < rows.starts.length; customer++) longest = Math.max(longest, rows.starts[customer]! - rows.starts[customer - 1]!);
  let orderCodeCount = 0;
  if (orders !== undefined) for (let row = 0; row < orders.length; row++) if (orders[row]! >= orderCodeCount) orderCodeCount = orders[row]! + 1;
  const lines = (): Lines => ({ count: 0, days: new Int32Array(longest), amounts: new Float64Array(longest), orders: new Int32Array(orders === undefined ? 0 : longest) });
  return {
    counts: { purchases: 0, missingValues: 0, late: 0, cancelled: 0, zeros: 0, returns: 0, linkedReturns: 0, unmatchedReturns: 0 },
    purchases: lines(),
    returns: lines(),
    periods: new Int32Array(longest),
    firstDay: 0,
    lastDay: 0,
    money: createMoneyScratch(unitsPerValue === undefined ? longest : 0),
    reading: 0,
    seenPeriods: new Int32Array(periods.length === 0 ? 0 : periods[periods.length - 1]! - periods[0]! + 1),
    seenOrders: new Int32Array(orderCodeCount),
    orderDays: new Int32Array(orderCodeCount),
  };
}

/** Later than every day of the calendar, for a purchase that there is not: a whole number, to keep days such. */
const NO_DAY = 2 ** 31 - 1;

/** Reads one customer's rows up to the cutoff, and writes to position `at`. The order of the rows changes nothing. */
export function readPurchases(log: PreparedLog, customer: number, cutoff: Cutoff, scratch: PurchaseScratch, columns: PurchaseColumns, at: number): void {
  const { counts, purchases, returns } = scratch;
  scratch.reading++;
  gatherRows(log, customer, cutoff, scratch);
  columns.orderCount[at] = log.orders === undefined ? purchases.count : joinOrders(scratch);
  const periodCount = findPeriods(log, scratch);
  const { firstDay, lastDay } = scratch;
  columns.periodCount[at] = periodCount;
  if (periodCount > 0) {
    columns.firstPeriod[at] = log.periods[firstDay - log.firstDay]!;
    columns.lastPeriod[at] = log.periods[lastDay - log.firstDay]!;
    columns.lastDay[at] = lastDay;
  }
  const secondDay = periodCount > 1 ? firstDayOfNextPeriod(log, purchases, firstDay) : NO_DAY;
  const matched = returns.count === 0 ? 0 : countFrom(returns, firstDay);
  counts.unmatchedReturns += returns.count - matched;
  counts.returns += matched;
  columns.returnCount[at] = matched;
  addUp(log, scratch, firstDay, secondDay, columns, at);
}

/** Sorts the customer's rows into purchases, returns and what is left out. */
function gatherRows(log: PreparedLog, customer: number, cutoff: Cutoff, { counts, purchases, returns }: PurchaseScratch): void {
  const { rows, times, isCancelled, orders } = log;
  const { starts, days, amounts, rows: rowOf } = rows;
  const { lastDay } = cutoff;
  const cutsLastDay = cutoff.lastTime !== Infinity;
  const ignoresReturns = log.returns === "ignore";
  const ignoresZeros = log.zeroOrders === "ignore";
  let purchaseCount = 0;
  let returnCount = 0;
  for (let i = starts[customer]!, end = starts[customer + 1]!; i < end; i++) {
    const day = days[i]!;
    const amount = amounts[i]!;
    if (day > lastDay || (cutsLastDay && day === lastDay && isLate(cutoff, times[rowOf![i]!]!))) {
      counts.late++;
    } else if (amount < 0) {
      if (ignoresReturns) {
        counts.returns++;
        continue;
      }
      returns.days[returnCount] = day;
      returns.amounts[returnCount] = amount;
      if (orders !== undefined) returns.orders[returnCount] = orders[rowOf![i]!]!;
      returnCount++;
    } else if (isCancelled !== undefined && isCancelled[rowOf![i]!] === 1) {
      counts.cancelled++;
    } else if (amount === 0 && ignoresZeros) {
      counts.zeros++;
    } else {
      purchases.days[purchaseCount] = day;
      purchases.amounts[purchaseCount] = amount;
      if (amount !== amount) counts.missingValues++;
      if (orders !== undefined) purchases.orders[purchaseCount] = orders[rowOf![i]!]!;
      purchaseCount++;
    }
  }
  purchases.count = purchaseCount;
  returns.count = returnCount;
  counts.purchases += purchaseCount;
}

/**
 * Rows of one order are one purchase, on the first day of any of them; a return that names its order counts for that day, too.
 * Tells how many orders there are.
 */
function joinOrders({ purchases, returns, seenOrders, orderDays, reading, counts }: PurchaseScratch): number {
  let orderCount = purchases.count;
  for (let k = 0; k < purchases.count; k++) {
    const order = purchases.orders[k]!;
    if (order < 0) continue;
    const day = purchases.days[k]!;
    if (seenOrders[order] !== reading) {
      seenOrders[order] = reading;
      orderDays[order] = day;
      continue;
    }
    orderCount--;
    if (day < orderDays[order]!) orderDays[order] = day;
  }
  for (let k = 0; k < purchases.count; k++) if (purchases.orders[k]! >= 0) purchases.days[k] = orderDays[purchases.orders[k]!]!;
  for (let k = 0; k < returns.count; k++) {
    const order = returns.orders[k]!;
    if (order < 0 || seenOrders[order] !== reading) continue;
    returns.days[k] = orderDays[order]!;
    counts.linkedReturns++;
  }
  return orderCount;
}

/** Lists the periods with a purchase, and counts them; finds the first and the last day of one. */
function findPeriods({ periods: periodOfDay, firstDay: logStart }: PreparedLog, scratch: PurchaseScratch): number {
  const { purchases, periods, seenPeriods, reading } = scratch;
  const { days, count } = purchases;
  const firstPeriod = periodOfDay[0]!;
  let periodCount = 0;
  let firstDay = NO_DAY;
  let lastDay = -NO_DAY;
  for (let k = 0; k < count; k++) {
    const day = days[k]!;
    if (day < firstDay) firstDay = day;
    if (day > lastDay) lastDay = day;
    const period = periodOfDay[day - logStart]!;
    if (seenPeriods[period - firstPeriod] === reading) continue;
    seenPeriods[period - firstPeriod] = reading;
    periods[periodCount++] = period;
  }
  scratch.firstDay = firstDay;
  scratch.lastDay = lastDay;
  return periodCount;
}

function firstDayOfNextPeriod({ periods, firstDay: logStart }: PreparedLog, { days, count }: Lines, firstDay: number): number {
  const firstPeriod = periods[firstDay - logStart]!;
  let found = NO_DAY;
  for (let k = 0; k < count; k++) {
    const day = days[k]!;
    if (day < found && periods[day - logStart]! > firstPeriod) found = day;
  }
  return found;
}

function countFrom({ days, count }: Lines, firstDay: number): number {
  let found = 0;
  for (let k = 0; k < count; k++) if (days[k]! >= firstDay) found++;
  return found;
}
