import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions } from "../../errors/options";
import { checkHistories, type PurchaseHistories } from "./histories";
import { aliveOf, timesAlive } from "./predict";
import type { PurchaseKernel } from "./purchase-kernel";

/** A stretch of time from now: its length, or the time after `from` until `to`; in the unit of the histories. */
export type PurchaseInterval = number | { readonly from: number; readonly to: number };

/** How far ahead purchases are counted, and what later ones lose. */
export interface DiscountOptions {
  /** In the unit of the histories; `Infinity` for all that is to come, which needs a discount rate above 0. */
  readonly horizon: number;
  /** Rate per unit of time, effective: a purchase after s units counts (1 + rate)^−s. An annual rate must be converted to the unit first. */
  readonly discountRate: number;
}

const DURATION = { kind: "number", min: 0 } as const;
/** Opportunities are gone through one by one. */
const OPPORTUNITIES = { kind: "number", min: 0, max: 1_000_000 } as const;
const DISCOUNT_OPTIONS = { horizon: { kind: "custom", required: true }, discountRate: { kind: "number", min: -1, open: "min", required: true } } as const;
const INTERVAL_OPTIONS = { from: { kind: "number", min: 0, required: true }, to: { kind: "number", min: 0, required: true } } as const;
/** P(n purchases) is computed from n terms. */
const MOST_PURCHASES = 1_000_000;

/**
 * What a purchase process says of customers, one answer for each position of the histories. Histories of new customers hold 0.
 *
 * Every method throws a ClienteleError: `invalidInput` or `nonFinite` (with the position) for columns that are no histories,
 * `lengthMismatch` for columns of different length, `invalidOption` for times and probabilities out of bounds.
 */
export class PurchasePredictor {
  readonly #kernel: PurchaseKernel;
  readonly #name: string;

  /** @param name - of the class, for refusals */
  constructor(name: string, kernel: PurchaseKernel) {
    this.#name = name;
    this.#kernel = kernel;
  }

  /** Probability that the customer is still a customer: now, or a duration `after` now, whatever is bought until then. */
  predictAlive(histories: PurchaseHistories, after = 0): Float64Array {
    const caller = this.#enter("predictAlive", histories);
    checkOption(caller, "after", after, durationRule(this.#kernel));
    if (after === 0) return aliveOf(this.#kernel, histories);
    return timesAlive(this.#kernel, histories, (frequency, age) => this.#kernel.survival(frequency, age, after));
  }

  /** Expected number of purchases within an interval from now. */
  predictPurchases(histories: PurchaseHistories, interval: PurchaseInterval): Float64Array {
    const caller = this.#enter("predictPurchases", histories);
    const { from, to } = readInterval(caller, interval, durationRule(this.#kernel));
    return timesAlive(this.#kernel, histories, (frequency, age) => {
      const until = this.#kernel.purchases(frequency, age, to);
      return from === 0 ? until : Math.max(0, until - this.#kernel.purchases(frequency, age, from));
    });
  }

  /** Probability of exactly `count` purchases within `duration` from now; 0 is the probability of none. */
  predictCountProbability(histories: PurchaseHistories, count: number, duration: number): Float64Array {
    const caller = this.#enter("predictCountProbability", histories);
    checkOption(caller, "count", count, { kind: "integer", min: 0, max: MOST_PURCHASES });
    checkOption(caller, "duration", duration, durationRule(this.#kernel));
    if (count > 0) return timesAlive(this.#kernel, histories, (frequency, age) => this.#kernel.count(frequency, age, duration, count));
    return timesAlive(this.#kernel, histories, (frequency, age) => this.#kernel.anyPurchase(frequency, age, duration)).map((any) => 1 - any);
  }

  /** Probability of at least one purchase within `duration` from now; `Infinity` for ever. */
  predictPurchaseProbability(histories: PurchaseHistories, duration: number): Float64Array {
    const caller = this.#enter("predictPurchaseProbability", histories);
    checkDuration(caller, "duration", duration, durationRule(this.#kernel));
    return timesAlive(this.#kernel, histories, (frequency, age) => this.#kernel.anyPurchase(frequency, age, duration));
  }

  /**
   * Time from now by which a purchase has happened with the given probability, such as 0.5, 0.8 or 0.95; NaN (missing) where that
   * probability is never reached, because the customer may be gone. (A mean time is not offered: it does not exist.)
   */
  predictTimeToPurchase(histories: PurchaseHistories, probability: number): Float64Array {
    const caller = this.#enter("predictTimeToPurchase", histories);
    checkOption(caller, "probability", probability, { kind: "number", min: 0, max: 1, open: "both" });
    const { frequency, recency, age } = histories;
    return Float64Array.from(frequency, (x, i) => {
      const ifCustomer = probability / this.#kernel.alive(x, recency[i]!, age[i]!);
      // A wait that is too long for a double is still finite.
      return ifCustomer < 1 ? Math.min(this.#kernel.waitingTime(x, age[i]!, ifCustomer), Number.MAX_VALUE) : NaN;
    });
  }

  /**
   * Expected number of purchases from now, each discounted by its time; with an infinite horizon the discounted expected residual
   * transactions (DERT). Times a margin per purchase this is a value.
   */
  predictDiscountedPurchases(histories: PurchaseHistories, options: DiscountOptions): Float64Array {
    const caller = this.#enter("predictDiscountedPurchases", histories);
    const { horizon, discountRate } = readOptions<DiscountOptions, typeof DISCOUNT_OPTIONS>(caller, options, DISCOUNT_OPTIONS);
    checkDuration(caller, "horizon", horizon, durationRule(this.#kernel));
    if (horizon === Infinity && !(discountRate > 0)) {
      const rule = "finite where nothing is discounted";
      throw new ClienteleError("invalidOption", `horizon must be ${rule}; got Infinity`, { caller, parameter: "horizon", rule, value: horizon });
    }
    const force = Math.log1p(discountRate);
    return timesAlive(this.#kernel, histories, (frequency, age) => this.#kernel.discounted(frequency, age, horizon, force));
  }

  #enter(method: string, histories: PurchaseHistories): string {
    const caller = `${this.#name}.${method}`;
    checkHistories(caller, histories, this.#kernel.time);
    return caller;
  }
}

type DurationRule = typeof DURATION | typeof OPPORTUNITIES;

function durationRule({ time }: PurchaseKernel): DurationRule {
  return time === "discrete" ? OPPORTUNITIES : DURATION;
}

function checkDuration(caller: string, parameter: string, value: number, rule: DurationRule): void {
  if (value !== Infinity) checkOption(caller, parameter, value, rule);
}

function readInterval(caller: string, interval: PurchaseInterval, durations: DurationRule): { readonly from: number; readonly to: number } {
  if (typeof interval === "number") {
    checkOption(caller, "interval", interval, durations);
    return { from: 0, to: interval };
  }
  const { from, to } = readOptions<Exclude<PurchaseInterval, number>, typeof INTERVAL_OPTIONS>(caller, interval, INTERVAL_OPTIONS, "interval");
  checkOption(caller, "interval.to", to, durations);
  if (to >= from) return { from, to };
  const rule = "at least interval.from";
  throw new ClienteleError("invalidOption", `interval.to must be ${rule}; got ${to}`, { caller, parameter: "interval.to", rule, value: to });
}
