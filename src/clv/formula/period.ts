import { ClienteleError } from "../../errors/error";

/** A stretch of time that rates are given for. A year is 365.25 days, a month a twelfth of it. */
export type RatePeriod = "day" | "week" | "month" | "quarter" | "year";

export const RATE_PERIODS = ["day", "week", "month", "quarter", "year"] as const;

const PERIODS_PER_YEAR = { day: 365.25, week: 52.17857142857143, month: 12, quarter: 4, year: 1 } as const;

/** How later payments are discounted. */
export interface DiscountRateInput {
  /** Discount rate of one period, such as 0.01 for 1 % a month. Give this or `annualDiscountRate`. @defaultValue 0 */
  readonly discountRate?: number | undefined;
  /** Discount rate of a year; it is converted, so `period` must say how long a period is. */
  readonly annualDiscountRate?: number | undefined;
  /** How long one period is; needed with `annualDiscountRate` only. */
  readonly period?: RatePeriod | undefined;
}

/** The discount rate of one period. */
export function readDiscountRate(caller: string, { discountRate, annualDiscountRate, period }: DiscountRateInput): number {
  if (annualDiscountRate === undefined) return discountRate ?? 0;
  if (discountRate !== undefined) {
    throw new ClienteleError("invalidOption", "give either discountRate or annualDiscountRate; both are given", { caller, parameter: "discountRate", rule: "one of the two" });
  }
  if (period === undefined) {
    const rule = "required with annualDiscountRate, to convert it";
    throw new ClienteleError("invalidOption", `period is ${rule}`, { caller, parameter: "period", rule });
  }
  return ratePerPeriod(annualDiscountRate, period);
}

/** The rate d of one period that comes to the annual rate within a year: (1 + d)^(periods of a year) = 1 + annual rate. */
function ratePerPeriod(annualRate: number, period: RatePeriod): number {
  return Math.expm1(Math.log1p(annualRate) / PERIODS_PER_YEAR[period]);
}
