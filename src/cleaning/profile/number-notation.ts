import { readCurrency, type CurrencyMark } from "../convert/currencies";
import type { NumberConversion } from "../convert/plan";

/** A way of writing numbers. */
export interface NumberNotation {
  readonly decimal: NonNullable<NumberConversion["decimal"]>;
  readonly grouping: NonNullable<NumberConversion["grouping"]>;
  readonly groups: NonNullable<NumberConversion["groups"]>;
}

/** The notations that are looked for; of those that fit as many texts, the first is taken. Bit i of a mask stands for entry i. */
export const NOTATIONS = [
  { decimal: ".", grouping: "none", groups: "thousands" },
  { decimal: ",", grouping: "none", groups: "thousands" },
  { decimal: ".", grouping: ",", groups: "thousands" },
  { decimal: ",", grouping: ".", groups: "thousands" },
  { decimal: ",", grouping: " ", groups: "thousands" },
  { decimal: ".", grouping: " ", groups: "thousands" },
  { decimal: ".", grouping: "'", groups: "thousands" },
  { decimal: ".", grouping: ",", groups: "indian" },
] as const satisfies readonly NumberNotation[];

/** Bits of the notations with a decimal point, with a decimal comma, and of both. */
const POINT = 0b11100101;
const COMMA = 0b00011010;
export const EVERY_NOTATION = POINT | COMMA;
/** The bit of the notation without group marks and with a decimal point. */
export const PLAIN_NUMBER = 0b1;

const PLAIN_POINT = /^[+\-\u2212]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+\-\u2212]?\d+)?$/;
const PLAIN_COMMA = /^[+\-\u2212]?(?:\d+(?:,\d*)?|,\d+)(?:[eE][+\-\u2212]?\d+)?$/;
const GROUPED_BY_COMMA = /^[+\-\u2212]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/;
const GROUPED_BY_POINT = /^[+\-\u2212]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?$/;
const GROUPED_BY_BLANK = /^[+\-\u2212]?[1-9]\d{0,2}(?:[ \u00a0\u2007\u2009\u202f]\d{3})+(?:([.,])\d*)?$/;
const GROUPED_BY_APOSTROPHE = /^[+\-\u2212]?[1-9]\d{0,2}(?:['\u2019]\d{3})+(?:\.\d*)?$/;
const GROUPED_INDIAN = /^[+\-\u2212]?[1-9]\d?(?:,\d{2})*,\d{3}(?:\.\d*)?$/;

/** The notations in which a text is a number, as bits; 0 for none. */
export function notationsOf(text: string): number {
  let mask = 0;
  if (PLAIN_POINT.test(text)) mask |= POINT;
  if (PLAIN_COMMA.test(text)) mask |= COMMA;
  if (text.includes(",")) {
    if (GROUPED_BY_COMMA.test(text)) mask |= 1 << 2;
    if (GROUPED_INDIAN.test(text)) mask |= 1 << 7;
  }
  if (text.includes(".") && GROUPED_BY_POINT.test(text)) mask |= 1 << 3;
  const byBlank = mask === 0 ? GROUPED_BY_BLANK.exec(text) : null;
  if (byBlank !== null) mask |= byBlank[1] === undefined ? (1 << 4) | (1 << 5) : byBlank[1] === "," ? 1 << 4 : 1 << 5;
  if (mask === 0 && GROUPED_BY_APOSTROPHE.test(text)) mask |= 1 << 6;
  return mask !== 0 && !isExact(text) ? 0 : mask;
}

/** No more digits than a double holds, unless they are decimals. */
function isExact(text: string): boolean {
  if (text.length <= 15 && !/[eE]/.test(text)) return true;
  const plain = text.replaceAll("\u2212", "-").replace(/[ \u00a0\u2007\u2009\u202f'\u2019]/g, "");
  if (/^[+-]?\d+$/.test(plain)) return Number.isSafeInteger(Number(plain));
  return !/[eE]/.test(plain) || Number.isFinite(Number(plain.replace(",", ".")));
}

/** The notation that fits most texts, and whether another decimal mark fits as many; undefined where none fits any. */
export function bestNotation(rows: Float64Array): { readonly index: number; readonly isAmbiguous: boolean } | undefined {
  let index = 0;
  for (let i = 1; i < NOTATIONS.length; i++) if (rows[i]! > rows[index]!) index = i;
  const best = rows[index]!;
  if (best === 0) return undefined;
  // A point is taken for the decimal mark that it nearly always is, until another text of the column shows that it groups.
  const isAmbiguous = index !== 0 && NOTATIONS.some(({ decimal }, i) => rows[i] === best && decimal !== NOTATIONS[index]!.decimal);
  return { index, isAmbiguous };
}

/** What a text that may be an amount or a percentage is, besides its digits. */
export interface Amount {
  /** The digits with their marks and sign. */
  readonly digits: string;
  /** Before the digits, behind them, or both: "$5 USD". */
  readonly currencies: readonly CurrencyMark[];
  readonly isPercent: boolean;
  /** In brackets, as accountants write negative amounts. */
  readonly isBracketed: boolean;
}

/** Takes texts apart that are a number with a currency, a percent sign or brackets. */
export function createAmountReader(): (text: string) => Amount | undefined {
  const sign = "([+\\-\\u2212])?";
  /** What may be a currency. */
  const mark = "([^\\s\\d+\\-\\u2212()%\\uff05.,'\\u2019]{1,9}\\.?)";
  const digits = "(\\d[\\d.,'\\u2019 \\u00a0\\u2007\\u2009\\u202f]*|[.,]\\d+)";
  const pattern = new RegExp(`^(\\()?\\s*${sign}(?:${mark}\\s*)?${sign}${digits}\\s*(?:${mark}|([%\\uff05]))?\\s*(\\))?$`, "u");
  return (text) => {
    const parts = pattern.exec(text);
    if (parts === null) return undefined;
    const [, opening, outerSign, before, innerSign, figures, after, percent, closing] = parts;
    if ((opening === undefined) !== (closing === undefined) || (outerSign !== undefined && innerSign !== undefined)) return undefined;
    const currencies: CurrencyMark[] = [];
    for (const beside of [before, after]) {
      const currency = beside === undefined ? undefined : readCurrency(beside, undefined);
      if (currency !== undefined) currencies.push(currency);
      else if (beside !== undefined) return undefined;
    }
    if (percent !== undefined && currencies.length > 0) return undefined;
    return { digits: (outerSign ?? innerSign ?? "") + figures!.trim(), currencies, isPercent: percent !== undefined, isBracketed: opening !== undefined };
  };
}

/** Signs of several currencies that nearly always stand for one of them. */
const USUAL_CURRENCY: Readonly<Record<string, string>> = { $: "USD", dollar: "USD", dollars: "USD", "£": "GBP", pound: "GBP", pounds: "GBP" };

/** The one currency that all the marks of a column may stand for; undefined where there are none, or several are possible. */
export function commonCurrency(marks: readonly CurrencyMark[]): string | undefined {
  const [first, ...others] = marks;
  if (first === undefined) return undefined;
  const possible = first.codes.filter((code) => others.every(({ codes }) => codes.includes(code)));
  if (possible.length === 1) return possible[0];
  const usual = Object.hasOwn(USUAL_CURRENCY, first.label) ? USUAL_CURRENCY[first.label] : undefined;
  return usual !== undefined && possible.includes(usual) ? usual : undefined;
}
