import type { Cuts } from "./cuts";

/** Scores from 1: one more for each cut that a value lies above; 0 for NaN. */
export function scoreByCuts(values: Float64Array, cuts: Cuts, out: Uint8Array): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    let score = value === value ? 1 : 0;
    for (let i = 0; i < cuts.length; i++) if (value > cuts[i]!) score++;
    out[row] = score;
  }
}

/** Turns scores round: the lowest becomes the highest; 0 stays. */
export function reverseScores(scores: Uint8Array, levels: number): void {
  for (let row = 0; row < scores.length; row++) if (scores[row]! > 0) scores[row] = levels + 1 - scores[row]!;
}

/** How many values have each score, from 1. */
export function countScores(scores: Uint8Array, levels: number): number[] {
  const counts = new Array<number>(levels).fill(0);
  for (const score of scores) if (score > 0) counts[score - 1]!++;
  return counts;
}

/** The segment of each row by its cell of scores; −1 where a score is 0. */
export function segmentByCells(recency: Uint8Array, frequency: Uint8Array, monetary: Uint8Array, levels: number, segmentOf: Int32Array, out: Int32Array): void {
  for (let row = 0; row < out.length; row++) {
    const [r, f, m] = [recency[row]!, frequency[row]!, monetary[row]!];
    out[row] = r === 0 || f === 0 || m === 0 ? -1 : segmentOf[((r - 1) * levels + f - 1) * levels + m - 1]!;
  }
}
