import { shareInterval, type Confidence, type ConfidenceInterval } from "../profile/interval";
import type { SharedCustomers } from "./shared-customers";

/** Which customers went from which segment to which. */
export interface MigrationMatrix {
  /** Stable ids of the rows: the segments before, by their numbers. */
  readonly from: readonly number[];
  /** Stable ids of the columns: the segments after, by their numbers. */
  readonly to: readonly number[];
  /** Customers of both times. */
  readonly counts: readonly (readonly number[])[];
  /** Count ÷ sum of the row; `null` in a row without customers of both times. */
  readonly shares: readonly (readonly (number | null)[])[];
  /** Wilson's interval of each share. */
  readonly intervals: readonly (readonly (ConfidenceInterval | null)[])[];
  /** Customers of each segment before who are not there after. */
  readonly gone: readonly number[];
  /** Customers of each segment after who were not there before. */
  readonly arrived: readonly number[];
}

/** Customers of both times whose segment changed. */
export interface MovedCustomers {
  readonly count: number;
  /** count ÷ customers of both times; `null` where there are none. */
  readonly share: number | null;
  /** Wilson's interval of the share. */
  readonly interval: ConfidenceInterval | null;
}

export function migrationOf(shared: SharedCustomers, from: readonly number[], to: readonly number[], confidence: Confidence): MigrationMatrix {
  const { counts, afterCount, beforeShared, afterShared, beforeSizes, afterSizes } = shared;
  const rows = beforeSizes.map((_, before) => Array.from(counts.subarray(before * afterCount, (before + 1) * afterCount)));
  return {
    from: from.slice(0, rows.length),
    to,
    counts: rows,
    shares: rows.map((row, before) => row.map((count) => (beforeShared[before] === 0 ? null : count / beforeShared[before]!))),
    intervals: rows.map((row, before) => row.map((count) => shareInterval(count, beforeShared[before]!, confidence))),
    gone: beforeSizes.map((size, before) => size - beforeShared[before]!),
    arrived: afterSizes.map((size, after) => size - afterShared[after]!),
  };
}

/** Customers of both times whose segment has another name after; names are ids, or the plain numbers. */
export function movedCustomers({ counts, afterCount, sharedCount }: SharedCustomers, from: readonly number[], to: readonly number[], confidence: Confidence): MovedCustomers {
  let stayed = 0;
  counts.forEach((count, at) => {
    if (from[Math.floor(at / afterCount)] === to[at % afterCount]) stayed += count;
  });
  return movedOf(sharedCount - stayed, sharedCount, confidence);
}

export function movedOf(count: number, total: number, confidence: Confidence): MovedCustomers {
  return { count, share: total === 0 ? null : count / total, interval: shareInterval(count, total, confidence) };
}
