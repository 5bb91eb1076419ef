import type { FeatureMatrix } from "../../data/feature-matrix";
import type { Steps } from "../../steps/steps";
import { rowsByCode, type CodedLabels } from "../coded-labels";
import { addDistances, addInnerDistances, addMutualDistances, silhouetteWidth } from "./distances";

/** Coordinate differences between two yields: about 2 ms. */
const STEP_OPERATIONS = 2_500_000;

/** What a root and the sums of one distance cost, in coordinate differences. */
const ROW_OPERATIONS = 4;

/** Rows that are compared with a run of others while they stay in the first-level cache. */
const TILE_ROWS = 64;
const RUN_ROWS = 1024;

/** With more clusters, the sums of all rows (rows × clusters numbers) would outweigh the matrix: each row is then evaluated alone. */
const MOST_CLUSTERS_AT_ONCE = 64;

/** The rows of a matrix, cluster after cluster: those of one code lie from `starts[code]` to before `starts[code + 1]`. */
interface SortedRows {
  readonly values: Float64Array;
  readonly width: number;
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  /** The place in `values` of each row of the matrix. */
  readonly placeOf: Int32Array;
}

/**
 * Fills `widths` with the silhouette width of each of `rows` (ascending) against all rows of the matrix.
 *
 * When all rows are evaluated, each distance is computed once for both of its rows. The bits do not depend on that.
 */
export function* fillWidthsSteps(matrix: FeatureMatrix, clusters: CodedLabels, rows: Int32Array, widths: Float64Array): Steps<void> {
  const sorted = sortRows(matrix, clusters);
  if (rows.length === matrix.rowCount && clusters.counts.length <= MOST_CLUSTERS_AT_ONCE) yield* allWidthsSteps(sorted, clusters.codes, widths);
  else yield* eachWidthSteps(sorted, clusters.codes, rows, widths);
}

function sortRows({ values, columnCount: width, rowCount }: FeatureMatrix, clusters: CodedLabels): SortedRows {
  const sorted = new Float64Array(values.length);
  const placeOf = new Int32Array(rowCount);
  const starts = new Int32Array(clusters.counts.length + 1);
  clusters.counts.forEach((count, code) => (starts[code + 1] = starts[code]! + count));
  rowsByCode(clusters).forEach((rows, code) => {
    rows.forEach((row, i) => {
      const place = starts[code]! + i;
      placeOf[row] = place;
      for (let j = 0; j < width; j++) sorted[place * width + j] = values[row * width + j]!;
    });
  });
  return { values: sorted, width, starts, counts: clusters.counts, placeOf };
}

/** Tile by tile of the upper triangle of distances; the sums of the row at place i are at `sums[code * rowCount + i]`. */
function* allWidthsSteps({ values, width, starts, counts, placeOf }: SortedRows, codes: Int32Array, widths: Float64Array): Steps<void> {
  const rowCount = placeOf.length;
  const sums = new Float64Array(counts.length * rowCount);
  let operations = 0;
  for (let own = 0; own < counts.length; own++) {
    const ownEnd = starts[own + 1]!;
    for (let first = starts[own]!; first < ownEnd; first += TILE_ROWS) {
      const last = Math.min(ownEnd, first + TILE_ROWS);
      addInnerDistances(values, width, first, last, sums, own * rowCount);
      for (let other = own; other < counts.length; other++) {
        const otherEnd = starts[other + 1]!;
        for (let start = other === own ? last : starts[other]!; start < otherEnd; start += RUN_ROWS) {
          const end = Math.min(otherEnd, start + RUN_ROWS);
          addMutualDistances(values, width, first, last, start, end, sums, other * rowCount, own * rowCount);
          operations += (last - first) * (end - start) * (width + ROW_OPERATIONS);
          if (operations < STEP_OPERATIONS) continue;
          operations = 0;
          yield { phase: "silhouette", done: first, total: rowCount };
        }
      }
    }
  }
  for (let row = 0; row < rowCount; row++) widths[row] = silhouetteWidth(sums, placeOf[row]!, rowCount, counts, codes[row]!);
}

/** Two evaluated rows at a time, each compared with all rows. */
function* eachWidthSteps({ values, width, starts, counts, placeOf }: SortedRows, codes: Int32Array, rows: Int32Array, widths: Float64Array): Steps<void> {
  const clusterCount = counts.length;
  const sums = new Float64Array(2 * clusterCount);
  const runRows = Math.max(1, Math.floor(STEP_OPERATIONS / (2 * (width + ROW_OPERATIONS))));
  let operations = 0;
  for (let i = 0; i < rows.length; i += 2) {
    const row = rows[i]!;
    const next = rows[Math.min(i + 1, rows.length - 1)]!;
    sums.fill(0);
    for (let code = 0; code < clusterCount; code++) {
      for (let start = starts[code]!; start < starts[code + 1]!; start += runRows) {
        const end = Math.min(starts[code + 1]!, start + runRows);
        addDistances(values, width, placeOf[row]!, placeOf[next]!, start, end, sums, code, clusterCount + code);
        operations += 2 * (end - start) * (width + ROW_OPERATIONS);
        if (operations < STEP_OPERATIONS) continue;
        operations = 0;
        yield { phase: "silhouette", done: i, total: rows.length };
      }
    }
    widths[i] = silhouetteWidth(sums, 0, 1, counts, codes[row]!);
    if (i + 1 < rows.length) widths[i + 1] = silhouetteWidth(sums, clusterCount, 1, counts, codes[next]!);
  }
}
