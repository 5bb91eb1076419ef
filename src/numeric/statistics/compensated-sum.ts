/**
 * Sum of the values from `start` to before `end` with the rounding errors carried along (Neumaier 1974):
 * exact to the last bit or two for any order of the values.
 */
export function sumOf(values: ArrayLike<number>, start = 0, end: number = values.length): number {
  let sum = 0;
  let low = 0;
  for (let i = start; i < end; i++) {
    const value = values[i]!;
    const total = sum + value;
    const rounded = total - sum;
    low += sum - (total - rounded) + (value - rounded);
    sum = total;
  }
  return sum + low;
}
