/**
 * Why a value looks like a stand-in for "not known".
 *
 * - `"word"`: says so in words, in one of some twenty languages ("unknown", "n/a", "keine Angabe", "不明")
 * - `"mark"`: a text of marks alone ("?", "--", "…")
 * - `"program"`: how programs write it ("NULL", "NaN", "undefined", `\N`)
 * - `"spreadsheetError"`: the error of a spreadsheet formula ("#N/A", "#DIV/0!")
 * - `"testEntry"`: typed to get past a form ("asdf", "test@test.com")
 * - `"answer"`: a word that may as well be the answer ("none", "keine"): a customer with no other debtors is no customer whose debtors are not known
 * - `"onlyNegative"`: −1 or nines with a minus, among numbers that are otherwise never negative
 * - `"farFromRest"`: nines (or another code of its kind, or 1970-01-01) farther from all other values than these are from each other
 * - `"spike"`: such a value at the end of the range, at least ten times as frequent as each of its five nearest values
 * - `"defaultDate"`: the day with which a calendar of some program begins or ends (1899-12-30, 1900-01-01, 9999-12-31)
 */
export type PlaceholderReason =
  | "word"
  | "mark"
  | "program"
  | "spreadsheetError"
  | "testEntry"
  | "answer"
  | "onlyNegative"
  | "farFromRest"
  | "spike"
  | "defaultDate";

/** A value that may stand for "not known". These are well-known stand-ins, and nobody's data. */
export interface Placeholder {
  /** A number; a text, as it is written but for white space at the ends; or a day, as ISO 8601. */
  readonly value: number | string;
  /** Rows. */
  readonly count: number;
  readonly reason: PlaceholderReason;
}
