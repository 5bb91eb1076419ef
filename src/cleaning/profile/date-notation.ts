import { readCalendarTime, type CalendarTime } from "../convert/read-calendar-time";

/** The orders of day, month and year that are looked for; of those that fit as many texts, the first is taken. Bit i of a mask stands for entry i. */
export const DATE_ORDERS = ["iso", "dayFirst", "monthFirst", "yearFirst"] as const;

/** How the days of a column are written. */
export type DateOrder = (typeof DATE_ORDERS)[number];

/** A time of day without its offset from UTC. */
export const LOCAL_TIME = 1 << 4;
/** A year of two digits. */
export const SHORT_YEAR = 1 << 5;

const ORDER_BITS = 0b1111;
/** Day first and month first: the orders that are mistaken for each other. */
export const EITHER_ORDER = 0b0110;

/** What begins as a day does; any longer look is left to the conversion's own reader. */
const DAY_LIKE = /^\d{1,4}(?:\. ?|[/-])\d{1,2}(?:\. ?|[/-])\d/;

/** The orders in which a trimmed text is a day that exists, with or without a time of day, and what is to be known of it, as bits; 0 for no date. */
export function readDate(text: string): number {
  if (!DAY_LIKE.test(text)) return 0;
  let mask = 0;
  for (const [i, order] of DATE_ORDERS.entries()) {
    const time = readTime(text, order);
    if (time !== undefined) mask |= (1 << i) | (time.isDate || time.offset !== undefined ? 0 : LOCAL_TIME);
  }
  // Any hundred years will do: whether the day exists in them matters only for a 29 February.
  const isShort = mask === 0 && /^\d\d?[^\d]/.test(text);
  if (isShort) {
    if (readTime(text, "dayFirst", 2049) !== undefined) mask |= SHORT_YEAR | (1 << 1);
    if (readTime(text, "monthFirst", 2049) !== undefined) mask |= SHORT_YEAR | (1 << 2);
  }
  return mask;
}

/** The orders among the bits of a text. */
export function ordersOf(mask: number): number {
  return mask & ORDER_BITS;
}

const DAY = 86_400_000;

/** The day that a text of the order is written with, as its midnight in UTC; NaN for other texts. */
export function dayOf(text: string, order: DateOrder): number {
  const time = readTime(text.trim(), order);
  return time === undefined ? NaN : Math.floor(time.local / DAY) * DAY;
}

function readTime(text: string, order: DateOrder, lastTwoDigitYear?: number): CalendarTime | undefined {
  const time = readCalendarTime(text, order, lastTwoDigitYear);
  return typeof time === "string" ? undefined : time;
}
