import { explainLogistic, fitLogisticRegression, logisticRegressionFromSpec, logisticRegressionSteps, type LogisticRegressionModel, type LogisticRegressionOptions } from "clientele/churn";
import { featureMatrixFromRows, type FeatureMatrix } from "clientele/data";
import { LOGISTIC_REGRESSION_OPTIONS } from "../../../src/churn/logistic-regression/fit";
import { answersFrom, subject, untyped, type Definition } from "../definition";
import { FEATURE_NAMES, matrixOfOtherColumns, newMatrix, rowsOfMatrix, sampleLabels, sampleMatrix, tampered } from "./samples";

const fitted = () => fitLogisticRegression(sampleMatrix(24), sampleLabels(24), { strength: 0.1 });

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
      table: LOGISTIC_REGRESSION_OPTIONS,
      accepted: {},
      call: (options) => fitLogisticRegression(sampleMatrix(24), sampleLabels(24), untyped(options)),
    },
  ],
  doors: {
    fitLogisticRegression: (matrix: never) => fitLogisticRegression(matrix, sampleLabels(24)),
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
