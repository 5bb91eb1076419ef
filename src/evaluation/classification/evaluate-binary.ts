import { checkBothClasses, readBinaryLabels, type BinaryLabels } from "../../data/binary-labels";
import { readOptions } from "../../errors/options";
import { checkProbabilities, RANKING_ADVICE } from "./binary-inputs";
import { accuracyOf, brierOf, logLossOf, THRESHOLD, type ThresholdOptions } from "./probability-scores";
import { aucOf, averagePrecisionOf, sortScoresByClass } from "./ranking";

/** What is measured of predicted probabilities. */
export interface BinaryScores {
  /** Area under the ROC curve, see {@link computeAuc}. Higher is better. */
  readonly auc: number;
  /** Mean negative log-likelihood, see {@link computeLogLoss}. Lower is better. */
  readonly logLoss: number;
  /** Mean squared error of the probabilities, see {@link computeBrier}. Lower is better. */
  readonly brier: number;
  /** Share of rows on the right side of the threshold, see {@link computeAccuracy}. Higher is better. */
  readonly accuracy: number;
  /** Step-wise area under the precision-recall curve, see {@link computeAveragePrecision}. Higher is better. */
  readonly averagePrecision: number;
}

/** How good predicted probabilities are, beside what no model at all would reach. */
export interface BinaryEvaluation extends BinaryScores {
  readonly rowCount: number;
  readonly positiveCount: number;
  /** The share of positives among these rows. */
  readonly baseRate: number;
  /** The threshold of `accuracy`. */
  readonly threshold: number;
  /** The scores of the base rate of these rows, given to every row alike. A model that is not better has learnt nothing. */
  readonly baseline: BinaryScores;
}

/**
 * How good predicted probabilities are: order, honesty and decisions, each beside what the constant base rate scores on the same rows.
 *
 * The figures mean what they say only for rows that the model has not seen: see {@link crossValidate}.
 *
 * @param labels - 0 or 1 for each row, both present
 * @param probabilities - the predicted probability of 1 for each row
 * @throws ClienteleError `constantLabels` when all labels are equal (log-loss, Brier score and accuracy have functions
 * of their own, which allow it), `invalidInput` for labels other than 0 and 1 or probabilities outside 0 … 1 (with the row),
 * `nonFinite` for NaN, `lengthMismatch`, `tooFewRows` for no rows.
 * @example
 * ```ts
 * import { evaluateBinary } from "clientele/evaluation";
 *
 * const evaluation = evaluateBinary([0, 1, 0, 1], [0.2, 0.6, 0.4, 0.8]);
 * console.log(evaluation.auc, evaluation.baseline.auc); // 1 0.5
 * console.log(evaluation.brier.toFixed(2), evaluation.baseline.brier); // "0.10" 0.25
 * ```
 */
export function evaluateBinary(labels: ArrayLike<number>, probabilities: ArrayLike<number>, options?: ThresholdOptions): BinaryEvaluation {
  const caller = "evaluateBinary";
  const { threshold } = readOptions(caller, options, { threshold: THRESHOLD });
  const checked = readBinaryLabels(caller, labels);
  checkProbabilities(caller, "probabilities", probabilities, labels.length);
  checkBothClasses(caller, checked, "labels", RANKING_ADVICE);
  return evaluationOf(checked, probabilities, threshold);
}

export function evaluationOf(labels: BinaryLabels, probabilities: ArrayLike<number>, threshold: number): BinaryEvaluation {
  const rowCount = labels.values.length;
  const baseRate = labels.positiveCount / rowCount;
  const ranked = sortScoresByClass(labels, probabilities);
  return {
    rowCount,
    positiveCount: labels.positiveCount,
    baseRate,
    auc: aucOf(ranked),
    logLoss: logLossOf(labels, probabilities),
    brier: brierOf(labels, probabilities),
    accuracy: accuracyOf(labels, probabilities, threshold),
    averagePrecision: averagePrecisionOf(ranked),
    threshold,
    baseline: scoresOfBaseRate(baseRate, threshold),
  };
}

/** In closed form what the functions above give for a constant probability equal to the base rate. */
function scoresOfBaseRate(baseRate: number, threshold: number): BinaryScores {
  return {
    auc: 0.5,
    logLoss: -(baseRate * Math.log(baseRate) + (1 - baseRate) * Math.log1p(-baseRate)),
    brier: baseRate * (1 - baseRate),
    accuracy: baseRate >= threshold ? baseRate : 1 - baseRate,
    averagePrecision: baseRate,
  };
}
