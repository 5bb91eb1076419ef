import { cleaningResult, cleanInOrder } from "../cleaning/apply";
import { listChanges } from "../cleaning/explain";
import { cleaningFromSpec, partsOf, type CleaningModel } from "../cleaning/model";
import { WorkingTable } from "../cleaning/working-table";
import type { ColumnType } from "../data/column";
import type { Table } from "../data/table";
import { runToEnd } from "../steps/steps";
import { scopeOf, type CleaningScope } from "./cleaning-scope";
import type { CleaningReader, CleaningStage, ScoringCleaning } from "./part";

export { cleaningFromSpec, type CleaningModel } from "../cleaning/model";

/** Reads the cleaning of a saved pipeline, for {@link pipelineFromSpec}. */
export const cleaningReader: CleaningReader = {
  part: "cleaning",
  kind: "cleaning",
  read: (value) => cleaningStage(cleaningFromSpec(value)),
};

export function cleaningStage(model: CleaningModel): CleaningStage {
  return { model, scope: (columns: ReadonlyMap<string, ColumnType>) => scopedCleaning(scopeOf(model, columns), model) };
}

function scopedCleaning(scope: CleaningScope, model: CleaningModel): ScoringCleaning {
  return {
    inputs: scope.inputs,
    clean: (caller: string, table: Table) => {
      const work = new WorkingTable(caller, table);
      const { table: cleaned, quarantined, report } = cleaningResult(work, runToEnd(cleanInOrder(work, scope.plan, partsOf(scope), { related: new Map(), tools: model.tools })));
      return { table: cleaned, reasons: quarantined.reasons, changes: listChanges(report) };
    },
  };
}
