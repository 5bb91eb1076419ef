import { parseIsoTime, startOfDay } from "../../data/iso-time";
import type { TimeFailure } from "./parse-time";

/** A time as it is written: on whose clocks, only an offset tells. */
export interface CalendarTime {
  /** What the clocks showed, in milliseconds since they showed 1970-01-01T00:00. */
  readonly local: number;
  /** Milliseconds that the clocks were ahead of UTC, if the text says so. */
  readonly offset: number | undefined;
  /** A day without a time of day. */
  readonly isDate: boolean;
}

export type CalendarFormat = "iso" | "dayFirst" | "monthFirst" | "yearFirst";

/** No text of these forms is longer. */
const LONGEST_TIME = 60;

/** Reads a day, with or without a time of day and its offset. */
export function readCalendarTime(text: string, format: CalendarFormat, lastTwoDigitYear: number | undefined): CalendarTime | TimeFailure {
  if (text.length > LONGEST_TIME) return "convert.notTime";
  return format === "iso" ? readIsoTime(text) : readOrderedTime(text, format, lastTwoDigitYear);
}

function readIsoTime(text: string): CalendarTime | TimeFailure {
  const isDate = text.length === 10;
  const moment = parseIsoTime(text);
  if (!Number.isNaN(moment)) return isDate ? { local: moment, offset: undefined, isDate } : { local: moment, offset: 0, isDate };
  // A time without an offset is one on the clocks of the plan's zone.
  const local = parseIsoTime(`${text}Z`);
  if (!Number.isNaN(local)) return { local, offset: undefined, isDate: false };
  // With another day in its place the text is well formed: so it is the day that does not exist.
  const day = /^\d{4}-\d\d-\d\d/.exec(text);
  if (day === null) return "convert.notTime";
  const other = `2000-01-01${text.slice(10)}`;
  return Number.isNaN(parseIsoTime(other)) && Number.isNaN(parseIsoTime(`${other}Z`)) ? "convert.notTime" : "convert.noSuchDay";
}

const ORDERED_DAY = {
  dayFirst: /^(?<day>\d{1,2})(?<mark>\. ?|[/-])(?<month>\d{1,2})\k<mark>(?<year>\d{4}|\d\d)(?!\d)/,
  monthFirst: /^(?<month>\d{1,2})(?<mark>\. ?|[/-])(?<day>\d{1,2})\k<mark>(?<year>\d{4}|\d\d)(?!\d)/,
  yearFirst: /^(?<year>\d{4}|\d\d)(?<mark>\. ?|[/-])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})(?!\d)/,
} as const;

/** 9:05, 09:05:30.250, 9:05 PM, each with Z or an offset if there is one. */
const TIME_OF_DAY =
  /^(?:T|,?\s{1,2})(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?(?:\s?(?<half>[AaPp])\.?[Mm]\.?)?(?:\s?(?<offset>Z|[+-]\d\d:?\d\d))?$/;

function readOrderedTime(text: string, format: Exclude<CalendarFormat, "iso">, lastTwoDigitYear: number | undefined): CalendarTime | TimeFailure {
  const found = ORDERED_DAY[format].exec(text);
  const time = found === null ? undefined : readTimeOfDay(text.slice(found[0].length));
  const year = readYear(found?.groups?.["year"] ?? "", lastTwoDigitYear);
  if (time === undefined || year === undefined) return "convert.notTime";
  const midnight = startOfDay(year, Number(found?.groups?.["month"]), Number(found?.groups?.["day"]));
  return Number.isNaN(midnight) ? "convert.noSuchDay" : { local: midnight + time.sinceMidnight, offset: time.offset, isDate: time.isAbsent };
}

/** A year of two digits is the one of the hundred years up to `last` that ends in them. */
function readYear(digits: string, last: number | undefined): number | undefined {
  if (digits.length === 4) return Number(digits);
  return last === undefined || digits === "" ? undefined : last - ((last - Number(digits)) % 100);
}

interface TimeOfDay {
  readonly sinceMidnight: number;
  readonly offset: number | undefined;
  readonly isAbsent: boolean;
}

function readTimeOfDay(text: string): TimeOfDay | undefined {
  if (text === "") return { sinceMidnight: 0, offset: undefined, isAbsent: true };
  const part = TIME_OF_DAY.exec(text)?.groups;
  if (part === undefined) return undefined;
  const hour = readHour(Number(part["hour"]), part["half"]);
  const minute = Number(part["minute"]);
  const second = Number(part["second"] ?? 0);
  const offset = readOffset(part["offset"]);
  if (hour === undefined || minute > 59 || second > 59 || Number.isNaN(offset)) return undefined;
  const milliseconds = Number((part["fraction"] ?? "").slice(0, 3).padEnd(3, "0"));
  return { sinceMidnight: ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds, offset, isAbsent: false };
}

function readHour(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour > 23 ? undefined : hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
}

/** Milliseconds ahead of UTC; NaN for an offset that no clock can have. */
function readOffset(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  // The moment of a time is earlier by its offset, so midnight of 1970 is the offset with the other sign.
  return 0 - parseIsoTime(`1970-01-01T00:00${text}`);
}
