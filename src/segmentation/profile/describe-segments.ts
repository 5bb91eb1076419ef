import { checkTable, columnNames, positionIds, type Table } from "../../data/table";
import { checkRowCount } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { growTreeSteps } from "../../numeric/tree/grow";
import { findLeaves } from "../../numeric/tree/predict";
import { presortRows } from "../../numeric/tree/presort";
import { heaviestClass, type ClassificationTree } from "../../numeric/tree/tree";
import { runToEnd, type Steps } from "../../steps/steps";
import { conditionsOf, conditionText, roundThreshold, rulePaths, type RuleCondition, type RulePath } from "./rule-conditions";
import { readRuleFeatures, type RuleFeatures } from "./rule-features";
import { rowsBySegment } from "./segment-rows";

/** Options of {@link describeSegments}. */
export interface DescribeSegmentsOptions {
  /** The columns that rules may ask for: numbers, booleans and categories. @defaultValue all such columns */
  readonly columns?: readonly string[] | undefined;
  /** Questions on the way to a rule at most; with d there are at most 2^d rules. @defaultValue 3 */
  readonly maxDepth?: number | undefined;
  /** Rows that a rule must hold for at least. @defaultValue 1 % of the rows */
  readonly minRows?: number | undefined;
  /**
   * Whether every segment counts alike, however small: rules then name more of the small ones, at the price of `fidelity`.
   * @defaultValue false
   */
  readonly balanced?: boolean | undefined;
}

/** Conditions that together name a segment. */
export interface SegmentRule {
  readonly segment: number;
  /** A row must meet all of them; none: every row. */
  readonly conditions: readonly RuleCondition[];
  /** The conditions in words: `income > 52000 and plan is not basic`. */
  readonly text: string;
  /** Rows that meet the conditions. No row meets those of two rules. */
  readonly rowCount: number;
  /** Share of these rows that are of the segment. */
  readonly precision: number;
  /** Share of the segment's rows that meet the conditions. */
  readonly recall: number;
}

/** The rules of one segment. */
export interface DescribedSegment {
  readonly segment: number;
  readonly size: number;
  /** The rule with the largest recall first; none where every rule names another segment. */
  readonly rules: readonly SegmentRule[];
  /** Share of the rows its rules name that are of the segment; `null` without rules. */
  readonly precision: number | null;
  /** Share of the segment's rows that its rules name; `null` of an empty segment. */
  readonly recall: number | null;
  /** The rules in words, separated by `; or `; `null` without rules. */
  readonly text: string | null;
}

/** Segments in the words of a few rules; plain data. */
export interface SegmentDescription {
  readonly rowCount: number;
  /** Share of the rows whose segment the rules name: how far the words can be trusted. Counted on the rows that were described. */
  readonly fidelity: number;
  /** Share of the largest segment: the fidelity of naming it for every row. */
  readonly baseline: number;
  /** One entry for each segment number from 0 to the largest that occurs. */
  readonly segments: readonly DescribedSegment[];
  /** Columns that no rule could ask for: timestamps, and category columns all of whose texts are rarer than `minRows`. */
  readonly leftOut: readonly string[];
}

const DESCRIBE_SEGMENTS_OPTIONS = {
  columns: { kind: "names" },
  maxDepth: { kind: "integer", min: 1, max: 8, default: 3 },
  minRows: { kind: "integer", min: 1 },
  balanced: { kind: "boolean", default: false },
} as const;

/**
 * Describes segments by a few rules that can be read aloud, and says how well they fit: a shallow classification tree (CART by Gini
 * impurity; Breiman, Friedman, Olshen and Stone 1984) that tells the segments apart.
 *
 * Every boundary between two values of a column is tried; a threshold is the number with the fewest digits that parts the values alike.
 * Category columns are asked one category at a time, the 20 most frequent that at least `minRows` rows have. Missing values are a side
 * of their own in each split, the one that parts better, and are never filled. Equally good splits: the first column, the lowest threshold.
 *
 * Rules describe, they do not define: a customer belongs to the segment of the clustering, whatever a rule says.
 *
 * @param segments - one segment number (from 0) for each row of the table
 * @throws ClienteleError `lengthMismatch` for another number of segments than rows, `unknownColumn` for a name that is not there, `tooFewRows`
 * without rows, `nonFinite` for an infinite number, `invalidInput` for a segment that is no whole number from 0 to 65535 or where no column can be used.
 * @remarks rows · features operations for each level, and a sort of each feature once.
 * @example
 * ```ts
 * import { tableFromColumns } from "clientele/data";
 * import { describeSegments } from "clientele/segmentation";
 *
 * const table = tableFromColumns({ spend: [10, 30, 20, 75, 70, 80], plan: ["basic", "pro", "pro", "basic", "pro", "pro"] });
 * const { fidelity, segments } = describeSegments(table, [0, 0, 0, 1, 2, 2]);
 * console.log(segments.map(({ text }) => text)); // ["spend ≤ 50", "spend > 50 and plan is basic", "spend > 50 and plan is not basic"]
 * console.log(fidelity); // 1
 * ```
 */
export function describeSegments(table: Table, segments: ArrayLike<number>, options?: DescribeSegmentsOptions): SegmentDescription {
  return runToEnd(checkedSteps("describeSegments", table, segments, options));
}

/**
 * {@link describeSegments} in slices, for `runCooperatively`: the same rules. Reading and sorting the columns is one slice,
 * and so is each split (0.1 s each for 20 columns of 100,000 rows).
 *
 * @throws ClienteleError as {@link describeSegments}; wrong arguments are refused at once.
 */
export function describeSegmentsSteps(table: Table, segments: ArrayLike<number>, options?: DescribeSegmentsOptions): Steps<SegmentDescription> {
  return checkedSteps("describeSegmentsSteps", table, segments, options);
}

function checkedSteps(caller: string, table: Table, segments: ArrayLike<number>, options: DescribeSegmentsOptions | undefined): Steps<SegmentDescription> {
  checkTable(caller, "table", table);
  const { columns, maxDepth, balanced, minRows = Math.max(1, Math.floor(table.rowCount / 100)) } = readOptions(caller, options, DESCRIBE_SEGMENTS_OPTIONS);
  checkRowCount(caller, "table", table.rowCount, 1);
  const sizes = rowsBySegment(caller, segments, table.rowCount).map(({ length }) => length);
  const features = readRuleFeatures(caller, table, columnNames(caller, table, columns, "columns"), minRows);
  if (features.features.length === 0) {
    const rule = "a number or boolean column, or a category column with a frequent text";
    throw new ClienteleError("invalidInput", `columns must hold at least ${rule}`, { caller, parameter: "columns", rule });
  }
  return describeSteps(features, Int32Array.from(segments), sizes, { maxDepth, balanced, minRows });
}

interface TreeShape {
  readonly maxDepth: number;
  readonly balanced: boolean;
  readonly minRows: number;
}

function* describeSteps({ features, values, leftOut }: RuleFeatures, segments: Int32Array, sizes: readonly number[], { maxDepth, balanced, minRows }: TreeShape): Steps<SegmentDescription> {
  const rowCount = segments.length;
  const rows = {
    values,
    rowCount,
    featureCount: features.length,
    classes: segments,
    classCount: sizes.length,
    weights: Float64Array.from(segments, (segment) => (balanced ? rowCount / sizes[segment]! : 1)),
  };
  const order = presortRows(values, rowCount, features.length, positionIds(rowCount));
  yield { phase: "sorting columns", done: features.length, total: features.length };
  const tree = yield* growTreeSteps(rows, order, { maxDepth, maxLeaves: Infinity, minSplitRows: 2, minLeafRows: minRows, minGain: 0 });

  const paths = rulePaths(tree, (node) => heaviestClass(tree, node));
  const thresholds = tree.threshold.map((threshold, node) => {
    const feature = tree.feature[node]!;
    return feature < 0 || features[feature]!.type !== "number" || threshold === Infinity ? threshold : roundThreshold(values.subarray(feature * rowCount, (feature + 1) * rowCount), threshold);
  });
  const { covered, right } = countRows(tree, paths, values, segments);
  const rules = paths.map((path, i): SegmentRule => {
    const segment = heaviestClass(tree, path.node);
    const conditions = conditionsOf(path, tree, features, thresholds);
    const text = conditions.length === 0 ? "every row" : conditions.map(conditionText).join(" and ");
    return { segment, conditions, text, rowCount: covered[i]!, precision: right[i]! / covered[i]!, recall: right[i]! / sizes[segment]! };
  });
  return {
    rowCount,
    fidelity: right.reduce((sum, count) => sum + count, 0) / rowCount,
    baseline: Math.max(...sizes) / rowCount,
    segments: sizes.map((size, segment) => describeOne(segment, size, rules)),
    leftOut,
  };
}

/** Rows that meet each rule, and how many of them are of its segment. */
function countRows(tree: ClassificationTree, paths: readonly RulePath[], values: Float64Array, segments: Int32Array): { covered: Int32Array; right: Int32Array } {
  const rowCount = segments.length;
  const leaves = new Int32Array(rowCount);
  findLeaves(tree, values, rowCount, 1, rowCount, leaves);
  const ruleOf = new Int32Array(tree.feature.length).fill(-1);
  paths.forEach(({ node }, i) => (ruleOf[node] = i));
  // Parents stand before their children: those below the node of a rule belong to it.
  tree.feature.forEach((feature, node) => {
    if (feature < 0 || ruleOf[node]! < 0) return;
    ruleOf[tree.left[node]!] = ruleOf[node]!;
    ruleOf[tree.right[node]!] = ruleOf[node]!;
  });
  const covered = new Int32Array(paths.length);
  const right = new Int32Array(paths.length);
  const segmentOf = paths.map(({ node }) => heaviestClass(tree, node));
  leaves.forEach((leaf, row) => {
    const rule = ruleOf[leaf]!;
    covered[rule]!++;
    if (segmentOf[rule] === segments[row]) right[rule]!++;
  });
  return { covered, right };
}

function describeOne(segment: number, size: number, all: readonly SegmentRule[]): DescribedSegment {
  const rules = all.filter((rule) => rule.segment === segment).sort((a, b) => b.recall - a.recall);
  const rowCount = rules.reduce((sum, rule) => sum + rule.rowCount, 0);
  const right = rules.reduce((sum, rule) => sum + Math.round(rule.precision * rule.rowCount), 0);
  return {
    segment,
    size,
    rules,
    precision: rowCount === 0 ? null : right / rowCount,
    recall: size === 0 ? null : right / size,
    text: rules.length === 0 ? null : rules.map(({ text }) => text).join("; or "),
  };
}
