import type { Column } from "../../data/column";
import type { CleaningRule } from "../cleaning-rule";
import { CodedColumn, NO_CODE } from "./coded-column";
import { columnsOfRule } from "./describe-rule";
import { expectedByDependency, expectedBySpelling, type ExpectedCodes } from "./expected-codes";
import type { FittedRule } from "./fitted-rules";
import { columnOfRule } from "./rule-columns";
import { REPAIR_RULES, RowSettler } from "./settle-row";
import { BROKEN, judgeCell, NOT_JUDGED, type JudgedRule } from "./verdict";

/** A column with some cells repaired, or emptied for `onViolation: "missing"`. */
interface RepairEdit {
  readonly column: string;
  readonly after: Column;
  /** The changed rows, ascending. */
  readonly rows: Int32Array;
  /** Why: `rules[ruleCodes[i]]` is the first rule of the plan that wanted this value. */
  readonly rules: readonly CleaningRule[];
  readonly ruleCodes: Uint8Array;
}

/** What the dependencies and spelling rules did and found. */
export interface RepairResult {
  /** In the order of the columns in the rules. */
  readonly edits: readonly RepairEdit[];
  /** The dependencies and spelling rules, in their order: those that repair judged on the rows before, all others on the rows after the repairs. */
  readonly judged: readonly JudgedRule[];
}

/**
 * Applies all dependencies and spelling rules to the active rows. Each row is repaired by itself and only by what was learned at the fit:
 * repaired rows stay as they are when this is done again, and rows that do not settle (see `RowSettler`) stay as they were.
 */
export function repairColumns(caller: string, fitted: readonly FittedRule[], columns: ReadonlyMap<string, Column>, isActive: Uint8Array): RepairResult {
  const coded = codeColumns(caller, fitted, columns, isActive);
  const rules = expectedCodes(caller, fitted, coded);
  const rowCount = isActive.length;
  const verdicts = rules.map(() => new Uint8Array(rowCount).fill(NOT_JUDGED));
  const repaired = new Float64Array(rules.length);
  const filled = new Float64Array(rules.length);
  const edits = coded.map(() => ({ rows: [] as number[], codes: [] as number[], reasons: [] as number[] }));
  const settler = new RowSettler(rules, coded.length);
  const before = new Int32Array(coded.length);
  const after = new Int32Array(coded.length);

  for (let row = 0; row < rowCount; row++) {
    if (isActive[row] === 0) continue;
    for (let place = 0; place < coded.length; place++) before[place] = after[place] = coded[place]!.codes[row]!;
    let mayChange = false;
    for (let i = 0; i < rules.length; i++) {
      const verdict = judgeCell(rules[i]!, before);
      verdicts[i]![row] = verdict;
      mayChange ||= verdict === BROKEN ? changesCells(rules[i]!) : isGap(rules[i]!, before);
    }
    if (!mayChange || !settler.settle(after)) continue;

    for (let place = 0; place < coded.length; place++) {
      if (after[place] === before[place]) continue;
      edits[place]!.rows.push(row);
      edits[place]!.codes.push(after[place]!);
      edits[place]!.reasons.push(settler.reasons[place]!);
    }
    for (let i = 0; i < rules.length; i++) {
      const { rule, place } = rules[i]!;
      const verdict = judgeCell(rules[i]!, after);
      if (rule.onViolation !== "repair") verdicts[i]![row] = settler.hasEmptied[i] === 1 ? BROKEN : verdict;
      else if (verdicts[i]![row] === BROKEN && verdict !== BROKEN) repaired[i]!++;
      else if (isGap(rules[i]!, before) && after[place] !== NO_CODE) filled[i]!++;
    }
  }

  return {
    edits: coded.flatMap((column, place) => {
      const { rows, codes, reasons } = edits[place]!;
      if (rows.length === 0) return [];
      return [{ column: column.name, after: column.write(rows, codes), rows: Int32Array.from(rows), rules: REPAIR_RULES, ruleCodes: Uint8Array.from(reasons) }];
    }),
    judged: rules.map(({ rule }, i) => ({ rule, verdicts: verdicts[i]!, repaired: repaired[i]!, filled: filled[i]! })),
  };
}

function codeColumns(caller: string, fitted: readonly FittedRule[], columns: ReadonlyMap<string, Column>, isActive: Uint8Array): CodedColumn[] {
  const coded = new Map<string, CodedColumn>();
  for (const { rule, learned } of fitted) {
    if (learned === undefined) continue;
    for (const name of columnsOfRule(rule)) {
      if (!coded.has(name)) coded.set(name, new CodedColumn(name, columnOfRule(caller, rule, columns, name), isActive));
    }
  }
  return [...coded.values()];
}

function expectedCodes(caller: string, fitted: readonly FittedRule[], columns: readonly CodedColumn[]): ExpectedCodes[] {
  const placeOf = new Map(columns.map(({ name }, place) => [name, place]));
  const byDependency = new Map<FittedRule, ExpectedCodes>();
  for (const item of fitted) {
    const { rule, learned } = item;
    if (rule.rule === "dependency" && learned?.kind === "dependency") {
      const places = Int32Array.from(columnsOfRule(rule), (name) => placeOf.get(name)!);
      byDependency.set(item, expectedByDependency(caller, rule, learned, columns, places));
    } else if (rule.rule === "spelling" && learned?.kind === "spelling") {
      const column = columns[placeOf.get(rule.column)!]!;
      if (column.source.type === "category") learned.texts.forEach((text) => column.codeFor(text));
    }
  }
  // Spelling rules look at every text of their column: only now it holds all that a repair may write.
  return fitted.flatMap((item) => {
    const { rule, learned } = item;
    if (rule.rule === "spelling" && learned?.kind === "spelling") return [expectedBySpelling(caller, rule, learned, columns, placeOf.get(rule.column)!)];
    return byDependency.get(item) ?? [];
  });
}

function changesCells({ rule }: ExpectedCodes): boolean {
  return rule.onViolation === "repair" || rule.onViolation === "missing";
}

/** Whether a rule fills the missing cell of a row. */
function isGap({ rule, place, caseOf }: ExpectedCodes, codes: Int32Array): boolean {
  return rule.rule === "dependency" && rule.fillMissing && codes[place] === NO_CODE && caseOf(codes) >= 0;
}
