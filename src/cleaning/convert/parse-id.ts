import { tidyText } from "./tidy-text";

/** A whole number that a program wrote as a decimal one. Three zeros may be a group of digits (17.000 is 17000 to some) and are not taken off. */
const WHOLE_DECIMAL = /^([+-]?\d+)\.0{1,2}$/;

/** A number with decimals, or one whose last digits a spreadsheet or program has rounded off: 1.2E+11. */
const NO_ID = /^[+-]?(?:\d+[.,]\d+|\d+(?:[.,]\d+)?[eE][+-]\d+)$/;

/** An id as a text: tidy, without the ".0" of a program that took it for a number; undefined where digits are lost or may be. */
export function parseId(text: string): string | undefined {
  const tidied = tidyText(text);
  const id = WHOLE_DECIMAL.exec(tidied)?.[1] ?? tidied;
  return id === "" || NO_ID.test(id) ? undefined : id;
}

/** An id that is stored as a number: a whole one that a double holds exactly. */
export function parseNumericId(value: number): string | undefined {
  return Number.isSafeInteger(value) ? String(value) : undefined;
}
