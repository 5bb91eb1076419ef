import { CategoryBuilder, MISSING_BOOLEAN, MISSING_CATEGORY, type CategoryColumn, type Column, type NumberColumn } from "../../data/column";
import { ClienteleError } from "../../errors/error";
import { textsToConvert } from "./column-texts";
import type { ConversionRule, ConvertedColumn } from "./convert-column";
import { declaredTexts, foldCase } from "./declared-texts";
import { refuseMixedCurrencies } from "./mixed-currencies";
import type { AmountFormat, ForeignAmount } from "./parse-amount";
import type { NumberFailure } from "./parse-number";
import { createTimeParser } from "./parse-time";
import type { CheckedBooleanConversion, CheckedNumberConversion, CheckedTimestampConversion } from "./plan";
import { readTexts, type TextConversion, type TextReader } from "./read-text";

/** Makes a reader of numbers: `createAmountParser`, or one that knows less and is smaller. */
export type CreateNumberParser = (format: AmountFormat) => (text: string) => number | NumberFailure | ForeignAmount;

/** To numbers; undefined for numbers that stay as they are. */
export function convertNumbers(caller: string, source: Column, conversion: CheckedNumberConversion, createParser: CreateNumberParser): ConvertedColumn | undefined {
  if (source.type === "number") return keepNumbers(caller, source, conversion, createParser);
  const texts = textsToConvert(caller, source, conversion);
  const read = readNumbers(caller, texts, conversion, createParser);
  const column = { type: "number", values: spreadNumbers(texts.codes, read), ...unitOf(conversion) } as const;
  return { conversion, target: conversion.column, source, column, codes: texts.codes, rules: rulesOf(read, "number") };
}

/** To true and false; undefined for a column of these. */
export function convertBooleans(caller: string, source: Column, conversion: CheckedBooleanConversion): ConvertedColumn | undefined {
  if (source.type === "boolean") return undefined;
  const texts = textsToConvert(caller, source, conversion);
  const read = readBooleans(texts, conversion);
  const column = { type: "boolean", values: spreadBooleans(texts.codes, read) } as const;
  return { conversion, target: conversion.column, source, column, codes: texts.codes, rules: rulesOf(read, "boolean") };
}

/** To points in time; undefined for a column of these. */
export function convertTimes(caller: string, source: Column, conversion: CheckedTimestampConversion): ConvertedColumn | undefined {
  if (source.type === "timestamp") return undefined;
  const texts = textsToConvert(caller, source, conversion);
  const read = readTimes(caller, texts, conversion);
  const column = { type: "timestamp", values: spreadNumbers(texts.codes, read) } as const;
  return { conversion, target: conversion.column, source, column, codes: texts.codes, rules: rulesOf(read, "number") };
}

/** To texts, which `createReader` makes a reader for. */
export function convertTexts(caller: string, source: Column, conversion: TextConversion, createReader: (texts: CategoryColumn) => TextReader): ConvertedColumn {
  const texts = textsToConvert(caller, source, conversion);
  const { written, rules } = readTexts(conversion, texts, createReader(texts));
  const target = conversion.to === "matchKey" ? conversion.as : conversion.column;
  return { conversion, target, source, column: spreadTexts(texts, written), codes: texts.codes, rules };
}

/** A column of numbers already: numbers that the plan declares missing are emptied, and the currency becomes its unit. */
function keepNumbers(caller: string, source: NumberColumn, conversion: CheckedNumberConversion, createParser: CreateNumberParser): ConvertedColumn | undefined {
  const { currency, column } = conversion;
  if (currency !== undefined && source.unit !== undefined && source.unit !== currency) {
    throw new ClienteleError("invalidInput", `convert: column ${JSON.stringify(column)} is in ${JSON.stringify(source.unit)} already, not in ${currency}`, {
      caller,
      parameter: "convert",
      column,
      rule: "amounts in the declared currency",
    });
  }
  const isMissing = declaredNumbers(conversion, createParser);
  const values = isMissing.size === 0 ? source.values : source.values.map((value) => (isMissing.has(value) ? NaN : value));
  const codes = Int32Array.from(source.values, (value, row) => (Number.isNaN(value) ? -1 : Number(Number.isNaN(values[row]))));
  const isEmptied = codes.includes(1);
  if (!isEmptied && (currency === undefined || currency === source.unit)) return undefined;
  const kept: NumberColumn = { ...source, values: isEmptied ? values : source.values, ...unitOf(conversion) };
  return { conversion, target: column, source, column: kept, codes, rules: [undefined, "convert.missingText"] };
}

function unitOf({ currency }: CheckedNumberConversion): Pick<NumberColumn, "unit"> {
  return currency === undefined ? {} : { unit: currency };
}

/** The numbers that declared texts stand for: in the format of the column, else as plain numbers. */
function declaredNumbers(conversion: CheckedNumberConversion, createParser: CreateNumberParser): ReadonlySet<number> {
  if (!conversion.missing.some((text) => /\d/.test(text))) return new Set();
  const parsers = [createParser(conversion), createParser({ decimal: ".", grouping: "none", currency: undefined, parentheses: false, percent: false, suffixes: [] })];
  return new Set(conversion.missing.flatMap((text) => parsers.map((parse) => parse(text)).find((value) => typeof value === "number") ?? []));
}

function readNumbers(caller: string, texts: CategoryColumn, conversion: CheckedNumberConversion, createParser: CreateNumberParser): (number | ConversionRule)[] {
  const parse = createParser(conversion);
  const isMissing = declaredTexts(conversion.missing);
  const isMissingNumber = declaredNumbers(conversion, createParser);
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
