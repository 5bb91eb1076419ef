import { columnOf, type Table } from "../../data/table";
import { convertBooleans, convertNumbers, convertTexts } from "./convert-by-type";
import type { ConvertedColumn } from "./convert-column";
import { createPlainParser } from "./parse-number";
import type { CheckedBooleanConversion, CheckedCategoryConversion, CheckedConversion, CheckedNumberConversion } from "./plan";
import { createCategoryReader } from "./read-text";

/**
 * A conversion that takes little code: to numbers with nothing around them, to true and false, to categories. Most columns that models
 * learn from come out of these.
 */
export type PlainConversion = CheckedNumberConversion | CheckedBooleanConversion | CheckedCategoryConversion;

export function isPlain(conversion: CheckedConversion): conversion is PlainConversion {
  switch (conversion.to) {
    case "number":
      return conversion.currency === undefined && !conversion.parentheses && !conversion.percent && conversion.suffixes.length === 0;
    case "boolean":
    case "category":
      return true;
    default:
      return false;
  }
}

/** `convertColumn` for plain conversions, without the code for others. */
export function convertPlainColumn(caller: string, table: Table, conversion: PlainConversion): ConvertedColumn | undefined {
  const source = columnOf(caller, table, conversion.column, "convert");
  switch (conversion.to) {
    case "number":
      return convertNumbers(caller, source, conversion, createPlainParser);
    case "boolean":
      return convertBooleans(caller, source, conversion);
    case "category":
      return convertTexts(caller, source, conversion, () => createCategoryReader(conversion));
  }
}
