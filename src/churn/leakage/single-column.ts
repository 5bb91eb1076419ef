import { MISSING_BOOLEAN, type Column } from "../../data/column";
import { computeAucInterval } from "../../evaluation/classification/auc-interval";
import { crossFitLevelMeans, type CrossFitting } from "../../features/encode/cross-fit";
import { levelsOfColumn } from "./levels";

/** How well one column tells the outcome by itself. */
export interface ColumnAuc {
  readonly auc: number;
  /** DeLong's interval. */
  readonly low: number;
  readonly high: number;
  /**
   * What was ranked. `rising`, `falling`: the values themselves, of the rows that have one; `levels`: the mean label of the category, and
   * `bands`: of the tenth of the values, with missing cells as a level of their own. These means are cross-fitted: each row has those of the other folds.
   */
  readonly by: "rising" | "falling" | "levels" | "bands";
}

/** The form of a column that tells most, judged by the lower end of its interval; undefined where too little is known of either class. */
export function columnAuc(column: Column, crossFitting: CrossFitting, level: number): ColumnAuc | undefined {
  const { labels } = crossFitting;
  if (column.type === "category") return byLevels(column, "levels", crossFitting, level);
  const ordered = byValues(column.type === "boolean" ? numbersOf(column.values) : column.values, labels, level);
  const banded = byLevels(column, column.type === "boolean" ? "levels" : "bands", crossFitting, level);
  return banded !== undefined && (ordered === undefined || banded.low > ordered.low) ? banded : ordered;
}

function numbersOf(values: Uint8Array): Float64Array {
  return Float64Array.from(values, (value) => (value === MISSING_BOOLEAN ? NaN : value));
}

function byValues(values: Float64Array, labels: Float64Array, level: number): ColumnAuc | undefined {
  const rows = [...values.keys()].filter((row) => !Number.isNaN(values[row]));
  const present = Uint8Array.from(rows, (row) => labels[row]!);
  if (!hasTwoOfEach(present)) return undefined;
  const { auc, low, high } = computeAucInterval(present, Float64Array.from(rows, (row) => values[row]!), { level });
  return auc >= 0.5 ? { auc, low, high, by: "rising" } : { auc: 1 - auc, low: 1 - high, high: 1 - low, by: "falling" };
}

/** Not mirrored: a high mean elsewhere is a high score here, and an AUC below one half says that the means hold nothing. */
function byLevels(column: Column, by: "levels" | "bands", crossFitting: CrossFitting, level: number): ColumnAuc | undefined {
  const { labels } = crossFitting;
  if (!hasTwoOfEach(labels)) return undefined;
  const { auc, low, high } = computeAucInterval(labels, crossFittedMeans(column, crossFitting), { level });
  return { auc, low, high, by };
}

/** For each row the mean label of its level among the other folds, drawn towards the mean of all as far as the levels are small. */
export function crossFittedMeans(column: Column, crossFitting: CrossFitting): Float64Array {
  const { levelOf, levelCount } = levelsOfColumn(column);
  return crossFitLevelMeans(levelOf, levelCount, crossFitting, "credibility").ofRow;
}

function hasTwoOfEach(labels: ArrayLike<number>): boolean {
  let positives = 0;
  for (let row = 0; row < labels.length; row++) positives += labels[row]!;
  return positives >= 2 && labels.length - positives >= 2;
}
