import type { Column } from "../../data/column";
import type { CheckedRule } from "./checked-rule";
import { fitDependency } from "./fit-dependency";
import { fitSpelling } from "./fit-spelling";
import type { FittedRule, FittedSpelling } from "./fitted-rules";
import { columnOfRule, typedColumnOfRule } from "./rule-columns";

/** Lets the rules learn from the active rows of a table what they need to judge this table and later ones. */
export function fitRules(caller: string, rules: readonly CheckedRule[], columns: ReadonlyMap<string, Column>, isActive: Uint8Array): FittedRule[] {
  return rules.map((rule) => {
    if (rule.rule === "dependency") {
      const from = rule.from.map((name) => columnOfRule(caller, rule, columns, name));
      return { rule, learned: fitDependency(rule, from, columnOfRule(caller, rule, columns, rule.to), isActive) };
    }
    if (rule.rule === "spelling") {
      const column = typedColumnOfRule(caller, rule, columns, rule.column, ["category"], isActive);
      return { rule, learned: column === undefined ? nothingLearned() : fitSpelling(rule, column, isActive) };
    }
    return { rule, learned: undefined };
  });
}

function nothingLearned(): FittedSpelling {
  return { kind: "spelling", texts: [], counts: [], standsFor: [] };
}
