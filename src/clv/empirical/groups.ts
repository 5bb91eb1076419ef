import { computeMoments, standardDeviationOf } from "../../numeric/statistics/moments";
import { quantileOfSorted, sortPresent } from "../../numeric/statistics/quantile";
import type { EmpiricalGroup } from "./spec";

/** Customers at the cutoff, and what each did afterwards: one position for each customer. */
export interface FollowedCustomers {
  readonly frequency: Float64Array;
  readonly daysSinceLast: Float64Array;
  /** Purchase days within the horizon. */
  readonly purchases: Float64Array;
  /** Discounted margin within the horizon, in money. */
  readonly value: Float64Array;
}

/** Classes of repeat purchase days begin here: none, one, two or three, four to seven, eight and more. */
const FREQUENCY_CLASSES = [0, 1, 2, 4, 8];

/** Each frequency class is cut by days since the last purchase into this many groups of equal size, at most. */
const MAX_RECENCY_GROUPS = 3;

/**
 * Puts customers who look alike into groups of at least `minGroupSize` (all in one, when there are fewer).
 * A frequency class that is too small joins the next lower one.
 */
export function groupCustomers(customers: FollowedCustomers, minGroupSize: number): EmpiricalGroup[] {
  const classes = frequencyClasses(customers.frequency, minGroupSize);
  return classes.flatMap(({ from, to, rows }) => {
    const wanted = Math.max(1, Math.min(MAX_RECENCY_GROUPS, Math.floor(rows.length / minGroupSize)));
    return recencyGroups(customers, rows, wanted, minGroupSize).map(({ above, to: daysTo, rows: members }) => ({
      frequencyFrom: from,
      frequencyTo: to,
      daysAbove: above,
      daysTo,
      ...describeGroup(customers, members),
    }));
  });
}

interface FrequencyClass {
  readonly from: number;
  readonly to: number | null;
  readonly rows: readonly number[];
}

function frequencyClasses(frequency: Float64Array, minGroupSize: number): FrequencyClass[] {
  let classes: FrequencyClass[] = FREQUENCY_CLASSES.map((from, i) => {
    const next = FREQUENCY_CLASSES[i + 1];
    const rows: number[] = [];
    frequency.forEach((count, row) => {
      if (count >= from && (next === undefined || count < next)) rows.push(row);
    });
    return { from, to: next === undefined ? null : next - 1, rows };
  });
  for (let i = classes.length - 1; i > 0; i--) {
    if (classes[i]!.rows.length < minGroupSize) classes = joinWithLower(classes, i);
  }
  // The lowest class has no lower one to join: it takes in the next.
  return classes.length > 1 && classes[0]!.rows.length < minGroupSize ? joinWithLower(classes, 1) : classes;
}

function joinWithLower(classes: readonly FrequencyClass[], i: number): FrequencyClass[] {
  const lower = classes[i - 1]!;
  const joined = { from: lower.from, to: classes[i]!.to, rows: [...lower.rows, ...classes[i]!.rows] };
  return [...classes.slice(0, i - 1), joined, ...classes.slice(i + 1)];
}

interface RecencyGroup {
  readonly above: number | null;
  readonly to: number | null;
  readonly rows: readonly number[];
}

/** Cuts at quantiles of days since the last purchase. Equal days stay together; if that leaves a group too small, there are fewer groups. */
function recencyGroups(customers: FollowedCustomers, rows: readonly number[], wanted: number, minGroupSize: number): RecencyGroup[] {
  const days = sortPresent(Float64Array.from(rows, (row) => customers.daysSinceLast[row]!));
  const cuts = Array.from({ length: wanted - 1 }, (_, i) => Math.floor(quantileOfSorted(days, (i + 1) / wanted)));
  const edges: (number | null)[] = [null, ...new Set(cuts), null];
  const groups = edges.slice(1).map((to, i): RecencyGroup => {
    const above = edges[i] ?? null;
    const members = rows.filter((row) => {
      const since = customers.daysSinceLast[row]!;
      return (above === null || since > above) && (to === null || since <= to);
    });
    return { above, to, rows: members };
  });
  if (wanted > 1 && groups.some((group) => group.rows.length < minGroupSize)) return recencyGroups(customers, rows, wanted - 1, minGroupSize);
  return groups;
}

function describeGroup(
  customers: FollowedCustomers,
  rows: readonly number[],
): Pick<EmpiricalGroup, "customerCount" | "purchaseProbability" | "expectedPurchases" | "expectedValue" | "standardError"> {
  const purchases = computeMoments(rows.map((row) => customers.purchases[row]!));
  const value = computeMoments(rows.map((row) => customers.value[row]!));
  return {
    customerCount: rows.length,
    purchaseProbability: rows.filter((row) => customers.purchases[row]! > 0).length / rows.length,
    expectedPurchases: purchases.mean,
    expectedValue: value.mean,
    standardError: rows.length < 2 ? 0 : standardDeviationOf(value, 1) / Math.sqrt(value.count),
  };
}
