/** log(1 + x) of some columns of row-major values. Returns the position of the first value without a logarithm, −1 if there is none. */
export function log1pColumns(values: Float64Array, columnCount: number, columns: ArrayLike<number>, out: Float64Array): number {
  for (let start = 0; start < values.length; start += columnCount) {
    for (let i = 0; i < columns.length; i++) {
      const position = start + columns[i]!;
      const value = values[position]!;
      if (value <= -1) return position;
      out[position] = Math.log1p(value);
    }
  }
  return -1;
}

/** The positions of all values of these columns that have no logarithm. */
export function positionsWithoutLogarithm(values: Float64Array, columnCount: number, columns: ArrayLike<number>): number[] {
  const positions: number[] = [];
  for (let start = 0; start < values.length; start += columnCount) {
    for (let i = 0; i < columns.length; i++) if (values[start + columns[i]!]! <= -1) positions.push(start + columns[i]!);
  }
  return positions;
}

/** exp(z) − 1 of some columns of row-major values. */
export function expm1Columns(values: Float64Array, columnCount: number, columns: ArrayLike<number>, out: Float64Array): void {
  for (let start = 0; start < values.length; start += columnCount) {
    for (let i = 0; i < columns.length; i++) out[start + columns[i]!] = Math.expm1(values[start + columns[i]!]!);
  }
}
