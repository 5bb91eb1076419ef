import { isTimeZone, TIME_ZONE_RULE } from "../../data/calendar/zone-offset";
import { findFirst, type PlanConflict } from "../plan-conflict";
import { declaredTexts, foldCase } from "./declared-texts";
import type { CheckedBooleanConversion, CheckedCategoryConversion, CheckedConversion, CheckedNumberConversion, CheckedTimestampConversion } from "./plan";
import { readSynonyms } from "./synonyms";
import { createTextWriter } from "./write-text";

/** The first contradiction within a conversion; the same for one that a person wrote and for one in a saved model. */
export function findConversionConflict(conversion: CheckedConversion, path: string): PlanConflict | undefined {
  const found = findConflict(conversion);
  if (found === undefined) return undefined;
  return { parameter: found.option === undefined ? path : `${path}.${found.option}`, rule: found.rule, column: conversion.column };
}

interface OptionConflict {
  /** Undefined where several options contradict each other. */
  readonly option: string | undefined;
  readonly rule: string;
}

function findConflict(conversion: CheckedConversion): OptionConflict | undefined {
  switch (conversion.to) {
    case "number":
      return findNumberConflict(conversion);
    case "boolean":
      return findBooleanConflict(conversion);
    case "timestamp":
      return findTimeConflict(conversion);
    case "category":
      return findSynonymConflict(conversion);
    case "phone": {
      const isCountry = conversion.region === undefined || /^[A-Z]{2}$/.test(conversion.region);
      return isCountry ? undefined : { option: "region", rule: 'a country of ISO 3166-1 such as "DE"' };
    }
    case "matchKey":
      return conversion.as === conversion.column ? { option: "as", rule: "another column than the one that is read: keys are not for display" } : undefined;
    case "id":
    case "email":
      return undefined;
  }
}

function findNumberConflict({ decimal, grouping, groups, currency, percent, suffixes }: CheckedNumberConversion): OptionConflict | undefined {
  if (grouping === decimal) return { option: "grouping", rule: `another mark than decimal (${JSON.stringify(decimal)})` };
  if (groups === "indian" && grouping === "none") return { option: "grouping", rule: 'the mark between the groups, where groups is "indian"' };
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) return { option: "currency", rule: 'a code of ISO 4217 such as "EUR"' };
  if (currency !== undefined && percent) return { option: "percent", rule: "false where a currency is given" };
  const conflict = findFirst(suffixes, (suffix, i) => {
    const rule = findSuffixRule(suffix.trim(), percent);
    return rule === undefined ? undefined : { parameter: `suffixes[${i}]`, rule };
  });
  return conflict === undefined ? undefined : { option: conflict.parameter, rule: conflict.rule };
}

/** What a suffix must be, if it is not: one that could be a part of the number would change it. */
function findSuffixRule(suffix: string, percent: boolean): string | undefined {
  if (suffix === "") return "a text that is not blank";
  if (/^(?:\d|[eE][+\-\u2212]?\d)/.test(suffix)) return "no text that begins like a part of a number";
  return percent && suffix.includes("%") ? "without a percent sign where percent is true" : undefined;
}

function findBooleanConflict({ trueTexts, falseTexts, missing, ignoreCase }: CheckedBooleanConversion): OptionConflict | undefined {
  if (trueTexts.length === 0) return { option: "trueTexts", rule: "at least one text (or languages must be given)" };
  if (falseTexts.length === 0) return { option: "falseTexts", rule: "at least one text (or languages must be given)" };
  const fold = ignoreCase ? foldCase : (text: string): string => text;
  const texts = [trueTexts, falseTexts, missing].flatMap((list) => [...new Set(list.map((text) => fold(text.trim())))]);
  const seen = new Set<string>();
  const repeated = texts.find((text) => seen.size === seen.add(text).size);
  if (repeated === undefined) return undefined;
  return { option: undefined, rule: `unambiguous: no text in two of trueTexts, falseTexts and missing; ${JSON.stringify(repeated)} is` };
}

function findTimeConflict({ format, timeZone }: CheckedTimestampConversion): OptionConflict | undefined {
  if (timeZone === undefined) return undefined;
  if (format === "epochSeconds" || format === "epochMilliseconds") return { option: "timeZone", rule: `absent for the format ${JSON.stringify(format)}, which names the same moment everywhere` };
  return isTimeZone(timeZone) ? undefined : { option: "timeZone", rule: `${TIME_ZONE_RULE} that this platform knows` };
}

function findSynonymConflict(conversion: CheckedCategoryConversion): OptionConflict | undefined {
  if (conversion.synonyms === undefined) return undefined;
  const found = readSynonyms(conversion.synonyms, createTextWriter(conversion));
  if ("spelling" in found) {
    const [first, second] = found.texts.map((text) => JSON.stringify(text));
    return { option: "synonyms", rule: `unambiguous: ${JSON.stringify(found.spelling)} stands for ${first} and for ${second}` };
  }
  const isMissing = declaredTexts(conversion.missing);
  const text = Object.keys(conversion.synonyms).find((key) => isMissing.has(key.trim()));
  return text === undefined ? undefined : { option: "synonyms", rule: `without a text that is declared missing; ${JSON.stringify(text)} is` };
}
