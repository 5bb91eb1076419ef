import { isCalendarDay } from "../../data/calendar/day";
import { createOffsetReader, type OffsetReader } from "../../data/calendar/zone-offset";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import type { Steps } from "../../steps/steps";
import type { ReturnPolicy } from "./log";
import { includeAmounts, unitsPerValueOf } from "./minor-units";

const MS_PER_DAY = 86_400_000;

/** Rows between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 100_000;

/** The calendar days of rows, and how many were left out why. */
export interface ReadDays {
  /** By row; of a row that is left out, nothing that means anything. */
  readonly days: Int32Array;
  readonly firstDay: number;
  /** Days from the first to the last; 0 when no row counts. */
  readonly dayCount: number;
  readonly missingIdCount: number;
  readonly missingTimeCount: number;
}

/** Reads the days of the rows that have a customer, and takes the customer from rows without a time (position −1). */
export function* readDaysSteps(caller: string, times: Float64Array, column: string, customers: Int32Array, timeZone: string): Steps<ReadDays> {
  const offsetAt = timeZone === "UTC" ? undefined : createOffsetReader(caller, timeZone);
  const utc = { firstDay: Infinity, lastDay: -Infinity };
  for (let start = 0; start < times.length; start += ROWS_PER_SLICE) {
    const end = Math.min(times.length, start + ROWS_PER_SLICE);
    const refused = includeUtcDays(utc, times, start, end);
    if (refused >= 0) throw outsideCalendar(caller, column, refused, times[refused]!);
    yield { phase: "checking times", done: end, total: times.length };
  }
  const offsets = { firstDay: utc.firstDay, byDay: new Float64Array(utc.lastDay < utc.firstDay ? 0 : utc.lastDay - utc.firstDay + 1).fill(offsetAt === undefined ? 0 : UNKNOWN), offsetAt };
  const read = { days: new Int32Array(times.length), firstDay: Infinity, lastDay: -Infinity, missingIdCount: 0, missingTimeCount: 0 };
  for (let start = 0; start < times.length; start += ROWS_PER_SLICE) {
    const end = Math.min(times.length, start + ROWS_PER_SLICE);
    readDays(read, times, customers, offsets, start, end);
    yield { phase: "reading transactions", done: end, total: times.length };
  }
  const { days, firstDay, lastDay, missingIdCount, missingTimeCount } = read;
  const dayCount = lastDay < firstDay ? 0 : lastDay - firstDay + 1;
  return { days, firstDay: dayCount === 0 ? 0 : firstDay, dayCount, missingIdCount, missingTimeCount };
}

/** Widens a range of UTC days by those of the times; the first row whose time lies outside the calendar, −1 if none does. */
function includeUtcDays(range: { firstDay: number; lastDay: number }, times: Float64Array, start: number, end: number): number {
  let first = range.firstDay * MS_PER_DAY;
  let last = (range.lastDay + 1) * MS_PER_DAY - 1;
  for (let row = start; row < end; row++) {
    const time = times[row]!;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  range.firstDay = Math.floor(first / MS_PER_DAY);
  range.lastDay = Math.floor(last / MS_PER_DAY);
  if (first > last || (isCalendarDay(range.firstDay) && isCalendarDay(range.lastDay))) return -1;
  return times.findIndex((time, row) => row >= start && time === time && !isCalendarDay(Math.floor(time / MS_PER_DAY)));
}

/** In {@link Offsets}: nobody has asked yet, or the offset changes on that day. */
const UNKNOWN = NaN;
const CHANGES = Infinity;

/** Offsets from UTC by UTC day, asked for once for each day that occurs: a time zone is looked up far more slowly than an array. */
interface Offsets {
  readonly firstDay: number;
  readonly byDay: Float64Array;
  readonly offsetAt: OffsetReader | undefined;
}

function readDays(
  read: { readonly days: Int32Array; firstDay: number; lastDay: number; missingIdCount: number; missingTimeCount: number },
  times: Float64Array,
  customers: Int32Array,
  offsets: Offsets,
  start: number,
  end: number,
): void {
  const { days } = read;
  const { firstDay: firstUtcDay, byDay } = offsets;
  let { firstDay, lastDay } = read;
  for (let row = start; row < end; row++) {
    const time = times[row]!;
    if (customers[row]! < 0) {
      read.missingIdCount++;
      continue;
    }
    if (time !== time) {
      read.missingTimeCount++;
      customers[row] = -1;
      continue;
    }
    const utcDay = Math.floor(time / MS_PER_DAY);
    let offset = byDay[utcDay - firstUtcDay]!;
    if (!(offset < CHANGES)) offset = findOffset(offsets, utcDay, time);
    const day = offset === 0 ? utcDay : Math.floor((time + offset) / MS_PER_DAY);
    days[row] = day;
    if (day < firstDay) firstDay = day;
    if (day > lastDay) lastDay = day;
  }
  read.firstDay = firstDay;
  read.lastDay = lastDay;
}

/** The offset at a time, kept for the whole UTC day if it does not change on it; it changes once at most. */
function findOffset({ firstDay, byDay, offsetAt }: Offsets, utcDay: number, time: number): number {
  if (offsetAt === undefined) return 0;
  if (byDay[utcDay - firstDay] !== CHANGES) {
    const atStart = offsetAt(utcDay * MS_PER_DAY);
    byDay[utcDay - firstDay] = atStart === offsetAt((utcDay + 1) * MS_PER_DAY - 1) ? atStart : CHANGES;
  }
  return offsetAt(time);
}

function outsideCalendar(caller: string, column: string, row: number, time: number): ClienteleError {
  const rule = "milliseconds since 1970, in the years 0000 to 9999";
  return new ClienteleError("invalidInput", `row ${row}, column ${JSON.stringify(column)} must be ${rule}; got ${time}`, { caller, parameter: "time", column, row, rule, value: time });
}

/** Cells between two yields, of a look at each. */
const CELLS_PER_SLICE = 200_000;

/** Checks amounts, and finds the factor that turns them into whole minor units, if there is one. */
export function* readAmountsSteps(caller: string, amounts: Float64Array, column: string, returns: ReturnPolicy): Steps<number | undefined> {
  const units = { chosen: 0, size: 0 };
  for (let start = 0; start < amounts.length; start += CELLS_PER_SLICE) {
    const end = Math.min(amounts.length, start + CELLS_PER_SLICE);
    const refused = findRefusedAmount(amounts, returns === "error" ? 0 : -Infinity, start, end);
    if (refused >= 0) throw refuseAmount(caller, column, refused, amounts[refused]!);
    includeAmounts(units, amounts, start, end);
    yield { phase: "checking amounts", done: end, total: amounts.length };
  }
  return unitsPerValueOf(units);
}

/** The first amount that is infinite or below `min`; −1 if there is none. A missing amount is neither. */
function findRefusedAmount(amounts: Float64Array, min: number, start: number, end: number): number {
  for (let row = start; row < end; row++) {
    const amount = amounts[row]!;
    if (amount < min || Math.abs(amount) === Infinity) return row;
  }
  return -1;
}

function refuseAmount(caller: string, column: string, row: number, amount: number): ClienteleError {
  const place = `row ${row}, column ${JSON.stringify(column)}`;
  if (Math.abs(amount) === Infinity) {
    const rule = "finite or missing";
    return new ClienteleError("nonFinite", `${place} must be ${rule}; got ${describeValue(amount)}`, { caller, parameter: "value", column, row, rule, value: amount });
  }
  const message = `${place} is negative; remove it, or let returns: "net" set it off against the purchase before`;
  return new ClienteleError("invalidInput", message, { caller, parameter: "value", column, row, rule: "at least 0" });
}
