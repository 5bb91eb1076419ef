import { featureMatrixFromRows } from "clientele/data";
import { fitLogisticRegression } from "clientele/churn";
import { kMeansFromSpec, logisticRegressionFromSpec } from "clientele/scoring";
import { fitKMeans } from "clientele/segmentation";

/** Saved models, as they travel: JSON. */
export interface SavedModels {
  readonly kMeans: unknown;
  readonly logisticRegression: unknown;
}

export interface Scores {
  readonly clusters: readonly number[];
  readonly distances: readonly number[];
  readonly probabilities: readonly number[];
}

const names = ["tenure", "charge", "calls"];

/** Twelve customers; some of the short-tenured stayed and some of the others left, so that the coefficients exist. */
const customers = [
  [1, 70.5, 4], [2, 85, 3], [3, 79.25, 1], [5, 20, 0], [8, 95.5, 2], [12, 64, 5],
  [24, 55, 1], [30, 99.9, 0], [36, 40, 2], [48, 25, 3], [60, 110.75, 0], [72, 90, 1],
];
const churned = [1, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0];
const newCustomers = [[4, 88, 2], [40, 60, 0], [66, 33.3, 4]];

/** What a server does: fit on small data and save. */
export function fitAndSave(): SavedModels {
  const matrix = featureMatrixFromRows(customers, names);
  const saved = JSON.stringify({ kMeans: fitKMeans(matrix, { k: 3, seed: 7 }), logisticRegression: fitLogisticRegression(matrix, churned) });
  return JSON.parse(saved) as SavedModels;
}

/** What a page does: score new customers with saved models. */
export function scoreSaved({ kMeans, logisticRegression }: SavedModels): Scores {
  const matrix = featureMatrixFromRows(newCustomers, names);
  const clusters = kMeansFromSpec(kMeans);
  return {
    clusters: [...clusters.predict(matrix)],
    distances: [...clusters.distances(matrix)],
    probabilities: [...logisticRegressionFromSpec(logisticRegression).predictProbability(matrix)],
  };
}
