/** How numbers are written in a column. */
export interface NumberFormat {
  readonly decimal: "." | ",";
  readonly grouping: "none" | "," | "." | " " | "'";
  /** @defaultValue "thousands" */
  readonly groups?: "thousands" | "indian" | undefined;
}

/** Why a text is refused as a number. */
export type NumberFailure = "convert.notNumber" | "convert.outOfRange" | "convert.inexactInteger";

const SIGN = "[+\\-\\u2212]?";
const EXPONENT = "(?:[eE][+\\-\\u2212]?\\d+)?";
const DECIMAL_PATTERN = { ".": "\\.", ",": "," } as const;
/** A blank group mark is written with several characters: space, no-break, figure, thin and narrow no-break space. */
const GROUPING_PATTERN = { ",": ",", ".": "\\.", " ": "[ \\u00a0\\u2007\\u2009\\u202f]", "'": "['\\u2019]" } as const;

/**
 * Makes a reader of plain decimal texts: an optional sign (+, -, U+2212), ASCII digits with at most one decimal mark,
 * an optional exponent, white space only at the ends.
 *
 * Group marks are read only when declared, and only in their place: one to three digits, the first not zero, then groups of three;
 * in the Indian way one or two digits, groups of two, and a group of three at the end.
 * Refused are, among others, a blank, `1,234` without a declared mark, `0x1f`, `Infinity` and `NaN`; a number beyond
 * the range of doubles; and a whole number written out beyond ±(2⁵³ − 1), which would lose digits.
 *
 * @param shift - places by which the decimal mark is moved to the right before the text is read: the nearest double of 12.3 % is
 * that of 0.123, and 12.3 / 100 is another one
 */
export function createNumberParser(format: NumberFormat, shift = 0): (text: string) => number | NumberFailure {
  const mark = DECIMAL_PATTERN[format.decimal];
  const plain = new RegExp(`^${SIGN}(?:\\d+(?:${mark}\\d*)?|${mark}\\d+)${EXPONENT}$`);
  const group = format.grouping === "none" ? undefined : GROUPING_PATTERN[format.grouping];
  const groups = group === undefined ? undefined : new RegExp(group, "g");
  const grouped = group === undefined ? undefined : new RegExp(`^${SIGN}${groupedDigits(group, format.groups)}(?:${mark}\\d*)?${EXPONENT}$`);

  return (text) => {
    let digits = text.trim();
    if (!plain.test(digits)) {
      if (groups === undefined || grouped?.test(digits) !== true) return "convert.notNumber";
      digits = digits.replace(groups, "");
    }
    digits = digits.replaceAll("\u2212", "-").replace(",", ".");
    // Adding 0 turns −0 into 0: a saved plan could not hold −0, and no customer means it.
    const value = Number(shift === 0 ? digits : shiftDecimal(digits, shift)) + 0;
    if (!Number.isFinite(value)) return "convert.outOfRange";
    if (!/[.eE]/.test(digits) && !Number.isSafeInteger(Number(digits))) return "convert.inexactInteger";
    return value;
  };
}

/** {@link createNumberParser} for texts that may hold marks of direction beside the sign. */
export function createPlainParser(format: NumberFormat): (text: string) => number | NumberFailure {
  const parse = createNumberParser(format);
  return (text) => parse(withoutDirection(text));
}

/** Marks of direction, which right-to-left locales put beside a sign, are not written by a person. */
export function withoutDirection(text: string): string {
  return text.replace(/[\u061c\u200e\u200f]/g, "").trim();
}

function groupedDigits(group: string, groups: NumberFormat["groups"]): string {
  return groups === "indian" ? `[1-9]\\d?(?:${group}\\d{2})*${group}\\d{3}` : `[1-9]\\d{0,2}(?:${group}\\d{3})+`;
}

function shiftDecimal(digits: string, shift: number): string {
  const [mantissa = "", exponent = "0"] = digits.split(/[eE]/);
  return `${mantissa}e${Number(exponent) + shift}`;
}
