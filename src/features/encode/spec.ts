import { SpecReader } from "../../errors/spec";
import { isLevelNumber } from "./levels";

/** A number column: its values are a feature as they are. */
export interface EncodedNumber {
  readonly column: string;
  readonly as: "number";
}

/** A number column: log(1 + x) of its values is a feature. */
export interface EncodedLog1p {
  readonly column: string;
  readonly as: "log1p";
}

/** A boolean column: one feature, 1 for true and 0 for false. */
export interface EncodedBoolean {
  readonly column: string;
  readonly as: "boolean";
}

/** A category column: one feature for each level, 1 where the row has it and 0 elsewhere. */
export interface EncodedOneHot {
  readonly column: string;
  readonly as: "oneHot";
  /** `"first"`: the first level has no feature; it is the baseline. */
  readonly drop: "first" | "none";
  /** What a category means that the fit did not see. */
  readonly unknown: "error" | "zeros" | "infrequent";
  /** What a missing cell means. */
  readonly missing: "error" | "level";
  /** The categories of the fit, sorted by code unit; null, always last, is the level of missing cells. */
  readonly levels: readonly (string | null)[];
  /** The categories of the fit that share one feature, after those of the levels, because few rows have them; sorted by code unit. */
  readonly infrequent: readonly string[];
}

/** A category column whose levels have an order: one feature, the position of the level. */
export interface EncodedOrdinal {
  readonly column: string;
  readonly as: "ordinal";
  /** The number of a category outside the levels; null: it is refused. */
  readonly unknown: number | null;
  /** The number of a missing cell; null: it is refused. */
  readonly missing: number | null;
  /** From the lowest to the highest. */
  readonly levels: readonly string[];
}

/** A category column: one feature, what the labels of the fit were on average among rows with the category. */
export interface EncodedTarget {
  readonly column: string;
  readonly as: "target";
  /** What a category means that the fit did not see. */
  readonly unknown: "mean" | "error";
  /** What a missing cell means. */
  readonly missing: "error" | "level";
  /** The mean of all labels of the fit. */
  readonly mean: number;
  /** The categories of the fit, sorted by code unit; null, always last, is the level of missing cells. */
  readonly levels: readonly (string | null)[];
  /** The mean of each level, drawn towards that of all. */
  readonly means: readonly number[];
}

/** What an encoder does with one column. */
export type EncodedColumn = EncodedNumber | EncodedLog1p | EncodedBoolean | EncodedOneHot | EncodedOrdinal | EncodedTarget;

/** The saved form of an {@link EncoderModel}: plain JSON. It holds the names of categories, and nothing of single rows. */
export interface EncoderSpec {
  readonly kind: "encoder";
  readonly version: 2;
  readonly columns: readonly EncodedColumn[];
}

/** Checks untrusted JSON and copies it. */
export function readEncoderSpec(caller: string, value: unknown): EncoderSpec {
  const reader = SpecReader.open(caller, value, "encoder", 2, upgradeEncoder);
  const columns = reader.objects("columns").map(readColumn);
  if (columns.length === 0) throw reader.refuse("columns", "one column or more");
  if (new Set(columns.map(({ column }) => column)).size !== columns.length) throw reader.refuse("columns", "distinct columns");
  return { kind: "encoder", version: 2, columns };
}

/** Version 1 knew numbers, booleans and one-hot columns of which no level is merged. */
function upgradeEncoder(reader: SpecReader, version: unknown): Readonly<Record<string, unknown>> | undefined {
  if (version !== 1) return undefined;
  const columns = reader.objects("columns").map((column) => {
    const as = column.oneOf("as", ["number", "boolean", "oneHot"]);
    const plain = { column: column.value("column"), as };
    if (as !== "oneHot") return plain;
    const unknown = column.oneOf("unknown", ["error", "zeros"]);
    return { ...plain, drop: column.value("drop"), unknown, missing: column.value("missing"), levels: column.value("levels"), infrequent: [] };
  });
  return { columns };
}

function readColumn(reader: SpecReader): EncodedColumn {
  const column = reader.text("column");
  const as = reader.oneOf("as", ["number", "log1p", "boolean", "oneHot", "ordinal", "target"]);
  switch (as) {
    case "oneHot":
      return readOneHot(reader, column);
    case "ordinal":
      return readOrdinal(reader, column);
    case "target":
      return readTarget(reader, column);
    default:
      return { column, as };
  }
}

function readOneHot(reader: SpecReader, column: string): EncodedOneHot {
  const levels = readLevels(reader);
  const infrequent = reader.texts("infrequent");
  if (new Set([...levels, ...infrequent]).size !== levels.length + infrequent.length) throw reader.refuse("infrequent", "distinct texts that are not among levels");
  return {
    column,
    as: "oneHot",
    drop: reader.oneOf("drop", ["first", "none"]),
    unknown: reader.oneOf("unknown", ["error", "zeros", "infrequent"]),
    missing: reader.oneOf("missing", ["error", "level"]),
    levels,
    infrequent,
  };
}

function readOrdinal(reader: SpecReader, column: string): EncodedOrdinal {
  const levels = reader.texts("levels");
  if (levels.length === 0 || new Set(levels).size !== levels.length) throw reader.refuse("levels", "one or more distinct texts");
  const readNumber = (name: "unknown" | "missing"): number | null => {
    const value = reader.optionalNumber(name);
    if (value !== undefined && isLevelNumber(value, levels.length)) throw reader.refuse(name, "null or a number that is not that of a level");
    return value ?? null;
  };
  return { column, as: "ordinal", unknown: readNumber("unknown"), missing: readNumber("missing"), levels };
}

function readTarget(reader: SpecReader, column: string): EncodedTarget {
  const levels = readLevels(reader);
  return {
    column,
    as: "target",
    unknown: reader.oneOf("unknown", ["mean", "error"]),
    missing: reader.oneOf("missing", ["error", "level"]),
    mean: reader.number("mean"),
    levels,
    means: [...reader.numbers("means", levels.length)],
  };
}

function readLevels(reader: SpecReader): (string | null)[] {
  const rule = "distinct texts, and null at most at the end";
  const list = reader.list("levels");
  const levels = list.map((level, i) => {
    if (typeof level === "string" || (level === null && i === list.length - 1)) return level;
    throw reader.refuse("levels", rule);
  });
  if (new Set(levels).size !== levels.length) throw reader.refuse("levels", rule);
  return levels;
}
