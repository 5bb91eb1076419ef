import type { Formula, FormulaSpec } from "../../formula/evaluate/formula";

/** What is done about a row that breaks a rule. */
export type ViolationPolicy = "report" | "quarantine" | "missing";

interface AnyRule {
  /** How reports name the rule. @defaultValue its kind and columns */
  readonly name?: string | undefined;
  /** `"warned"` above this share of the judged rows, from 0 to 1. @defaultValue 0: one violation is a warning */
  readonly warnAbove?: number | undefined;
  /** `"stopped"` above this share, from 0 to 1: {@link assertQuality} then throws. @defaultValue none: it never stops */
  readonly stopAbove?: number | undefined;
}

interface RuleOfRows extends AnyRule {
  /** `"missing"` empties the cell of the rule's column. @defaultValue "report": the row stays as it is */
  readonly onViolation?: ViolationPolicy | undefined;
}

/** The column has a value. */
export interface RequiredRule extends AnyRule {
  readonly rule: "required";
  readonly column: string;
  /** @defaultValue "report" */
  readonly onViolation?: "report" | "quarantine" | undefined;
}

/** A number or a time lies between two bounds, both allowed. A missing cell is not judged. */
export interface RangeRule extends RuleOfRows {
  readonly rule: "range";
  readonly column: string;
  /** A number; for times a date (its midnight in UTC) or a time with its offset, of ISO 8601. @defaultValue none */
  readonly min?: number | string | undefined;
  /** @defaultValue none */
  readonly max?: number | string | undefined;
}

/** A text is one of a list. A missing cell is not judged. */
export interface OneOfRule extends RuleOfRows {
  readonly rule: "oneOf";
  readonly column: string;
  readonly values: readonly string[];
}

/**
 * A whole text has a form, as a regular expression of JavaScript (flag `u`). A missing cell is not judged. The expression runs on every
 * distinct text: one that can backtrack without end (`(a+)+`) can hang on a text, so take no plan from strangers.
 */
export interface PatternRule extends RuleOfRows {
  readonly rule: "pattern";
  readonly column: string;
  readonly pattern: string;
}

/** A formula over the columns of a row is true. A row for which it is missing is not judged. */
export interface FormulaRule extends RuleOfRows {
  readonly rule: "formula";
  /** What `compileFormula` makes of a text, or its saved form. */
  readonly formula: Formula | FormulaSpec;
  /** The column to empty with `onViolation: "missing"`. */
  readonly column?: string | undefined;
}

/** No two rows agree in all these columns. A row with a missing cell in them is not judged. Every one of the rows that agree breaks the rule. */
export interface UniqueRule extends AnyRule {
  readonly rule: "unique";
  readonly columns: readonly string[];
  /** @defaultValue "report" */
  readonly onViolation?: "report" | "quarantine" | undefined;
}

/** Every value occurs in a column of another table, which is passed to the fit and to `apply` as `related`. A missing cell is not judged. */
export interface ReferenceRule extends RuleOfRows {
  readonly rule: "reference";
  readonly column: string;
  /** The name of the other table in `related`. */
  readonly table: string;
  /** Its column. */
  readonly key: string;
}

/** Values do not fall (or rise) from row to row in an order. A row is judged against the last one that kept the rule. */
export interface MonotonicRule extends RuleOfRows {
  readonly rule: "monotonic";
  readonly column: string;
  /** The column of times or numbers that gives the order; equal ones keep that of the rows. */
  readonly orderBy: string;
  /** Rows are compared with those that agree in these columns. @defaultValue none: all rows are one sequence */
  readonly within?: readonly string[] | undefined;
  /** @defaultValue "increasing" */
  readonly direction?: "increasing" | "decreasing" | undefined;
  /** Equal neighbours break the rule too. @defaultValue false */
  readonly strict?: boolean | undefined;
}

/**
 * Equal values of `from` go with one value of `to` (a functional dependency, as postcode → city). The value of a group is the one that most of
 * its rows of the fit have; a group has none, and is not judged, when two values are equally frequent, the most frequent has less than
 * `minShare` of the rows, or fewer than `minCount` rows. Rows with a missing cell are not judged.
 *
 * The saved model holds the groups with their values: it is as confidential as the columns `from` and `to`.
 */
export interface DependencyRule extends AnyRule {
  readonly rule: "dependency";
  readonly from: readonly string[];
  readonly to: string;
  /**
   * `"repair"` writes the group's value. Dependencies that disagree about a cell vote with the rows behind their values; a tie changes nothing.
   * Repairs follow from one another, so they are repeated until a row stays as it is; a row that does not within ten rounds is left as it
   * was, and breaks the rule. @defaultValue "report"
   */
  readonly onViolation?: ViolationPolicy | "repair" | undefined;
  /** With `"repair"`: a missing cell of `to` gets the group's value too. @defaultValue false */
  readonly fillMissing?: boolean | undefined;
  /** The least share, above 0, of a group's rows that its value must have. @defaultValue 0.5 */
  readonly minShare?: number | undefined;
  /** The fewest rows that must have it. @defaultValue 2 */
  readonly minCount?: number | undefined;
}

/**
 * No text is a rare spelling of a frequent one: at most `maxDistance` letters inserted, left out, exchanged or swapped with their neighbour
 * (optimal string alignment; letters are UTF-16 code units), and at least `minRatio` times rarer. How frequent a text is was counted at the
 * fit; one that the fit has not seen counts as once. A text that is near two frequent ones, or near one that is itself a misspelling, is not judged.
 * For names, cities and the like: codes differ by one letter and mean something else.
 *
 * The saved model holds the frequent texts: it is as confidential as the column.
 */
export interface SpellingRule extends AnyRule {
  readonly rule: "spelling";
  readonly column: string;
  /** `"repair"` writes the frequent text; it has a vote as in {@link DependencyRule}. @defaultValue "report" */
  readonly onViolation?: ViolationPolicy | "repair" | undefined;
  /** From 1 to 3. @defaultValue 1 */
  readonly maxDistance?: number | undefined;
  /** At least 2. @defaultValue 10 */
  readonly minRatio?: number | undefined;
  /** Texts shorter than this take no part: "AL" and "AK" are no misspellings of each other. At least 2 · `maxDistance` + 1. @defaultValue 5 */
  readonly minLength?: number | undefined;
}

/** What is expected of the data. */
export type Rule =
  | RequiredRule
  | RangeRule
  | OneOfRule
  | PatternRule
  | FormulaRule
  | UniqueRule
  | ReferenceRule
  | MonotonicRule
  | DependencyRule
  | SpellingRule;

/** The kinds of rule. */
export type RuleKind = Rule["rule"];
