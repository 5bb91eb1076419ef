import { describeOption } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { parseIsoTime } from "../../data/iso-time";
import { isTime, parseDay, type DayReader } from "./day";

/** The moment at which customers are looked at: what happens later is not known yet. */
export interface AsOf {
  /** Its calendar day, as a day number. */
  readonly day: number;
  /** The last millisecond that belongs to it, for a point in time; infinite for a date, to which its whole day belongs. */
  readonly lastTime: number;
}

/** Reads a date (`2026-11-01`), a point in time as text (`2026-11-01T09:30:00+01:00`), or milliseconds since 1970. */
export function readAsOf(caller: string, value: unknown, dayOf: DayReader): AsOf {
  if (typeof value === "string") {
    const day = parseDay(value);
    if (day !== undefined) return { day, lastTime: Infinity };
    const time = parseIsoTime(value);
    if (!Number.isNaN(time)) return { day: dayOf(time), lastTime: time };
  } else if (typeof value === "number" && isTime(value)) {
    return { day: dayOf(value), lastTime: value };
  }
  const rule = "a date (2026-11-01), a time with its offset (2026-11-01T09:30:00Z) or milliseconds since 1970";
  throw new ClienteleError("invalidOption", `asOf must be ${rule}; got ${describeOption(value)}`, { caller, parameter: "asOf", rule, value });
}
