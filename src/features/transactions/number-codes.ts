/** Slots per number, at least. */
const SLOTS_PER_NUMBER = 2;

/**
 * Gives different numbers the codes 0, 1, 2 … in the order in which they come.
 *
 * A hash table with linear probing on two typed arrays: a `Map` of numbers takes several times as long.
 * 0 and −0 are one number; NaN is none.
 */
export class NumberCodes {
  #slots = new Int32Array(1024).fill(-1);
  #values = new Float64Array(512);
  #count = 0;
  readonly #double = new Float64Array(1);
  readonly #words = new Uint32Array(this.#double.buffer);

  /** The numbers, by code. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#count);
  }

  /** The code of a number, a new one if it was not there; −1 for NaN. */
  codeFor(value: number): number {
    if (value !== value) return -1;
    const slot = this.#slotOf(value);
    const found = this.#slots[slot]!;
    if (found >= 0) return found;
    const code = this.#count++;
    this.#slots[slot] = code;
    this.#values[code] = value + 0;
    if (this.#count === this.#values.length) this.#grow();
    return code;
  }

  /** The code of a number; −1 for one that was not given any. */
  codeOf(value: number): number {
    return value === value ? this.#slots[this.#slotOf(value)]! : -1;
  }

  /** Where the number is, or would be. */
  #slotOf(value: number): number {
    const mask = this.#slots.length - 1;
    this.#double[0] = value + 0;
    const mixed = Math.imul(this.#words[0]! ^ Math.imul(this.#words[1]!, 0x9e3779b1), 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    for (;;) {
      const code = this.#slots[slot]!;
      if (code < 0 || this.#values[code] === value) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const values = new Float64Array(2 * this.#values.length);
    values.set(this.#values);
    this.#values = values;
    this.#slots = new Int32Array(2 * SLOTS_PER_NUMBER * this.#count).fill(-1);
    for (let code = 0; code < this.#count; code++) this.#slots[this.#slotOf(values[code]!)] = code;
  }
}
