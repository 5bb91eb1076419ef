import type { PurchasePeriod } from "../../features/transactions/periods";

const MS_PER_DAY = 86_400_000;

/** The last day of a period, by its number: the inverse of `periodOf`. */
export function lastDayOf(number: number, period: PurchasePeriod): number {
  if (period === "day") return number;
  // Weeks end on Sunday; that of 1970-01-01, a Thursday, on day 3.
  if (period === "week") return 7 * number + 3;
  return Date.UTC(1970, number + 1, 0) / MS_PER_DAY;
}
