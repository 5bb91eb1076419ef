import { checkBothClasses, readBinaryLabels } from "../../data/binary-labels";
import { checkFeatureMatrix, nonFiniteCell, type FeatureMatrix } from "../../data/feature-matrix";
import { checkRowCount, checkSameLength } from "../../errors/check";
import { describeFeature } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { aliasedColumnSteps, type AliasedColumn } from "../../numeric/linear-algebra/aliased-columns";
import { scaleByBulk } from "../../numeric/linear-algebra/bulk-scale";
import {
  isConstant,
  selectStandardized,
  standardizeColumns,
  type StandardizedColumns,
} from "../../numeric/linear-algebra/standardized-columns";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import { columnMomentsSteps, standardDeviationOf, type Moments } from "../../numeric/statistics/moments";
import { runToEnd, type Steps } from "../../steps/steps";
import { estimateSteps, type Estimate } from "./estimate";
import { penaltyAt } from "./likelihood";
import { LogisticRegressionModel } from "./model";
import type { SeparatingDirection } from "./separation";
import type { AliasedFeature, LogisticRegressionStatus, Separation } from "./spec";

/** Options of {@link fitLogisticRegression}. */
export interface LogisticRegressionOptions {
  /**
   * Strength of the L2 penalty: strength / 2 · Σ βⱼ² is added to the mean negative log-likelihood.
   * scikit-learn's C is 1 / (n · strength); glmnet's lambda (alpha = 0) is the strength.
   *
   * @defaultValue 0: maximum likelihood
   */
  readonly strength?: number | undefined;
  /**
   * Whether the penalised β are those of standardised columns (deviation with 1/n). Without a penalty it changes nothing.
   *
   * @defaultValue true
   */
  readonly standardize?: boolean | undefined;
  /** Most Newton steps. @defaultValue 100 */
  readonly maxIterations?: number | undefined;
  /** Largest gradient component and Newton decrement at the optimum, on standardised columns and per row. @defaultValue 1e-10 */
  readonly tolerance?: number | undefined;
}

/** Defaults and bounds of {@link LogisticRegressionOptions}. */
export const LOGISTIC_REGRESSION_OPTIONS = {
  strength: { kind: "number", min: 0, max: 1e12, default: 0 },
  standardize: { kind: "boolean", default: true },
  maxIterations: { kind: "integer", min: 1, max: 10000, default: 100 },
  tolerance: { kind: "number", min: 0, max: 0.01, open: "min", default: 1e-10 },
} as const;

/**
 * Fits the probability of a label by logistic regression: maximum likelihood, or with an L2 penalty.
 *
 * Minimises −(1/n) Σ log pᵢ + strength/2 · Σ βⱼ², where pᵢ is the probability given to the observed label of row i.
 * The intercept is never penalised. Newton's method on centred and scaled columns, coefficients returned in the units of
 * the matrix; the time is about rows × columns² / 2 operations for each of 5 to 10 iterations.
 *
 * Outliers, though they take more iterations (about 40 for one of 1e9 beside values of size 1), cost the other rows no digits: a column
 * whose deviation is theirs is centred and scaled by its bulk meanwhile. The solution is the same, and follows them where they call for it.
 *
 * Collinear columns are no error: without a penalty the later ones (as in R) get coefficient 0 and are listed in `aliased`
 * with the columns that determine them; the predictions are those of maximum likelihood all the same. A penalty makes the
 * solution unique, so with it only constant columns are aliased. Separated classes, for which maximum likelihood has no
 * solution, are proved and reported by the status; see {@link LogisticRegressionStatus}.
 *
 * @param matrix - features: rows × columns
 * @param labels - 0 or 1 for each row
 * @throws ClienteleError `constantLabels` when all labels are equal, `lengthMismatch`, `nonFinite` (with row and column),
 * `invalidInput` for labels other than 0 and 1 and for columns whose deviation lies outside 1e-140 … 1e140.
 * @example
 * ```ts
 * import { fitLogisticRegression } from "clientele/churn";
 * import { featureMatrixFromColumns } from "clientele/data";
 *
 * const matrix = featureMatrixFromColumns({ calls: [0, 1, 2, 3, 4, 5] });
 * const model = fitLogisticRegression(matrix, [0, 0, 1, 0, 1, 1]);
 * console.log(model.status);                       // converged
 * console.log(model.coefficients[0]);              // 1.2140…
 * console.log(model.predictProbability(matrix)[0]); // 0.0458…
 * ```
 */
export function fitLogisticRegression(matrix: FeatureMatrix, labels: ArrayLike<number>, options?: LogisticRegressionOptions): LogisticRegressionModel {
  return runToEnd(logisticRegressionSteps(matrix, labels, options));
}

/**
 * {@link fitLogisticRegression} in slices of about two milliseconds, for `runCooperatively`.
 *
 * @throws ClienteleError as `fitLogisticRegression`, at the first slice.
 */
export function* logisticRegressionSteps(
  matrix: FeatureMatrix,
  labels: ArrayLike<number>,
  options?: LogisticRegressionOptions,
): Steps<LogisticRegressionModel> {
  const caller = "fitLogisticRegression";
  const { strength, standardize, maxIterations, tolerance } = readOptions(caller, options, LOGISTIC_REGRESSION_OPTIONS);
  checkFeatureMatrix(caller, "matrix", matrix);
  const { names, rowCount, columnCount, values } = matrix;
  checkRowCount(caller, "matrix", rowCount, 2);
  const checked = readBinaryLabels(caller, labels);
  checkSameLength(caller, "labels", labels.length, rowCount, "the matrix");
  checkBothClasses(caller, checked);
  const outcomes = checked.values;

  const moments = yield* columnMomentsSteps(values, rowCount, columnCount);
  const nonFinite = moments.some(({ missing, min, max }) => missing > 0 || min === -Infinity || max === Infinity) ? nonFiniteCell(caller, matrix) : undefined;
  if (nonFinite !== undefined) throw nonFinite;
  moments.forEach((column, j) => checkSpread(caller, names[j]!, column));
  const varying = moments.flatMap((column, j) => (isConstant(column) ? [] : [j]));
  const varyingColumns = standardizeColumns(values, rowCount, moments, varying);
  const dependent = strength === 0 ? yield* aliasedColumnSteps(varyingColumns) : [];
  const aliased = [...constantColumns(moments), ...dependent].sort((a, b) => a.column - b.column);
  const isAliased = new Set(aliased.map(({ column }) => column));
  const standardized = selectStandardized(
    varyingColumns,
    varying.flatMap((column, position) => (isAliased.has(column) ? [] : [position])),
  );
  const data = scaleByBulk(standardized);

  const penalties = data.deviations.map((deviation, j) => strength * ((standardize ? standardized.deviations[j]! : 1) / deviation) ** 2);
  const estimate = yield* estimateSteps(data, outcomes, { penalties, sizes: sizesOf(data, standardized), mayBeSeparated: strength === 0, tolerance, maxIterations });
  const { newton, separation } = estimate;
  const { intercept, coefficients } = toSourceUnits(data, newton.point, columnCount);
  return new LogisticRegressionModel({
    featureNames: [...names],
    intercept,
    coefficients,
    featureMeans: Float64Array.from(moments, ({ mean }) => mean),
    strength,
    standardize,
    status: statusOf(estimate, aliased.length > 0),
    aliased: aliased.map((column) => nameAliased(column, names)),
    separation: separation === undefined ? undefined : nameSeparation(data, separation, names),
    rowCount,
    iterations: newton.iterations,
    logLikelihood: -rowCount * (newton.value - penaltyAt(newton.point, penalties)),
    gradientNorm: newton.gradientNorm,
  });
}

function statusOf({ newton, separation }: Estimate, hasAliased: boolean): LogisticRegressionStatus {
  if (separation !== undefined) return "separated";
  if (newton.status !== "converged") return "iterationLimit";
  return hasAliased ? "aliased" : "converged";
}

/** Squares of deviations must neither overflow nor vanish. */
const SMALLEST_DEVIATION = 1e-140;
const LARGEST_DEVIATION = 1e140;

function checkSpread(caller: string, name: string, moments: Moments): void {
  if (isConstant(moments)) return;
  const deviation = standardDeviationOf(moments, 0);
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

function constantColumns(moments: readonly Moments[]): AliasedColumn[] {
  return moments.flatMap((column, j) => (isConstant(column) ? [{ column: j, constant: column.min, dependsOn: [] }] : []));
}

/** √ of the mean of the squares of each column as `data` sees it, the intercept's first; 1 for a standardised column. */
function sizesOf(data: StandardizedColumns, standardized: StandardizedColumns): Float64Array {
  const sizes = data.deviations.map((deviation, j) => Math.hypot(standardized.deviations[j]!, standardized.centers[j]! - data.centers[j]!) / deviation);
  return Float64Array.of(1, ...sizes);
}

/** From θ on standardised columns to the units of the source; columns that are not in `data` get 0. */
function toSourceUnits(data: StandardizedColumns, point: Float64Array, columnCount: number): { intercept: number; coefficients: Float64Array } {
  const coefficients = new Float64Array(columnCount);
  const shifts = new Float64Array(point.length);
  shifts[0] = point[0]!;
  data.columns.forEach((column, j) => {
    coefficients[column] = point[j + 1]! * data.scales[j]!;
    shifts[j + 1] = -coefficients[column] * data.centers[j]!;
  });
  return { intercept: sumOf(shifts), coefficients };
}

function nameAliased({ column, constant, dependsOn }: AliasedColumn, names: readonly string[]): AliasedFeature {
  return {
    column: names[column]!,
    constant,
    dependsOn: dependsOn.map((term) => ({ column: names[term.column]!, coefficient: term.coefficient })),
  };
}

/** Components of a separating direction below this share of the largest (on standardised columns) carry nothing. */
const CARRYING_SHARE = 1e-9;

/** The separating direction in the units of the source, its largest standardised component scaled to 1. */
function nameSeparation(data: StandardizedColumns, { kind, direction, separatedRows }: SeparatingDirection, names: readonly string[]): Separation {
  const largest = direction.reduce((max, component, j) => (j === 0 ? max : Math.max(max, Math.abs(component))), 0);
  const carrying = Float64Array.from(direction, (component, j) => (j > 0 && Math.abs(component) <= CARRYING_SHARE * largest ? 0 : component / largest));
  const { intercept, coefficients } = toSourceUnits(data, carrying, names.length);
  const columns = names.flatMap((column, j) => (coefficients[j] === 0 ? [] : [{ column, coefficient: coefficients[j]! }]));
  return { kind, intercept, columns, separatedRows };
}
