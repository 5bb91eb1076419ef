import {
  chooseStrength, compareModels, diagnoseColumns, explainLogistic, fitLogisticPath, fitLogisticRegression, inferCoefficients, logisticPathSteps, logisticRegressionFromSpec, logisticRegressionSteps,
  type LogisticRegressionModel, type LogisticRegressionOptions,
} from "clientele/churn";
import { featureMatrixFromRows, type FeatureMatrix } from "clientele/data";
import { COMPARE_MODELS_OPTIONS } from "../../../src/churn/inference/compare-models";
import { INFERENCE_OPTIONS } from "../../../src/churn/inference/infer";
import { ESTIMATOR_OPTIONS, SHARED_OPTIONS } from "../../../src/churn/logistic-regression/fit";
import { CHOICE_OPTIONS } from "../../../src/churn/logistic-regression/choose-strength";
import { PATH_OPTIONS } from "../../../src/churn/logistic-regression/path";
import { answersFrom, subject, untyped, type Definition } from "../definition";
import { FEATURE_NAMES, matrixOfOtherColumns, newMatrix, rowsOfMatrix, sampleLabels, sampleMatrix, tampered } from "./samples";

const fitted = () => fitLogisticRegression(sampleMatrix(24), sampleLabels(24), { strength: 0.1 });
const unpenalised = () => fitLogisticRegression(sampleMatrix(24), sampleLabels(24));
const withoutColumns = () => fitLogisticRegression(featureMatrixFromRows(Array.from({ length: 24 }, () => []), []), sampleLabels(24));

interface Train {
  readonly matrix: FeatureMatrix;
  readonly labels: Uint8Array;
  readonly options: LogisticRegressionOptions;
}

const regression: Definition<Train, LogisticRegressionModel, FeatureMatrix, readonly Float64Array[]> = {
  name: "logistic regression",
  fits: ["fitLogisticRegression"],
  reader: "logisticRegressionFromSpec",
  read: logisticRegressionFromSpec,
  version: 2,
  train: (size) => {
    const rowCount = size === "small" ? 36 : 120_000;
    return { matrix: sampleMatrix(rowCount), labels: sampleLabels(rowCount), options: { strength: 0.05 } };
  },
  fit: ({ matrix, labels, options }) => fitLogisticRegression(matrix, labels, options),
  steps: ({ matrix, labels, options }) => logisticRegressionSteps(matrix, labels, options),
  rows: newMatrix,
  rowCount: 5,
  take: rowsOfMatrix,
  predict: (model, rows) => [model.predictLogit(rows), model.predictProbability(rows)],
  answers: (arrays, { rowCount }) => answersFrom(rowCount, ...arrays),
  options: [
    {
      name: "fitLogisticRegression",
      caller: "fitLogisticRegression",
      table: { ...SHARED_OPTIONS, ...ESTIMATOR_OPTIONS },
      accepted: {},
      call: (options) => fitLogisticRegression(sampleMatrix(24), sampleLabels(24), untyped(options)),
    },
    {
      name: "inferCoefficients",
      caller: "inferCoefficients",
      table: INFERENCE_OPTIONS,
      accepted: {},
      call: (options) => inferCoefficients(unpenalised(), sampleMatrix(24), sampleLabels(24), untyped(options)),
    },
    {
      name: "compareModels",
      caller: "compareModels",
      table: COMPARE_MODELS_OPTIONS,
      accepted: {},
      call: (options) => compareModels(withoutColumns(), unpenalised(), sampleMatrix(24), sampleLabels(24), untyped(options)),
    },
  ],
  doors: {
    fitLogisticRegression: (matrix: never) => fitLogisticRegression(matrix, sampleLabels(24)),
    inferCoefficients: (matrix: never) => inferCoefficients(unpenalised(), matrix, sampleLabels(24)),
    compareModels: (matrix: never) => compareModels(withoutColumns(), unpenalised(), matrix, sampleLabels(24)),
    diagnoseColumns: (matrix: never) => diagnoseColumns(matrix),
    predictLogit: (matrix: never) => fitted().predictLogit(matrix),
    predictProbability: (matrix: never) => fitted().predictProbability(matrix),
    explainLogistic: (matrix: never) => explainLogistic(fitted(), matrix),
  },
  hostile: {
    "fit: NaN": { refused: "nonFinite", run: () => fitLogisticRegression(tampered(sampleMatrix(24), NaN), sampleLabels(24)) },
    "fit: infinity": { refused: "nonFinite", run: () => fitLogisticRegression(tampered(sampleMatrix(24), -Infinity), sampleLabels(24)) },
    "fit: no rows": { refused: "tooFewRows", run: () => fitLogisticRegression(featureMatrixFromRows([], ["a"]), []) },
    "fit: one row": { refused: "tooFewRows", run: () => fitLogisticRegression(sampleMatrix(1), [1]) },
    "fit: constant column": { accepted: "status aliased, coefficient 0", run: () => fitLogisticRegression(featureMatrixFromRows([[1], [1], [1]]), [0, 1, 1]) },
    "fit: lengths differ": { refused: "lengthMismatch", run: () => fitLogisticRegression(sampleMatrix(24), sampleLabels(23)) },
    "predict: NaN": { refused: "nonFinite", run: () => fitted().predictProbability(tampered(newMatrix(), NaN)) },
    "predict: infinity": { refused: "nonFinite", run: () => fitted().predictProbability(tampered(newMatrix(), Infinity)) },
    "predict: no rows": { accepted: "no rows", run: () => fitted().predictProbability(featureMatrixFromRows([], newMatrix().names)) },
    "predict: other columns": { refused: "featureMismatch", run: () => fitted().predictProbability(matrixOfOtherColumns()) },
  },
  exempt: {},
};

export const logisticRegression = subject(regression);

/** The parts of the saved form that only some fits have. */
export const separatedRegression = subject({
  ...regression,
  name: "logistic regression of collinear columns and separated classes",
  train: (size) => {
    const rowCount = size === "small" ? 20 : 120_000;
    const rows = Array.from({ length: rowCount }, (_, i) => [i / rowCount, (2 * i) / rowCount + 1, 5]);
    return { matrix: featureMatrixFromRows(rows, FEATURE_NAMES), labels: Uint8Array.from(rows, (_, i) => (i < rowCount / 2 ? 0 : 1)), options: {} };
  },
});

/** The last model of a path. */
export const regressionOfPath = subject({
  ...regression,
  name: "logistic regression at the end of a path",
  fits: ["fitLogisticPath"],
  fit: ({ matrix, labels }) => fitLogisticPath(matrix, labels, { count: 3, smallestShare: 0.01 }).models.at(-1)!,
  *steps({ matrix, labels }) {
    return (yield* logisticPathSteps(matrix, labels, { count: 3, smallestShare: 0.01 })).models.at(-1)!;
  },
  options: [
    {
      name: "fitLogisticPath",
      caller: "fitLogisticPath",
      table: { ...SHARED_OPTIONS, ...PATH_OPTIONS },
      accepted: { count: 2 },
      call: (options) => fitLogisticPath(sampleMatrix(24), sampleLabels(24), untyped(options)),
    },
    {
      name: "chooseStrength",
      caller: "chooseStrength",
      table: { ...SHARED_OPTIONS, ...PATH_OPTIONS, ...CHOICE_OPTIONS },
      accepted: { count: 2, folds: 3 },
      call: (options) => chooseStrength(sampleMatrix(24), sampleLabels(24), untyped(options)),
    },
  ],
  doors: {
    fitLogisticPath: (matrix: never) => fitLogisticPath(matrix, sampleLabels(24), { count: 2 }),
    chooseStrength: (matrix: never) => chooseStrength(matrix, sampleLabels(24), { count: 2, folds: 3 }),
  },
  hostile: {
    ...regression.hostile,
    "fit: NaN": { refused: "nonFinite", run: () => fitLogisticPath(tampered(sampleMatrix(24), NaN), sampleLabels(24)) },
    "fit: infinity": { refused: "nonFinite", run: () => fitLogisticPath(tampered(sampleMatrix(24), -Infinity), sampleLabels(24)) },
    "fit: no rows": { refused: "tooFewRows", run: () => fitLogisticPath(featureMatrixFromRows([], ["a"]), []) },
    "fit: one row": { refused: "tooFewRows", run: () => fitLogisticPath(sampleMatrix(1), [1]) },
    "fit: constant column": { accepted: "status aliased, coefficient 0", run: () => fitLogisticPath(featureMatrixFromRows([[1], [1], [1]]), [0, 1, 1], { count: 2 }) },
    "fit: lengths differ": { refused: "lengthMismatch", run: () => fitLogisticPath(sampleMatrix(24), sampleLabels(23)) },
  },
});
