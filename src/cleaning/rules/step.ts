import { isMissingAt, MISSING_BOOLEAN, MISSING_CATEGORY, type Column } from "../../data/column";
import type { Table } from "../../data/table";
import type { WorkingTable } from "../working-table";
import { judgeRule } from "./apply";
import type { CheckedRule } from "./checked-rule";
import { judgedColumn, stageOfRule, type RuleStage } from "./describe-rule";
import type { FittedRule } from "./fitted-rules";
import { summarizeRule, type RuleSummary } from "./quality-gate";
import { repairColumns } from "./repair";
import { BROKEN, type JudgedRule } from "./verdict";

/** The three steps in which the rules of a plan are judged, and what they found. */
export class RuleSteps {
  readonly #work: WorkingTable;
  readonly #rules: readonly FittedRule[];
  readonly #related: ReadonlyMap<string, Table>;
  readonly #summaries = new Map<CheckedRule, RuleSummary>();

  constructor(work: WorkingTable, rules: readonly FittedRule[], related: ReadonlyMap<string, Table>) {
    this.#work = work;
    this.#rules = rules;
    this.#related = related;
  }

  /** One for each rule, in the order of the plan. */
  get summaries(): RuleSummary[] {
    return this.#rules.map(({ rule }) => this.#summaries.get(rule)!);
  }

  /** Dependencies and spellings, which may put cells right. */
  repair(): void {
    const rules = this.#at("repair");
    if (rules.length === 0) return;
    const isActive = this.#work.isActive.slice();
    const { edits, judged } = repairColumns(this.#work.caller, rules, this.#work.columns, isActive);
    for (const { column, after, rows, rules: why, ruleCodes } of edits) this.#work.replace("repair", column, after, rows, why, ruleCodes);
    for (const each of judged) this.#close(each, isActive);
  }

  /** Rules that look at one row: all of them see the rows that were there before the first, so that a row is told all it breaks. */
  judgeRows(): void {
    const isActive = this.#work.isActive.slice();
    for (const { rule } of this.#at("rows")) this.#judge(rule, isActive);
  }

  /** Rules that compare rows: each sees the rows that the one before it left. */
  judgeTable(): void {
    for (const { rule } of this.#at("table")) this.#judge(rule, this.#work.isActive.slice());
  }

  #at(stage: RuleStage): FittedRule[] {
    return this.#rules.filter(({ rule }) => stageOfRule(rule) === stage);
  }

  #judge(rule: CheckedRule, isActive: Uint8Array): void {
    if (rule.rule === "dependency" || rule.rule === "spelling") return;
    const judged = judgeRule(this.#work.caller, rule, this.#work.columns, isActive, this.#related);
    this.#close(judged, isActive);
    if (rule.onViolation === "missing") this.#emptyCells(judged);
  }

  /** Counts what a rule said, and sets rows aside for it. */
  #close(judged: JudgedRule, isActive: Uint8Array): void {
    const { rule, verdicts } = judged;
    this.#summaries.set(rule, summarizeRule(judged, isActive));
    if (rule.onViolation !== "quarantine") return;
    const column = judgedColumn(rule);
    for (let row = 0; row < verdicts.length; row++) if (verdicts[row] === BROKEN) this.#work.setAside(row, column, `rule.${rule.rule}`);
  }

  #emptyCells({ rule, verdicts }: JudgedRule): void {
    const name = judgedColumn(rule);
    const column = this.#work.column(name, "rules");
    const rows = this.#work.positions((row) => verdicts[row] === BROKEN && !isMissingAt(column, row));
    if (rows.length > 0) this.#work.replaceCells("rules", name, withoutCells(column, rows), rows, `rule.${rule.rule}`);
  }
}

function withoutCells(column: Column, rows: Int32Array): Column {
  switch (column.type) {
    case "category": {
      const codes = column.codes.slice();
      for (const row of rows) codes[row] = MISSING_CATEGORY;
      return { ...column, codes };
    }
    case "boolean": {
      const values = column.values.slice();
      for (const row of rows) values[row] = MISSING_BOOLEAN;
      return { ...column, values };
    }
    default: {
      const values = column.values.slice();
      for (const row of rows) values[row] = NaN;
      return { ...column, values };
    }
  }
}
