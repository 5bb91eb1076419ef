import { parseIsoTime } from "../../data/iso-time";
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

/** Reads a saved value model out of untrusted JSON. */
export function readEmpiricalValueSpec(caller: string, value: unknown): EmpiricalValueSpec {
  const spec = SpecReader.open(caller, value, "empiricalValue", 1);
  const groups = spec.objects("groups").map((group): EmpiricalGroup => {
    const purchaseProbability = group.atLeast("purchaseProbability", 0);
    if (purchaseProbability > 1) throw group.refuse("purchaseProbability", "a number from 0 to 1");
    return {
      frequencyFrom: group.count("frequencyFrom"),
      frequencyTo: group.optionalNumber("frequencyTo") ?? null,
      daysAbove: group.optionalNumber("daysAbove") ?? null,
      daysTo: group.optionalNumber("daysTo") ?? null,
      customerCount: group.count("customerCount"),
      purchaseProbability,
      expectedPurchases: group.atLeast("expectedPurchases", 0),
      expectedValue: group.number("expectedValue"),
      standardError: group.atLeast("standardError", 0),
    };
  });
  if (!coverEveryCustomer(groups)) throw spec.refuse("groups", "groups that cover every frequency and every number of days once, in order");
  return {
    kind: "empiricalValue",
    version: 1,
    horizonDays: spec.atLeast("horizonDays", 1),
    annualDiscountRate: spec.atLeast("annualDiscountRate", -1),
    margin: spec.number("margin"),
    cutoff: readDay(spec, "cutoff"),
    asOf: readDay(spec, "asOf"),
    groups,
  };
}

/** Whether each group begins where the one before it ends: by days within a class of frequencies, then by frequency. */
function coverEveryCustomer(groups: readonly EmpiricalGroup[]): boolean {
  let frequencyFrom: number | null = 0;
  let daysAbove: number | null = null;
  for (const group of groups) {
    if (group.frequencyFrom !== frequencyFrom || group.daysAbove !== daysAbove) return false;
    daysAbove = group.daysTo;
    if (group.daysTo === null) frequencyFrom = group.frequencyTo === null ? null : group.frequencyTo + 1;
  }
  return frequencyFrom === null;
}

function readDay(spec: SpecReader, name: string): string {
  const text = spec.text(name);
  if (Number.isNaN(parseIsoTime(text)) || text.length !== 10) throw spec.refuse(name, "a date such as 2026-11-01");
  return text;
}
