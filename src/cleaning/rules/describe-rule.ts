import type { CheckedRule } from "./checked-rule";

/** When a rule is judged: with the repairs, on each row by itself, or on rows together and with other tables. */
export type RuleStage = "repair" | "rows" | "table";

export function stageOfRule({ rule }: CheckedRule): RuleStage {
  switch (rule) {
    case "dependency":
    case "spelling":
      return "repair";
    case "unique":
    case "reference":
    case "monotonic":
      return "table";
    default:
      return "rows";
  }
}

/** The name of a rule that was given none: its kind and columns. */
export function nameOfRule(rule: CheckedRule): string {
  switch (rule.rule) {
    case "formula":
      return `formula ${columnsOfRule(rule).join(", ")}`;
    case "unique":
      return `unique ${rule.columns.join(", ")}`;
    case "reference":
      return `reference ${rule.column} → ${rule.table}.${rule.key}`;
    case "monotonic":
      return `monotonic ${rule.column} by ${rule.orderBy}`;
    case "dependency":
      return `${rule.from.join(", ")} → ${rule.to}`;
    default:
      return `${rule.rule} ${rule.column}`;
  }
}

/** The columns that a rule reads, the one that it judges among them. */
export function columnsOfRule(rule: CheckedRule): readonly string[] {
  switch (rule.rule) {
    case "formula":
      return rule.formula.variables.map(({ name }) => name);
    case "unique":
      return rule.columns;
    case "monotonic":
      return [rule.column, rule.orderBy, ...rule.within];
    case "dependency":
      return [...rule.from, rule.to];
    default:
      return [rule.column];
  }
}

/** The column that a violation is told of, and that `onViolation: "missing"` empties. */
export function judgedColumn(rule: CheckedRule): string {
  switch (rule.rule) {
    case "formula":
      return rule.column ?? columnsOfRule(rule)[0]!;
    case "unique":
      return rule.columns[0]!;
    case "dependency":
      return rule.to;
    default:
      return rule.column;
  }
}
