import type { DateOrder } from "./date-notation";
import type { NumberNotation } from "./number-notation";
import type { Placeholder } from "./placeholder";
import type { NumberSummary } from "./summarize-numbers";

/** A value and the number of its rows. */
export interface ValueCount {
  readonly value: number | string | boolean;
  readonly count: number;
}

interface AnyColumnProfile {
  readonly name: string;
  readonly missingCount: number;
  /** Different values; missing is none. */
  readonly distinctCount: number;
  /** The most frequent values, most frequent first, equally frequent ones in their own order; empty unless asked for. */
  readonly topValues: readonly ValueCount[];
  /** Values that look like stand-ins for "not known", in the order of {@link PlaceholderReason} for texts, ascending for numbers and days. */
  readonly placeholders: readonly Placeholder[];
}

/** Numbers, null where every cell is missing. */
export interface NumberColumnProfile extends AnyColumnProfile, NumberSummary {
  readonly type: "number";
}

/** Points in time as milliseconds, null where every cell is missing. */
export interface TimestampColumnProfile extends AnyColumnProfile {
  readonly type: "timestamp";
  readonly min: number | null;
  readonly max: number | null;
  /** Those that are midnight in UTC: all of them, if the column holds days. */
  readonly midnightCount: number;
}

/** How numbers are written in a column of texts: the notation that most of them fit. */
export interface NumberForm extends NumberNotation {
  /** Rows that fit, with a currency, a percent sign or brackets or without. */
  readonly count: number;
  /** Another decimal mark fits as many: whether "1,234" is 1234 or 1.234, the column does not tell. */
  readonly isAmbiguous: boolean;
  /** Rows with a percent sign. */
  readonly percentCount: number;
  /** Rows by the sign, code or name of a currency, the most frequent first. */
  readonly currencies: readonly { readonly mark: string; readonly count: number }[];
  /**
   * The ISO 4217 code of the one currency that all of these may stand for, "$" being taken for USD and "£" for GBP; null where there
   * are none, or several are possible.
   */
  readonly currency: string | null;
  /** Rows in brackets, as accountants write negative amounts. */
  readonly bracketedCount: number;
}

/** How days are written in a column of texts: the order that most of them fit. */
export interface DateForm {
  /** `"iso"` is 2026-12-31, `"dayFirst"` 31.12.2026, `"monthFirst"` 12/31/2026, `"yearFirst"` 2026/12/31. */
  readonly order: DateOrder;
  /** Rows that fit. */
  readonly count: number;
  /** The texts do not tell whether the day or the month comes first: both fit as many rows, or either fits some that the other does not. */
  readonly isAmbiguous: boolean;
  /** Rows that are a day in either order, such as 01/02/2026. */
  readonly eitherOrderCount: number;
  /** Rows with a time of day that does not say how far it is from UTC. */
  readonly localTimeCount: number;
  /** Rows with a year of two digits. */
  readonly shortYearCount: number;
  /** The first and the last day, as ISO 8601; null unless at least 95 % of the texts fit one order and have years of four digits. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
}

/** Words for yes and no in a column of texts. */
export interface BooleanForm {
  /** Rows. */
  readonly count: number;
  /** The words, as they are written but for white space at the ends. */
  readonly trueTexts: readonly string[];
  readonly falseTexts: readonly string[];
}

/** Spellings that differ only by case, white space or Unicode form. */
export interface SpellingVariants {
  /** Texts of which there are several spellings. */
  readonly groups: number;
  /** Rows with another spelling than the most frequent one of their group. */
  readonly rows: number;
}

/** Texts, and what they look like; counts are numbers of rows. Blank texts are in `blankCount` only. */
export interface CategoryColumnProfile extends AnyColumnProfile {
  readonly type: "category";
  /** Texts without a visible character. They are not missing until a plan declares them so. */
  readonly blankCount: number;
  /** Texts with white space at an end. */
  readonly paddedCount: number;
  /** Of the texts that are not blank, in UTF-16 units; null where there are none. */
  readonly minLength: number | null;
  readonly maxLength: number | null;
  /** Texts that are plain numbers with a decimal point, as a conversion with the default format reads them. */
  readonly numberCount: number;
  /** Those of `numberCount` that look like codes, such as postcodes and telephone numbers: a leading zero before a digit, or a plus sign. */
  readonly codeLikeCount: number;
  /** Those of `numberCount` that are whole numbers with ".0" behind them, as spreadsheets write ids beside missing ones: "17850.0". */
  readonly decimalIdCount: number;
  /** Numbers with up to three letters before or behind: "C536379", "12 kg". */
  readonly letteredNumberCount: number;
  /** Null where no text is a number. */
  readonly numberForm: NumberForm | null;
  /**
   * The numbers themselves; null where the column is none of numbers. It is if at least 95 % of the texts (stand-ins for "not known" not
   * counted) fit `numberForm`, neither it nor its currency is ambiguous, none looks like a code, and the others are not mostly numbers
   * with letters (more than half of them, and more than 0.5 % of the texts): beside "C536379", 536365 is no quantity.
   */
  readonly numbers: NumberSummary | null;
  /** Null where no text is a day. */
  readonly dateForm: DateForm | null;
  /** Null where no text is a word for yes or no. */
  readonly booleanForm: BooleanForm | null;
  readonly emailCount: number;
  /** Texts of 7 to 15 digits that are grouped, or begin, as telephone numbers do. */
  readonly phoneCount: number;
  /** Texts with control characters (but tabs and line ends) or with characters that show nothing, such as zero-width spaces. */
  readonly invisibleCount: number;
  /** Texts that were read in a wrong encoding: "MÃ¼ller", "M�ller". */
  readonly garbledCount: number;
  /** Texts that a spreadsheet would take for a formula, and might run: "=HYPERLINK(…)". */
  readonly formulaCount: number;
  /** Null above 100,000 different texts: these are no groups. */
  readonly variants: SpellingVariants | null;
}

/** True and false. */
export interface BooleanColumnProfile extends AnyColumnProfile {
  readonly type: "boolean";
  readonly trueCount: number;
}

/** What one column holds. */
export type ColumnProfile = NumberColumnProfile | TimestampColumnProfile | CategoryColumnProfile | BooleanColumnProfile;

/** A column whose values nearly always go with one value of another: postcode → city. */
export interface DependencyCandidate {
  readonly from: string;
  readonly to: string;
  /** The share of rows with the most frequent value of `to` in their group, among those of groups with at least two rows. */
  readonly share: number;
  /** Values of `from` with at least two rows. */
  readonly groups: number;
}

/** What a table holds, column by column, as plain JSON. */
export interface TableProfile {
  readonly rowCount: number;
  /** In the order of the table. */
  readonly columns: readonly ColumnProfile[];
  /** Columns, or if there is none pairs of columns, without a missing cell and without a repeated value: what may identify a row. */
  readonly keys: readonly (readonly string[])[];
  /** Rows that equal an earlier one in every column, missing cells being equal. */
  readonly repeatedRowCount: number;
  /** Null unless asked for. */
  readonly dependencies: readonly DependencyCandidate[] | null;
}
