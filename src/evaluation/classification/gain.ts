import { checkOption, readOptions } from "../../errors/options";
import { selections, type Selections } from "./curves";

/** How many leavers are reached by calling the customers with the highest scores first. */
export interface GainCurve {
  /** A customer is called when the score is at least this; Infinity for the first point, where nobody is. */
  readonly thresholds: Float64Array;
  /** The share of all customers called: the horizontal axis. */
  readonly selectedShare: Float64Array;
  /** The share of all leavers among them (cumulative gain): the vertical axis of a gain chart. */
  readonly capturedShare: Float64Array;
  /** `capturedShare` / `selectedShare`, the vertical axis of a lift chart: 1 is chance; NaN for the first point. */
  readonly lift: Float64Array;
}

/** One slice of the customers ordered by score, the highest first. */
export interface DecileRow {
  /** From 1, the highest scores, to the number of slices. */
  readonly decile: number;
  readonly rowCount: number;
  /** Positives among them; where equal scores are cut in two, the number expected of a random order of these. */
  readonly positiveCount: number;
  /** `positiveCount` / `rowCount`. */
  readonly rate: number;
  /** `rate` / base rate. */
  readonly lift: number;
  /** The rows of this slice and all above it. */
  readonly cumulativeRowCount: number;
  /** The share of all positives in this slice and all above it. */
  readonly capturedShare: number;
  /** Lift of this slice and all above it together. */
  readonly cumulativeLift: number;
  readonly highestScore: number;
  readonly lowestScore: number;
}

/** Options of {@link computeDecileTable}. */
export interface DecileTableOptions {
  /** How many slices, from 1 to the number of rows. @defaultValue 10 */
  readonly slices?: number | undefined;
}

/** Options of {@link computeLift}. */
export interface LiftOptions {
  /** The share of customers that is called. @defaultValue 0.1 */
  readonly share?: number | undefined;
}

const SLICES = { kind: "integer", min: 1, default: 10 } as const;
const SHARE = { kind: "number", min: 0, max: 1, open: "min", default: 0.1 } as const;

/**
 * The gain and lift curves: calling the highest scores first, what share of the leavers is reached by what share of calls.
 *
 * One point for each distinct score and (0, 0) before them. Straight lines between the points are what to expect where equal scores are called in random order.
 *
 * @param labels - 0 or 1 for each row
 * @param scores - any finite numbers, higher for "more likely 1"
 * @throws ClienteleError as {@link computeAuc}.
 * @example
 * ```ts
 * import { computeGainCurve } from "clientele/evaluation";
 *
 * const { selectedShare, capturedShare, lift } = computeGainCurve([1, 0, 1, 0], [0.9, 0.4, 0.4, 0.1]);
 * console.log(selectedShare); // Float64Array [0, 0.25, 0.75, 1]
 * console.log(capturedShare); // Float64Array [0, 0.5, 1, 1]
 * console.log(lift.map((value) => Math.round(value * 100) / 100)); // Float64Array [NaN, 2, 1.33, 1]
 * ```
 */
export function computeGainCurve(labels: ArrayLike<number>, scores: ArrayLike<number>): GainCurve {
  const { thresholds, truePositives, falsePositives, positiveCount, negativeCount } = selections("computeGainCurve", labels, scores);
  const rowCount = positiveCount + negativeCount;
  return {
    thresholds,
    selectedShare: Float64Array.from(truePositives, (count, i) => (count + falsePositives[i]!) / rowCount),
    capturedShare: Float64Array.from(truePositives, (count) => count / positiveCount),
    lift: Float64Array.from(truePositives, (count, i) => (count * rowCount) / ((count + falsePositives[i]!) * positiveCount)),
  };
}

/**
 * How many times more leavers there are among the customers with the highest scores than among all.
 *
 * Where the share ends among equal scores, or between two customers, it is what to expect of a random order: the gain curve in between.
 *
 * @param labels - 0 or 1 for each row
 * @param scores - any finite numbers, higher for "more likely 1"
 * @throws ClienteleError `invalidOption` for a share outside 0 … 1, and as {@link computeAuc}.
 * @example
 * ```ts
 * import { computeLift } from "clientele/evaluation";
 *
 * console.log(computeLift([1, 0, 1, 0, 0, 0], [0.9, 0.8, 0.7, 0.3, 0.2, 0.1], { share: 0.5 })); // 2
 * ```
 */
export function computeLift(labels: ArrayLike<number>, scores: ArrayLike<number>, options?: LiftOptions): number {
  const caller = "computeLift";
  const { share } = readOptions(caller, options, { share: SHARE });
  const all = selections(caller, labels, scores);
  const [captured] = capturedAt(all, [share * labels.length]);
  return captured! / (share * all.positiveCount);
}

/**
 * The decile table of a churn model: the customers in ten slices of equal size by score, with the leavers in each.
 *
 * Slice k ends after ⌊k · rows / slices⌋ rows, so sizes differ by at most one. Where the border runs through equal scores, each side gets its expected
 * share of their positives: no order of the rows makes the table better or worse.
 *
 * @param labels - 0 or 1 for each row
 * @param scores - any finite numbers, higher for "more likely 1"
 * @throws ClienteleError `invalidOption` for more slices than rows, and as {@link computeAuc}.
 * @example
 * ```ts
 * import { computeDecileTable } from "clientele/evaluation";
 *
 * const [first, second] = computeDecileTable([1, 1, 0, 1, 0, 0, 0, 0], [0.9, 0.8, 0.7, 0.6, 0.4, 0.3, 0.2, 0.1], { slices: 2 });
 * console.log(first?.positiveCount, first?.lift, first?.capturedShare); // 3 2 1
 * console.log(second?.rate, second?.cumulativeLift); // 0 1
 * ```
 */
export function computeDecileTable(labels: ArrayLike<number>, scores: ArrayLike<number>, options?: DecileTableOptions): DecileRow[] {
  const caller = "computeDecileTable";
  const { slices } = readOptions(caller, options, { slices: SLICES });
  const all = selections(caller, labels, scores);
  const rowCount = labels.length;
  checkOption(caller, "slices", slices, { kind: "integer", min: 1, max: rowCount }, "rows");
  const { positiveCount } = all;
  const ends = Array.from({ length: slices }, (_, k) => Math.floor(((k + 1) * rowCount) / slices));
  const captured = capturedAt(all, ends);
  return ends.map((end, k) => {
    const start = ends[k - 1] ?? 0;
    const found = captured[k]! - (captured[k - 1] ?? 0);
    const rate = found / (end - start);
    return {
      decile: k + 1,
      rowCount: end - start,
      positiveCount: found,
      rate,
      lift: (rate * rowCount) / positiveCount,
      cumulativeRowCount: end,
      capturedShare: captured[k]! / positiveCount,
      cumulativeLift: (captured[k]! * rowCount) / (end * positiveCount),
      highestScore: scoreAtRank(all, start),
      lowestScore: scoreAtRank(all, end - 1),
    };
  });
}

/** The positives expected among the first `ranks` rows, which ascend and need not be whole. */
function capturedAt({ truePositives, falsePositives }: Selections, ranks: readonly number[]): number[] {
  let i = 0;
  return ranks.map((rank) => {
    while (i < truePositives.length - 1 && truePositives[i]! + falsePositives[i]! < rank) i++;
    const selected = truePositives[i]! + falsePositives[i]!;
    if (i === 0 || selected <= rank) return truePositives[i]!;
    const before = truePositives[i - 1]! + falsePositives[i - 1]!;
    return truePositives[i - 1]! + ((rank - before) * (truePositives[i]! - truePositives[i - 1]!)) / (selected - before);
  });
}

/** The score of the row at a position (from 0) of the descending order. */
function scoreAtRank({ thresholds, truePositives, falsePositives }: Selections, rank: number): number {
  let low = 1;
  let high = thresholds.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (truePositives[middle]! + falsePositives[middle]! > rank) high = middle;
    else low = middle + 1;
  }
  return thresholds[low]!;
}
