import type { OptionTable, ResolvedOptions } from "../../errors/options";

/** What happens to a row with a text that cannot be converted. */
export type FailurePolicy = "quarantine" | "missing" | "error";

interface AnyConversion {
  /** The column that is read, and written unless the conversion has `as`. */
  readonly column: string;
  /**
   * Texts that mean "no value", compared after trimming both; `""` stands for every blank. Where the column becomes one of numbers,
   * a text that is a number declares that number, however it is written: `"999"` also "999.0", and 999 in a column of numbers already.
   * @defaultValue none
   */
  readonly missing?: readonly string[] | undefined;
}

interface FallibleConversion extends AnyConversion {
  /** `"quarantine"` sets the row aside, `"missing"` empties the cell, `"error"` throws. @defaultValue "quarantine" */
  readonly onFailure?: FailurePolicy | undefined;
}

/** Reads a column of texts as numbers. A column that holds numbers already stays as it is. */
export interface NumberConversion extends FallibleConversion {
  readonly to: "number";
  /** The mark before the decimals. @defaultValue "." */
  readonly decimal?: "." | "," | undefined;
  /**
   * The mark between groups of three digits. `" "` stands also for no-break and thin spaces, `"'"` also for ’.
   * With `"none"` a text with group marks is refused. @defaultValue "none"
   */
  readonly grouping?: "none" | "," | "." | " " | "'" | undefined;
  /** `"indian"`: the last three digits, before them groups of two (1,00,000). @defaultValue "thousands" */
  readonly groups?: "thousands" | "indian" | undefined;
  /**
   * The ISO 4217 code of the currency that the texts are in: they may carry its sign, code or name ("$84,835.00 ", "1.234,56 €",
   * "USD 12"). A sign of several currencies ("$", "kr") is taken for this one. It becomes the unit of the column.
   * Without it, a text with a currency is refused. @defaultValue none
   */
  readonly currency?: string | undefined;
  /**
   * What happens to an amount in another currency: the default throws, because a column of mixed currencies has no sum,
   * naming the currencies found and how often. @defaultValue "error"
   */
  readonly otherCurrency?: FailurePolicy | undefined;
  /** Amounts in brackets are negative, as accountants write them: (1,234.50). @defaultValue false */
  readonly parentheses?: boolean | undefined;
  /** Texts carry a percent sign and mean hundredths: "12.5 %" is 0.125. A text without the sign is refused. @defaultValue false */
  readonly percent?: boolean | undefined;
  /** Units that may stand behind the number and say nothing more, as "12.0 oz": the longest that fits is cut off once. @defaultValue none */
  readonly suffixes?: readonly string[] | undefined;
}

/** Reads a column of texts or numbers as true and false. A column that holds these already stays as it is. */
export interface BooleanConversion extends FallibleConversion {
  readonly to: "boolean";
  /** Texts that mean true, compared after trimming both; a number is compared as its text. @defaultValue none */
  readonly trueTexts?: readonly string[] | undefined;
  /** Texts that mean false, likewise. @defaultValue none */
  readonly falseTexts?: readonly string[] | undefined;
  /**
   * Languages (ISO 639-1) whose words for yes and no, true and false are read, in any case of letters; beside these "1" and "0".
   * The checked plan has the words in `trueTexts` and `falseTexts`, and `ignoreCase`. @defaultValue none
   */
  readonly languages?: readonly string[] | undefined;
  /** Capital and small letters are the same in all these texts. @defaultValue false, with `languages` always true */
  readonly ignoreCase?: boolean | undefined;
}

/** How points in time are written. */
export type TimeFormat = "iso" | "dayFirst" | "monthFirst" | "yearFirst" | "epochSeconds" | "epochMilliseconds" | "excel1900" | "excel1904";

/**
 * Reads a column as points in time. A column that holds these already stays as it is.
 *
 * - `"iso"`: ISO 8601 with an offset (`2026-11-01T09:30:00+01:00`), or a date alone, which is its midnight in `timeZone`; without an
 *   offset a time is refused unless `timeZone` is given, because it names another moment on every machine
 * - `"dayFirst"`, `"monthFirst"`, `"yearFirst"`: 31.12.2026, 12/31/2026, 2026/12/31, with `.`, `/` or `-`, and a time of day if there is one
 * - `"epochSeconds"`, `"epochMilliseconds"`: since 1970, as numbers or texts
 * - `"excel1900"`, `"excel1904"`: serial days of a spreadsheet, as numbers or texts, on the clocks of `timeZone` or of UTC; serial 60 of
 *   `"excel1900"` is 1900-02-29, which never was, and is refused
 *
 * Seconds and milliseconds, day and month are never guessed from the values. Years lie between 0000 and 9999. A day that the zone
 * left out, and a time that its clocks skipped, are refused.
 */
export interface TimestampConversion extends FallibleConversion {
  readonly to: "timestamp";
  /** @defaultValue "iso" */
  readonly format?: TimeFormat | undefined;
  /** The IANA zone whose clocks the texts show. @defaultValue none: times need an offset, and a date is its midnight in UTC */
  readonly timeZone?: string | undefined;
  /** What a time means that the clocks showed twice, when they were set back. @defaultValue "refuse" */
  readonly repeatedTimes?: "refuse" | "earlier" | "later" | undefined;
  /** Years of two digits are taken for those of the hundred years that end in this one (2049: 1950 to 2049). @defaultValue none: refused */
  readonly lastTwoDigitYear?: number | undefined;
}

/** Writes numbers (or true and false) as texts, for codes that are no quantities; tidies texts; and declares missing texts. It cannot fail. */
export interface CategoryConversion extends AnyConversion {
  readonly to: "category";
  /**
   * Puts texts in one form for display: Unicode NFC, no invisible characters (zero width, direction marks, soft hyphens), white space
   * at the ends off and within a text single. Joiners stay between letters that need them (Persian, Indic, emoji). @defaultValue false
   */
  readonly tidy?: boolean | undefined;
  /** @defaultValue "keep" */
  readonly letters?: "keep" | "lower" | "upper" | undefined;
  /** Other spellings by the text they stand for: each of the list becomes its key. `tidy` and `letters` come first, for these spellings too. @defaultValue none */
  readonly synonyms?: Readonly<Record<string, readonly string[]>> | undefined;
}

/**
 * Reads ids as texts: 17850, "17850.0" and " 17850 " are "17850"; leading zeros stay. Refused is what has lost digits or may have:
 * 1.2E+11, a number beyond 2⁵³ that is stored as a number, 17850.5, and 17.850, which may be 17850 with a group mark.
 */
export interface IdConversion extends FallibleConversion {
  readonly to: "id";
}

/**
 * Reads e-mail addresses: trimmed, the domain in small letters and in its ASCII form (münchen.example is xn--mnchen-3ya.example).
 * What has not the form of an address is refused; whether it exists is not asked.
 */
export interface EmailConversion extends FallibleConversion {
  readonly to: "email";
  /** Small letters before the @ too: nearly every mail server takes them for the same. @defaultValue false */
  readonly lowerCase?: boolean | undefined;
}

/** Reads telephone numbers as `+493012345678`, by a resolver of your own that is passed to the fit: see {@link PhoneResolver}. */
export interface PhoneConversion extends FallibleConversion {
  readonly to: "phone";
  /** The country (ISO 3166-1) of numbers without a country code. @defaultValue none: they need one */
  readonly region?: string | undefined;
}

/**
 * Makes a key for comparing names and other texts: compatibility forms (NFKC), case, accents, punctuation and the amount of white space
 * make no difference. "Ångström-Müller, J." and "angstrom muller j" have one key. For comparing only, never for display:
 * it goes into a column of its own. A text without a letter, digit or symbol has none.
 */
export interface MatchKeyConversion extends AnyConversion {
  readonly to: "matchKey";
  /** The column for the key. */
  readonly as: string;
  /** Accents of Latin, Greek and Cyrillic letters count; those of other scripts always do. @defaultValue false */
  readonly accents?: boolean | undefined;
}

/** How one column is read. */
export type Conversion =
  | NumberConversion
  | BooleanConversion
  | TimestampConversion
  | CategoryConversion
  | IdConversion
  | EmailConversion
  | PhoneConversion
  | MatchKeyConversion;

const COLUMN_RULE = { kind: "text", required: true } as const;
const FAILURE_POLICIES = ["quarantine", "missing", "error"] as const;
const FAILURE_RULE = { kind: "oneOf", values: FAILURE_POLICIES, default: "quarantine" } as const;
const TEXTS_RULE = { kind: "names", default: [] } as const;
const NO_RULE = { kind: "boolean", default: false } as const;

export const CONVERSION_TARGETS = ["number", "boolean", "timestamp", "category", "id", "email", "phone", "matchKey"] as const;
const TARGET_RULE = { kind: "oneOf", values: CONVERSION_TARGETS, required: true } as const;

export const NUMBER_CONVERSION_OPTIONS = {
  column: COLUMN_RULE,
  to: TARGET_RULE,
  missing: TEXTS_RULE,
  decimal: { kind: "oneOf", values: [".", ","], default: "." },
  grouping: { kind: "oneOf", values: ["none", ",", ".", " ", "'"], default: "none" },
  groups: { kind: "oneOf", values: ["thousands", "indian"], default: "thousands" },
  currency: { kind: "text" },
  otherCurrency: { kind: "oneOf", values: FAILURE_POLICIES, default: "error" },
  parentheses: NO_RULE,
  percent: NO_RULE,
  suffixes: TEXTS_RULE,
  onFailure: FAILURE_RULE,
} as const satisfies OptionTable;

export const BOOLEAN_CONVERSION_OPTIONS = {
  column: COLUMN_RULE,
  to: TARGET_RULE,
  trueTexts: TEXTS_RULE,
  falseTexts: TEXTS_RULE,
  languages: TEXTS_RULE,
  ignoreCase: NO_RULE,
  missing: TEXTS_RULE,
  onFailure: FAILURE_RULE,
} as const satisfies OptionTable;

export const TIMESTAMP_CONVERSION_OPTIONS = {
  column: COLUMN_RULE,
  to: TARGET_RULE,
  missing: TEXTS_RULE,
  format: {
    kind: "oneOf",
    values: ["iso", "dayFirst", "monthFirst", "yearFirst", "epochSeconds", "epochMilliseconds", "excel1900", "excel1904"],
    default: "iso",
  },
  timeZone: { kind: "text" },
  repeatedTimes: { kind: "oneOf", values: ["refuse", "earlier", "later"], default: "refuse" },
  lastTwoDigitYear: { kind: "integer", min: 99, max: 9999 },
  onFailure: FAILURE_RULE,
} as const satisfies OptionTable;

export const CATEGORY_CONVERSION_OPTIONS = {
  column: COLUMN_RULE,
  to: TARGET_RULE,
  missing: TEXTS_RULE,
  tidy: NO_RULE,
  letters: { kind: "oneOf", values: ["keep", "lower", "upper"], default: "keep" },
  synonyms: { kind: "object" },
} as const satisfies OptionTable;

export const ID_CONVERSION_OPTIONS = { column: COLUMN_RULE, to: TARGET_RULE, missing: TEXTS_RULE, onFailure: FAILURE_RULE } as const satisfies OptionTable;

export const EMAIL_CONVERSION_OPTIONS = {
  column: COLUMN_RULE,
  to: TARGET_RULE,
  missing: TEXTS_RULE,
  lowerCase: NO_RULE,
  onFailure: FAILURE_RULE,
} as const satisfies OptionTable;

export const PHONE_CONVERSION_OPTIONS = {
  column: COLUMN_RULE,
  to: TARGET_RULE,
  missing: TEXTS_RULE,
  region: { kind: "text" },
  onFailure: FAILURE_RULE,
} as const satisfies OptionTable;

export const MATCH_KEY_CONVERSION_OPTIONS = {
  column: COLUMN_RULE,
  to: TARGET_RULE,
  as: { kind: "text", required: true },
  missing: TEXTS_RULE,
  accents: NO_RULE,
} as const satisfies OptionTable;

export type CheckedNumberConversion = ResolvedOptions<NumberConversion, typeof NUMBER_CONVERSION_OPTIONS>;
/** The words of the languages stand among the texts. */
export type CheckedBooleanConversion = Omit<ResolvedOptions<BooleanConversion, typeof BOOLEAN_CONVERSION_OPTIONS>, "languages">;
export type CheckedTimestampConversion = ResolvedOptions<TimestampConversion, typeof TIMESTAMP_CONVERSION_OPTIONS>;
export type CheckedCategoryConversion = ResolvedOptions<CategoryConversion, typeof CATEGORY_CONVERSION_OPTIONS>;
export type CheckedIdConversion = ResolvedOptions<IdConversion, typeof ID_CONVERSION_OPTIONS>;
export type CheckedEmailConversion = ResolvedOptions<EmailConversion, typeof EMAIL_CONVERSION_OPTIONS>;
export type CheckedPhoneConversion = ResolvedOptions<PhoneConversion, typeof PHONE_CONVERSION_OPTIONS>;
export type CheckedMatchKeyConversion = ResolvedOptions<MatchKeyConversion, typeof MATCH_KEY_CONVERSION_OPTIONS>;

/** A conversion with its defaults filled in. */
export type CheckedConversion =
  | CheckedNumberConversion
  | CheckedBooleanConversion
  | CheckedTimestampConversion
  | CheckedCategoryConversion
  | CheckedIdConversion
  | CheckedEmailConversion
  | CheckedPhoneConversion
  | CheckedMatchKeyConversion;
