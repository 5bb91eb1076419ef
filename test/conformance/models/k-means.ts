import { featureMatrixFromRows } from "clientele/data";
import { fitKMeans, kMeansFromSpec, kMeansSteps, type KMeansOptions } from "clientele/segmentation";
import { K_MEANS_OPTIONS } from "../../../src/segmentation/kmeans/fit";
import { answersFrom, subject, untyped } from "../definition";
import { matrixOfOtherColumns, newMatrix, rowsOfMatrix, sampleMatrix, tampered } from "./samples";

const fitted = () => fitKMeans(sampleMatrix(12), { k: 3 });

export const kMeans = subject({
  name: "k-means",
  fits: ["fitKMeans"],
  reader: "kMeansFromSpec",
  read: kMeansFromSpec,
  version: 2,
  train: (size) => ({ matrix: sampleMatrix(size === "small" ? 30 : 200_000), options: { k: 3, seed: 7, restarts: 3 } satisfies KMeansOptions }),
  fit: ({ matrix, options }) => fitKMeans(matrix, options),
  steps: ({ matrix, options }) => kMeansSteps(matrix, options),
  rows: newMatrix,
  rowCount: 5,
  take: rowsOfMatrix,
  predict: (model, rows) => [model.predict(rows), model.distances(rows)],
  answers: (arrays, { rowCount }) => answersFrom(rowCount, ...arrays),
  options: [
    {
      name: "fitKMeans",
      caller: "fitKMeans",
      table: K_MEANS_OPTIONS,
      accepted: { k: 2 },
      call: (options) => fitKMeans(featureMatrixFromRows([[1], [2], [9]]), untyped(options)),
    },
  ],
  doors: {
    fitKMeans: (matrix: never) => fitKMeans(matrix, { k: 2 }),
    predict: (matrix: never) => fitted().predict(matrix),
    distances: (matrix: never) => fitted().distances(matrix),
  },
  hostile: {
    "fit: NaN": { refused: "nonFinite", run: () => fitKMeans(tampered(sampleMatrix(12), NaN), { k: 2 }) },
    "fit: infinity": { refused: "nonFinite", run: () => fitKMeans(tampered(sampleMatrix(12), Infinity), { k: 2 }) },
    "fit: no rows": { refused: "tooFewRows", run: () => fitKMeans(featureMatrixFromRows([], ["a"]), { k: 1 }) },
    "fit: one row": { accepted: "one cluster of one row", run: () => fitKMeans(sampleMatrix(1), { k: 1 }) },
    "fit: constant column": { refused: "tooFewRows", run: () => fitKMeans(featureMatrixFromRows([[1], [1], [1]]), { k: 2 }) },
    "fit: lengths differ": { refused: "lengthMismatch", run: () => fitKMeans(sampleMatrix(12), { k: 3, start: [[1, 2, 3]] }) },
    "predict: NaN": { refused: "nonFinite", run: () => fitted().predict(tampered(newMatrix(), NaN)) },
    "predict: infinity": { refused: "nonFinite", run: () => fitted().predict(tampered(newMatrix(), Infinity)) },
    "predict: no rows": { accepted: "no rows", run: () => fitted().predict(featureMatrixFromRows([], newMatrix().names)) },
    "predict: other columns": { refused: "featureMismatch", run: () => fitted().predict(matrixOfOtherColumns()) },
  },
  exempt: {},
});
