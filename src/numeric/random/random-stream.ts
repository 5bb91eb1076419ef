import type { Steps } from "../../steps/steps";
import { philoxBlock } from "./philox";

/**
 * A reproducible sequence of random numbers.
 *
 * `stream` numbers independent sequences of one seed (one for each restart, fold assignment, tree …),
 * so that adding a draw in one place never changes the numbers of another.
 */
export class RandomStream {
  readonly #key0: number;
  readonly #key1: number;
  readonly #counter = new Uint32Array(4);
  readonly #words = new Uint32Array(4);
  #used = 4;

  constructor(seed: number, stream = 0) {
    this.#key0 = seed >>> 0;
    this.#key1 = stream >>> 0;
  }

  /** A whole number from 0 to 2³² − 1. */
  nextUint32(): number {
    if (this.#used === 4) {
      philoxBlock(this.#counter, this.#key0, this.#key1, this.#words);
      const counter = this.#counter;
      for (let i = 0; i < 4; i++) {
        counter[i] = counter[i]! + 1;
        if (counter[i] !== 0) break;
      }
      this.#used = 0;
    }
    return this.#words[this.#used++]!;
  }

  /** A number from 0 (included) to 1 (excluded), a multiple of 2⁻⁵³. */
  nextFloat(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** A whole number from 0 to `bound` − 1, each equally likely (no modulo bias); `bound` is at most 2³². */
  nextInteger(bound: number): number {
    // Words below 2³² mod bound would make the small remainders likelier: they are drawn again.
    const rejected = 4294967296 % bound;
    let word = this.nextUint32();
    while (word < rejected) word = this.nextUint32();
    return word % bound;
  }
}

/** Brings a list into random order, in place (Fisher and Yates; Durstenfeld 1964). */
export function shuffle<Item>(list: { [index: number]: Item; readonly length: number }, random: RandomStream): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.nextInteger(i + 1);
    const kept = list[i]!;
    list[i] = list[j]!;
    list[j] = kept;
  }
}

/** `count` different positions out of 0 … `total` − 1, ascending, every subset equally likely (Vitter's selection sampling, Knuth's Algorithm S). */
export function samplePositions(total: number, count: number, random: RandomStream): Int32Array {
  const steps = samplePositionsSteps(total, count, random);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Draws between two yields: about two milliseconds. */
const DRAWS_PER_SLICE = 100_000;

/** {@link samplePositions} in slices. */
export function* samplePositionsSteps(total: number, count: number, random: RandomStream): Steps<Int32Array> {
  const positions = new Int32Array(count);
  let chosen = 0;
  for (let i = 0; chosen < count; i++) {
    if (random.nextInteger(total - i) < count - chosen) positions[chosen++] = i;
    if ((i + 1) % DRAWS_PER_SLICE === 0) yield { phase: "drawing a sample", done: i + 1, total };
  }
  return positions;
}
