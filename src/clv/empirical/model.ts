import { checkFinite, checkObject, checkSameLength } from "../../errors/check";
import { groupOf, halfWidth } from "./predict";
import { readEmpiricalValueSpec, type EmpiricalGroup, type EmpiricalValueSpec } from "./spec";

/** Customers to value: one position for each, as `summarizeTransactions` gives them. */
export interface PurchaseColumns {
  /** Repeat purchase days. */
  readonly frequency: ArrayLike<number>;
  /** Days since the last purchase. */
  readonly daysSinceLast: ArrayLike<number>;
}

/** What to expect of each customer within the horizon: one position for each. */
export interface EmpiricalValues {
  /** Position of the customer's group in `model.groups`. */
  readonly group: Int32Array;
  /** Probability of at least one purchase. */
  readonly purchaseProbability: Float64Array;
  readonly expectedPurchases: Float64Array;
  /** Discounted margin, in money. */
  readonly expectedValue: Float64Array;
  /** 95 % interval of `expectedValue`: how well the mean of such customers is known, not how much one customer varies. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** What customers like this one went on to spend: made by `fitEmpiricalValue`, read by {@link empiricalValueFromSpec}. */
export class EmpiricalValueModel {
  /** How far ahead the values reach, in days. */
  readonly horizonDays: number;
  readonly annualDiscountRate: number;
  readonly margin: number;
  /** The calendar day at which the groups were formed; they were followed until `asOf`. */
  readonly cutoff: string;
  readonly asOf: string;
  readonly groups: readonly EmpiricalGroup[];

  constructor(spec: Omit<EmpiricalValueSpec, "kind" | "version">) {
    this.horizonDays = spec.horizonDays;
    this.annualDiscountRate = spec.annualDiscountRate;
    this.margin = spec.margin;
    this.cutoff = spec.cutoff;
    this.asOf = spec.asOf;
    this.groups = spec.groups.map((group) => ({ ...group }));
  }

  /**
   * What to expect of customers as they stand now, from what their group did.
   *
   * @throws ClienteleError `nonFinite` for NaN or infinity (with the position), `lengthMismatch` for columns of different length.
   */
  predict(customers: PurchaseColumns): EmpiricalValues {
    const caller = "EmpiricalValueModel.predict";
    checkObject(caller, "customers", customers);
    const { frequency, daysSinceLast } = customers;
    checkFinite(caller, "frequency", frequency);
    checkFinite(caller, "daysSinceLast", daysSinceLast);
    checkSameLength(caller, "daysSinceLast", daysSinceLast.length, frequency.length, "frequency");
    const group = Int32Array.from(frequency, (count, i) => groupOf(this.groups, count, daysSinceLast[i]!));
    const ofGroup = (read: (group: EmpiricalGroup) => number): Float64Array => Float64Array.from(group, (i) => read(this.groups[i]!));
    return {
      group,
      purchaseProbability: ofGroup((g) => g.purchaseProbability),
      expectedPurchases: ofGroup((g) => g.expectedPurchases),
      expectedValue: ofGroup((g) => g.expectedValue),
      low: ofGroup((g) => g.expectedValue - halfWidth(g)),
      high: ofGroup((g) => g.expectedValue + halfWidth(g)),
    };
  }

  /** The saved form, for `JSON.stringify(model)`. */
  toJSON(): EmpiricalValueSpec {
    return {
      kind: "empiricalValue",
      version: 1,
      horizonDays: this.horizonDays,
      annualDiscountRate: this.annualDiscountRate,
      margin: this.margin,
      cutoff: this.cutoff,
      asOf: this.asOf,
      groups: this.groups.map((group) => ({ ...group })),
    };
  }
}

/**
 * Reads a saved value model.
 *
 * @param value - parsed JSON; it is not trusted
 * @throws ClienteleError `invalidSpec` naming the field that is wrong.
 * @example
 * ```ts
 * import { empiricalValueFromSpec } from "clientele/scoring";
 *
 * const model = empiricalValueFromSpec({
 *   kind: "empiricalValue", version: 1, horizonDays: 365, annualDiscountRate: 0, margin: 1, cutoff: "2025-11-01", asOf: "2026-11-01",
 *   groups: [{
 *     frequencyFrom: 0, frequencyTo: null, daysAbove: null, daysTo: null,
 *     customerCount: 40, purchaseProbability: 0.5, expectedPurchases: 0.8, expectedValue: 24, standardError: 2,
 *   }],
 * });
 * console.log(model.predict({ frequency: [3], daysSinceLast: [20] }).expectedValue); // Float64Array [24]
 * ```
 */
export function empiricalValueFromSpec(value: unknown): EmpiricalValueModel {
  return new EmpiricalValueModel(readEmpiricalValueSpec("empiricalValueFromSpec", value));
}
