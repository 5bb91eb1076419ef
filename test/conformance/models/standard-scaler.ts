import { featureMatrixFromRows } from "clientele/data";
import { fitStandardScaler, standardScalerFromSpec, standardScalerSteps, type StandardScalerOptions } from "clientele/features";
import { STANDARD_SCALER_OPTIONS } from "../../../src/features/standardize/fit";
import { answersFrom, subject, untyped } from "../definition";
import { matrixOfOtherColumns, newMatrix, rowsOfMatrix, sampleMatrix, tampered } from "./samples";

const fitted = () => fitStandardScaler(sampleMatrix(12));

export const standardScaler = subject({
  name: "standard scaler",
  fits: ["fitStandardScaler"],
  reader: "standardScalerFromSpec",
  read: standardScalerFromSpec,
  train: (size) => ({ matrix: sampleMatrix(size === "small" ? 12 : 300_000), options: { ddof: 1 } satisfies StandardScalerOptions }),
  fit: ({ matrix, options }) => fitStandardScaler(matrix, options),
  steps: ({ matrix, options }) => standardScalerSteps(matrix, options),
  rows: newMatrix,
  rowCount: 5,
  take: rowsOfMatrix,
  predict: (model, rows) => [model.apply(rows), model.invert(rows)],
  answers: (matrices, { rowCount }) => answersFrom(rowCount, ...matrices.map(({ values }) => values)),
  options: [
    {
      name: "fitStandardScaler",
      caller: "fitStandardScaler",
      table: STANDARD_SCALER_OPTIONS,
      accepted: {},
      call: (options) => fitStandardScaler(sampleMatrix(12), untyped(options)),
    },
  ],
  doors: { fitStandardScaler, apply: (matrix: never) => fitted().apply(matrix), invert: (matrix: never) => fitted().invert(matrix) },
  hostile: {
    "fit: NaN": { refused: "nonFinite", run: () => fitStandardScaler(tampered(sampleMatrix(12), NaN)) },
    "fit: infinity": { refused: "nonFinite", run: () => fitStandardScaler(tampered(sampleMatrix(12), Infinity)) },
    "fit: no rows": { refused: "tooFewRows", run: () => fitStandardScaler(featureMatrixFromRows([], ["a"])) },
    "fit: one row": { accepted: "every column is constant", run: () => fitStandardScaler(sampleMatrix(1)) },
    "fit: constant column": { accepted: "centred, and listed in constantColumns", run: () => fitStandardScaler(featureMatrixFromRows([[1], [1]])) },
    "fit: lengths differ": { impossible: "a matrix is its only argument" },
    "predict: NaN": { refused: "nonFinite", run: () => fitted().apply(tampered(newMatrix(), NaN)) },
    "predict: infinity": { refused: "nonFinite", run: () => fitted().apply(tampered(newMatrix(), -Infinity)) },
    "predict: no rows": { accepted: "no rows", run: () => fitted().apply(featureMatrixFromRows([], newMatrix().names)) },
    "predict: other columns": { refused: "featureMismatch", run: () => fitted().apply(matrixOfOtherColumns()) },
  },
  exempt: {},
});
