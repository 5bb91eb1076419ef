import { readOptions, SEED } from "../../errors/options";
import { checkObject, checkSameLength } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { outOfFoldSteps, readFolds, readRowLabels, runFit, type Predictor, type TrainingPart } from "../../evaluation/resampling/out-of-fold";
import type { RowData } from "../../evaluation/resampling/row-data";
import type { Steps } from "../../steps/steps";

/** What a calibration gives: `fitPlatt`, `fitIsotonic` and `fitTemperature` do. */
export interface Calibration {
  /** The calibrated probability for each score. */
  apply(scores: ArrayLike<number>): Float64Array;
}

/** Options of {@link withCalibration}. */
export interface WithCalibrationOptions<Data extends RowData> {
  /** The way of fitting that is to be calibrated, as `crossValidate` takes it. */
  readonly fit: (train: TrainingPart<Data>) => Predictor<Data> | Steps<Predictor<Data>>;
  /** Fits the calibration: `fitPlatt`, `fitIsotonic`, `fitTemperature`, or a function of your own. */
  readonly calibrate: (scores: Float64Array, labels: Uint8Array) => Calibration;
  /**
   * How many parts the training part is cut into for the calibration, stratified by label; or a function that gives the part of each row, for
   * customers with several rows: `({ labels, rows }) => splitFolds(labels, { groups: rows.map(…) })`.
   *
   * @defaultValue 5
   */
  readonly folds?: number | ((train: TrainingPart<Data>) => ArrayLike<number>) | undefined;
  /** Decides which rows come together where `folds` is a number. @defaultValue 1 */
  readonly seed?: number | undefined;
}

const WITH_CALIBRATION_OPTIONS = {
  fit: { kind: "function", required: true },
  calibrate: { kind: "function", required: true },
  folds: { kind: "custom" },
  seed: SEED,
} as const;

/**
 * Makes of a way of fitting one that is calibrated, for `crossValidate` and `predictOutOfFold`: nothing leaks from the rows it is tested on.
 *
 * For each training part: out-of-fold predictions *within* the part, a calibration fitted to these, and the model fitted once more on the whole part, its
 * predictions calibrated (scikit-learn's `CalibratedClassifierCV(ensemble=False)`). `fit` is called `folds` + 1 times for each part.
 *
 * @returns a function for the option `fit`; it works in slices
 * @throws ClienteleError `invalidOption`; the function that is returned: as `predictOutOfFold` and the calibration.
 * @example
 * ```ts
 * import { fitLogisticRegression, fitPlatt, withCalibration } from "clientele/churn";
 * import { featureMatrixFromColumns, type FeatureMatrix } from "clientele/data";
 * import { crossValidate } from "clientele/evaluation";
 *
 * const rows = Array.from({ length: 120 }, (_, i) => i);
 * const calls = featureMatrixFromColumns({ calls: rows.map((i) => (i * 7) % 10) });
 * const left = rows.map((i) => ((i * 7) % 10 > (i * 13) % 11 ? 1 : 0));
 *
 * const fit = withCalibration<FeatureMatrix>({
 *   fit: ({ data, labels }) => {
 *     const model = fitLogisticRegression(data, labels, { strength: 1 });
 *     return (test) => model.predictProbability(test);
 *   },
 *   calibrate: fitPlatt,
 * });
 * console.log(crossValidate(calls, left, { fit }).pooled.logLoss < Math.log(2)); // true
 * ```
 */
export function withCalibration<Data extends RowData>(options: WithCalibrationOptions<Data>): (train: TrainingPart<Data>) => Steps<Predictor<Data>> {
  const caller = "withCalibration";
  const { fit, calibrate, folds, seed } = readOptions(caller, options, WITH_CALIBRATION_OPTIONS);

  return function* (train) {
    const { data, rows } = train;
    const labels = readRowLabels(caller, data, train.labels);
    const wanted = typeof folds === "function" ? folds(train) : folds;
    const parts = readFolds(caller, labels, { folds: wanted, seed, groups: undefined });
    // Rows are counted in the whole, as the caller's `fit` expects it.
    const fitPart = (part: TrainingPart<Data>): Predictor<Data> | Steps<Predictor<Data>> => fit({ ...part, rows: part.rows.map((row) => rows[row]!) });
    const scores = yield* outOfFoldSteps(caller, data, labels, parts, fitPart);
    const calibration = calibrate(scores, labels.values);
    checkCalibration(caller, calibration);
    const predict = yield* runFit(caller, fit, train);
    return (test) => {
      const calibrated = calibration.apply(predict(test));
      checkSameLength(caller, "calibrated predictions", calibrated.length, test.rowCount, "the test part");
      return calibrated;
    };
  };
}

function checkCalibration(caller: string, calibration: unknown): void {
  checkObject(caller, "the result of calibrate", calibration);
  if (typeof calibration["apply"] === "function") return;
  const rule = "a calibration with apply(scores)";
  throw new ClienteleError("invalidOption", `calibrate must return ${rule}`, { caller, parameter: "calibrate", rule });
}
