import { checkBothClasses, readBinaryLabels, type BinaryLabels } from "../../data/binary-labels";
import { readOptions } from "../../errors/options";
import { normalQuantile } from "../../numeric/special/normal-quantile";
import { normalTail } from "../../numeric/special/normal-tail";
import { checkTwoOfEach, type AucIntervalOptions } from "./auc-interval";
import { checkScores, LEVEL, RANKING_ADVICE } from "./binary-inputs";
import { negativePlacements, positionOfScore, positivePlacements } from "./placements";
import { aucOf, sortScoresByClass } from "./ranking";
import { tallyScores } from "./tally";

/** Two AUCs on the same rows, and whether they differ. */
export interface AucComparison {
  readonly aucA: number;
  readonly aucB: number;
  /** `aucA` − `aucB`. */
  readonly difference: number;
  readonly standardError: number;
  /** Bounds of the difference. */
  readonly low: number;
  readonly high: number;
  readonly level: number;
  /** `difference` / `standardError`. */
  readonly z: number;
  /** Two-sided: how likely so large a difference would be if there were none. */
  readonly pValue: number;
}

/**
 * Whether one set of scores orders the same customers better than another: the difference of their AUCs, with its interval.
 *
 * DeLong, DeLong and Clarke-Pearson's (1988) paired comparison: what the two have in common on these rows cancels. Scores of
 * the same order have difference 0 and p-value 1. Where the difference is the same for every row but not 0 (one order perfect and the other reversed)
 * there is no spread to judge it by: `z`, `pValue`, `low` and `high` are NaN.
 *
 * One test set and finished scores are meant. For two ways of fitting, compared across folds, see {@link compareCrossValidated}.
 *
 * @param labels - 0 or 1 for each row
 * @param scoresA - any finite numbers, higher for "more likely 1"
 * @param scoresB - the others, for the same rows
 * @throws ClienteleError `tooFewRows` for a class with fewer than two rows, and as {@link computeAuc}.
 * @example
 * ```ts
 * import { compareAucs } from "clientele/evaluation";
 *
 * const left = [0, 0, 1, 0, 1, 1, 0, 1];
 * const { difference, pValue } = compareAucs(left, [0.1, 0.4, 0.35, 0.2, 0.8, 0.7, 0.5, 0.9], [0.3, 0.4, 0.6, 0.5, 0.7, 0.2, 0.1, 0.8]);
 * console.log(difference, pValue.toFixed(2)); // 0.0625 0.83
 * ```
 */
export function compareAucs(labels: ArrayLike<number>, scoresA: ArrayLike<number>, scoresB: ArrayLike<number>, options?: AucIntervalOptions): AucComparison {
  const caller = "compareAucs";
  const { level } = readOptions(caller, options, { level: LEVEL });
  const checked = readBinaryLabels(caller, labels);
  checkScores(caller, scoresA, labels.length, "scoresA");
  checkScores(caller, scoresB, labels.length, "scoresB");
  checkBothClasses(caller, checked, "labels", RANKING_ADVICE);
  const a = placementsByRow(caller, checked, scoresA);
  const b = placementsByRow(caller, checked, scoresB);
  const difference = a.auc - b.auc;
  const standardError = Math.sqrt(varianceOfDifference(checked, a.placements, b.placements));
  const reach = -normalQuantile((1 - level) / 2) * standardError;
  const hasSpread = standardError > 0 || difference === 0;
  const z = standardError > 0 ? difference / standardError : hasSpread ? 0 : NaN;
  return {
    aucA: a.auc,
    aucB: b.auc,
    difference,
    standardError,
    low: hasSpread ? difference - reach : NaN,
    high: hasSpread ? difference + reach : NaN,
    level,
    z,
    pValue: 2 * normalTail(Math.abs(z)),
  };
}

interface RowPlacements {
  readonly auc: number;
  /** V₁₀ of each positive row, V₀₁ of each negative. */
  readonly placements: Float64Array;
}

function placementsByRow(caller: string, labels: BinaryLabels, scores: ArrayLike<number>): RowPlacements {
  const ranked = sortScoresByClass(labels, scores);
  checkTwoOfEach(caller, ranked);
  const tally = tallyScores(ranked);
  const ofPositives = positivePlacements(tally);
  const ofNegatives = negativePlacements(tally);
  const placements = Float64Array.from(labels.values, (label, row) => {
    const position = positionOfScore(tally.scores, scores[row]!);
    return label === 1 ? ofPositives[position]! : ofNegatives[position]!;
  });
  return { auc: aucOf(ranked), placements };
}

/** Of the differences row by row, so that two equal orders have exactly none. */
function varianceOfDifference({ values, positiveCount }: BinaryLabels, a: Float64Array, b: Float64Array): number {
  let variance = 0;
  for (const label of [0, 1]) {
    const count = label === 1 ? positiveCount : values.length - positiveCount;
    let sum = 0;
    for (let row = 0; row < values.length; row++) if (values[row] === label) sum += a[row]! - b[row]!;
    const mean = sum / count;
    let squares = 0;
    for (let row = 0; row < values.length; row++) if (values[row] === label) squares += (a[row]! - b[row]! - mean) ** 2;
    variance += squares / (count - 1) / count;
  }
  return variance;
}
