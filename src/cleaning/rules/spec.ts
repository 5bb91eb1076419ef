import type { CellValue, ColumnType } from "../../data/column";
import { readSavedOptions, writeOptions, type SavedOption } from "../../errors/saved-options";
import type { SpecReader } from "../../errors/spec";
import type { FormulaSpec } from "../../formula/evaluate/formula";
import { formulaFromSpec } from "../../formula/evaluate/spec";
import { completeRule, RULE_KINDS, RULE_OPTIONS, type CheckedRule, type CheckedRuleOf } from "./checked-rule";
import type { FittedDependency, FittedRule, FittedSpelling, GroupValues } from "./fitted-rules";
import type { RuleKind } from "./plan";
import { findRuleConflict } from "./rule-conflicts";

/** What a dependency or a spelling rule has learned, as it is saved: values of the table of the fit. */
type LearnedSpec = FittedDependency | FittedSpelling;

type SavedRule<Kind extends RuleKind> = {
  readonly [Name in keyof CheckedRuleOf<Kind>]: CheckedRuleOf<Kind>[Name] extends FormulaSpec ? FormulaSpec : SavedOption<CheckedRuleOf<Kind>[Name]>;
};

/** A rule as it is saved: every default is written out, a formula is its saved form, and null stands for what is absent. */
export type RuleSpec = { [Kind in RuleKind]: SavedRule<Kind> }[RuleKind] & { readonly learned: LearnedSpec | null };

export function writeRule({ rule, learned }: FittedRule): RuleSpec {
  const options: Readonly<Record<string, unknown>> = rule.rule === "formula" ? { ...rule, formula: rule.formula.toJSON() } : rule;
  return { ...writeOptions(options, RULE_OPTIONS[rule.rule]), learned: learned === undefined ? null : structuredClone(learned) } as unknown as RuleSpec;
}

/** Reads a saved rule and what it learned, which may come from anywhere. */
export function readRule(reader: SpecReader): FittedRule {
  const options = readSavedOptions<object, (typeof RULE_OPTIONS)[RuleKind]>(reader, RULE_OPTIONS[reader.oneOf("rule", RULE_KINDS)]);
  reader.text("name");
  const rule = completeRule(options, formulaFromSpec);
  const conflict = findRuleConflict(rule, "");
  if (conflict !== undefined) throw reader.refuse(conflict.parameter.slice(1), conflict.rule);
  return { rule, learned: readLearned(reader, rule) };
}

function readLearned(reader: SpecReader, rule: CheckedRule): FittedRule["learned"] {
  const learned = reader.optionalObject("learned");
  if (rule.rule !== "dependency" && rule.rule !== "spelling") {
    if (learned !== undefined) throw reader.refuse("learned", `null for a rule of kind ${JSON.stringify(rule.rule)}`);
    return undefined;
  }
  if (learned === undefined) throw reader.refuse("learned", "an object");
  learned.oneOf("kind", [rule.rule]);
  return rule.rule === "dependency" ? readDependency(learned, rule) : readSpelling(learned, rule);
}

const COLUMN_TYPES = ["number", "category", "boolean", "timestamp"] as const;

function readDependency(reader: SpecReader, rule: CheckedRuleOf<"dependency">): FittedDependency {
  const counts = readCounts(reader, "counts");
  const rows = readCounts(reader, "rows");
  if (rows.length !== counts.length || rows.some((count, i) => count < counts[i]!)) throw reader.refuse("rows", "the rows of each group, no fewer than its count");
  const from = reader.objects("from").map((column) => readValues(column, counts.length));
  if (from.length !== rule.from.length) throw reader.refuse("from", `an array of ${rule.from.length}, as the rule's from`);
  return { kind: "dependency", from, to: readValues(reader.object("to"), counts.length), counts, rows };
}

function readValues(reader: SpecReader, count: number): GroupValues {
  const type = reader.oneOf("type", COLUMN_TYPES);
  return { type, values: readCells(reader, type, count) };
}

function readCells(reader: SpecReader, type: ColumnType, count: number): readonly CellValue[] {
  if (type === "category") return reader.texts("values", count);
  if (type !== "boolean") return Array.from(reader.numbers("values", count), (value) => value + 0);
  const values = reader.list("values", count);
  if (!values.every((value) => typeof value === "boolean")) throw reader.refuse("values", "an array of true and false");
  return values;
}

function readSpelling(reader: SpecReader, rule: CheckedRuleOf<"spelling">): FittedSpelling {
  const texts = reader.texts("texts");
  if (new Set(texts).size < texts.length || texts.some((text) => text.length < rule.minLength)) throw reader.refuse("texts", `distinct texts of at least ${rule.minLength} letters`);
  const counts = readCounts(reader, "counts");
  if (counts.length !== texts.length || counts.some((count, i) => i > 0 && count > counts[i - 1]!)) throw reader.refuse("counts", "falling counts, one for each text");
  const standsFor = [...reader.numbers("standsFor", texts.length)];
  // What a text stands for is right itself: otherwise a repaired text would be repaired again.
  const isRight = (position: number): boolean => position === -1 || standsFor[position] === position;
  if (!standsFor.every(isRight)) throw reader.refuse("standsFor", "−1 or the position of a text that stands for itself");
  return { kind: "spelling", texts, counts, standsFor };
}

function readCounts(reader: SpecReader, name: string): number[] {
  const counts = [...reader.numbers(name)];
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 1)) throw reader.refuse(name, "whole numbers of at least 1");
  return counts;
}
