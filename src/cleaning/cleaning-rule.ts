import type { ConversionRule } from "./convert/convert-column";
import type { FieldPolicy } from "./deduplicate/plan";
import type { FillMethod } from "./impute/plan";
import type { OutlierMethod } from "./outliers/plan";
import type { Rule } from "./rules/plan";

/** The steps of a cleaning, in the order in which they are done. */
export type CleaningStep = "convert" | "placeholders" | "repair" | "rules" | "merge" | "outliers" | "missing" | "derive";

/**
 * Why a cell was changed or its row set aside.
 *
 * - `convert.read`: the cell was written anew with the same meaning, as "29.85" to 29.85
 * - `convert.missingText` and the other rules of {@link ConversionRule}: a text that gave no value
 * - `placeholder`: the plan says that the value stands for "not known"
 * - `repair.dependency`, `repair.spelling`: put right by what most other rows have
 * - `rule.…`: the row breaks a rule of the plan of this kind
 * - `merge.…`: the merged row took the value from another one; `merge.gap` because it had none
 * - `outlier.…`: beyond the limits that this method gave
 * - `fill.…`: a missing cell was filled (`fill.quarantine`: its row was set aside); `fill.indicator`: the mark for it was set
 * - `derive`: computed by a formula
 * - `unsettled`: the steps of the plan change the row back and forth, as where a filled value breaks the rule for which the cell was emptied
 */
export type CleaningRule =
  | "convert.read"
  | ConversionRule
  | "placeholder"
  | "repair.dependency"
  | "repair.spelling"
  | `rule.${Rule["rule"]}`
  | `merge.${FieldPolicy | "gap"}`
  | `outlier.${OutlierMethod}`
  | `outlier.flag`
  | `fill.${FillMethod | "indicator"}`
  | "derive"
  | "unsettled";

/** Whether a rule leaves the meaning of a cell as it was. */
export function isReading(rule: CleaningRule): boolean {
  return rule === "convert.read";
}
