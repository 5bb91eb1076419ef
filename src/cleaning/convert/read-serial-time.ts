import type { TimeFailure } from "./parse-time";
import type { CalendarTime } from "./read-calendar-time";

const MS_PER_DAY = 86_400_000;
/** Local midnights of 1899-12-30, 1904-01-01 and 10000-01-01. */
const DAY_0_OF_1900 = -2_209_161_600_000;
const DAY_0_OF_1904 = -2_082_844_800_000;
const END_OF_DAYS = 253_402_300_800_000;

/**
 * Reads the serial day of a spreadsheet: whole days since its epoch, and the time of day as a fraction, rounded to the millisecond.
 *
 * The system of 1900 counts a day that never was, 1900-02-29, as number 60 (ECMA-376, 18.17.4.1), so days before it lie one day
 * later than the count from 1899-12-30. It begins with day 1; a number below it is a time of day without a day.
 */
export function readSerialTime(serial: number, format: "excel1900" | "excel1904"): CalendarTime | TimeFailure {
  const day = Math.floor(serial);
  const timeOfDay = Math.round((serial - day) * MS_PER_DAY);
  if (day < 0) return "convert.outOfRange";
  if (format === "excel1900" && (day === 0 || day === 60)) return "convert.noSuchDay";
  const midnight = format === "excel1904" ? DAY_0_OF_1904 + day * MS_PER_DAY : DAY_0_OF_1900 + (day < 60 ? day + 1 : day) * MS_PER_DAY;
  const local = midnight + timeOfDay;
  return local < END_OF_DAYS ? { local, offset: undefined, isDate: local % MS_PER_DAY === 0 } : "convert.outOfRange";
}
