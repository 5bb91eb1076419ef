import { sumOf } from "../../numeric/statistics/compensated-sum";

/** Centre and scale that scores were given. */
export interface ScoreUnits {
  readonly center: number;
  readonly scale: number;
}

/** Scores closer together than this count as equal: a slope between them would overflow. */
export const SMALLEST_RANGE = 1e-300;

/** Brings scores to mean 0 and deviation 1, in place; undefined, and nothing done, where they are all equal. */
export function standardizeScores(scores: Float64Array): ScoreUnits | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const score of scores) {
    if (score < low) low = score;
    if (score > high) high = score;
  }
  // In units of the half range, which is finite for any scores, no sum and no square overflows or vanishes.
  const half = high / 2 - low / 2;
  if (half < SMALLEST_RANGE) return undefined;
  const middle = low / 2 + high / 2;
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i]! - middle) / half;
  const mean = sumOf(scores) / scores.length;
  let squares = 0;
  for (const score of scores) squares += (score - mean) ** 2;
  const deviation = Math.sqrt(squares / scores.length);
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i]! - mean) / deviation;
  return { center: middle + mean * half, scale: deviation * half };
}
