import { parseIsoTime } from "../../data/iso-time";
import { ClienteleError } from "../../errors/error";

/** A day of the calendar, as the number of days since 1970-01-01. */
export type DayReader = (time: number) => number;

const MS_PER_DAY = 86_400_000;

/** Tells on which calendar day of a time zone a point in time (milliseconds since 1970-01-01T00:00Z) falls. */
export function createDayReader(caller: string, timeZone: string): DayReader {
  if (timeZone === "UTC") return (time) => Math.floor(time / MS_PER_DAY);
  const offsetAt = createOffsetReader(createClock(caller, timeZone));
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

/** Milliseconds that the local clock is ahead of UTC. */
type OffsetReader = (time: number) => number;

/** A stretch of UTC time in which the offset changes once at most. */
interface Stretch {
  /** The offset is `before` until here, and `after` from here on. */
  readonly change: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Asks the clock about once for each day that occurs, not once for each row: within a UTC day the offset of a zone changes
 * once at most, so equal offsets at both ends mean that it is constant, and different ones enclose the change.
 */
function createOffsetReader(clock: OffsetReader): OffsetReader {
  const stretches = new Map<number, Stretch>();
  const findStretch = (utcDay: number): Stretch => {
    const known = stretches.get(utcDay);
    if (known !== undefined) return known;
    const found = bracketChange(clock, utcDay * MS_PER_DAY, (utcDay + 1) * MS_PER_DAY);
    stretches.set(utcDay, found);
    return found;
  };
  return (time) => {
    const { change, before, after } = findStretch(Math.floor(time / MS_PER_DAY));
    return time < change ? before : after;
  };
}

/** Finds, by bisection to the second (zones change at whole seconds), where the offset changes between two times. */
function bracketChange(clock: OffsetReader, start: number, end: number): Stretch {
  const before = clock(start);
  const after = clock(end);
  if (before === after) return { change: end, before, after };
  let low = start / 1000;
  let high = end / 1000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (clock(middle * 1000) === before) low = middle;
    else high = middle;
  }
  return { change: high * 1000, before, after };
}

/** Reads the offset off the platform's own time zone tables, at whole seconds. */
function createClock(caller: string, timeZone: string): OffsetReader {
  const format = createFormat(caller, timeZone);
  return (time) => {
    const field = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
    const year = Number(field.get("year"));
    const local = new Date(0);
    // setUTCFullYear, unlike Date.UTC, takes the years 0 to 99 as they are: 0001-01-01 is a frequent placeholder.
    local.setUTCFullYear(field.get("era") === "BC" ? 1 - year : year, Number(field.get("month")) - 1, Number(field.get("day")));
    local.setUTCHours(Number(field.get("hour")), Number(field.get("minute")), Number(field.get("second")));
    return local.getTime() - time;
  };
}

function createFormat(caller: string, timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone,
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
      hourCycle: "h23",
    });
  } catch {
    const rule = 'an IANA time zone such as "Europe/Berlin"';
    throw new ClienteleError("invalidOption", `timeZone must be ${rule} that this platform knows; got ${JSON.stringify(timeZone)}`, {
      caller,
      parameter: "timeZone",
      rule,
      value: timeZone,
    });
  }
}
