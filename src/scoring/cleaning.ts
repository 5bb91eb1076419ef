import { cleanTable, type CleaningResult } from "../cleaning/apply";
import { cleaningFromSpec, type CleaningModel } from "../cleaning/model";
import type { Table } from "../data/table";
import type { CleaningReader, CleaningStage } from "./part";

export { cleaningFromSpec, type CleaningModel } from "../cleaning/model";

/** Reads the cleaning of a saved pipeline, for {@link pipelineFromSpec}. */
export const cleaningReader: CleaningReader = {
  part: "cleaning",
  kind: "cleaning",
  read: (value) => cleaningStage(cleaningFromSpec(value)),
};

export function cleaningStage(model: CleaningModel): CleaningStage {
  return { model, clean: cleanForScoring };
}

/**
 * Conversions and fills of the columns that are scored. Duplicates stay, because each row asks for its own score;
 * other columns are passed over, because a customer to be scored has no label and may have no id.
 */
function cleanForScoring(caller: string, table: Table, { plan, fills }: CleaningModel, columns: ReadonlySet<string>): CleaningResult {
  const isScored = ({ column }: { readonly column: string }): boolean => columns.has(column);
  const scored = { convert: plan.convert.filter(isScored), duplicates: undefined, missing: plan.missing.filter(isScored) };
  return cleanTable(caller, table, scored, fills.filter(isScored));
}
