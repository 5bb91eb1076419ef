import { checkBothClasses, type BinaryLabels } from "../../data/binary-labels";
import { readOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { checkProbabilities, RANKING_ADVICE } from "../classification/binary-inputs";
import { evaluationOf, type BinaryEvaluation, type BinaryScores } from "../classification/evaluate-binary";
import { THRESHOLD, type ThresholdOptions } from "../classification/probability-scores";
import {
  OUT_OF_FOLD_OPTIONS,
  outOfFoldSteps,
  readFolds,
  readRowLabels,
  rowsWhere,
  type OutOfFoldOptions,
  type OutOfFoldPredictions,
} from "./out-of-fold";
import type { RowData } from "./row-data";

/** Options of {@link crossValidate}. */
export interface CrossValidationOptions<Data extends RowData> extends OutOfFoldOptions<Data>, ThresholdOptions {}

/** What {@link crossValidate} returns: every figure is about rows that the model which predicted them had not seen. */
export interface CrossValidation extends OutOfFoldPredictions {
  /** The evaluation of each fold by itself. */
  readonly byFold: readonly BinaryEvaluation[];
  /** The plain mean of the folds' scores: how good one model is at ordering and rating its own test rows. */
  readonly mean: BinaryScores;
  /**
   * All out-of-fold predictions evaluated together. Its AUC and average precision also compare rows across folds,
   * hence the predictions of different models.
   */
  readonly pooled: BinaryEvaluation;
}

/**
 * How good a way of fitting will be on customers it has not seen: each fold is predicted by a fit to the others.
 *
 * Whatever looks at the data (imputation, scaling, encoding, selection, choice of a penalty) belongs inside `fit`;
 * done before, it would let the test rows leak into the training.
 *
 * @param data - a table or a matrix
 * @param labels - 0 or 1 for each row
 * @throws ClienteleError `constantLabels` when a fold has one class only, before anything is fitted (use fewer or stratified
 * folds; {@link predictOutOfFold} has no such rule), `invalidInput` for predictions outside 0 … 1 (with the row),
 * and as {@link predictOutOfFold}.
 * @example
 * ```ts
 * import { featureMatrixFromColumns } from "clientele/data";
 * import { crossValidate } from "clientele/evaluation";
 *
 * const matrix = featureMatrixFromColumns({ complaints: [0, 1, 0, 1, 0, 1, 0, 1] });
 * const labels = [0, 1, 0, 1, 0, 1, 1, 0];
 * const { mean, pooled } = crossValidate(matrix, labels, {
 *   folds: 4,
 *   // The share of leavers among training customers with as many complaints.
 *   fit: ({ data, labels }) => (test) => test.values.map((complaints) => {
 *     const alike = labels.filter((_, i) => data.values[i] === complaints);
 *     return alike.reduce((sum, label) => sum + label, 0) / alike.length;
 *   }),
 * });
 * console.log(mean.accuracy, pooled.baseline.accuracy); // 0.75 0.5
 * ```
 */
export function crossValidate<Data extends RowData>(data: Data, labels: ArrayLike<number>, options: CrossValidationOptions<Data>): CrossValidation {
  return runToEnd(crossValidateSteps(data, labels, options));
}

/** {@link crossValidate} in slices: passes on the progress of a `fit` that is a generator, and reports after each fold. */
export function* crossValidateSteps<Data extends RowData>(
  data: Data,
  labels: ArrayLike<number>,
  options: CrossValidationOptions<Data>,
): Steps<CrossValidation> {
  const caller = "crossValidate";
  const resolved = readOptions(caller, options, { ...OUT_OF_FOLD_OPTIONS, threshold: THRESHOLD });
  const { fit, threshold } = resolved;
  const checked = readRowLabels(caller, data, labels);
  checkBothClasses(caller, checked, "labels", RANKING_ADVICE);
  const folds = readFolds(caller, checked, resolved);
  const parts = labelsByFold(checked, folds);
  parts.forEach((part, fold) => checkBothClasses(caller, part.labels, `labels of fold ${fold}`, ONE_CLASS_FOLD_ADVICE));

  const predictions = yield* outOfFoldSteps(caller, data, checked, folds, fit);
  checkProbabilities(caller, "predictions", predictions, folds.length);
  const byFold = parts.map((part) => evaluationOf(part.labels, Float64Array.from(part.rows, (row) => predictions[row]!), threshold));
  return { predictions, folds, byFold, mean: meanOf(byFold), pooled: evaluationOf(checked, predictions, threshold) };
}

const ONE_CLASS_FOLD_ADVICE = "use fewer or stratified folds, or evaluate all rows together after predictOutOfFold";

interface FoldLabels {
  readonly rows: Int32Array;
  readonly labels: BinaryLabels;
}

function labelsByFold({ values }: BinaryLabels, folds: Int32Array): FoldLabels[] {
  const parts: FoldLabels[] = [];
  for (let fold = 0; ; fold++) {
    const rows = rowsWhere(folds, (other) => other === fold);
    if (rows.length === 0) return parts;
    parts.push({ rows, labels: labelsAt(values, rows) });
  }
}

export function labelsAt(labels: Uint8Array, rows: Int32Array): BinaryLabels {
  const values = Uint8Array.from(rows, (row) => labels[row]!);
  return { values, positiveCount: values.reduce((sum, label) => sum + label, 0) };
}

/** The plain mean of each score. */
export function meanOf(evaluations: readonly BinaryEvaluation[]): BinaryScores {
  const mean = (score: keyof BinaryScores): number => evaluations.reduce((sum, evaluation) => sum + evaluation[score], 0) / evaluations.length;
  return { auc: mean("auc"), logLoss: mean("logLoss"), brier: mean("brier"), accuracy: mean("accuracy"), averagePrecision: mean("averagePrecision") };
}
