import type { Column } from "../../data/column";
import type { Table } from "../../data/table";
import type { CheckedRule } from "./checked-rule";
import { judgeFormula, judgeOneOf, judgePattern, judgeRange, judgeRequired } from "./row-rules";
import { judgeMonotonic, judgeReference, judgeUnique } from "./table-rules";
import type { JudgedRule } from "./verdict";

/** Judges the active rows by a rule that learns nothing: one of the rows by themselves or of the whole table (`stageOfRule`). */
export function judgeRule(
  caller: string,
  rule: Exclude<CheckedRule, { readonly rule: "dependency" | "spelling" }>,
  columns: ReadonlyMap<string, Column>,
  isActive: Uint8Array,
  related: ReadonlyMap<string, Table>,
): JudgedRule {
  return { rule, verdicts: verdictsOf(caller, rule, columns, isActive, related), repaired: 0, filled: 0 };
}

function verdictsOf(
  caller: string,
  rule: Exclude<CheckedRule, { readonly rule: "dependency" | "spelling" }>,
  columns: ReadonlyMap<string, Column>,
  isActive: Uint8Array,
  related: ReadonlyMap<string, Table>,
): Uint8Array {
  switch (rule.rule) {
    case "required":
      return judgeRequired(caller, rule, columns, isActive);
    case "range":
      return judgeRange(caller, rule, columns, isActive);
    case "oneOf":
      return judgeOneOf(caller, rule, columns, isActive);
    case "pattern":
      return judgePattern(caller, rule, columns, isActive);
    case "formula":
      return judgeFormula(caller, rule, columns, isActive);
    case "unique":
      return judgeUnique(caller, rule, columns, isActive);
    case "reference":
      return judgeReference(caller, rule, columns, isActive, related);
    case "monotonic":
      return judgeMonotonic(caller, rule, columns, isActive);
  }
}
