import { MISSING_BOOLEAN, type Column } from "../../data/column";
import { quantileOfSorted, sortPresent } from "../../numeric/statistics/quantile";

/** A column as levels: each row has one, missing cells have one of their own (the last, where there are any). */
export interface ColumnLevels {
  readonly levelOf: Int32Array;
  readonly levelCount: number;
}

/** Bands of equal mass that numbers are cut into. */
const BANDS = 10;

/** Where numbers are cut into bands: the distinct deciles. A value belongs to the band of as many cuts as are below it. */
export function bandCuts(values: Float64Array): Float64Array {
  const sorted = sortPresent(values);
  if (sorted.length === 0) return new Float64Array(0);
  const cuts = new Set<number>();
  for (let k = 1; k < BANDS; k++) cuts.add(quantileOfSorted(sorted, k / BANDS));
  // A cut at the largest value would have nothing above it.
  return Float64Array.from([...cuts].filter((cut) => cut < sorted[sorted.length - 1]!).sort((a, b) => a - b));
}

/** The band of each value; −1 for a missing one. */
export function bandsOf(values: Float64Array, cuts: Float64Array): Int32Array {
  return Int32Array.from(values, (value) => {
    if (Number.isNaN(value)) return -1;
    let band = 0;
    while (band < cuts.length && value > cuts[band]!) band++;
    return band;
  });
}

/** Categories and truth values as they are, numbers and times in bands of equal mass. Labels are not looked at. */
export function levelsOfColumn(column: Column): ColumnLevels {
  switch (column.type) {
    case "category":
      return withMissingLevel(column.codes.slice(), column.categories.length);
    case "boolean":
      return withMissingLevel(Int32Array.from(column.values, (value) => (value === MISSING_BOOLEAN ? -1 : value)), 2);
    default: {
      const cuts = bandCuts(column.values);
      return withMissingLevel(bandsOf(column.values, cuts), cuts.length + 1);
    }
  }
}

function withMissingLevel(levelOf: Int32Array, levelCount: number): ColumnLevels {
  let missing = 0;
  for (let row = 0; row < levelOf.length; row++) {
    if (levelOf[row]! >= 0) continue;
    levelOf[row] = levelCount;
    missing = 1;
  }
  return { levelOf, levelCount: levelCount + missing };
}
