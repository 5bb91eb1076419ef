import { parseIsoTime, startOfDay } from "../../data/iso-time";

/** The orders of day, month and year that are looked for; of those that fit as many texts, the first is taken. Bit i of a mask stands for entry i. */
export const DATE_ORDERS = ["iso", "dayFirst", "monthFirst", "yearFirst"] as const;

/** How the days of a column are written. */
export type DateOrder = (typeof DATE_ORDERS)[number];

/** A time of day without its offset from UTC. */
export const LOCAL_TIME = 1 << 4;
/** A year of two digits. */
export const SHORT_YEAR = 1 << 5;

const ORDER_BITS = 0b1111;

/** The shortest and longest texts that are looked at: 1/1/24 and a time with decimals and its offset. */
const MIN_LENGTH = 6;
const MAX_LENGTH = 40;

const ISO_LOCAL = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?$/;
const TIME = "(?:[T ,]+\\d{1,2}:\\d\\d(?::\\d\\d(?:[.,]\\d+)?)?(?:\\s?[AaPp]\\.?[Mm]\\.?)?(\\s?(?:Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?))?)";

/** The orders in which a text is a day that exists, with or without a time of day, and what is to be known of it, as bits; 0 for no date. */
export function createDateReader(): (text: string) => number {
  const pattern = new RegExp(`^(\\d{1,4})([./-])(\\d{1,2})\\2(\\d{1,4})(${TIME})?$`);
  return (text) => {
    if (text.length < MIN_LENGTH || text.length > MAX_LENGTH) return 0;
    if (!Number.isNaN(parseIsoTime(text))) return 1;
    if (ISO_LOCAL.test(text)) return Number.isNaN(parseIsoTime(text.slice(0, 10))) ? 0 : 1 | LOCAL_TIME;
    const parts = pattern.exec(text);
    if (parts === null) return 0;
    const [, a, , b, c, time, offset] = parts;
    const local = time !== undefined && offset === undefined ? LOCAL_TIME : 0;
    if (a!.length === 4) return c!.length <= 2 && isDay(a!, b!, c!) ? (1 << 3) | local : 0;
    if (a!.length > 2) return 0;
    const isShort = c!.length === 2;
    if (!isShort && c!.length !== 4) return 0;
    // Any leap year will do for a year of two digits: 29 February is not ruled out.
    const year = isShort ? "2000" : c!;
    const orders = (isDay(year, b!, a!) ? 1 << 1 : 0) | (isDay(year, a!, b!) ? 1 << 2 : 0);
    return orders === 0 ? 0 : orders | local | (isShort ? SHORT_YEAR : 0);
  };
}

/** The orders among the bits of a text. */
export function ordersOf(mask: number): number {
  return mask & ORDER_BITS;
}

function isDay(year: string, month: string, day: string): boolean {
  return !Number.isNaN(startOfDay(Number(year), Number(month), Number(day)));
}

/** The midnight in UTC of the day that a text of the order is written with. */
export function dayOf(text: string, order: DateOrder): number {
  const [a = "", b = "", c = ""] = text.split(/[^\d]+/, 3);
  switch (order) {
    case "iso":
    case "yearFirst":
      return startOfDay(Number(a), Number(b), Number(c));
    case "dayFirst":
      return startOfDay(Number(c), Number(b), Number(a));
    case "monthFirst":
      return startOfDay(Number(c), Number(a), Number(b));
  }
}
