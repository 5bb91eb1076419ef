import type { CurrencyMark } from "../convert/currencies";
import { createMeaningReader } from "./boolean-words";
import { DATE_ORDERS, EITHER_ORDER, LOCAL_TIME, ordersOf, readDate, SHORT_YEAR } from "./date-notation";
import { createAmountReader, EVERY_NOTATION, NOTATIONS, notationsOf, PLAIN_NUMBER, type Amount } from "./number-notation";
import type { PlaceholderReason } from "./placeholder";
import { createPlaceholderReader } from "./text-placeholders";

/** Control characters but tab and line ends, and those that show nothing: soft hyphens, zero-width spaces and marks of direction. */
// eslint-disable-next-line no-control-regex -- to find control characters is what it is for
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;
/** UTF-8 that was read as Windows-1252 or Latin-1 ("Ã¤" for "ä"), and the character that stands for unreadable bytes. */
const GARBLED = /\ufffd|\u00e2[\u20ac\u0080]|[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]/;
const EMAIL = /^[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@.,;<>()\d]{2,}$/;
const PHONE = /^(?:\+|00|\(?0|\(\d)[\d\s()./-]*$|^\d{2,4}[\s./-]\d{2,4}(?:[\s./-]\d{2,5})+$|^\d{3}-\d{4}$/;
/** A plain number that is rather a code, such as a postcode: a leading zero before a digit, or a plus sign. */
const CODE_LIKE = /^(?:\+|[-\u2212]?0\d)/;
/** A code with letters, or a number with a unit: "C536379", "12 kg". */
const LETTERED_NUMBER = /^(?:[A-Za-z]{1,3}[-_ ]?\d+|\d+(?:[.,]\d+)?[-_ ]?[A-Za-z]{1,3})$/;
/** What makes a spreadsheet compute (or run) a text; numbers, telephone numbers and marks alone are no formula. */
const FORMULA = /^[=@+\-\t\r].*[\p{L}(]/su;

/** The longest text that is looked up among known words. */
const LONGEST_WORD = 40;

/** Counts of rows, by what their texts look like. */
export class TextTally {
  blankCount = 0;
  paddedCount = 0;
  minLength = Infinity;
  maxLength = 0;
  emailCount = 0;
  phoneCount = 0;
  codeLikeCount = 0;
  decimalIdCount = 0;
  letteredNumberCount = 0;
  invisibleCount = 0;
  garbledCount = 0;
  formulaCount = 0;
  /** Distinct texts that are not blank, and their rows; also those of two letters. */
  distinctCount = 0;
  textCount = 0;
  twoLetterCount = 0;
  hasPlus = false;
  /** Rows by notation: numbers alone, in brackets, with a currency (in brackets or not), with a percent sign. */
  readonly plain = new Float64Array(NOTATIONS.length);
  readonly bracketed = new Float64Array(NOTATIONS.length);
  readonly money = new Float64Array(NOTATIONS.length);
  readonly percent = new Float64Array(NOTATIONS.length);
  readonly currencies = new Map<string, { count: number; readonly mark: CurrencyMark }>();
  bracketedCount = 0;
  /** Rows by order of day, month and year; rows that are days in both of the orders that are mistaken for each other. */
  readonly days = new Float64Array(DATE_ORDERS.length);
  eitherOrderCount = 0;
  localTimeCount = 0;
  shortYearCount = 0;
  booleanCount = 0;
  readonly trueTexts = new Set<string>();
  readonly falseTexts = new Set<string>();
  readonly placeholders = new Map<string, { count: number; readonly reason: PlaceholderReason }>();

  readonly #meaningOf = createMeaningReader();
  readonly #readAmount = createAmountReader();
  readonly #placeholderReason = createPlaceholderReader();

  /** Adds a distinct text of a column and the number of its rows. */
  add(text: string, count: number): void {
    const trimmed = text.trim();
    if (trimmed === "") {
      this.blankCount += count;
      return;
    }
    const { length } = trimmed;
    this.distinctCount++;
    this.textCount += count;
    if (length !== text.length) this.paddedCount += count;
    if (text.length < this.minLength) this.minLength = text.length;
    if (text.length > this.maxLength) this.maxLength = text.length;

    let digits = 0;
    let letters = 0;
    let hasAt = false;
    let isOdd = false;
    for (let i = 0; i < length; i++) {
      const code = trimmed.charCodeAt(i);
      if (code >= 48 && code <= 57) digits++;
      else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) letters++;
      else if (code === 64) hasAt = true;
      else if (code < 32 || code > 126) isOdd = true;
    }
    if (isOdd) {
      if (INVISIBLE.test(trimmed)) this.invisibleCount += count;
      if (GARBLED.test(trimmed)) this.garbledCount += count;
    }
    if (digits === length && length <= 15) this.#addDigits(trimmed, count);
    else if (digits > 0 && letters <= 8) this.#addFigures(trimmed, count, letters);
    if (digits === 0 || letters > 0) this.#addWords(trimmed, count, letters, hasAt);
    const first = trimmed.charCodeAt(0);
    if ((first === 61 || first === 64 || first === 43 || first === 45 || text.charCodeAt(0) === 9 || text.charCodeAt(0) === 13) && FORMULA.test(text.trimEnd())) {
      if (notationsOf(trimmed) === 0) this.formulaCount += count;
    }
    if (trimmed === "+") this.hasPlus = true;
  }

  #addDigits(text: string, count: number): void {
    this.#addNotations(this.plain, EVERY_NOTATION, count);
    if (text.length > 1 && text.charCodeAt(0) === 48) this.codeLikeCount += count;
  }

  #addFigures(text: string, count: number, letters: number): void {
    const notations = notationsOf(text);
    if (notations !== 0) {
      this.#addNotations(this.plain, notations, count);
      if ((notations & PLAIN_NUMBER) !== 0) {
        if (CODE_LIKE.test(text)) this.codeLikeCount += count;
        if (/^\d+\.0$/.test(text)) this.decimalIdCount += count;
      }
    } else {
      const amount = this.#readAmount(text);
      if (amount !== undefined) this.#addAmount(amount, count);
      else if (letters > 0 && LETTERED_NUMBER.test(text)) this.letteredNumberCount += count;
    }
    const date = readDate(text);
    if (date !== 0) this.#addDate(date, count);
    if (date === 0 && letters === 0 && (notations & PLAIN_NUMBER) === 0 && isPhone(text)) this.phoneCount += count;
    else if (text.charCodeAt(0) === 43 && isPhone(text)) this.phoneCount += count;
  }

  #addAmount({ digits, currencies, isPercent, isBracketed }: Amount, count: number): void {
    const notations = notationsOf(digits);
    if (notations === 0) return;
    this.#addNotations(isPercent ? this.percent : currencies.length === 0 ? this.bracketed : this.money, notations, count);
    if (isBracketed) this.bracketedCount += count;
    for (const mark of currencies) {
      const known = this.currencies.get(mark.label);
      if (known === undefined) this.currencies.set(mark.label, { count, mark });
      else known.count += count;
    }
  }

  #addNotations(rows: Float64Array, mask: number, count: number): void {
    for (let i = 0; i < rows.length; i++) if ((mask & (1 << i)) !== 0) rows[i] = rows[i]! + count;
  }

  #addDate(mask: number, count: number): void {
    if ((mask & LOCAL_TIME) !== 0) this.localTimeCount += count;
    if ((mask & SHORT_YEAR) !== 0) this.shortYearCount += count;
    const orders = ordersOf(mask);
    for (let i = 0; i < this.days.length; i++) if ((orders & (1 << i)) !== 0) this.days[i] = this.days[i]! + count;
    if ((orders & EITHER_ORDER) === EITHER_ORDER) this.eitherOrderCount += count;
  }

  #addWords(text: string, count: number, letters: number, hasAt: boolean): void {
    if (letters === 2 && text.length === 2) this.twoLetterCount += count;
    if (hasAt && EMAIL.test(text)) this.emailCount += count;
    if (text.length > LONGEST_WORD) return;
    const lowered = text.toLowerCase();
    const meaning = this.#meaningOf(lowered);
    if (meaning !== undefined) {
      this.booleanCount += count;
      (meaning ? this.trueTexts : this.falseTexts).add(text);
    }
    const reason = this.#placeholderReason(lowered);
    if (reason === undefined) return;
    const known = this.placeholders.get(text);
    if (known === undefined) this.placeholders.set(text, { count, reason });
    else known.count += count;
  }
}

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return digits >= 7 && digits <= 15 && PHONE.test(text);
}
