import { checkBothClasses, type BinaryLabels } from "../../data/binary-labels";
import { checkFunction, checkNames, checkObject, checkRowCount } from "../../errors/check";
import { readOptions, SEED } from "../../errors/options";
import { checkProbabilities, checkScores, LEVEL, RANKING_ADVICE } from "../../evaluation/classification/binary-inputs";
import { negativePlacements, positionOfScore, positivePlacements } from "../../evaluation/classification/placements";
import { sortScoresByClass } from "../../evaluation/classification/ranking";
import { tallyScores } from "../../evaluation/classification/tally";
import { readRowLabels, type Predictor } from "../../evaluation/resampling/out-of-fold";
import type { RowData } from "../../evaluation/resampling/row-data";
import { RandomStream, shuffle } from "../../numeric/random/random-stream";
import { normalQuantile } from "../../numeric/special/normal-quantile";
import { runToEnd, type Steps } from "../../steps/steps";
import { checkColumns, columnNamesOf, permuteColumns } from "./replace-columns";

/** What gets worse when a column is shuffled. */
export type ImportanceScore = "auc" | "logLoss" | "brier";

/** Options of {@link computePermutationImportance}. */
export interface PermutationImportanceOptions<Data extends RowData> {
  /** Any model: gives a score (for `logLoss` and `brier` a probability) to each row. It must not have been fitted to these rows. */
  readonly predict: Predictor<Data>;
  /** @defaultValue "auc" */
  readonly score?: ImportanceScore | undefined;
  /** How often each feature is shuffled. @defaultValue 10 */
  readonly repeats?: number | undefined;
  /** @defaultValue 1 */
  readonly seed?: number | undefined;
  /** Columns that are shuffled together, by the name to be given to them: the levels of a one-hot column, or what always goes together. @defaultValue each column for itself */
  readonly features?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Confidence of the intervals. @defaultValue 0.95 */
  readonly level?: number | undefined;
}

const PERMUTATION_IMPORTANCE_OPTIONS = {
  predict: { kind: "function", required: true },
  score: { kind: "oneOf", values: ["auc", "logLoss", "brier"], default: "auc" },
  repeats: { kind: "integer", min: 1, max: 10_000, default: 10 },
  seed: SEED,
  features: { kind: "object" },
  level: LEVEL,
} as const;

/** How much worse predictions get without a feature. */
export interface FeatureImportance {
  readonly feature: string;
  readonly columns: readonly string[];
  /** The mean loss of the score over the repeats: of AUC what is lost, of a loss what is added. About 0 for a feature that the model does not need. */
  readonly importance: number;
  /** The interval over the customers: whether the feature matters for others like these. */
  readonly low: number;
  readonly high: number;
  /** The deviation over the repeats (1/n), as scikit-learn's `importances_std`: noise of the shuffling alone. */
  readonly deviation: number;
  readonly byRepeat: Float64Array;
}

/** What {@link computePermutationImportance} returns. */
export interface PermutationImportance {
  readonly score: ImportanceScore;
  /** The score with nothing shuffled. */
  readonly value: number;
  readonly level: number;
  /** The most important first. */
  readonly features: readonly FeatureImportance[];
}

/**
 * Which features a model's predictions rest on: how much worse it predicts when the values of one are shuffled among the customers (Breiman 2001).
 *
 * For any model. Give rows that the model has not seen: on those of the fit, features look important that it only learnt by heart. Two
 * features that say the same share their importance, and each may look useless: shuffle them together (`features`). In each repeat all features are
 * shuffled by the same permutation. The interval is the normal one of the mean over customers (DeLong's for AUC), for this model as it is.
 *
 * @param data - a table or a matrix
 * @param labels - 0 or 1 for each row
 * @throws ClienteleError `unknownColumn`, `constantLabels`, `tooFewRows` for fewer than two rows of a class, `lengthMismatch` or
 * `nonFinite` for predictions that do not fit the rows; whatever `predict` throws.
 * @example
 * ```ts
 * import { computePermutationImportance } from "clientele/churn";
 * import { featureMatrixFromColumns } from "clientele/data";
 *
 * const rows = Array.from({ length: 100 }, (_, i) => i);
 * const matrix = featureMatrixFromColumns({ calls: rows.map((i) => (i * 7) % 10), months: rows.map((i) => (i * 11) % 30) });
 * const left = rows.map((i) => ((i * 7) % 10 > 5 ? 1 : 0));
 * const { value, features } = computePermutationImportance(matrix, left, {
 *   // A model that looks at calls only.
 *   predict: (test) => Float64Array.from({ length: test.rowCount }, (_, row) => test.values[row * 2]!),
 * });
 * console.log(value, features.map(({ feature }) => feature)); // 1 ["calls", "months"]
 * console.log(features[0]!.importance > 0.4, features[1]!.importance); // true 0
 * ```
 */
export function computePermutationImportance<Data extends RowData>(data: Data, labels: ArrayLike<number>, options: PermutationImportanceOptions<Data>): PermutationImportance {
  return runToEnd(permutationImportanceSteps(data, labels, options));
}

/** {@link computePermutationImportance} in slices: one for each call of `predict`. */
export function* permutationImportanceSteps<Data extends RowData>(data: Data, labels: ArrayLike<number>, options: PermutationImportanceOptions<Data>): Steps<PermutationImportance> {
  const caller = "computePermutationImportance";
  const { predict, score, repeats, seed, features, level } = readOptions<PermutationImportanceOptions<Data>, typeof PERMUTATION_IMPORTANCE_OPTIONS>(caller, options, PERMUTATION_IMPORTANCE_OPTIONS);
  const checked = readRowLabels(caller, data, labels);
  const groups = readFeatures(caller, data, features);
  const permutations = Array.from({ length: repeats }, (_, repeat) => {
    const rowFrom = Int32Array.from({ length: data.rowCount }, (__, row) => row);
    shuffle(rowFrom, new RandomStream(seed, repeat));
    return rowFrom;
  });
  return yield* importanceSteps(caller, data, checked, { predict, score, groups, permutations, level });
}

function readFeatures(caller: string, data: RowData, features: Readonly<Record<string, readonly string[]>> | undefined): readonly (readonly [string, readonly string[]])[] {
  if (features === undefined) return columnNamesOf(data).map((name) => [name, [name]]);
  checkObject(caller, "features", features);
  return Object.entries(features).map(([feature, columns]) => {
    const parameter = `features[${JSON.stringify(feature)}]`;
    checkNames(caller, parameter, columns);
    checkRowCount(caller, parameter, columns.length, 1, "columns");
    checkColumns(caller, parameter, columns, data);
    return [feature, columns];
  });
}

export interface ImportanceTask<Data extends RowData> {
  readonly predict: Predictor<Data>;
  readonly score: ImportanceScore;
  readonly groups: readonly (readonly [feature: string, columns: readonly string[]])[];
  /** For each repeat the row that each row's cells come from. */
  readonly permutations: readonly Int32Array[];
  readonly level: number;
}

export function* importanceSteps<Data extends RowData>(caller: string, data: Data, labels: BinaryLabels, { predict, score, groups, permutations, level }: ImportanceTask<Data>): Steps<PermutationImportance> {
  checkFunction(caller, "predict", predict);
  if (score === "auc") checkBothClasses(caller, labels, "labels", RANKING_ADVICE);
  const { values, positiveCount } = labels;
  const classes = score === "auc" ? [positiveCount, values.length - positiveCount] : [values.length];
  for (const count of classes) checkRowCount(caller, "labels", count, 2, score === "auc" ? "rows of each class" : "rows");
  const partsOf: PartsOf = score === "auc" ? aucParts : score === "logLoss" ? logLossParts : brierParts;
  const scoredParts = (test: Data, out: Float64Array): void => {
    const predicted = predict(test);
    if (score === "auc") checkScores(caller, predicted, values.length, "predictions");
    else checkProbabilities(caller, "predictions", predicted, values.length);
    partsOf(labels, predicted, out);
  };
  const sign = score === "auc" ? 1 : -1;
  const whole = new Float64Array(values.length);
  scoredParts(data, whole);
  const parts = new Float64Array(values.length);
  const lost = new Float64Array(values.length);
  const z = -normalQuantile((1 - level) / 2);
  const found: FeatureImportance[] = [];
  for (const [feature, columns] of groups) {
    const byRepeat = new Float64Array(permutations.length);
    lost.fill(0);
    for (let repeat = 0; repeat < permutations.length; repeat++) {
      scoredParts(permuteColumns(data, columns, permutations[repeat]!), parts);
      for (let row = 0; row < parts.length; row++) {
        parts[row] = sign * (whole[row]! - parts[row]!);
        lost[row]! += parts[row]! / permutations.length;
      }
      byRepeat[repeat] = meanOfParts(labels, parts, score).mean;
      yield { phase: "shuffling features", done: found.length * permutations.length + repeat + 1, total: groups.length * permutations.length };
    }
    const importance = byRepeat.reduce((sum, value) => sum + value, 0) / byRepeat.length;
    const deviation = Math.sqrt(byRepeat.reduce((sum, value) => sum + (value - importance) ** 2, 0) / byRepeat.length);
    const reach = z * Math.sqrt(meanOfParts(labels, lost, score).variance);
    found.push({ feature, columns: [...columns], importance, low: importance - reach, high: importance + reach, deviation, byRepeat });
  }
  found.sort((a, b) => b.importance - a.importance);
  return { score, value: meanOfParts(labels, whole, score).mean, level, features: found };
}

/** Writes for each row its part of the score: the mean over the rows (for AUC over those of either class) is the score. */
type PartsOf = (labels: BinaryLabels, predicted: ArrayLike<number>, out: Float64Array) => void;

/** DeLong's placements: the share of the other class on the right side of the row. */
function aucParts(labels: BinaryLabels, predicted: ArrayLike<number>, out: Float64Array): void {
  const tally = tallyScores(sortScoresByClass(labels, predicted));
  const ofPositives = positivePlacements(tally);
  const ofNegatives = negativePlacements(tally);
  for (let row = 0; row < out.length; row++) {
    const position = positionOfScore(tally.scores, predicted[row]!);
    out[row] = labels.values[row] === 1 ? ofPositives[position]! : ofNegatives[position]!;
  }
}

/** Clipped as in `computeLogLoss`. */
function logLossParts({ values }: BinaryLabels, predicted: ArrayLike<number>, out: Float64Array): void {
  for (let row = 0; row < out.length; row++) {
    const clipped = Math.min(Math.max(predicted[row]!, Number.EPSILON), 1 - Number.EPSILON);
    out[row] = values[row] === 1 ? -Math.log(clipped) : -Math.log1p(-clipped);
  }
}

function brierParts({ values }: BinaryLabels, predicted: ArrayLike<number>, out: Float64Array): void {
  for (let row = 0; row < out.length; row++) out[row] = (predicted[row]! - values[row]!) ** 2;
}

/** The score that parts make, and the variance of that mean over the rows. */
function meanOfParts({ values, positiveCount }: BinaryLabels, parts: Float64Array, score: ImportanceScore): { readonly mean: number; readonly variance: number } {
  if (score !== "auc") return meanWhere(parts, () => true, parts.length);
  const ofPositives = meanWhere(parts, (row) => values[row] === 1, positiveCount);
  const ofNegatives = meanWhere(parts, (row) => values[row] === 0, values.length - positiveCount);
  // Both means are the AUC; their average evens out the rounding.
  return { mean: (ofPositives.mean + ofNegatives.mean) / 2, variance: ofPositives.variance + ofNegatives.variance };
}

function meanWhere(parts: Float64Array, isCounted: (row: number) => boolean, count: number): { readonly mean: number; readonly variance: number } {
  let sum = 0;
  for (let row = 0; row < parts.length; row++) if (isCounted(row)) sum += parts[row]!;
  const mean = sum / count;
  let squares = 0;
  for (let row = 0; row < parts.length; row++) if (isCounted(row)) squares += (parts[row]! - mean) ** 2;
  return { mean, variance: squares / (count - 1) / count };
}
