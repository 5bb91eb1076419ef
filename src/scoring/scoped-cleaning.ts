import { isReading } from "../cleaning/cleaning-rule";
import { listCells } from "../cleaning/column-changes";
import type { CleaningTools } from "../cleaning/convert/tools";
import { cleanInOrder, partsOf, type StepCode } from "../cleaning/step-order";
import { WorkingTable } from "../cleaning/working-table";
import type { Table } from "../data/table";
import { runToEnd } from "../steps/steps";
import type { CleaningScope } from "./cleaning-scope";
import type { ScoringCleaning } from "./part";

/** The part of a cleaning that a scorer needs, with the code that it takes. */
export function scopedCleaning(scope: CleaningScope, code: StepCode, tools: CleaningTools): ScoringCleaning {
  return {
    inputs: scope.inputs,
    conversions: scope.plan.convert,
    clean: (caller: string, table: Table) => {
      const work = new WorkingTable(caller, table);
      runToEnd(cleanInOrder(work, scope.plan, partsOf(scope), { related: new Map(), tools }, code));
      return { table: work.cleaned(), reasons: work.reasons, changes: listCells(work.changes(), table.rowIds, (rule) => !isReading(rule)) };
    },
  };
}
