import { quantileOfSorted } from "../../numeric/statistics/quantile";

/** How much time passes between two purchases, for each customer and over all of them; in the `unit` of the summary. */
export interface PurchaseGaps {
  /** Mean gap between successive purchases: `recency / frequency`; NaN without a repeat. One position for each customer, as in the summary. */
  readonly mean: Float64Array;
  /** NaN without a repeat. */
  readonly median: Float64Array;
  /** With n − 1; NaN with fewer than two gaps. */
  readonly standardDeviation: Float64Array;
  /** All gaps of all customers together. */
  readonly all: GapDistribution;
}

/**
 * The gaps of all customers. Those who buy often have more of them, and the time since the last purchase, of which nobody knows
 * how long it will be, is not among them: it is no estimate of when a customer will buy next.
 */
export interface GapDistribution {
  readonly count: number;
  /** The gaps that occur, ascending, and how often each does. */
  readonly gap: Float64Array;
  readonly gapCount: Float64Array;
  readonly mean: number;
  /** With n − 1. */
  readonly standardDeviation: number;
  /** By linear interpolation (type 7 of Hyndman and Fan), as all quantiles here; NaN without a gap. */
  readonly quantiles: readonly { readonly p: number; readonly gap: number }[];
}

const QUANTILES = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/** Collects the gaps between the periods in which customers bought. */
export class GapCollector {
  readonly #periodsPerUnit: number;
  readonly #mean: Float64Array;
  readonly #median: Float64Array;
  readonly #deviation: Float64Array;
  /** How often each gap occurs, by its number of periods. */
  readonly #counts: Float64Array;
  #gaps = new Int32Array(64);
  #customers = 0;

  /** @param span - periods from the first of the log to the last */
  constructor(capacity: number, span: number, periodsPerUnit: number) {
    this.#periodsPerUnit = periodsPerUnit;
    this.#mean = new Float64Array(capacity);
    this.#median = new Float64Array(capacity);
    this.#deviation = new Float64Array(capacity);
    this.#counts = new Float64Array(span + 1);
  }

  /** Adds the next customer, whose first `count` periods are those of purchases. */
  add(periods: Int32Array, count: number): void {
    const at = this.#customers++;
    const gapCount = Math.max(0, count - 1);
    if (gapCount > this.#gaps.length) this.#gaps = new Int32Array(2 * gapCount);
    const sorted = periods.subarray(0, count).sort();
    const gaps = this.#gaps.subarray(0, gapCount);
    let sum = 0;
    for (let i = 0; i < gapCount; i++) {
      const gap = sorted[i + 1]! - sorted[i]!;
      gaps[i] = gap;
      sum += gap;
      this.#counts[gap]!++;
    }
    const mean = gapCount === 0 ? NaN : sum / gapCount;
    let squares = 0;
    for (const gap of gaps) squares += (gap - mean) ** 2;
    const perUnit = this.#periodsPerUnit;
    this.#mean[at] = sum / perUnit / gapCount;
    this.#median[at] = quantileOfSorted(gaps.sort(), 0.5) / perUnit;
    this.#deviation[at] = gapCount < 2 ? NaN : Math.sqrt(squares / (gapCount - 1)) / perUnit;
  }

  finish(): PurchaseGaps {
    const count = this.#customers;
    return {
      mean: this.#mean.slice(0, count),
      median: this.#median.slice(0, count),
      standardDeviation: this.#deviation.slice(0, count),
      all: this.#distribution(),
    };
  }

  #distribution(): GapDistribution {
    const periods: number[] = [];
    let count = 0;
    let sum = 0;
    for (let gap = 0; gap < this.#counts.length; gap++) {
      if (this.#counts[gap] === 0) continue;
      periods.push(gap);
      count += this.#counts[gap]!;
      sum += gap * this.#counts[gap]!;
    }
    const gapCount = Float64Array.from(periods, (gap) => this.#counts[gap]!);
    const mean = sum / count;
    const squares = periods.reduce((total, gap, i) => total + (gap - mean) ** 2 * gapCount[i]!, 0);
    const perUnit = this.#periodsPerUnit;
    return {
      count,
      gap: Float64Array.from(periods, (gap) => gap / perUnit),
      gapCount,
      mean: mean / perUnit,
      standardDeviation: count < 2 ? NaN : Math.sqrt(squares / (count - 1)) / perUnit,
      quantiles: QUANTILES.map((p) => ({ p, gap: quantileOfCounts(periods, gapCount, count, p) / perUnit })),
    };
  }
}

/** {@link quantileOfSorted} of values that are given with how often each occurs. */
function quantileOfCounts(values: readonly number[], counts: Float64Array, count: number, p: number): number {
  const position = (count - 1) * p;
  const below = Math.floor(position);
  const valueAt = (rank: number): number => {
    let before = 0;
    for (let i = 0; i < values.length; i++) {
      before += counts[i]!;
      if (rank < before) return values[i]!;
    }
    return NaN;
  };
  const low = valueAt(below);
  return position === below ? low : low + (valueAt(below + 1) - low) * (position - below);
}
