import type { AsOf } from "../calendar/as-of";

/** Whether what happens at `asOf` itself is known: `(…, asOf]` or `(…, asOf)`. */
export type AsOfInterval = "closed" | "open";

/** Up to where a log is read, and the day from which ages are counted. */
export interface Cutoff {
  /** The calendar day of `asOf`. */
  readonly day: number;
  /** The last day of which rows count. */
  readonly lastDay: number;
  /** On that day, rows count up to this time; infinite where the whole day does. */
  readonly lastTime: number;
  /** Whether a row at `lastTime` itself is left out. */
  readonly isOpen: boolean;
}

export function cutoffAt({ day, lastTime }: AsOf, interval: AsOfInterval = "closed"): Cutoff {
  const isOpen = interval === "open";
  // Of an open interval, a date leaves out its whole day, a point in time only itself.
  return { day, lastDay: isOpen && lastTime === Infinity ? day - 1 : day, lastTime, isOpen };
}

/** Whether a row of the last day is later than what is known. */
export function isLate({ lastTime, isOpen }: Cutoff, time: number): boolean {
  return isOpen ? time >= lastTime : time > lastTime;
}
