import type { FeatureMatrix } from "../../data/feature-matrix";
import type { RandomStream } from "../../numeric/random/random-stream";

/**
 * Draws each value that occurs more than once from the interval it was rounded from: halfway to the next smaller and larger value
 * of its column (at the ends as far out as in). Counts and whole amounts would otherwise be so many separate heaps.
 * Values that occur once stay what they are.
 */
export function spreadTies(matrix: FeatureMatrix, random: RandomStream): FeatureMatrix {
  const { rowCount, columnCount } = matrix;
  const values = matrix.values.slice();
  const order = new Int32Array(rowCount);
  for (let j = 0; j < columnCount; j++) {
    const valueAt = (row: number): number => matrix.values[row * columnCount + j]!;
    for (let row = 0; row < rowCount; row++) order[row] = row;
    order.sort((a, b) => valueAt(a) - valueAt(b) || a - b);
    let from = 0;
    while (from < rowCount) {
      const value = valueAt(order[from]!);
      let to = from + 1;
      while (to < rowCount && valueAt(order[to]!) === value) to++;
      const below = from > 0 ? value - valueAt(order[from - 1]!) : undefined;
      const above = to < rowCount ? valueAt(order[to]!) - value : undefined;
      const left = (below ?? above ?? 0) / 2;
      const right = (above ?? below ?? 0) / 2;
      if (to > from + 1) for (let i = from; i < to; i++) values[order[i]! * columnCount + j] = value - left + random.nextFloat() * (left + right);
      from = to;
    }
  }
  return { ...matrix, values };
}
