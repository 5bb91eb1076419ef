import { checkList, checkRowCount, checkSameLength, checkShape } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { incompleteBeta } from "../../numeric/special/incomplete-beta";
import { studentTUpperQuantile } from "../../numeric/special/student-t";
import { LEVEL } from "../classification/binary-inputs";
import type { BinaryScores } from "../classification/evaluate-binary";
import type { CrossValidation } from "./cross-validate";

/** Options of {@link compareCrossValidated}. */
export interface CompareCrossValidatedOptions {
  /** Confidence of the intervals. @defaultValue 0.95 */
  readonly level?: number | undefined;
}

/** How a score differs between two ways of fitting, over the same folds. */
export interface FoldDifference {
  /** Mean over the folds of (A − B). */
  readonly mean: number;
  /** By the corrected resampled variance. */
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** `mean` / `standardError`. */
  readonly t: number;
  /** Two-sided. */
  readonly pValue: number;
  /** The difference in each fold. */
  readonly byFold: Float64Array;
}

/** Two ways of fitting compared by every score of {@link BinaryScores}. */
export type CrossValidatedComparison = { readonly [Score in keyof BinaryScores]: FoldDifference } & {
  readonly level: number;
  /** Degrees of freedom: folds (of all repeats) − 1. */
  readonly degreesOfFreedom: number;
};

/**
 * Whether one way of fitting is better than another, by cross-validation on the same folds: each score's difference with an honest interval.
 *
 * Nadeau and Bengio's (2003) corrected resampled t-test: the folds share training rows, so a plain paired t-test finds differences that are not there. The variance
 * of the mean difference is (1/J + test rows / training rows) · s², J the number of folds (the mean of the folds' own ratios), with J − 1 degrees of freedom.
 * Five folds say little; repeats on other folds (the same calls with other seeds, given as lists) say more.
 *
 * Equal scores in all folds have difference 0 and p-value 1; where all folds differ by the same amount there is no spread to judge it by, and `t`, `pValue`, `low` and `high` are NaN.
 *
 * @param a - what {@link crossValidate} returned, or a list of it (one for each repeat)
 * @param b - the other way of fitting, on the same rows and folds
 * @throws ClienteleError `invalidInput` for other folds or rows, `lengthMismatch` for lists of different length.
 * @example
 * ```ts
 * import { featureMatrixFromColumns } from "clientele/data";
 * import { compareCrossValidated, crossValidate, type TrainingPart } from "clientele/evaluation";
 * import type { FeatureMatrix } from "clientele/data";
 *
 * const rows = Array.from({ length: 200 }, (_, i) => i);
 * const matrix = featureMatrixFromColumns({ calls: rows.map((i) => (i * 7) % 10) });
 * const left = rows.map((i) => ((i * 7) % 10 > (i * 13) % 11 ? 1 : 0));
 * const byCalls = () => (test: FeatureMatrix) => test.values.map((calls) => (calls + 0.5) / 10);
 * const byBaseRate = ({ labels }: TrainingPart<FeatureMatrix>) => (test: FeatureMatrix) =>
 *   test.values.map(() => labels.reduce((sum, label) => sum + label, 0) / labels.length);
 *
 * const { brier } = compareCrossValidated(crossValidate(matrix, left, { fit: byCalls }), crossValidate(matrix, left, { fit: byBaseRate }));
 * console.log(brier.mean < 0, brier.high < 0); // true true
 * ```
 */
export function compareCrossValidated(
  a: CrossValidation | readonly CrossValidation[],
  b: CrossValidation | readonly CrossValidation[],
  options?: CompareCrossValidatedOptions,
): CrossValidatedComparison {
  const caller = "compareCrossValidated";
  const { level } = readOptions(caller, options, { level: LEVEL });
  const repeatsA = readRepeats(caller, "a", a);
  const repeatsB = readRepeats(caller, "b", b);
  checkSameLength(caller, "b", repeatsB.length, repeatsA.length, "a");
  repeatsA.forEach((repeat, i) => checkSameFolds(caller, repeat, repeatsB[i]!));

  const foldsA = repeatsA.flatMap(({ byFold }) => byFold);
  const foldsB = repeatsB.flatMap(({ byFold }) => byFold);
  const count = foldsA.length;
  checkRowCount(caller, "a", count, 2, "folds");
  const ratios = repeatsA.flatMap(({ byFold, folds }) => byFold.map(({ rowCount }) => rowCount / (folds.length - rowCount)));
  const factor = 1 / count + ratios.reduce((sum, ratio) => sum + ratio, 0) / count;
  const compare = (score: keyof BinaryScores): FoldDifference =>
    differenceOf(Float64Array.from(foldsA, (fold, i) => fold[score] - foldsB[i]![score]), factor, level);
  return {
    auc: compare("auc"),
    logLoss: compare("logLoss"),
    brier: compare("brier"),
    accuracy: compare("accuracy"),
    averagePrecision: compare("averagePrecision"),
    level,
    degreesOfFreedom: count - 1,
  };
}

function differenceOf(byFold: Float64Array, factor: number, level: number): FoldDifference {
  const degrees = byFold.length - 1;
  const mean = byFold.reduce((sum, difference) => sum + difference, 0) / byFold.length;
  // Equal differences have none of the spread that rounding of their mean would give them.
  const isConstant = byFold.every((difference) => difference === byFold[0]);
  const squares = isConstant ? 0 : byFold.reduce((sum, difference) => sum + (difference - mean) ** 2, 0);
  const standardError = Math.sqrt((factor * squares) / degrees);
  if (standardError === 0) {
    const undefinedUnlessZero = mean === 0 ? 0 : NaN;
    return { mean, standardError, low: undefinedUnlessZero, high: undefinedUnlessZero, t: undefinedUnlessZero, pValue: mean === 0 ? 1 : NaN, byFold };
  }
  const reach = studentTUpperQuantile((1 - level) / 2, degrees) * standardError;
  const t = mean / standardError;
  return { mean, standardError, low: mean - reach, high: mean + reach, t, pValue: incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5), byFold };
}

function readRepeats(caller: string, parameter: string, value: CrossValidation | readonly CrossValidation[]): readonly CrossValidation[] {
  const repeats: readonly unknown[] = Array.isArray(value) ? value : [value];
  repeats.forEach((repeat, i) => {
    const name = Array.isArray(value) ? `${parameter}[${i}]` : parameter;
    checkShape(caller, name, repeat, "the result of crossValidate", ({ byFold, folds }) => Array.isArray(byFold) && ArrayBuffer.isView(folds));
  });
  return repeats as readonly CrossValidation[];
}

function checkSameFolds(caller: string, a: CrossValidation, b: CrossValidation): void {
  checkList(caller, "folds", a.folds);
  checkList(caller, "folds", b.folds);
  const isSame =
    a.folds.length === b.folds.length &&
    a.folds.every((fold, row) => fold === b.folds[row]) &&
    a.byFold.every(({ positiveCount }, fold) => positiveCount === b.byFold[fold]?.positiveCount);
  if (isSame) return;
  const rule = "evaluated on the same rows and folds as a";
  throw new ClienteleError("invalidInput", `b must be ${rule} (give both calls of crossValidate the same folds or seed)`, { caller, parameter: "b", rule });
}
