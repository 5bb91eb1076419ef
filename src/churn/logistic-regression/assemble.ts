import type { AliasedColumn } from "../../numeric/linear-algebra/aliased-columns";
import type { StandardizedColumns } from "../../numeric/linear-algebra/standardized-columns";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import type { Steps } from "../../steps/steps";
import { meanLossSteps, penaltyAt } from "./likelihood";
import { rowWeights, type Observations } from "./observations";
import { problemOf } from "./prepare";
import type { SeparatingDirection } from "./separation";
import type { Settings, Solution } from "./solve";
import type { AliasedFeature, LogisticRegressionParts, LogisticRegressionStatus, Separation, WeightKind } from "./spec";

/**
 * The parts of a model out of a solution: coefficients in the units of the matrix, named columns, and the intercept set right for class weights.
 *
 * With weights a and b on the classes 0 and 1 the odds are estimated b/a times too high: ln(b/a) is taken off the intercept
 * (King and Zeng 2001, eq. 7), and the mean probability is computed as it then is.
 */
export function* modelPartsSteps(
  observations: Observations,
  { prepared, estimate }: Solution,
  strength: number,
  settings: Settings,
  weightKind: WeightKind,
): Steps<LogisticRegressionParts> {
  const { matrix, weightSum, baseRate } = observations;
  const { names } = matrix;
  const { rows, means, aliased } = prepared;
  const { l1Share, standardize, estimator, classWeights } = settings;
  const point = estimate.point.slice();
  // The gradient by the intercept is the mean of probability − label; the log-likelihood is what was minimised, without the penalty.
  let meanPrediction = baseRate + estimate.gradient[0]!;
  let loss = estimate.value - penaltyAt(point, problemOf(prepared, { strength, l1Share, standardize }).l2);
  if (classWeights !== undefined) point[0] = point[0]! - Math.log(classWeights.positive / classWeights.negative);
  if (classWeights !== undefined || estimator === "firth") {
    const gradient = new Float64Array(point.length);
    loss = yield* meanLossSteps({ ...rows, weights: rowWeights(observations, undefined) }, point, "mean probability", gradient);
    meanPrediction = baseRate + gradient[0]!;
  }
  const { intercept, coefficients } = toSourceUnits(rows.data, point, names.length);
  return {
    featureNames: [...names],
    intercept,
    coefficients,
    featureMeans: means,
    estimator,
    strength,
    l1Share,
    standardize,
    weightKind,
    classWeights,
    status: statusOf(estimate.isConverged, estimate.separation !== undefined, aliased.length > 0),
    aliased: aliased.map((column) => nameAliased(column, names)),
    separation: estimate.separation === undefined ? undefined : nameSeparation(rows.data, estimate.separation, names),
    rowCount: matrix.rowCount,
    weightSum,
    baseRate,
    meanPrediction: Math.min(1, Math.max(0, meanPrediction)),
    iterations: estimate.iterations,
    logLikelihood: -weightSum * loss,
    gradientNorm: estimate.gradientNorm,
  };
}

function statusOf(isConverged: boolean, isSeparated: boolean, hasAliased: boolean): LogisticRegressionStatus {
  if (isSeparated) return "separated";
  if (!isConverged) return "iterationLimit";
  return hasAliased ? "aliased" : "converged";
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

/** An aliased column by its name. */
export function nameAliased({ column, constant, dependsOn }: AliasedColumn, names: readonly string[]): AliasedFeature {
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
