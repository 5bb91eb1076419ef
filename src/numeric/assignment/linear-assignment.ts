import { firstOptimum } from "./first-optimum";

/**
 * Pairs rows with columns, each used once, so that the sum of their costs is as small as it can be; with fewer columns than rows
 * (or the other way round) as many pairs are made as there can be.
 *
 * Shortest augmenting paths over reduced costs (Jonker and Volgenant 1987, in the form of Crouse 2016): n³ operations for n = max(rows, columns),
 * memory for n² numbers. Of several optima the lexicographically first is returned: row 0 gets the lowest column that any optimum gives it,
 * then row 1, and so on. Equal sums are recognised exactly where the costs are whole numbers.
 *
 * @param costs - finite, row after row
 * @returns the column of each row, −1 for a row without one
 */
export function assignMinimumCost(costs: Float64Array, rowCount: number, columnCount: number): Int32Array {
  const size = Math.max(rowCount, columnCount);
  // Rows or columns of cost 0 make it square; what they are paired with stays without a partner.
  const square = new Float64Array(size * size);
  for (let row = 0; row < rowCount; row++) square.set(costs.subarray(row * columnCount, (row + 1) * columnCount), row * size);
  const { columnOf, rowOf, rowPrices, columnPrices } = assignSquare(square, size);
  firstOptimum({ costs: square, size, columnOf, rowOf, rowPrices, columnPrices });
  return columnOf.subarray(0, rowCount).map((column) => (column < columnCount ? column : -1));
}

/** A complete pairing with prices (dual variables): cost − row price − column price is 0 for each pair and never negative. */
export interface PricedAssignment {
  readonly costs: Float64Array;
  readonly size: number;
  readonly columnOf: Int32Array;
  readonly rowOf: Int32Array;
  readonly rowPrices: Float64Array;
  readonly columnPrices: Float64Array;
}

function assignSquare(costs: Float64Array, size: number): Omit<PricedAssignment, "costs" | "size"> {
  const columnOf = new Int32Array(size).fill(-1);
  const rowOf = new Int32Array(size).fill(-1);
  const rowPrices = new Float64Array(size);
  const columnPrices = new Float64Array(size);
  const distances = new Float64Array(size);
  const previousRow = new Int32Array(size);
  const isReached = new Uint8Array(size);
  for (let start = 0; start < size; start++) {
    distances.fill(Infinity);
    isReached.fill(0);
    let row = start;
    let distance = 0;
    let column: number;
    // Dijkstra over columns until one is free.
    do {
      let nearest = -1;
      let smallest = Infinity;
      for (let j = 0; j < size; j++) {
        if (isReached[j] === 1) continue;
        const through = distance + (costs[row * size + j]! - rowPrices[row]! - columnPrices[j]!);
        if (through < distances[j]!) {
          distances[j] = through;
          previousRow[j] = row;
        }
        // Of equally near columns a free one ends the search.
        if (distances[j]! < smallest || (distances[j] === smallest && rowOf[j] === -1 && rowOf[nearest] !== -1)) {
          smallest = distances[j]!;
          nearest = j;
        }
      }
      distance = smallest;
      column = nearest;
      isReached[column] = 1;
      row = rowOf[column]!;
    } while (row >= 0);

    rowPrices[start]! += distance;
    for (let j = 0; j < size; j++) {
      if (isReached[j] === 0 || j === column) continue;
      rowPrices[rowOf[j]!]! += distance - distances[j]!;
      columnPrices[j]! -= distance - distances[j]!;
    }
    for (let j = column; ; ) {
      const from = previousRow[j]!;
      rowOf[j] = from;
      const next = columnOf[from]!;
      columnOf[from] = j;
      if (from === start) break;
      j = next;
    }
  }
  return { columnOf, rowOf, rowPrices, columnPrices };
}
