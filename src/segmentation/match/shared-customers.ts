import type { RowId } from "../../data/table";
import { checkList, checkSameLength, checkShape } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { rowsBySegment } from "../profile/segment-rows";

/** Customers and their segments at one time. */
export interface LabelledRows {
  /** What identifies each customer at both times, such as the `rowIds` of a table; all different. */
  readonly rowIds: ArrayLike<RowId>;
  /** One segment number (from 0) for each of them. */
  readonly segments: ArrayLike<number>;
}

/** Who was in which segment at both times. */
export interface SharedCustomers {
  readonly beforeCount: number;
  readonly afterCount: number;
  /** Customers of both times in segment b before and a after, at `b * afterCount + a`. */
  readonly counts: Float64Array;
  /** Sums of `counts` over the segments of the other time. */
  readonly beforeShared: Float64Array;
  readonly afterShared: Float64Array;
  /** Customers of each segment, those of one time only included. */
  readonly beforeSizes: readonly number[];
  readonly afterSizes: readonly number[];
  readonly sharedCount: number;
}

/** An assignment costs the cube of this many operations. */
const MOST_SEGMENTS = 1000;

export function countSharedCustomers(caller: string, before: LabelledRows, after: LabelledRows): SharedCustomers {
  const beforeSizes = sizesOf(caller, "before", before);
  const afterSizes = sizesOf(caller, "after", after);
  const [beforeCount, afterCount] = [beforeSizes.length, afterSizes.length];
  const rowOfId = indexIds(caller, "before", before.rowIds);
  indexIds(caller, "after", after.rowIds);
  const counts = new Float64Array(beforeCount * afterCount);
  const beforeShared = new Float64Array(beforeCount);
  const afterShared = new Float64Array(afterCount);
  let sharedCount = 0;
  for (let row = 0; row < after.rowIds.length; row++) {
    const earlier = rowOfId.get(after.rowIds[row]!);
    if (earlier === undefined) continue;
    const [b, a] = [before.segments[earlier]!, after.segments[row]!];
    counts[b * afterCount + a]!++;
    beforeShared[b]!++;
    afterShared[a]!++;
    sharedCount++;
  }
  return { beforeCount, afterCount, counts, beforeShared, afterShared, beforeSizes, afterSizes, sharedCount };
}

function sizesOf(caller: string, parameter: string, rows: LabelledRows): number[] {
  checkShape(caller, parameter, rows, "an object with rowIds and segments", (fields) => "rowIds" in fields && "segments" in fields);
  checkList(caller, `${parameter}.rowIds`, rows.rowIds);
  checkSameLength(caller, `${parameter}.segments`, lengthOf(caller, `${parameter}.segments`, rows.segments), rows.rowIds.length, `${parameter}.rowIds`);
  const sizes = rowsBySegment(caller, rows.segments, rows.rowIds.length).map(({ length }) => length);
  if (sizes.length <= MOST_SEGMENTS) return sizes;
  const rule = `segment numbers below ${MOST_SEGMENTS}`;
  throw new ClienteleError("invalidInput", `${parameter}.segments must hold ${rule}; got ${sizes.length - 1}`, { caller, parameter: `${parameter}.segments`, rule, value: sizes.length - 1 });
}

function lengthOf(caller: string, parameter: string, list: unknown): number {
  checkList(caller, parameter, list);
  return list.length;
}

function indexIds(caller: string, parameter: string, rowIds: ArrayLike<RowId>): Map<RowId, number> {
  const rowOfId = new Map<RowId, number>();
  for (let row = 0; row < rowIds.length; row++) {
    const id = rowIds[row]!;
    const earlier = rowOfId.get(id);
    if (earlier !== undefined) {
      const message = `${parameter}.rowIds must be all different; rows ${earlier} and ${row} have the same id`;
      throw new ClienteleError("duplicateKey", message, { caller, parameter: `${parameter}.rowIds`, row, rule: "ids that are all different" });
    }
    rowOfId.set(id, row);
  }
  return rowOfId;
}
