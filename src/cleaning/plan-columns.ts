import type { CheckedConversion } from "./convert/plan";
import type { CheckedPlan } from "./plan";
import { columnsOfRule } from "./rules/describe-rule";

/** The column that a conversion writes. */
export function conversionTarget(conversion: CheckedConversion): string {
  return conversion.to === "matchKey" ? conversion.as : conversion.column;
}

/** A column that a step of a plan makes. */
export interface CreatedColumn {
  readonly column: string;
  /** Where the plan names it. */
  readonly parameter: string;
  /** Whether later steps may read it: keys are made first, marks and derived columns last. */
  readonly mayBeRead: boolean;
}

export function createdColumns({ convert, outliers, missing, derive }: CheckedPlan): CreatedColumn[] {
  return [
    ...convert.flatMap((item, i) => (item.to === "matchKey" ? [{ column: item.as, parameter: `convert[${i}].as`, mayBeRead: true }] : [])),
    ...outliers.flatMap(({ flag }, i) => (flag === undefined ? [] : [{ column: flag, parameter: `outliers[${i}].flag`, mayBeRead: false }])),
    ...missing.flatMap(({ indicator }, i) => (indicator === undefined ? [] : [{ column: indicator, parameter: `missing[${i}].indicator`, mayBeRead: false }])),
    ...derive.map(({ column }, i) => ({ column, parameter: `derive[${i}].column`, mayBeRead: false })),
  ];
}

/** Every column that a step before the derived ones reads. */
export function columnsReadBy({ convert, placeholders, rules, duplicates, outliers, missing }: CheckedPlan): Set<string> {
  return new Set([
    ...convert.map(({ column }) => column),
    ...placeholders.map(({ column }) => column),
    ...rules.flatMap((rule) => columnsOfRule(rule)),
    ...(duplicates === undefined ? [] : [...duplicates.key, ...duplicates.fields.map(({ column }) => column), ...[duplicates.orderBy ?? [], duplicates.sources?.column ?? []].flat()]),
    ...outliers.map(({ column }) => column),
    ...missing.flatMap(({ column, by }) => [column, ...by]),
  ]);
}

/**
 * Whether a step of the plan writes what an earlier step judges: then one pass may leave something that a second one would change,
 * as a filled value that breaks a rule, or a repair that sees a filled cell.
 */
export function hasFeedback({ convert, placeholders, rules, duplicates, outliers, missing, derive }: CheckedPlan): boolean {
  const acting = rules.filter(({ onViolation }) => onViolation !== "report");
  const emptied = acting.flatMap((rule) => (rule.onViolation === "missing" ? [...columnsOfRule(rule)] : []));
  const merged = duplicates?.fields.map(({ column }) => column) ?? [];
  const clipped = outliers.flatMap(({ column, action }) => (action === "clip" ? [column] : []));
  const filled = missing.flatMap(({ column, fill }) => (fill === "quarantine" ? [] : [column]));
  const judgedByRules = new Set(acting.flatMap((rule) => columnsOfRule(rule)));
  const judgedByValue = new Set([
    ...convert.flatMap((item) => (item.to === "matchKey" || item.missing.some(isNumberText) ? [item.column] : [])),
    ...placeholders.flatMap(({ column, values }) => (values.some((value) => isNumberText(String(value))) ? [column] : [])),
    ...outliers.map(({ column }) => column),
  ]);
  return (
    (duplicates?.fillGaps === true && (acting.length > 0 || convert.some(({ to }) => to === "matchKey"))) ||
    [...emptied, ...merged, ...clipped, ...filled, ...derive.map(({ column }) => column)].some((column) => judgedByRules.has(column)) ||
    [...merged, ...filled].some((column) => judgedByValue.has(column))
  );
}

/** A fill that is computed may happen to be a number that the plan declares missing; a text it cannot be. */
function isNumberText(text: string): boolean {
  return text.trim() !== "" && !Number.isNaN(Number(text));
}
