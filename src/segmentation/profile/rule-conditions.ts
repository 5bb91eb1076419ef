import type { ClassificationTree } from "../../numeric/tree/tree";
import type { RuleFeature } from "./rule-features";

/** Whether rows meet a condition in which the column is missing: never, too, or only those. */
export type MissingInRule = "excluded" | "included" | "only";

/** What a rule asks of one column; a row must meet all conditions of a rule. */
export type RuleCondition =
  | {
      readonly type: "number";
      readonly column: string;
      /** The value is larger than this; `null` for no lower bound. */
      readonly above: number | null;
      /** The value is at most this; `null` for no upper bound. */
      readonly upTo: number | null;
      readonly missing: MissingInRule;
    }
  | {
      readonly type: "boolean";
      readonly column: string;
      /** `null` where only missing or not missing is asked. */
      readonly is: boolean | null;
      readonly missing: MissingInRule;
    }
  | {
      readonly type: "category";
      readonly column: string;
      /** The category; `null` where only others are ruled out. */
      readonly is: string | null;
      readonly isNot: readonly string[];
      readonly missing: MissingInRule;
    };

/** A leaf of the tree, or a branch whose leaves all name one segment, with the splits that lead to it. */
export interface RulePath {
  readonly node: number;
  readonly steps: readonly PathStep[];
}

/** One split on the way to a leaf. */
interface PathStep {
  readonly node: number;
  readonly isLeft: boolean;
}

/** The leaves in the order left to right, branches of one segment cut short. */
export function rulePaths(tree: ClassificationTree, segmentOf: (node: number) => number): RulePath[] {
  const visit = (node: number, steps: readonly PathStep[]): RulePath[] => {
    if (tree.feature[node]! < 0) return [{ node, steps }];
    const left = visit(tree.left[node]!, [...steps, { node, isLeft: true }]);
    const right = visit(tree.right[node]!, [...steps, { node, isLeft: false }]);
    const [first, second] = [left[0]!, right[0]!];
    const isOne = left.length === 1 && right.length === 1 && segmentOf(first.node) === segmentOf(second.node);
    return isOne ? [{ node, steps }] : [...left, ...right];
  };
  return visit(0, []);
}

/** What the splits of a path ask, one condition for each column, in the order in which the tree first asks for it. */
export function conditionsOf({ steps }: RulePath, tree: ClassificationTree, features: readonly RuleFeature[], thresholds: Float64Array): RuleCondition[] {
  const columns = new Map<string, (PathStep & { readonly feature: RuleFeature })[]>();
  for (const step of steps) {
    const feature = features[tree.feature[step.node]!]!;
    columns.set(feature.column, [...(columns.get(feature.column) ?? []), { ...step, feature }]);
  }
  return [...columns].map(([column, asked]): RuleCondition => {
    const { type, hasMissing } = asked[0]!.feature;
    const missing = missingInRule(asked, tree, hasMissing);
    const known = asked.filter(({ node }) => tree.threshold[node]! < Infinity);
    if (type === "number") {
      const above = Math.max(...known.map(({ node, isLeft }) => (isLeft ? -Infinity : thresholds[node]!)));
      const upTo = Math.min(...known.map(({ node, isLeft }) => (isLeft ? thresholds[node]! : Infinity)));
      return { type, column, above: above === -Infinity ? null : above, upTo: upTo === Infinity ? null : upTo, missing };
    }
    if (type === "boolean") return { type, column, is: known[0] === undefined ? null : !known[0].isLeft, missing };
    const categories = known.map(({ isLeft, feature }) => ({ isLeft, category: feature.type === "category" ? feature.category : "" }));
    const is = categories.find(({ isLeft }) => !isLeft)?.category ?? null;
    return { type, column, is, isNot: is === null ? categories.map(({ category }) => category) : [], missing };
  });
}

/** Missing rows meet a condition if every split sent them this way; a way that only they went is one of the split "known or missing". */
function missingInRule(asked: readonly PathStep[], tree: ClassificationTree, hasMissing: boolean): MissingInRule {
  if (!hasMissing || asked.some(({ node, isLeft }) => (tree.missingLeft[node] === 1) !== isLeft)) return "excluded";
  return asked.some(({ node, isLeft }) => tree.threshold[node] === Infinity && !isLeft) ? "only" : "included";
}

/** A double has at most this many decimal digits. */
const MOST_DIGITS = 17;

/**
 * The roundest number that parts the values as `threshold` does, at or above the largest value up to it and below the smallest one beyond it:
 * the multiple of the largest power of ten, and of several the nearest to the threshold.
 */
export function roundThreshold(values: Float64Array, threshold: number): number {
  let below = -Infinity;
  let above = Infinity;
  for (const value of values) {
    if (value <= threshold) below = Math.max(below, value);
    else if (value > threshold) above = Math.min(above, value);
  }
  const largest = Math.max(Math.abs(below), Math.abs(above));
  if (below <= 0 && above > 0) return 0;
  const exponent = Number(largest.toExponential().split("e")[1]) + 1;
  for (let digits = 0; digits <= MOST_DIGITS; digits++) {
    const power = exponent - digits;
    const nearest = Math.max(Math.ceil(shiftPoint(below, -power)), Math.round(shiftPoint(threshold, -power)));
    for (const multiple of [nearest, nearest - 1]) {
      const rounded = shiftPoint(multiple, power);
      if (rounded >= below && rounded < above) return rounded;
    }
  }
  return threshold;
}

/** value · 10^places, through its text: rounded once. */
function shiftPoint(value: number, places: number): number {
  const [digits, exponent = "0"] = String(value).split("e");
  return Number(`${digits!}e${Number(exponent) + places}`);
}

/** A condition in words: `income > 52000`, `plan is not basic`, `age is missing`. */
export function conditionText(condition: RuleCondition): string {
  const { column, missing } = condition;
  if (missing === "only") return `${column} is missing`;
  const asked = askedText(condition);
  if (asked === undefined) return `${column} is known`;
  return missing === "included" ? `(${asked} or missing)` : asked;
}

function askedText(condition: RuleCondition): string | undefined {
  const { column } = condition;
  if (condition.type === "number") {
    const { above, upTo } = condition;
    if (above !== null && upTo !== null) return `${above} < ${column} ≤ ${upTo}`;
    if (above !== null) return `${column} > ${above}`;
    return upTo === null ? undefined : `${column} ≤ ${upTo}`;
  }
  if (condition.type === "boolean") return condition.is === null ? undefined : `${column} is ${condition.is}`;
  if (condition.is !== null) return `${column} is ${condition.is}`;
  return condition.isNot.length === 0 ? undefined : `${column} is not ${condition.isNot.join(" or ")}`;
}
