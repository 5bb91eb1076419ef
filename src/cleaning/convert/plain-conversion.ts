import type { CheckedBooleanConversion, CheckedCategoryConversion, CheckedConversion, CheckedNumberConversion } from "./plan";

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
