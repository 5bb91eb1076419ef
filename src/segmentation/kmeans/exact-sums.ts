/** Doubles from half of 2⁵³ on have no fractions. */
const WHOLE = 2 ** 52;

/** 2²⁷ + 1 splits a double into two halves of 26 bits (Veltkamp 1968). */
const SPLITTER = 134217729;

/**
 * Weighted sums of the rows of each cluster, of which rows are added and taken away again and again.
 *
 * Each number is cut into multiples of a coarse and a fine unit (with weights, of a third one), which are summed apart and without any rounding,
 * as the units are chosen so that no sum has more than 53 bits (Demmel and Nguyen 2013). So a sum depends on nothing but the rows
 * that are in it: not on their order, not on rows that were in it before. Of a million rows, what is cut off a number is less than
 * 2⁻⁶⁰ of the largest in its column, with weights less than 2⁻⁹⁰.
 */
export class ExactSums {
  /** Rows in each cluster. */
  readonly counts: Int32Array;
  readonly #width: number;
  /** For each unit: clusters × (columns + 1), the last of which holds the weights. */
  readonly #sums: readonly Float64Array[];
  /** For each unit and column: what, added and taken away again, rounds to a multiple of the unit. */
  readonly #rounders: readonly Float64Array[];

  /** @param largest - of each column, the largest magnitude of a number times its weight; last that of the weights */
  constructor(k: number, largest: Float64Array, rowCount: number, hasWeights: boolean) {
    this.#width = largest.length - 1;
    this.counts = new Int32Array(k);
    const levels = hasWeights ? [1, 2, 3] : [1, 2];
    this.#sums = levels.map(() => new Float64Array(k * largest.length));
    const shrink = powerOfTwoFrom(2 * rowCount) / WHOLE;
    this.#rounders = levels.map((level) => largest.map((range) => 1.5 * WHOLE * powerOfTwoFrom(range) * shrink ** level));
  }

  clear(): void {
    this.counts.fill(0);
    for (const sums of this.#sums) sums.fill(0);
  }

  /** Adds one row to a cluster. */
  add(values: Float64Array, weights: Float64Array | undefined, row: number, cluster: number): void {
    this.#add(values, row, weights === undefined ? 1 : weights[row]!, cluster, 1);
  }

  /** Moves one row to another cluster. */
  move(values: Float64Array, weights: Float64Array | undefined, row: number, from: number, to: number): void {
    const weight = weights === undefined ? 1 : weights[row]!;
    this.#add(values, row, -weight, from, -1);
    this.#add(values, row, weight, to, 1);
  }

  #add(values: Float64Array, row: number, weight: number, cluster: number, count: number): void {
    const width = this.#width;
    const x = row * width;
    const c = cluster * (width + 1);
    const [coarse, fine, finest] = this.#sums;
    const [coarseRounders, fineRounders, finestRounders] = this.#rounders;
    for (let j = 0; j <= width; j++) {
      let rest = j === width ? weight : values[x + j]! * weight;
      const high = rest + coarseRounders![j]! - coarseRounders![j]!;
      coarse![c + j]! += high;
      rest -= high;
      const low = rest + fineRounders![j]! - fineRounders![j]!;
      fine![c + j]! += low;
      if (finest === undefined) continue;
      finest[c + j]! += rest - low + finestRounders![j]! - finestRounders![j]!;
    }
    this.counts[cluster]! += count;
  }

  /** The weighted mean of a cluster that is not empty, to about one unit in the last place. */
  mean(cluster: number, column: number): number {
    const at = cluster * (this.#width + 1);
    const [sum, sumRest] = this.#total(at + column);
    const [weight, weightRest] = this.#total(at + this.#width);
    const mean = sum / weight;
    // The quotient once more, of what the first one leaves.
    return mean + (remainder(sum, mean, weight) + sumRest - mean * weightRest) / weight;
  }

  /** A sum as the nearest double, and what is left. */
  #total(at: number): [number, number] {
    let sum = 0;
    let rest = 0;
    for (const sums of this.#sums) {
      const added = sums[at]!;
      const total = sum + added;
      rest += sumRest(sum, added, total);
      sum = total;
    }
    const total = sum + rest;
    return [total, sumRest(sum, rest, total)];
  }
}

/** What rounding took from a + b (Knuth 1969). */
function sumRest(a: number, b: number, sum: number): number {
  const added = sum - a;
  return a - (sum - added) + (b - added);
}

/** a − b · c without rounding of the product (Dekker 1971). */
function remainder(a: number, b: number, c: number): number {
  const product = b * c;
  const b1 = b * SPLITTER - (b * SPLITTER - b);
  const b2 = b - b1;
  const c1 = c * SPLITTER - (c * SPLITTER - c);
  const c2 = c - c1;
  return a - product - (b1 * c1 - product + b1 * c2 + b2 * c1 + b2 * c2);
}

/** The smallest power of two that is at least this; 0 for 0. */
function powerOfTwoFrom(value: number): number {
  if (value === 0) return 0;
  let power = 2 ** Math.floor(Math.log2(value));
  while (power < value) power *= 2;
  return power;
}
