import type { PricedAssignment } from "./linear-assignment";

/**
 * Turns an optimal assignment into the lexicographically first one, in place.
 *
 * Every optimum uses pairs of reduced cost 0 only. Row by row, the lowest such column is taken from which the other rows can be
 * shifted along pairs of reduced cost 0 until the row's old column is in use again; then row and column are settled. n² operations a row.
 */
export function firstOptimum({ costs, size, columnOf, rowOf, rowPrices, columnPrices }: PricedAssignment): void {
  const isSettled = new Uint8Array(size);
  const isShiftable = new Uint8Array(size);
  const nextColumn = new Int32Array(size);
  const queue = new Int32Array(size);
  const isTight = (row: number, column: number): boolean => costs[row * size + column]! - rowPrices[row]! - columnPrices[column]! === 0;

  for (let row = 0; row < size; row++) {
    isSettled[row] = 1;
    const old = columnOf[row]!;
    // Rows that can give up their column, searched backwards from the one that becomes free.
    isShiftable.fill(0);
    let queued = 0;
    for (let read = -1; read < queued; read++) {
      const free = read < 0 ? old : columnOf[queue[read]!]!;
      for (let other = row + 1; other < size; other++) {
        if (isShiftable[other] === 1 || !isTight(other, free)) continue;
        isShiftable[other] = 1;
        nextColumn[other] = free;
        queue[queued++] = other;
      }
    }
    for (let column = 0; column < old; column++) {
      const owner = rowOf[column]!;
      if (isSettled[owner] === 1 || isShiftable[owner] === 0 || !isTight(row, column)) continue;
      columnOf[row] = column;
      rowOf[column] = row;
      for (let shifted = owner, to = nextColumn[owner]!; ; ) {
        const next = rowOf[to]!;
        columnOf[shifted] = to;
        rowOf[to] = shifted;
        if (to === old) break;
        shifted = next;
        to = nextColumn[next]!;
      }
      break;
    }
  }
}
