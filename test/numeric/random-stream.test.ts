import { expect, test } from "vitest";
import { philoxBlock } from "../../src/numeric/random/philox";
import { RandomStream, samplePositions, shuffle } from "../../src/numeric/random/random-stream";
import expected from "../reference/random/expected.json";

/** The counter after `counter`, as a 128-bit number of four words. */
function next(counter: Uint32Array): Uint32Array {
  const following = counter.slice();
  for (let i = 0; i < 4; i++) {
    following[i] = following[i]! + 1;
    if (following[i] !== 0) break;
  }
  return following;
}

test("Philox blocks equal an independent implementation", () => {
  const out = new Uint32Array(4);
  for (const { key, counter, words } of expected) {
    // That program counts up before each block.
    let position = next(Uint32Array.from(counter));
    for (let block = 0; block < words.length / 4; block++) {
      philoxBlock(position, key[0]!, key[1]!, out);
      expect(Array.from(out)).toEqual(words.slice(4 * block, 4 * block + 4));
      position = next(position);
    }
  }
});

test("Philox4x32-10 known answer of Salmon et al. (2011)", () => {
  const out = new Uint32Array(4);
  philoxBlock(new Uint32Array(4), 0, 0, out);
  expect(Array.from(out, (word) => word.toString(16))).toEqual(["6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8"]);
});

test("a stream is the blocks in order; streams and seeds differ", () => {
  const [first] = expected;
  const stream = new RandomStream(0);
  for (let i = 0; i < 4; i++) stream.nextUint32();
  expect(Array.from({ length: 24 }, () => stream.nextUint32())).toEqual(first!.words);
  const heads = [new RandomStream(1), new RandomStream(1, 1), new RandomStream(2)].map((random) => random.nextUint32());
  expect(new Set(heads).size).toBe(3);
});

/** Pearson's statistic against equal shares. */
function chiSquare(counts: readonly number[], total: number): number {
  const share = total / counts.length;
  return counts.reduce((sum, count) => sum + (count - share) ** 2 / share, 0);
}

test("integers are unbiased where modulo would not be", () => {
  // With bound 3·2³⁰ a plain modulo gives the lowest third twice the chance of the others.
  const random = new RandomStream(5);
  const counts = [0, 0, 0];
  for (let i = 0; i < 30_000; i++) counts[Math.floor(random.nextInteger(3221225472) / 1073741824)]!++;
  expect(chiSquare(counts, 30_000)).toBeLessThan(13.8); // 99.9 % of chi-square with 2 degrees of freedom
});

test("floats lie in [0, 1) with the right mean and spread", () => {
  const random = new RandomStream(9);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < 100_000; i++) {
    const value = random.nextFloat();
    expect(value >= 0 && value < 1).toBe(true);
    sum += value;
    squares += value * value;
  }
  expect(Math.abs(sum / 1e5 - 1 / 2)).toBeLessThan(0.004);
  expect(Math.abs(squares / 1e5 - 1 / 3)).toBeLessThan(0.004);
});

test("every order of a shuffle is equally likely", () => {
  const random = new RandomStream(3);
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const list = [1, 2, 3, 4];
    shuffle(list, random);
    const order = list.join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  expect(chiSquare([...counts.values()], 24_000)).toBeLessThan(49.7); // 99.9 %, 23 degrees
});

test("every subset is equally likely, ascending and without repeats", () => {
  const random = new RandomStream(4);
  const counts = new Map<string, number>();
  for (let i = 0; i < 20_000; i++) {
    const subset = Array.from(samplePositions(5, 2, random));
    expect(subset[0]! < subset[1]!).toBe(true);
    counts.set(subset.join(), (counts.get(subset.join()) ?? 0) + 1);
  }
  expect(counts.size).toBe(10);
  expect(chiSquare([...counts.values()], 20_000)).toBeLessThan(27.9); // 99.9 %, 9 degrees
  expect(Array.from(samplePositions(3, 3, random))).toEqual([0, 1, 2]);
});
