import { featureMatrixFromColumns, featureMatrixFromRows, type FeatureMatrix } from "clientele/data";
import {
  fitLogScaler, fitMinMaxScaler, fitRobustScaler, logScalerFromSpec, minMaxScalerFromSpec, minMaxScalerSteps, robustScalerFromSpec, robustScalerSteps,
  type LogScalerOptions, type MinMaxScalerOptions, type RobustScalerOptions,
} from "clientele/features";
import { LOG_SCALER_OPTIONS } from "../../../src/features/scale/log/fit";
import { MIN_MAX_SCALER_OPTIONS } from "../../../src/features/scale/min-max/fit";
import { ROBUST_SCALER_OPTIONS } from "../../../src/features/scale/robust/fit";
import { answersFrom, subject, untyped, type HostileInput, type Outcome } from "../definition";
import { matrixOfOtherColumns, newMatrix, rowsOfMatrix, sampleMatrix, tampered } from "./samples";

interface Scaler {
  apply(matrix: FeatureMatrix): FeatureMatrix;
}

/** What scalers make of inputs that are no good. */
function hostile(fit: (matrix: FeatureMatrix) => Scaler, differing: Partial<Record<HostileInput, Outcome>>): Record<HostileInput, Outcome> {
  const fitted = (): Scaler => fit(sampleMatrix(12));
  return {
    "fit: NaN": { refused: "nonFinite", run: () => fit(tampered(sampleMatrix(12), NaN)) },
    "fit: infinity": { refused: "nonFinite", run: () => fit(tampered(sampleMatrix(12), Infinity)) },
    "fit: no rows": { refused: "tooFewRows", run: () => fit(featureMatrixFromRows([], ["a"])) },
    "fit: one row": { accepted: "every column is constant", run: () => fit(sampleMatrix(1)) },
    "fit: constant column": { accepted: "listed in constantColumns", run: () => fit(featureMatrixFromColumns({ orders: [1, 1] })) },
    "fit: lengths differ": { impossible: "a matrix is its only argument" },
    "predict: NaN": { refused: "nonFinite", run: () => fitted().apply(tampered(newMatrix(), NaN)) },
    "predict: infinity": { refused: "nonFinite", run: () => fitted().apply(tampered(newMatrix(), Infinity)) },
    "predict: no rows": { accepted: "no rows", run: () => fitted().apply(featureMatrixFromRows([], newMatrix().names)) },
    "predict: other columns": { refused: "featureMismatch", run: () => fitted().apply(matrixOfOtherColumns()) },
    ...differing,
  };
}

const common = { rows: newMatrix, rowCount: 5, take: rowsOfMatrix };

export const robustScaler = subject({
  ...common,
  name: "robust scaler",
  fits: ["fitRobustScaler"],
  reader: "robustScalerFromSpec",
  read: robustScalerFromSpec,
  train: (size) => ({ matrix: sampleMatrix(size === "small" ? 12 : 300_000), options: { lower: 0.1, upper: 0.9 } satisfies RobustScalerOptions }),
  fit: ({ matrix, options }) => fitRobustScaler(matrix, options),
  steps: ({ matrix, options }) => robustScalerSteps(matrix, options),
  predict: (model, rows) => [model.apply(rows), model.invert(rows)],
  answers: (matrices, { rowCount }) => answersFrom(rowCount, ...matrices.map(({ values }) => values)),
  options: [{ name: "fitRobustScaler", caller: "fitRobustScaler", table: ROBUST_SCALER_OPTIONS, accepted: {}, call: (options) => fitRobustScaler(sampleMatrix(12), untyped(options)) }],
  doors: {
    fitRobustScaler,
    apply: (matrix: never) => fitRobustScaler(sampleMatrix(12)).apply(matrix),
    invert: (matrix: never) => fitRobustScaler(sampleMatrix(12)).invert(matrix),
  },
  hostile: hostile(fitRobustScaler, {}),
  exempt: {},
});

export const minMaxScaler = subject({
  ...common,
  name: "min–max scaler",
  fits: ["fitMinMaxScaler"],
  reader: "minMaxScalerFromSpec",
  read: minMaxScalerFromSpec,
  train: (size) => ({ matrix: sampleMatrix(size === "small" ? 12 : 300_000), options: { from: -1, to: 2 } satisfies MinMaxScalerOptions }),
  fit: ({ matrix, options }) => fitMinMaxScaler(matrix, options),
  steps: ({ matrix, options }) => minMaxScalerSteps(matrix, options),
  predict: (model, rows) => [model.apply(rows), model.invert(rows)],
  answers: (matrices, { rowCount }) => answersFrom(rowCount, ...matrices.map(({ values }) => values)),
  options: [{ name: "fitMinMaxScaler", caller: "fitMinMaxScaler", table: MIN_MAX_SCALER_OPTIONS, accepted: {}, call: (options) => fitMinMaxScaler(sampleMatrix(12), untyped(options)) }],
  doors: {
    fitMinMaxScaler,
    apply: (matrix: never) => fitMinMaxScaler(sampleMatrix(12)).apply(matrix),
    invert: (matrix: never) => fitMinMaxScaler(sampleMatrix(12)).invert(matrix),
  },
  hostile: hostile(fitMinMaxScaler, {}),
  exempt: {},
});

const takeOrders = (matrix: FeatureMatrix) => fitLogScaler(matrix, { columns: ["orders"] });
const noSlices = "one pass over the values: it has no slices";

export const logScaler = subject({
  ...common,
  name: "log scaler",
  fits: ["fitLogScaler"],
  reader: "logScalerFromSpec",
  read: logScalerFromSpec,
  train: (size) => ({ matrix: sampleMatrix(size === "small" ? 12 : 3000), options: { columns: ["orders"] } satisfies LogScalerOptions }),
  fit: ({ matrix, options }) => fitLogScaler(matrix, options),
  predict: (model, rows) => [model.apply(rows), model.invert(rows)],
  answers: (matrices, { rowCount }) => answersFrom(rowCount, ...matrices.map(({ values }) => values)),
  options: [
    {
      name: "fitLogScaler",
      caller: "fitLogScaler",
      table: LOG_SCALER_OPTIONS,
      accepted: {},
      call: (options) => fitLogScaler(featureMatrixFromColumns({ orders: [0, 4], spend: [1, 2] }), untyped(options)),
    },
  ],
  doors: { fitLogScaler, apply: (matrix: never) => takeOrders(sampleMatrix(12)).apply(matrix), invert: (matrix: never) => takeOrders(sampleMatrix(12)).invert(matrix) },
  hostile: hostile(takeOrders, {
    "fit: no rows": { accepted: "nothing is learnt from rows", run: () => takeOrders(featureMatrixFromRows([], ["orders"])) },
    "fit: one row": { accepted: "nothing is learnt from rows", run: () => takeOrders(sampleMatrix(1)) },
    "fit: constant column": { accepted: "nothing is learnt from rows", run: () => takeOrders(featureMatrixFromColumns({ orders: [1, 1] })) },
  }),
  exempt: {
    "the fit in slices gives the same bits": noSlices,
    "the fit in slices yields its progress": noSlices,
    "the fit in slices stops at a signal": noSlices,
  },
});
