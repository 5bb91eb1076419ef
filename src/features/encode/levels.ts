import type { CategoryColumn, ColumnType } from "../../data/column";
import type { EncodedColumn, EncodedOneHot, EncodedOrdinal, EncodedTarget } from "./spec";

/** The categories that occur in the rows, sorted by code unit, and how many rows have none. */
export interface Levels {
  readonly present: readonly string[];
  /** Rows of each of them. */
  readonly counts: readonly number[];
  readonly missingCount: number;
}

/** A column may list categories that none of its rows has (a part of a table shares the list of the whole). */
export function levelsOf(column: CategoryColumn): Levels {
  const countOf = new Float64Array(column.categories.length);
  let missingCount = 0;
  for (const code of column.codes) {
    if (code < 0) missingCount++;
    else countOf[code]!++;
  }
  const codes = Array.from(column.categories.keys()).filter((code) => countOf[code]! > 0);
  const textAt = (code: number): string => column.categories[code]!;
  codes.sort((a, b) => (textAt(a) < textAt(b) ? -1 : 1));
  return { present: codes.map(textAt), counts: codes.map((code) => countOf[code]!), missingCount };
}

/** The position of each of a column's categories in the levels of a fit; −1 for one that is not among them. */
export function levelPositions(column: CategoryColumn, levels: readonly (string | null)[]): Int32Array {
  const positionOf = new Map(levels.map((level, position) => [level, position]));
  return Int32Array.from(column.categories, (category) => positionOf.get(category) ?? -1);
}

/** An encoding of a category column. */
export type EncodedCategory = EncodedOneHot | EncodedOrdinal | EncodedTarget;

export function isEncodedCategory(encoded: EncodedColumn): encoded is EncodedCategory {
  return encoded.as === "oneHot" || encoded.as === "ordinal" || encoded.as === "target";
}

/** The type of column that an encoding reads. */
export function encodedType(encoded: EncodedColumn): ColumnType {
  if (isEncodedCategory(encoded)) return "category";
  return encoded.as === "boolean" ? "boolean" : "number";
}

/** The categories that an encoding knows, merged ones included; null is the level of missing cells. */
export function knownLevels(encoded: EncodedCategory): readonly (string | null)[] {
  return encoded.as === "oneHot" ? [...encoded.levels, ...encoded.infrequent] : encoded.levels;
}

/** Whether an encoding gives a number to a category that the fit did not see. */
export function acceptsUnknown(encoded: EncodedCategory): boolean {
  return encoded.as === "ordinal" ? encoded.unknown !== null : encoded.unknown !== "error";
}

/** Whether an encoding gives a number to a missing cell: one that the fit did not see is an unknown category. */
export function acceptsMissing(encoded: EncodedCategory): boolean {
  if (encoded.as === "ordinal") return encoded.missing !== null;
  return encoded.missing === "level" && (encoded.levels.includes(null) || acceptsUnknown(encoded));
}

/** Whether a number is what an ordinal encoding gives to one of its levels. */
export function isLevelNumber(value: number, levelCount: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < levelCount;
}
