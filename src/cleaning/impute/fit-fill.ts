import { cellAt, type Column, type ColumnType } from "../../data/column";
import { unknownColumn } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { checkOption } from "../../errors/options";
import { firstRows, groupRows } from "../../data/row-groups";
import { isUntyped, type FillValue, type FittedFill, type FittedGroup } from "./fitted-fill";
import { gatherByGroup, orderedValues, type OrderedValues } from "./ordered-values";
import type { CheckedFillRule } from "./plan";
import { meanOf, medianOf, modeOf, modeOfRanks } from "./typical-values";

type TypicalMethod = "mean" | "median" | "mode";

/**
 * Finds what fills the missing cells of a column, from its active rows.
 *
 * @throws ClienteleError `unknownColumn`, `invalidInput` for a mean or median of what are no numbers, `invalidOption` for a constant
 * of another type than the column.
 */
export function fitFill(caller: string, rule: CheckedFillRule, columns: ReadonlyMap<string, Column>, isActive: Uint8Array): FittedFill {
  const { column: name, fill: method } = rule;
  const column = columnNamed(caller, "missing", name, columns);
  const by = rule.by.map((key) => columnNamed(caller, "missing.by", key, columns));
  const common = { column: name, method, type: column.type, keyTypes: by.map(({ type }) => type), groups: [] };
  if (rule.value !== undefined) {
    return { ...common, status: "fitted", type: constantType(caller, name, column, isActive, rule.value), value: withoutNegativeZero(rule.value) };
  }
  if (isUntyped(column, isActive)) return { ...common, status: "allMissing", value: null };
  if (method === "mean" || method === "median") checkIsNumber(caller, name, column, method);

  const ordered = orderedValues(column);
  const all = gatherByGroup(ordered.values, groupRows([], isActive, "none").groups, 1).values;
  if (all.length === 0) return { ...common, status: "allMissing", value: null };
  if (method === "quarantine" || method === "constant") return { ...common, status: "fitted", value: null };
  const typical = typicalCell(method, ordered);
  const groups = rule.minGroupSize === undefined ? [] : typicalByGroup(typical, ordered.values, by, isActive, rule.minGroupSize);
  return { ...common, status: "fitted", value: typical(all), groups };
}

function columnNamed(caller: string, parameter: string, name: string, columns: ReadonlyMap<string, Column>): Column {
  const column = columns.get(name);
  if (column === undefined) throw unknownColumn(caller, parameter, name, columns.keys());
  return column;
}

/** The value of each group that has enough of them, by the values of the columns that make the groups. */
function typicalByGroup(typical: (values: Float64Array) => FillValue, ofRows: Float64Array, by: readonly Column[], isActive: Uint8Array, minCount: number): FittedGroup[] {
  const grouping = groupRows(by, isActive, "none");
  const { values, starts } = gatherByGroup(ofRows, grouping.groups, grouping.count);
  const fitted: FittedGroup[] = [];
  firstRows(grouping).forEach((row, group) => {
    const [start, end] = [starts[group]!, starts[group + 1]!];
    if (end - start < minCount) return;
    const key = by.map((column) => withoutNegativeZero(cellAt(column, row)!));
    fitted.push({ key, value: typical(values.subarray(start, end)) });
  });
  return fitted;
}

/** The typical cell of some present values, which are sorted in place if the method needs it. */
function typicalCell(method: TypicalMethod, { rankCount, cellOf }: OrderedValues): (values: Float64Array) => FillValue {
  const counts = new Int32Array(method === "mode" ? rankCount : 0);
  const typical = (values: Float64Array): number => {
    if (method === "mean") return meanOf(values);
    if (method === "median") return medianOf(values.sort());
    return rankCount > 0 ? modeOfRanks(values, counts) : modeOf(values.sort());
  };
  return (values) => withoutNegativeZero(cellOf(typical(values)));
}

function constantType(caller: string, name: string, column: Column, isActive: Uint8Array, value: FillValue): ColumnType {
  const valueType = typeof value === "string" ? "category" : typeof value;
  if (valueType === "number" && column.type === "timestamp") return "timestamp";
  if (valueType !== column.type && !isUntyped(column, isActive)) {
    const wanted = column.type === "category" ? "text" : column.type === "boolean" ? "boolean" : "number";
    checkOption(caller, `missing: value for column ${JSON.stringify(name)}`, value, { kind: wanted }, `the column is of type ${column.type}`);
  }
  return valueType === "boolean" || valueType === "number" ? valueType : "category";
}

function checkIsNumber(caller: string, name: string, column: Column, method: TypicalMethod): void {
  if (column.type === "number") return;
  throw new ClienteleError(
    "invalidInput",
    `missing: the fill ${JSON.stringify(method)} needs numbers; column ${JSON.stringify(name)} is of type ${column.type}` +
      (column.type === "category" ? ` (convert it to numbers first, or choose "mode" or "constant")` : ""),
    { caller, parameter: "missing", column: name, rule: "a number column" },
  );
}

/** JSON has no −0. */
function withoutNegativeZero(value: FillValue): FillValue {
  return value === 0 ? 0 : value;
}
