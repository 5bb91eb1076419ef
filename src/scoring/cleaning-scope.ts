import type { CleaningModel, CleaningParameters } from "../cleaning/model";
import { columnsOfRule, stageOfRule } from "../cleaning/rules/describe-rule";
import type { FittedRule } from "../cleaning/rules/fitted-rules";
import type { ColumnType } from "../data/column";

/** The part of a cleaning that makes some columns, and what it reads for that. */
export interface CleaningScope extends CleaningParameters {
  /** The columns that a table must have, with the type of their cells; undefined where a conversion reads texts as well as values. */
  readonly inputs: ReadonlyMap<string, ColumnType | undefined>;
}

/**
 * Leaves of a cleaning what a scorer needs for `columns`. Rows are answered each for itself, so duplicates stay, and rules that compare rows or
 * tables are passed over; so is everything about other columns, because a customer to be scored has no label and may have no id.
 */
export function scopeOf({ plan, rules, limits, fills }: CleaningModel, columns: ReadonlyMap<string, ColumnType>): CleaningScope {
  const needed = new Map<string, ColumnType | undefined>(columns);
  const made = new Set<string>();
  const need = (name: string, type: ColumnType | undefined): void => {
    if (!needed.has(name)) needed.set(name, type);
  };
  for (let size = -1; size < needed.size; ) {
    size = needed.size;
    for (const { column, formula } of plan.derive) {
      if (!needed.has(column)) continue;
      made.add(column);
      for (const { name, type } of formula.variables) need(name, type);
    }
    plan.missing.forEach(({ column, indicator, by }, i) => {
      if (indicator !== undefined && needed.has(indicator)) {
        made.add(indicator);
        need(column, fills[i]!.type);
      }
      if (needed.has(column)) by.forEach((name, j) => need(name, fills[i]!.keyTypes[j]));
    });
    for (const { column, flag } of plan.outliers) {
      if (flag === undefined || !needed.has(flag)) continue;
      made.add(flag);
      need(column, "number");
    }
    for (const { rule, learned } of rules) {
      if (rule.rule !== "dependency" || rule.onViolation === "report" || !needed.has(rule.to) || learned?.kind !== "dependency") continue;
      rule.from.forEach((name, j) => need(name, learned.from[j]!.type));
    }
    for (const conversion of plan.convert) {
      if (conversion.to !== "matchKey" || !needed.has(conversion.as)) continue;
      made.add(conversion.as);
      need(conversion.column, "category");
    }
  }

  const has = (column: string): boolean => needed.has(column);
  const convert = plan.convert.filter((item) => has(item.to === "matchKey" ? item.as : item.column));
  const converted = new Set(convert.map(({ column }) => column));
  const scopedRules = rules.filter((rule) => isJudged(rule, has));
  const outlierPlaces = positionsWhere(plan.outliers, ({ column, flag }) => (flag === undefined ? has(column) : has(flag)));
  const fillPlaces = positionsWhere(plan.missing, ({ column }) => has(column));
  return {
    plan: {
      convert,
      placeholders: plan.placeholders.filter(({ column }) => has(column)),
      rules: scopedRules.map(({ rule }) => rule),
      duplicates: undefined,
      repeatedRows: "ignore",
      outliers: outlierPlaces.map((i) => plan.outliers[i]!),
      missing: fillPlaces.map((i) => plan.missing[i]!),
      derive: plan.derive.filter(({ column }) => has(column)),
    },
    rules: scopedRules,
    limits: outlierPlaces.map((i) => limits[i]!),
    fills: fillPlaces.map((i) => fills[i]!),
    inputs: new Map([...needed].flatMap(([name, type]) => (made.has(name) ? [] : [[name, converted.has(name) ? undefined : type] as const]))),
  };
}

function isJudged({ rule }: FittedRule, has: (column: string) => boolean): boolean {
  return rule.onViolation !== "report" && stageOfRule(rule) !== "table" && columnsOfRule(rule).every(has);
}

function positionsWhere<Item>(items: readonly Item[], isWanted: (item: Item) => boolean): number[] {
  return items.flatMap((item, i) => (isWanted(item) ? [i] : []));
}
