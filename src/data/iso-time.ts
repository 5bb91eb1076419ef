/** A date, or a date with a time of day and its offset from UTC: the forms of ISO 8601 that name one instant. */
const ISO_TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|([+-])(\d\d)(?::?(\d\d))?))?$/;

const MINUTE = 60_000;

/**
 * Milliseconds since 1970 of an ISO 8601 text, NaN for anything else; a date alone is its midnight in UTC.
 *
 * Read here and not by `Date.parse`, which takes a time without offset as the machine's local time,
 * 30 February as 1 March, and other notations as each engine likes.
 */
export function parseIsoTime(text: string): number {
  const parts = ISO_TIME.exec(text);
  if (parts === null) return NaN;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", sign, offsetHour = "0", offsetMinute = "0"] = parts;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || Number(offsetHour) > 23 || Number(offsetMinute) > 59) return NaN;

  const midnight = startOfDay(Number(year), Number(month), Number(day));
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const local = midnight + (Number(hour) * 60 + Number(minute)) * MINUTE + Number(second) * 1000 + milliseconds;
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * MINUTE;
  return sign === "-" ? local + offset : local - offset;
}

/** Milliseconds of a day of the proleptic Gregorian calendar, NaN for a day that does not exist. */
function startOfDay(year: number, month: number, day: number): number {
  const date = new Date(0);
  // Not Date.UTC, which takes the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : NaN;
}
