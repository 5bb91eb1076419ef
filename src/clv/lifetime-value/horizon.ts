import { isObject } from "../../errors/check";
import { describeNames, describeOption } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { checkOption } from "../../errors/options";
import { periodsPerUnit, type AgeUnit } from "../../features/transactions/periods";

/**
 * A stretch of time to look ahead, or all that is to come. A week is 7 days, a year 365.25 and a month a twelfth of that, as in `summarizeTransactions`.
 */
export type ValueHorizon = { readonly days: number } | { readonly weeks: number } | { readonly months: number } | { readonly years: number } | "infinite";

const UNIT_OF = { days: "day", weeks: "week", months: "month", years: "year" } as const;
const HORIZON_RULE = '{ days }, { weeks }, { months }, { years } or "infinite"';
const LONGEST_DAYS = 36_525;

/** The horizon in the given unit of time, not rounded; `Infinity` for an infinite one. */
export function horizonInUnits(caller: string, horizon: ValueHorizon, unit: AgeUnit): number {
  const given: unknown = horizon;
  if (given === "infinite") return Infinity;
  const names = isObject(given) ? Object.keys(given) : [];
  const [name] = names;
  if (!isObject(given) || name === undefined || names.length > 1 || !isUnitName(name)) {
    const got = !isObject(given) ? describeOption(given) : name === undefined ? "none of them" : describeNames(names);
    throw new ClienteleError("invalidOption", `horizon must be ${HORIZON_RULE}; got ${got}`, { caller, parameter: "horizon", rule: HORIZON_RULE });
  }
  const days = periodsPerUnit("day", UNIT_OF[name]);
  checkOption(caller, `horizon.${name}`, given[name], { kind: "number", min: 0, max: LONGEST_DAYS / days, open: "min" });
  return ((given[name] as number) * days) / periodsPerUnit("day", unit);
}

function isUnitName(name: string): name is keyof typeof UNIT_OF {
  return Object.hasOwn(UNIT_OF, name);
}

/** The effective rate per unit of time that makes the effective annual rate in a year: (1 + annual)^(unit / year) − 1. */
export function discountRatePerUnit(annualRate: number, unit: AgeUnit): number {
  return Math.expm1((Math.log1p(annualRate) * periodsPerUnit("day", unit)) / periodsPerUnit("day", "year"));
}
