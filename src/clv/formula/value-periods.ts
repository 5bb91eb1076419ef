import { checkFinite, checkList, isList } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { checkOption, type OptionRule, type ResolvedOptions } from "../../errors/options";
import { RATE_PERIODS, readDiscountRate, type DiscountRateInput } from "./period";

/** What is known of a customer's payments. Periods are whatever the rates are given for: months, years … */
export interface ValuePeriodsInput extends DiscountRateInput {
  /**
   * Probability r of staying from one period to the next: S(t) = rᵗ. A list holds those of period 1, 2 …, the last one goes on
   * beyond it, and S(t) is their product. Give this or `survival`.
   */
  readonly retention?: number | readonly number[] | undefined;
  /** Unconditional probabilities S(1), S(2) … of still being a customer in each period. Give this or `retention`. */
  readonly survival?: readonly number[] | undefined;
  /**
   * Number of periods n, or `"infinite"`: for ever, which needs `retention`.
   *
   * @defaultValue the length of `survival` or of the list `retention`; required with a single `retention`
   */
  readonly periods?: number | "infinite" | undefined;
  /** Average revenue of a customer in one period (ARPU), in money; a list holds those of period 1, 2 …, the last one goes on beyond it. */
  readonly averageRevenue: number | readonly number[];
  /** Share of the revenue that is earned; a list as for `averageRevenue`. @defaultValue 1 (the result is revenue) */
  readonly margin?: number | readonly number[] | undefined;
  /**
   * When the customer pays: at the `end` of period t, if still there, discounted by t periods; or at its `start`, as subscribers
   * do: the first payment is certain and at once, payment t has the probability S(t − 1) and t − 1 periods of discount.
   *
   * @defaultValue "end"
   */
  readonly payment?: "end" | "start" | undefined;
}

export const VALUE_PERIODS_OPTIONS = {
  retention: { kind: "custom" },
  survival: { kind: "custom" },
  periods: { kind: "custom" },
  averageRevenue: { kind: "custom", required: true },
  margin: { kind: "custom" },
  payment: { kind: "oneOf", values: ["end", "start"], default: "end" },
  discountRate: { kind: "number", min: -1, open: "min" },
  annualDiscountRate: { kind: "number", min: -1, open: "min" },
  period: { kind: "oneOf", values: RATE_PERIODS },
} as const;

/** The periods of a lifetime value, one position for each: what the sum goes over. */
export interface ValuePeriods {
  readonly count: number;
  /** Probability of the payment. */
  readonly survival: Float64Array;
  readonly discountFactor: Float64Array;
  readonly averageRevenue: Float64Array;
  readonly margin: Float64Array;
  /** Of one period. */
  readonly discountRate: number;
  /** All later periods together are worth this many times the last one; 0 with a finite horizon. */
  readonly tailFactor: number;
}

const SHARE = { kind: "number", min: 0, max: 1 } as const;
const MOST_PERIODS = 100_000;

type ValuePeriodsOptions = ResolvedOptions<ValuePeriodsInput, typeof VALUE_PERIODS_OPTIONS>;

/** Lays out by period what is known of the payments; checks what the table of options leaves open. */
export function readValuePeriods(caller: string, options: ValuePeriodsOptions): ValuePeriods {
  const { payment, survival, periods } = options;
  const averageRevenue = readList(caller, "averageRevenue", options.averageRevenue, { kind: "number" });
  const margin = readList(caller, "margin", options.margin ?? 1, { kind: "number" });
  const discountRate = readDiscountRate(caller, options);
  checkEither(caller, options.retention, survival);
  const retention = options.retention === undefined ? undefined : readList(caller, "retention", options.retention, SHARE);
  const stored = retention ?? readSurvival(caller, survival!);
  if (periods === undefined && !isList(options.retention) && survival === undefined) {
    throw new ClienteleError("invalidOption", "periods is required with retention", { caller, parameter: "periods", rule: "required" });
  }
  const isInfinite = periods === "infinite";
  if (isInfinite && retention === undefined) {
    const rule = "a number with survival (which says nothing of the time after it)";
    throw new ClienteleError("invalidOption", `periods must be ${rule}; got "infinite"`, { caller, parameter: "periods", rule });
  }
  if (!isInfinite && periods !== undefined) {
    const max = retention === undefined ? Math.min(stored.length, MOST_PERIODS) : MOST_PERIODS;
    checkOption(caller, "periods", periods, { kind: "integer", min: 1, max }, retention === undefined && max > 0 ? "periods of survival" : undefined);
  }
  const count = isInfinite ? Math.max(stored.length, averageRevenue.length, margin.length) : (periods ?? stored.length);
  const ends = retention === undefined ? stored.slice(0, count) : products(retention, count);
  return {
    count,
    survival: payment === "end" ? ends : Float64Array.from(ends, (_, i) => (i === 0 ? 1 : ends[i - 1]!)),
    discountFactor: Float64Array.from(ends, (_, i) => (1 + discountRate) ** (payment === "end" ? -(i + 1) : -i)),
    averageRevenue: extended(averageRevenue, count),
    margin: extended(margin, count),
    discountRate,
    tailFactor: isInfinite ? readTailFactor(caller, retention!, discountRate) : 0,
  };
}

function checkEither(caller: string, retention: unknown, survival: unknown): void {
  if ((retention === undefined) !== (survival === undefined)) return;
  const found = retention === undefined ? "neither is" : "both are";
  throw new ClienteleError("invalidOption", `give either retention or survival; ${found} given`, { caller, parameter: "retention", rule: "retention or survival" });
}

/** A single number is a list of one. */
function readList(caller: string, parameter: string, given: unknown, rule: OptionRule): Float64Array {
  if (!isList(given)) {
    checkOption(caller, parameter, given, rule);
    return Float64Array.of(given as number);
  }
  checkPeriodCount(caller, parameter, given.length);
  return Float64Array.from(given, (value, i) => {
    checkOption(caller, `${parameter}[${i}]`, value, rule);
    return value as number;
  });
}

function checkPeriodCount(caller: string, parameter: string, length: number): void {
  if (length > 0 && length <= MOST_PERIODS) return;
  const rule = length === 0 ? "at least one period" : `at most ${MOST_PERIODS} periods`;
  throw new ClienteleError("invalidOption", `${parameter} must have ${rule}; got ${length}`, { caller, parameter, rule });
}

function readSurvival(caller: string, survival: readonly number[]): Float64Array {
  checkList(caller, "survival", survival);
  checkFinite(caller, "survival", survival);
  checkPeriodCount(caller, "survival", survival.length);
  const curve = Float64Array.from(survival);
  curve.forEach((share, i) => {
    checkOption(caller, `survival[${i}]`, share, { kind: "number", min: 0, max: i === 0 ? 1 : curve[i - 1]! }, "a customer who left does not come back");
  });
  return curve;
}

/** Σ qᵗ from 1 on with q = r / (1 + d) < 1: q / (1 − q) = r / (1 − r + d), summed so that it keeps its digits near q = 1. */
function readTailFactor(caller: string, retention: Float64Array, discountRate: number): number {
  const last = retention[retention.length - 1]!;
  const factor = last / (1 - last + discountRate);
  if (factor >= 0 && factor < Infinity) return factor;
  const rule = "a number: (last) retention ÷ (1 + discount rate) is not below 1, so that the sum over all periods is infinite";
  throw new ClienteleError("invalidOption", `periods must be ${rule}`, { caller, parameter: "periods", rule, value: "infinite" });
}

/** The products of the first 1, 2 … `count` rates; the last rate goes on. */
function products(rates: Float64Array, count: number): Float64Array {
  // One rate: powers, which do not gather rounding errors.
  if (rates.length === 1) return Float64Array.from({ length: count }, (_, i) => rates[0]! ** (i + 1));
  const curve = new Float64Array(count);
  let product = 1;
  for (let i = 0; i < count; i++) {
    product *= rates[Math.min(i, rates.length - 1)]!;
    curve[i] = product;
  }
  return curve;
}

function extended(values: Float64Array, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => values[Math.min(i, values.length - 1)]!);
}
