import { findConversionConflict } from "./convert/conflict";
import { findDuplicateConflict } from "./deduplicate/plan";
import { findDeriveConflict } from "./derive/plan";
import { findFillConflict, findPlaceholderConflict } from "./impute/plan";
import { findOutlierConflict } from "./outliers/plan";
import type { CheckedPlan } from "./plan";
import { findFirst, findRepeated, type PlanConflict } from "./plan-conflict";
import { columnsReadBy, conversionTarget, createdColumns } from "./plan-columns";
import { findRuleConflict } from "./rules/rule-conflicts";

/** The first contradiction within a plan; the same for a plan that a person wrote and for one in a saved model. */
export function findPlanConflict(plan: CheckedPlan): PlanConflict | undefined {
  const { convert, placeholders, rules, duplicates, outliers, missing, derive } = plan;
  return (
    findRepeated("convert", convert.map(conversionTarget)) ??
    findFirst(convert, (item, i) => findConversionConflict(item, `convert[${i}]`)) ??
    findRepeated("placeholders", placeholders.map(({ column }) => column)) ??
    findFirst(placeholders, (item, i) => findPlaceholderConflict(item, `placeholders[${i}]`)) ??
    findFirst(rules, (item, i) => findRuleConflict(item, `rules[${i}]`)) ??
    (duplicates === undefined ? undefined : findDuplicateConflict(duplicates, "duplicates")) ??
    findRepeated("outliers", outliers.map(({ column }) => column)) ??
    findFirst(outliers, (item, i) => findOutlierConflict(item, `outliers[${i}]`) ?? keyConflict(plan, item.column, item.action === "clip", `outliers[${i}]`)) ??
    findRepeated("missing", missing.map(({ column }) => column)) ??
    findFirst(missing, (item, i) => {
      const path = `missing[${i}]`;
      // Two filled keys would be equal: rows of different customers would be merged the next time.
      return findFillConflict(item, path) ?? keyConflict(plan, item.column, item.fill !== "quarantine", path) ?? placeholderConflict(plan, i);
    }) ??
    findDeriveConflict(derive, "derive") ??
    findFirst(derive, ({ column }, i) => keyConflict(plan, column, true, `derive[${i}]`)) ??
    createdConflict(plan)
  );
}

function keyConflict({ duplicates }: CheckedPlan, column: string, isWritten: boolean, path: string): PlanConflict | undefined {
  if (!isWritten || duplicates?.key.includes(column) !== true) return undefined;
  return { parameter: `${path}.column`, rule: `no key of duplicates; ${JSON.stringify(column)} is one, and an invented key would match others`, column };
}

/** A constant that the plan itself declares missing would be emptied again. */
function placeholderConflict({ convert, placeholders, missing }: CheckedPlan, i: number): PlanConflict | undefined {
  const { column, value } = missing[i]!;
  if (value === undefined) return undefined;
  const text = String(value).trim();
  const isDeclared = convert.some((item) => item.column === column && item.missing.some((declared) => declared.trim() === text));
  if (isDeclared) return { parameter: `missing[${i}].value`, rule: "no text that the conversion of the column declares missing", column };
  const isPlaceholder = placeholders.some((item) => item.column === column && item.values.some((declared) => String(declared).trim().toLowerCase() === text.toLowerCase()));
  return isPlaceholder ? { parameter: `missing[${i}].value`, rule: "no value that placeholders of the column declare missing", column } : undefined;
}

/** Columns that a step makes (marks, keys, derived columns) are made once, and not by what comes before it. */
function createdConflict(plan: CheckedPlan): PlanConflict | undefined {
  const created = createdColumns(plan);
  const seen = new Set<string>();
  const read = columnsReadBy(plan);
  return findFirst(created, ({ column, parameter, mayBeRead }) => {
    if (seen.has(column)) return { parameter, rule: `a name of its own; ${JSON.stringify(column)} is made twice`, column };
    seen.add(column);
    if (mayBeRead || !read.has(column)) return undefined;
    return { parameter, rule: `a column that no other step of the plan reads; ${JSON.stringify(column)} is read before it is made`, column };
  });
}
