import type { Column, ColumnType } from "../../data/column";
import { unknownColumn } from "../../errors/check";
import { describeNames } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { isUntyped } from "../impute/fitted-fill";
import type { CheckedRule } from "./checked-rule";

/** A column that a rule names. */
export function columnOfRule(caller: string, { name: rule }: CheckedRule, columns: ReadonlyMap<string, Column>, name: string): Column {
  const column = columns.get(name);
  if (column === undefined) throw unknownColumn(caller, `rule ${JSON.stringify(rule)}`, name, columns.keys());
  return column;
}

/** A column that a rule names, if it has one of the types that the rule can judge; undefined for one without any value, of which nothing is known. */
export function typedColumnOfRule<Type extends ColumnType>(
  caller: string,
  rule: CheckedRule,
  columns: ReadonlyMap<string, Column>,
  name: string,
  types: readonly Type[],
  isActive: Uint8Array,
): Extract<Column, { type: Type }> | undefined {
  const column = columnOfRule(caller, rule, columns, name);
  if ((types as readonly string[]).includes(column.type)) return column as Extract<Column, { type: Type }>;
  if (isUntyped(column, isActive)) return undefined;
  const wanted = `a column of type ${types.join(" or ")}`;
  throw new ClienteleError("invalidInput", `rule ${JSON.stringify(rule.name)} needs ${wanted}; ${describeNames([name])} is of type ${column.type} (convert it first)`, {
    caller,
    parameter: "rules",
    column: name,
    rule: wanted,
  });
}
