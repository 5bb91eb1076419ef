import type { Steps } from "../../steps/steps";
import { squaredDistance } from "./inner-loops";
import type { SliceMeter } from "./slice-meter";

/** Values this near to 0 may differ by so little that the square of the difference is 0; others, if they differ, do so by more. */
const TINY = 1e-140;

/** What finding a row in the table costs, in squared differences. */
const OPERATIONS_PER_ROW = 50;
const OPERATIONS_PER_VALUE = 10;

/**
 * Counts the rows that differ from one another, up to `enough`, in slices.
 * Rows that are so near that the square of their distance is 0 count as one: k-means cannot tell them apart.
 */
export function* countDistinctRowsSteps(values: Float64Array, width: number, enough: number, meter: SliceMeter): Steps<number> {
  const rowCount = values.length / width;
  const table = new RowTable(values, width, Math.min(enough, rowCount));
  const operationsPerRow = OPERATIONS_PER_ROW + OPERATIONS_PER_VALUE * width;
  const blockRows = meter.rowsPerSlice(operationsPerRow);
  for (let from = 0; from < rowCount; from += blockRows) {
    const to = Math.min(rowCount, from + blockRows);
    for (let row = from; row < to && table.size < enough; row++) {
      if (hasTinyValue(values, row * width, width)) return yield* countByDistanceSteps(values, width, enough, meter);
      table.add(row);
    }
    if (table.size === enough) return enough;
    if (meter.spend((to - from) * operationsPerRow)) yield { phase: "counting distinct rows", done: to, total: rowCount };
  }
  return table.size;
}

function hasTinyValue(values: Float64Array, x: number, width: number): boolean {
  for (let j = 0; j < width; j++) if (values[x + j] !== 0 && Math.abs(values[x + j]!) < TINY) return true;
  return false;
}

/** The definition itself: rows · `enough` operations. */
function* countByDistanceSteps(values: Float64Array, width: number, enough: number, meter: SliceMeter): Steps<number> {
  const found: number[] = [];
  for (let x = 0; x < values.length && found.length < enough; x += width) {
    if (found.every((other) => squaredDistance(values, x, values, other, width) > 0)) found.push(x);
    if (meter.spend((found.length + 1) * width)) yield { phase: "counting distinct rows", done: x / width, total: values.length / width };
  }
  return found.length;
}

/** The distinct rows of a matrix by the bits of their values: open addressing, linear probing. */
class RowTable {
  size = 0;
  readonly #values: Float64Array;
  readonly #width: number;
  /** Row + 1; 0 is an empty place. A power of two of them, twice as many as rows at least. */
  readonly #places: Int32Array;
  readonly #words: Uint32Array;

  constructor(values: Float64Array, width: number, most: number) {
    this.#values = values;
    this.#width = width;
    this.#places = new Int32Array(2 ** Math.ceil(Math.log2(2 * most + 2)));
    this.#words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  }

  add(row: number): void {
    const last = this.#places.length - 1;
    for (let place = this.#hash(row) & last; ; place = (place + 1) & last) {
      const other = this.#places[place]! - 1;
      if (other < 0) {
        this.#places[place] = row + 1;
        this.size++;
        return;
      }
      if (this.#areEqual(row, other)) return;
    }
  }

  /** FNV-1a over the 32-bit halves, mixed as in MurmurHash3; 0 and −0 are one value. */
  #hash(row: number): number {
    let hash = 0x811c9dc5;
    for (let at = row * this.#width; at < (row + 1) * this.#width; at++) {
      const isZero = this.#values[at] === 0;
      hash = Math.imul(hash ^ (isZero ? 0 : this.#words[2 * at]!), 0x01000193);
      hash = Math.imul(hash ^ (isZero ? 0 : this.#words[2 * at + 1]!), 0x01000193);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }

  #areEqual(a: number, b: number): boolean {
    for (let j = 0; j < this.#width; j++) {
      if (this.#values[a * this.#width + j] !== this.#values[b * this.#width + j]) return false;
    }
    return true;
  }
}
