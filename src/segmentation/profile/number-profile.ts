import type { NumberColumn } from "../../data/column";
import { deviationOf } from "../../features/standardize/deviation";
import { computeMoments, mergeMoments, NO_MOMENTS, type Moments } from "../../numeric/statistics/moments";
import { quantileOfSorted, sortPresent } from "../../numeric/statistics/quantile";
import { differenceOfMeansInterval, meanInterval, medianInterval, type Confidence, type ConfidenceInterval } from "./interval";

/** A number column within a segment, beside the whole table. Missing values are left out and counted. */
export interface NumberProfile {
  readonly column: string;
  /** Mean within the segment; `null` where every value is missing, or their sum is no number. */
  readonly mean: number | null;
  /** Student's t interval of the mean (sample variance, n − 1 degrees of freedom); `null` of fewer than two values. */
  readonly meanInterval: ConfidenceInterval | null;
  /** Median within the segment: of an even number of values, halfway between the middle two. */
  readonly median: number | null;
  /** Interval of the median between two order statistics, valid for any distribution; `null` of too few values (under six, for 95 %). */
  readonly medianInterval: ConfidenceInterval | null;
  readonly missing: number;
  /** Mean of the whole table. */
  readonly overallMean: number | null;
  readonly overallMedian: number | null;
  /**
   * (mean − overallMean) ÷ standard deviation of the whole table (1/n); `null` for a column that is constant (up to rounding)
   * or whose deviation is no number (values of 1e150 and more).
   */
  readonly standardizedDifference: number | null;
  /**
   * Interval of the standardised difference: Welch's t interval of the difference between the segment and all other rows, times their
   * share of the rows, ÷ the standard deviation of the whole table, which is taken as known. `null` where either side has fewer than two values.
   */
  readonly differenceInterval: ConfidenceInterval | null;
}

/** Below this range squares of deviations lose digits. */
const TINY_RANGE = 1e-140;

/** A column's scale and the middle of each segment, to measure how typical a row is. */
export interface ColumnCentres {
  readonly values: Float64Array;
  readonly means: readonly (number | null)[];
  readonly deviation: number;
}

/** Profiles of one number column, one for each segment. */
export function profileNumbers(
  name: string,
  column: NumberColumn,
  segments: readonly Int32Array[],
  confidence: Confidence,
): { readonly profiles: NumberProfile[]; readonly centres: ColumnCentres } {
  const { values } = column;
  const overall = computeMoments(values);
  const deviation = deviationOf(values, 0, 1, overall, 0);
  const overallMedian = medianOf(sortPresent(values));
  const parts = segments.map((rows) => gather(values, rows));
  const moments = parts.map((part) => computeMoments(part));
  const others = momentsOfOthers(moments);
  const isPrecise = overall.max - overall.min >= TINY_RANGE;
  const profiles = moments.map((segment, i): NumberProfile => {
    const sorted = sortPresent(parts[i]!);
    return {
      column: name,
      mean: meanOf(segment),
      meanInterval: isPrecise || deviation === 0 ? meanInterval(segment, confidence) : null,
      median: medianOf(sorted),
      medianInterval: medianInterval(sorted, confidence),
      missing: segment.missing,
      overallMean: meanOf(overall),
      overallMedian,
      standardizedDifference: standardizedDifferenceOf(segment, overall, deviation),
      differenceInterval: isPrecise ? standardizedInterval(differenceOfMeansInterval(segment, others[i]!, confidence), segment.count, overall.count, deviation) : null,
    };
  });
  return { profiles, centres: { values, means: profiles.map(({ mean }) => mean), deviation } };
}

/** From the difference to the other rows to that to all rows, in standard deviations. */
export function standardizedInterval(interval: ConfidenceInterval | null, count: number, overallCount: number, deviation: number): ConfidenceInterval | null {
  if (interval === null || !(deviation > 0) || !Number.isFinite(deviation)) return null;
  const factor = (1 - count / overallCount) / deviation;
  return { low: interval.low * factor, high: interval.high * factor };
}

export function gather(values: Float64Array, rows: Int32Array): Float64Array {
  const part = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) part[i] = values[rows[i]!]!;
  return part;
}

/** For each segment the moments of all others together: those before it and those behind it. */
function momentsOfOthers(moments: readonly Moments[]): Moments[] {
  const behind = new Array<Moments>(moments.length);
  let rest = NO_MOMENTS;
  for (let i = moments.length - 1; i >= 0; i--) {
    behind[i] = rest;
    rest = mergeMoments(moments[i]!, rest);
  }
  let before = NO_MOMENTS;
  return moments.map((segment, i) => {
    const others = mergeMoments(before, behind[i]!);
    before = mergeMoments(before, segment);
    return others;
  });
}

function medianOf(sorted: Float64Array): number | null {
  return sorted.length === 0 ? null : quantileOfSorted(sorted, 0.5);
}

function meanOf({ count, mean }: Moments): number | null {
  return count > 0 && Number.isFinite(mean) ? mean : null;
}

function standardizedDifferenceOf(segment: Moments, overall: Moments, deviation: number): number | null {
  const difference = (segment.mean - overall.mean) / deviation;
  // An infinite deviation would make the difference 0.
  return segment.count > 0 && Number.isFinite(deviation) && Number.isFinite(difference) ? difference : null;
}
