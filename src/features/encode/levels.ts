import type { CategoryColumn } from "../../data/column";

/** The categories that occur in the rows, sorted by code unit, and how many rows have none. */
export interface Levels {
  readonly present: readonly string[];
  readonly missingCount: number;
}

/** A column may list categories that none of its rows has (a part of a table shares the list of the whole). */
export function levelsOf(column: CategoryColumn): Levels {
  const occurs = new Uint8Array(column.categories.length);
  let missingCount = 0;
  for (const code of column.codes) {
    if (code < 0) missingCount++;
    else occurs[code] = 1;
  }
  // Without a comparator, sort compares code units.
  return { present: column.categories.filter((_, code) => occurs[code] === 1).sort(), missingCount };
}

/** The position of each of a column's categories in the levels of a fit; −1 for one that is not among them. */
export function levelPositions(column: CategoryColumn, levels: readonly (string | null)[]): Int32Array {
  const positionOf = new Map(levels.map((level, position) => [level, position]));
  return Int32Array.from(column.categories, (category) => positionOf.get(category) ?? -1);
}
