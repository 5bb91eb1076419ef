/** Sum with the rounding errors carried along (Neumaier 1974): exact to the last bit or two for any order of the values. */
export function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  let low = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const total = sum + value;
    const rounded = total - sum;
    low += sum - (total - rounded) + (value - rounded);
    sum = total;
  }
  return sum + low;
}
