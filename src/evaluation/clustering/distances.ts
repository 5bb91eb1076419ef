/**
 * Adds the Euclidean distances between two disjoint runs of rows to sums on both sides: the row at i gets those to the rows
 * from `start` to before `end` at `sums[rowSums + i]`, the row at j those from `first` to before `last` at `sums[columnSums + j]`.
 *
 * Two rows by two rows, four distances in a loop whose sums need not wait for one another. Each sum grows by ascending positions,
 * one distance after the other, so that it has the same bits as {@link addDistances} gives.
 */
export function addMutualDistances(
  values: Float64Array,
  width: number,
  first: number,
  last: number,
  start: number,
  end: number,
  sums: Float64Array,
  rowSums: number,
  columnSums: number,
): void {
  let i = first;
  for (; i + 1 < last; i += 2) {
    const p = i * width;
    const q = p + width;
    let pSum = sums[rowSums + i]!;
    let qSum = sums[rowSums + i + 1]!;
    let j = start;
    for (; j + 1 < end; j += 2) {
      const r = j * width;
      const s = r + width;
      let pr = 0;
      let ps = 0;
      let qr = 0;
      let qs = 0;
      for (let c = 0; c < width; c++) {
        const atP = values[p + c]!;
        const atQ = values[q + c]!;
        const atR = values[r + c]!;
        const atS = values[s + c]!;
        pr += (atR - atP) * (atR - atP);
        ps += (atS - atP) * (atS - atP);
        qr += (atR - atQ) * (atR - atQ);
        qs += (atS - atQ) * (atS - atQ);
      }
      pr = Math.sqrt(pr);
      ps = Math.sqrt(ps);
      qr = Math.sqrt(qr);
      qs = Math.sqrt(qs);
      pSum = pSum + pr + ps;
      qSum = qSum + qr + qs;
      sums[columnSums + j] = sums[columnSums + j]! + pr + qr;
      sums[columnSums + j + 1] = sums[columnSums + j + 1]! + ps + qs;
    }
    if (j < end) {
      const pr = distance(values, width, i, j);
      const qr = distance(values, width, i + 1, j);
      pSum += pr;
      qSum += qr;
      sums[columnSums + j] = sums[columnSums + j]! + pr + qr;
    }
    sums[rowSums + i] = pSum;
    sums[rowSums + i + 1] = qSum;
  }
  if (i < last) addOneToMany(values, width, i, start, end, sums, rowSums, columnSums);
}

/** Adds the distances of every two rows from `first` to before `last` to the sums of both. */
export function addInnerDistances(values: Float64Array, width: number, first: number, last: number, sums: Float64Array, ownSums: number): void {
  for (let i = first; i < last; i++) addOneToMany(values, width, i, i + 1, last, sums, ownSums, ownSums);
}

function addOneToMany(values: Float64Array, width: number, i: number, start: number, end: number, sums: Float64Array, rowSums: number, columnSums: number): void {
  let sum = sums[rowSums + i]!;
  for (let j = start; j < end; j++) {
    const found = distance(values, width, i, j);
    sum += found;
    sums[columnSums + j] = sums[columnSums + j]! + found;
  }
  sums[rowSums + i] = sum;
}

/** Adds the distances from the rows p and q to the rows from `start` to before `end` to `sums[pSum]` and `sums[qSum]`. */
export function addDistances(values: Float64Array, width: number, p: number, q: number, start: number, end: number, sums: Float64Array, pSum: number, qSum: number): void {
  const fromP = p * width;
  const fromQ = q * width;
  let ofP = sums[pSum]!;
  let ofQ = sums[qSum]!;
  let j = start;
  for (; j + 1 < end; j += 2) {
    const r = j * width;
    const s = r + width;
    let pr = 0;
    let ps = 0;
    let qr = 0;
    let qs = 0;
    for (let c = 0; c < width; c++) {
      const atP = values[fromP + c]!;
      const atQ = values[fromQ + c]!;
      const atR = values[r + c]!;
      const atS = values[s + c]!;
      pr += (atR - atP) * (atR - atP);
      ps += (atS - atP) * (atS - atP);
      qr += (atR - atQ) * (atR - atQ);
      qs += (atS - atQ) * (atS - atQ);
    }
    ofP = ofP + Math.sqrt(pr) + Math.sqrt(ps);
    ofQ = ofQ + Math.sqrt(qr) + Math.sqrt(qs);
  }
  if (j < end) {
    ofP += distance(values, width, p, j);
    ofQ += distance(values, width, q, j);
  }
  sums[pSum] = ofP;
  sums[qSum] = ofQ;
}

function distance(values: Float64Array, width: number, a: number, b: number): number {
  let squares = 0;
  for (let c = 0; c < width; c++) squares += (values[b * width + c]! - values[a * width + c]!) ** 2;
  return Math.sqrt(squares);
}

/**
 * The silhouette width (b − a) / max(a, b) of a point of cluster `own`, from the sums of its distances to every cluster,
 * at `sums[at]`, `sums[at + stride]` …: a is the mean distance to the others of its own cluster, b the least mean distance to another
 * (Rousseeuw 1987, eq. 1 to 3). A point alone in its cluster, or one with a = b = 0, has width 0.
 */
export function silhouetteWidth(sums: Float64Array, at: number, stride: number, counts: Int32Array, own: number): number {
  if (counts[own] === 1) return 0;
  // The point itself is in the sum with distance 0; the divisor leaves it out.
  const within = sums[at + own * stride]! / (counts[own]! - 1);
  let nearest = Infinity;
  for (let code = 0; code < counts.length; code++) {
    if (code !== own) nearest = Math.min(nearest, sums[at + code * stride]! / counts[code]!);
  }
  const larger = Math.max(within, nearest);
  return larger === 0 ? 0 : (nearest - within) / larger;
}
