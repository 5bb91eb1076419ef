import { checkFinite, checkList, checkObject } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions } from "../../errors/options";
import { sumOf } from "../../numeric/statistics/compensated-sum";

/** What {@link computeLifetimeValue} needs to know. Periods are whatever the rates are given for: months, years … */
export interface LifetimeValueInput {
  /** Probability r of staying from one period to the next: S(t) = rᵗ. Give this or `survival`. */
  readonly retention?: number | undefined;
  /** Unconditional probabilities S(1), S(2) … of still being a customer in each period. Give this or `retention`. */
  readonly survival?: readonly number[] | undefined;
  /** Number of periods n. @defaultValue the length of `survival`; required with `retention` */
  readonly periods?: number | undefined;
  /** Average revenue of a customer in one period (ARPU), in money. */
  readonly averageRevenue: number;
  /** Share of the revenue that is earned. @defaultValue 1 (the result is revenue) */
  readonly margin?: number | undefined;
  /** Discount rate of one period, such as 0.01 for 1 % a month. @defaultValue 0 */
  readonly discountRate?: number | undefined;
  /**
   * RFM value of the customer: the weighted mean of the three scores. With it the result is an index for ranking, not money:
   * multiplying money by a score counts the customer's value twice. @defaultValue none
   */
  readonly rfm?: number | RfmScores | undefined;
}

/** The three scores of a customer and what each weighs. */
export interface RfmScores {
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
  /** @defaultValue 1 each */
  readonly weights?: { readonly recency: number; readonly frequency: number; readonly monetary: number } | undefined;
}

/** One period of the sum. */
export interface LifetimeValuePeriod {
  /** t, from 1. */
  readonly period: number;
  /** S(t): probability of still being a customer. */
  readonly survival: number;
  /** (1 + d)^−t */
  readonly discountFactor: number;
  /** S(t) × ARPU × margin × discount factor, in money. */
  readonly value: number;
}

/** Customer lifetime value in money, or, where RFM scores were multiplied in, an index that only ranks. */
export type LifetimeValue =
  | { readonly kind: "money"; readonly lifetimeValue: number; readonly periods: readonly LifetimeValuePeriod[] }
  | { readonly kind: "index"; readonly valueIndex: number; readonly rfm: number; readonly periods: readonly LifetimeValuePeriod[] };

const LIFETIME_VALUE_OPTIONS = {
  retention: { kind: "number", min: 0, max: 1 },
  survival: { kind: "custom" },
  periods: { kind: "integer", min: 1, max: 100_000 },
  averageRevenue: { kind: "number", required: true },
  margin: { kind: "number", default: 1 },
  discountRate: { kind: "number", min: -1, open: "min", default: 0 },
  rfm: { kind: "custom" },
} as const;

/**
 * What a customer is worth over n periods: CLV = Σₜ S(t) × ARPU × margin × (1 + d)^−t for t = 1 … n, paid at the end of each period.
 *
 * With `rfm` the sum is multiplied by the RFM value and returned as `valueIndex`, because it is no longer money.
 *
 * @throws ClienteleError `invalidOption` for values outside their bounds, when both or neither of `retention` and
 * `survival` are given, or when `survival` rises from one period to the next; `nonFinite` when a value is too large for a number.
 * @example
 * ```ts
 * import { computeLifetimeValue } from "clientele/clv";
 *
 * const clv = computeLifetimeValue({ retention: 0.9, periods: 12, averageRevenue: 100, margin: 0.3, discountRate: 0.01 });
 * if (clv.kind === "money") console.log(clv.lifetimeValue.toFixed(2)); // 183.93
 * ```
 */
export function computeLifetimeValue(input: LifetimeValueInput): LifetimeValue {
  const caller = "computeLifetimeValue";
  const options = readOptions(caller, input, LIFETIME_VALUE_OPTIONS);
  const survival = survivalCurve(caller, options.retention, options.survival, options.periods);
  const periods = survival.map((share, i) => {
    const period = i + 1;
    const discountFactor = (1 + options.discountRate) ** -period;
    const value = share * options.averageRevenue * options.margin * discountFactor;
    if (!Number.isFinite(discountFactor) || !Number.isFinite(value)) {
      throw new ClienteleError("nonFinite", `the value of period ${period} is too large for a number; use fewer periods or another discountRate`, {
        caller,
        parameter: "periods",
        rule: "a finite value in each period",
      });
    }
    return { period, survival: share, discountFactor, value };
  });
  const total = sumOf(periods.map(({ value }) => value));
  if (options.rfm === undefined) return { kind: "money", lifetimeValue: total, periods };
  const rfm = rfmValue(caller, options.rfm);
  return { kind: "index", valueIndex: total * rfm, rfm, periods };
}

function survivalCurve(
  caller: string,
  retention: number | undefined,
  survival: readonly number[] | undefined,
  periods: number | undefined,
): readonly number[] {
  if ((retention === undefined) === (survival === undefined)) {
    const found = retention === undefined ? "neither is" : "both are";
    throw new ClienteleError("invalidOption", `give either retention or survival; ${found} given`, {
      caller,
      parameter: "retention",
      rule: "retention or survival",
    });
  }
  if (survival === undefined) {
    if (periods === undefined) {
      throw new ClienteleError("invalidOption", "periods is required with retention", { caller, parameter: "periods", rule: "required" });
    }
    return Array.from({ length: periods }, (_, i) => retention! ** (i + 1));
  }
  checkList(caller, "survival", survival);
  checkFinite(caller, "survival", survival);
  if (periods !== undefined && periods > survival.length) {
    checkOption(caller, "periods", periods, { kind: "integer", min: 1, max: survival.length }, "periods of survival");
  }
  const curve = Array.from(survival).slice(0, periods ?? survival.length);
  if (curve.length === 0) {
    throw new ClienteleError("invalidOption", "survival must have at least one period; got 0", { caller, parameter: "survival", rule: "at least one period" });
  }
  curve.forEach((share, i) => {
    checkOption(caller, `survival[${i}]`, share, { kind: "number", min: 0, max: i === 0 ? 1 : curve[i - 1]! }, "a customer who left does not come back");
  });
  return curve;
}

function rfmValue(caller: string, rfm: number | RfmScores): number {
  if (typeof rfm === "number") {
    checkOption(caller, "rfm", rfm, { kind: "number", min: 0 });
    return rfm;
  }
  checkObject(caller, "rfm", rfm);
  const weights = rfm.weights ?? { recency: 1, frequency: 1, monetary: 1 };
  let sum = 0;
  let weightSum = 0;
  for (const part of ["recency", "frequency", "monetary"] as const) {
    checkOption(caller, `rfm.${part}`, rfm[part], { kind: "number", min: 0 });
    checkOption(caller, `rfm.weights.${part}`, weights[part], { kind: "number", min: 0 });
    sum += rfm[part] * weights[part];
    weightSum += weights[part];
  }
  if (weightSum === 0) throw new ClienteleError("invalidOption", "rfm.weights must not all be 0", { caller, parameter: "rfm.weights", rule: "a positive sum" });
  return sum / weightSum;
}
