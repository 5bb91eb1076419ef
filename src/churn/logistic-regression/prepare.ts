import { nonFiniteCell } from "../../data/feature-matrix";
import { describeFeature } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { aliasedColumnSteps, type AliasedColumn } from "../../numeric/linear-algebra/aliased-columns";
import { scaleByBulk } from "../../numeric/linear-algebra/bulk-scale";
import { columnScalesSteps, type ColumnScales } from "../../numeric/linear-algebra/column-scales";
import { isConstant, selectStandardized, standardizeColumns, type StandardizedColumns } from "../../numeric/linear-algebra/standardized-columns";
import { columnMomentsSteps, computeMoments, standardDeviationOf, type Moments } from "../../numeric/statistics/moments";
import type { Steps } from "../../steps/steps";
import type { Problem } from "./estimate";
import type { FitRows } from "./likelihood";
import type { Observations } from "./observations";
import { drawSampleSteps, partOf, sampleSizeFor, type Sample } from "./sample";

/** Rows ready for a fit: which columns it uses, how they are scaled, and what a penalty refers to. */
export interface Prepared {
  readonly rows: FitRows;
  /** As `logisticObjective` takes them. */
  readonly sizes: Float64Array;
  /** Deviation of each column of `rows`, by sample weight: the unit of penalised coefficients. */
  readonly deviations: Float64Array;
  /** Mean of each column of the matrix, by sample weight. */
  readonly means: Float64Array;
  readonly aliased: readonly AliasedColumn[];
  /** Where the rows are so many that a fit starts on some of them. */
  readonly sample: Sample | undefined;
}

/**
 * Looks at every column: constant ones and, where `dropsDependent`, those that earlier ones determine, are left out.
 *
 * @throws ClienteleError `nonFinite`, `invalidInput`
 */
export function* prepareSteps(caller: string, observations: Observations, weights: Float64Array | undefined, dropsDependent: boolean): Steps<Prepared> {
  const { matrix, labels } = observations;
  const { names, rowCount, columnCount, values } = matrix;
  const moments = yield* columnMomentsSteps(values, rowCount, columnCount);
  const nonFinite = moments.some(({ missing, min, max }) => missing > 0 || min === -Infinity || max === Infinity) ? nonFiniteCell(caller, matrix) : undefined;
  if (nonFinite !== undefined) throw nonFinite;
  moments.forEach((column, j) => {
    if (!isConstant(column)) checkSpread(caller, names[j]!, standardDeviationOf(column, 0));
  });
  const varying = moments.flatMap((column, j) => (isConstant(column) ? [] : [j]));
  const varyingColumns = standardizeColumns(values, rowCount, moments, varying);
  const dependent = dropsDependent ? yield* aliasedColumnSteps(varyingColumns) : [];
  const aliased = [...constantColumns(moments), ...dependent].sort((a, b) => a.column - b.column);
  const isAliased = new Set(aliased.map(({ column }) => column));
  const standardized = selectStandardized(
    varyingColumns,
    varying.flatMap((column, position) => (isAliased.has(column) ? [] : [position])),
  );
  const data = scaleByBulk(standardized);
  const weighted = yield* weightedScalesSteps(observations, Float64Array.from(moments, ({ mean }) => mean));
  return {
    rows: { data, labels, weights },
    sizes: sizesOf(data, standardized),
    deviations: weighted === undefined ? standardized.deviations : Float64Array.from(data.columns, (column) => weighted.deviations[column]!),
    means: weighted?.means ?? Float64Array.from(moments, ({ mean }) => mean),
    aliased,
    sample: undefined,
  };
}

/**
 * The same for many rows, in one pass: no column is looked at for dependence, and those that seem constant, lie far out or have outliers
 * are left to {@link prepareSteps}, as undefined. Whether columns depend on each other the fit on the sample has to show.
 */
export function* prepareLargeSteps(caller: string, observations: Observations, weights: Float64Array | undefined, seed: number): Steps<Prepared | undefined> {
  const { matrix, labels } = observations;
  const { names, rowCount, columnCount, values } = matrix;
  const sampleSize = sampleSizeFor(rowCount, columnCount);
  if (sampleSize === undefined) return undefined;
  const sample = yield* drawSampleSteps(values, columnCount, labels, weights, sampleSize, seed);
  const part = partOf(sample);
  const moments: Moments[] = names.map((_, j) => computeMoments(part.values, j, columnCount, part.rowCount));
  if (moments.some((column) => column.missing > 0 || isConstant(column))) return undefined;
  const shifts = Float64Array.from(moments, ({ mean }) => mean);
  const { means, deviations } = yield* columnScalesSteps(values, rowCount, columnCount, shifts);
  if (!deviations.every((deviation, j) => Number.isFinite(deviation) && isNear(deviation, means[j]!, moments[j]!))) return undefined;
  deviations.forEach((deviation, j) => checkSpread(caller, names[j]!, deviation));
  const columns = Int32Array.from(names.keys());
  const data: StandardizedColumns = { values, rowCount, stride: columnCount, columns, centers: means, deviations, scales: deviations.map((deviation) => 1 / deviation) };
  if (scaleByBulk(data).deviations.some((deviation, j) => deviation !== deviations[j])) return undefined;
  const weighted = yield* weightedScalesSteps(observations, means);
  return {
    rows: { data, labels, weights },
    sizes: new Float64Array(columnCount + 1).fill(1),
    deviations: weighted?.deviations ?? deviations,
    means: weighted?.means ?? means,
    aliased: [],
    sample,
  };
}

/** Whether a column of all rows looks like that of the part: then its sums did not cancel, and the sample stands for it. */
function isNear(deviation: number, mean: number, part: Moments): boolean {
  const partDeviation = standardDeviationOf(part, 0);
  return deviation <= 10 * partDeviation && partDeviation <= 10 * deviation && Math.abs(mean - part.mean) <= partDeviation;
}

/** Means and deviations by sample weight; undefined without weights. Twice, so that the second pass measures from the weighted mean. */
function* weightedScalesSteps({ matrix, sampleWeights }: Observations, shifts: Float64Array): Steps<ColumnScales | undefined> {
  if (sampleWeights === undefined) return undefined;
  const { values, rowCount, columnCount } = matrix;
  const first = yield* columnScalesSteps(values, rowCount, columnCount, shifts, sampleWeights);
  return yield* columnScalesSteps(values, rowCount, columnCount, first.means, sampleWeights);
}

/** Squares of deviations must neither overflow nor vanish. */
const SMALLEST_DEVIATION = 1e-140;
const LARGEST_DEVIATION = 1e140;

/** Refuses a column whose squares would overflow or vanish. */
export function checkSpread(caller: string, name: string, deviation: number): void {
  if (deviation >= SMALLEST_DEVIATION && deviation <= LARGEST_DEVIATION) return;
  const column = describeFeature(name);
  const rule = `a standard deviation from ${SMALLEST_DEVIATION} to ${LARGEST_DEVIATION}`;
  throw new ClienteleError("invalidInput", `column ${JSON.stringify(column)} must have ${rule}; express it in another unit`, {
    caller,
    parameter: "matrix",
    column,
    rule,
  });
}

/** Columns of one value. */
export function constantColumns(moments: readonly Moments[]): AliasedColumn[] {
  return moments.flatMap((column, j) => (isConstant(column) ? [{ column: j, constant: column.min, dependsOn: [] }] : []));
}

/** √ of the mean of the squares of each column as `data` sees it, the intercept's first; 1 for a standardised column. */
function sizesOf(data: StandardizedColumns, standardized: StandardizedColumns): Float64Array {
  const sizes = data.deviations.map((deviation, j) => Math.hypot(standardized.deviations[j]!, standardized.centers[j]! - data.centers[j]!) / deviation);
  return Float64Array.of(1, ...sizes);
}

/** What a penalty is made of. */
export interface Penalty {
  readonly strength: number;
  readonly l1Share: number;
  readonly standardize: boolean;
}

/** What is minimised with a penalty: it is on coefficients in its own unit, here written for those of the columns as the fit scales them. */
export function problemOf({ rows, sizes, deviations }: Prepared, { strength, l1Share, standardize }: Penalty): Problem {
  const units = rows.data.deviations.map((deviation, j) => (standardize ? deviations[j]! : 1) / deviation);
  const l2 = units.map((unit) => strength * (1 - l1Share) * unit * unit);
  const l1 = strength * l1Share > 0 ? Float64Array.of(0, ...units.map((unit) => strength * l1Share * unit)) : undefined;
  return { rows, sizes, l2, l1, mayBeSeparated: strength === 0 };
}
