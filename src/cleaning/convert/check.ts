import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions } from "../../errors/options";
import { describeNames } from "../../errors/describe";
import { readBooleanWords } from "./boolean-words";
import {
  BOOLEAN_CONVERSION_OPTIONS,
  CATEGORY_CONVERSION_OPTIONS,
  EMAIL_CONVERSION_OPTIONS,
  ID_CONVERSION_OPTIONS,
  MATCH_KEY_CONVERSION_OPTIONS,
  NUMBER_CONVERSION_OPTIONS,
  PHONE_CONVERSION_OPTIONS,
  TIMESTAMP_CONVERSION_OPTIONS,
  type BooleanConversion,
  type CategoryConversion,
  type CheckedBooleanConversion,
  type CheckedConversion,
  type Conversion,
  type EmailConversion,
  type IdConversion,
  type MatchKeyConversion,
  type NumberConversion,
  type PhoneConversion,
  type TimestampConversion,
} from "./plan";
import { copySynonyms, isSynonymTable, SYNONYMS_RULE } from "./synonyms";

/**
 * Checks a conversion by itself, fills in its defaults and writes out the words of its languages; nothing is shared with the caller's
 * object. Contradictions within it are found by `findConversionConflict`.
 */
export function checkConversion(caller: string, path: string, item: Conversion): CheckedConversion {
  checkOption(caller, path, item, { kind: "object" });
  checkOption(caller, `${path}.to`, item.to, NUMBER_CONVERSION_OPTIONS.to);
  switch (item.to) {
    case "number": {
      const options = readOptions<NumberConversion, typeof NUMBER_CONVERSION_OPTIONS>(caller, item, NUMBER_CONVERSION_OPTIONS, path);
      return { ...options, missing: [...options.missing], suffixes: [...options.suffixes] };
    }
    case "boolean":
      return checkBooleanConversion(caller, path, item);
    case "timestamp": {
      const options = readOptions<TimestampConversion, typeof TIMESTAMP_CONVERSION_OPTIONS>(caller, item, TIMESTAMP_CONVERSION_OPTIONS, path);
      return { ...options, missing: [...options.missing] };
    }
    case "category": {
      const options = readOptions<CategoryConversion, typeof CATEGORY_CONVERSION_OPTIONS>(caller, item, CATEGORY_CONVERSION_OPTIONS, path);
      const synonyms: unknown = options.synonyms;
      if (synonyms === undefined) return { ...options, missing: [...options.missing] };
      if (!isSynonymTable(synonyms)) throw refuse(caller, `${path}.synonyms`, SYNONYMS_RULE);
      return { ...options, missing: [...options.missing], synonyms: copySynonyms(synonyms) };
    }
    case "id": {
      const options = readOptions<IdConversion, typeof ID_CONVERSION_OPTIONS>(caller, item, ID_CONVERSION_OPTIONS, path);
      return { ...options, missing: [...options.missing] };
    }
    case "email": {
      const options = readOptions<EmailConversion, typeof EMAIL_CONVERSION_OPTIONS>(caller, item, EMAIL_CONVERSION_OPTIONS, path);
      return { ...options, missing: [...options.missing] };
    }
    case "phone": {
      const options = readOptions<PhoneConversion, typeof PHONE_CONVERSION_OPTIONS>(caller, item, PHONE_CONVERSION_OPTIONS, path);
      return { ...options, missing: [...options.missing] };
    }
    case "matchKey": {
      const options = readOptions<MatchKeyConversion, typeof MATCH_KEY_CONVERSION_OPTIONS>(caller, item, MATCH_KEY_CONVERSION_OPTIONS, path);
      return { ...options, missing: [...options.missing] };
    }
  }
}

function checkBooleanConversion(caller: string, path: string, item: BooleanConversion): CheckedBooleanConversion {
  const { languages, ...options } = readOptions<BooleanConversion, typeof BOOLEAN_CONVERSION_OPTIONS>(caller, item, BOOLEAN_CONVERSION_OPTIONS, path);
  const words = readBooleanWords(languages);
  const parameter = `${path}.languages`;
  if (words.unknown !== undefined) {
    throw refuse(caller, parameter, `languages whose words are known (${words.known.join(", ")})`, describeNames([words.unknown]));
  }
  if (words.ambiguous !== undefined) {
    const { word, isTrueIn, isFalseIn } = words.ambiguous;
    throw refuse(caller, parameter, `languages that agree; ${JSON.stringify(word)} means true in ${isTrueIn} and false in ${isFalseIn}`);
  }
  return {
    ...options,
    trueTexts: [...new Set([...options.trueTexts, ...words.trueWords])],
    falseTexts: [...new Set([...options.falseTexts, ...words.falseWords])],
    ignoreCase: options.ignoreCase || languages.length > 0,
    missing: [...options.missing],
  };
}

function refuse(caller: string, parameter: string, rule: string, got?: string): ClienteleError {
  return new ClienteleError("invalidOption", `${parameter} must be ${rule}${got === undefined ? "" : `; got ${got}`}`, { caller, parameter, rule });
}
