import { describeOption } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { parseIsoTime } from "../../data/iso-time";
import { isCalendarDay, isTime, parseDay, type DayReader } from "../../data/calendar/day";

/** The moment at which customers are looked at: what happens later is not known yet. */
export interface AsOf {
  /** Its calendar day, as a day number. */
  readonly day: number;
  /** The last millisecond that belongs to it, for a point in time; infinite for a date, to which its whole day belongs. */
  readonly lastTime: number;
}

/** The end of a calendar day. */
export function endOfDay(day: number): AsOf {
  return { day, lastTime: Infinity };
}

/**
 * Reads a date (`2026-11-01`), a point in time as text (`2026-11-01T09:30:00+01:00`), or milliseconds since 1970;
 * refuses what lies outside the years 0000 to 9999, which have dates of this form.
 */
export function readAsOf(caller: string, value: unknown, dayOf: DayReader, parameter = "asOf"): AsOf {
  const asOf = typeof value === "string" ? asOfText(value, dayOf) : asOfTime(value, dayOf);
  if (asOf !== undefined && isCalendarDay(asOf.day)) return asOf;
  const rule = "a date (2026-11-01), a time with its offset (2026-11-01T09:30:00Z) or milliseconds since 1970, in the years 0000 to 9999";
  throw new ClienteleError("invalidOption", `${parameter} must be ${rule}; got ${describeOption(value)}`, { caller, parameter, rule, value });
}

function asOfText(text: string, dayOf: DayReader): AsOf | undefined {
  const day = parseDay(text);
  return day === undefined ? asOfTime(parseIsoTime(text), dayOf) : endOfDay(day);
}

function asOfTime(time: unknown, dayOf: DayReader): AsOf | undefined {
  return typeof time === "number" && isTime(time) ? { day: dayOf(time), lastTime: time } : undefined;
}
