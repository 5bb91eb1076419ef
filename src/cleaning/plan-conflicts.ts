import type { CheckedConversion, CheckedPlan, FillRule } from "./plan";

/** A part of a plan that is well formed by itself and contradicts another part. */
export interface PlanConflict {
  readonly parameter: string;
  readonly rule: string;
  readonly column?: string | undefined;
}

/** The first contradiction within a plan; the same for a plan that a person wrote and for one in a saved model. */
export function findPlanConflict(plan: CheckedPlan): PlanConflict | undefined {
  const { convert, duplicates, missing } = plan;
  return (
    findRepeated("convert", convert) ??
    findFirst(convert, conversionConflict) ??
    (duplicates === undefined ? undefined : keyConflict(duplicates.key)) ??
    findRepeated("missing", missing) ??
    findFirst(missing, (rule, i) => fillConflict(rule, `missing[${i}]`, plan))
  );
}

function findFirst<Item>(items: readonly Item[], find: (item: Item, i: number) => PlanConflict | undefined): PlanConflict | undefined {
  for (const [i, item] of items.entries()) {
    const found = find(item, i);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findRepeated(parameter: string, items: readonly { readonly column: string }[]): PlanConflict | undefined {
  const seen = new Set<string>();
  return findFirst(items, ({ column }, i) => {
    if (seen.has(column)) return { parameter: `${parameter}[${i}].column`, rule: `a column named once; ${JSON.stringify(column)} is repeated`, column };
    seen.add(column);
    return undefined;
  });
}

function conversionConflict(conversion: CheckedConversion, i: number): PlanConflict | undefined {
  const { column } = conversion;
  if (conversion.to === "number" && conversion.grouping === conversion.decimal) {
    return { parameter: `convert[${i}].grouping`, rule: `another mark than decimal (${JSON.stringify(conversion.decimal)})`, column };
  }
  if (conversion.to !== "boolean") return undefined;
  for (const name of ["trueTexts", "falseTexts"] as const) {
    if (conversion[name].length === 0) return { parameter: `convert[${i}].${name}`, rule: "at least one text", column };
  }
  const meanings = [conversion.trueTexts, conversion.falseTexts, conversion.missing];
  const texts = meanings.flatMap((list) => [...new Set(list.map((text) => text.trim()))]);
  if (new Set(texts).size === texts.length) return undefined;
  return { parameter: `convert[${i}]`, rule: "unambiguous: no text in two of trueTexts, falseTexts and missing", column };
}

function keyConflict(key: readonly string[]): PlanConflict | undefined {
  if (key.length === 0) return { parameter: "duplicates.key", rule: "at least one column" };
  if (new Set(key).size === key.length) return undefined;
  return { parameter: "duplicates.key", rule: "distinct columns" };
}

function fillConflict(rule: FillRule, path: string, plan: CheckedPlan): PlanConflict | undefined {
  const { column, fill } = rule;
  const value: unknown = rule.value;
  if ((fill === "constant") !== (value !== undefined)) {
    return { parameter: `${path}.value`, rule: fill === "constant" ? `given for the fill "constant"` : `absent for the fill ${JSON.stringify(fill)}`, column };
  }
  if (value !== undefined && typeof value !== "string" && typeof value !== "boolean" && !Number.isFinite(value)) {
    return { parameter: `${path}.value`, rule: "a finite number, a text, true or false", column };
  }
  if (plan.duplicates?.key.includes(column) === true) {
    // Two filled keys would be equal: rows of different customers would be merged the next time.
    return { parameter: `${path}.column`, rule: `no key of duplicates; ${JSON.stringify(column)} is one, and an invented key would match others`, column };
  }
  const conversion = plan.convert.find((item) => item.column === column);
  if (typeof value === "string" && conversion?.missing.some((text) => text.trim() === value.trim()) === true) {
    return { parameter: `${path}.value`, rule: "no text that the conversion of the column declares missing", column };
  }
  return undefined;
}
