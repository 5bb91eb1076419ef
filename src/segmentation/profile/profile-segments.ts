import type { Column } from "../../data/column";
import { checkTable, columnNames, columnOf, typedColumnOf, type Table } from "../../data/table";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import {
  profileBooleans,
  profileCategories,
  profileNumbers,
  profileValue,
  type BooleanProfile,
  type CategoryProfile,
  type NumberProfile,
  type SegmentValue,
} from "./column-profiles";
import { rowsBySegment } from "./segment-rows";

/** Options of {@link profileSegments}. */
export interface ProfileSegmentsOptions {
  /** The columns to describe: numbers, booleans and categories. @defaultValue all such columns but `value` */
  readonly columns?: readonly string[] | undefined;
  /** A number column with what each customer is worth (spend, lifetime value). @defaultValue none */
  readonly value?: string | undefined;
}

/** What sets a segment apart: a column whose mean differs from that of all customers. */
export interface SegmentMark {
  readonly column: string;
  readonly direction: "above" | "below";
  /** The difference in standard deviations of the whole table; below 0 for `below`. */
  readonly standardizedDifference: number;
}

/** One segment in numbers. */
export interface SegmentProfile {
  readonly segment: number;
  readonly size: number;
  /** Share of all rows. */
  readonly share: number;
  readonly numbers: readonly NumberProfile[];
  readonly booleans: readonly BooleanProfile[];
  readonly categories: readonly CategoryProfile[];
  /** `null` where no `value` was named. */
  readonly value: SegmentValue | null;
  /** The three number and boolean columns that differ most from the whole table, most different first. */
  readonly marks: readonly SegmentMark[];
}

/** All segments in numbers; plain data. */
export interface SegmentProfiles {
  readonly rowCount: number;
  /** One profile for each segment number from 0 to the largest that occurs. */
  readonly segments: readonly SegmentProfile[];
  /** Columns that were not described: timestamps, when `columns` is not given. */
  readonly leftOut: readonly string[];
}

const PROFILE_SEGMENTS_OPTIONS = {
  columns: { kind: "names" },
  value: { kind: "text" },
} as const;

const MARKS = 3;

/**
 * Says who the customers of each segment are: size, means and shares beside those of all customers, and what sets the segment apart.
 *
 * The segments may come from anywhere: k-means, RFM groups, a column of a CRM. The table need not be the one that was clustered:
 * unscaled columns read better.
 *
 * @param segments - one segment number (from 0) for each row of the table
 * @throws ClienteleError `lengthMismatch` for another number of segments than rows, `unknownColumn` for a name that is not there,
 * `invalidInput` for a segment that is no whole number from 0 to 65535 and for a column of the wrong type.
 * @example
 * ```ts
 * import { tableFromColumns } from "clientele/data";
 * import { profileSegments } from "clientele/segmentation";
 *
 * const table = tableFromColumns({ visits: [1, 3, 9, 11], plan: ["basic", "basic", "pro", "pro"], spend: [10, 30, 100, 60] });
 * const { segments } = profileSegments(table, [0, 0, 1, 1], { value: "spend" });
 * console.log(segments[1]?.numbers[0]?.mean); // 10
 * console.log(segments[1]?.categories[0]?.mostFrequent); // "pro"
 * console.log(segments[1]?.value?.share); // 0.8
 * console.log(segments[1]?.marks[0]?.direction); // "above"
 * ```
 */
export function profileSegments(table: Table, segments: ArrayLike<number>, options?: ProfileSegmentsOptions): SegmentProfiles {
  const caller = "profileSegments";
  checkTable(caller, "table", table);
  const { columns, value } = readOptions(caller, options, PROFILE_SEGMENTS_OPTIONS);
  const rows = rowsBySegment(caller, segments, table.rowCount);
  const values = value === undefined ? undefined : profileValue(typedColumnOf(caller, table, value, "number", "value"), rows);

  const names = columnNames(caller, table, columns, "columns").filter((name) => columns !== undefined || name !== value);
  const profiles = names.map((name) => profileColumn(name, columnOf(caller, table, name), rows));
  const leftOut = names.filter((_, i) => profiles[i]!.type === "timestamp");
  if (columns !== undefined && leftOut[0] !== undefined) {
    const rule = "number, boolean and category columns";
    throw new ClienteleError("invalidInput", `columns must name ${rule}; ${JSON.stringify(leftOut[0])} is of type timestamp`, {
      caller,
      parameter: "columns",
      column: leftOut[0],
      rule,
    });
  }
  return {
    rowCount: table.rowCount,
    segments: rows.map(({ length: size }, segment) => {
      const numbers = profiles.flatMap((profile) => (profile.type === "number" ? [profile.segments[segment]!] : []));
      const booleans = profiles.flatMap((profile) => (profile.type === "boolean" ? [profile.segments[segment]!] : []));
      const categories = profiles.flatMap((profile) => (profile.type === "category" ? [profile.segments[segment]!] : []));
      const marks = marksOf([...numbers, ...booleans]);
      return { segment, size, share: size / table.rowCount, numbers, booleans, categories, value: values?.[segment] ?? null, marks };
    }),
    leftOut,
  };
}

type ColumnProfiles =
  | { readonly type: "number"; readonly segments: readonly NumberProfile[] }
  | { readonly type: "boolean"; readonly segments: readonly BooleanProfile[] }
  | { readonly type: "category"; readonly segments: readonly CategoryProfile[] }
  | { readonly type: "timestamp" };

function profileColumn(name: string, column: Column, rows: readonly Int32Array[]): ColumnProfiles {
  switch (column.type) {
    case "number":
      return { type: "number", segments: profileNumbers(name, column, rows) };
    case "boolean":
      return { type: "boolean", segments: profileBooleans(name, column, rows) };
    case "category":
      return { type: "category", segments: profileCategories(name, column, rows) };
    case "timestamp":
      return { type: "timestamp" };
  }
}

/** The most different columns; of equally different ones, numbers before booleans and the first in the table's order. */
function marksOf(profiles: readonly (NumberProfile | BooleanProfile)[]): SegmentMark[] {
  return profiles
    .flatMap(({ column, standardizedDifference }): SegmentMark[] => {
      if (standardizedDifference === null || standardizedDifference === 0) return [];
      return [{ column, direction: standardizedDifference > 0 ? "above" : "below", standardizedDifference }];
    })
    .sort((a, b) => Math.abs(b.standardizedDifference) - Math.abs(a.standardizedDifference))
    .slice(0, MARKS);
}
