import { checkFinite, checkList } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions } from "../../errors/options";
import { RATE_PERIODS, readDiscountRate, type DiscountRateInput } from "../formula/period";
import type { ShiftedBetaGeometricParameter } from "./parameters";
import { conditionalSurvival, discountedLifetime, residualLifetime, retentionRate, survivalCurve } from "./predict";

/** Which payments of a subscriber count, and what later ones lose. */
export interface LifetimeOptions extends DiscountRateInput {
  /** How many payments count at most: the horizon in periods. @defaultValue Infinity, which needs a discount rate above 0 where alpha ≤ 1 */
  readonly payments?: number | undefined;
}

const LIFETIME_OPTIONS = {
  discountRate: { kind: "number", min: 0 },
  annualDiscountRate: { kind: "number", min: 0 },
  period: { kind: "oneOf", values: RATE_PERIODS },
  payments: { kind: "custom" },
} as const;
const MOST_PERIODS = 1_000_000;

/** How long subscribers stay at given parameters. Ages are the periods that a customer has stayed for already: 0 for a new one. */
export class RetentionPredictor {
  readonly #alpha: number;
  readonly #beta: number;

  constructor({ alpha, beta }: Readonly<Record<ShiftedBetaGeometricParameter, number>>) {
    this.#alpha = alpha;
    this.#beta = beta;
  }

  /**
   * S(0), S(1) … S(periods): share of a cohort that is still there after each period.
   *
   * @throws ClienteleError `invalidOption`.
   */
  survivalCurve(periods: number): Float64Array {
    checkOption("ShiftedBetaGeometricModel.survivalCurve", "periods", periods, { kind: "integer", min: 0, max: MOST_PERIODS });
    return survivalCurve(this.#alpha, this.#beta, periods);
  }

  /**
   * r(1), r(2) … r(periods): share of those who are there at the start of each period who stay for the next one. It rises, though no customer gets
   * more loyal: those who are likely to leave do so first.
   *
   * @throws ClienteleError `invalidOption`.
   */
  retentionCurve(periods: number): Float64Array {
    checkOption("ShiftedBetaGeometricModel.retentionCurve", "periods", periods, { kind: "integer", min: 0, max: MOST_PERIODS });
    return Float64Array.from({ length: periods }, (_, i) => retentionRate(this.#alpha, this.#beta, i + 1));
  }

  /**
   * Probability that customers of these ages stay for `periods` more, one for each.
   *
   * @throws ClienteleError `invalidInput` or `nonFinite` (with the position) for ages that are no whole numbers of at least 0, `invalidOption`.
   */
  predictSurvival(ages: ArrayLike<number>, periods: number): Float64Array {
    const caller = "ShiftedBetaGeometricModel.predictSurvival";
    checkAges(caller, ages);
    checkOption(caller, "periods", periods, { kind: "integer", min: 0, max: MOST_PERIODS });
    return byAge(ages, (age) => conditionalSurvival(this.#alpha, this.#beta, age, periods));
  }

  /**
   * Discounted expected lifetime (DEL) of a new customer: expected payments, the first one at once and certain, later ones discounted by their
   * period (Fader and Hardie 2010). Times the margin of a payment this is the customer's value.
   *
   * @throws ClienteleError `invalidOption`, also where the sum is infinite.
   */
  expectedLifetime(options?: LifetimeOptions): number {
    const { rate, payments } = this.#read("expectedLifetime", options);
    return discountedLifetime(this.#alpha, this.#beta, rate, payments);
  }

  /**
   * Discounted expected residual lifetime (DERL) of customers of these ages who decide now whether to stay for one more period, one for each: expected
   * payments still to come, the next one due now and not certain (Fader and Hardie 2010, eq. 8).
   *
   * @throws ClienteleError `invalidInput` or `nonFinite` (with the position) for ages that are no whole numbers of at least 0, `invalidOption`,
   * also where the sum is infinite.
   */
  predictResidualLifetime(ages: ArrayLike<number>, options?: LifetimeOptions): Float64Array {
    const { caller, rate, payments } = this.#read("predictResidualLifetime", options);
    checkAges(caller, ages);
    return byAge(ages, (age) => residualLifetime(this.#alpha, this.#beta, age, rate, payments));
  }

  #read(method: string, options: LifetimeOptions | undefined): { readonly caller: string; readonly rate: number; readonly payments: number } {
    const caller = `ShiftedBetaGeometricModel.${method}`;
    const { payments = Infinity, ...rest } = readOptions<LifetimeOptions, typeof LIFETIME_OPTIONS>(caller, options, LIFETIME_OPTIONS);
    if (payments !== Infinity) checkOption(caller, "payments", payments, { kind: "integer", min: 1, max: MOST_PERIODS });
    const rate = readDiscountRate(caller, rest);
    if (payments === Infinity && rate === 0 && this.#alpha <= 1) {
      const rule = "finite, or a discount rate above 0 be given: where alpha is at most 1 the mean lifetime is infinite";
      throw new ClienteleError("invalidOption", `payments must be ${rule}`, { caller, parameter: "payments", rule, value: payments });
    }
    return { caller, rate, payments };
  }
}

function checkAges(caller: string, ages: ArrayLike<number>): void {
  checkList(caller, "ages", ages);
  checkFinite(caller, "ages", ages);
  for (let i = 0; i < ages.length; i++) {
    const age = ages[i]!;
    if (Number.isSafeInteger(age) && age >= 0) continue;
    const rule = "whole numbers of at least 0";
    throw new ClienteleError("invalidInput", `ages must hold ${rule}; got ${age} at position ${i}`, { caller, parameter: "ages", row: i, rule, value: age });
  }
}

/** Each different age is computed once: there are few. */
function byAge(ages: ArrayLike<number>, compute: (age: number) => number): Float64Array {
  const known = new Map<number, number>();
  return Float64Array.from(ages, (age) => {
    let value = known.get(age);
    if (value === undefined) known.set(age, (value = compute(age)));
    return value;
  });
}
