import { checkBothClasses, type BinaryLabels } from "../../data/binary-labels";
import { checkList, checkObject, checkRowCount } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { checkProbabilities } from "../classification/binary-inputs";
import { evaluationOf, type BinaryEvaluation, type BinaryScores } from "../classification/evaluate-binary";
import { THRESHOLD, type ThresholdOptions } from "../classification/probability-scores";
import { labelsAt, meanOf } from "./cross-validate";
import { predictPart, readRowLabels, type OutOfFoldOptions } from "./out-of-fold";
import type { RowData } from "./row-data";

/** Options of {@link backtestSplits}. */
export interface BacktestSplitsOptions<Data extends RowData> extends Pick<OutOfFoldOptions<Data>, "fit">, ThresholdOptions {
  /** Rows to learn from and rows to be tested on, as {@link splitByTime} and {@link rollingSplits} give them; no row is tested twice. */
  readonly splits: readonly TrainTestRows[];
}

/** Positions of rows. */
export interface TrainTestRows {
  readonly train: ArrayLike<number>;
  readonly test: ArrayLike<number>;
}

/** What {@link backtestSplits} returns: every figure is about rows that the model which predicted them had not seen. */
export interface SplitsBacktest {
  /** For each row the prediction of the model that was tested on it; NaN for rows that were never tested. */
  readonly predictions: Float64Array;
  /** The split in which each row was tested, from 0; −1 for none. */
  readonly splitOf: Int32Array;
  /** The evaluation of each split by itself, in the order of the splits: how the model keeps up over time. */
  readonly bySplit: readonly BinaryEvaluation[];
  /** The plain mean of the splits' scores. */
  readonly mean: BinaryScores;
  /** All tested rows evaluated together. */
  readonly pooled: BinaryEvaluation;
}

const BACKTEST_OPTIONS = { fit: { kind: "function", required: true }, splits: { kind: "list", required: true }, threshold: THRESHOLD } as const;

/**
 * How good a way of fitting would have been in the past: for each split fitted to its training rows and evaluated on its test rows.
 *
 * @param data - a table or a matrix
 * @param labels - 0 or 1 for each row
 * @throws ClienteleError `constantLabels` when a test part has one class only, before anything is fitted; `invalidInput` for positions that are no rows, a row
 * that is trained on and tested in one split, a row that is tested twice, and predictions outside 0 … 1; `lengthMismatch`, `nonFinite`, `tooFewRows`,
 * `invalidOption`; whatever `fit` throws.
 * @example
 * ```ts
 * import { featureMatrixFromColumns } from "clientele/data";
 * import { backtestSplits, rollingSplits } from "clientele/evaluation";
 *
 * const months = [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4];
 * const left = [0, 1, 0, 0, 1, 1, 0, 1, 1, 0, 0, 1];
 * const { bySplit } = backtestSplits(featureMatrixFromColumns({ month: months }), left, {
 *   splits: rollingSplits(months, { folds: 2, testSpan: 1 }),
 *   fit: ({ labels }) => (test) => new Float64Array(test.rowCount).fill(labels.reduce((sum, label) => sum + label, 0) / labels.length),
 * });
 * console.log(bySplit.map(({ rowCount }) => rowCount)); // [3, 6]
 * ```
 */
export function backtestSplits<Data extends RowData>(data: Data, labels: ArrayLike<number>, options: BacktestSplitsOptions<Data>): SplitsBacktest {
  return runToEnd(backtestSplitsSteps(data, labels, options));
}

/** {@link backtestSplits} in slices: passes on the progress of a `fit` that is a generator, and reports after each split. */
export function* backtestSplitsSteps<Data extends RowData>(data: Data, labels: ArrayLike<number>, options: BacktestSplitsOptions<Data>): Steps<SplitsBacktest> {
  const caller = "backtestSplits";
  const { fit, splits, threshold } = readOptions(caller, options, BACKTEST_OPTIONS);
  const checked = readRowLabels(caller, data, labels);
  const { parts, splitOf } = readSplits(caller, splits, checked);
  const predictions = new Float64Array(checked.values.length).fill(NaN);
  for (const [fold, { rows, testRows }] of parts.entries()) {
    yield* predictPart(caller, data, checked, { rows, testRows, fold, name: `split ${fold}` }, fit, predictions);
    yield { phase: "backtest", done: fold + 1, total: parts.length };
  }
  const tested = parts.flatMap(({ testRows }) => Array.from(testRows)).sort((a, b) => a - b);
  checkProbabilities(caller, "predictions", Float64Array.from(tested, (row) => predictions[row]!), tested.length);
  const evaluate = (rows: Int32Array, part: BinaryLabels): BinaryEvaluation => evaluationOf(part, Float64Array.from(rows, (row) => predictions[row]!), threshold);
  const bySplit = parts.map(({ testRows, testLabels }) => evaluate(testRows, testLabels));
  const all = Int32Array.from(tested);
  return { predictions, splitOf, bySplit, mean: meanOf(bySplit), pooled: evaluate(all, labelsAt(checked.values, all)) };
}

interface CheckedSplit {
  readonly rows: Int32Array;
  readonly testRows: Int32Array;
  readonly testLabels: BinaryLabels;
}

function readSplits(caller: string, splits: readonly TrainTestRows[], labels: BinaryLabels): { readonly parts: readonly CheckedSplit[]; readonly splitOf: Int32Array } {
  const rowCount = labels.values.length;
  const splitOf = new Int32Array(rowCount).fill(-1);
  checkRowCount(caller, "splits", splits.length, 1, "split");
  const parts = Array.from(splits, (split: unknown, k): CheckedSplit => {
    const parameter = `splits[${k}]`;
    checkObject(caller, parameter, split);
    const rows = readPositions(caller, `${parameter}.train`, split["train"], rowCount);
    const testRows = readPositions(caller, `${parameter}.test`, split["test"], rowCount);
    const trained = new Set(rows);
    for (const row of testRows) {
      if (trained.has(row)) throw refuseRow(caller, `${parameter}.test`, "apart from its training rows", row);
      if (splitOf[row]! >= 0) throw refuseRow(caller, `${parameter}.test`, "apart from the test rows of other splits, and without repeats", row);
      splitOf[row] = k;
    }
    const testLabels = labelsAt(labels.values, testRows);
    checkBothClasses(caller, testLabels, `test labels of split ${k}`, "use longer test windows");
    return { rows, testRows, testLabels };
  });
  return { parts, splitOf };
}

/** Positions of rows, at least one, ascending. */
function readPositions(caller: string, parameter: string, positions: unknown, rowCount: number): Int32Array {
  checkList(caller, parameter, positions);
  checkRowCount(caller, parameter, positions.length, 1);
  const rows = Int32Array.from(positions as ArrayLike<number>, (position, i) => {
    if (Number.isInteger(position) && position >= 0 && position < rowCount) return position;
    const rule = `positions of rows, from 0 to ${rowCount - 1}`;
    throw new ClienteleError("invalidInput", `${parameter} must hold ${rule}; got ${describeValue(position)} at position ${i}`, { caller, parameter, row: i, rule });
  });
  return rows.sort();
}

function refuseRow(caller: string, parameter: string, rule: string, row: number): ClienteleError {
  return new ClienteleError("invalidInput", `${parameter} must be ${rule}; row ${row} is not`, { caller, parameter, row, rule });
}
