import { parseIsoTime } from "../../data/iso-time";
import type { PlanConflict } from "../plan-conflict";
import type { CheckedRule, CheckedRuleOf } from "./checked-rule";
import { compilePattern } from "./pattern";

/** What a rule contradicts itself in; the same for a rule that a person wrote and for one in a saved model. */
export function findRuleConflict(rule: CheckedRule, path: string): PlanConflict | undefined {
  if (rule.name === "") return { parameter: `${path}.name`, rule: "a name" };
  if (rule.stopAbove !== undefined && rule.stopAbove < rule.warnAbove) return { parameter: `${path}.stopAbove`, rule: `at least warnAbove (${rule.warnAbove})` };
  switch (rule.rule) {
    case "range":
      return rangeConflict(rule, path);
    case "oneOf":
      if (rule.values.length === 0) return { parameter: `${path}.values`, rule: "at least one text", column: rule.column };
      return new Set(rule.values).size < rule.values.length ? { parameter: `${path}.values`, rule: "distinct texts", column: rule.column } : undefined;
    case "pattern":
      if (compilePattern(rule.pattern) !== undefined) return undefined;
      return { parameter: `${path}.pattern`, rule: "a regular expression of JavaScript (flag u)", column: rule.column };
    case "formula":
      return formulaConflict(rule, path);
    case "unique":
      return columnsConflict(rule.columns, `${path}.columns`);
    case "monotonic":
      if ([rule.orderBy, ...rule.within].includes(rule.column)) return { parameter: `${path}.column`, rule: "another column than orderBy and within", column: rule.column };
      return new Set(rule.within).size < rule.within.length ? { parameter: `${path}.within`, rule: "distinct columns" } : undefined;
    case "dependency":
      return dependencyConflict(rule, path);
    case "spelling": {
      const least = 2 * rule.maxDistance + 1;
      return rule.minLength < least ? { parameter: `${path}.minLength`, rule: `at least ${least} (2 · maxDistance + 1)`, column: rule.column } : undefined;
    }
    default:
      return undefined;
  }
}

function rangeConflict(rule: CheckedRuleOf<"range">, path: string): PlanConflict | undefined {
  const { column } = rule;
  const given = (["min", "max"] as const).filter((name) => rule[name] !== undefined);
  if (given.length === 0) return { parameter: `${path}.min`, rule: "given, or max", column };
  for (const name of given) {
    // A saved rule may hold anything here.
    const bound: unknown = rule[name];
    const isBound = typeof bound === "string" ? !Number.isNaN(parseIsoTime(bound)) : typeof bound === "number" && Number.isFinite(bound);
    if (!isBound) return { parameter: `${path}.${name}`, rule: "a finite number, or a date or time (with its offset) of ISO 8601", column };
  }
  const { min, max } = rule;
  if (min === undefined || max === undefined) return undefined;
  if (typeof min !== typeof max) return { parameter: `${path}.max`, rule: "of the same type as min", column };
  return valueOfBound(max) < valueOfBound(min) ? { parameter: `${path}.max`, rule: "at least min", column } : undefined;
}

/** A bound as a number: of a time its milliseconds. */
export function valueOfBound(bound: number | string): number {
  return typeof bound === "string" ? parseIsoTime(bound) : bound;
}

function formulaConflict({ formula, column, onViolation }: CheckedRuleOf<"formula">, path: string): PlanConflict | undefined {
  if (formula.resultType !== "boolean") return { parameter: `${path}.formula`, rule: "a formula that gives true or false" };
  if (formula.variables.length === 0) return { parameter: `${path}.formula`, rule: "a formula over at least one column" };
  return onViolation === "missing" && column === undefined ? { parameter: `${path}.column`, rule: 'given for onViolation "missing"' } : undefined;
}

function dependencyConflict({ from, to, fillMissing, onViolation }: CheckedRuleOf<"dependency">, path: string): PlanConflict | undefined {
  if (from.includes(to)) return { parameter: `${path}.to`, rule: "another column than those of from", column: to };
  if (fillMissing && onViolation !== "repair") return { parameter: `${path}.fillMissing`, rule: 'false unless onViolation is "repair"', column: to };
  return columnsConflict(from, `${path}.from`);
}

function columnsConflict(columns: readonly string[], parameter: string): PlanConflict | undefined {
  if (columns.length === 0) return { parameter, rule: "at least one column" };
  return new Set(columns).size < columns.length ? { parameter, rule: "distinct columns" } : undefined;
}
