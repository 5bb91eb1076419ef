import type { Column } from "../../data/column";
import type { FillValue } from "./fitted-fill";

/** The cells of a column as numbers in the order of its values: numbers by size, texts by code units, false before true. */
export interface OrderedValues {
  /** NaN where the cell is missing. */
  readonly values: Float64Array;
  /** The numbers of texts and of true and false are 0 to before this one; 0 for others. */
  readonly rankCount: number;
  /** The cell that a number stands for. */
  readonly cellOf: (value: number) => FillValue;
}

export function orderedValues(column: Column): OrderedValues {
  switch (column.type) {
    case "number":
    case "timestamp":
      return { values: column.values, rankCount: 0, cellOf: (value) => value };
    case "boolean":
      return { values: ranksOf(column.values, Float64Array.of(0, 1)), rankCount: 2, cellOf: (value) => value === 1 };
    case "category": {
      const { codes, categories } = column;
      const byText = categories.map((_, code) => code).sort((a, b) => (categories[a]! < categories[b]! ? -1 : 1));
      const rankOf = new Float64Array(categories.length);
      for (const [rank, code] of byText.entries()) rankOf[code] = rank;
      return { values: ranksOf(codes, rankOf), rankCount: categories.length, cellOf: (rank) => categories[byText[rank]!]! };
    }
  }
}

/** The rank of each row's code; NaN for a code that has none, as those of missing cells. */
function ranksOf(codes: Int32Array | Uint8Array, rankOf: Float64Array): Float64Array {
  const ranks = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    ranks[row] = code >= 0 && code < rankOf.length ? rankOf[code]! : NaN;
  }
  return ranks;
}

/** The present values of the rows of each group, one group after the other. */
export interface GroupedValues {
  readonly values: Float64Array;
  /** Where the values of group g begin; those of the last one end at the last entry. */
  readonly starts: Int32Array;
}

/** Brings the values of each group together, in the order of their rows. Rows without a group (−1) are left out. */
export function gatherByGroup(values: Float64Array, groups: Int32Array, count: number): GroupedValues {
  const starts = new Int32Array(count + 1);
  for (let row = 0; row < values.length; row++) {
    const group = groups[row]!;
    if (group >= 0 && values[row] === values[row]) starts[group + 1] = starts[group + 1]! + 1;
  }
  for (let group = 0; group < count; group++) starts[group + 1] = starts[group + 1]! + starts[group]!;
  const next = starts.slice();
  const gathered = new Float64Array(starts[count]!);
  for (let row = 0; row < values.length; row++) {
    const group = groups[row]!;
    if (group < 0 || values[row] !== values[row]) continue;
    gathered[next[group]!] = values[row]!;
    next[group] = next[group]! + 1;
  }
  return { values: gathered, starts };
}
