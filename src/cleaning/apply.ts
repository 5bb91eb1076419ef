import { rowsAt } from "../data/table";
import type { Steps } from "../steps/steps";
import { convertColumn } from "./convert/convert-column";
import { convertStep } from "./convert/step";
import { mergeStep, repeatedRowsStep } from "./deduplicate/step";
import { deriveStep } from "./derive/step";
import { placeholderStep } from "./impute/step";
import type { CleaningContext } from "./options";
import type { CheckedPlan } from "./plan";
import { hasFeedback } from "./plan-columns";
import { countRules } from "./report";
import type { CleaningResult } from "./result";
import { RuleSteps } from "./rules/step";
import { cleanInOrder, type FittedParts, type StepCode, type StepSummaries } from "./step-order";
import type { WorkingTable } from "./working-table";

const EVERY_STEP: StepCode = {
  convert: (work, conversion, tools) => convertStep(work, conversion, convertColumn(work.caller, work.table, conversion, tools)),
  placeholders: placeholderStep,
  rules: (work, rules, related) => new RuleSteps(work, rules, related),
  repeatedRows: repeatedRowsStep,
  merge: mergeStep,
  derive: deriveStep,
};

/** Does the steps of any plan on a table. */
export function cleanByPlan(work: WorkingTable, plan: CheckedPlan, parts: FittedParts, context: CleaningContext): Steps<StepSummaries> {
  return cleanInOrder(work, plan, parts, context, EVERY_STEP, hasFeedback(plan));
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
