import { checkRowCount, checkSameLength } from "../../errors/check";
import { codeLabels, rowsByCode, type CodedLabels } from "../coded-labels";

/**
 * How far two groupings of the same rows agree: the adjusted Rand index (Hubert and Arabie 1985, eq. 5).
 *
 * The share of pairs of rows on which both agree, corrected for chance: 1 for the same groups under whatever numbers,
 * 0 on average for groupings that have nothing to do with each other, below 0 for less than that.
 * Symmetric in its arguments. Two groupings without a pair to tell them apart (all rows together, or all apart, in both) agree: 1.
 *
 * @param labels - the group of each row, whole numbers from 0
 * @param others - the same of the other grouping
 * @throws ClienteleError `lengthMismatch`, `tooFewRows` for fewer than two rows, `invalidInput` for labels that are no whole numbers from 0.
 * @example
 * ```ts
 * import { computeAdjustedRand } from "clientele/evaluation";
 *
 * console.log(computeAdjustedRand([0, 0, 1, 1], [5, 5, 2, 2])); // 1
 * console.log(computeAdjustedRand([0, 0, 1, 1], [0, 0, 1, 2]).toFixed(4)); // "0.5714"
 * ```
 */
export function computeAdjustedRand(labels: ArrayLike<number>, others: ArrayLike<number>): number {
  const [a, b] = readGroupings("computeAdjustedRand", labels, others);
  return adjustedRandOf(a, b);
}

/** A group beside the group of another grouping that is most like it. */
export interface ClusterJaccard {
  /** The group's number, as in the labels. */
  readonly cluster: number;
  readonly rowCount: number;
  /** The other grouping's group that is most like it; the lowest number of equally like ones. */
  readonly match: number;
  /** Rows in both / rows in either: 1 for the same rows, 0 for none in common. */
  readonly jaccard: number;
}

/**
 * Which groups another grouping of the same rows finds again: for each group the Jaccard coefficient with the group most like it
 * (Hennig 2007, section 2).
 *
 * Not symmetric: it goes through the groups of `labels`, and several of them may have the same match.
 *
 * @param labels - the group of each row, whole numbers from 0
 * @param others - the same of the other grouping
 * @returns one entry for each group of `labels`, by ascending number
 * @throws ClienteleError `lengthMismatch`, `tooFewRows` for fewer than two rows, `invalidInput` for labels that are no whole numbers from 0.
 * @example
 * ```ts
 * import { computeClusterJaccard } from "clientele/evaluation";
 *
 * const found = computeClusterJaccard([0, 0, 0, 1, 1], [7, 7, 3, 3, 3]);
 * console.log(found.map(({ cluster, match }) => [cluster, match])); // [[0, 7], [1, 3]]
 * console.log(found.map(({ jaccard }) => jaccard.toFixed(2))); // ["0.67", "0.67"]
 * ```
 */
export function computeClusterJaccard(labels: ArrayLike<number>, others: ArrayLike<number>): readonly ClusterJaccard[] {
  const [a, b] = readGroupings("computeClusterJaccard", labels, others);
  return clusterJaccardOf(a, b);
}

function readGroupings(caller: string, labels: ArrayLike<number>, others: ArrayLike<number>): readonly [CodedLabels, CodedLabels] {
  const a = codeLabels(caller, "labels", labels);
  const b = codeLabels(caller, "others", others);
  checkSameLength(caller, "others", others.length, labels.length, "labels");
  checkRowCount(caller, "labels", labels.length, 2);
  return [a, b];
}

/** The adjusted Rand index of two groupings of at least two rows. */
export function adjustedRandOf(a: CodedLabels, b: CodedLabels): number {
  let together = 0;
  forEachOverlap(a, b, (_, __, rows) => (together += pairsOf(rows)));
  const inA = a.counts.reduce((sum, count) => sum + pairsOf(count), 0);
  const inB = b.counts.reduce((sum, count) => sum + pairsOf(count), 0);
  const expected = (inA / pairsOf(a.codes.length)) * inB;
  const most = (inA + inB) / 2;
  // Equal only where both put all rows together or all apart.
  return together === most ? 1 : (together - expected) / (most - expected);
}

export function clusterJaccardOf(a: CodedLabels, b: CodedLabels): ClusterJaccard[] {
  const jaccards = new Float64Array(a.counts.length).fill(-1);
  const matches = new Int32Array(a.counts.length);
  forEachOverlap(a, b, (code, other, rows) => {
    const jaccard = rows / (a.counts[code]! + b.counts[other]! - rows);
    if (jaccard < jaccards[code]! || (jaccard === jaccards[code]! && other > matches[code]!)) return;
    jaccards[code] = jaccard;
    matches[code] = other;
  });
  return a.values.map((cluster, code) => ({ cluster, rowCount: a.counts[code]!, match: b.values[matches[code]!]!, jaccard: jaccards[code]! }));
}

/** Calls `visit` for each pair of groups with rows in common, with their number: the table of both, without its zeros. */
function forEachOverlap(a: CodedLabels, b: CodedLabels, visit: (code: number, other: number, rows: number) => void): void {
  const counts = new Int32Array(b.counts.length);
  rowsByCode(a).forEach((rows, code) => {
    for (const row of rows) counts[b.codes[row]!]!++;
    for (const row of rows) {
      const other = b.codes[row]!;
      if (counts[other] === 0) continue;
      visit(code, other, counts[other]!);
      counts[other] = 0;
    }
  });
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}
