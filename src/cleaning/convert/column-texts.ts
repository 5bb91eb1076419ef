import { CategoryBuilder, MISSING_BOOLEAN, MISSING_CATEGORY, type CategoryColumn, type Column, type ColumnType } from "../../data/column";
import { ClienteleError } from "../../errors/error";
import type { CheckedConversion } from "./plan";

/** The cells of a column as texts, if the conversion can give these a meaning: a number as JavaScript writes it. */
export function textsToConvert(caller: string, column: Column, conversion: CheckedConversion): CategoryColumn {
  const texts = isReadable(column.type, conversion) ? textsOf(column) : undefined;
  if (texts !== undefined) return texts;
  const name = conversion.column;
  const rule = `a column that can be converted to ${conversion.to}`;
  throw new ClienteleError("invalidInput", `convert: column ${JSON.stringify(name)} is ${column.type}, which cannot be converted to ${describeTarget(conversion)}`, {
    caller,
    parameter: "convert",
    column: name,
    rule,
  });
}

function describeTarget(conversion: CheckedConversion): string {
  return conversion.to === "timestamp" ? `timestamp by the format ${JSON.stringify(conversion.format)}` : conversion.to;
}

/** Whether the texts of a column can have another meaning: true is no quantity, and a number is a time only where the format says of what. */
function isReadable(from: ColumnType, conversion: CheckedConversion): boolean {
  switch (conversion.to) {
    case "number":
    case "id":
    case "phone":
    case "matchKey":
      return from === "category" || from === "number";
    case "boolean":
    case "category":
      return from !== "timestamp";
    case "timestamp":
      return from === "category" || (from === "number" && /^(?:epoch|excel)/.test(conversion.format));
    case "email":
      return from === "category";
  }
}

/** A timestamp has no text by itself. */
function textsOf(column: Column): CategoryColumn | undefined {
  switch (column.type) {
    case "category":
      return column;
    case "number": {
      const builder = new CategoryBuilder();
      const codes = Int32Array.from(column.values, (value) => (Number.isNaN(value) ? MISSING_CATEGORY : builder.codeFor(String(value))));
      return { type: "category", codes, categories: builder.categories };
    }
    case "boolean":
      return {
        type: "category",
        codes: Int32Array.from(column.values, (value) => (value === MISSING_BOOLEAN ? MISSING_CATEGORY : value)),
        categories: ["false", "true"],
      };
    case "timestamp":
      return undefined;
  }
}
