import { CategoryBuilder, MISSING_BOOLEAN, MISSING_CATEGORY, type CategoryColumn, type Column, type ColumnType } from "../../data/column";
import { parseIsoTime } from "../../data/iso-time";
import { columnOf, type Table } from "../../data/table";
import { ClienteleError } from "../../errors/error";
import type { BooleanConversion, CheckedConversion } from "../plan";
import { createNumberParser, type NumberFailure } from "./parse-number";

/** Why a conversion gave no value: the text is declared missing, or it cannot be read. */
export type ConversionRule = "convert.missingText" | NumberFailure | "convert.notBoolean" | "convert.notTime";

/** A conversion that was carried out, with what became of each distinct text. */
export interface ConvertedColumn {
  readonly conversion: CheckedConversion;
  /** The column before. */
  readonly source: Column;
  /** The column after. */
  readonly column: Column;
  /** For each row, the position of its text in `rules`; −1 where the cell was missing before. */
  readonly codes: Int32Array;
  /** For each distinct text, why it gave no value; undefined where it gave one. */
  readonly rules: readonly (ConversionRule | undefined)[];
}

/** Converts one column of a table; undefined when it is of the wanted type already. */
export function convertColumn(caller: string, table: Table, conversion: CheckedConversion): ConvertedColumn | undefined {
  const source = columnOf(caller, table, conversion.column, "convert");
  if (source.type === conversion.to && source.type !== "category") return undefined;
  const texts = textsOf(source);
  if (texts === undefined || !isReadable(source.type, conversion.to)) {
    throw refuseType(caller, conversion.column, source.type, conversion.to);
  }
  const isMissing = declaredTexts(conversion.missing);
  switch (conversion.to) {
    case "number": {
      const parse = createNumberParser(conversion);
      const read = texts.categories.map((text) => (isMissing.has(text.trim()) ? "convert.missingText" : parse(text)));
      const values = Float64Array.from(texts.codes, (code) => {
        const value = read[code];
        return typeof value === "number" ? value : NaN;
      });
      const rules = read.map((value) => (typeof value === "number" ? undefined : value));
      return { conversion, source, column: { type: "number", values }, codes: texts.codes, rules };
    }
    case "boolean": {
      const read = readBooleans(texts.categories, conversion, isMissing);
      const values = Uint8Array.from(texts.codes, (code) => {
        const value = read[code];
        return typeof value === "boolean" ? Number(value) : MISSING_BOOLEAN;
      });
      const rules = read.map((value) => (typeof value === "boolean" ? undefined : value));
      return { conversion, source, column: { type: "boolean", values }, codes: texts.codes, rules };
    }
    case "timestamp": {
      const read = texts.categories.map((text) => (isMissing.has(text.trim()) ? NaN : parseIsoTime(text.trim())));
      const rules = texts.categories.map((text, code) =>
        isMissing.has(text.trim()) ? "convert.missingText" : Number.isNaN(read[code]) ? "convert.notTime" : undefined,
      );
      return { conversion, source, column: { type: "timestamp", values: Float64Array.from(texts.codes, (code) => read[code] ?? NaN) }, codes: texts.codes, rules };
    }
    case "category": {
      const rules = texts.categories.map((text) => (isMissing.has(text.trim()) ? "convert.missingText" : undefined));
      return { conversion, source, column: withoutTexts(texts, rules), codes: texts.codes, rules };
    }
  }
}

/** Whether the texts of a column can have another meaning: true is no quantity, and a number no date. */
function isReadable(from: ColumnType, to: CheckedConversion["to"]): boolean {
  if (from === "boolean") return to === "boolean" || to === "category";
  return !(from === "number" && to === "timestamp");
}

function declaredTexts(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.map((text) => text.trim()));
}

function readBooleans(
  texts: readonly string[],
  conversion: Pick<BooleanConversion, "trueTexts" | "falseTexts">,
  isMissing: ReadonlySet<string>,
): (boolean | ConversionRule)[] {
  const isTrue = declaredTexts(conversion.trueTexts);
  const isFalse = declaredTexts(conversion.falseTexts);
  return texts.map((text) => {
    const trimmed = text.trim();
    if (isMissing.has(trimmed)) return "convert.missingText";
    if (isTrue.has(trimmed)) return true;
    return isFalse.has(trimmed) ? false : "convert.notBoolean";
  });
}

/** The cells as texts: a number as JavaScript writes it. A timestamp has no text by itself. */
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

/** The texts without those that a rule takes away: they leave the dictionary too. */
function withoutTexts(texts: CategoryColumn, rules: readonly (ConversionRule | undefined)[]): CategoryColumn {
  const categories: string[] = [];
  const newCodes = rules.map((rule, code) => (rule === undefined ? categories.push(texts.categories[code]!) - 1 : MISSING_CATEGORY));
  if (categories.length === rules.length) return texts;
  return { type: "category", codes: texts.codes.map((code) => newCodes[code] ?? MISSING_CATEGORY), categories };
}

function refuseType(caller: string, column: string, from: ColumnType, to: ColumnType): ClienteleError {
  const rule = `a column that can be converted to ${to}`;
  return new ClienteleError("invalidInput", `convert: column ${JSON.stringify(column)} is ${from}, which cannot be converted to ${to}`, {
    caller,
    parameter: "convert",
    column,
    rule,
  });
}
