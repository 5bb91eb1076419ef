import { createOffsetReader, type OffsetReader } from "../../data/calendar/zone-offset";
import { firstMomentOf, isLocalDay, momentsOf } from "./local-time";
import { createNumberParser } from "./parse-number";
import type { CheckedTimestampConversion } from "./plan";
import { readCalendarTime, type CalendarTime } from "./read-calendar-time";
import { readSerialTime } from "./read-serial-time";

/** Why a text is refused as a point in time. */
export type TimeFailure = "convert.notTime" | "convert.noSuchDay" | "convert.noSuchTime" | "convert.repeatedTime" | "convert.outOfRange";

/** How a column of times is written. */
export type TimeWriting = Pick<CheckedTimestampConversion, "format" | "timeZone" | "repeatedTimes" | "lastTwoDigitYear">;

const MS_PER_DAY = 86_400_000;
/** 0000-01-01T00:00Z and the millisecond after 9999-12-31: what has a date of four digits for the year. */
const FIRST_TIME = -62_167_219_200_000;
const END_OF_TIME = 253_402_300_800_000;

/** Makes a reader of times as they are written in a column: milliseconds since 1970, or why there is none. */
export function createTimeParser(caller: string, { format, timeZone, repeatedTimes, lastTwoDigitYear }: TimeWriting): (text: string) => number | TimeFailure {
  const offsetAt = timeZone === undefined ? undefined : createOffsetReader(caller, timeZone);
  switch (format) {
    case "epochSeconds":
      return createEpochParser(1000);
    case "epochMilliseconds":
      return createEpochParser(1);
    case "excel1900":
    case "excel1904": {
      // Serials know no offset. Without a zone they are taken for UTC, which is what a date alone is taken for.
      const clock = offsetAt ?? ((): number => 0);
      const readCount = createCountReader();
      return (text) => {
        const serial = readCount(text);
        return placeTime(typeof serial === "number" ? readSerialTime(serial, format) : serial, clock, repeatedTimes);
      };
    }
    default:
      return (text) => placeTime(readCalendarTime(text.trim(), format, lastTwoDigitYear), offsetAt, repeatedTimes);
  }
}

function createEpochParser(unit: number): (text: string) => number | TimeFailure {
  const readCount = createCountReader();
  return (text) => {
    const count = readCount(text);
    return typeof count === "number" ? withinRange(Math.round(count * unit) + 0) : count;
  };
}

/** Reads how many seconds, milliseconds or days a text says. */
function createCountReader(): (text: string) => number | TimeFailure {
  const parse = createNumberParser({ decimal: ".", grouping: "none" });
  return (text) => {
    const count = parse(text);
    if (typeof count === "number") return count;
    return count === "convert.notNumber" ? "convert.notTime" : "convert.outOfRange";
  };
}

/** The moment that a written time names. */
function placeTime(written: CalendarTime | TimeFailure, offsetAt: OffsetReader | undefined, repeatedTimes: TimeWriting["repeatedTimes"]): number | TimeFailure {
  if (typeof written === "string") return written;
  const { local, offset, isDate } = written;
  if (offset !== undefined) return withinRange(local - offset);
  if (offsetAt === undefined) return isDate ? local : "convert.notTime";
  if (isDate) return firstMomentOf(local, offsetAt) ?? "convert.noSuchDay";
  const moments = momentsOf(local, offsetAt);
  if (moments.length === 0) return isLocalDay(Math.floor(local / MS_PER_DAY) * MS_PER_DAY, offsetAt) ? "convert.noSuchTime" : "convert.noSuchDay";
  if (moments.length > 1 && repeatedTimes === "refuse") return "convert.repeatedTime";
  return repeatedTimes === "later" ? moments.at(-1)! : moments[0]!;
}

function withinRange(time: number): number | TimeFailure {
  return time >= FIRST_TIME && time < END_OF_TIME ? time : "convert.outOfRange";
}
