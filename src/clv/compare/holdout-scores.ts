import { sumOf } from "../../numeric/statistics/compensated-sum";
import { findDistinctRows } from "../transaction-model/distinct-rows";
import type { PurchaseHistories } from "../transaction-model/histories";
import type { PurchasePredictor } from "../transaction-model/predictor";
import type { Steps } from "../../steps/steps";

/** How far predictions are from what happened, over customers. */
export interface PredictionErrors {
  /** Mean of |predicted − actual|, in purchases. Where most customers buy nothing, it prefers a model that says too little: see the squared error beside it. */
  readonly meanAbsoluteError: number;
  /** Square root of the mean of (predicted − actual)², in purchases: smallest where expectations are right. */
  readonly rootMeanSquaredError: number;
  /** Sum of the predictions, to be held against the purchases that came. */
  readonly predictedTotal: number;
}

export function predictionErrors(predicted: Float64Array, actual: Float64Array): PredictionErrors {
  const count = actual.length;
  return {
    meanAbsoluteError: sumOf(predicted.map((each, i) => Math.abs(each - actual[i]!))) / count,
    rootMeanSquaredError: Math.sqrt(sumOf(predicted.map((each, i) => (each - actual[i]!) ** 2)) / count),
    predictedTotal: sumOf(predicted),
  };
}

/** log P(the purchases of the holdout | the history) of each customer. A probability that vanishes counts as the smallest double. */
export function* logProbabilitiesSteps(predictor: PurchasePredictor, histories: PurchaseHistories, actual: Float64Array, duration: number): Steps<Float64Array> {
  const { columns, positions } = yield* findDistinctRows([actual, histories.frequency, histories.recency, histories.age], actual.length);
  const [count, x, tx, T] = columns as [Float64Array, Float64Array, Float64Array, Float64Array];
  const logs = new Float64Array(count.length);
  const ofCount = new Map<number, number[]>();
  for (let i = 0; i < count.length; i++) {
    const rows = ofCount.get(count[i]!);
    if (rows === undefined) ofCount.set(count[i]!, [i]);
    else rows.push(i);
  }
  let done = 0;
  for (const [purchases, rows] of ofCount) {
    const those = { frequency: rows.map((i) => x[i]!), recency: rows.map((i) => tx[i]!), age: rows.map((i) => T[i]!) };
    const probabilities = predictor.predictCountProbability(those, purchases, duration);
    rows.forEach((i, k) => (logs[i] = Math.log(Math.max(probabilities[k]!, Number.MIN_VALUE))));
    done += rows.length;
    yield { phase: "comparing with the holdout", done, total: count.length };
  }
  return Float64Array.from(positions, (i) => logs[i]!);
}

/** A sum of differences between paired numbers, with its interval (normal approximation over customers). */
export interface PairedDifference {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export function pairedDifference(of: Float64Array, to: Float64Array, z: number): PairedDifference {
  const differences = of.map((each, i) => each - to[i]!);
  const count = differences.length;
  const value = sumOf(differences);
  const mean = value / count;
  const half = z * Math.sqrt((sumOf(differences.map((each) => (each - mean) ** 2)) * count) / Math.max(1, count - 1));
  return { value, low: value - half, high: value + half };
}
