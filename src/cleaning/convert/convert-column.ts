import type { Column } from "../../data/column";
import { columnOf, type Table } from "../../data/table";
import { convertBooleans, convertNumbers, convertTexts, convertTimes } from "./convert-by-type";
import { createAmountParser } from "./parse-amount";
import { createPlainParser, type NumberFailure } from "./parse-number";
import type { TimeFailure } from "./parse-time";
import type { PlainConversion } from "./plain-conversion";
import type { CheckedConversion } from "./plan";
import { createCategoryReader, createTextReader } from "./read-text";
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
  switch (conversion.to) {
    case "number":
      return convertNumbers(caller, source, conversion, createAmountParser);
    case "boolean":
      return convertBooleans(caller, source, conversion);
    case "timestamp":
      return convertTimes(caller, source, conversion);
    default:
      return convertTexts(caller, source, conversion, (texts) => createTextReader(caller, conversion, tools, texts, source));
  }
}

/** {@link convertColumn} for plain conversions, without the code for others. */
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
