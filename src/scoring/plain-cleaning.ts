import { readPlainConversion } from "../cleaning/convert/spec";
import type { PlainConversion } from "../cleaning/convert/plain-conversion";
import { readFill, readPlaceholder } from "../cleaning/impute/spec";
import type { CleaningParameters } from "../cleaning/model";
import { readOutlier } from "../cleaning/outliers/spec";
import { REPEATED_ROWS, type CheckedPlan } from "../cleaning/plan";
import { RULE_KINDS } from "../cleaning/rules/checked-rule";
import type { CleaningSpec } from "../cleaning/spec";
import { upgradeCleaningSpec } from "../cleaning/spec-upgrade";
import { SpecReader } from "../errors/spec";
import { copyJson } from "./copy-json";
import type { SavedCleaning } from "./part";

/** The parts of a saved cleaning that take little code, and what the others would do. */
export interface PlainCleaning extends CleaningParameters, SavedCleaning {
  readonly unread: readonly UnreadPart[];
}

/** A part of a saved cleaning that was not read. */
interface UnreadPart {
  /** Where it stands: `"rules[0]"`. */
  readonly parameter: string;
  /** Whether it would write one of some columns, or set rows aside for them. */
  readonly isNeeded: (columns: ReadonlySet<string>) => boolean;
}

/** Reads the plain parts of a saved cleaning that may come from anywhere. Of the others only that much is checked: they are JSON, and name columns. */
export function readPlainCleaning(caller: string, value: unknown): PlainCleaning {
  const reader = SpecReader.open(caller, value, "cleaning", 2, upgradeCleaningSpec);
  const repeatedRows = reader.oneOf("repeatedRows", REPEATED_ROWS);
  const convert: PlainConversion[] = [];
  const unread: UnreadPart[] = [];
  reader.objects("convert").forEach((item, i) => {
    const conversion = readPlainConversion(item);
    if (conversion !== undefined) convert.push(conversion);
    else unread.push(unreadColumn(`convert[${i}]`, item.text(item.text("to") === "matchKey" ? "as" : "column")));
  });
  reader.objects("rules").forEach((rule, i) => unread.push(...unreadRule(`rules[${i}]`, rule)));
  reader.objects("derive").forEach((derived, i) => unread.push(unreadColumn(`derive[${i}]`, derived.text("column"))));

  const outliers = reader.objects("outliers").map(readOutlier);
  const fills = reader.objects("missing").map(readFill);
  const plan: CheckedPlan = {
    convert,
    placeholders: reader.objects("placeholders").map(readPlaceholder),
    rules: [],
    duplicates: undefined,
    repeatedRows,
    outliers: outliers.map(({ rule }) => rule),
    missing: fills.map(({ rule }) => rule),
    derive: [],
  };
  const kept = (name: string): unknown => copyJson(reader, name);
  const saved = {
    kind: "cleaning",
    version: 2,
    convert: kept("convert"),
    placeholders: kept("placeholders"),
    rules: kept("rules"),
    duplicates: kept("duplicates"),
    repeatedRows,
    outliers: kept("outliers"),
    missing: kept("missing"),
    derive: kept("derive"),
  } as CleaningSpec;
  return { plan, rules: [], limits: outliers.map(({ limits }) => limits), fills: fills.map(({ fill }) => fill), unread, toJSON: () => structuredClone(saved) };
}

function unreadColumn(parameter: string, column: string): UnreadPart {
  return { parameter, isNeeded: (columns) => columns.has(column) };
}

/** A rule that acts on one row; rules that only report, and those that compare rows, have no part in scoring. */
function unreadRule(parameter: string, rule: SpecReader): UnreadPart[] {
  const kind = rule.oneOf("rule", RULE_KINDS);
  if (rule.text("onViolation") === "report") return [];
  switch (kind) {
    case "unique":
    case "reference":
    case "monotonic":
      return [];
    case "dependency":
      return [unreadColumn(parameter, rule.text("to"))];
    case "formula": {
      const names = rule.object("formula").objects("variables").map((variable) => variable.text("name"));
      return [{ parameter, isNeeded: (columns) => names.every((name) => columns.has(name)) }];
    }
    default:
      return [unreadColumn(parameter, rule.text("column"))];
  }
}
