import { rowsAt } from "../data/table";
import type { Progress, Steps } from "../steps/steps";
import { convertStep } from "./convert/step";
import { mergeStep, repeatedRowsStep } from "./deduplicate/step";
import { deriveStep } from "./derive/step";
import type { FittedFill } from "./impute/fitted-fill";
import { fillStep, placeholderStep } from "./impute/step";
import type { FillSummary } from "./impute/summary";
import type { CleaningContext } from "./options";
import type { OutlierSummary } from "./outliers/summary";
import type { FittedLimits } from "./outliers/fitted-limits";
import { outlierStep } from "./outliers/step";
import type { CheckedPlan } from "./plan";
import { hasFeedback } from "./plan-columns";
import { countRules, type ConversionSummary, type RepeatedRows } from "./report";
import type { CleaningResult } from "./result";
import type { FittedRule } from "./rules/fitted-rules";
import { RuleSteps } from "./rules/step";
import type { RuleSummary } from "./rules/quality-gate";
import type { WorkingTable } from "./working-table";

/** The fitted values, when their step is reached: a fit finds them then, a model has them. */
export interface FittedParts {
  readonly rules: () => readonly FittedRule[];
  readonly limits: (i: number) => FittedLimits;
  readonly fill: (i: number) => FittedFill;
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
 */
export function* cleanInOrder(work: WorkingTable, plan: CheckedPlan, parts: FittedParts, context: CleaningContext): Steps<StepSummaries> {
  const first = yield* runPass(work, plan, parts, context);
  if (!hasFeedback(plan)) return first;
  for (let pass = 2; ; pass++) {
    const mark = work.mark();
    yield* runPass(work, plan, parts, context);
    if (work.isAsAt(mark)) return first;
    // Every round from here on takes rows out, so there is an end.
    if (pass >= MAX_PASSES) work.setAsideSince(mark);
  }
}

function* runPass(work: WorkingTable, plan: CheckedPlan, parts: FittedParts, { related, tools }: CleaningContext): Steps<StepSummaries> {
  const { convert, placeholders, duplicates, repeatedRows, outliers, missing, derive } = plan;
  const total = convert.length + placeholders.length + outliers.length + missing.length + derive.length + 3;
  let done = 0;
  const progress = (phase: string): Progress => ({ phase, done: done++, total });

  const conversions: ConversionSummary[] = [];
  for (const conversion of convert) {
    yield progress("convert");
    conversions.push(convertStep(work, conversion, tools));
  }
  for (const rule of placeholders) {
    yield progress("placeholders");
    placeholderStep(work, rule);
  }
  yield progress("rules");
  const rules = new RuleSteps(work, parts.rules(), related);
  rules.repair();
  rules.judgeRows();
  yield progress("duplicates");
  const repeated = repeatedRowsStep(work, repeatedRows);
  if (duplicates !== undefined) mergeStep(work, duplicates);
  yield progress("rules");
  rules.judgeTable();

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
    deriveStep(work, derived);
  }
  return { conversions, rules: rules.summaries, repeatedRows: repeated, outliers: outlierSummaries, fills };
}

/** The outcome of the steps: the rows that stay, those that do not, and the report. */
export function cleaningResult(work: WorkingTable, summaries: StepSummaries): CleaningResult {
  const { input, isActive, mergedInto, reasons } = work;
  const mergedRows = work.positions((row) => mergedInto[row]! >= 0);
  const setAside = work.positions((row) => isActive[row] === 0 && mergedInto[row]! < 0);
  const into = mergedRows.map((row) => work.survivorOf(row));
  const table = work.cleaned();
  const changes = work.changes();
  const statuses = new Set(summaries.rules.map(({ status }) => status));
  return {
    table,
    quarantined: { table: rowsAt(input, setAside), rows: setAside, reasons },
    merged: { table: rowsAt(input, mergedRows), rows: mergedRows, into },
    report: {
      rowsIn: input.rowCount,
      rowsOut: table.rowCount,
      rowsQuarantined: setAside.length,
      rowsMerged: mergedRows.length,
      rowIds: input.rowIds,
      addedColumns: [...work.added],
      ...summaries,
      gate: statuses.has("stopped") ? "stopped" : statuses.has("warned") ? "warned" : "passed",
      changes,
      quarantined: reasons,
      merged: { rowIds: Array.from(mergedRows, (row) => input.rowIds[row]!), into: Array.from(into, (row) => input.rowIds[row]!) },
      counts: countRules(reasons, changes),
    },
  };
}
