import { checkFinite, checkList, checkShape } from "../../errors/check";
import { checkOption, readOptions } from "../../errors/options";
import { normalQuantile } from "../../numeric/special/normal-quantile";
import { tabulateLifetimes, type LifetimeTable, type Lifetimes } from "./lifetimes";

/** Options of {@link computeKaplanMeier}. */
export interface KaplanMeierOptions {
  /** Share of such intervals that hold the true value, pointwise. @defaultValue 0.95 */
  readonly confidence?: number | undefined;
  /**
   * The scale on which the interval is symmetric: `logLog`, log(−log S), never leaves 0 … 1 and is right for small groups;
   * `log` and `plain` are cut off at 1 and 0.
   *
   * @defaultValue "logLog"
   */
  readonly interval?: "logLog" | "log" | "plain" | undefined;
  /** End of the time that `meanLifetime` looks at, in periods: at most the longest duration, unless nobody was left by then. @defaultValue the longest duration */
  readonly upTo?: number | undefined;
}

/** An estimated survival curve: a row for each duration at which customers left or were last seen. */
export interface KaplanMeier {
  /** Durations, rising. */
  readonly time: Float64Array;
  /** Customers who were there just before each, those last seen at it included. */
  readonly atRisk: Float64Array;
  /** Customers who left at it. */
  readonly ended: Float64Array;
  /** Customers who were last seen at it, still there. */
  readonly censored: Float64Array;
  /** S(t): share of customers who stay longer than t. */
  readonly survival: Float64Array;
  /** Of `survival` (Greenwood 1926); NaN once nobody is left. */
  readonly standardError: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /**
   * The first duration by which half of the customers have left; where the curve is ½ for a while, the middle of that time.
   * Undefined where the curve stays above ½.
   */
  readonly medianLifetime: number | undefined;
  /** The same for the limits of the interval. */
  readonly medianLow: number | undefined;
  readonly medianHigh: number | undefined;
  /** Mean duration, counted up to `upTo` only: the area under the curve. */
  readonly meanLifetime: { readonly upTo: number; readonly value: number; readonly standardError: number };
  /** Customers in all (sum of the weights), and how many of them left. */
  readonly customerCount: number;
  readonly endedCount: number;
}

const KAPLAN_MEIER_OPTIONS = {
  confidence: { kind: "number", min: 0, max: 1, open: "both", default: 0.95 },
  interval: { kind: "oneOf", values: ["logLog", "log", "plain"], default: "logLog" },
  upTo: { kind: "number", min: 0, open: "min" },
} as const;

/**
 * How many customers stay how long, without a model: the survival curve of Kaplan and Meier (1958), which uses customers
 * who are still there for as long as they have been seen.
 *
 * It needs that those last seen early would have stayed like the others, and it ends with the longest duration;
 * `fitShiftedBetaGeometric` goes on from there. Variance by Greenwood's formula; intervals are pointwise. While nobody has left, `logLog` gives
 * no interval (NaN), and the others one without width. n entries take O(n log n).
 *
 * @throws ClienteleError `invalidInput` for negative durations, and for `churned` other than 0 and 1; `lengthMismatch`; `nonFinite`;
 * `tooFewRows` without a customer.
 * @example
 * ```ts
 * import { computeKaplanMeier } from "clientele/clv";
 *
 * const curve = computeKaplanMeier({ durations: [1, 2, 2, 3, 5, 5], churned: [1, 1, 0, 1, 0, 0] });
 * console.log([...curve.survival].map((share) => share.toFixed(3))); // ["0.833", "0.667", "0.444", "0.444"]
 * console.log(curve.medianLifetime);                                 // 3
 * ```
 */
export function computeKaplanMeier(lifetimes: Lifetimes, options?: KaplanMeierOptions): KaplanMeier {
  const caller = "computeKaplanMeier";
  const { confidence, interval, upTo } = readOptions(caller, options, KAPLAN_MEIER_OPTIONS);
  const table = tabulateLifetimes(caller, lifetimes);
  const { durations: time, ended, censored, total } = table;
  const { atRisk, survival, greenwood } = productLimit(table);
  const end = time[time.length - 1]!;
  if (upTo !== undefined && survival[time.length - 1]! > 0) {
    checkOption(caller, "upTo", upTo, { kind: "number", min: 0, max: end, open: "min" }, "the longest duration");
  }
  const standardError = survival.map((share, i) => share * Math.sqrt(greenwood[i]!));
  const z = normalQuantile(0.5 + confidence / 2);
  const low = new Float64Array(time.length);
  const high = new Float64Array(time.length);
  survival.forEach((share, i) => {
    [low[i], high[i]] = limits(share, z * Math.sqrt(greenwood[i]!), interval);
  });
  return {
    time,
    atRisk,
    ended,
    censored,
    survival,
    standardError,
    low,
    high,
    medianLifetime: median(time, survival),
    medianLow: median(time, low),
    medianHigh: median(time, high),
    meanLifetime: meanUpTo(table, atRisk, survival, upTo ?? end),
    customerCount: total,
    endedCount: ended.reduce((sum, count) => sum + count, 0),
  };
}

/**
 * The share of customers who stay longer than each of these durations, read off a curve of {@link computeKaplanMeier}.
 * Beyond its last duration nothing is known: NaN, unless nobody was left.
 *
 * @throws ClienteleError `nonFinite` for NaN and infinities.
 * @example
 * ```ts
 * import { computeKaplanMeier, survivalAt } from "clientele/clv";
 *
 * const curve = computeKaplanMeier({ survivors: [1000, 631, 468, 382] });
 * console.log(survivalAt(curve, [0, 1, 1.5, 3, 12])); // Float64Array [1, 0.631, 0.631, 0.382, NaN]
 * ```
 */
export function survivalAt(curve: KaplanMeier, durations: ArrayLike<number>): Float64Array {
  const caller = "survivalAt";
  const rule = "what computeKaplanMeier returns";
  checkShape(caller, "curve", curve, rule, ({ time, survival }) => time instanceof Float64Array && survival instanceof Float64Array);
  checkList(caller, "durations", durations);
  checkFinite(caller, "durations", durations);
  const { time, survival } = curve;
  const end = time[time.length - 1]!;
  const lastSurvival = survival[survival.length - 1]!;
  return Float64Array.from(durations, (duration) => {
    if (duration > end) return lastSurvival === 0 ? 0 : NaN;
    const row = lastAtMost(time, duration);
    return row < 0 ? 1 : survival[row]!;
  });
}

/** S(t) = Π (1 − dᵢ / nᵢ) and Σ dᵢ / (nᵢ (nᵢ − dᵢ)), the variance of log S. */
function productLimit({ durations, ended, censored, total }: LifetimeTable): { atRisk: Float64Array; survival: Float64Array; greenwood: Float64Array } {
  const count = durations.length;
  const atRisk = new Float64Array(count);
  const survival = new Float64Array(count);
  const greenwood = new Float64Array(count);
  let remaining = total;
  let share = 1;
  let variance = 0;
  for (let i = 0; i < count; i++) {
    // The last customers, all of whom are in the last row: no rounding is left of what went before.
    if (i === count - 1) remaining = ended[i]! + censored[i]!;
    atRisk[i] = remaining;
    const left = remaining - ended[i]!;
    share *= left / remaining;
    variance += ended[i] === 0 ? 0 : ended[i]! / (remaining * left);
    survival[i] = share;
    greenwood[i] = variance;
    remaining = left - censored[i]!;
  }
  return { atRisk, survival, greenwood };
}

/** @param halfWidth - of the interval of log S */
function limits(survival: number, halfWidth: number, interval: "logLog" | "log" | "plain"): [low: number, high: number] {
  if (survival === 0) return [NaN, NaN];
  switch (interval) {
    case "logLog": {
      if (survival === 1) return [NaN, NaN];
      const logSurvival = Math.log(survival);
      const spread = Math.exp(halfWidth / -logSurvival);
      return [Math.exp(logSurvival * spread), Math.exp(logSurvival / spread)];
    }
    case "log":
      return [survival * Math.exp(-halfWidth), Math.min(1, survival * Math.exp(halfWidth))];
    case "plain":
      return [Math.max(0, survival * (1 - halfWidth)), Math.min(1, survival * (1 + halfWidth))];
  }
}

/** Values that are a half but for rounding count as one: products of shares seldom are one exactly. */
const HALF_ROUNDING = 1e-12;

/** The first duration with a value of at most ½; midway to the next lower value where it is ½ exactly, as in the median of a list. */
function median(time: Float64Array, values: Float64Array): number | undefined {
  const row = values.findIndex((value) => value <= 0.5 + HALF_ROUNDING);
  if (row < 0) return undefined;
  const isHalf = values[row]! >= 0.5 - HALF_ROUNDING;
  const next = isHalf ? values.findIndex((value) => value < 0.5 - HALF_ROUNDING) : -1;
  return next < 0 ? time[row] : (time[row]! + time[next]!) / 2;
}

/** Position of the last duration that is not above `duration`; −1 if all are. */
function lastAtMost(time: Float64Array, duration: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! <= duration) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** ∫₀ᵘ S and its standard error √ Σ (∫ₜᵢᵘ S)² dᵢ / (nᵢ (nᵢ − dᵢ)) (Klein and Moeschberger 2003, section 4.5). */
function meanUpTo({ durations, ended }: LifetimeTable, atRisk: Float64Array, survival: Float64Array, upTo: number): KaplanMeier["meanLifetime"] {
  let area = 0;
  let variance = 0;
  let end = upTo;
  // From the right: the area behind each duration is needed.
  for (let i = durations.length - 1; i >= 0; i--) {
    const start = durations[i]!;
    if (start >= upTo) continue;
    area += survival[i]! * (end - start);
    end = start;
    const left = atRisk[i]! - ended[i]!;
    if (left > 0) variance += (area * area * ended[i]!) / (atRisk[i]! * left);
  }
  return { upTo, value: area + end, standardError: Math.sqrt(variance) };
}
