/**
 * The dip of a sample: the largest distance of its empirical distribution from the nearest unimodal one (Hartigan and Hartigan 1985).
 *
 * From 1 / (2n), for a sample that looks unimodal, to 1/4 for one of two far points. `sorted` is ascending, without NaN.
 * Algorithm AS 217 (P. Hartigan 1985) with the corrections of Maechler (R package diptest): linear time nearly always.
 */
export function dipOfSorted(sorted: Float64Array): number {
  const n = sorted.length;
  if (n === 0) return NaN;
  // In units of 1 / (2n).
  let dip = 1;
  if (sorted[n - 1] === sorted[0]) return dip / (2 * n);
  const convexBefore = minorantLinks(sorted);
  const concaveAfter = majorantLinks(sorted);
  const convex = new Int32Array(n);
  const concave = new Int32Array(n);
  let low = 0;
  let high = n - 1;
  for (;;) {
    const convexLast = fillChain(convexBefore, high, low, convex);
    const concaveLast = fillChain(concaveAfter, low, high, concave);
    const { distance, convexAt, concaveAt } = widestGap(sorted, convex, convexLast, concave, concaveLast);
    if (distance < dip) break;
    for (let j = convexAt; j < convexLast; j++) dip = Math.max(dip, deviationAbove(sorted, convex[j + 1]!, convex[j]!));
    for (let j = concaveAt; j < concaveLast; j++) dip = Math.max(dip, deviationBelow(sorted, concave[j]!, concave[j + 1]!));
    if (low === convex[convexAt] && high === concave[concaveAt]) break;
    low = convex[convexAt]!;
    high = concave[concaveAt]!;
  }
  return dip / (2 * n);
}

/** For each point the one before it on the greatest convex minorant of the points up to it. */
function minorantLinks(x: Float64Array): Int32Array {
  const before = new Int32Array(x.length);
  for (let j = 1; j < x.length; j++) {
    let i = j - 1;
    while (i > 0) {
      const further = before[i]!;
      if ((x[j]! - x[i]!) * (i - further) < (x[i]! - x[further]!) * (j - i)) break;
      i = further;
    }
    before[j] = i;
  }
  return before;
}

/** For each point the one after it on the least concave majorant of the points from it. */
function majorantLinks(x: Float64Array): Int32Array {
  const last = x.length - 1;
  const after = new Int32Array(x.length);
  after[last] = last;
  for (let j = last - 1; j >= 0; j--) {
    let i = j + 1;
    while (i < last) {
      const further = after[i]!;
      if ((x[j]! - x[i]!) * (i - further) < (x[i]! - x[further]!) * (j - i)) break;
      i = further;
    }
    after[j] = i;
  }
  return after;
}

/** Follows the links from one end of the modal interval to the other; returns the place of the last point. */
function fillChain(links: Int32Array, from: number, to: number, chain: Int32Array): number {
  chain[0] = from;
  let last = 0;
  while (chain[last] !== to) {
    chain[last + 1] = links[chain[last]!]!;
    last++;
  }
  return last;
}

interface WidestGap {
  readonly distance: number;
  /** Places in the two chains between which the distance lies: the next modal interval. */
  readonly convexAt: number;
  readonly concaveAt: number;
}

/** The largest vertical distance between minorant and majorant, at a vertex of either. The minorant is read from its right end. */
function widestGap(x: Float64Array, convex: Int32Array, convexLast: number, concave: Int32Array, concaveLast: number): WidestGap {
  let distance = 0;
  let convexAt = convexLast;
  let concaveAt = concaveLast;
  if (convexLast === 1 && concaveLast === 1) return { distance: 1, convexAt, concaveAt };
  let i = convexLast - 1;
  let j = 1;
  do {
    const ofConvex = convex[i]!;
    const ofConcave = concave[j]!;
    if (ofConvex > ofConcave) {
      const left = convex[i + 1]!;
      const gap = ofConcave - left + 1 - ((x[ofConcave]! - x[left]!) * (ofConvex - left)) / (x[ofConvex]! - x[left]!);
      j++;
      if (gap >= distance) {
        distance = gap;
        convexAt = i + 1;
        concaveAt = j - 1;
      }
    } else {
      const left = concave[j - 1]!;
      const gap = ((x[ofConvex]! - x[left]!) * (ofConcave - left)) / (x[ofConcave]! - x[left]!) - (ofConvex - left - 1);
      i--;
      if (gap >= distance) {
        distance = gap;
        convexAt = i + 1;
        concaveAt = j;
      }
    }
    i = Math.max(i, 0);
    j = Math.min(j, concaveLast);
  } while (convex[i] !== concave[j]);
  return { distance, convexAt, concaveAt };
}

/** How far the empirical distribution rises above the chord between two of its points. */
function deviationAbove(x: Float64Array, from: number, to: number): number {
  let most = 1;
  if (to - from <= 1 || x[to] === x[from]) return most;
  const slope = (to - from) / (x[to]! - x[from]!);
  for (let j = from; j <= to; j++) most = Math.max(most, j - from + 1 - (x[j]! - x[from]!) * slope);
  return most;
}

/** How far it falls below the chord. */
function deviationBelow(x: Float64Array, from: number, to: number): number {
  let most = 1;
  if (to - from <= 1 || x[to] === x[from]) return most;
  const slope = (to - from) / (x[to]! - x[from]!);
  for (let j = from; j <= to; j++) most = Math.max(most, (x[j]! - x[from]!) * slope - (j - from - 1));
  return most;
}
