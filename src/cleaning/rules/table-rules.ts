import { isMissingAt, MISSING_BOOLEAN, type Column } from "../../data/column";
import type { Table } from "../../data/table";
import { unknownColumn } from "../../errors/check";
import { describeNames } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { isUntyped } from "../impute/fitted-fill";
import { groupRows } from "../../data/row-groups";
import type { CheckedRuleOf } from "./checked-rule";
import { columnOfRule, typedColumnOfRule } from "./rule-columns";
import { BROKEN, KEPT, NOT_JUDGED } from "./verdict";

type Columns = ReadonlyMap<string, Column>;

export function judgeUnique(caller: string, rule: CheckedRuleOf<"unique">, columns: Columns, isActive: Uint8Array): Uint8Array {
  const { groups, count } = groupRows(rule.columns.map((name) => columnOfRule(caller, rule, columns, name)), isActive, "none");
  const sizes = new Int32Array(count);
  for (const group of groups) if (group >= 0) sizes[group]!++;
  const verdicts = new Uint8Array(groups.length).fill(NOT_JUDGED);
  for (let row = 0; row < groups.length; row++) if (groups[row]! >= 0) verdicts[row] = sizes[groups[row]!] === 1 ? KEPT : BROKEN;
  return verdicts;
}

export function judgeReference(
  caller: string,
  rule: CheckedRuleOf<"reference">,
  columns: Columns,
  isActive: Uint8Array,
  related: ReadonlyMap<string, Table>,
): Uint8Array {
  const verdicts = new Uint8Array(isActive.length).fill(NOT_JUDGED);
  const key = keyColumn(caller, rule, related);
  const column = columnOfRule(caller, rule, columns, rule.column);
  if (isUntyped(column, isActive)) return verdicts;
  const known = presentValues(key);
  if (key.type !== column.type && known.size > 0) {
    const wanted = `of one type: column ${JSON.stringify(rule.column)} is of type ${column.type}, ${JSON.stringify(rule.key)} of table ${JSON.stringify(rule.table)} of type ${key.type}`;
    throw new ClienteleError("invalidInput", `rule ${JSON.stringify(rule.name)} needs columns ${wanted} (convert one of them first)`, {
      caller,
      parameter: "rules",
      column: rule.column,
      rule: "columns of one type",
    });
  }
  if (column.type === "category") {
    const ofTexts = Uint8Array.from(column.categories, (text) => (known.has(text) ? KEPT : BROKEN));
    for (let row = 0; row < verdicts.length; row++) if (isActive[row] === 1 && column.codes[row]! >= 0) verdicts[row] = ofTexts[column.codes[row]!]!;
  } else {
    for (let row = 0; row < verdicts.length; row++) if (isActive[row] === 1 && !isMissingAt(column, row)) verdicts[row] = known.has(column.values[row]!) ? KEPT : BROKEN;
  }
  return verdicts;
}

function keyColumn(caller: string, rule: CheckedRuleOf<"reference">, related: ReadonlyMap<string, Table>): Column {
  const table = related.get(rule.table);
  if (table === undefined) {
    const there = related.size === 0 ? "none was passed" : `there are ${describeNames(related.keys())}`;
    const wanted = `a table ${JSON.stringify(rule.table)}`;
    throw new ClienteleError("invalidInput", `rule ${JSON.stringify(rule.name)} needs ${wanted} in related; ${there}`, { caller, parameter: "related", rule: wanted });
  }
  const key = table.columns.get(rule.key);
  if (key === undefined) throw unknownColumn(caller, `key of rule ${JSON.stringify(rule.name)}`, rule.key, table.columns.keys());
  return key;
}

/** The values that a column has: texts, or numbers (0 and −0 are one). */
function presentValues(column: Column): ReadonlySet<string | number> {
  const values = new Set<string | number>();
  if (column.type === "category") {
    const occurs = new Uint8Array(column.categories.length);
    for (const code of column.codes) if (code >= 0) occurs[code] = 1;
    column.categories.forEach((text, code) => occurs[code] === 1 && values.add(text));
  } else {
    for (const value of column.values) if (value === value && !(column.type === "boolean" && value === MISSING_BOOLEAN)) values.add(value);
  }
  return values;
}

export function judgeMonotonic(caller: string, rule: CheckedRuleOf<"monotonic">, columns: Columns, isActive: Uint8Array): Uint8Array {
  const verdicts = new Uint8Array(isActive.length).fill(NOT_JUDGED);
  const within = rule.within.map((name) => columnOfRule(caller, rule, columns, name));
  const judged = typedColumnOfRule(caller, rule, columns, rule.column, ["number", "timestamp"], isActive);
  const order = typedColumnOfRule(caller, rule, columns, rule.orderBy, ["number", "timestamp"], isActive);
  if (judged === undefined || order === undefined) return verdicts;

  const { groups, count } = groupRows(within, isActive, "none");
  const { values } = judged;
  const times = order.values;
  const rows = new Int32Array(isActive.length);
  let rowCount = 0;
  let isOrdered = true;
  for (let row = 0; row < groups.length; row++) {
    if (groups[row]! < 0 || Number.isNaN(values[row]) || Number.isNaN(times[row])) continue;
    if (rowCount > 0 && times[rows[rowCount - 1]!]! > times[row]!) isOrdered = false;
    rows[rowCount++] = row;
  }
  const ordered = rows.subarray(0, rowCount);
  if (!isOrdered) ordered.sort((a, b) => times[a]! - times[b]! || a - b);

  const sign = rule.direction === "increasing" ? 1 : -1;
  const last = new Float64Array(count).fill(-Infinity);
  for (const row of ordered) {
    const group = groups[row]!;
    const value = sign * values[row]!;
    const keeps = rule.strict ? value > last[group]! : value >= last[group]!;
    verdicts[row] = keeps ? KEPT : BROKEN;
    if (keeps) last[group] = value;
  }
  return verdicts;
}
