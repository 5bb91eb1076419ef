import { checkOption, readOptions, type OptionTable, type ResolvedOptions } from "../../errors/options";
import type { Formula, FormulaSpec } from "../../formula/evaluate/formula";
import { checkPlanFormula } from "../plan-formula";
import { nameOfRule } from "./describe-rule";
import type { Rule, RuleKind } from "./plan";

export const RULE_KINDS = ["required", "range", "oneOf", "pattern", "formula", "unique", "reference", "monotonic", "dependency", "spelling"] as const satisfies readonly RuleKind[];
const RULE_KIND = { kind: "oneOf", values: RULE_KINDS, required: true } as const;

const NAME = { kind: "text" } as const;
const COLUMN = { kind: "text", required: true } as const;
const COLUMNS = { kind: "names", required: true } as const;
const WARN_ABOVE = { kind: "number", min: 0, max: 1, default: 0 } as const;
const STOP_ABOVE = { kind: "number", min: 0, max: 1 } as const;
const OF_ROWS = { kind: "oneOf", values: ["report", "quarantine"], default: "report" } as const;
const OF_CELLS = { kind: "oneOf", values: ["report", "quarantine", "missing"], default: "report" } as const;
const OF_REPAIRS = { kind: "oneOf", values: ["report", "quarantine", "missing", "repair"], default: "report" } as const;

/** The options of each kind of rule. */
export const RULE_OPTIONS = {
  required: { rule: RULE_KIND, column: COLUMN, name: NAME, warnAbove: WARN_ABOVE, stopAbove: STOP_ABOVE, onViolation: OF_ROWS },
  range: {
    rule: RULE_KIND,
    column: COLUMN,
    min: { kind: "custom" },
    max: { kind: "custom" },
    name: NAME,
    warnAbove: WARN_ABOVE,
    stopAbove: STOP_ABOVE,
    onViolation: OF_CELLS,
  },
  oneOf: { rule: RULE_KIND, column: COLUMN, values: COLUMNS, name: NAME, warnAbove: WARN_ABOVE, stopAbove: STOP_ABOVE, onViolation: OF_CELLS },
  pattern: { rule: RULE_KIND, column: COLUMN, pattern: COLUMN, name: NAME, warnAbove: WARN_ABOVE, stopAbove: STOP_ABOVE, onViolation: OF_CELLS },
  formula: {
    rule: RULE_KIND,
    formula: { kind: "object", required: true },
    column: { kind: "text" },
    name: NAME,
    warnAbove: WARN_ABOVE,
    stopAbove: STOP_ABOVE,
    onViolation: OF_CELLS,
  },
  unique: { rule: RULE_KIND, columns: COLUMNS, name: NAME, warnAbove: WARN_ABOVE, stopAbove: STOP_ABOVE, onViolation: OF_ROWS },
  reference: {
    rule: RULE_KIND,
    column: COLUMN,
    table: COLUMN,
    key: COLUMN,
    name: NAME,
    warnAbove: WARN_ABOVE,
    stopAbove: STOP_ABOVE,
    onViolation: OF_CELLS,
  },
  monotonic: {
    rule: RULE_KIND,
    column: COLUMN,
    orderBy: COLUMN,
    within: { kind: "names", default: [] },
    direction: { kind: "oneOf", values: ["increasing", "decreasing"], default: "increasing" },
    strict: { kind: "boolean", default: false },
    name: NAME,
    warnAbove: WARN_ABOVE,
    stopAbove: STOP_ABOVE,
    onViolation: OF_CELLS,
  },
  dependency: {
    rule: RULE_KIND,
    from: COLUMNS,
    to: COLUMN,
    fillMissing: { kind: "boolean", default: false },
    minShare: { kind: "number", min: 0, max: 1, open: "min", default: 0.5 },
    minCount: { kind: "integer", min: 1, default: 2 },
    name: NAME,
    warnAbove: WARN_ABOVE,
    stopAbove: STOP_ABOVE,
    onViolation: OF_REPAIRS,
  },
  spelling: {
    rule: RULE_KIND,
    column: COLUMN,
    maxDistance: { kind: "integer", min: 1, max: 3, default: 1 },
    minRatio: { kind: "number", min: 2, default: 10 },
    minLength: { kind: "integer", min: 3, default: 5 },
    name: NAME,
    warnAbove: WARN_ABOVE,
    stopAbove: STOP_ABOVE,
    onViolation: OF_REPAIRS,
  },
} as const satisfies Readonly<Record<RuleKind, OptionTable>>;

type OptionsOf<Kind extends RuleKind> = ResolvedOptions<Extract<Rule, { readonly rule: Kind }>, (typeof RULE_OPTIONS)[Kind]>;

/** A rule of one kind with its defaults filled in; a formula is checked. */
export type CheckedRuleOf<Kind extends RuleKind> = Kind extends "formula"
  ? Omit<OptionsOf<"formula">, "name" | "formula"> & { readonly name: string; readonly formula: Formula }
  : Omit<OptionsOf<Kind>, "name"> & { readonly name: string };

/** A rule with its defaults filled in. */
export type CheckedRule = { [Kind in RuleKind]: CheckedRuleOf<Kind> }[RuleKind];

/** Checks a rule by itself; `findRuleConflict` finds what it contradicts itself in. */
export function checkRule(caller: string, path: string, item: Rule): CheckedRule {
  checkOption(caller, path, item, { kind: "object" });
  checkOption(caller, `${path}.rule`, item.rule, RULE_KIND);
  const options = readOptions<object, OptionTable>(caller, item, RULE_OPTIONS[item.rule], path) as Readonly<Record<string, unknown>>;
  return completeRule(options, (formula) => checkPlanFormula(caller, `${path}.formula`, formula as Formula | FormulaSpec));
}

/** A rule of checked options: lists are copied, the formula is read, and the name is derived where none is given. */
export function completeRule(options: Readonly<Record<string, unknown>>, formulaOf: (value: unknown) => Formula): CheckedRule {
  const fields = Object.entries(options).map(([name, value]): [string, unknown] => {
    if (name === "formula") return [name, formulaOf(value)];
    return [name, Array.isArray(value) ? [...(value as unknown[])] : value];
  });
  // The table of its kind has decided which fields there are, and of which type.
  const rule = Object.fromEntries(fields) as unknown as CheckedRule;
  return { ...rule, name: options["name"] === undefined ? nameOfRule(rule) : rule.name };
}
