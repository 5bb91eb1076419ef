/** What brings the columns of row-major values into one range. */
export interface MinMaxParameters {
  readonly minima: ArrayLike<number>;
  readonly ranges: ArrayLike<number>;
  readonly from: number;
  readonly to: number;
}

/** (x − min) / range · (to − from) + from, column by column of row-major values, within `from` and `to` where it is clipped. */
export function toRange(values: Float64Array, { minima, ranges, from, to }: MinMaxParameters, clip: boolean, out: Float64Array): void {
  const width = minima.length;
  for (let start = 0; start < values.length; start += width) {
    for (let j = 0; j < width; j++) {
      const share = (values[start + j]! - minima[j]!) / ranges[j]!;
      // Both ends exactly, whatever `from` and `to` round to.
      const scaled = share === 1 ? to : share * (to - from) + from;
      out[start + j] = clip ? Math.min(to, Math.max(from, scaled)) : scaled;
    }
  }
}

/** (z − from) / (to − from) · range + min, column by column of row-major values. */
export function fromRange(values: Float64Array, { minima, ranges, from, to }: MinMaxParameters, out: Float64Array): void {
  const width = minima.length;
  for (let start = 0; start < values.length; start += width) {
    for (let j = 0; j < width; j++) out[start + j] = ((values[start + j]! - from) / (to - from)) * ranges[j]! + minima[j]!;
  }
}
