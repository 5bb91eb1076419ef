import { SpecReader } from "../../errors/spec";

/** Customers who looked alike at the cutoff, and what they did in the time after it. */
export interface EmpiricalGroup {
  /** Repeat purchase days at the cutoff, from … to (null: and more). */
  readonly frequencyFrom: number;
  readonly frequencyTo: number | null;
  /** Days since the last purchase at the cutoff, above … up to (null: no bound). */
  readonly daysAbove: number | null;
  readonly daysTo: number | null;
  /** Customers of the group at the cutoff. */
  readonly customerCount: number;
  /** Share of them who bought within the horizon. */
  readonly purchaseProbability: number;
  /** Mean purchase days within the horizon. */
  readonly expectedPurchases: number;
  /** Mean margin within the horizon, discounted, in money. */
  readonly expectedValue: number;
  /** Standard error of `expectedValue`. */
  readonly standardError: number;
}

/** The saved form of an `EmpiricalValueModel`. */
export interface EmpiricalValueSpec {
  readonly kind: "empiricalValue";
  readonly version: 1;
  readonly horizonDays: number;
  readonly annualDiscountRate: number;
  readonly margin: number;
  /** The calendar days between which the groups were followed. */
  readonly cutoff: string;
  readonly asOf: string;
  /** Sorted by frequency, then by days since the last purchase. */
  readonly groups: readonly EmpiricalGroup[];
}

export function readEmpiricalValueSpec(caller: string, value: unknown): EmpiricalValueSpec {
  const spec = SpecReader.open(caller, value, "empiricalValue", 1);
  const groups = spec.objects("groups").map(
    (group): EmpiricalGroup => ({
      frequencyFrom: group.number("frequencyFrom"),
      frequencyTo: group.optionalNumber("frequencyTo") ?? null,
      daysAbove: group.optionalNumber("daysAbove") ?? null,
      daysTo: group.optionalNumber("daysTo") ?? null,
      customerCount: group.number("customerCount"),
      purchaseProbability: group.number("purchaseProbability"),
      expectedPurchases: group.number("expectedPurchases"),
      expectedValue: group.number("expectedValue"),
      standardError: group.number("standardError"),
    }),
  );
  if (groups.length === 0) throw spec.refuse("groups", "an array of at least one group");
  return {
    kind: "empiricalValue",
    version: 1,
    horizonDays: spec.number("horizonDays"),
    annualDiscountRate: spec.number("annualDiscountRate"),
    margin: spec.number("margin"),
    cutoff: spec.text("cutoff"),
    asOf: spec.text("asOf"),
    groups,
  };
}
