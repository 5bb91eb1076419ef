const EMPTY = -1;

/** Numbers lists of codes, all of one length, so that they are found again without a text as key: open addressing with linear probing. */
export class CodeTuples {
  readonly #width: number;
  /** The lists, one after another. */
  readonly #codes: Int32Array;
  readonly #slots: Int32Array;

  /** Numbers the lists in their order; `codes` holds one column of codes for each place in the list. Of equal lists the first counts. */
  constructor(columns: readonly Int32Array[], count: number) {
    const width = columns.length;
    this.#width = width;
    this.#codes = new Int32Array(width * count);
    let size = 16;
    while (size < 2 * count) size *= 2;
    this.#slots = new Int32Array(size).fill(EMPTY);
    const list = new Int32Array(width);
    const places = Int32Array.from({ length: width }, (_, j) => j);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < width; j++) list[j] = this.#codes[i * width + j] = columns[j]![i]!;
      const slot = this.#slotOf(list, places);
      if (this.#slots[slot] === EMPTY) this.#slots[slot] = i;
    }
  }

  /** The number of the list of the codes at these places; −1 for one that was not numbered. */
  find(codes: Int32Array, places: Int32Array): number {
    return this.#slots[this.#slotOf(codes, places)]!;
  }

  #slotOf(codes: Int32Array, places: Int32Array): number {
    const last = this.#slots.length - 1;
    let hash = 0;
    for (let j = 0; j < this.#width; j++) {
      hash = Math.imul(hash ^ codes[places[j]!]!, 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    let slot = hash & last;
    while (this.#slots[slot] !== EMPTY && !this.#holds(this.#slots[slot]!, codes, places)) slot = (slot + 1) & last;
    return slot;
  }

  #holds(list: number, codes: Int32Array, places: Int32Array): boolean {
    for (let j = 0; j < this.#width; j++) if (this.#codes[list * this.#width + j] !== codes[places[j]!]) return false;
    return true;
  }
}
