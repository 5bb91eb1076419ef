import { checkTable, type Table } from "../data/table";
import { cleanTable, type CleaningResult } from "./apply";
import type { FittedFill } from "./impute/fitted-fill";
import type { CheckedPlan } from "./plan";
import { readCleaningSpec, writeCleaningSpec, type CleaningSpec } from "./spec";

/** What a cleaning needs to be applied: the plan, and what was found on the table of the fit. */
export interface CleaningParameters {
  readonly plan: CheckedPlan;
  /** One for each entry of `plan.missing`, in its order. */
  readonly fills: readonly FittedFill[];
}

/** A cleaning that was fitted once and is applied to any table with the columns of its plan. */
export class CleaningModel {
  /** The plan with its defaults filled in. */
  readonly plan: CheckedPlan;
  /** The values that missing cells are filled with. */
  readonly fills: readonly FittedFill[];

  constructor({ plan, fills }: CleaningParameters) {
    this.plan = plan;
    this.fills = fills;
  }

  /**
   * Cleans a table: conversions, then duplicates, then missing values.
   *
   * The input stays as it is; unchanged columns are shared with it. Applied to its own result, the model changes nothing.
   *
   * @throws ClienteleError `unknownColumn` for a column that is not there, `featureMismatch` for one of another type than at the fit,
   * `invalidInput` for a text that cannot be converted where the plan says `onFailure: "error"`.
   * @example
   * ```ts
   * import { fitCleaning } from "clientele/cleaning";
   * import { cellsFromTable, tableFromColumns } from "clientele/data";
   *
   * const model = fitCleaning(tableFromColumns({ age: [20, 40, 60] }), { missing: [{ column: "age", fill: "mean" }] });
   * const { table } = model.apply(tableFromColumns({ age: [30, null] }));
   * console.log(cellsFromTable(table, "age")); // [30, 40]
   * ```
   */
  apply(table: Table): CleaningResult {
    const caller = "CleaningModel.apply";
    checkTable(caller, "table", table);
    return cleanTable(caller, table, this.plan, this.fills);
  }

  /** The saved form: `JSON.stringify(model)` writes it, {@link cleaningFromSpec} reads it. */
  toJSON(): CleaningSpec {
    return writeCleaningSpec(this);
  }
}

/**
 * Makes a cleaning model of its saved form, which may come from anywhere: every field is checked.
 *
 * @param value - parsed JSON
 * @throws ClienteleError `invalidSpec` naming the field that is wrong.
 * @example
 * ```ts
 * import { cleaningFromSpec, fitCleaning } from "clientele/cleaning";
 * import { tableFromColumns } from "clientele/data";
 *
 * const model = fitCleaning(tableFromColumns({ age: [20, 40] }), { missing: [{ column: "age", fill: "mean" }] });
 * const saved = JSON.stringify(model);
 * console.log(cleaningFromSpec(JSON.parse(saved)).fills[0]?.value); // 30
 * ```
 */
export function cleaningFromSpec(value: unknown): CleaningModel {
  return new CleaningModel(readCleaningSpec("cleaningFromSpec", value));
}
