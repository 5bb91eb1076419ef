import { checkTable, type Table } from "../data/table";
import { convertTable, keepRows } from "./apply";
import { fitFill } from "./impute/fill-value";
import { CleaningModel } from "./model";
import { checkPlan, type CleaningPlan } from "./plan";

/**
 * Finds out what a cleaning plan needs to know from data (the values that missing cells are filled with),
 * so that the same cleaning can be applied to this table and to later ones.
 *
 * Fit on the rows a model is trained on and apply to others: nothing of the others enters the fills.
 * Means, medians (type 7 of Hyndman and Fan 1996) and modes are computed after conversions and duplicates;
 * of equally frequent values the mode is the smallest number, the first text in code-unit order, or false.
 * A column without any value is kept and has the status `"allMissing"`: it is not filled, unless with a constant.
 * Sorting makes the median n log n; all else is linear.
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
export function fitCleaning(table: Table, plan: CleaningPlan): CleaningModel {
  const caller = "fitCleaning";
  checkTable(caller, "table", table);
  const checked = checkPlan(caller, plan);
  const converted = convertTable(caller, table, checked);
  const kept = keepRows(converted.table, converted.stays);
  return new CleaningModel({ plan: checked, fills: checked.missing.map((rule) => fitFill(caller, kept, rule)) });
}
