import { isReading, type CleaningRule } from "../cleaning/cleaning-rule";
import { listCells } from "../cleaning/column-changes";
import type { CleaningTools } from "../cleaning/convert/tools";
import { hasFeedback } from "../cleaning/plan-columns";
import { cleanInOrder, partsOf, type StepCode } from "../cleaning/step-order";
import { WorkingTable } from "../cleaning/working-table";
import type { Table } from "../data/table";
import { runToEnd } from "../steps/steps";
import type { CleaningScope } from "./cleaning-scope";
import type { ScoringCleaning } from "./part";

/** The part of a cleaning that a scorer needs, with the code that it takes. */
export function scopedCleaning(scope: CleaningScope, code: StepCode, tools: CleaningTools): ScoringCleaning {
  const { plan, inputs } = scope;
  const parts = partsOf(scope);
  const context = { related: new Map<string, Table>(), tools };
  const mayRepeat = hasFeedback(plan);
  const isChange = (rule: CleaningRule): boolean => !isReading(rule);
  return {
    inputs,
    conversions: plan.convert,
    clean: (caller: string, table: Table) => {
      const work = new WorkingTable(caller, table);
      runToEnd(cleanInOrder(work, plan, parts, context, code, mayRepeat));
      return { table: work.cleaned(), reasons: work.reasons, changes: listCells(work.changes(isChange), table.rowIds, isChange) };
    },
  };
}
