import { ClienteleError } from "../../errors/error";
import { parseIsoTime } from "../iso-time";
import { createOffsetReader } from "./zone-offset";

/** A day of the calendar, as the number of days since 1970-01-01. */
export type DayReader = (time: number) => number;

const MS_PER_DAY = 86_400_000;

/** Tells on which calendar day of a time zone a point in time (milliseconds since 1970-01-01T00:00Z) falls. */
export function createDayReader(caller: string, timeZone: string): DayReader {
  if (timeZone === "UTC") return (time) => Math.floor(time / MS_PER_DAY);
  const offsetAt = createOffsetReader(caller, timeZone);
  return (time) => Math.floor((time + offsetAt(time)) / MS_PER_DAY);
}

/** Whether a number is a point in time that a calendar can place: the range of `Date` less a day for the offset. */
export function isTime(time: number): boolean {
  return Math.abs(time) <= 8.64e15 - MS_PER_DAY;
}

/** The day numbers of 0000-01-01 and 9999-12-31. */
const FIRST_DAY = -719_528;
const LAST_DAY = 2_932_896;

/** Whether a day number is a day of the years 0000 to 9999, which have texts of the form "1997-09-30". */
export function isCalendarDay(day: number): boolean {
  return day >= FIRST_DAY && day <= LAST_DAY;
}

/** "1997-09-30" for its day number; refuses a day outside the years 0000 to 9999, as adding days to an `asOf` may give. */
export function dayText(day: number, caller?: string): string {
  if (!isCalendarDay(day)) {
    const rule = "a day of the years 0000 to 9999";
    const got = day < FIRST_DAY ? `the day ${FIRST_DAY - day} days before them` : `the day ${day - LAST_DAY} days after them`;
    throw new ClienteleError("invalidOption", `a date that asOf leads to must be ${rule}; got ${got}`, { caller, parameter: "asOf", rule, value: day });
  }
  return new Date(day * MS_PER_DAY).toISOString().replace(/T.*/, "");
}

/** The day number of "1997-09-30"; undefined for a text of another form or a date that does not exist. */
export function parseDay(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const midnight = parseIsoTime(text);
  return Number.isNaN(midnight) ? undefined : midnight / MS_PER_DAY;
}
