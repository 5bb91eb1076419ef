import { CategoryBuilder, MISSING_BOOLEAN, MISSING_CATEGORY, type CategoryColumn, type Column, type NumberColumn } from "../../data/column";
import { columnOf, type Table } from "../../data/table";
import { ClienteleError } from "../../errors/error";
import { textsToConvert } from "./column-texts";
import { declaredTexts, foldCase } from "./declared-texts";
import { refuseMixedCurrencies } from "./mixed-currencies";
import { createAmountParser } from "./parse-amount";
import type { NumberFailure } from "./parse-number";
import { createTimeParser, type TimeFailure } from "./parse-time";
import type { CheckedBooleanConversion, CheckedConversion, CheckedNumberConversion, CheckedTimestampConversion } from "./plan";
import { createTextReader } from "./read-text";
import type { CleaningTools } from "./tools";

/**
 * Why a text gave no value.
 *
 * - `convert.missingText`: the plan declares it missing
 * - `convert.notNumber`: it is no number of the declared format
 * - `convert.outOfRange`: a number beyond the range of doubles, or a time beyond the years 0000 to 9999
 * - `convert.inexactInteger`: a whole number so long that a double would lose digits
 * - `convert.otherCurrency`: an amount in another currency than the declared one
 * - `convert.notBoolean`: it is declared neither true nor false
 * - `convert.notTime`: it is no time of the declared format, or one without an offset where no zone is declared
 * - `convert.noSuchDay`: the calendar, or the zone, has no such day
 * - `convert.noSuchTime`: the clocks of the zone skipped this time when they were set forward
 * - `convert.repeatedTime`: the clocks of the zone showed this time twice when they were set back
 * - `convert.notId`: it is blank, or digits of the id are lost or may be
 * - `convert.notEmail`: it has not the form of an e-mail address
 * - `convert.notPhone`: the resolver says that it is no telephone number
 */
export type ConversionRule =
  | "convert.missingText"
  | NumberFailure
  | "convert.otherCurrency"
  | "convert.notBoolean"
  | TimeFailure
  | "convert.notId"
  | "convert.notEmail"
  | "convert.notPhone";

/** A conversion that was carried out, with what became of each distinct text. */
export interface ConvertedColumn {
  readonly conversion: CheckedConversion;
  /** The name of the column that is written. */
  readonly target: string;
  /** The column that was read. */
  readonly source: Column;
  /** The column to write. */
  readonly column: Column;
  /** For each row, the position of its text in `rules`; −1 where the cell was missing before. */
  readonly codes: Int32Array;
  /** For each distinct text, why it gave no value; undefined where it gave one. In a column of numbers already: kept, and missing. */
  readonly rules: readonly (ConversionRule | undefined)[];
}

/**
 * Converts one column of a table; undefined when there is nothing to do, because it is of the wanted type already.
 *
 * The work is done once for each distinct text.
 */
export function convertColumn(caller: string, table: Table, conversion: CheckedConversion, tools: CleaningTools): ConvertedColumn | undefined {
  const source = columnOf(caller, table, conversion.column, "convert");
  const target = conversion.to === "matchKey" ? conversion.as : conversion.column;
  const result = (column: Column, codes: Int32Array, rules: readonly (ConversionRule | undefined)[]): ConvertedColumn => ({ conversion, target, source, column, codes, rules });

  if (conversion.to === "number" && source.type === "number") {
    const kept = keepNumbers(caller, source, conversion);
    return kept === undefined ? undefined : result(kept.column, kept.codes, [undefined, "convert.missingText"]);
  }
  if (source.type === conversion.to && source.type !== "category") return undefined;

  const texts = textsToConvert(caller, source, conversion);
  switch (conversion.to) {
    case "number": {
      const read = readNumbers(caller, texts, conversion);
      return result({ type: "number", values: spreadNumbers(texts.codes, read), ...unitOf(conversion) }, texts.codes, rulesOf(read, "number"));
    }
    case "boolean": {
      const read = readBooleans(texts, conversion);
      return result({ type: "boolean", values: spreadBooleans(texts.codes, read) }, texts.codes, rulesOf(read, "boolean"));
    }
    case "timestamp": {
      const read = readTimes(caller, texts, conversion);
      return result({ type: "timestamp", values: spreadNumbers(texts.codes, read) }, texts.codes, rulesOf(read, "number"));
    }
    default: {
      const { written, rules } = createTextReader(caller, conversion, tools)(texts, source);
      return result(spreadTexts(texts, written), texts.codes, rules);
    }
  }
}

/** A column of numbers already: numbers that the plan declares missing are emptied, and the currency becomes its unit. */
function keepNumbers(caller: string, source: NumberColumn, conversion: CheckedNumberConversion): { readonly column: NumberColumn; readonly codes: Int32Array } | undefined {
  const { currency, column } = conversion;
  if (currency !== undefined && source.unit !== undefined && source.unit !== currency) {
    throw new ClienteleError("invalidInput", `convert: column ${JSON.stringify(column)} is in ${JSON.stringify(source.unit)} already, not in ${currency}`, {
      caller,
      parameter: "convert",
      column,
      rule: "amounts in the declared currency",
    });
  }
  const isMissing = declaredNumbers(conversion);
  const values = isMissing.size === 0 ? source.values : source.values.map((value) => (isMissing.has(value) ? NaN : value));
  const codes = Int32Array.from(source.values, (value, row) => (Number.isNaN(value) ? -1 : Number(Number.isNaN(values[row]))));
  const isEmptied = codes.includes(1);
  if (!isEmptied && (currency === undefined || currency === source.unit)) return undefined;
  return { column: { ...source, values: isEmptied ? values : source.values, ...unitOf(conversion) }, codes };
}

function unitOf({ currency }: CheckedNumberConversion): Pick<NumberColumn, "unit"> {
  return currency === undefined ? {} : { unit: currency };
}

/** The numbers that declared texts stand for: in the format of the column, else as plain numbers. */
function declaredNumbers(conversion: CheckedNumberConversion): ReadonlySet<number> {
  if (conversion.missing.length === 0) return new Set();
  const parsers = [createAmountParser(conversion), createAmountParser({ decimal: ".", grouping: "none", currency: undefined, parentheses: false, percent: false, suffixes: [] })];
  return new Set(conversion.missing.flatMap((text) => parsers.map((parse) => parse(text)).find((value) => typeof value === "number") ?? []));
}

function readNumbers(caller: string, texts: CategoryColumn, conversion: CheckedNumberConversion): (number | ConversionRule)[] {
  const parse = createAmountParser(conversion);
  const isMissing = declaredTexts(conversion.missing);
  const isMissingNumber = declaredNumbers(conversion);
  const currencyOf = new Map<number, string>();
  const read = texts.categories.map((text, code) => {
    if (isMissing.has(text.trim())) return "convert.missingText";
    const value = parse(text);
    if (typeof value === "object") {
      currencyOf.set(code, value.currency);
      return "convert.otherCurrency";
    }
    return typeof value === "number" && isMissingNumber.has(value) ? "convert.missingText" : value;
  });
  if (currencyOf.size > 0 && conversion.otherCurrency === "error") throw refuseMixedCurrencies(caller, conversion, texts.codes, currencyOf);
  return read;
}

function readBooleans(texts: CategoryColumn, conversion: CheckedBooleanConversion): (boolean | ConversionRule)[] {
  const fold = conversion.ignoreCase ? foldCase : (text: string): string => text;
  const isMissing = declaredTexts(conversion.missing);
  const isTrue = declaredTexts(conversion.trueTexts.map(fold));
  const isFalse = declaredTexts(conversion.falseTexts.map(fold));
  return texts.categories.map((text) => {
    const trimmed = text.trim();
    if (isMissing.has(trimmed)) return "convert.missingText";
    const folded = fold(trimmed);
    if (isTrue.has(folded)) return true;
    return isFalse.has(folded) ? false : "convert.notBoolean";
  });
}

function readTimes(caller: string, texts: CategoryColumn, conversion: CheckedTimestampConversion): (number | ConversionRule)[] {
  const isMissing = declaredTexts(conversion.missing);
  const parse = createTimeParser(caller, conversion);
  return texts.categories.map((text) => (isMissing.has(text.trim()) ? "convert.missingText" : parse(text)));
}

function rulesOf(read: readonly (number | boolean | ConversionRule)[], type: "number" | "boolean"): (ConversionRule | undefined)[] {
  return read.map((value) => (typeof value === type ? undefined : (value as ConversionRule)));
}

function spreadNumbers(codes: Int32Array, read: readonly (number | ConversionRule)[]): Float64Array {
  const valueOf = Float64Array.from(read, (value) => (typeof value === "number" ? value : NaN));
  const values = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) values[row] = codes[row]! < 0 ? NaN : valueOf[codes[row]!]!;
  return values;
}

function spreadBooleans(codes: Int32Array, read: readonly (boolean | ConversionRule)[]): Uint8Array {
  const valueOf = Uint8Array.from(read, (value) => (typeof value === "boolean" ? Number(value) : MISSING_BOOLEAN));
  const values = new Uint8Array(codes.length);
  for (let row = 0; row < codes.length; row++) values[row] = codes[row]! < 0 ? MISSING_BOOLEAN : valueOf[codes[row]!]!;
  return values;
}

/** A column of the texts that were written, each once; the same column when every text stays as it is. */
function spreadTexts(texts: CategoryColumn, written: readonly (string | undefined)[]): CategoryColumn {
  if (written.every((text, code) => text === texts.categories[code])) return texts;
  const builder = new CategoryBuilder();
  const codeOf = Int32Array.from(written, (text) => (text === undefined ? MISSING_CATEGORY : builder.codeFor(text)));
  const codes = new Int32Array(texts.codes.length);
  for (let row = 0; row < codes.length; row++) codes[row] = texts.codes[row]! < 0 ? MISSING_CATEGORY : codeOf[texts.codes[row]!]!;
  return { type: "category", codes, categories: builder.categories };
}
