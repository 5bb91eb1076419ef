import type { Table } from "../data/table";
import type { Progress, Steps } from "../steps/steps";
import type { CheckedConversion } from "./convert/plan";
import type { CleaningTools } from "./convert/tools";
import type { CheckedDuplicateRule } from "./deduplicate/plan";
import type { CheckedDerivedColumn } from "./derive/plan";
import type { FittedFill } from "./impute/fitted-fill";
import type { CheckedPlaceholderRule } from "./impute/plan";
import { fillStep } from "./impute/step";
import type { FillSummary } from "./impute/summary";
import type { CleaningContext } from "./options";
import type { CleaningParameters } from "./model";
import type { FittedLimits } from "./outliers/fitted-limits";
import { outlierStep } from "./outliers/step";
import type { OutlierSummary } from "./outliers/summary";
import type { CheckedPlan } from "./plan";
import type { ConversionSummary, RepeatedRows } from "./report";
import type { FittedRule } from "./rules/fitted-rules";
import type { RuleSummary } from "./rules/quality-gate";
import type { RuleSteps } from "./rules/step";
import type { WorkingTable } from "./working-table";

/** The fitted values, when their step is reached: a fit finds them then, a model has them. */
export interface FittedParts {
  readonly rules: () => readonly FittedRule[];
  readonly limits: (i: number) => FittedLimits;
  readonly fill: (i: number) => FittedFill;
}

/** The fitted values of a model, for the steps. */
export function partsOf({ rules, limits, fills }: CleaningParameters): FittedParts {
  return { rules: () => rules, limits: (i) => limits[i]!, fill: (i) => fills[i]! };
}

/** The code of the steps that are large, so that a bundle holds those of its plans only. What is absent must be absent from the plan. */
export interface StepCode {
  readonly convert: (work: WorkingTable, conversion: CheckedConversion, tools: CleaningTools) => ConversionSummary;
  readonly placeholders: (work: WorkingTable, rule: CheckedPlaceholderRule) => void;
  readonly rules?: (work: WorkingTable, rules: readonly FittedRule[], related: ReadonlyMap<string, Table>) => RuleSteps;
  readonly repeatedRows?: (work: WorkingTable, policy: CheckedPlan["repeatedRows"]) => RepeatedRows;
  readonly merge?: (work: WorkingTable, rule: CheckedDuplicateRule) => void;
  readonly derive?: (work: WorkingTable, derived: CheckedDerivedColumn) => void;
}

/** What the steps did, apart from what the working table itself records. */
export interface StepSummaries {
  readonly conversions: readonly ConversionSummary[];
  readonly rules: readonly RuleSummary[];
  readonly repeatedRows: RepeatedRows;
  readonly outliers: readonly OutlierSummary[];
  readonly fills: readonly FillSummary[];
}

/** Enough for a repair that follows from a fill that follows from a repair. */
const MAX_PASSES = 5;

/**
 * Does the steps of a plan on a table, again where a later step wrote what an earlier one judges. Rows that are changed back and forth, as one
 * whose filled cell breaks the rule for which it was emptied, are set aside. The summaries are those of the first pass.
 *
 * @param mayRepeat - `hasFeedback(plan)`
 */
export function* cleanInOrder(work: WorkingTable, plan: CheckedPlan, parts: FittedParts, context: CleaningContext, code: StepCode, mayRepeat: boolean): Steps<StepSummaries> {
  const first = yield* runPass(work, plan, parts, context, code);
  if (!mayRepeat) return first;
  for (let pass = 2; ; pass++) {
    const mark = work.mark();
    yield* runPass(work, plan, parts, context, code);
    if (work.isAsAt(mark)) return first;
    // Every round from here on takes rows out, so there is an end.
    if (pass >= MAX_PASSES) work.setAsideSince(mark);
  }
}

function* runPass(work: WorkingTable, plan: CheckedPlan, parts: FittedParts, { related, tools }: CleaningContext, code: StepCode): Steps<StepSummaries> {
  const { convert, placeholders, duplicates, repeatedRows, outliers, missing, derive } = plan;
  const total = convert.length + placeholders.length + outliers.length + missing.length + derive.length + 3;
  let done = 0;
  const progress = (phase: string): Progress => ({ phase, done: done++, total });

  const conversions: ConversionSummary[] = [];
  for (const conversion of convert) {
    yield progress("convert");
    conversions.push(code.convert(work, conversion, tools));
  }
  for (const rule of placeholders) {
    yield progress("placeholders");
    code.placeholders(work, rule);
  }
  yield progress("rules");
  const rules = code.rules?.(work, parts.rules(), related);
  rules?.repair();
  rules?.judgeRows();
  yield progress("duplicates");
  const repeated = code.repeatedRows?.(work, repeatedRows);
  if (duplicates !== undefined) code.merge?.(work, duplicates);
  yield progress("rules");
  rules?.judgeTable();

  const outlierSummaries: OutlierSummary[] = [];
  for (const [i, rule] of outliers.entries()) {
    yield progress("outliers");
    outlierSummaries.push(outlierStep(work, rule, parts.limits(i)));
  }
  const fills: FillSummary[] = [];
  for (const [i, rule] of missing.entries()) {
    yield progress("missing values");
    fills.push(fillStep(work, rule, parts.fill(i)));
  }
  for (const derived of derive) {
    yield progress("derived columns");
    code.derive?.(work, derived);
  }
  return {
    conversions,
    rules: rules?.summaries ?? [],
    repeatedRows: repeated ?? { count: undefined, rows: new Int32Array(0), outcome: "kept" },
    outliers: outlierSummaries,
    fills,
  };
}
