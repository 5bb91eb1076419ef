/** Orders of one period are one purchase. A week begins on Monday (ISO 8601). */
export type PurchasePeriod = "day" | "week" | "month";

/** A unit of ages. A week is 7 days, a year 365.25 and a month a twelfth of that; none is rounded. */
export type AgeUnit = "day" | "week" | "month" | "year";

const MS_PER_DAY = 86_400_000;

const DAYS_PER_UNIT = { day: 1, week: 7, month: 30.4375, year: 365.25 } as const;

/** 1970-01-01 was a Thursday. */
const DAYS_FROM_MONDAY = 3;

/** The number of the period that a day falls into; the one of 1970-01-01 is 0. */
export function periodOf(day: number, period: PurchasePeriod): number {
  if (period === "day") return day;
  if (period === "week") return Math.floor((day + DAYS_FROM_MONDAY) / 7);
  const date = new Date(day * MS_PER_DAY);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** The periods of `count` days from `firstDay` on. */
export function periodsOfDays(firstDay: number, count: number, period: PurchasePeriod): Int32Array {
  const periods = new Int32Array(count);
  for (let i = 0; i < count; i++) periods[i] = periodOf(firstDay + i, period);
  return periods;
}

/**
 * Periods that make one unit of age. Of calendar months, a month is one and a year twelve.
 *
 * Below 1 the unit is shorter than the period, and ages in it would pretend to be exact.
 */
export function periodsPerUnit(period: PurchasePeriod, unit: AgeUnit): number {
  return period === "month" && unit === "year" ? 12 : DAYS_PER_UNIT[unit] / DAYS_PER_UNIT[period];
}
