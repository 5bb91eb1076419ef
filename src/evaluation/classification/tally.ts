import type { ScoresByClass } from "./ranking";

/** Rows of equal score counted together: all that a measure of order or of calibration needs. */
export interface ScoreTally {
  /** The distinct scores, ascending. */
  readonly scores: Float64Array;
  /** Rows of label 1 with each score. */
  readonly positives: Int32Array;
  /** Rows of label 0 with each score. */
  readonly negatives: Int32Array;
  readonly positiveCount: number;
  readonly negativeCount: number;
}

/** Merges the sorted scores of both classes. */
export function tallyScores({ positives, negatives }: ScoresByClass): ScoreTally {
  const scores = new Float64Array(positives.length + negatives.length);
  const positiveTally = new Int32Array(scores.length);
  const negativeTally = new Int32Array(scores.length);
  let count = 0;
  let i = 0;
  let j = 0;
  while (i < positives.length || j < negatives.length) {
    const score = Math.min(i < positives.length ? positives[i]! : Infinity, j < negatives.length ? negatives[j]! : Infinity);
    const i0 = i;
    const j0 = j;
    while (i < positives.length && positives[i] === score) i++;
    while (j < negatives.length && negatives[j] === score) j++;
    // Adding 0 turns −0 into 0, which it equals.
    scores[count] = score + 0;
    positiveTally[count] = i - i0;
    negativeTally[count] = j - j0;
    count++;
  }
  return {
    scores: scores.slice(0, count),
    positives: positiveTally.slice(0, count),
    negatives: negativeTally.slice(0, count),
    positiveCount: positives.length,
    negativeCount: negatives.length,
  };
}
