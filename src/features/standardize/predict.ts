/** z = (x − mean) / scale, column by column of row-major values. */
export function standardize(values: Float64Array, means: ArrayLike<number>, scales: ArrayLike<number>, out: Float64Array): void {
  const width = means.length;
  for (let start = 0; start < values.length; start += width) {
    for (let j = 0; j < width; j++) out[start + j] = (values[start + j]! - means[j]!) / scales[j]!;
  }
}

/** x = z · scale + mean, column by column of row-major values. */
export function unstandardize(values: Float64Array, means: ArrayLike<number>, scales: ArrayLike<number>, out: Float64Array): void {
  const width = means.length;
  for (let start = 0; start < values.length; start += width) {
    for (let j = 0; j < width; j++) out[start + j] = values[start + j]! * scales[j]! + means[j]!;
  }
}
