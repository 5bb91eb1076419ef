/** The different values of a column. */
export interface IndexedValues {
  readonly values: Float64Array;
  /** Σ weights of the rows with each value. */
  readonly weights: Float64Array;
  /** For each row the position of its value. */
  readonly index: Int32Array;
}

/** Numbers the different values of a column in the order of first appearance. */
export function indexValues(column: Float64Array, rowWeights: Float64Array): IndexedValues {
  const positions = new Map<number, number>();
  const index = new Int32Array(column.length);
  for (let i = 0; i < column.length; i++) {
    let at = positions.get(column[i]!);
    if (at === undefined) {
      at = positions.size;
      positions.set(column[i]!, at);
    }
    index[i] = at;
  }
  const weights = new Float64Array(positions.size);
  for (let i = 0; i < column.length; i++) weights[index[i]!] = weights[index[i]!]! + rowWeights[i]!;
  return { values: Float64Array.from(positions.keys()), weights, index };
}
