import type { Steps } from "../../steps/steps";
import type { Pace } from "./pace";

/** Up to so many values the engine's own sort is as fast, and over before anybody waits. */
const SMALL = 4096;

/** Values per part of a pass. */
const PART = 131_072;

const DIGIT_BITS = 11;
const BUCKETS = 2048;
/** Six digits of a double: the bits 0 to 10, 11 to 21 and 22 to 31 of either word. */
const DIGITS = 6;

/**
 * Sorts numbers without NaN in place, ascending, −0 before 0: a radix sort on the bits of the doubles, in slices.
 *
 * The bits of doubles order like integers once those of negative numbers are inverted and the sign of the others is set.
 * A digit that all values share costs no pass, so whole numbers and times need two to four passes of the six.
 */
export function* sortNumbersSteps(values: Float64Array, pace: Pace): Steps<void> {
  const count = values.length;
  if (count <= SMALL) {
    values.sort();
    if (pace.spend(60 * count)) yield pace.progress;
    return;
  }
  const highWord = new Uint32Array(new Float64Array([1]).buffer)[0] === 0 ? 1 : 0;
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * count);
  const histograms = new Uint32Array(DIGITS * BUCKETS);
  for (let start = 0; start < count; start += PART) {
    const end = Math.min(count, start + PART);
    countDigits(words, highWord, start, end, histograms);
    if (pace.spend(6 * (end - start))) yield pace.progress;
  }
  let source = words;
  let target: Uint32Array = new Uint32Array(2 * count);
  for (let digit = 0; digit < DIGITS; digit++) {
    const positions = histograms.subarray(digit * BUCKETS, (digit + 1) * BUCKETS);
    if (!startPositions(positions, count)) continue;
    for (let start = 0; start < count; start += PART) {
      const end = Math.min(count, start + PART);
      moveByDigit(source, target, highWord, digit, start, end, positions);
      if (pace.spend(8 * (end - start))) yield pace.progress;
    }
    [source, target] = [target, source];
  }
  if (source !== words) words.set(source);
  for (let start = 0; start < count; start += PART) {
    const end = Math.min(count, start + PART);
    restoreBits(words, highWord, start, end);
    if (pace.spend(2 * (end - start))) yield pace.progress;
  }
}

/** Makes the bits order like integers, and counts each digit. */
function countDigits(words: Uint32Array, highWord: number, start: number, end: number, histograms: Uint32Array): void {
  for (let i = start; i < end; i++) {
    const highAt = 2 * i + highWord;
    const lowAt = 2 * i + 1 - highWord;
    let high = words[highAt]!;
    let low = words[lowAt]!;
    if (high >>> 31 === 1) {
      high = ~high >>> 0;
      low = ~low >>> 0;
      words[lowAt] = low;
    } else high = (high | 0x80000000) >>> 0;
    words[highAt] = high;
    histograms[low & 2047]!++;
    histograms[BUCKETS + ((low >>> DIGIT_BITS) & 2047)]!++;
    histograms[2 * BUCKETS + (low >>> (2 * DIGIT_BITS))]!++;
    histograms[3 * BUCKETS + (high & 2047)]!++;
    histograms[4 * BUCKETS + ((high >>> DIGIT_BITS) & 2047)]!++;
    histograms[5 * BUCKETS + (high >>> (2 * DIGIT_BITS))]!++;
  }
}

/** Turns counts into the position at which each bucket starts; false when all values are in one. */
function startPositions(counts: Uint32Array, total: number): boolean {
  let position = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = counts[bucket]!;
    if (count === total) return false;
    counts[bucket] = position;
    position += count;
  }
  return true;
}

function moveByDigit(source: Uint32Array, target: Uint32Array, highWord: number, digit: number, start: number, end: number, positions: Uint32Array): void {
  const word = digit < 3 ? 1 - highWord : highWord;
  const shift = (digit % 3) * DIGIT_BITS;
  for (let i = start; i < end; i++) {
    const bucket = (source[2 * i + word]! >>> shift) & 2047;
    const to = positions[bucket]!;
    positions[bucket] = to + 1;
    target[2 * to] = source[2 * i]!;
    target[2 * to + 1] = source[2 * i + 1]!;
  }
}

function restoreBits(words: Uint32Array, highWord: number, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    const highAt = 2 * i + highWord;
    const high = words[highAt]!;
    if (high >>> 31 === 1) words[highAt] = (high & 0x7fffffff) >>> 0;
    else {
      words[highAt] = ~high >>> 0;
      words[2 * i + 1 - highWord] = ~words[2 * i + 1 - highWord]! >>> 0;
    }
  }
}
