import type { CategoryColumn } from "../../data/column";
import type { Steps } from "../../steps/steps";
import { createAmountParser } from "../convert/parse-amount";
import { createNumberParser } from "../convert/parse-number";
import { dayOf, DATE_ORDERS } from "./date-notation";
import { findDayPlaceholders, findNumberPlaceholders } from "./number-placeholders";
import { bestNotation, commonCurrency, NOTATIONS } from "./number-notation";
import type { Pace } from "./pace";
import type { Placeholder, PlaceholderReason } from "./placeholder";
import { spellingVariantsSteps } from "./spelling-variants";
import { summarizeNumbersSteps } from "./summarize-numbers";
import type { BooleanForm, CategoryColumnProfile, DateForm, NumberForm } from "./table-profile";
import { isValueHere } from "./text-placeholders";
import { TextTally } from "./text-tally";
import { TopValues } from "./top-values";
import { weightedRunsSteps, type ValueRuns } from "./value-runs";

/** The share of texts that must fit a form for the column to be one of numbers or days. */
export const FORM_SHARE = 0.95;

/** The share of numbers with letters above which a column is one of codes. */
const CODE_SHARE = 0.005;

/** Reads one text of a form; NaN for others. */
type ReadText = (text: string) => number;

/** The profile of a column of texts: every different text is looked at once, and counts for its rows. */
export function* profileTextsSteps(name: string, { codes, categories }: CategoryColumn, topCount: number, pace: Pace): Steps<CategoryColumnProfile> {
  const counts = yield* countCodesSteps(codes, categories.length, pace);
  const tally = new TextTally();
  const top = new TopValues(topCount);
  let distinctCount = 0;
  let present = 0;
  for (let code = 0; code < categories.length; code++) {
    const text = categories[code]!;
    const count = counts[code]!;
    if (count === 0) continue;
    distinctCount++;
    present += count;
    tally.add(text, count);
    top.offer(text, count);
    if (pace.spend(300 + 5 * text.length)) yield pace.progress;
  }
  const standIns = textPlaceholders(tally);
  const texts = tally.textCount - standIns.reduce((sum, { reason, count }) => (reason === "answer" ? sum : sum + count), 0);
  const numberForm = numberFormOf(tally);
  const dateForm = dateFormOf(tally);
  const holdsNumbers = numberForm !== null && areQuantities(tally, numberForm, texts);
  const holdsDays = dateForm !== null && !dateForm.isAmbiguous && dateForm.count - dateForm.shortYearCount >= FORM_SHARE * texts;

  const numbers = holdsNumbers ? yield* readTextsSteps(categories, counts, createTextReader(numberForm), pace) : undefined;
  const days = holdsDays ? yield* readTextsSteps(categories, counts, (text) => dayOf(text, dateForm.order), pace) : undefined;
  return {
    name,
    type: "category",
    missingCount: codes.length - present,
    distinctCount,
    topValues: top.list,
    placeholders: [...standIns, ...(numbers === undefined ? [] : findNumberPlaceholders(numbers)), ...(days === undefined ? [] : findDayPlaceholders(days))],
    blankCount: tally.blankCount,
    paddedCount: tally.paddedCount,
    minLength: tally.textCount === 0 ? null : tally.minLength,
    maxLength: tally.textCount === 0 ? null : tally.maxLength,
    numberCount: tally.plain[0]!,
    codeLikeCount: tally.codeLikeCount,
    decimalIdCount: tally.decimalIdCount,
    letteredNumberCount: tally.letteredNumberCount,
    numberForm,
    numbers: numbers === undefined ? null : yield* summarizeNumbersSteps(numbers, pace),
    dateForm: dateForm === null ? null : { ...dateForm, firstDay: isoDay(days?.values[0]), lastDay: isoDay(days?.values.at(-1)) },
    booleanForm: booleanFormOf(tally),
    emailCount: tally.emailCount,
    phoneCount: tally.phoneCount,
    invisibleCount: tally.invisibleCount,
    garbledCount: tally.garbledCount,
    formulaCount: tally.formulaCount,
    variants: yield* spellingVariantsSteps(categories, counts, distinctCount, pace),
  };
}

/** Whether the texts of a column are numbers in one unit, and no codes. */
function areQuantities({ codeLikeCount, letteredNumberCount }: TextTally, form: NumberForm, texts: number): boolean {
  const areCodes = codeLikeCount > 0 || (2 * letteredNumberCount > texts - form.count && letteredNumberCount > CODE_SHARE * texts);
  const isOneUnit = form.currency !== null || form.currencies.length === 0;
  return form.count >= FORM_SHARE * texts && !form.isAmbiguous && isOneUnit && !areCodes;
}

const PART = 262_144;

function* countCodesSteps(codes: Int32Array, categoryCount: number, pace: Pace): Steps<Float64Array> {
  const counts = new Float64Array(categoryCount);
  for (let start = 0; start < codes.length; start += PART) {
    const end = Math.min(codes.length, start + PART);
    countCodes(codes, start, end, counts);
    if (pace.spend(3 * (end - start))) yield pace.progress;
  }
  return counts;
}

function countCodes(codes: Int32Array, start: number, end: number, counts: Float64Array): void {
  for (let row = start; row < end; row++) {
    const code = codes[row]!;
    if (code >= 0) counts[code] = counts[code]! + 1;
  }
}

function* readTextsSteps(texts: readonly string[], counts: Float64Array, read: ReadText, pace: Pace): Steps<ValueRuns> {
  const values = new Float64Array(texts.length);
  const weights = new Float64Array(texts.length);
  let found = 0;
  for (let code = 0; code < texts.length; code++) {
    const value = counts[code] === 0 ? NaN : read(texts[code]!);
    if (!Number.isNaN(value)) {
      values[found] = value;
      weights[found++] = counts[code]!;
    }
    if (pace.spend(200)) yield pace.progress;
  }
  return yield* weightedRunsSteps(values.subarray(0, found), weights.subarray(0, found), pace);
}

/** Reads numbers of a form as a conversion does: percentages as hundredths, bracketed amounts as negative. */
function createTextReader(form: NumberForm): ReadText {
  const percent = form.percentCount > 0;
  const parse = createNumberParser(form);
  const parseAmount = createAmountParser({ ...form, currency: form.currency ?? undefined, parentheses: form.bracketedCount > 0, percent, suffixes: [] });
  return (text) => {
    const plain = percent ? undefined : parse(text);
    const value = typeof plain === "number" ? plain : parseAmount(text);
    return typeof value === "number" ? value : NaN;
  };
}

/** A column of percentages has a percent sign in every text; an amount may lack its currency. */
function numberFormOf({ plain, bracketed, money, percent, currencies, bracketedCount }: TextTally): NumberForm | null {
  const amounts = plain.map((rows, i) => rows + bracketed[i]! + money[i]!);
  const isPercent = Math.max(...percent) > Math.max(...amounts);
  const rows = isPercent ? percent : amounts;
  const best = bestNotation(rows);
  if (best === undefined) return null;
  const marks = isPercent ? [] : [...currencies];
  return {
    ...NOTATIONS[best.index]!,
    count: rows[best.index]!,
    isAmbiguous: best.isAmbiguous,
    percentCount: isPercent ? rows[best.index]! : 0,
    currencies: marks.map(([label, { count }]) => ({ mark: label, count })).sort((a, b) => b.count - a.count || (a.mark < b.mark ? -1 : 1)),
    currency: commonCurrency(marks.map(([, { mark }]) => mark)) ?? null,
    bracketedCount,
  };
}

function dateFormOf({ days, eitherOrderCount, localTimeCount, shortYearCount }: TextTally): DateForm | null {
  let best = 0;
  for (let i = 1; i < days.length; i++) if (days[i]! > days[best]!) best = i;
  const count = days[best]!;
  if (count === 0) return null;
  const order = DATE_ORDERS[best]!;
  const isOrderOfTwo = order === "dayFirst" || order === "monthFirst";
  const [, dayFirst = 0, monthFirst = 0] = days;
  const isAmbiguous = isOrderOfTwo && (dayFirst === monthFirst || Math.min(dayFirst, monthFirst) > eitherOrderCount);
  return { order, count, isAmbiguous, eitherOrderCount, localTimeCount, shortYearCount, firstDay: null, lastDay: null };
}

function booleanFormOf({ booleanCount, trueTexts, falseTexts }: TextTally): BooleanForm | null {
  return booleanCount === 0 ? null : { count: booleanCount, trueTexts: [...trueTexts].sort(), falseTexts: [...falseTexts].sort() };
}

const REASONS = ["word", "mark", "program", "spreadsheetError", "testEntry", "answer"] as const satisfies readonly PlaceholderReason[];

function textPlaceholders(tally: TextTally): Placeholder[] {
  const found: Placeholder[] = [];
  for (const wanted of REASONS) {
    for (const [value, { count, reason }] of tally.placeholders) if (reason === wanted && !isValueHere(value, reason, count, tally)) found.push({ value, count, reason });
  }
  return found;
}

/** Days beyond the year 9999 have no such text. */
function isoDay(time: number | undefined): string | null {
  return time === undefined || Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
}
