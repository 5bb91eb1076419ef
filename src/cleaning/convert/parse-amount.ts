import { readCurrency, type CurrencyMark } from "./currencies";
import { createNumberParser, withoutDirection, type NumberFailure, type NumberFormat } from "./parse-number";
import type { CheckedNumberConversion } from "./plan";

/** What may stand around a number. */
export type AmountFormat = NumberFormat & Pick<CheckedNumberConversion, "currency" | "parentheses" | "percent" | "suffixes">;

/** An amount in another currency than the declared one. */
export interface ForeignAmount {
  /** The sign, code or name that says so. */
  readonly currency: string;
}

/** Longer than every sign, code or name of a currency with its sign and brackets. */
const LONGEST_MARKS = 32;

/**
 * Makes a reader of numbers as people write them: a plain number (see `createNumberParser`) with a sign, a currency, brackets,
 * a percent sign and a unit around it, each once and only where the format declares it. The sign of the number stands directly
 * before its first digit or before the currency ("-$5", "$-5").
 */
export function createAmountParser(format: AmountFormat): (text: string) => number | NumberFailure | ForeignAmount {
  const parse = createNumberParser(format, format.percent ? -2 : 0);
  const suffixes = format.suffixes.map((suffix) => suffix.trim()).sort((a, b) => b.length - a.length);
  const read = (text: string): number | NumberFailure | ForeignAmount => {
    const amount = splitAmount(text, format);
    if (amount === undefined) return "convert.notNumber";
    const value = parse(amount.digits);
    const isForeign = value !== "convert.notNumber" && amount.foreign !== undefined;
    return isForeign ? { currency: amount.foreign } : value;
  };
  return (text) => {
    const trimmed = withoutDirection(text);
    const value = read(trimmed);
    if (value !== "convert.notNumber") return value;
    const suffix = suffixes.find((end) => trimmed.endsWith(end));
    return suffix === undefined ? value : read(trimmed.slice(0, -suffix.length).trimEnd());
  };
}

interface Amount {
  /** From the first digit to the last, with its sign and a decimal mark at either end. */
  readonly digits: string;
  /** A currency beside them that is not the declared one. */
  readonly foreign: string | undefined;
}

/** Takes a text apart into the digits and what stands around them, if that is what the format declares. */
function splitAmount(text: string, format: AmountFormat): Amount | undefined {
  const first = text.search(/\d/);
  if (first < 0) return undefined;
  let last = text.length - 1;
  while (!isDigit(text.charCodeAt(last))) last--;
  if (first > LONGEST_MARKS || text.length - 1 - last > LONGEST_MARKS) return undefined;
  const before = text.slice(0, first);
  const behind = text.slice(last + 1);

  // ".5" and "5." belong to the number and "Rs." to the currency: the mark goes to the digits where the rest makes sense only without it.
  let digits = text.slice(first, last + 1);
  let ahead = readMarks(before, format.currency);
  if (ahead === undefined && before.endsWith(format.decimal)) {
    ahead = readMarks(before.slice(0, -1), format.currency);
    digits = format.decimal + digits;
  }
  let after = readMarks(behind, format.currency);
  if (after === undefined && behind.startsWith(format.decimal)) {
    after = readMarks(behind.slice(1), format.currency);
    digits += format.decimal;
  }
  if (ahead === undefined || after === undefined) return undefined;

  const brackets = ahead.open && after.close;
  if (ahead.close || after.open || after.sign !== "" || ahead.open !== after.close || (brackets && (!format.parentheses || ahead.sign !== ""))) return undefined;
  if (Number(ahead.percent) + Number(after.percent) !== Number(format.percent)) return undefined;
  const currencies = [ahead.currency, after.currency].filter((currency) => currency !== undefined);
  if (currencies.length > 0 && format.currency === undefined) return undefined;
  const foreign = currencies.find(({ codes }) => !codes.includes(format.currency ?? ""));
  return { digits: (brackets ? "-" : ahead.sign) + digits, foreign: foreign?.label };
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

/** What stands on one side of the digits. */
interface Marks {
  sign: string;
  open: boolean;
  close: boolean;
  percent: boolean;
  currency: CurrencyMark | undefined;
}

/** Reads the marks on one side of the digits; undefined for anything else, for one that is repeated and for a sign before white space. */
function readMarks(text: string, declared: string | undefined): Marks | undefined {
  const marks: Marks = { sign: "", open: false, close: false, percent: false, currency: undefined };
  for (const [part] of text.matchAll(/[+\-\u2212]\s*|[()%\uff05]|\s+|[^\s+\-\u2212()%\uff05]+/g)) {
    if (part.trim() === "") continue;
    switch (part) {
      case "+":
      case "-":
      case "\u2212":
        if (marks.sign !== "") return undefined;
        marks.sign = part;
        break;
      case "(":
        if (marks.open) return undefined;
        marks.open = true;
        break;
      case ")":
        if (marks.close) return undefined;
        marks.close = true;
        break;
      case "%":
      case "\uff05":
        if (marks.percent) return undefined;
        marks.percent = true;
        break;
      default: {
        const currency = readCurrency(part, declared);
        if (currency === undefined || marks.currency !== undefined) return undefined;
        marks.currency = currency;
      }
    }
  }
  return marks;
}
