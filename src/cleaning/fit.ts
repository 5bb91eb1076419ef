import { checkTable, type Table } from "../data/table";
import { runToEnd, type Steps } from "../steps/steps";
import { cleanByPlan, cleaningResult } from "./apply";
import { fitFill } from "./impute/fit-fill";
import type { FittedFill } from "./impute/fitted-fill";
import { CleaningModel } from "./model";
import { readCleaningOptions, type CleaningOptions } from "./options";
import { fitLimits } from "./outliers/fit-limits";
import type { FittedLimits } from "./outliers/fitted-limits";
import { checkPlan, type CleaningPlan } from "./plan";
import type { CleaningResult } from "./result";
import { fitRules } from "./rules/fit";
import type { FittedRule } from "./rules/fitted-rules";
import type { FittedParts } from "./step-order";
import { WorkingTable } from "./working-table";

/** What {@link cleanTable} returns: the result of the cleaning, and the model that does the same to later tables. */
export interface FittedCleaning extends CleaningResult {
  readonly model: CleaningModel;
}

/**
 * Finds out what a cleaning plan needs to know from data (fills, limits of outliers, what most rows of a group have),
 * so that the same cleaning can be applied to this table and to later ones.
 *
 * Fit on the rows a model is trained on and apply to others: nothing of the others enters. Each step is fitted on what the steps before it
 * left. A column without any value is kept and its fill has the status `"allMissing"`. Sorting makes medians, quantiles and orders n log n;
 * all else is linear.
 *
 * @throws ClienteleError `unknownOption` or `invalidOption` for a plan that is not well formed or contradicts itself,
 * `unknownColumn` for a column the table does not have, `invalidInput` for a column of a type that its step cannot work on
 * and, with `onFailure: "error"`, for a text that cannot be converted (naming row and column, never the text).
 * @example
 * ```ts
 * import { fitCleaning } from "clientele/cleaning";
 * import { tableFromRecords } from "clientele/data";
 *
 * const customers = tableFromRecords([
 *   { id: "a", charges: "29.85" },
 *   { id: "b", charges: " " },
 *   { id: "b", charges: "70" },
 *   { id: "c", charges: "about 50" },
 * ]);
 * const model = fitCleaning(customers, {
 *   convert: [{ column: "charges", to: "number", missing: [""] }],
 *   duplicates: { key: ["id"], keep: "first" },
 *   missing: [{ column: "charges", fill: "mean" }],
 * });
 * const { table, quarantined, report } = model.apply(customers);
 * console.log(table.columns.get("charges")?.type); // "number"
 * console.log(report.rowsIn, report.rowsOut, report.rowsQuarantined, report.rowsMerged); // 4 2 1 1
 * console.log(quarantined.reasons.rules); // ["convert.notNumber"]
 * ```
 */
export function fitCleaning(table: Table, plan: CleaningPlan, options?: CleaningOptions): CleaningModel {
  return runToEnd(fitSteps("fitCleaning", table, plan, options)).model;
}

/** {@link fitCleaning} in slices: one for each step of the plan on each column. */
export function* cleaningSteps(table: Table, plan: CleaningPlan, options?: CleaningOptions): Steps<CleaningModel> {
  return (yield* fitSteps("fitCleaning", table, plan, options)).model;
}

/**
 * Fits a cleaning and applies it to the same table, in one pass: `fitCleaning(table, plan)` and `model.apply(table)` without doing the work twice.
 *
 * @throws ClienteleError as {@link fitCleaning}.
 * @example
 * ```ts
 * import { cleanTable } from "clientele/cleaning";
 * import { cellsFromTable, tableFromColumns } from "clientele/data";
 *
 * const { table, report, model } = cleanTable(tableFromColumns({ charges: ["29.85", " ", "70.15"] }), {
 *   convert: [{ column: "charges", to: "number", missing: [""] }],
 *   missing: [{ column: "charges", fill: "mean" }],
 * });
 * console.log(cellsFromTable(table, "charges")); // [29.85, 50, 70.15]
 * console.log(report.fills[0]?.filled, model.fills[0]?.value); // 1 50
 * ```
 */
export function cleanTable(table: Table, plan: CleaningPlan, options?: CleaningOptions): FittedCleaning {
  return runToEnd(cleanTableSteps(table, plan, options));
}

/** {@link cleanTable} in slices: one for each step of the plan on each column. */
export function* cleanTableSteps(table: Table, plan: CleaningPlan, options?: CleaningOptions): Steps<FittedCleaning> {
  const { model, result } = yield* fitSteps("cleanTable", table, plan, options);
  return { ...result(), model };
}

function* fitSteps(caller: string, table: Table, plan: CleaningPlan, options: CleaningOptions | undefined): Steps<{ readonly model: CleaningModel; readonly result: () => CleaningResult }> {
  checkTable(caller, "table", table);
  const checked = checkPlan(caller, plan);
  const context = readCleaningOptions(caller, options);
  const work = new WorkingTable(caller, table);
  let rules: readonly FittedRule[] | undefined;
  const limits: FittedLimits[] = [];
  const fills: FittedFill[] = [];
  // The first pass finds the values, and a second one, if the plan needs it, works with them as `apply` does.
  const parts: FittedParts = {
    rules: () => (rules ??= fitRules(caller, checked.rules, work.columns, work.isActive)),
    limits: (i) => (limits[i] ??= fitLimits(caller, checked.outliers[i]!, work.column(checked.outliers[i]!.column, "outliers"), work.isActive)),
    fill: (i) => (fills[i] ??= fitFill(caller, checked.missing[i]!, work.columns, work.isActive)),
  };
  const summaries = yield* cleanByPlan(work, checked, parts, context);
  return { model: new CleaningModel({ plan: checked, rules: rules ?? [], limits, fills }, context.tools), result: () => cleaningResult(work, summaries) };
}
