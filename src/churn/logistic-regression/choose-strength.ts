import { checkBothClasses } from "../../data/binary-labels";
import type { FeatureMatrix } from "../../data/feature-matrix";
import { readOptions } from "../../errors/options";
import { readFolds } from "../../evaluation/resampling/out-of-fold";
import { runToEnd, type Steps } from "../../steps/steps";
import { SHARED_OPTIONS } from "./fit";
import type { LogisticRegressionModel } from "./model";
import { readClassWeights, readObservations, takeObservations, type Observations } from "./observations";
import { pathModelsSteps, PATH_OPTIONS, strengthsSteps, type LogisticPath, type LogisticPathOptions } from "./path";
import { fillLogits } from "./predict";
import type { Settings } from "./solve";

/** Options of {@link chooseStrength}. */
export interface ChooseStrengthOptions extends LogisticPathOptions {
  /** How many folds, stratified by label; or the fold of each row, from 0 without gaps, as `splitFolds` gives them. @defaultValue 10 */
  readonly folds?: number | ArrayLike<number> | undefined;
  /**
   * `"oneStandardError"` takes the greatest strength whose log-loss is within one standard error of the least: the simplest model that
   * is not shown to be worse (Breiman, Friedman, Olshen and Stone 1984, section 3.4.3). `"best"` takes the least log-loss.
   *
   * @defaultValue "oneStandardError"
   */
  readonly rule?: "oneStandardError" | "best" | undefined;
}

/** What {@link chooseStrength} returns. */
export interface ChosenStrength {
  /** By the rule. */
  readonly strength: number;
  /** The fit to all rows with this strength. */
  readonly model: LogisticRegressionModel;
  /** Strength of the least log-loss, and greatest strength within one standard error of it. */
  readonly bestStrength: number;
  readonly oneStandardErrorStrength: number;
  /** The fits to all rows. */
  readonly path: LogisticPath;
  /** For each strength of the path: the mean of the log-losses of the folds, by the weight of their rows … */
  readonly logLoss: Float64Array;
  /** … and its standard error, from the differences between folds. */
  readonly standardError: Float64Array;
  /** The fold of each row. */
  readonly folds: Int32Array;
}

/** Defaults and bounds of the other {@link ChooseStrengthOptions}. */
export const CHOICE_OPTIONS = {
  folds: { kind: "custom" },
  rule: { kind: "oneOf", values: ["oneStandardError", "best"], default: "oneStandardError" },
} as const;

/**
 * Chooses the strength of the penalty by cross-validated log-loss, and fits with it.
 *
 * The strengths are those of the path of all rows; each fold is predicted by fits to the others, with the same strengths and columns
 * standardised anew. The log-loss of the chosen strength was minimised, so it flatters: judge the model by `crossValidate` with this choice inside `fit`.
 *
 * @param matrix - features: rows × columns
 * @param labels - 0 or 1 for each row
 * @throws ClienteleError as `fitLogisticRegression`; `constantLabels` where the rows outside a fold have one label only, `tooFewRows` for a
 * label with fewer rows than folds.
 * @example
 * ```ts
 * import { chooseStrength } from "clientele/churn";
 * import { featureMatrixFromColumns } from "clientele/data";
 *
 * const days = Array.from({ length: 60 }, (_, i) => i);
 * const matrix = featureMatrixFromColumns({ calls: days.map((i) => i % 10), visits: days.map((i) => (i * 7) % 11) });
 * const labels = days.map((i) => ((i % 10) + ((i * 3) % 8) > 8 ? 1 : 0));
 * const { strength, bestStrength, model } = chooseStrength(matrix, labels, { folds: 5 });
 * console.log(strength >= bestStrength); // true
 * console.log(model.status);             // converged
 * ```
 */
export function chooseStrength(matrix: FeatureMatrix, labels: ArrayLike<number>, options?: ChooseStrengthOptions): ChosenStrength {
  return runToEnd(chooseStrengthSteps(matrix, labels, options));
}

/**
 * {@link chooseStrength} in slices of about two milliseconds, for `runCooperatively`.
 *
 * @throws ClienteleError as `chooseStrength`, at the first slice.
 */
export function* chooseStrengthSteps(matrix: FeatureMatrix, labels: ArrayLike<number>, options?: ChooseStrengthOptions): Steps<ChosenStrength> {
  const caller = "chooseStrength";
  const resolved = readOptions(caller, options, { ...SHARED_OPTIONS, ...PATH_OPTIONS, ...CHOICE_OPTIONS });
  const { sampleWeights, weightKind, classWeights: wanted, rule, seed } = resolved;
  const all = readObservations(caller, matrix, labels, sampleWeights);
  const settings: Settings = { ...resolved, estimator: "maximumLikelihood", classWeights: readClassWeights(caller, wanted, all) };
  const positiveCount = all.labels.reduce((sum, label) => sum + label, 0);
  // Folds are those of the rows as given; rows without weight were left out of the observations since.
  const givenLabels = Uint8Array.from(labels);
  const binary = { values: givenLabels, positiveCount: givenLabels.reduce((sum, label) => sum + label, 0) };
  const folds = readFolds(caller, binary, { folds: resolved.folds ?? 10, seed, groups: undefined });
  const counted = all.labels.length === folds.length ? folds : folds.filter((_, row) => sampleWeights![row]! > 0);
  const foldCount = folds.reduce((highest, fold) => Math.max(highest, fold), 0) + 1;
  checkTraining(caller, all, counted, foldCount, positiveCount);

  const strengths = yield* strengthsSteps(caller, all, resolved, settings);
  const path = yield* pathModelsSteps(caller, all, strengths, settings, sampleWeights === undefined ? "none" : weightKind);
  const losses: Float64Array[] = [];
  const foldWeights: number[] = [];
  for (let fold = 0; fold < foldCount; fold++) {
    const test = takeObservations(all, rowsWhere(counted, (other) => other === fold));
    if (test.labels.length === 0) continue;
    const train = takeObservations(all, rowsWhere(counted, (other) => other !== fold));
    const { models } = yield* pathModelsSteps(caller, train, strengths, { ...settings, classWeights: readClassWeights(caller, wanted, train) }, "none");
    losses.push(Float64Array.from(models, (model) => logLossOf(model, test)));
    foldWeights.push(test.weightSum);
    yield { phase: "cross-validation", done: fold + 1, total: foldCount };
  }
  const { mean: logLoss, standardError } = combineFolds(losses, foldWeights);
  const best = logLoss.reduce((least, loss, k) => (loss < logLoss[least]! ? k : least), 0);
  const simplest = logLoss.findIndex((loss) => loss <= logLoss[best]! + standardError[best]!);
  const chosen = rule === "best" ? best : simplest;
  return {
    strength: strengths[chosen]!,
    model: path.models[chosen]!,
    bestStrength: strengths[best]!,
    oneStandardErrorStrength: strengths[simplest]!,
    path,
    logLoss,
    standardError,
    folds,
  };
}

function checkTraining(caller: string, { labels }: Observations, folds: Int32Array, foldCount: number, positiveCount: number): void {
  for (let fold = 0; fold < foldCount; fold++) {
    const inside = rowsWhere(folds, (other) => other === fold);
    const positivesInside = inside.reduce((sum, row) => sum + labels[row]!, 0);
    const outside = new Uint8Array(labels.length - inside.length);
    checkBothClasses(caller, { values: outside.fill(positiveCount > positivesInside ? 1 : 0), positiveCount: positiveCount - positivesInside }, `labels outside fold ${fold}`);
  }
}

function rowsWhere(folds: Int32Array, condition: (fold: number) => boolean): Int32Array {
  return Int32Array.from(folds.keys()).filter((row) => condition(folds[row]!));
}

/** Mean of −log of the probability given to the label, by sample weight. */
function logLossOf(model: LogisticRegressionModel, { matrix, labels, sampleWeights, weightSum }: Observations): number {
  const logits = new Float64Array(labels.length);
  fillLogits(matrix.values, Float64Array.from(model.coefficients), model.intercept, logits);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    const margin = labels[i] === 1 ? logits[i]! : -logits[i]!;
    const loss = Math.log1p(Math.exp(-Math.abs(margin))) + (margin < 0 ? -margin : 0);
    sum += sampleWeights === undefined ? loss : loss * sampleWeights[i]!;
  }
  return sum / weightSum;
}

/** Mean over the folds by weight, and its standard error √(Σ w (loss − mean)² / Σ w / (folds − 1)), as in glmnet. */
function combineFolds(losses: readonly Float64Array[], weights: readonly number[]): { mean: Float64Array; standardError: Float64Array } {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const average = (of: (fold: number) => number): number => weights.reduce((sum, weight, fold) => sum + (weight / total) * of(fold), 0);
  const mean = losses[0]!.map((_, k) => average((fold) => losses[fold]![k]!));
  const standardError = mean.map((center, k) => Math.sqrt(average((fold) => (losses[fold]![k]! - center) ** 2) / Math.max(1, losses.length - 1)));
  return { mean, standardError };
}
