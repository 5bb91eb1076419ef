import { fitLogisticRegression, logisticRegressionFromSpec, logisticRegressionSteps, type LogisticRegressionOptions } from "clientele/churn";
import { featureMatrixFromRows } from "clientele/data";
import { LOGISTIC_REGRESSION_OPTIONS } from "../../../src/churn/logistic-regression/fit";
import { answersFrom, subject, untyped } from "../definition";
import { matrixOfOtherColumns, newMatrix, rowsOfMatrix, sampleLabels, sampleMatrix, tampered } from "./samples";

const fitted = () => fitLogisticRegression(sampleMatrix(24), sampleLabels(24), { strength: 0.1 });

export const logisticRegression = subject({
  name: "logistic regression",
  fits: ["fitLogisticRegression"],
  reader: "logisticRegressionFromSpec",
  read: logisticRegressionFromSpec,
  train: (size) => {
    const rowCount = size === "small" ? 36 : 120_000;
    return { matrix: sampleMatrix(rowCount), labels: sampleLabels(rowCount), options: { strength: 0.05 } satisfies LogisticRegressionOptions };
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
});

/** The parts of the saved form that only some fits have. */
export const aliasedRegression = subject({
  name: "logistic regression with collinear columns and separated classes",
  fits: ["fitLogisticRegression"],
  reader: "logisticRegressionFromSpec",
  read: logisticRegressionFromSpec,
  train: (size) => {
    const rowCount = size === "small" ? 20 : 2000;
    const rows = Array.from({ length: rowCount }, (_, i) => [i / rowCount, (2 * i) / rowCount + 1, 5]);
    return { matrix: featureMatrixFromRows(rows, ["orders", "double", "constant"]), labels: rows.map((_, i) => (i < rowCount / 2 ? 0 : 1)) };
  },
  fit: ({ matrix, labels }) => fitLogisticRegression(matrix, labels),
  rows: () => featureMatrixFromRows([[0.1, 1.2, 5], [0.5, 2, 5], [0.9, 2.8, 5]], ["orders", "double", "constant"]),
  rowCount: 3,
  take: rowsOfMatrix,
  predict: (model, rows) => [model.predictLogit(rows), model.predictProbability(rows)],
  answers: (arrays, { rowCount }) => answersFrom(rowCount, ...arrays),
  options: [],
  hostile: {
    "fit: NaN": { impossible: "as the other logistic regression" },
    "fit: infinity": { impossible: "as the other logistic regression" },
    "fit: no rows": { impossible: "as the other logistic regression" },
    "fit: one row": { impossible: "as the other logistic regression" },
    "fit: constant column": { impossible: "as the other logistic regression" },
    "fit: lengths differ": { impossible: "as the other logistic regression" },
    "predict: NaN": { impossible: "as the other logistic regression" },
    "predict: infinity": { impossible: "as the other logistic regression" },
    "predict: no rows": { impossible: "as the other logistic regression" },
    "predict: other columns": { impossible: "as the other logistic regression" },
  },
  exempt: {},
});
