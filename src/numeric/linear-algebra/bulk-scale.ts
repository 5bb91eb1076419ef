import { quantileOfSorted } from "../statistics/quantile";
import type { StandardizedColumns } from "./standardized-columns";

/** Rows that are looked at, spread evenly, to find where the bulk of a column lies. */
const SAMPLE_ROWS = 1000;
/** A bulk narrower than this share of the standard deviation would lose digits beside the outliers that made the deviation. */
const NARROW_SHARE = 1e-3;
/** Squares of outliers in units of a narrower bulk than this would come near to the largest number. */
const NARROWEST_SHARE = 1e-30;

/**
 * The same columns, where those whose deviation is that of a few outliers are centred by their median and divided by the typical
 * distance from it: of 199 values around 0.5 and one of 1e9, the 199 keep all their digits. Other columns stay as they are.
 */
export function scaleByBulk(source: StandardizedColumns): StandardizedColumns {
  const centers = source.centers.slice();
  const deviations = source.deviations.slice();
  for (let j = 0; j < centers.length; j++) {
    const bulk = bulkOf(source, j);
    const share = bulk.deviation / deviations[j]!;
    if (share < NARROWEST_SHARE || share >= NARROW_SHARE) continue;
    centers[j] = bulk.center;
    deviations[j] = bulk.deviation;
  }
  return { ...source, centers, deviations, scales: deviations.map((deviation) => 1 / deviation) };
}

/** The median, and the median distance from it of the values that differ from it (infinite where none does). */
function bulkOf({ values, rowCount, stride, columns }: StandardizedColumns, j: number): { readonly center: number; readonly deviation: number } {
  const count = Math.min(rowCount, SAMPLE_ROWS);
  const sample = new Float64Array(count);
  for (let i = 0; i < count; i++) sample[i] = values[Math.floor((i * rowCount) / count) * stride + columns[j]!]!;
  sample.sort();
  // A value that occurs, not the middle of two: columns of whole numbers stay whole.
  const center = sample[Math.floor(count / 2)]!;
  const distances = sample.map((value) => Math.abs(value - center)).filter((distance) => distance > 0).sort();
  return { center, deviation: distances.length === 0 ? Infinity : quantileOfSorted(distances, 0.5) };
}
