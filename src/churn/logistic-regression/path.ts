import type { FeatureMatrix } from "../../data/feature-matrix";
import { checkOption, readOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { modelPartsSteps } from "./assemble";
import { nullPoint } from "./estimate";
import { SHARED_OPTIONS, type LogisticLimitOptions, type LogisticWeightOptions } from "./fit";
import { meanLossSteps } from "./likelihood";
import { LogisticRegressionModel } from "./model";
import { readClassWeights, readObservations, rowWeights, type Observations } from "./observations";
import { prepareSteps } from "./prepare";
import { solvePathSteps, type Settings } from "./solve";
import type { WeightKind } from "./spec";

/** Options of {@link fitLogisticPath}. */
export interface LogisticPathOptions extends LogisticWeightOptions, LogisticLimitOptions {
  /** The strengths, in any order. @defaultValue `count` strengths in geometric steps, from the least at which every coefficient is 0 */
  readonly strengths?: ArrayLike<number> | undefined;
  /** How many strengths. @defaultValue 100 */
  readonly count?: number | undefined;
  /** The least strength as a share of the greatest. @defaultValue 1e-4; 1e-2 with more columns than rows */
  readonly smallestShare?: number | undefined;
  /** From 0, squares only (ridge), to 1, absolute values only (lasso). @defaultValue 1 */
  readonly l1Share?: number | undefined;
  /** Whether the penalised coefficients are those of standardised columns. @defaultValue true */
  readonly standardize?: boolean | undefined;
}

/** Fits of one set of rows under one strength after another. */
export interface LogisticPath {
  /** From the greatest to the least. */
  readonly strengths: readonly number[];
  /** One model for each strength. */
  readonly models: readonly LogisticRegressionModel[];
}

/** Defaults and bounds of the other {@link LogisticPathOptions}. */
export const PATH_OPTIONS = {
  strengths: { kind: "list" },
  count: { kind: "integer", min: 1, max: 10000, default: 100 },
  smallestShare: { kind: "number", min: 1e-12, max: 1 },
  l1Share: { kind: "number", min: 0, max: 1, default: 1 },
} as const;

const STRENGTH = { kind: "number", min: 0, max: 1e12 } as const;

/**
 * Fits logistic regressions under a falling strength of the penalty: which features enter first, and how far their coefficients are shrunk.
 *
 * Each fit starts at the solution before it. The greatest strength is the least at which all coefficients are 0 (for `l1Share` below 0.001,
 * that of 0.001, as in glmnet: squares alone never reach 0), the others follow in equal ratios.
 *
 * @param matrix - features: rows × columns
 * @param labels - 0 or 1 for each row
 * @throws ClienteleError as `fitLogisticRegression`
 * @example
 * ```ts
 * import { fitLogisticPath } from "clientele/churn";
 * import { featureMatrixFromColumns } from "clientele/data";
 *
 * const matrix = featureMatrixFromColumns({ calls: [0, 1, 2, 3, 4, 5], visits: [3, 1, 3, 2, 1, 3] });
 * const { strengths, models } = fitLogisticPath(matrix, [0, 0, 1, 0, 1, 1], { count: 20 });
 * console.log(strengths[0]);              // 0.3415…
 * console.log(models.at(0)?.coefficients); // [0, 0]
 * console.log(models.at(1)?.coefficients); // [0.320…, 0]
 * ```
 */
export function fitLogisticPath(matrix: FeatureMatrix, labels: ArrayLike<number>, options?: LogisticPathOptions): LogisticPath {
  return runToEnd(logisticPathSteps(matrix, labels, options));
}

/**
 * {@link fitLogisticPath} in slices of about two milliseconds, for `runCooperatively`.
 *
 * @throws ClienteleError as `fitLogisticPath`, at the first slice.
 */
export function* logisticPathSteps(matrix: FeatureMatrix, labels: ArrayLike<number>, options?: LogisticPathOptions): Steps<LogisticPath> {
  const caller = "fitLogisticPath";
  const resolved = readOptions(caller, options, { ...SHARED_OPTIONS, ...PATH_OPTIONS });
  const { sampleWeights, weightKind, classWeights: wanted } = resolved;
  const observations = readObservations(caller, matrix, labels, sampleWeights);
  const settings: Settings = { ...resolved, estimator: "maximumLikelihood", classWeights: readClassWeights(caller, wanted, observations) };
  const strengths = yield* strengthsSteps(caller, observations, resolved, settings);
  return yield* pathModelsSteps(caller, observations, strengths, settings, sampleWeights === undefined ? "none" : weightKind);
}

/** One model for each strength. */
export function* pathModelsSteps(caller: string, observations: Observations, strengths: readonly number[], settings: Settings, weightKind: WeightKind): Steps<LogisticPath> {
  const solutions = yield* solvePathSteps(caller, observations, strengths, settings);
  const models: LogisticRegressionModel[] = [];
  for (const [k, solution] of solutions.entries()) {
    models.push(new LogisticRegressionModel(yield* modelPartsSteps(observations, solution, strengths[k]!, settings, weightKind)));
  }
  return { strengths, models };
}

/** What decides which strengths a path has. */
interface StrengthChoice {
  readonly strengths: ArrayLike<number> | undefined;
  readonly count: number;
  readonly smallestShare: number | undefined;
}

/** The least share of absolute values from which a greatest strength is computed. */
const SMALLEST_L1_SHARE = 1e-3;

/** The given strengths in falling order, or those in geometric steps from the least at which all coefficients are 0. */
export function* strengthsSteps(caller: string, observations: Observations, { strengths, count, smallestShare }: StrengthChoice, settings: Settings): Steps<number[]> {
  if (strengths !== undefined) {
    const given = Array.from(strengths);
    checkOption(caller, "the number of strengths", given.length, { kind: "integer", min: 1, max: 10000 });
    given.forEach((strength, k) => checkOption(caller, `strengths[${k}]`, strength, STRENGTH));
    return given.sort((a, b) => b - a);
  }
  const { rowCount, columnCount } = observations.matrix;
  const { rows, deviations } = yield* prepareSteps(caller, observations, rowWeights(observations, settings.classWeights), false);
  const gradient = new Float64Array(rows.data.columns.length + 1);
  yield* meanLossSteps(rows, nullPoint(rows), "greatest strength", gradient);
  let greatest = 0;
  for (let j = 0; j < deviations.length; j++) {
    const unit = (settings.standardize ? deviations[j]! : 1) / rows.data.deviations[j]!;
    greatest = Math.max(greatest, Math.abs(gradient[j + 1]!) / unit);
  }
  // Without a column that tells anything, every strength gives the same fit.
  greatest = Math.min(STRENGTH.max, greatest === 0 ? 1 : greatest / Math.max(settings.l1Share, SMALLEST_L1_SHARE));
  const share = smallestShare ?? (rowCount < columnCount ? 1e-2 : 1e-4);
  return Array.from({ length: count }, (_, k) => greatest * share ** (count === 1 ? 0 : k / (count - 1)));
}
