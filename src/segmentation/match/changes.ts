import type { SharedCustomers } from "./shared-customers";

/** A segment that goes on under its id. */
export interface ContinuedSegment {
  readonly id: number;
  /** Its number before. */
  readonly before: number;
  /** Its number after. */
  readonly after: number;
  /** Customers in it both times. */
  readonly shared: number;
  /** `shared` ÷ the mean of its two sizes, counting the customers of both times (Dice 1945): 1 for the same customers, 0 for others. */
  readonly overlap: number;
}

/** A segment that continues none. */
export interface BornSegment {
  readonly id: number;
  readonly after: number;
  readonly size: number;
  /** Of these, customers who were not there before. */
  readonly newCustomers: number;
}

/** A segment that none continues. */
export interface EndedSegment {
  readonly id: number;
  readonly before: number;
  readonly size: number;
  /** Of these, customers who are not there any more. */
  readonly lostCustomers: number;
}

/** One part of a segment that was split or merged. */
export interface SegmentPart {
  readonly id: number;
  /** Customers that it has in common with the whole. */
  readonly shared: number;
  /** `shared` ÷ customers of the whole at both times. */
  readonly share: number;
}

/** A segment whose customers are now the better half of several. */
export interface SplitSegment {
  readonly id: number;
  readonly before: number;
  /** The largest part first. */
  readonly into: readonly SegmentPart[];
}

/** A segment that most customers of several earlier ones went to. */
export interface MergedSegment {
  readonly id: number;
  readonly after: number;
  /** The largest part first. */
  readonly from: readonly SegmentPart[];
}

/** Overlap of a pair of segments among the customers of both times; 0 where neither has any. */
export function overlapOf({ counts, afterCount, beforeShared, afterShared }: SharedCustomers, before: number, after: number): number {
  const sizes = beforeShared[before]! + afterShared[after]!;
  return sizes === 0 ? 0 : (2 * counts[before * afterCount + after]!) / sizes;
}

/**
 * Splits: segments of which at least two parts of `partShare` or more went to segments that consist of them for more than half.
 * A segment that loses customers to one that was there already is not split: the other consists mostly of its own.
 */
export function findSplits(shared: SharedCustomers, beforeIds: readonly number[], afterIds: readonly number[], partShare: number): SplitSegment[] {
  const { counts, beforeCount, afterCount, beforeShared, afterShared } = shared;
  const splits: SplitSegment[] = [];
  for (let before = 0; before < beforeCount; before++) {
    const into: SegmentPart[] = [];
    for (let after = 0; after < afterCount; after++) {
      const count = counts[before * afterCount + after]!;
      if (count > 0 && count >= partShare * beforeShared[before]! && 2 * count > afterShared[after]!) {
        into.push({ id: afterIds[after]!, shared: count, share: count / beforeShared[before]! });
      }
    }
    if (into.length >= 2) splits.push({ id: beforeIds[before]!, before, into: into.sort(byShared) });
  }
  return splits;
}

/** Merges: the same with the two times exchanged. */
export function findMerges({ counts, beforeCount, afterCount, beforeShared, afterShared }: SharedCustomers, beforeIds: readonly number[], afterIds: readonly number[], partShare: number): MergedSegment[] {
  const merges: MergedSegment[] = [];
  for (let after = 0; after < afterCount; after++) {
    const from: SegmentPart[] = [];
    for (let before = 0; before < beforeCount; before++) {
      const count = counts[before * afterCount + after]!;
      if (count > 0 && count >= partShare * afterShared[after]! && 2 * count > beforeShared[before]!) {
        from.push({ id: beforeIds[before]!, shared: count, share: count / afterShared[after]! });
      }
    }
    if (from.length >= 2) merges.push({ id: afterIds[after]!, after, from: from.sort(byShared) });
  }
  return merges;
}

function byShared(a: SegmentPart, b: SegmentPart): number {
  return b.shared - a.shared || a.id - b.id;
}
