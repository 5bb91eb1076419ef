import { sumOf } from "../../numeric/statistics/compensated-sum";
import type { ScoreTally } from "../classification/tally";

/** Rows of neighbouring probabilities. */
export interface ProbabilityBin {
  /** The distinct probabilities of the bin: positions in the tally, from `start` to before `end`. */
  readonly start: number;
  readonly end: number;
  readonly rowCount: number;
  readonly positiveCount: number;
  /** Σ of the probabilities of its rows. */
  readonly probabilitySum: number;
}

/**
 * Bins with about the same number of rows. Equal probabilities stay together, in the bin where the middle of their ranks lies;
 * so the sizes are exactly even where no probability is repeated, and there are fewer bins where one is repeated for more than a bin's worth of rows.
 */
export function equalMassBins({ scores, positives, negatives, positiveCount, negativeCount }: ScoreTally, binCount: number): ProbabilityBin[] {
  const rowCount = positiveCount + negativeCount;
  const sums = Float64Array.from(scores, (score, g) => score * (positives[g]! + negatives[g]!));
  const bins: ProbabilityBin[] = [];
  let start = 0;
  let before = 0;
  let binRows = 0;
  let binPositives = 0;
  let current = -1;
  for (let g = 0; g <= scores.length; g++) {
    const count = g < scores.length ? positives[g]! + negatives[g]! : 0;
    const bin = g < scores.length ? Math.floor((binCount * (2 * before + count)) / (2 * rowCount)) : binCount;
    if (bin !== current && binRows > 0) {
      bins.push({ start, end: g, rowCount: binRows, positiveCount: binPositives, probabilitySum: sumOf(sums, start, g) });
      start = g;
      binRows = 0;
      binPositives = 0;
    }
    if (g === scores.length) break;
    current = bin;
    before += count;
    binRows += count;
    binPositives += positives[g]!;
  }
  return bins;
}
