import { checkFeatureMatrix, checkFeatures, type FeatureMatrix } from "../../data/feature-matrix";
import { checkShape } from "../../errors/check";
import { describeFeature, describeNames } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import type { Steps } from "../../steps/steps";
import { firthPointSteps } from "../logistic-regression/firth";
import { meanLossSteps } from "../logistic-regression/likelihood";
import type { LogisticRegressionModel } from "../logistic-regression/model";
import { readObservations, rowWeights, type Observations } from "../logistic-regression/observations";
import { prepareLargeSteps, prepareSteps, type Prepared } from "../logistic-regression/prepare";
import type { WeightKind } from "../logistic-regression/spec";
import { informationFactorSteps, solveTransposed, type InformationFactor } from "./information-factor";

/** A model and the data it was fitted on, on standardised columns. */
export interface FittedData {
  readonly observations: Observations;
  readonly prepared: Prepared;
  readonly weightKind: WeightKind;
  /** Coefficients on standardised columns, the intercept first. */
  readonly point: Float64Array;
  /** Mean loss there, without any penalty. */
  readonly loss: number;
  readonly information: InformationFactor;
  /** How many equal rows the data are: Σ frequency weights, or the rows. */
  readonly observationCount: number;
}

/** What the caller says of the rows. */
export interface RowsOfFit {
  readonly matrix: FeatureMatrix;
  readonly labels: ArrayLike<number>;
  readonly sampleWeights: ArrayLike<number> | undefined;
  readonly weightKind: "frequency" | "sampling" | undefined;
}

/** Refuses what is no model, and a model whose coefficients are no maximum of a likelihood. */
export function checkLikelihoodFit(caller: string, parameter: string, model: LogisticRegressionModel): void {
  checkShape(caller, parameter, model, "a LogisticRegressionModel", ({ featureNames, coefficients, aliased }) => Array.isArray(featureNames) && Array.isArray(coefficients) && Array.isArray(aliased));
  const { strength, status, separation, estimator } = model;
  if (strength > 0) {
    throw unsupported(caller, parameter, `the fit is penalised (strength ${strength}): its coefficients are drawn towards 0 by an unknown amount, which no standard error accounts for; fit without strength`, "a fit without strength");
  }
  if (status === "separated") {
    const names = describeNames((separation?.columns ?? []).map(({ column }) => describeFeature(column)));
    throw unsupported(caller, parameter, `the classes are separated (by ${names}), so the coefficients are no estimates; fit with estimator "firth"`, "classes that overlap");
  }
  if (status === "iterationLimit") {
    const advice = estimator === "firth" ? "" : "; see diagnoseColumns";
    throw unsupported(caller, parameter, `the fit stopped before its maximum (status iterationLimit); raise maxIterations${advice}`, "a fit that converged");
  }
}

/** Farther from the maximum than this share of a standard error, and the data are not those of the fit. */
const FARTHEST = 1e-4;
const WEIGHT_SUM_TOLERANCE = 1e-9;

/**
 * The data of a fit, proved to be such: the same number of rows, sum of weights and aliased columns, and a score that is 0 at the model,
 * √(sᵀ I⁻¹ s) ≤ 1e-4 (s the score and I the information of all rows). That is how many standard errors the maximum on these data is away.
 *
 * @throws ClienteleError as the fit; `featureMismatch`, `invalidInput` for other data than those of the fit
 */
export function* fittedDataSteps(caller: string, parameter: string, model: LogisticRegressionModel, given: RowsOfFit): Steps<FittedData> {
  const { matrix, labels, sampleWeights } = given;
  checkFeatureMatrix(caller, "matrix", matrix);
  checkFeatures(caller, matrix, model.featureNames);
  const observations = readObservations(caller, matrix, labels, sampleWeights);
  const weightKind = weightKindOf(caller, model, given);
  const rowCount = observations.matrix.rowCount;
  if (rowCount !== model.rowCount) throw otherData(caller, parameter, `it was fitted on ${model.rowCount} rows (with a weight above 0), these are ${rowCount}`);
  if (!(Math.abs(observations.weightSum - model.weightSum) <= WEIGHT_SUM_TOLERANCE * model.weightSum)) {
    throw otherData(caller, parameter, `the weights of its fit add up to ${model.weightSum}, these to ${observations.weightSum}`);
  }
  const weights = rowWeights(observations, model.classWeights);
  // Of many rows without aliased columns the information shows by itself that none is.
  const large = model.aliased.length === 0 ? yield* prepareLargeSteps(caller, observations, weights, 1) : undefined;
  const prepared = large ?? (yield* prepareSteps(caller, observations, weights, true));
  const isSameAliased = prepared.aliased.length === model.aliased.length && prepared.aliased.every(({ column }, k) => model.aliased[k]!.column === matrix.names[column]);
  if (!isSameAliased) throw otherData(caller, parameter, "other columns are aliased in these than in its fit");

  const point = standardizedPoint(model, prepared);
  const observationCount = weightKind === "frequency" ? observations.weightSum : rowCount;
  const { loss, gradient, hessian } = yield* derivativesSteps(model, prepared, point, observationCount);
  const information = yield* informationFactorSteps(prepared.rows, point, hessian);
  if (information === undefined) {
    throw unsupported(caller, parameter, "the columns are so nearly collinear that no standard error would have a correct digit; see diagnoseColumns", "columns that are not nearly collinear");
  }
  const distance = Math.sqrt(observationCount) * Math.hypot(...solveTransposed(information.factor, gradient));
  if (!(distance <= FARTHEST)) {
    throw otherData(caller, parameter, `the score at the model is not 0 on these: their maximum is ${distance.toPrecision(2)} standard errors away (at most ${FARTHEST}); the weights must be the same, too, and the tolerance of the fit small`);
  }
  return { observations, prepared, weightKind, point, loss, information, observationCount };
}

function weightKindOf(caller: string, { weightKind: fitted, estimator }: LogisticRegressionModel, { sampleWeights, weightKind }: RowsOfFit): WeightKind {
  if (sampleWeights === undefined) return "none";
  const kind = weightKind ?? (fitted === "none" ? "frequency" : fitted);
  if (estimator === "firth" && kind === "sampling") {
    const rule = '"frequency" for a fit by Firth, which counts rows';
    throw new ClienteleError("invalidOption", `weightKind must be ${rule}`, { caller, parameter: "weightKind", rule });
  }
  return kind;
}

/** From the units of the matrix to θ on standardised columns, and with the intercept as it was fitted, before class weights were taken off. */
function standardizedPoint({ intercept, coefficients, classWeights }: LogisticRegressionModel, { rows }: Prepared): Float64Array {
  const { columns, centers, deviations } = rows.data;
  const shifts = Float64Array.from(columns, (column, j) => coefficients[column]! * centers[j]!);
  const correction = classWeights === undefined ? 0 : Math.log(classWeights.positive / classWeights.negative);
  return Float64Array.of(sumOf(Float64Array.of(intercept, correction, ...shifts)), ...Array.from(columns, (column, j) => coefficients[column]! * deviations[j]!));
}

function* derivativesSteps(
  { estimator }: LogisticRegressionModel,
  { rows }: Prepared,
  point: Float64Array,
  observationCount: number,
): Steps<{ loss: number; gradient: Float64Array; hessian: Float64Array }> {
  const phase = "information";
  if (estimator === "firth") {
    const { at } = yield* firthPointSteps(rows, observationCount, point, phase);
    return { loss: at.loss, gradient: at.gradient, hessian: at.information };
  }
  const gradient = new Float64Array(point.length);
  const hessian = new Float64Array(point.length * point.length);
  const loss = yield* meanLossSteps(rows, point, phase, gradient, hessian);
  return { loss, gradient, hessian };
}

function unsupported(caller: string, parameter: string, reason: string, rule: string): ClienteleError {
  return new ClienteleError("unsupported", `no inference from ${parameter}: ${reason}`, { caller, parameter, rule });
}

function otherData(caller: string, parameter: string, reason: string): ClienteleError {
  const rule = "the data of the fit";
  return new ClienteleError("invalidInput", `matrix, labels and sampleWeights must be the data that ${parameter} was fitted on: ${reason}`, { caller, parameter: "matrix", rule });
}
