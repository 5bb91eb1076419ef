import type { Steps } from "../../steps/steps";

/** The different rows of some columns. */
export interface DistinctRows {
  /** The columns once more, one position for each different row, in the order of first appearance. */
  readonly columns: readonly Float64Array[];
  /** How many customers each stands for. */
  readonly weights: Float64Array;
  /** Σ weights. */
  readonly total: number;
  /** For each given row the position of its like; −1 for a row of weight 0. */
  readonly positions: Int32Array;
}

/** Rows between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 20_000;

/**
 * Finds rows that agree in every column: customers with equal histories have equal likelihoods and equal predictions, so each is computed once.
 * Open addressing in a table that grows with the different rows only, so that few of them stay in the cache. Linear; missing (NaN) equals missing.
 */
export function* findDistinctRows(columns: readonly ArrayLike<number>[], count: number, weights?: ArrayLike<number>): Steps<DistinctRows> {
  const sliceSize = Math.min(count, ROWS_PER_SLICE);
  const slice = columns.map(() => new Float64Array(sliceSize));
  const sliceHashes = new Int32Array(sliceSize);
  const positions = new Int32Array(count);
  let slots = new Int32Array(64).fill(-1);
  let capacity = 32;
  let hashes = new Int32Array(capacity);
  let kept = columns.map(() => new Float64Array(capacity));
  let sums = new Float64Array(capacity);
  let found = 0;
  let total = 0;

  for (let start = 0; start < count; start += sliceSize) {
    if (start > 0) yield { phase: "finding equal rows", done: start, total: count };
    const size = Math.min(sliceSize, count - start);
    sliceHashes.fill(0);
    for (let c = 0; c < slice.length; c++) hashColumn(columns[c]!, start, size, slice[c]!, sliceHashes);
    for (let i = 0; i < size; i++) {
      const weight = weights === undefined ? 1 : weights[start + i]!;
      if (weight === 0) {
        positions[start + i] = -1;
        continue;
      }
      total += weight;
      const hash = finished(sliceHashes[i]!);
      let slot = hash & (slots.length - 1);
      let at = slots[slot]!;
      while (at !== -1 && !(hashes[at] === hash && rowsAgree(kept, at, slice, i))) {
        slot = (slot + 1) & (slots.length - 1);
        at = slots[slot]!;
      }
      if (at === -1) {
        if (found === capacity) {
          capacity *= 2;
          hashes = grown(hashes, new Int32Array(capacity));
          kept = kept.map((column) => grown(column, new Float64Array(capacity)));
          sums = grown(sums, new Float64Array(capacity));
          slots = reindexed(hashes, found, 2 * capacity);
          slot = freeSlot(slots, hash);
        }
        at = found++;
        slots[slot] = at;
        hashes[at] = hash;
        for (let c = 0; c < slice.length; c++) kept[c]![at] = slice[c]![i]!;
      }
      sums[at] = sums[at]! + weight;
      positions[start + i] = at;
    }
  }
  return { columns: kept.map((column) => column.slice(0, found)), weights: sums.slice(0, found), total, positions };
}

/** Copies a part of a column, and mixes it into the hashes of its rows. */
function hashColumn(column: ArrayLike<number>, start: number, size: number, copy: Float64Array, hashes: Int32Array): void {
  for (let i = 0; i < size; i++) {
    // Adding 0 turns −0 into 0; the bits of a NaN are not all one's own.
    const value = column[start + i]! + 0;
    copy[i] = value === value ? value : NaN;
  }
  const words = new Int32Array(copy.buffer);
  for (let i = 0; i < size; i++) {
    const low = Math.imul(hashes[i]! ^ words[2 * i]!, 0x85ebca6b);
    const high = Math.imul(low ^ (low >>> 15) ^ words[2 * i + 1]!, 0xc2b2ae35);
    hashes[i] = high ^ (high >>> 13);
  }
}

/** The finaliser of MurmurHash3. */
function finished(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function rowsAgree(columns: readonly Float64Array[], at: number, others: readonly Float64Array[], other: number): boolean {
  for (let c = 0; c < columns.length; c++) {
    const a = columns[c]![at]!;
    const b = others[c]![other]!;
    if (a !== b && (a === a || b === b)) return false;
  }
  return true;
}

function grown<Values extends Float64Array | Int32Array>(from: Values, to: Values): Values {
  to.set(from);
  return to;
}

function reindexed(hashes: Int32Array, found: number, size: number): Int32Array<ArrayBuffer> {
  const slots = new Int32Array(size).fill(-1);
  for (let at = 0; at < found; at++) slots[freeSlot(slots, hashes[at]!)] = at;
  return slots;
}

function freeSlot(slots: Int32Array, hash: number): number {
  let slot = hash & (slots.length - 1);
  while (slots[slot] !== -1) slot = (slot + 1) & (slots.length - 1);
  return slot;
}
