import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import { rfmValue, type RfmScores } from "./rfm-value";
import { readValuePeriods, VALUE_PERIODS_OPTIONS, type ValuePeriods, type ValuePeriodsInput } from "./value-periods";

/** What {@link computeLifetimeValue} needs to know. Periods are whatever the rates are given for: months, years … */
export interface LifetimeValueInput extends ValuePeriodsInput {
  /** What winning the customer costs, in money: it is paid at once, and taken off. @defaultValue 0 */
  readonly acquisitionCost?: number | undefined;
  /**
   * RFM value of the customer: the weighted mean of the three scores. With it the result is an index for ranking, not money:
   * multiplying money by a score counts the customer's value twice. @defaultValue none
   */
  readonly rfm?: number | RfmScores | undefined;
}

/** One period of the sum. */
export interface LifetimeValuePeriod {
  /** t, from 1. */
  readonly period: number;
  /** Probability of the payment: S(t), or S(t − 1) where customers pay at the start of a period. */
  readonly survival: number;
  /** (1 + d)^−t, or (1 + d)^−(t − 1) at the start of a period. */
  readonly discountFactor: number;
  /** Survival × ARPU × margin × discount factor, in money. */
  readonly value: number;
}

/** Customer lifetime value in money, or, where RFM scores were multiplied in, an index that only ranks. */
export type LifetimeValue =
  | {
      readonly kind: "money";
      /** Σ value of `periods` + `laterValue` − `acquisitionCost`. */
      readonly lifetimeValue: number;
      readonly acquisitionCost: number;
      /** Value of all periods after those listed: above 0 with an infinite horizon only. */
      readonly laterValue: number;
      /** Discount rate of one period, converted if an annual rate was given. */
      readonly discountRate: number;
      readonly periods: readonly LifetimeValuePeriod[];
    }
  | {
      readonly kind: "index";
      /** (Σ value of `periods` + `laterValue`) × `rfm`. */
      readonly valueIndex: number;
      readonly rfm: number;
      readonly laterValue: number;
      readonly discountRate: number;
      readonly periods: readonly LifetimeValuePeriod[];
    };

/**
 * What a customer is worth over n periods: CLV = Σₜ S(t) × ARPU × margin × (1 + d)^−t − acquisition cost for t = 1 … n,
 * paid at the end of each period (Gupta and Lehmann 2003; see `payment` for the start), or for ever with `periods: "infinite"`,
 * where the part after the last given rate is a geometric series in closed form: with one rate r, ARPU × margin × r / (1 + d − r).
 *
 * With `rfm` the sum is multiplied by the RFM value and returned as `valueIndex`, because it is no longer money.
 *
 * @throws ClienteleError `invalidOption` for values outside their bounds, when both or neither of `retention` and
 * `survival` are given, when `survival` rises from one period to the next, or when an infinite sum is infinite;
 * `nonFinite` when a value is too large for a number.
 * @example
 * ```ts
 * import { computeLifetimeValue } from "clientele/clv";
 *
 * const clv = computeLifetimeValue({ retention: 0.9, periods: 12, averageRevenue: 100, margin: 0.3, discountRate: 0.01 });
 * if (clv.kind === "money") console.log(clv.lifetimeValue.toFixed(2)); // 183.93
 *
 * const subscriber = computeLifetimeValue({
 *   retention: [0.7, 0.8, 0.9], periods: "infinite", averageRevenue: 10, margin: 0.6, acquisitionCost: 20,
 *   payment: "start", annualDiscountRate: 0.1, period: "month",
 * });
 * if (subscriber.kind === "money") console.log(subscriber.lifetimeValue.toFixed(2)); // 21.04
 * ```
 */
export function computeLifetimeValue(input: LifetimeValueInput): LifetimeValue {
  const caller = "computeLifetimeValue";
  const { acquisitionCost, rfm, ...options } = readOptions(caller, input, {
    ...VALUE_PERIODS_OPTIONS,
    acquisitionCost: { kind: "number", min: 0, default: 0 },
    rfm: { kind: "custom" },
  });
  const layout = readValuePeriods(caller, options);
  if (rfm !== undefined && acquisitionCost !== 0) {
    throw new ClienteleError("invalidOption", "acquisitionCost is money and cannot be taken off an index; leave out one of acquisitionCost and rfm", {
      caller,
      parameter: "acquisitionCost",
      rule: "no acquisition cost with rfm",
    });
  }
  const periods = Array.from({ length: layout.count }, (_, i) => valueOfPeriod(caller, layout, i));
  // Not the −0 that a negative last value would make of it.
  const laterValue = layout.tailFactor === 0 ? 0 : periods[periods.length - 1]!.value * layout.tailFactor;
  const total = sumOf([...periods.map(({ value }) => value), laterValue]);
  if (!Number.isFinite(total)) throw tooLarge(caller, "the sum");
  const { discountRate } = layout;
  if (rfm === undefined) return { kind: "money", lifetimeValue: total - acquisitionCost, acquisitionCost, laterValue, discountRate, periods };
  const score = rfmValue(caller, rfm);
  return { kind: "index", valueIndex: total * score, rfm: score, laterValue, discountRate, periods };
}

function valueOfPeriod(caller: string, { survival, discountFactor, averageRevenue, margin }: ValuePeriods, i: number): LifetimeValuePeriod {
  const value = survival[i]! * averageRevenue[i]! * margin[i]! * discountFactor[i]!;
  if (!Number.isFinite(discountFactor[i]!) || !Number.isFinite(value)) throw tooLarge(caller, `the value of period ${i + 1}`);
  return { period: i + 1, survival: survival[i]!, discountFactor: discountFactor[i]!, value };
}

function tooLarge(caller: string, what: string): ClienteleError {
  return new ClienteleError("nonFinite", `${what} is too large for a number; use fewer periods or another discount rate`, {
    caller,
    parameter: "periods",
    rule: "a finite value in each period",
  });
}
