import type { Column } from "../../data/column";
import { ClienteleError } from "../../errors/error";
import type { FittedLimits } from "./fitted-limits";
import { numbersOf } from "./judged-numbers";
import type { CheckedOutlierRule } from "./plan";
import { quantileLimits, spreadLimits, type Limits } from "./spread-limits";

/**
 * Finds the limits of the usual values of a column, from its active rows.
 *
 * @throws ClienteleError `invalidInput` for a column that does not hold numbers, and with `logScale` for a value below 0.
 */
export function fitLimits(caller: string, rule: CheckedOutlierRule, column: Column, isActive: Uint8Array): FittedLimits {
  const sorted = sortActive(numbersOf(caller, rule.column, column, isActive), isActive);
  const named = { column: rule.column, method: rule.method, values: sorted.length };
  if (rule.method === "fixed") return { ...named, status: "fitted", low: finiteOrNull(rule.low ?? NaN), high: finiteOrNull(rule.high ?? NaN) };
  if (rule.method !== "quantile" && rule.logScale && sorted[0]! < 0) throw refuseNegative(caller, rule.column, isActive, column);
  const { status, low, high } = limitsOf(rule, sorted);
  return { ...named, status, low: rule.side === "high" ? null : finiteOrNull(low), high: rule.side === "low" ? null : finiteOrNull(high) };
}

function limitsOf(rule: Exclude<CheckedOutlierRule, { method: "fixed" }>, sorted: Float64Array): Limits {
  if (rule.method === "quantile") return quantileLimits(rule.lower, rule.upper, sorted);
  const { method, factor, logScale } = rule;
  const compute = (scaled: Float64Array): Limits => spreadLimits(method, factor, scaled);
  if (!logScale) return inUnitsOf(sorted, compute);
  const { status, low, high } = inUnitsOf(sorted.map(Math.log1p), compute);
  return { status, low: Math.expm1(low), high: Math.expm1(high) };
}

/** Squares of values beyond these bounds leave the range of doubles. Scaling by a power of two is exact, and the limits scale with the values. */
function inUnitsOf(sorted: Float64Array, compute: (scaled: Float64Array) => Limits): Limits {
  const largest = sorted.length === 0 ? 1 : Math.max(Math.abs(sorted[0]!), Math.abs(sorted[sorted.length - 1]!));
  const scale = largest > 1e100 ? 2 ** -800 : largest < 1e-100 ? 2 ** 600 : 1;
  if (scale === 1) return compute(sorted);
  const { status, low, high } = compute(sorted.map((value) => value * scale));
  return { status, low: low / scale, high: high / scale };
}

/** A limit beyond the range of doubles is none. JSON has no −0. */
function finiteOrNull(limit: number): number | null {
  return Number.isFinite(limit) ? limit + 0 : null;
}

function sortActive(values: Float64Array, isActive: Uint8Array): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (isActive[row] === 1 && value === value) present[count++] = value;
  }
  return present.subarray(0, count).sort();
}

function refuseNegative(caller: string, name: string, isActive: Uint8Array, column: Column): ClienteleError {
  const row = column.type === "number" ? column.values.findIndex((value, i) => isActive[i] === 1 && value < 0) : undefined;
  const rule = "at least 0 for logScale";
  return new ClienteleError("invalidInput", `outliers: values of column ${JSON.stringify(name)} must be ${rule}; row ${row} is below`, { caller, parameter: "outliers", column: name, row, rule });
}
