import type { Column } from "../../data/column";
import { checkFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { checkTable, columnNames, columnOf, typedColumnOf, type Table } from "../../data/table";
import { checkSameLength } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { readOptions, type ResolvedOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { CONFIDENCE, confidenceOf, type Confidence, type ConfidenceInterval } from "./interval";
import { profileNumbers, type ColumnCentres, type NumberProfile } from "./number-profile";
import { rowsBySegment } from "./segment-rows";
import { profileChurn, profileValue, readChurn, type SegmentChurn, type SegmentValue } from "./segment-worth";
import { profileBooleans, profileCategories, type BooleanProfile, type CategoryDifference, type CategoryProfile } from "./share-profile";
import { CentreDistances, findTypicalMembers, type TypicalMember } from "./typical-members";

/** Options of {@link profileSegments}. */
export interface ProfileSegmentsOptions {
  /** The columns to describe: numbers, booleans and categories. @defaultValue all such columns but `value` and `churn` */
  readonly columns?: readonly string[] | undefined;
  /** A number column with what each customer is worth (spend, lifetime value). @defaultValue none */
  readonly value?: string | undefined;
  /** A boolean column, or a number column of 0 and 1, that says who left. @defaultValue none */
  readonly churn?: string | undefined;
  /** Confidence of every interval. @defaultValue 0.95 */
  readonly confidence?: number | undefined;
  /** How many columns to name as marks of a segment. @defaultValue 3 */
  readonly marks?: number | undefined;
  /** How many categories of each column to list, the most frequent ones. @defaultValue 5 */
  readonly levels?: number | undefined;
  /** How many typical members of each segment to name. @defaultValue 3 */
  readonly typicalMembers?: number | undefined;
  /**
   * The matrix that was clustered, its rows those of the table: typical members are then those nearest to the segment's mean in it.
   * @defaultValue the number and boolean columns described, each divided by its standard deviation
   */
  readonly space?: FeatureMatrix | undefined;
}

/** What sets a segment apart: a column whose mean, or a category whose share, differs from that of all customers. */
export interface SegmentMark {
  readonly column: string;
  /** The category, of a category column; `null` of others. */
  readonly category: string | null;
  readonly direction: "above" | "below";
  /** The difference in standard deviations of the whole table; below 0 for `below`. */
  readonly standardizedDifference: number;
  /** Where it holds 0, the difference may be chance; `null` where there are too few values to tell. */
  readonly differenceInterval: ConfidenceInterval | null;
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
  /** `null` where no `churn` was named. */
  readonly churn: SegmentChurn | null;
  /** The columns that differ most from the whole table, most different first; of a category column the category that differs most. */
  readonly marks: readonly SegmentMark[];
  /** The rows nearest to the middle of the segment, nearest first. */
  readonly typicalMembers: readonly TypicalMember[];
}

/** All segments in numbers; plain data. */
export interface SegmentProfiles {
  readonly rowCount: number;
  /** Confidence of every interval. */
  readonly confidence: number;
  /** One profile for each segment number from 0 to the largest that occurs. */
  readonly segments: readonly SegmentProfile[];
  /** Columns that were not described: timestamps, when `columns` is not given. */
  readonly leftOut: readonly string[];
}

const PROFILE_SEGMENTS_OPTIONS = {
  columns: { kind: "names" },
  value: { kind: "text" },
  churn: { kind: "text" },
  confidence: CONFIDENCE,
  marks: { kind: "integer", min: 0, default: 3 },
  levels: { kind: "integer", min: 1, default: 5 },
  typicalMembers: { kind: "integer", min: 0, max: 1000, default: 3 },
  space: { kind: "custom" },
} as const;

/**
 * Says who the customers of each segment are: size, means, medians and shares beside those of all customers, what sets the segment apart,
 * what it is worth, who left, and which customers are typical of it.
 *
 * The segments may come from anywhere: k-means, RFM groups, a column of a CRM. The table need not be the one that was clustered:
 * unscaled columns read better.
 *
 * Every figure has an interval: of means Student's t, of medians two order statistics, of shares Wilson's, of differences Welch's or
 * Newcombe's. They say how well each figure is known for these segments, not whether the segments exist, and are not adjusted
 * for the number of columns.
 *
 * @param segments - one segment number (from 0) for each row of the table
 * @throws ClienteleError `lengthMismatch` for another number of segments than rows, `unknownColumn` for a name that is not there,
 * `invalidInput` for a segment that is no whole number from 0 to 65535 and for a column of the wrong type.
 * @remarks rows · columns operations and a sort of each number column.
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
  return runToEnd(checkedSteps("profileSegments", table, segments, options));
}

/**
 * {@link profileSegments} in slices, one for each column, for `runCooperatively`: the same profiles. The sort of a number column is
 * not cut (about 0.1 s for a million rows).
 *
 * @throws ClienteleError as {@link profileSegments}; wrong arguments are refused at once.
 */
export function profileSegmentsSteps(table: Table, segments: ArrayLike<number>, options?: ProfileSegmentsOptions): Steps<SegmentProfiles> {
  return checkedSteps("profileSegmentsSteps", table, segments, options);
}

type CheckedOptions = ResolvedOptions<ProfileSegmentsOptions, typeof PROFILE_SEGMENTS_OPTIONS>;

function checkedSteps(caller: string, table: Table, segments: ArrayLike<number>, options: ProfileSegmentsOptions | undefined): Steps<SegmentProfiles> {
  checkTable(caller, "table", table);
  const checked = readOptions(caller, options, PROFILE_SEGMENTS_OPTIONS);
  const { columns, value, churn, space } = checked;
  const rows = rowsBySegment(caller, segments, table.rowCount);
  const confidence = confidenceOf(checked.confidence);
  if (space !== undefined) {
    checkFeatureMatrix(caller, "space", space);
    checkSameLength(caller, "space", space.rowCount, table.rowCount, "table");
  }
  const values = value === undefined ? undefined : profileValue(typedColumnOf(caller, table, value, "number", "value"), rows, confidence);
  const churns = churn === undefined ? undefined : profileChurn(readChurn(caller, table, churn), rows, confidence);
  const names = columnNames(caller, table, columns, "columns").filter((name) => columns !== undefined || (name !== value && name !== churn));
  const leftOut = names.filter((name) => columnOf(caller, table, name).type === "timestamp");
  if (columns !== undefined && leftOut[0] !== undefined) {
    const rule = "number, boolean and category columns";
    throw new ClienteleError("invalidInput", `columns must name ${rule}; ${JSON.stringify(leftOut[0])} is of type timestamp`, {
      caller,
      parameter: "columns",
      column: leftOut[0],
      rule,
    });
  }
  return profileSteps(table, rows, names, checked, { confidence, values, churns, leftOut });
}

/** What is known of the segments before their columns are looked at. */
interface Background {
  readonly confidence: Confidence;
  readonly values: readonly SegmentValue[] | undefined;
  readonly churns: readonly SegmentChurn[] | undefined;
  readonly leftOut: readonly string[];
}

function* profileSteps(table: Table, rows: readonly Int32Array[], names: readonly string[], options: CheckedOptions, background: Background): Steps<SegmentProfiles> {
  const { marks, levels, typicalMembers, space } = options;
  const { confidence, values, churns, leftOut } = background;
  const distances = new CentreDistances(table.rowCount);
  const profiles: ColumnProfiles[] = [];
  for (const [done, name] of names.entries()) {
    profiles.push(
      profileColumn(name, table.columns.get(name)!, rows, confidence, levels, (centres) => {
        if (space === undefined) distances.add(centres, rows);
      }),
    );
    yield { phase: "profiling columns", done: done + 1, total: names.length };
  }
  if (space !== undefined) distances.addMatrix(space, rows);

  return {
    rowCount: table.rowCount,
    confidence: options.confidence,
    segments: rows.map((segmentRows, segment): SegmentProfile => {
      const numbers = profiles.flatMap((profile) => (profile.type === "number" ? [profile.profiles[segment]!] : []));
      const booleans = profiles.flatMap((profile) => (profile.type === "boolean" ? [profile.profiles[segment]!] : []));
      const categories = profiles.flatMap((profile) => (profile.type === "category" ? [profile.profiles[segment]!] : []));
      const differences = profiles.flatMap((profile) => (profile.type === "category" ? [{ column: profile.name, ...profile.differences[segment] }] : []));
      return {
        segment,
        size: segmentRows.length,
        share: segmentRows.length / table.rowCount,
        numbers,
        booleans,
        categories,
        value: values?.[segment] ?? null,
        churn: churns?.[segment] ?? null,
        marks: marksOf([...numbers, ...booleans, ...differences], marks),
        typicalMembers: findTypicalMembers(distances, segmentRows, table.rowIds, typicalMembers),
      };
    }),
    leftOut,
  };
}

type ColumnProfiles =
  | { readonly type: "number"; readonly profiles: readonly NumberProfile[] }
  | { readonly type: "boolean"; readonly profiles: readonly BooleanProfile[] }
  | { readonly type: "category"; readonly name: string; readonly profiles: readonly CategoryProfile[]; readonly differences: readonly (CategoryDifference | undefined)[] }
  | { readonly type: "timestamp" };

function profileColumn(
  name: string,
  column: Column,
  rows: readonly Int32Array[],
  confidence: Confidence,
  levels: number,
  addCentres: (centres: ColumnCentres) => void,
): ColumnProfiles {
  switch (column.type) {
    case "number": {
      const { profiles, centres } = profileNumbers(name, column, rows, confidence);
      addCentres(centres);
      return { type: "number", profiles };
    }
    case "boolean": {
      const { profiles, centres } = profileBooleans(name, column, rows, confidence);
      addCentres(centres);
      return { type: "boolean", profiles };
    }
    case "category":
      return { type: "category", name, ...profileCategories(name, column, rows, confidence, levels) };
    case "timestamp":
      return { type: "timestamp" };
  }
}

/** What can be a mark: a profile of a number or boolean column, or the most different category of a column. */
interface Difference {
  readonly column: string;
  readonly category?: string;
  readonly standardizedDifference?: number | null;
  readonly differenceInterval?: ConfidenceInterval | null;
}

/** The most different columns; of equally different ones numbers come first, then booleans, each in the table's order. */
function marksOf(differences: readonly Difference[], count: number): SegmentMark[] {
  return differences
    .flatMap(({ column, category = null, standardizedDifference = null, differenceInterval = null }): SegmentMark[] => {
      if (standardizedDifference === null || standardizedDifference === 0) return [];
      return [{ column, category, direction: standardizedDifference > 0 ? "above" : "below", standardizedDifference, differenceInterval }];
    })
    .sort((a, b) => Math.abs(b.standardizedDifference) - Math.abs(a.standardizedDifference))
    .slice(0, count);
}
