import { checkList, checkRowCount, checkSameLength } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions, SEED } from "../../errors/options";
import { codeLabels, type CodedLabels } from "../coded-labels";
import { dealGroups, dealRows } from "./deal-folds";

/** Options of {@link splitFolds}. */
export interface SplitFoldsOptions {
  /** How many parts, from 2 to the number of rows. @defaultValue 5 */
  readonly folds?: number | undefined;
  /** Decides which rows come together. @defaultValue 1 */
  readonly seed?: number | undefined;
  /** Keeps the share of each class the same in every fold. @defaultValue true if labels are given, false for a row count */
  readonly stratify?: boolean | undefined;
  /** One key for each row (the customer's id, say): rows of one key stay in one fold. @defaultValue every row for itself */
  readonly groups?: ArrayLike<string | number> | undefined;
}

const SPLIT_FOLDS_OPTIONS = {
  folds: { kind: "integer", min: 2, default: 5 },
  seed: SEED,
  stratify: { kind: "boolean" },
  groups: { kind: "list" },
} as const;

/**
 * Which fold each row is tested in: the rows dealt at random into parts of equal size.
 *
 * Without groups the folds differ by at most one row, and when stratified also by at most one row of each class.
 * With groups they are as even as a greedy assignment of the groups, largest first, makes them:
 * each group goes where it adds least to the sum of squared shares of the classes.
 *
 * @param labels - a class (whole number from 0) for each row, or only the number of rows
 * @returns a fold from 0 to `folds` − 1 for each row; every fold has rows
 * @throws ClienteleError `tooFewRows` for a class with fewer rows than folds or fewer groups than folds,
 * `invalidOption` for a fold count outside 2 … rows or `stratify` without labels, `invalidInput` for labels that are no
 * whole numbers or groups that are neither text nor number, `lengthMismatch`.
 * @example
 * ```ts
 * import { splitFolds } from "clientele/evaluation";
 *
 * const folds = splitFolds([0, 0, 0, 0, 1, 1], { folds: 2, seed: 7 });
 * console.log(folds.filter((fold) => fold === 0).length); // 3
 * ```
 */
export function splitFolds(labels: ArrayLike<number> | number, options?: SplitFoldsOptions): Int32Array {
  const caller = "splitFolds";
  const resolved = readOptions(caller, options, SPLIT_FOLDS_OPTIONS);
  const { folds, seed, groups, stratify = typeof labels !== "number" } = resolved;
  if (typeof labels !== "number") {
    checkList(caller, "labels", labels);
    return drawFolds(caller, stratify ? codeLabels(caller, "labels", labels) : oneClass(labels.length), folds, seed, groups);
  }
  if (stratify) {
    const rule = "false where only the number of rows is given";
    throw new ClienteleError("invalidOption", `stratify must be ${rule}; got true`, { caller, parameter: "stratify", rule, value: true });
  }
  checkOption(caller, "labels", labels, { kind: "integer", min: 0 }, "a number of rows");
  return drawFolds(caller, oneClass(labels), folds, seed, groups);
}

/** Checks what only the rows can tell about a fold count, then deals. */
export function drawFolds(
  caller: string,
  classes: CodedLabels,
  folds: number,
  seed: number,
  groups?: ArrayLike<string | number>,
): Int32Array {
  const rowCount = classes.codes.length;
  checkRowCount(caller, "labels", rowCount, 2);
  checkOption(caller, "folds", folds, { kind: "integer", min: 2, max: rowCount }, "rows");
  classes.counts.forEach((count, code) => checkFoldable(caller, "labels", count, folds, `rows of class ${classes.values[code]}`));
  if (groups === undefined) return dealRows(classes, folds, seed);
  const grouped = codeGroups(caller, groups, rowCount);
  checkFoldable(caller, "groups", grouped.counts.length, folds, "distinct groups");
  return dealGroups(classes, grouped, folds, seed);
}

function oneClass(rowCount: number): CodedLabels {
  return { codes: new Int32Array(rowCount), values: [0], counts: Int32Array.of(rowCount) };
}

function checkFoldable(caller: string, parameter: string, count: number, folds: number, what: string): void {
  if (count >= folds) return;
  const rule = `at least ${folds} ${what} for ${folds} folds`;
  throw new ClienteleError("tooFewRows", `${parameter} must have ${rule}; got ${count}`, { caller, parameter, rule, value: count });
}

/** Numbers the groups in the order of their first appearance. */
export function codeGroups(caller: string, groups: ArrayLike<string | number>, rowCount: number, expectedName = "labels"): CodedLabels {
  checkSameLength(caller, "groups", groups.length, rowCount, expectedName);
  const codeOf = new Map<string | number, number>();
  const codes = new Int32Array(rowCount);
  const counts: number[] = [];
  for (let row = 0; row < rowCount; row++) {
    const group = groups[row]!;
    if (typeof group !== "string" && !Number.isFinite(group)) {
      throw new ClienteleError("invalidInput", `groups must be texts or finite numbers; got ${describeValue(group)} at row ${row}`, {
        caller,
        parameter: "groups",
        row,
        rule: "texts or finite numbers",
      });
    }
    let code = codeOf.get(group);
    if (code === undefined) {
      code = counts.length;
      codeOf.set(group, code);
      counts.push(0);
    }
    codes[row] = code;
    counts[code]!++;
  }
  return { codes, values: counts.map((_, code) => code), counts: Int32Array.from(counts) };
}
