import { MISSING_BOOLEAN, type BooleanColumn, type CategoryColumn } from "../../data/column";
import { differenceBounds } from "../../numeric/statistics/proportion-interval";
import { intervalOf, shareInterval, type Confidence, type ConfidenceInterval } from "./interval";
import { standardizedInterval, type ColumnCentres } from "./number-profile";

/** A boolean column within a segment, beside the whole table. Missing values are left out and counted. */
export interface BooleanProfile {
  readonly column: string;
  /** Share of true among the present values; `null` where every value is missing. */
  readonly shareTrue: number | null;
  /** Wilson's interval of the share. */
  readonly shareInterval: ConfidenceInterval | null;
  readonly missing: number;
  readonly overallShareTrue: number | null;
  /** (shareTrue − overallShareTrue) ÷ standard deviation of the whole table (1/n), true counted as 1; `null` for a constant column. */
  readonly standardizedDifference: number | null;
  /** As that of a number column, with Newcombe's interval of the difference of two shares in place of Welch's. */
  readonly differenceInterval: ConfidenceInterval | null;
}

/** A category within a segment. */
export interface CategoryShare {
  readonly category: string;
  readonly count: number;
  /** Share of the segment's present values. */
  readonly share: number;
  /** Wilson's interval of the share. */
  readonly interval: ConfidenceInterval;
  readonly overallShare: number;
  /** share ÷ overallShare: 2 means twice as frequent as among all rows. */
  readonly lift: number;
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
  /** The segment's most frequent categories, most frequent first, as many as `levels` says. */
  readonly levels: readonly CategoryShare[];
}

/** The category of a column whose share differs most from the whole table's, counted as 1 where a row has it and 0 where not. */
export interface CategoryDifference {
  readonly category: string;
  readonly standardizedDifference: number;
  readonly differenceInterval: ConfidenceInterval | null;
}

/** Rarer categories are no mark of a segment: in a column of ids, each would single out the segment of its row. */
const FREQUENT_SHARE = 0.01;

/** Profiles of one boolean column, one for each segment. */
export function profileBooleans(name: string, { values }: BooleanColumn, segments: readonly Int32Array[], confidence: Confidence): { readonly profiles: BooleanProfile[]; readonly centres: ColumnCentres } {
  const numbers = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) numbers[row] = values[row] === MISSING_BOOLEAN ? NaN : values[row]!;
  const counts = segments.map((rows) => countTrue(values, rows));
  const overallCount = counts.reduce((sum, { trueCount }) => sum + trueCount, 0);
  const overallPresent = counts.reduce((sum, { present }) => sum + present, 0);
  const profiles = counts.map(({ trueCount, present }, i): BooleanProfile => {
    return {
      column: name,
      shareTrue: present === 0 ? null : trueCount / present,
      shareInterval: shareInterval(trueCount, present, confidence),
      missing: segments[i]!.length - present,
      overallShareTrue: overallPresent === 0 ? null : overallCount / overallPresent,
      ...differenceOf(trueCount, present, overallCount, overallPresent, confidence),
    };
  });
  return { profiles, centres: { values: numbers, means: profiles.map(({ shareTrue }) => shareTrue), deviation: shareDeviation(overallCount, overallPresent) } };
}

function countTrue(values: Uint8Array, rows: Int32Array): { trueCount: number; present: number } {
  let trueCount = 0;
  let present = 0;
  for (const row of rows) {
    if (values[row] === MISSING_BOOLEAN) continue;
    trueCount += values[row]!;
    present++;
  }
  return { trueCount, present };
}

/** Profiles of one category column, one for each segment, and what differs most in each. */
export function profileCategories(
  name: string,
  { codes, categories }: CategoryColumn,
  segments: readonly Int32Array[],
  confidence: Confidence,
  levelCount: number,
): { readonly profiles: CategoryProfile[]; readonly differences: (CategoryDifference | undefined)[] } {
  const overallCounts = new Int32Array(categories.length);
  let overallPresent = 0;
  for (let row = 0; row < codes.length; row++) {
    if (codes[row]! < 0) continue;
    overallCounts[codes[row]!]!++;
    overallPresent++;
  }
  const byText = (a: number, b: number): number => (categories[a]! < categories[b]! ? -1 : 1);
  const frequent = [...overallCounts.keys()].filter((code) => overallCounts[code]! > 0 && overallCounts[code]! >= FREQUENT_SHARE * overallPresent).sort(byText);
  const counts = new Int32Array(categories.length);
  const differences: (CategoryDifference | undefined)[] = [];
  const profiles = segments.map((rows): CategoryProfile => {
    const found: number[] = [];
    let present = 0;
    for (const row of rows) {
      const code = codes[row]!;
      if (code < 0) continue;
      if (counts[code]!++ === 0) found.push(code);
      present++;
    }
    const top = found.sort((a, b) => counts[b]! - counts[a]! || byText(a, b)).slice(0, levelCount);
    const levels = top.map((code): CategoryShare => {
      const [count, overallShare] = [counts[code]!, overallCounts[code]! / overallPresent];
      return { category: categories[code]!, count, share: count / present, interval: shareInterval(count, present, confidence)!, overallShare, lift: count / present / overallShare };
    });
    let strongest: CategoryDifference | undefined;
    for (const code of frequent) {
      const { standardizedDifference, differenceInterval } = differenceOf(counts[code]!, present, overallCounts[code]!, overallPresent, confidence);
      if (standardizedDifference === null || !isStronger(standardizedDifference, strongest?.standardizedDifference ?? 0)) continue;
      strongest = { category: categories[code]!, standardizedDifference, differenceInterval };
    }
    differences.push(strongest);
    // Only what this segment touched is set back: a column may have as many categories as rows.
    for (const code of found) counts[code] = 0;
    const first = levels[0];
    return {
      column: name,
      mostFrequent: first?.category ?? null,
      share: first?.share ?? null,
      missing: rows.length - present,
      overallShare: first?.overallShare ?? null,
      levels,
    };
  });
  return { profiles, differences };
}

/** Two categories that share a column between them differ alike, up to rounding: the more frequent one is named. */
function isStronger(difference: number, strongest: number): boolean {
  const [size, largest] = [Math.abs(difference), Math.abs(strongest)];
  if (Math.abs(size - largest) <= 1e-12 * largest) return difference > 0 && strongest < 0;
  return size > largest;
}

function differenceOf(count: number, present: number, overallCount: number, overallPresent: number, { z }: Confidence): Pick<BooleanProfile, "standardizedDifference" | "differenceInterval"> {
  const deviation = shareDeviation(overallCount, overallPresent);
  if (present === 0 || !(deviation > 0)) return { standardizedDifference: null, differenceInterval: null };
  const others = overallPresent - present;
  return {
    standardizedDifference: (count / present - overallCount / overallPresent) / deviation,
    differenceInterval: others === 0 ? null : standardizedInterval(intervalOf(differenceBounds(count, present, overallCount - count, others, z)), present, overallPresent, deviation),
  };
}

/** Standard deviation (1/n) of a column of 1 and 0. */
function shareDeviation(count: number, total: number): number {
  const share = count / total;
  return Math.sqrt(share * (1 - share));
}
