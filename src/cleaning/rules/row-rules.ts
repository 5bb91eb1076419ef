import { isMissingAt, type Column } from "../../data/column";
import { ClienteleError } from "../../errors/error";
import { bindColumns, type FormulaColumn } from "../../formula/evaluate/columns";
import { buildProgram, runProgram } from "../../formula/evaluate/program";
import { isUntyped } from "../impute/fitted-fill";
import type { CheckedRuleOf } from "./checked-rule";
import { compilePattern } from "./pattern";
import { columnOfRule, typedColumnOfRule } from "./rule-columns";
import { valueOfBound } from "./rule-conflicts";
import { BROKEN, KEPT, NOT_JUDGED } from "./verdict";

type Columns = ReadonlyMap<string, Column>;

export function judgeRequired(caller: string, rule: CheckedRuleOf<"required">, columns: Columns, isActive: Uint8Array): Uint8Array {
  const column = columnOfRule(caller, rule, columns, rule.column);
  const verdicts = notJudged(isActive);
  for (let row = 0; row < verdicts.length; row++) if (isActive[row] === 1) verdicts[row] = isMissingAt(column, row) ? BROKEN : KEPT;
  return verdicts;
}

export function judgeRange(caller: string, rule: CheckedRuleOf<"range">, columns: Columns, isActive: Uint8Array): Uint8Array {
  const verdicts = notJudged(isActive);
  const column = typedColumnOfRule(caller, rule, columns, rule.column, ["number", "timestamp"], isActive);
  if (column === undefined) return verdicts;
  for (const bound of [rule.min, rule.max]) {
    if (bound === undefined || (typeof bound === "string") === (column.type === "timestamp")) continue;
    const wanted = column.type === "timestamp" ? "dates or times of ISO 8601, because the column holds times" : "numbers, because the column does";
    throw new ClienteleError("invalidInput", `rule ${JSON.stringify(rule.name)}: min and max must be ${wanted}`, {
      caller,
      parameter: "rules",
      column: rule.column,
      rule: wanted,
    });
  }
  const min = valueOfBound(rule.min ?? -Infinity);
  const max = valueOfBound(rule.max ?? Infinity);
  const { values } = column;
  for (let row = 0; row < verdicts.length; row++) {
    const value = values[row]!;
    if (isActive[row] === 1 && value === value) verdicts[row] = value >= min && value <= max ? KEPT : BROKEN;
  }
  return verdicts;
}

export function judgeOneOf(caller: string, rule: CheckedRuleOf<"oneOf">, columns: Columns, isActive: Uint8Array): Uint8Array {
  const allowed = new Set(rule.values);
  return judgeTexts(caller, rule, columns, isActive, (text) => allowed.has(text));
}

export function judgePattern(caller: string, rule: CheckedRuleOf<"pattern">, columns: Columns, isActive: Uint8Array): Uint8Array {
  // The check of the rule has compiled it before.
  const pattern = compilePattern(rule.pattern)!;
  return judgeTexts(caller, rule, columns, isActive, (text) => pattern.test(text));
}

/** Judges each text of the dictionary once. */
function judgeTexts(caller: string, rule: CheckedRuleOf<"oneOf" | "pattern">, columns: Columns, isActive: Uint8Array, keeps: (text: string) => boolean): Uint8Array {
  const verdicts = notJudged(isActive);
  const column = typedColumnOfRule(caller, rule, columns, rule.column, ["category"], isActive);
  if (column === undefined) return verdicts;
  const ofTexts = Uint8Array.from(column.categories, (text) => (keeps(text) ? KEPT : BROKEN));
  for (let row = 0; row < verdicts.length; row++) if (isActive[row] === 1 && column.codes[row]! >= 0) verdicts[row] = ofTexts[column.codes[row]!]!;
  return verdicts;
}

export function judgeFormula(caller: string, rule: CheckedRuleOf<"formula">, columns: Columns, isActive: Uint8Array): Uint8Array {
  const verdicts = notJudged(isActive);
  const { formula } = rule;
  const variables = formula.variables.map(({ name, type }): [string, FormulaColumn] => {
    const column = columnOfRule(caller, rule, columns, name);
    // A column without any value may stand for one of any type.
    return [name, type !== "category" && isUntyped(column, isActive) ? new Float64Array(isActive.length).fill(NaN) : column];
  });
  const values = runProgram(buildProgram(formula.tree, bindColumns(caller, formula, new Map(variables))));
  for (let row = 0; row < verdicts.length; row++) {
    const value = values[row]!;
    if (isActive[row] === 1 && value === value) verdicts[row] = value === 1 ? KEPT : BROKEN;
  }
  return verdicts;
}

function notJudged(isActive: Uint8Array): Uint8Array {
  return new Uint8Array(isActive.length).fill(NOT_JUDGED);
}
