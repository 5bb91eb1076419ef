import type { CellValue, ColumnType } from "../../data/column";
import type { CheckedRule } from "./checked-rule";

/** The values of one column for each group of a dependency, as a caller would write them; never missing. */
export interface GroupValues {
  readonly type: ColumnType;
  readonly values: readonly CellValue[];
}

/** What a dependency learned: entry i of each list belongs to group i, in the order of the table of the fit. Groups without a majority are left out. */
export interface FittedDependency {
  readonly kind: "dependency";
  /** For each column of `from` the group's value. */
  readonly from: readonly GroupValues[];
  /** The value that goes with them. */
  readonly to: GroupValues;
  /** How many rows of the group have it. */
  readonly counts: readonly number[];
  /** How many rows the group has. */
  readonly rows: readonly number[];
}

/**
 * What a spelling rule learned: the texts that others may be misspellings of, and those whose frequency decides what they are.
 * A text that is not in the list is judged as one that occurs once.
 */
export interface FittedSpelling {
  readonly kind: "spelling";
  /** By falling frequency. */
  readonly texts: readonly string[];
  readonly counts: readonly number[];
  /** For each text the position of the text that it stands for: its own for one that is right, −1 for one that is not judged. */
  readonly standsFor: readonly number[];
}

/** A rule with what it learned from the table of the fit, if it learns. */
export interface FittedRule {
  readonly rule: CheckedRule;
  readonly learned: FittedDependency | FittedSpelling | undefined;
}
