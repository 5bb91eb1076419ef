import { SpecReader } from "../../errors/spec";

/** A number column: its values are a feature as they are. */
export interface EncodedNumber {
  readonly column: string;
  readonly as: "number";
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
  readonly unknown: "error" | "zeros";
  /** What a missing cell means. */
  readonly missing: "error" | "level";
  /** The categories of the fit, sorted by code unit; null, always last, is the level of missing cells. */
  readonly levels: readonly (string | null)[];
}

/** What an encoder does with one column. */
export type EncodedColumn = EncodedNumber | EncodedBoolean | EncodedOneHot;

/** The saved form of an {@link EncoderModel}: plain JSON. It holds the names of categories, and nothing of single rows. */
export interface EncoderSpec {
  readonly kind: "encoder";
  readonly version: 1;
  readonly columns: readonly EncodedColumn[];
}

/** Checks untrusted JSON and copies it. */
export function readEncoderSpec(caller: string, value: unknown): EncoderSpec {
  const reader = SpecReader.open(caller, value, "encoder", 1);
  const columns = reader.objects("columns").map(readColumn);
  if (columns.length === 0) throw reader.refuse("columns", "one column or more");
  if (new Set(columns.map(({ column }) => column)).size !== columns.length) throw reader.refuse("columns", "distinct columns");
  return { kind: "encoder", version: 1, columns };
}

function readColumn(reader: SpecReader): EncodedColumn {
  const column = reader.text("column");
  const as = reader.oneOf("as", ["number", "boolean", "oneHot"]);
  if (as !== "oneHot") return { column, as };
  return {
    column,
    as,
    drop: reader.oneOf("drop", ["first", "none"]),
    unknown: reader.oneOf("unknown", ["error", "zeros"]),
    missing: reader.oneOf("missing", ["error", "level"]),
    levels: readLevels(reader),
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
