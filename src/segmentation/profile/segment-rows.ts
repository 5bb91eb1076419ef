import { checkList, checkSameLength } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";

/** Segment numbers are counted from 0; more segments than this are surely ids. */
const LARGEST_SEGMENT = 65_535;

/** Checks one segment number for each row and returns the positions of each segment's rows, ascending. */
export function rowsBySegment(caller: string, segments: ArrayLike<number>, rowCount: number): Int32Array[] {
  checkList(caller, "segments", segments);
  checkSameLength(caller, "segments", segments.length, rowCount, "table");
  let segmentCount = 0;
  for (let row = 0; row < rowCount; row++) {
    const segment: unknown = segments[row];
    if (typeof segment !== "number" || !Number.isInteger(segment) || segment < 0 || segment > LARGEST_SEGMENT) {
      const rule = `whole numbers from 0 to ${LARGEST_SEGMENT}`;
      const got = describeValue(segment);
      throw new ClienteleError("invalidInput", `segments must hold ${rule}; got ${got} at position ${row}`, { caller, parameter: "segments", row, rule });
    }
    if (segment >= segmentCount) segmentCount = segment + 1;
  }
  const sizes = new Int32Array(segmentCount);
  for (let row = 0; row < rowCount; row++) sizes[segments[row]!]!++;
  const positions = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Int32Array(segmentCount);
  for (let row = 0; row < rowCount; row++) {
    const segment = segments[row]!;
    positions[segment]![filled[segment]!++] = row;
  }
  return positions;
}
