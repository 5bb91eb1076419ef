import type { OffsetReader } from "../../data/calendar/zone-offset";

/** No zone's clocks are or were further from UTC. */
const FARTHEST_OFFSET = 16 * 3_600_000;

const MS_PER_DAY = 86_400_000;

/**
 * The moments at which the clocks of a zone show a local time, ascending: one, two when the clocks were set back, none when they were
 * set forward over it. Times are milliseconds since 1970-01-01T00:00, on the clocks and in UTC.
 */
export function momentsOf(local: number, offsetAt: OffsetReader): readonly number[] {
  // Every offset that may be the right one is in force somewhere between these two times; zones do not change twice in 32 hours and back.
  const before = offsetAt(local - FARTHEST_OFFSET);
  const after = offsetAt(local + FARTHEST_OFFSET);
  if (before === after) return [local - before];
  const moments = [...new Set([before, offsetAt(local), after])].map((offset) => local - offset).filter((moment) => moment + offsetAt(moment) === local);
  return moments.sort((a, b) => a - b);
}

/** The first moment of the day that begins at a local midnight; undefined when the zone left that day out. */
export function firstMomentOf(midnight: number, offsetAt: OffsetReader): number | undefined {
  const [first] = momentsOf(midnight, offsetAt);
  if (first !== undefined) return first;
  const change = changeOver(midnight, offsetAt);
  return change + offsetAt(change) < midnight + MS_PER_DAY ? change : undefined;
}

/** Whether a zone has a day at all: it left one out where it went to the other side of the date line. */
export function isLocalDay(midnight: number, offsetAt: OffsetReader): boolean {
  return firstMomentOf(midnight, offsetAt) !== undefined;
}

/** The moment at which the clocks were set forward over a local time, found by bisection to the millisecond. */
function changeOver(local: number, offsetAt: OffsetReader): number {
  let low = local - FARTHEST_OFFSET;
  let high = local + FARTHEST_OFFSET;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (middle + offsetAt(middle) < local) low = middle;
    else high = middle;
  }
  return high;
}
