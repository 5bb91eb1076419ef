import { describe, expect, it, vi } from "vitest";
import { fitIsotonic, fitLogisticRegression, fitPlatt, fitTemperature, isotonicFromSpec, withCalibration } from "clientele/churn";
import { featureMatrixFromColumns, tableFromColumns, type FeatureMatrix } from "clientele/data";
import { computeCalibrationError, crossValidate, predictOutOfFold, splitFolds, type Predictor, type TrainingPart } from "clientele/evaluation";
import { fitEncoder } from "clientele/features";
import { composePipeline, encoderReader, isotonicReader, kMeansReader, logisticRegressionReader, pipelineFromSpec } from "clientele/scoring";
import { fitKMeans } from "clientele/segmentation";
import { runCooperatively } from "clientele/steps";
import { crossValidateSteps } from "clientele/evaluation";
import { RandomStream } from "../../../src/numeric/random/random-stream";
import { expectRefusal } from "../../support/errors";

const random = new RandomStream(17);
const rows = Array.from({ length: 600 }, (_, row) => row);
const calls = rows.map(() => random.nextFloat() * 6 - 3);
const labels = calls.map((value) => (random.nextFloat() < 1 / (1 + Math.exp(-value)) ? 1 : 0));
const matrix = featureMatrixFromColumns({ calls, row: rows });

/** Sure of itself beyond reason: log-odds four times too large. */
const overconfident = (): Predictor<FeatureMatrix> => (test) => Float64Array.from({ length: test.rowCount }, (_, i) => 1 / (1 + Math.exp(-4 * test.values[2 * i]!)));

describe("withCalibration", () => {
  it("makes an overconfident model honest, on rows that neither model nor calibration has seen", () => {
    const folds = splitFolds(labels, { folds: 4 });
    const before = crossValidate(matrix, labels, { folds, fit: overconfident });
    for (const calibrate of [fitPlatt, fitTemperature, fitIsotonic]) {
      const after = crossValidate(matrix, labels, { folds, fit: withCalibration<FeatureMatrix>({ fit: overconfident, calibrate }) });
      expect(after.pooled.logLoss).toBeLessThan(before.pooled.logLoss - 0.1);
      const { error, expected, standardDeviation } = computeCalibrationError(labels, after.predictions);
      expect(error).toBeLessThan(expected + 4 * standardDeviation);
    }
    const uncalibrated = computeCalibrationError(labels, before.predictions);
    expect(uncalibrated.error).toBeGreaterThan(uncalibrated.expected + 10 * uncalibrated.standardDeviation);
  });

  it("fits the calibration to out-of-fold predictions of the training part, and nothing else", () => {
    const train: TrainingPart<FeatureMatrix> = {
      data: featureMatrixFromColumns({ calls: calls.slice(100, 300), row: rows.slice(100, 300) }),
      labels: Uint8Array.from(labels.slice(100, 300)),
      rows: Int32Array.from(rows.slice(100, 300)),
      fold: 2,
    };
    const parts: TrainingPart<FeatureMatrix>[] = [];
    const fit = (part: TrainingPart<FeatureMatrix>): Predictor<FeatureMatrix> => {
      parts.push(part);
      const model = fitLogisticRegression(part.data, part.labels, { strength: 0.01 });
      return (test) => model.predictProbability(test);
    };
    const calibrate = vi.fn((scores: Float64Array, given: Uint8Array) => fitPlatt(scores, given));
    const steps = withCalibration<FeatureMatrix>({ fit, calibrate, folds: 4, seed: 3 })(train);
    let step = steps.next();
    while (step.done !== true) step = steps.next();

    const inner = predictOutOfFold(train.data, train.labels, { folds: 4, seed: 3, fit: ({ data, labels: some }) => {
      const model = fitLogisticRegression(data, some, { strength: 0.01 });
      return (test) => model.predictProbability(test);
    } });
    expect(calibrate).toHaveBeenCalledOnce();
    expect(calibrate.mock.calls[0]).toEqual([inner.predictions, train.labels]);
    // Four inner parts, then the whole one; rows are those of the whole.
    expect(parts).toHaveLength(5);
    parts.slice(0, 4).forEach((part, fold) => {
      expect([...part.rows]).toEqual([...train.rows].filter((_, i) => inner.folds[i] !== fold));
      expect([...part.rows]).toEqual(Array.from({ length: part.data.rowCount }, (_, i) => part.data.values[2 * i + 1]));
    });
    expect(parts[4]).toBe(train);
    const whole = fitLogisticRegression(train.data, train.labels, { strength: 0.01 }).predictProbability(matrix);
    expect(step.value(matrix)).toEqual(fitPlatt(inner.predictions, train.labels).apply(whole));
  });

  it("leaks nothing: a changed label of a tested row changes no prediction of its fold", () => {
    const folds = splitFolds(labels, { folds: 3 });
    const fit = withCalibration<FeatureMatrix>({ fit: overconfident, calibrate: fitPlatt });
    const changed = labels.map((label, row) => (folds[row] === 0 ? 1 - label : label));
    const before = predictOutOfFold(matrix, labels, { folds, fit }).predictions;
    const after = predictOutOfFold(matrix, changed, { folds, fit }).predictions;
    const differs = (fold: number): boolean => before.some((value, row) => folds[row] === fold && value !== after[row]);
    expect([differs(0), differs(1)]).toEqual([false, true]);
  });

  it("takes the parts of the caller, so that customers with several rows stay whole", () => {
    const seen: number[] = [];
    const fit = withCalibration<FeatureMatrix>({
      fit: ({ rows: some, fold }) => {
        if (fold === 0) seen.push(some.length);
        return overconfident();
      },
      calibrate: fitTemperature,
      folds: ({ labels: some, rows: positions }) => splitFolds(some, { folds: 2, groups: Array.from(positions, (row) => row % 50) }),
    });
    predictOutOfFold(matrix, labels, { folds: rows.map((row) => (row < 300 ? 0 : 1)), fit });
    expect(seen[0]! % 6).toBe(0);
    expect(seen).toHaveLength(3);
  });

  it("works in slices with a fit that is a generator", async () => {
    const phases = new Set<string>();
    const fit = withCalibration<FeatureMatrix>({
      fit: function* () {
        yield { phase: "inner fit", done: 0, total: 1 };
        return overconfident();
      },
      calibrate: fitPlatt,
    });
    const result = await runCooperatively(crossValidateSteps(matrix, labels, { folds: 2, fit }), { onProgress: ({ phase }) => phases.add(phase) });
    expect([...phases]).toEqual(["inner fit", "cross-validation"]);
    expect(result).toEqual(crossValidate(matrix, labels, { folds: 2, fit: withCalibration<FeatureMatrix>({ fit: overconfident, calibrate: fitPlatt }) }));
  });

  it("refuses by name", () => {
    const run = (options: object) => () => predictOutOfFold(matrix, labels, { folds: 2, fit: withCalibration<FeatureMatrix>(options as never) });
    expectRefusal(run({ fit: overconfident }), "invalidOption", "withCalibration: calibrate is required");
    expectRefusal(run({ fit: overconfident, calibrate: () => undefined }), "invalidInput", "the result of calibrate must be an object");
    expectRefusal(run({ fit: overconfident, calibrate: () => ({}) }), "invalidOption", "calibrate must return a calibration with apply(scores)");
    expectRefusal(run({ fit: overconfident, calibrate: fitPlatt, folds: 500 }), "invalidOption", "withCalibration: folds must be an integer from 2 to 300");
    expectRefusal(run({ fit: () => () => new Float64Array(3), calibrate: fitPlatt }), "lengthMismatch", "withCalibration: predictions of fold 0");
    expectRefusal(run({ fit: () => (test: FeatureMatrix) => test.values.subarray(0, test.rowCount).map(() => 2), calibrate: fitPlatt }), "invalidInput", "fitPlatt: scores must be from 0 to 1");
    expectRefusal(run({ fit: overconfident, calibrate: () => ({ apply: () => new Float64Array(1) }) }), "lengthMismatch", "calibrated predictions must have 300 values");
  });
});

describe("a calibrated pipeline", () => {
  const customers = tableFromColumns({ calls });
  const { encoder, matrix: features } = fitEncoder(customers, [{ column: "calls", as: "number" }]);
  const model = fitLogisticRegression(features, labels, { strength: 1 });
  const { predictions } = predictOutOfFold(features, labels, {
    fit: (train) => {
      const fitted = fitLogisticRegression(train.data, train.labels, { strength: 1 });
      return (test) => fitted.predictProbability(test);
    },
  });
  const calibrator = fitIsotonic(predictions, labels);

  it("gives calibrated probabilities, saved and read", () => {
    const pipeline = composePipeline({ encoder, model, calibrator });
    expect(pipeline.predictProbability(customers)).toEqual(calibrator.apply(model.predictProbability(features)));
    expect(pipeline.calibrator).toBe(calibrator);
    const saved: unknown = JSON.parse(JSON.stringify(pipeline));
    expect(saved).toMatchObject({ version: 2, parts: [{ kind: "encoder" }, { kind: "logisticRegression" }, { kind: "isotonic" }] });
    const again = pipelineFromSpec(saved, [encoderReader, logisticRegressionReader, isotonicReader]);
    expect(again.predictProbability(customers)).toEqual(pipeline.predictProbability(customers));
    expectRefusal(() => pipelineFromSpec(saved, [encoderReader, logisticRegressionReader]), "missingReader", "isotonicReader");
    const withMissing = tableFromColumns({ calls: [1, null] });
    expect(pipeline.predictProbability(withMissing)[1]).toBeNaN();
  });

  it("is read from the form that knew no calibrators", () => {
    const saved = { ...composePipeline({ encoder, model }).toJSON(), version: 1 };
    expect(pipelineFromSpec(saved, [encoderReader, logisticRegressionReader]).toJSON().version).toBe(2);
  });

  it("refuses a calibrator of other scores, beside a clustering, or before the model", () => {
    const ofScores = fitPlatt(model.predictLogit(features), labels, { scale: "score" });
    expectRefusal(() => composePipeline({ encoder, model, calibrator: ofScores }), "invalidInput", 'composePipeline: calibrator must be fitted to probabilities, with scale: "probability"');
    const clusters = fitKMeans(features, { k: 2 });
    expectRefusal(() => composePipeline({ encoder, model: clusters, calibrator }), "invalidInput", "calibrator must be absent: the model gives no probabilities");
    expectRefusal(() => composePipeline({ encoder, model, calibrator: {} as never }), "invalidInput", "calibrator must be what fitPlatt, fitIsotonic or fitTemperature returns");
    const [savedEncoder, savedModel, savedCalibrator] = composePipeline({ encoder, model, calibrator }).toJSON().parts;
    const readers = [encoderReader, logisticRegressionReader, isotonicReader, kMeansReader];
    const read = (...parts: readonly unknown[]) => () => pipelineFromSpec({ kind: "pipeline", version: 2, parts }, readers);
    expectRefusal(read(savedEncoder, savedCalibrator, savedModel), "invalidSpec", "a model, and a calibrator or none, in this order");
    expectRefusal(read(savedEncoder, savedCalibrator), "invalidSpec", "in this order");
    expectRefusal(read(savedEncoder, clusters.toJSON(), savedCalibrator), "invalidSpec", "calibrator absent: the model gives no probabilities");
    expectRefusal(read(savedEncoder, savedModel, { ...calibrator.toJSON(), scale: "score" }), "invalidSpec", "fitted to probabilities");
  });

  it("has points that never fall", () => {
    const spec = calibrator.toJSON();
    expectRefusal(() => isotonicFromSpec({ ...spec, probabilities: [...spec.probabilities].reverse() }), "invalidSpec", "probabilities must be from 0 to 1 and never falling");
    expectRefusal(() => isotonicFromSpec({ ...spec, scores: [...spec.scores].reverse() }), "invalidSpec", "scores must be in ascending order");
    expectRefusal(() => isotonicFromSpec({ ...spec, scores: [], probabilities: [] }), "invalidSpec", "at least one score");
  });
});
