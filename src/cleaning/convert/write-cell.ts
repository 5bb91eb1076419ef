import type { CheckedConversion } from "../plan";

/**
 * The text that a conversion reads back as exactly this value, for a value that is of the wanted type already; another value as it is.
 *
 * In a column of texts and numbers (or true and false) the latter must not be read like texts: 1.234 is no 1234 where `.` groups
 * digits, and a number is no code for a missing value. An exponent keeps whole numbers beyond 2⁵³, which written out are refused.
 */
export function writeCell(conversion: CheckedConversion, value: unknown): unknown {
  switch (conversion.to) {
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? value.toExponential().replace(".", conversion.decimal) : value;
    case "boolean":
      return typeof value === "boolean" ? conversion[value ? "trueTexts" : "falseTexts"][0] : value;
    case "timestamp":
    case "category":
      return value;
  }
}
