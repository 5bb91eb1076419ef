import { MISSING_BOOLEAN, type CategoryColumn } from "../../data/column";
import { columnOf, type Table } from "../../data/table";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";

/** What a rule can ask of a row: how large a number is, whether something is true, whether a category is this one. */
export type RuleFeature =
  | { readonly column: string; readonly type: "number" | "boolean"; readonly hasMissing: boolean }
  | { readonly column: string; readonly type: "category"; readonly category: string; readonly hasMissing: boolean };

/** The features of a table's columns. */
export interface RuleFeatures {
  readonly features: readonly RuleFeature[];
  /** Features one after another, one number for each row: a category is 1 where the row has it, 0 where it has another; NaN is missing. */
  readonly values: Float64Array;
  /** Columns that give no feature: timestamps, and categories all of whose texts are rare. */
  readonly leftOut: readonly string[];
}

/** Of a column with more categories, the most frequent ones can be named by a rule. */
const MOST_CATEGORIES = 20;

/** Makes features of columns; a category that fewer than `minRows` rows have gets none (no rule could rest on it). */
export function readRuleFeatures(caller: string, table: Table, names: readonly string[], minRows: number): RuleFeatures {
  const features: RuleFeature[] = [];
  const columns: Float64Array[] = [];
  const leftOut: string[] = [];
  for (const name of names) {
    const column = columnOf(caller, table, name, "columns");
    if (column.type === "timestamp") leftOut.push(name);
    else if (column.type === "category") {
      const codes = frequentCodes(column, minRows);
      const hasMissing = column.codes.includes(-1);
      if (codes.length === 0) leftOut.push(name);
      for (const code of codes) {
        features.push({ column: name, type: "category", category: column.categories[code]!, hasMissing });
        columns.push(Float64Array.from(column.codes, (other) => (other < 0 ? NaN : Number(other === code))));
      }
    } else {
      const values = column.type === "number" ? column.values : Float64Array.from(column.values, (value) => (value === MISSING_BOOLEAN ? NaN : value));
      checkNotInfinite(caller, name, values);
      features.push({ column: name, type: column.type, hasMissing: values.some(Number.isNaN) });
      columns.push(values);
    }
  }
  const values = new Float64Array(columns.length * table.rowCount);
  columns.forEach((column, feature) => values.set(column, feature * table.rowCount));
  return { features, values, leftOut };
}

/** In text order. */
function frequentCodes({ codes, categories }: CategoryColumn, minRows: number): number[] {
  const counts = new Int32Array(categories.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const byText = (a: number, b: number): number => (categories[a]! < categories[b]! ? -1 : 1);
  return [...counts.keys()]
    .filter((code) => counts[code]! >= minRows)
    .sort((a, b) => counts[b]! - counts[a]! || byText(a, b))
    .slice(0, MOST_CATEGORIES)
    .sort(byText);
}

function checkNotInfinite(caller: string, column: string, values: Float64Array): void {
  const row = values.findIndex((value) => Math.abs(value) === Infinity);
  if (row < 0) return;
  const rule = "finite numbers";
  const message = `column ${JSON.stringify(column)} must hold ${rule}; got ${describeValue(values[row])} in row ${row}`;
  throw new ClienteleError("nonFinite", message, { caller, parameter: "table", column, row, rule, value: values[row] });
}
