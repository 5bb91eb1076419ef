import { readSavedOptions, writeOptions, type SavedOption } from "../../errors/saved-options";
import type { SpecReader } from "../../errors/spec";
import { isPlain, type PlainConversion } from "./plain-conversion";
import {
  BOOLEAN_CONVERSION_OPTIONS,
  CATEGORY_CONVERSION_OPTIONS,
  CONVERSION_TARGETS,
  EMAIL_CONVERSION_OPTIONS,
  ID_CONVERSION_OPTIONS,
  MATCH_KEY_CONVERSION_OPTIONS,
  NUMBER_CONVERSION_OPTIONS,
  PHONE_CONVERSION_OPTIONS,
  TIMESTAMP_CONVERSION_OPTIONS,
  type BooleanConversion,
  type CategoryConversion,
  type CheckedBooleanConversion,
  type CheckedCategoryConversion,
  type CheckedConversion,
  type CheckedEmailConversion,
  type CheckedIdConversion,
  type CheckedMatchKeyConversion,
  type CheckedNumberConversion,
  type CheckedPhoneConversion,
  type CheckedTimestampConversion,
  type EmailConversion,
  type IdConversion,
  type MatchKeyConversion,
  type NumberConversion,
  type PhoneConversion,
  type TimestampConversion,
} from "./plan";
import { copySynonyms, isSynonymTable, SYNONYMS_RULE } from "./synonyms";

type Saved<Checked> = { readonly [Name in keyof Checked]: SavedOption<Checked[Name]> };

/** A conversion as it is saved: every default is written out, absent is null, languages are written out as their words. */
export type ConversionSpec =
  | Saved<CheckedNumberConversion>
  | Saved<CheckedBooleanConversion>
  | Saved<CheckedTimestampConversion>
  | Saved<CheckedCategoryConversion>
  | Saved<CheckedIdConversion>
  | Saved<CheckedEmailConversion>
  | Saved<CheckedPhoneConversion>
  | Saved<CheckedMatchKeyConversion>;

export function writeConversion(conversion: CheckedConversion): ConversionSpec {
  switch (conversion.to) {
    case "number":
      return writeOptions(conversion, NUMBER_CONVERSION_OPTIONS);
    case "boolean":
      return writeOptions<CheckedBooleanConversion>(conversion, savedBooleanOptions());
    case "timestamp":
      return writeOptions(conversion, TIMESTAMP_CONVERSION_OPTIONS);
    case "category":
      return writeOptions(conversion, CATEGORY_CONVERSION_OPTIONS);
    case "id":
      return writeOptions(conversion, ID_CONVERSION_OPTIONS);
    case "email":
      return writeOptions(conversion, EMAIL_CONVERSION_OPTIONS);
    case "phone":
      return writeOptions(conversion, PHONE_CONVERSION_OPTIONS);
    case "matchKey":
      return writeOptions(conversion, MATCH_KEY_CONVERSION_OPTIONS);
  }
}

/** Reads a saved conversion; contradictions within it are found by `findConversionConflict`. */
export function readConversion(reader: SpecReader): CheckedConversion {
  const to = reader.oneOf("to", CONVERSION_TARGETS);
  switch (to) {
    case "timestamp":
      return readSavedOptions<TimestampConversion, typeof TIMESTAMP_CONVERSION_OPTIONS>(reader, TIMESTAMP_CONVERSION_OPTIONS);
    case "id":
      return readSavedOptions<IdConversion, typeof ID_CONVERSION_OPTIONS>(reader, ID_CONVERSION_OPTIONS);
    case "email":
      return readSavedOptions<EmailConversion, typeof EMAIL_CONVERSION_OPTIONS>(reader, EMAIL_CONVERSION_OPTIONS);
    case "phone":
      return readSavedOptions<PhoneConversion, typeof PHONE_CONVERSION_OPTIONS>(reader, PHONE_CONVERSION_OPTIONS);
    case "matchKey":
      return readSavedOptions<MatchKeyConversion, typeof MATCH_KEY_CONVERSION_OPTIONS>(reader, MATCH_KEY_CONVERSION_OPTIONS);
    default:
      return readConversionOf(reader, to);
  }
}

/** Reads a saved conversion if it is a plain one. */
export function readPlainConversion(reader: SpecReader): PlainConversion | undefined {
  const to = reader.oneOf("to", CONVERSION_TARGETS);
  if (to !== "number" && to !== "boolean" && to !== "category") return undefined;
  const conversion = readConversionOf(reader, to);
  return isPlain(conversion) ? conversion : undefined;
}

function readConversionOf(reader: SpecReader, to: "number" | "boolean" | "category"): PlainConversion {
  switch (to) {
    case "number":
      return readSavedOptions<NumberConversion, typeof NUMBER_CONVERSION_OPTIONS>(reader, NUMBER_CONVERSION_OPTIONS);
    case "boolean":
      return readSavedOptions<Omit<BooleanConversion, "languages">, ReturnType<typeof savedBooleanOptions>>(reader, savedBooleanOptions());
    case "category": {
      const conversion = readSavedOptions<CategoryConversion, typeof CATEGORY_CONVERSION_OPTIONS>(reader, CATEGORY_CONVERSION_OPTIONS);
      const synonyms: unknown = conversion.synonyms;
      if (synonyms === undefined) return conversion;
      if (!isSynonymTable(synonyms)) throw reader.refuse("synonyms", SYNONYMS_RULE);
      return { ...conversion, synonyms: copySynonyms(synonyms) };
    }
  }
}

/** The words of languages stand among the texts, so that a saved form needs no table of them. */
function savedBooleanOptions(): Omit<typeof BOOLEAN_CONVERSION_OPTIONS, "languages"> {
  const { column, to, trueTexts, falseTexts, ignoreCase, missing, onFailure } = BOOLEAN_CONVERSION_OPTIONS;
  return { column, to, trueTexts, falseTexts, ignoreCase, missing, onFailure };
}
