/** Fills `out` with the heights of the broken line through the points (xs ascending), which goes on level outside them. */
export function interpolatePoints(xs: Float64Array, heights: Float64Array, at: ArrayLike<number>, out: Float64Array): void {
  const last = xs.length - 1;
  for (let i = 0; i < out.length; i++) {
    const x = at[i]!;
    if (!(x > xs[0]!)) {
      out[i] = heights[0]!;
      continue;
    }
    if (x >= xs[last]!) {
      out[i] = heights[last]!;
      continue;
    }
    let low = 0;
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (xs[middle]! <= x) low = middle;
      else high = middle;
    }
    const left = xs[low]!;
    const span = xs[high]! - left;
    // The ends may be farther apart than the largest double.
    const share = Number.isFinite(span) ? (x - left) / span : (x / 2 - left / 2) / (xs[high]! / 2 - left / 2);
    out[i] = Math.min(heights[high]!, heights[low]! + (heights[high]! - heights[low]!) * share);
  }
}
