import { dayText, type DayReader } from "../../data/calendar/day";
import { describeOption } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { checkOption } from "../../errors/options";
import { readAsOf, type AsOf } from "../../features/calendar/as-of";

const MS_PER_DAY = 86_400_000;

/**
 * What is known and what is asked at one cutoff, as numbers of one axis: calendar days where the cutoff is a date, milliseconds since 1970
 * where it is a point in time. Known is what is before `cutoff`, asked for is what is in `(from, to]`.
 */
export interface ChurnWindow {
  readonly axis: "day" | "millisecond";
  /** One day on the axis. */
  readonly day: number;
  readonly cutoff: number;
  /** Infinite where nothing is asked. */
  readonly from: number;
  readonly to: number;
}

/** Reads one cutoff or several, which are sorted; two that are equal would give every row twice. */
export function readWindows(caller: string, cutoff: unknown, gap: number, horizon: number | undefined, dayOf: DayReader): ChurnWindow[] {
  const given: readonly unknown[] = Array.isArray(cutoff) ? (cutoff as unknown[]) : [cutoff];
  checkOption(caller, "the number of cutoffs", given.length, { kind: "integer", min: 1 });
  const windows = given.map((value, i) => windowAt(readAsOf(caller, value, dayOf, given.length === 1 ? "cutoff" : `cutoff[${i}]`), gap, horizon));
  if (windows.some(({ axis }) => axis !== windows[0]!.axis)) {
    const rule = "all dates or all points in time";
    throw new ClienteleError("invalidOption", `cutoff must be ${rule}; got both`, { caller, parameter: "cutoff", rule });
  }
  windows.sort((a, b) => a.cutoff - b.cutoff);
  const repeated = windows.find((window, i) => window.cutoff === windows[i - 1]?.cutoff);
  if (repeated === undefined) return windows;
  const rule = "distinct";
  throw new ClienteleError("invalidOption", `cutoff must be ${rule}; got ${placeText(repeated.axis, repeated.cutoff)} twice`, { caller, parameter: "cutoff", rule });
}

function windowAt({ day, lastTime }: AsOf, gap: number, horizon: number | undefined): ChurnWindow {
  const [axis, unit, cutoff] = lastTime === Infinity ? (["day", 1, day] as const) : (["millisecond", MS_PER_DAY, lastTime] as const);
  const from = horizon === undefined ? Infinity : cutoff + gap * unit;
  return { axis, day: unit, cutoff, from, to: horizon === undefined ? Infinity : from + horizon * unit };
}

/** Refuses a window that reaches beyond what the log has seen: there, everyone would seem to have left. */
export function checkObserved(caller: string, windows: readonly ChurnWindow[], observedUntil: AsOf, isGiven: boolean, dayOf: DayReader): void {
  // Of the day of a point in time only a part has been seen.
  const lastWholeDay = observedUntil.lastTime === Infinity ? observedUntil.day : observedUntil.day - 1;
  for (const { axis, to } of windows) {
    if (to === Infinity) continue;
    const isSeen = axis === "day" ? to <= lastWholeDay : observedUntil.lastTime === Infinity ? dayOf(to) <= lastWholeDay : to <= observedUntil.lastTime;
    if (isSeen) continue;
    const end = observedUntil.lastTime === Infinity ? placeText("day", observedUntil.day) : placeText("millisecond", observedUntil.lastTime);
    const source = isGiven ? "observedUntil" : "the day of the latest event; give observedUntil if the log is complete for longer";
    const rule = `early enough for its window to end by ${end} (${source})`;
    throw new ClienteleError("invalidOption", `cutoff must be ${rule}; the window ends at ${describeOption(placeText(axis, to))}`, { caller, parameter: "cutoff", rule });
  }
}

/** A place on the axis in words: a date, or a point in time in UTC. */
export function placeText(axis: ChurnWindow["axis"], place: number): string {
  return axis === "day" ? dayText(place) : new Date(place).toISOString();
}
