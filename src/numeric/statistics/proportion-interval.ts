/** Lower and upper bound. */
export type Bounds = readonly [low: number, high: number];

/**
 * Wilson's (1927) score interval of a proportion, `count` of `total` > 0; `z` is the normal quantile of the confidence.
 * It never leaves 0 … 1, and 0 of n and n of n have a width.
 */
export function wilsonBounds(count: number, total: number, z: number): Bounds {
  const square = z * z;
  const centre = count + square / 2;
  const reach = z * Math.sqrt((count * (total - count)) / total + square / 4);
  return [count === 0 ? 0 : Math.max(0, (centre - reach) / (total + square)), count === total ? 1 : Math.min(1, (centre + reach) / (total + square))];
}

/** Newcombe's (1998, method 10) interval of the difference of two independent proportions, from the score interval of each. */
export function differenceBounds(count1: number, total1: number, count2: number, total2: number, z: number): Bounds {
  const share1 = count1 / total1;
  const share2 = count2 / total2;
  const [low1, high1] = wilsonBounds(count1, total1, z);
  const [low2, high2] = wilsonBounds(count2, total2, z);
  const difference = share1 - share2;
  return [difference - Math.hypot(share1 - low1, high2 - share2), difference + Math.hypot(high1 - share1, share2 - low2)];
}
