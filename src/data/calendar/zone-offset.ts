import { ClienteleError } from "../../errors/error";

/** Milliseconds that the local clock is ahead of UTC, at a point in time (milliseconds since 1970-01-01T00:00Z). */
export type OffsetReader = (time: number) => number;

const MS_PER_DAY = 86_400_000;

/** A stretch of UTC time in which the offset changes once at most. */
interface Stretch {
  /** The offset is `before` until here, and `after` from here on. */
  readonly change: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Makes a reader of a time zone's offset, refusing a zone that the platform does not know.
 *
 * The platform's clock is asked about once for each day that occurs, not once for each row: within a UTC day the offset of a zone
 * changes once at most, so equal offsets at both ends mean that it is constant, and different ones enclose the change.
 */
export function createOffsetReader(caller: string, timeZone: string, parameter = "timeZone"): OffsetReader {
  if (timeZone === "UTC") return () => 0;
  const clock = createClock(caller, timeZone, parameter);
  const midnights = new Map<number, number>();
  const offsetAtMidnight = (utcDay: number): number => {
    const known = midnights.get(utcDay);
    if (known !== undefined) return known;
    const found = clock(utcDay * MS_PER_DAY);
    midnights.set(utcDay, found);
    return found;
  };
  const stretches = new Map<number, Stretch>();
  const findStretch = (utcDay: number): Stretch => {
    const known = stretches.get(utcDay);
    if (known !== undefined) return known;
    const found = bracketChange(clock, utcDay, offsetAtMidnight(utcDay), offsetAtMidnight(utcDay + 1));
    stretches.set(utcDay, found);
    return found;
  };
  return (time) => {
    const { change, before, after } = findStretch(Math.floor(time / MS_PER_DAY));
    return time < change ? before : after;
  };
}

/** What a time zone must be, for messages. */
export const TIME_ZONE_RULE = 'an IANA time zone such as "Europe/Berlin"';

/** Whether the platform knows a time zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** Finds, by bisection to the second (zones change at whole seconds), where the offset changes between two midnights. */
function bracketChange(clock: OffsetReader, utcDay: number, before: number, after: number): Stretch {
  let low = (utcDay * MS_PER_DAY) / 1000;
  let high = ((utcDay + 1) * MS_PER_DAY) / 1000;
  if (before === after) return { change: high * 1000, before, after };
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (clock(middle * 1000) === before) low = middle;
    else high = middle;
  }
  return { change: high * 1000, before, after };
}

/** Reads the offset off the platform's own time zone tables, at whole seconds. */
function createClock(caller: string, timeZone: string, parameter: string): OffsetReader {
  const format = createFormat(caller, timeZone, parameter);
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

function createFormat(caller: string, timeZone: string, parameter: string): Intl.DateTimeFormat {
  if (!isTimeZone(timeZone)) {
    throw new ClienteleError("invalidOption", `${parameter} must be ${TIME_ZONE_RULE} that this platform knows; got ${JSON.stringify(timeZone)}`, {
      caller,
      parameter,
      rule: TIME_ZONE_RULE,
      value: timeZone,
    });
  }
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
}
