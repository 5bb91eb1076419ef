import type { Steps } from "../../steps/steps";
import type { RandomStream } from "../random/random-stream";
import { scanFeature, type ScanSpace, type Split, type TreeRows } from "./split";
import { LEAF, type ClassificationTree } from "./tree";

/** When a tree stops growing. */
export interface GrowthLimits {
  readonly maxDepth: number;
  /** With a limit, the split with the largest gain is made first; of equal gains, that of the node made first. */
  readonly maxLeaves: number;
  /** Rows of a node that may be split. */
  readonly minSplitRows: number;
  readonly minLeafRows: number;
  /** Decrease of the mean Gini impurity over all rows that a split must bring; 0 allows splits that only later ones make worth while. */
  readonly minGain: number;
}

/** Each split looks at `count` features that vary in its node, drawn anew: the mtry of random forests (Breiman 2001). */
export interface FeatureDraw {
  readonly count: number;
  readonly random: RandomStream;
}

/** A node that could be split, with its rows from `start` to before `end` of every feature's order. */
interface Candidate {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly split: Split;
  readonly gain: number;
}

/** Rows scanned between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 300_000;

/**
 * Grows a classification tree by Gini impurity (Breiman, Friedman, Olshen and Stone 1984): each split is the best one of its node.
 *
 * Rows are kept in the sorted order of every feature, and each split parts all orders without disturbing them, so a level of the
 * tree costs rows · features operations and nothing is sorted again. A node of one class is not split.
 *
 * @param order - what `presortRows` returns for the rows to be used (those of weight above 0); it is used up
 * @param draw - without it, every split looks at all features
 */
export function* growTreeSteps(rows: TreeRows, order: Int32Array, limits: GrowthLimits, draw?: FeatureDraw): Steps<ClassificationTree> {
  const grower = new TreeGrower(rows, order, limits, draw);
  const open: Candidate[] = [];
  grower.addRoot(open);
  while (open.length > 0 && grower.leafCount < limits.maxLeaves) {
    const at = limits.maxLeaves === Infinity ? open.length - 1 : largestGain(open);
    const [candidate] = open.splice(at, 1);
    grower.split(candidate!, open);
    if (grower.isSliceOver()) yield { phase: "growing a tree", done: grower.rowCount - open.reduce((sum, { start, end }) => sum + end - start, 0), total: grower.rowCount };
  }
  return grower.finish();
}

function largestGain(open: readonly Candidate[]): number {
  let best = 0;
  for (let i = 1; i < open.length; i++) {
    const { gain, node } = open[i]!;
    if (gain > open[best]!.gain || (gain === open[best]!.gain && node < open[best]!.node)) best = i;
  }
  return best;
}

class TreeGrower {
  readonly rowCount: number;
  leafCount = 1;
  readonly #rows: TreeRows;
  readonly #order: Int32Array;
  readonly #limits: GrowthLimits;
  readonly #draw: FeatureDraw | undefined;
  readonly #features: Int32Array;
  readonly #space: ScanSpace;
  readonly #isLeft: Uint8Array;
  readonly #aside: Int32Array;
  #rootWeight = 0;
  #scanned = 0;

  readonly #feature: number[] = [];
  readonly #threshold: number[] = [];
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #missingLeft: number[] = [];
  readonly #depth: number[] = [];
  readonly #counts: number[] = [];
  readonly #classWeights: Float64Array[] = [];

  constructor(rows: TreeRows, order: Int32Array, limits: GrowthLimits, draw: FeatureDraw | undefined) {
    const { featureCount, classCount, rowCount } = rows;
    this.rowCount = order.length / featureCount;
    this.#rows = rows;
    this.#order = order;
    this.#limits = limits;
    this.#draw = draw;
    this.#features = Int32Array.from({ length: featureCount }, (_, feature) => feature);
    this.#space = { leftWeights: new Float64Array(classCount), rightWeights: new Float64Array(classCount), minLeafRows: limits.minLeafRows };
    this.#isLeft = new Uint8Array(rowCount);
    this.#aside = new Int32Array(this.rowCount);
  }

  addRoot(open: Candidate[]): void {
    this.#addNode(0, 0, this.rowCount);
    this.#rootWeight = sum(this.#classWeights[0]!);
    this.#findSplit(0, 0, this.rowCount, open);
  }

  /** True after about two milliseconds of work. */
  isSliceOver(): boolean {
    if (this.#scanned < ROWS_PER_SLICE) return false;
    this.#scanned = 0;
    return true;
  }

  /** Makes a candidate's split, and candidates of its children. */
  split({ node, start, end, split }: Candidate, open: Candidate[]): void {
    const middle = start + split.leftCount;
    const depth = this.#depth[node]! + 1;
    this.#markSides(split, start, end);
    this.#partition(split.feature, start, end, depth < this.#limits.maxDepth);
    this.#feature[node] = split.feature;
    this.#threshold[node] = split.threshold;
    // Where the fit saw no missing value, a later one goes with the larger part of the rows (right of equal ones, as in scikit-learn).
    const sawMissing = this.#hasMissing(split, start, middle, end);
    this.#missingLeft[node] = Number(sawMissing ? split.missingLeft : 2 * split.leftCount > end - start);
    this.leafCount++;
    const left = this.#addNode(depth, start, middle);
    const right = this.#addNode(depth, middle, end);
    this.#left[node] = left;
    this.#right[node] = right;
    // Without a limit of leaves the last one is split first: the left child.
    this.#findSplit(right, middle, end, open);
    this.#findSplit(left, start, middle, open);
  }

  finish(): ClassificationTree {
    const { featureCount, classCount } = this.#rows;
    const classWeights = new Float64Array(this.#feature.length * classCount);
    this.#classWeights.forEach((weights, node) => classWeights.set(weights, node * classCount));
    return {
      featureCount,
      classCount,
      feature: Int32Array.from(this.#feature),
      threshold: Float64Array.from(this.#threshold),
      left: Int32Array.from(this.#left),
      right: Int32Array.from(this.#right),
      missingLeft: Uint8Array.from(this.#missingLeft),
      depth: Int32Array.from(this.#depth),
      rowCount: Int32Array.from(this.#counts),
      impurity: Float64Array.from(this.#classWeights, giniImpurity),
      classWeights,
    };
  }

  /** A leaf, until it is split. */
  #addNode(depth: number, start: number, end: number): number {
    const { classes, classCount, weights } = this.#rows;
    const classWeights = new Float64Array(classCount);
    for (let i = start; i < end; i++) {
      const row = this.#order[i]!;
      classWeights[classes[row]!]! += weights[row]!;
    }
    this.#feature.push(LEAF);
    this.#threshold.push(0);
    this.#left.push(LEAF);
    this.#right.push(LEAF);
    this.#missingLeft.push(0);
    this.#depth.push(depth);
    this.#counts.push(end - start);
    return this.#classWeights.push(classWeights) - 1;
  }

  #findSplit(node: number, start: number, end: number, open: Candidate[]): void {
    const { maxDepth, minSplitRows, minLeafRows, minGain } = this.#limits;
    const size = end - start;
    const classWeights = this.#classWeights[node]!;
    if (this.#depth[node]! >= maxDepth || size < minSplitRows || size < 2 * minLeafRows || isOfOneClass(classWeights)) return;
    const best: Split = { feature: -1, threshold: 0, missingLeft: false, leftCount: 0, purity: -Infinity };
    this.#scanFeatures(start, end, classWeights, best);
    if (best.feature < 0) return;
    const gain = (best.purity - sumOfSquares(classWeights) / sum(classWeights)) / this.#rootWeight;
    // A gain of 0 may come out a little below it.
    if (gain + Number.EPSILON < minGain) return;
    open.push({ node, start, end, split: best, gain });
  }

  #scanFeatures(start: number, end: number, classWeights: Float64Array, best: Split): void {
    const { featureCount } = this.#rows;
    const scan = (feature: number): boolean => {
      const offset = feature * this.rowCount;
      this.#scanned += end - start;
      return scanFeature(this.#rows, feature, this.#order, offset + start, offset + end, classWeights, this.#space, best);
    };
    if (this.#draw === undefined) {
      for (let feature = 0; feature < featureCount; feature++) scan(feature);
      return;
    }
    const { count, random } = this.#draw;
    for (let drawn = 0, varying = 0; drawn < featureCount && varying < count; drawn++) {
      const other = drawn + random.nextInteger(featureCount - drawn);
      const feature = this.#features[other]!;
      this.#features[other] = this.#features[drawn]!;
      this.#features[drawn] = feature;
      if (scan(feature)) varying++;
    }
  }

  #markSides({ feature, threshold, missingLeft }: Split, start: number, end: number): void {
    const { values, rowCount } = this.#rows;
    for (let i = start; i < end; i++) {
      const row = this.#order[i]!;
      const value = values[feature * rowCount + row]!;
      this.#isLeft[row] = Number(Number.isNaN(value) ? missingLeft : value <= threshold);
    }
  }

  /**
   * Brings the left rows to the front of each feature's order; within both parts the order stays.
   * Of children that will not be split, only the orders are needed that are read without a scan: that of feature 0 and of the split.
   */
  #partition(splitFeature: number, start: number, end: number, goesOn: boolean): void {
    const order = this.#order;
    const isLeft = this.#isLeft;
    const aside = this.#aside;
    for (let feature = 0; feature < this.#rows.featureCount; feature++) {
      if (!goesOn && feature !== 0 && feature !== splitFeature) continue;
      const offset = feature * this.rowCount;
      let to = offset + start;
      let kept = 0;
      for (let i = offset + start; i < offset + end; i++) {
        const row = order[i]!;
        if (isLeft[row] === 1) order[to++] = row;
        else aside[kept++] = row;
      }
      for (let i = 0; i < kept; i++) order[to++] = aside[i]!;
      this.#scanned += end - start;
    }
  }

  /** Whether a feature was missing in a row of the node: missing rows stand last in the order of their part. */
  #hasMissing({ feature }: Split, start: number, middle: number, end: number): boolean {
    const { values, rowCount } = this.#rows;
    const offset = feature * this.rowCount;
    const isMissingAt = (i: number): boolean => Number.isNaN(values[feature * rowCount + this.#order[offset + i]!]!);
    return (middle > start && isMissingAt(middle - 1)) || (end > middle && isMissingAt(end - 1));
  }
}

function isOfOneClass(classWeights: Float64Array): boolean {
  let present = 0;
  for (const weight of classWeights) if (weight > 0) present++;
  return present < 2;
}

function giniImpurity(classWeights: Float64Array): number {
  const total = sum(classWeights);
  return total > 0 ? 1 - sumOfSquares(classWeights) / (total * total) : 0;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function sumOfSquares(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value * value;
  return total;
}
