import { ClienteleError } from "../../errors/error";
import type { CheckedRule, CheckedRuleOf } from "./checked-rule";
import { CodeTuples } from "./code-tuples";
import { NO_CODE, type CodedColumn } from "./coded-column";
import type { FittedDependency, FittedSpelling, GroupValues } from "./fitted-rules";
import { NOT_JUDGED, SpellingJudge } from "./spelling-judgement";

/** A dependency or a spelling rule over the codes of a row: which code one of its cells should have. */
export interface ExpectedCodes {
  readonly rule: CheckedRuleOf<"dependency"> | CheckedRuleOf<"spelling">;
  /** The place of the judged cell among the codes of the row. */
  readonly place: number;
  /** The number of the case that a row is; −1 when the rule says nothing about it. */
  readonly caseOf: (codes: Int32Array) => number;
  /** For each case the code that the cell should have, and how many rows of the fit stand behind it. */
  readonly expected: Int32Array;
  readonly weights: Float64Array;
}

/** A dependency: a case is a group of the fit. `columns` are those of the row's codes, `places` those of `from`, then `to`. */
export function expectedByDependency(
  caller: string,
  rule: CheckedRuleOf<"dependency">,
  learned: FittedDependency,
  columns: readonly CodedColumn[],
  places: Int32Array,
): ExpectedCodes {
  const place = places[places.length - 1]!;
  const fromPlaces = places.subarray(0, -1);
  const codesOf = (at: number, { type, values }: GroupValues): Int32Array => {
    const column = columns[at]!;
    return hasType(caller, rule, column, type, values.length) ? Int32Array.from(values, (value) => column.codeFor(value)) : new Int32Array(values.length).fill(NO_CODE);
  };
  const from = learned.from.map((values, j) => codesOf(fromPlaces[j]!, values));
  const expected = codesOf(place, learned.to);
  const groups = new CodeTuples(from, learned.counts.length);
  const caseOf = (codes: Int32Array): number => {
    for (let j = 0; j < fromPlaces.length; j++) if (codes[fromPlaces[j]!] === NO_CODE) return -1;
    const group = groups.find(codes, fromPlaces);
    return group >= 0 && expected[group] === NO_CODE ? -1 : group;
  };
  return { rule, place, caseOf, expected, weights: Float64Array.from(learned.counts) };
}

/** A spelling rule: a case is the text of the cell. To be made when the column holds all values that a rule may write into it. */
export function expectedBySpelling(caller: string, rule: CheckedRuleOf<"spelling">, learned: FittedSpelling, columns: readonly CodedColumn[], place: number): ExpectedCodes {
  const column = columns[place]!;
  const judge = new SpellingJudge(rule, learned);
  const texts = hasType(caller, rule, column, "category", learned.texts.length) ? (column.values as readonly string[]) : [];
  const learnedCodes = texts.length === 0 ? [] : learned.texts.map((text) => column.codeFor(text));
  const expected = new Int32Array(texts.length).fill(NO_CODE);
  const weights = new Float64Array(texts.length);
  for (let code = 0; code < expected.length; code++) {
    const position = judge.judge(texts[code]!);
    if (position === NOT_JUDGED) continue;
    expected[code] = position === undefined ? code : learnedCodes[position]!;
    weights[code] = position === undefined ? 1 : learned.counts[position]!;
  }
  const caseOf = (codes: Int32Array): number => {
    const code = codes[place]!;
    return code !== NO_CODE && expected[code] !== NO_CODE ? code : -1;
  };
  return { rule, place, caseOf, expected, weights };
}

/** Whether a column holds values of the type that the rule has learned; a column without any value may be of any type. */
function hasType(caller: string, rule: CheckedRule, { name, source, hasValues }: CodedColumn, type: string, learnedCount: number): boolean {
  if (source.type === type) return true;
  if (learnedCount === 0 || (source.type === "category" && !hasValues)) return false;
  throw new ClienteleError("featureMismatch", `column ${JSON.stringify(name)} must be of type ${type}, as in the data of the fit; it is ${source.type}`, {
    caller,
    column: name,
    rule: `type ${type} (rule ${JSON.stringify(rule.name)})`,
  });
}
