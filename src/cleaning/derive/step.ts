import { computeColumn } from "../../formula/evaluate/derive-column";
import type { WorkingTable } from "../working-table";
import type { CheckedDerivedColumn } from "./plan";

/** Computes a derived column from the cleaned values. */
export function deriveStep(work: WorkingTable, { column, formula }: CheckedDerivedColumn): void {
  work.setColumn("derive", column, computeColumn(work.caller, formula, work.table), "derive");
}
