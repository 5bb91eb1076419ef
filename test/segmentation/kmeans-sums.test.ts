import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExactSums } from "../../src/segmentation/kmeans/exact-sums";

/** A double as a whole number of units of 2^-1074. */
function exactly(value: number): bigint {
  const [word] = new BigUint64Array(Float64Array.of(Math.abs(value)).buffer);
  const exponent = Number(word! >> 52n);
  const fraction = word! & (2n ** 52n - 1n);
  const magnitude = exponent === 0 ? fraction : (fraction + 2n ** 52n) << BigInt(exponent - 1);
  return value < 0 ? -magnitude : magnitude;
}

/** |found − sum / weight| in units of the last place of the largest value that was summed. */
function errorOf(found: number, sum: bigint, weight: bigint, largest: number): number {
  const one = exactly(1);
  const scaled = (exactly(found) * weight - sum * one) / weight;
  const magnitude = scaled < 0n ? -scaled : scaled;
  return Number((magnitude * 1000n) / (exactly(largest * Number.EPSILON) + 1n)) / 1000;
}

const values = fc.oneof(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -5, max: 5 }));

describe("sums of clusters", () => {
  test("a mean is right to about the last bit, whatever was added and taken away before", () => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 60 }), fc.array(fc.nat(), { maxLength: 60 }), (column, moves) => {
        const largest = column.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const rows = Float64Array.from(column);
        const labels = new Int32Array(rows.length);
        const sums = new ExactSums(2, Float64Array.of(largest, 1), rows.length, false);
        for (let row = 0; row < rows.length; row++) sums.add(rows, undefined, row, labels[row]!);
        for (const move of moves) {
          const row = move % rows.length;
          sums.move(rows, undefined, row, labels[row]!, 1 - labels[row]!);
          labels[row] = 1 - labels[row]!;
        }
        for (const cluster of [0, 1]) {
          const members = column.filter((_, row) => labels[row] === cluster);
          expect(sums.counts[cluster]).toBe(members.length);
          if (members.length === 0) continue;
          const sum = members.reduce((total, value) => total + exactly(value), 0n);
          expect(errorOf(sums.mean(cluster, 0), sum, exactly(members.length), largest)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("weights from 1e-6 to 1e6, too", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(values, fc.double({ min: 1e-6, max: 1e6, noNaN: true })), { minLength: 1, maxLength: 40 }), (pairs) => {
        const rows = Float64Array.from(pairs, ([value]) => value);
        const weights = Float64Array.from(pairs, ([, weight]) => weight);
        const largest = pairs.reduce((most, [value]) => Math.max(most, Math.abs(value)), 0);
        const largestWeight = Math.max(...weights);
        const sums = new ExactSums(1, Float64Array.of(largest * largestWeight, largestWeight), rows.length, true);
        for (let row = 0; row < rows.length; row++) sums.add(rows, weights, row, 0);
        const weight = pairs.reduce((total, [, w]) => total + exactly(w), 0n);
        // Each product is rounded once, by at most half a unit in the last place of the value times its weight.
        const sum = pairs.reduce((total, [value, w]) => total + exactly(value) * exactly(w), 0n) / exactly(1);
        expect(errorOf(sums.mean(0, 0), sum, weight, largest)).toBeLessThanOrEqual(2);
      }),
      { numRuns: 300 },
    );
  });

  test("equal numbers have exactly their own value as mean", () => {
    for (const value of [0.1, 1 / 3, 1e-130, 12345.678, -7e140]) {
      for (const rowCount of [3, 10, 49]) {
        const rows = new Float64Array(rowCount).fill(value);
        const sums = new ExactSums(1, Float64Array.of(Math.abs(value), 1), rowCount, false);
        for (let row = 0; row < rowCount; row++) sums.add(rows, undefined, row, 0);
        expect(sums.mean(0, 0)).toBe(value);
      }
    }
  });

  test("a cluster of all but nothing keeps its digits beside one of 1e12 times the weight", () => {
    const rows = Float64Array.of(5, 5, 0.1, 0.3);
    const weights = Float64Array.of(1e12, 1e12, 1, 1);
    const sums = new ExactSums(2, Float64Array.of(5e12, 1e12), 4, true);
    for (let row = 0; row < 4; row++) sums.add(rows, weights, row, Int32Array.of(0, 0, 1, 1)[row]!);
    expect(sums.mean(0, 0)).toBe(5);
    expect(Math.abs(sums.mean(1, 0) - 0.2)).toBeLessThan(1e-15);
  });
});
