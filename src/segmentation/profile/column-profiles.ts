import { MISSING_BOOLEAN, type BooleanColumn, type CategoryColumn, type NumberColumn } from "../../data/column";
import { deviationOf } from "../../features/standardize/deviation";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import { computeMoments, type Moments } from "../../numeric/statistics/moments";

/** A number column within a segment, beside the whole table. Missing values are left out and counted. */
export interface NumberProfile {
  readonly column: string;
  /** Mean within the segment; `null` where every value is missing, or their sum is no number. */
  readonly mean: number | null;
  readonly missing: number;
  /** Mean of the whole table. */
  readonly overallMean: number | null;
  /**
   * (mean − overallMean) ÷ standard deviation of the whole table (1/n); `null` for a column that is constant (up to rounding)
   * or whose deviation is no number (values of 1e150 and more).
   */
  readonly standardizedDifference: number | null;
}

/** A boolean column within a segment, beside the whole table. Missing values are left out and counted. */
export interface BooleanProfile {
  readonly column: string;
  /** Share of true among the present values; `null` where every value is missing. */
  readonly shareTrue: number | null;
  readonly missing: number;
  readonly overallShareTrue: number | null;
  /** (shareTrue − overallShareTrue) ÷ standard deviation of the whole table (1/n), true counted as 1; `null` for a constant column. */
  readonly standardizedDifference: number | null;
}

/** A category column within a segment, beside the whole table. Missing values are left out and counted. */
export interface CategoryProfile {
  readonly column: string;
  /** The most frequent category, the first in text order of equally frequent ones; `null` where every value is missing. */
  readonly mostFrequent: string | null;
  /** Its share of the segment's present values. */
  readonly share: number | null;
  readonly missing: number;
  /** Its share of the whole table's present values. */
  readonly overallShare: number | null;
}

/** What a segment is worth. */
export interface SegmentValue {
  /** Sum of the present values. */
  readonly total: number;
  /** Mean of the present values; `null` where every value is missing. */
  readonly mean: number | null;
  readonly missing: number;
  /** Share of the whole table's total; `null` where that total is not above 0. */
  readonly share: number | null;
}

/** Profiles of one number column, one for each segment. */
export function profileNumbers(name: string, column: NumberColumn, segments: readonly Int32Array[]): NumberProfile[] {
  const overall = computeMoments(column.values);
  const deviation = deviationOf(column.values, 0, 1, overall, 0);
  return segments.map((rows) => {
    const moments = computeMoments(gather(column.values, rows));
    return {
      column: name,
      mean: meanOf(moments),
      missing: moments.missing,
      overallMean: meanOf(overall),
      standardizedDifference: standardizedDifferenceOf(moments, overall, deviation),
    };
  });
}

/** Profiles of one boolean column, one for each segment. */
export function profileBooleans(name: string, column: BooleanColumn, segments: readonly Int32Array[]): BooleanProfile[] {
  const values = Float64Array.from(column.values, (value) => (value === MISSING_BOOLEAN ? NaN : value));
  return profileNumbers(name, { type: "number", values }, segments).map(({ mean, missing, overallMean, standardizedDifference }) => ({
    column: name,
    shareTrue: mean,
    missing,
    overallShareTrue: overallMean,
    standardizedDifference,
  }));
}

/** Profiles of one category column, one for each segment. */
export function profileCategories(name: string, column: CategoryColumn, segments: readonly Int32Array[]): CategoryProfile[] {
  const { codes, categories } = column;
  const overallCounts = new Int32Array(categories.length);
  let overallPresent = 0;
  for (let row = 0; row < codes.length; row++) {
    if (codes[row]! < 0) continue;
    overallCounts[codes[row]!]!++;
    overallPresent++;
  }
  const counts = new Int32Array(categories.length);
  return segments.map((rows) => {
    let best = -1;
    let present = 0;
    for (const row of rows) {
      const code = codes[row]!;
      if (code < 0) continue;
      counts[code]!++;
      present++;
    }
    for (const row of rows) {
      const code = codes[row]!;
      if (code >= 0 && (best < 0 || counts[code]! > counts[best]! || (counts[code] === counts[best] && categories[code]! < categories[best]!))) best = code;
    }
    const mostFrequent = best < 0 ? null : categories[best]!;
    const share = best < 0 ? null : counts[best]! / present;
    const overallShare = best < 0 ? null : overallCounts[best]! / overallPresent;
    // Only what this segment touched is set back: a column may have as many categories as rows.
    for (const row of rows) if (codes[row]! >= 0) counts[codes[row]!] = 0;
    return { column: name, mostFrequent, share, missing: rows.length - present, overallShare };
  });
}

/** What each segment is worth. */
export function profileValue(column: NumberColumn, segments: readonly Int32Array[]): SegmentValue[] {
  const overallTotal = totalOf(column.values).total;
  return segments.map((rows) => {
    const { total, present } = totalOf(gather(column.values, rows));
    return {
      total,
      mean: present === 0 ? null : total / present,
      missing: rows.length - present,
      share: overallTotal > 0 ? total / overallTotal : null,
    };
  });
}

function totalOf(values: Float64Array): { total: number; present: number } {
  const present = values.filter((value) => !Number.isNaN(value));
  return { total: sumOf(present), present: present.length };
}

function gather(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}

function meanOf({ count, mean }: Moments): number | null {
  return count > 0 && Number.isFinite(mean) ? mean : null;
}

function standardizedDifferenceOf(segment: Moments, overall: Moments, deviation: number): number | null {
  const difference = (segment.mean - overall.mean) / deviation;
  // An infinite deviation would make the difference 0.
  return segment.count > 0 && Number.isFinite(deviation) && Number.isFinite(difference) ? difference : null;
}
