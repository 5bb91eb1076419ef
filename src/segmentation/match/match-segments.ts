import { readOptions } from "../../errors/options";
import { assignMinimumCost } from "../../numeric/assignment/linear-assignment";
import { CONFIDENCE, confidenceOf } from "../profile/interval";
import {
  findMerges, findSplits, overlapOf, type BornSegment, type ContinuedSegment, type EndedSegment, type MergedSegment, type SplitSegment,
} from "./changes";
import { migrationOf, movedCustomers, type MigrationMatrix, type MovedCustomers } from "./migration";
import { countSharedCustomers, type LabelledRows, type SharedCustomers } from "./shared-customers";
import { giveIds, readPrevious, type StableIds } from "./stable-ids";

/** Options of {@link matchSegments}. */
export interface MatchSegmentsOptions {
  /** The match before this one, so that ids go on from it. @defaultValue the segments before have their own numbers as ids */
  readonly previous?: StableIds | undefined;
  /**
   * Overlap from which a segment goes on under its id: shared customers ÷ the mean of the two sizes, from 0 to 1.
   * @defaultValue 0.5
   */
  readonly minOverlap?: number | undefined;
  /** Share of a segment that counts as a part of it when it is split, or of the whole when it was merged. @defaultValue 0.25 */
  readonly partShare?: number | undefined;
  /** Confidence of the intervals. @defaultValue 0.95 */
  readonly confidence?: number | undefined;
}

/** What became of segments between two times; plain data. */
export interface SegmentMatch extends StableIds {
  /** The stable id of each segment number after: that of the segment it continues, or a new one. */
  readonly ids: readonly number[];
  /** Customers who were there at both times: all overlaps and shares are counted on them. */
  readonly sharedCount: number;
  readonly continued: readonly ContinuedSegment[];
  readonly born: readonly BornSegment[];
  readonly ended: readonly EndedSegment[];
  readonly splits: readonly SplitSegment[];
  readonly merges: readonly MergedSegment[];
  readonly migration: MigrationMatrix;
  /** Customers of both times whose stable id changed. */
  readonly moved: MovedCustomers;
  /** The same without matching: customers whose segment number changed. */
  readonly renumbered: MovedCustomers;
}

const MATCH_SEGMENTS_OPTIONS = {
  previous: { kind: "object" },
  minOverlap: { kind: "number", min: 0, max: 1, default: 0.5 },
  partShare: { kind: "number", min: 0, max: 1, open: "min", default: 0.25 },
  confidence: CONFIDENCE,
} as const;

/**
 * Follows segments through a refit: which new segment is which old one, by the customers they share, and which are new, gone, split or merged.
 *
 * A customer who behaves otherwise and a segment that is cut otherwise look alike here. Where both models are at hand, tell them apart: give the
 * newer customers under the old model as `before` and the same under the new model as `after`; what is left of `moved` is the new model's doing.
 *
 * Old and new segments are paired so that as many customers as possible keep theirs (optimal assignment). A pair goes on under one id if
 * its overlap is at least `minOverlap`; other new segments are *born* with a new id, other old ones have *ended*. A segment was *split* if
 * at least two segments that consist of it for more than half hold `partShare` of it each, and *merged* the other way round; either may go on
 * under its id, too. Customers of one time only count in sizes, `gone` and `arrived`.
 *
 * @param before - customers and their segments at the earlier time
 * @param after - the same at the later time; the ids must be of the same type (17850 is not "17850")
 * @throws ClienteleError `lengthMismatch` for another number of segments than ids, `duplicateKey` for a repeated id (with the rows), `invalidInput`
 * for a segment that is no whole number from 0 to 999, `invalidOption` for a bound out of range.
 * @remarks rows, and the cube of the number of segments.
 * @example
 * ```ts
 * import { matchSegments } from "clientele/segmentation";
 *
 * const march = { rowIds: ["ann", "bob", "cem", "dan", "eve"], segments: [0, 0, 0, 1, 1] };
 * const april = { rowIds: ["ann", "bob", "cem", "dan", "eve", "fay"], segments: [1, 1, 0, 0, 0, 2] };
 * const { ids, moved, renumbered, born } = matchSegments(march, april);
 * console.log(ids); // [1, 0, 2]
 * console.log(moved.count, renumbered.count); // 1 4
 * console.log(born); // [{ id: 2, after: 2, size: 1, newCustomers: 1 }]
 * ```
 */
export function matchSegments(before: LabelledRows, after: LabelledRows, options?: MatchSegmentsOptions): SegmentMatch {
  const caller = "matchSegments";
  const { previous, minOverlap, partShare, confidence: level } = readOptions(caller, options, MATCH_SEGMENTS_OPTIONS);
  const shared = countSharedCustomers(caller, before, after);
  const { beforeSizes, afterSizes, beforeShared, afterShared, counts, afterCount } = shared;
  const known = readPrevious(caller, previous, shared.beforeCount);
  const confidence = confidenceOf(level);

  const beforeOf = continuations(shared, minOverlap);
  const { ids, nextId } = giveIds(known, beforeOf);
  const isContinued = new Set(beforeOf);
  return {
    ids,
    nextId,
    sharedCount: shared.sharedCount,
    continued: ids.flatMap((id, after): ContinuedSegment[] => {
      const before = beforeOf[after]!;
      return before < 0 ? [] : [{ id, before, after, shared: counts[before * afterCount + after]!, overlap: overlapOf(shared, before, after) }];
    }),
    born: ids.flatMap((id, after): BornSegment[] => {
      const size = afterSizes[after]!;
      return beforeOf[after]! >= 0 || size === 0 ? [] : [{ id, after, size, newCustomers: size - afterShared[after]! }];
    }),
    ended: beforeSizes.flatMap((size, before): EndedSegment[] =>
      isContinued.has(before) || size === 0 ? [] : [{ id: known.ids[before]!, before, size, lostCustomers: size - beforeShared[before]! }],
    ),
    splits: findSplits(shared, known.ids, ids, partShare),
    merges: findMerges(shared, known.ids, ids, partShare),
    migration: migrationOf(shared, known.ids, ids, confidence),
    moved: movedCustomers(shared, known.ids, ids, confidence),
    renumbered: movedCustomers(shared, [...beforeSizes.keys()], [...afterSizes.keys()], confidence),
  };
}

/** The earlier segment that each later one continues, −1 for none. */
function continuations(shared: SharedCustomers, minOverlap: number): Int32Array {
  const { counts, beforeCount, afterCount } = shared;
  const beforeOf = new Int32Array(afterCount).fill(-1);
  assignMinimumCost(counts.map((count) => -count), beforeCount, afterCount).forEach((after, before) => {
    if (after < 0 || counts[before * afterCount + after] === 0 || overlapOf(shared, before, after) < minOverlap) return;
    beforeOf[after] = before;
  });
  return beforeOf;
}
