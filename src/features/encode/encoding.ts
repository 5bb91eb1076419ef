import { checkList, checkObject, checkRowCount } from "../../errors/check";
import { describeOption } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions } from "../../errors/options";
import { isLevelNumber } from "./levels";

/** Takes a number column as it is. */
export interface NumberEncoding {
  readonly column: string;
  readonly as: "number";
}

/**
 * Takes log(1 + x) of a number column, for amounts and counts of which few are very large. Values of −1 or less have no logarithm
 * and are refused with their row.
 */
export interface Log1pEncoding {
  readonly column: string;
  readonly as: "log1p";
}

/** Turns a boolean column into 1 and 0. */
export interface BooleanEncoding {
  readonly column: string;
  readonly as: "boolean";
}

/** Turns a category column into one 0/1 feature for each level. */
export interface OneHotEncoding {
  readonly column: string;
  readonly as: "oneHot";
  /**
   * `"none"` keeps a feature for every level (distances, trees); `"first"` leaves out that of the first level in sorted order,
   * which becomes the baseline (regression, where all levels together would be collinear with the intercept). @defaultValue "none"
   */
  readonly drop?: "first" | "none" | undefined;
  /**
   * What to do with a category that the fit did not see: refuse the table, give the row 0 in every feature of the column, or count
   * it among the infrequent ones (zeros where the fit merged none). With `drop: "first"` zeros are what the baseline level has,
   * so the row is scored as if it had that level. @defaultValue "error"
   */
  readonly unknown?: "error" | "zeros" | "infrequent" | undefined;
  /**
   * What to do with a missing cell: refuse the table, or treat missing as one more level, `column=(missing)`, the last of the levels.
   * Like any level it is learnt from the fit: if no cell was missing there, a missing cell is an unknown category. It is never merged.
   * @defaultValue "error"
   */
  readonly missing?: "error" | "level" | undefined;
  /** Merge the levels with fewer rows than this into one feature, `column=(infrequent)`, the last of the column. @defaultValue none are merged */
  readonly minCount?: number | undefined;
  /** The same as a share of all rows; only one of the two can be given. @defaultValue none are merged */
  readonly minShare?: number | undefined;
}

/** Turns a category column whose levels have an order into one feature: 0 for the first level, 1 for the second, and so on. */
export interface OrdinalEncoding {
  readonly column: string;
  readonly as: "ordinal";
  /** All levels from the lowest to the highest. They need not all occur: the steps between them are those declared here. */
  readonly order: readonly string[];
  /** What a category outside the order means: refuse the table, or this number, which must not be that of a level. @defaultValue "error" */
  readonly unknown?: "error" | number | undefined;
  /** What a missing cell means: refuse the table, or this number, which must not be that of a level. @defaultValue "error" */
  readonly missing?: "error" | number | undefined;
}

/** Turns a category column into one feature: the mean of the labels among the rows with that category, drawn towards the overall mean. */
export interface TargetEncoding {
  readonly column: string;
  readonly as: "target";
  /**
   * How much the mean of a level counts, from 0 (only the overall mean) to 1, where n is the number of rows of the level:
   *
   * - `"credibility"`: n·τ² / (n·τ² + σ²), with the variance τ² between levels and σ² within them estimated from all levels
   *   (Bühlmann and Straub 1970). Where levels do not differ by more than chance, all are drawn to the overall mean.
   * - `"withinLevel"`: n·s² / (n·s² + σ²ₗ), with the variance s² of all labels and σ²ₗ within this level alone (Micci-Barreca 2001;
   *   scikit-learn's `smooth="auto"`). A level with one row, or with labels of one kind, is not drawn at all.
   * - a number m: n / (n + m), as if m rows with the overall mean had been added.
   *
   * @defaultValue "credibility"
   */
  readonly smoothing?: TargetSmoothing | undefined;
  /** What to do with a category that the fit did not see: give it the overall mean, or refuse the table. @defaultValue "mean" */
  readonly unknown?: "mean" | "error" | undefined;
  /** What to do with a missing cell: refuse the table, or treat missing as one more level. @defaultValue "error" */
  readonly missing?: "error" | "level" | undefined;
}

/** How the means of a {@link TargetEncoding} are drawn towards the overall mean. */
export type TargetSmoothing = "credibility" | "withinLevel" | number;

/** What becomes of one column. */
export type ColumnEncoding = NumberEncoding | Log1pEncoding | BooleanEncoding | OneHotEncoding | OrdinalEncoding | TargetEncoding;

/** What becomes of each column, in the order of the features. A list, because the fields of an object may change their order. */
export type Encoding = readonly ColumnEncoding[];

const AS = { kind: "oneOf", values: ["number", "log1p", "boolean", "oneHot", "ordinal", "target"], required: true } as const;
const COLUMN = { kind: "text", required: true } as const;
const MISSING = { kind: "oneOf", values: ["error", "level"], default: "error" } as const;
export const PLAIN_OPTIONS = { column: COLUMN, as: AS } as const;
export const ONE_HOT_OPTIONS = {
  column: COLUMN,
  as: AS,
  drop: { kind: "oneOf", values: ["first", "none"], default: "none" },
  unknown: { kind: "oneOf", values: ["error", "zeros", "infrequent"], default: "error" },
  missing: MISSING,
  minCount: { kind: "integer", min: 1 },
  minShare: { kind: "number", min: 0, max: 1, open: "both" },
} as const;
export const ORDINAL_OPTIONS = { column: COLUMN, as: AS, order: { kind: "names", required: true }, unknown: { kind: "custom" }, missing: { kind: "custom" } } as const;
export const TARGET_OPTIONS = {
  column: COLUMN,
  as: AS,
  smoothing: { kind: "custom" },
  unknown: { kind: "oneOf", values: ["mean", "error"], default: "mean" },
  missing: MISSING,
} as const;

/** Entries of an encoding after checking, with their defaults. */
export interface ReadOneHot {
  readonly column: string;
  readonly as: "oneHot";
  readonly drop: "first" | "none";
  readonly unknown: "error" | "zeros" | "infrequent";
  readonly missing: "error" | "level";
  readonly minCount: number | undefined;
  readonly minShare: number | undefined;
}

interface ReadOrdinal {
  readonly column: string;
  readonly as: "ordinal";
  readonly levels: readonly string[];
  /** Null: refused. */
  readonly unknown: number | null;
  readonly missing: number | null;
}

export interface ReadTarget {
  readonly column: string;
  readonly as: "target";
  readonly smoothing: TargetSmoothing;
  readonly unknown: "mean" | "error";
  readonly missing: "error" | "level";
}

export type ReadEntry = NumberEncoding | Log1pEncoding | BooleanEncoding | ReadOneHot | ReadOrdinal | ReadTarget;

/** Checks an encoding and fills in its defaults. */
export function readEncoding(caller: string, encoding: Encoding): ReadEntry[] {
  checkList(caller, "encoding", encoding);
  checkRowCount(caller, "encoding", encoding.length, 1, "columns");
  return encoding.map((entry, i) => readEntry(caller, entry, `encoding[${i}]`));
}

function readEntry(caller: string, entry: ColumnEncoding, path: string): ReadEntry {
  const given: unknown = entry;
  checkObject(caller, path, given);
  checkOption(caller, `${path}.as`, given["as"], AS);
  switch (entry.as) {
    case "oneHot":
      return readOneHot(caller, entry, path);
    case "ordinal":
      return readOrdinal(caller, entry, path);
    case "target":
      return readTarget(caller, entry, path);
    default:
      return readOptions(caller, entry, PLAIN_OPTIONS, path);
  }
}

function readOneHot(caller: string, entry: OneHotEncoding, path: string): ReadOneHot {
  const read = readOptions<OneHotEncoding, typeof ONE_HOT_OPTIONS>(caller, entry, ONE_HOT_OPTIONS, path);
  const merges = read.minCount !== undefined || read.minShare !== undefined;
  if (read.minCount !== undefined && read.minShare !== undefined) throw refuseOption(caller, `${path}.minShare`, "absent where minCount is given", read.minShare);
  if (read.unknown === "infrequent" && !merges) throw refuseOption(caller, `${path}.unknown`, '"error" or "zeros" where neither minCount nor minShare is given', read.unknown);
  return read;
}

function readOrdinal(caller: string, entry: OrdinalEncoding, path: string): ReadOrdinal {
  const { column, as, order, unknown, missing } = readOptions<OrdinalEncoding, typeof ORDINAL_OPTIONS>(caller, entry, ORDINAL_OPTIONS, path);
  if (order.length === 0 || new Set(order).size !== order.length) throw refuseOption(caller, `${path}.order`, "one or more distinct levels", undefined);
  const read = (name: string, value: unknown): number | null => {
    if (value === undefined || value === "error") return null;
    const rule = `"error" or a number that is not one of the levels' own (0 to ${order.length - 1})`;
    if (typeof value !== "number" || !Number.isFinite(value) || isLevelNumber(value, order.length)) throw refuseOption(caller, `${path}.${name}`, rule, value);
    return value;
  };
  return { column, as, levels: [...order], unknown: read("unknown", unknown), missing: read("missing", missing) };
}

function readTarget(caller: string, entry: TargetEncoding, path: string): ReadTarget {
  const read = readOptions<TargetEncoding, typeof TARGET_OPTIONS>(caller, entry, TARGET_OPTIONS, path);
  const smoothing: unknown = read.smoothing === undefined ? "credibility" : read.smoothing;
  if (!isSmoothing(smoothing)) throw refuseOption(caller, `${path}.smoothing`, '"credibility", "withinLevel" or a number of at least 0', smoothing);
  return { ...read, smoothing };
}

function isSmoothing(value: unknown): value is TargetSmoothing {
  return value === "credibility" || value === "withinLevel" || (typeof value === "number" && Number.isFinite(value) && value >= 0);
}

function refuseOption(caller: string, parameter: string, rule: string, value: unknown): ClienteleError {
  const got = value === undefined ? "" : `; got ${describeOption(value)}`;
  return new ClienteleError("invalidOption", `${parameter} must be ${rule}${got}`, { caller, parameter, rule, value });
}
