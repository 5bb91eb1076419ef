import { checkFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { checkRowCount } from "../../errors/check";
import { checkOption, readOptions, SEED } from "../../errors/options";
import { RandomStream, samplePositionsSteps } from "../../numeric/random/random-stream";
import { computeColumnMoments } from "../../numeric/statistics/moments";
import { runToEnd, type Steps } from "../../steps/steps";
import { readPoints } from "./points";

/** Options of {@link computeHopkins}. */
export interface HopkinsOptions {
  /** How many rows, and how many random places, are looked at. @defaultValue a tenth of the rows, at least 1 and at most 500 */
  readonly sampleSize?: number | undefined;
  /** Decides the rows and places. @defaultValue 1 */
  readonly seed?: number | undefined;
}

/**
 * How unevenly rows fill the box they lie in: the statistic of Hopkins and Skellam (1954), as in Lawson and Jurs (1990).
 *
 * H = Σ uᵈ / (Σ uᵈ + Σ wᵈ), with w the distance of m sampled rows to their nearest other row, u that of m uniform random places in the
 * box of the columns' ranges to the nearest row, and d the number of columns (those that are not constant). About 0.5 for rows spread evenly
 * (then Beta(m, m)), near 1 for rows in lumps, near 0 for rows on a grid.
 *
 * A description, not a test of clusters: a single Gaussian cloud already fills its box unevenly, and with many columns H comes near to 1
 * for any rows. Takes sampleSize · rows · columns operations.
 *
 * @throws ClienteleError `tooFewRows` for fewer than two rows or rows that are all equal, `nonFinite` for NaN or infinity (with row and column),
 * `invalidOption`.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { computeHopkins } from "clientele/evaluation";
 *
 * const grid = featureMatrixFromRows(Array.from({ length: 100 }, (_, i) => [i % 10, Math.floor(i / 10)]));
 * console.log(computeHopkins(grid) < 0.3); // true
 * ```
 */
export function computeHopkins(matrix: FeatureMatrix, options?: HopkinsOptions): number {
  return runToEnd(hopkinsSteps(matrix, options));
}

const DEFAULT_MOST = 500;

/** Coordinate differences between two yields: about 2 ms. */
const STEP_OPERATIONS = 1_500_000;

/** {@link computeHopkins} in slices. */
export function* hopkinsSteps(matrix: FeatureMatrix, options?: HopkinsOptions): Steps<number> {
  const caller = "computeHopkins";
  checkFeatureMatrix(caller, "matrix", matrix);
  const { seed, ...given } = readOptions(caller, options, { sampleSize: { kind: "integer", min: 1 }, seed: SEED });
  const { rowCount, columnCount } = matrix;
  checkRowCount(caller, "matrix", rowCount, 2);
  const sampleSize = given.sampleSize ?? Math.max(1, Math.min(DEFAULT_MOST, Math.round(rowCount / 10)));
  checkOption(caller, "sampleSize", sampleSize, { kind: "integer", min: 1, max: rowCount }, "rows");
  const { points } = readPoints(caller, matrix);
  const ranges = computeColumnMoments(points.values, rowCount, columnCount);
  const dimensions = ranges.filter(({ min, max }) => max > min).length;
  checkRowCount(caller, "matrix", dimensions === 0 ? 1 : 2, 2, "distinct rows");

  const rows = yield* samplePositionsSteps(rowCount, sampleSize, new RandomStream(seed));
  const random = new RandomStream(seed, 1);
  const place = new Float64Array(columnCount);
  const squares = new Float64Array(2 * sampleSize);
  let operations = 0;
  for (let i = 0; i < sampleSize; i++) {
    const row = rows[i]!;
    place.set(points.values.subarray(row * columnCount, (row + 1) * columnCount));
    squares[i] = nearestSquares(points, place, row);
    for (let j = 0; j < columnCount; j++) place[j] = ranges[j]!.min + random.nextFloat() * (ranges[j]!.max - ranges[j]!.min);
    squares[sampleSize + i] = nearestSquares(points, place, -1);
    operations += 2 * rowCount * (columnCount + 1);
    if (operations < STEP_OPERATIONS) continue;
    operations = 0;
    yield { phase: "Hopkins statistic", done: i + 1, total: sampleSize };
  }
  return shareOfPlaces(squares, sampleSize, dimensions);
}

/** The squared distance from a place to the nearest row other than `except`. */
function nearestSquares({ values, rowCount, columnCount }: FeatureMatrix, place: Float64Array, except: number): number {
  let nearest = Infinity;
  for (let row = 0; row < rowCount; row++) {
    if (row === except) continue;
    let squares = 0;
    for (let j = 0; j < columnCount; j++) squares += (values[row * columnCount + j]! - place[j]!) ** 2;
    if (squares < nearest) nearest = squares;
  }
  return nearest;
}

/** Σ uᵈ / (Σ uᵈ + Σ wᵈ) from squared distances, those of rows first. Relative to the largest one, so that no power overflows. */
function shareOfPlaces(squares: Float64Array, sampleSize: number, dimensions: number): number {
  const largest = squares.reduce((most, value) => Math.max(most, value), 0);
  let ofRows = 0;
  let ofPlaces = 0;
  for (let i = 0; i < sampleSize; i++) {
    ofRows += (squares[i]! / largest) ** (dimensions / 2);
    ofPlaces += (squares[sampleSize + i]! / largest) ** (dimensions / 2);
  }
  return ofPlaces / (ofPlaces + ofRows);
}
