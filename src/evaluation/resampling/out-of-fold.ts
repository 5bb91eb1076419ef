import { readBinaryLabels, type BinaryLabels } from "../../data/binary-labels";
import { checkList, checkSameLength } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions, SEED } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { codeLabels } from "../coded-labels";
import { checkRowData, dataRowsAt, type RowData } from "./row-data";
import { codeGroups, drawFolds } from "./split-folds";

/** The rows a model may learn from while one fold is kept apart. */
export interface TrainingPart<Data extends RowData> {
  readonly data: Data;
  /** 0 or 1 for each row of `data`. */
  readonly labels: Uint8Array;
  /** Where the rows of `data` stand in the whole, ascending: to take the same rows of something else. */
  readonly rows: Int32Array;
  /** The fold that is kept apart. */
  readonly fold: number;
}

/** Gives one number for each row of the part that was kept apart. */
export type Predictor<Data extends RowData> = (test: Data) => ArrayLike<number>;

/** Options of {@link predictOutOfFold}. */
export interface OutOfFoldOptions<Data extends RowData> {
  /**
   * Fits everything (cleaning, encoding, scaling, choices, model) on the training part and returns the function that predicts.
   * It may be a generator (`function*` with `yield*` of a `…Steps` function), so that long fits report and can be stopped.
   */
  readonly fit: (train: TrainingPart<Data>) => Predictor<Data> | Steps<Predictor<Data>>;
  /** How many folds, stratified by label; or the fold of each row, from 0 without gaps, as `splitFolds` gives them. @defaultValue 5 */
  readonly folds?: number | ArrayLike<number> | undefined;
  /** Decides which rows come together where `folds` is a number. @defaultValue 1 */
  readonly seed?: number | undefined;
  /**
   * One key for each row (the customer's id, say): rows of one key are never in two folds. Folds that are given are checked for it.
   *
   * @defaultValue every row for itself
   */
  readonly groups?: ArrayLike<string | number> | undefined;
}

/** What {@link predictOutOfFold} returns. */
export interface OutOfFoldPredictions {
  /** For each row the prediction of the model that has not seen it. */
  readonly predictions: Float64Array;
  /** The fold of each row. */
  readonly folds: Int32Array;
}

/**
 * A prediction for every row by a model that has not seen that row: for choosing a threshold or a calibration honestly.
 *
 * `fit` is called once for each fold, in order, with all other rows.
 *
 * @param data - a table or a matrix
 * @param labels - 0 or 1 for each row
 * @throws ClienteleError `lengthMismatch` for labels, folds or predictions that do not fit the rows, `tooFewRows` for a class
 * with fewer rows than folds, `nonFinite` for predictions that are not finite (with the row), `invalidInput`, `invalidOption`;
 * whatever `fit` throws.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { predictOutOfFold } from "clientele/evaluation";
 *
 * const matrix = featureMatrixFromRows([[1], [2], [3], [4]]);
 * const { predictions } = predictOutOfFold(matrix, [0, 1, 0, 1], {
 *   folds: [0, 0, 1, 1],
 *   fit: ({ data }) => (test) => new Float64Array(test.rowCount).fill(data.values[0]!),
 * });
 * console.log(predictions); // Float64Array(4) [ 3, 3, 1, 1 ]
 * ```
 */
export function predictOutOfFold<Data extends RowData>(data: Data, labels: ArrayLike<number>, options: OutOfFoldOptions<Data>): OutOfFoldPredictions {
  return runToEnd(predictOutOfFoldSteps(data, labels, options));
}

/** {@link predictOutOfFold} in slices: passes on the progress of a `fit` that is a generator, and reports after each fold. */
export function* predictOutOfFoldSteps<Data extends RowData>(
  data: Data,
  labels: ArrayLike<number>,
  options: OutOfFoldOptions<Data>,
): Steps<OutOfFoldPredictions> {
  const caller = "predictOutOfFold";
  const resolved = readOptions(caller, options, OUT_OF_FOLD_OPTIONS);
  const checked = readRowLabels(caller, data, labels);
  const folds = readFolds(caller, checked, resolved);
  return { predictions: yield* outOfFoldSteps(caller, data, checked, folds, resolved.fit), folds };
}

export const OUT_OF_FOLD_OPTIONS = {
  fit: { kind: "function", required: true },
  folds: { kind: "custom" },
  seed: SEED,
  groups: { kind: "list" },
} as const;

export function readRowLabels(caller: string, data: RowData, labels: ArrayLike<number>): BinaryLabels {
  checkRowData(caller, data);
  const checked = readBinaryLabels(caller, labels);
  checkSameLength(caller, "labels", labels.length, data.rowCount, "data");
  return checked;
}

/** How folds are asked for: see {@link OutOfFoldOptions}. */
interface WantedFolds {
  readonly folds: number | ArrayLike<number> | undefined;
  readonly seed: number;
  readonly groups: ArrayLike<string | number> | undefined;
}

/** The given fold of each row, checked and copied, or folds drawn by class. */
export function readFolds(caller: string, labels: BinaryLabels, { folds = 5, seed, groups }: WantedFolds): Int32Array {
  if (typeof folds === "number") return drawFolds(caller, codeLabels(caller, "labels", labels.values), folds, seed, groups);
  checkList(caller, "folds", folds);
  checkSameLength(caller, "folds", folds.length, labels.values.length, "data");
  const { codes, values } = codeLabels(caller, "folds", folds);
  checkOption(caller, "the number of folds", values.length, { kind: "integer", min: 2 });
  const gap = values.findIndex((value, code) => value !== code);
  if (gap >= 0) {
    const rule = "numbered from 0 without gaps";
    throw new ClienteleError("invalidInput", `folds must be ${rule}; no row is in fold ${gap}`, { caller, parameter: "folds", rule });
  }
  if (groups !== undefined) checkGroupsWhole(caller, codes, codeGroups(caller, groups, codes.length, "data").codes);
  return codes;
}

function checkGroupsWhole(caller: string, folds: Int32Array, groups: Int32Array): void {
  const firstRow = new Map<number, number>();
  groups.forEach((group, row) => {
    const first = firstRow.get(group) ?? row;
    if (first === row) firstRow.set(group, row);
    if (folds[first] === folds[row]) return;
    const rule = "whole groups";
    const message = `folds must hold ${rule}; rows ${first} and ${row} are of one group, in folds ${folds[first]} and ${folds[row]}`;
    throw new ClienteleError("invalidInput", message, { caller, parameter: "folds", row, rule });
  });
}

/** The loop over the folds; everything is checked except what `fit` gives. */
export function* outOfFoldSteps<Data extends RowData>(
  caller: string,
  data: Data,
  labels: BinaryLabels,
  folds: Int32Array,
  fit: OutOfFoldOptions<Data>["fit"],
): Steps<Float64Array> {
  const predictions = new Float64Array(folds.length);
  const foldCount = folds.reduce((highest, fold) => Math.max(highest, fold), 0) + 1;
  for (let fold = 0; fold < foldCount; fold++) {
    const rows = rowsWhere(folds, (other) => other !== fold);
    const testRows = rowsWhere(folds, (other) => other === fold);
    yield* predictPart(caller, data, labels, { rows, testRows, fold, name: `fold ${fold}` }, fit, predictions);
    yield { phase: "cross-validation", done: fold + 1, total: foldCount };
  }
  return predictions;
}

interface PredictedPart {
  readonly rows: Int32Array;
  readonly testRows: Int32Array;
  readonly fold: number;
  /** In words. */
  readonly name: string;
}

/** Fits to `rows` and puts the predictions of `testRows` at their places in `predictions`. */
export function* predictPart<Data extends RowData>(
  caller: string,
  data: Data,
  labels: BinaryLabels,
  { rows, testRows, fold, name }: PredictedPart,
  fit: OutOfFoldOptions<Data>["fit"],
  predictions: Float64Array,
): Steps<void> {
  const trainLabels = Uint8Array.from(rows, (row) => labels.values[row]!);
  const predict = yield* runFit(caller, fit, { data: dataRowsAt(data, rows), labels: trainLabels, rows, fold });
  const predicted = predict(dataRowsAt(data, testRows));
  if (isPromise(predicted)) throw refuseAsync(caller, "the result of fit");
  checkPredictions(caller, predicted, testRows, name);
  testRows.forEach((row, i) => (predictions[row] = predicted[i]!));
}

/** Calls a caller's `fit`, in slices if it is a generator, and checks that it gave a function. */
export function* runFit<Data extends RowData>(caller: string, fit: OutOfFoldOptions<Data>["fit"], train: TrainingPart<Data>): Steps<Predictor<Data>> {
  const fitted = fit(train);
  const predict = typeof fitted === "function" ? fitted : yield* checkGenerator(caller, fitted);
  checkOption(caller, "the result of fit", predict, { kind: "function" });
  return predict;
}

/** The positions whose fold is wanted, ascending. */
export function rowsWhere(folds: Int32Array, isWanted: (fold: number) => boolean): Int32Array {
  const rows: number[] = [];
  folds.forEach((fold, row) => {
    if (isWanted(fold)) rows.push(row);
  });
  return Int32Array.from(rows);
}

function checkGenerator<Result>(caller: string, fitted: Steps<Result>): Steps<Result> {
  const value: unknown = fitted;
  if (typeof value === "object" && value !== null && Symbol.iterator in value && "next" in value) return fitted;
  if (isPromise(value) || (typeof value === "object" && value !== null && Symbol.asyncIterator in value)) throw refuseAsync(caller, "fit");
  const rule = "a function that predicts, or be a generator that does";
  throw new ClienteleError("invalidOption", `fit must return ${rule}; got ${describeValue(value)}`, { caller, parameter: "fit", rule });
}

function isPromise(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value;
}

function refuseAsync(caller: string, what: string): ClienteleError {
  const rule = "not be async: predictions are made at once (for long fits, give a generator and use the Steps form)";
  return new ClienteleError("invalidOption", `${what} must ${rule}`, { caller, parameter: "fit", rule });
}

/** @param part - the part of the rows that was predicted, in words */
function checkPredictions(caller: string, predicted: ArrayLike<number>, rows: Int32Array, part: string): void {
  const parameter = `predictions of ${part}`;
  checkList(caller, parameter, predicted);
  checkSameLength(caller, parameter, predicted.length, rows.length, "the test part");
  for (let i = 0; i < rows.length; i++) {
    const value = predicted[i]!;
    if (Number.isFinite(value)) continue;
    const row = rows[i]!;
    throw new ClienteleError("nonFinite", `${parameter} must be finite numbers; got ${describeValue(value)} for row ${row}`, {
      caller,
      parameter: "fit",
      row,
      rule: "finite numbers",
    });
  }
}
