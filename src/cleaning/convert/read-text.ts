import type { CategoryColumn, Column } from "../../data/column";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import type { ConversionRule } from "./convert-column";
import { declaredTexts } from "./declared-texts";
import { matchKey } from "./match-key";
import { parseEmail } from "./parse-email";
import { parseId, parseNumericId } from "./parse-id";
import type { CheckedCategoryConversion, CheckedConversion, CheckedPhoneConversion } from "./plan";
import { readSynonyms } from "./synonyms";
import type { CleaningTools } from "./tools";
import { createTextWriter } from "./write-text";

/** Conversions whose result is a text. */
export type TextConversion = Exclude<CheckedConversion, { readonly to: "number" | "boolean" | "timestamp" }>;

/** For each distinct text what becomes of it, and if nothing, why. */
export interface WrittenTexts {
  readonly written: readonly (string | undefined)[];
  /** A match key that is empty has no rule: the text is no failure, it has only nothing to compare. */
  readonly rules: readonly (ConversionRule | undefined)[];
}

/** What one text becomes; undefined where it gives none. */
export interface TextReader {
  readonly read: (text: string) => string | undefined;
  readonly failure?: ConversionRule;
}

/** Reads the distinct texts of a column. */
export function readTexts({ to, missing }: TextConversion, { categories }: CategoryColumn, { read, failure }: TextReader): WrittenTexts {
  const isMissing = declaredTexts(missing);
  const rules: (ConversionRule | undefined)[] = [];
  const written = categories.map((text) => {
    const result = isMissing.has(text.trim()) ? text : read(text);
    const isEmptyKey = to === "matchKey" && result === "";
    // The result is compared too: a text that is declared missing in its tidy form would be missing at the next cleaning.
    const rule = result === undefined ? failure : isMissing.has(text.trim()) || isMissing.has(result.trim()) ? "convert.missingText" : undefined;
    rules.push(rule);
    return rule === undefined && !isEmptyKey ? result : undefined;
  });
  return { written, rules };
}

/** Makes a reader of the texts of a column. `source` is the column that they come from. */
export function createTextReader(caller: string, conversion: TextConversion, tools: CleaningTools, texts: CategoryColumn, source: Column): TextReader {
  switch (conversion.to) {
    case "category":
      return createCategoryReader(conversion);
    case "id":
      return { read: source.type === "number" ? (text) => parseNumericId(Number(text)) : parseId, failure: "convert.notId" };
    case "email":
      return { read: (text) => parseEmail(text, conversion.lowerCase), failure: "convert.notEmail" };
    case "phone":
      return { read: createPhoneReader(caller, conversion, tools, texts), failure: "convert.notPhone" };
    case "matchKey":
      return { read: (text) => matchKey(text, conversion.accents) };
  }
}

export function createCategoryReader(conversion: CheckedCategoryConversion): TextReader {
  const write = createTextWriter(conversion);
  const textOf = readSynonyms(conversion.synonyms ?? {}, write);
  if ("spelling" in textOf) return { read: write };
  return { read: (text) => textOf.get(write(text)) ?? write(text) };
}

/** Asks the caller's resolver, whose errors and answers may hold personal data and are not repeated. */
function createPhoneReader(caller: string, { column, region }: CheckedPhoneConversion, tools: CleaningTools, texts: CategoryColumn): (text: string) => string | undefined {
  const { phone } = tools;
  const parameter = "phone";
  if (phone === undefined) {
    const rule = "a function that reads telephone numbers";
    throw new ClienteleError("unsupported", `column ${JSON.stringify(column)} is to be read as telephone numbers: pass ${rule} (as E.164) in the option phone`, { caller, parameter, column, rule });
  }
  const refuse = (text: string, rule: string, got: string): ClienteleError => {
    const row = texts.codes.indexOf(texts.categories.indexOf(text));
    return new ClienteleError("invalidInput", `${parameter} must ${rule}; for row ${row}, column ${JSON.stringify(column)} it ${got}`, { caller, parameter, column, row, rule });
  };
  return (text) => {
    let answer: unknown;
    try {
      answer = phone(text.trim(), region);
    } catch {
      throw refuse(text, "answer undefined for what is no number", "threw an error");
    }
    if (answer === undefined) return undefined;
    if (typeof answer === "string" && /^\+[1-9]\d{1,14}$/.test(answer)) return answer;
    throw refuse(text, "answer E.164 (+ and 2 to 15 digits) or undefined", `answered ${describeValue(answer)}`);
  };
}
