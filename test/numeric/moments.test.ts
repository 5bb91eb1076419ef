import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computeColumnMoments, computeMoments, mergeMoments, NO_MOMENTS, standardDeviationOf, type Moments } from "../../src/numeric/statistics/moments";
import expected from "../reference/moments/expected.json";

const folder = new URL("../reference/moments/nist/", import.meta.url);

function observations(file: string): Float64Array {
  const body = readFileSync(new URL(file, folder), "utf8").split(/Data: Y\s+-+/).at(-1)!;
  return Float64Array.from(body.trim().split(/\s+/), Number);
}

/** Number of correct digits (log relative error), 15 at most, as NIST's users count them. */
function correctDigits(value: number, certified: string): number {
  const truth = Number(certified);
  if (value === truth) return 15;
  return Math.min(15, -Math.log10(Math.abs(value - truth) / Math.abs(truth)));
}

function relativeError(value: number, exact: string): number {
  return Math.abs(value - Number(exact)) / Math.abs(Number(exact));
}

/** Limits of the inputs: the decimals do not parse exactly to doubles, so no algorithm can do better on these sets. */
const DEVIATION_DIGITS: Readonly<Record<string, number>> = { Mavro: 13.1, Michelso: 13.8, NumAcc3: 9.4, NumAcc4: 8.2 };

describe("NIST StRD univariate sets", () => {
  test("every file is tested", () => {
    expect(Object.values(expected).map((set) => set.file).sort()).toEqual(readdirSync(folder).sort());
  });

  test.each(Object.entries(expected))("%s", (name, set) => {
    const values = observations(set.file);
    expect(values.length).toBe(set.n);
    const whole = computeMoments(values);
    // The same through many merges of uneven blocks.
    let merged: Moments = NO_MOMENTS;
    for (let start = 0, size = 1; start < values.length; start += size++) {
      merged = mergeMoments(merged, computeMoments(values, start, 1, Math.min(size, values.length - start)));
    }
    for (const moments of [whole, merged]) {
      const deviation = standardDeviationOf(moments, 1);
      expect(correctDigits(moments.mean, set.certifiedMean)).toBeGreaterThanOrEqual(14.5);
      expect(correctDigits(deviation, set.certifiedDeviation)).toBeGreaterThanOrEqual(DEVIATION_DIGITS[name] ?? 14.5);
      expect(relativeError(moments.mean, set.exactMean)).toBeLessThanOrEqual(1e-15);
      expect(relativeError(deviation, set.exactDeviation)).toBeLessThanOrEqual(1e-15);
    }
  });
});

test("NaN is passed over and counted", () => {
  expect(computeMoments([1, NaN, 3])).toMatchObject({ count: 2, missing: 1, mean: 2, squares: 2, min: 1, max: 3 });
  expect(computeMoments([NaN, NaN])).toMatchObject({ count: 0, missing: 2 });
});

test("merging parts equals the whole", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 }), fc.nat(60), (values, cut) => {
      const whole = computeMoments(values);
      const parts = mergeMoments(computeMoments(values.slice(0, cut)), computeMoments(values.slice(cut)));
      expect(parts.count).toBe(whole.count);
      expect(Math.abs(parts.mean - whole.mean)).toBeLessThanOrEqual(1e-15 * Math.max(Math.abs(whole.min), Math.abs(whole.max)));
      const size = Math.max(Math.abs(whole.min), Math.abs(whole.max));
      expect(Math.abs(parts.squares - whole.squares)).toBeLessThanOrEqual(1e-14 * (whole.squares + size * size * Number.EPSILON));
    }),
  );
});

test("columns of a row-major matrix are read with their stride", () => {
  const rows = 10_000;
  const values = Float64Array.from({ length: rows * 3 }, (_, i) => (i % 3 === 2 ? 7 : i));
  const [first, second, constant] = computeColumnMoments(values, rows, 3);
  expect(first!.mean).toBeCloseTo((3 * (rows - 1)) / 2, 9);
  expect(second!.mean - first!.mean).toBeCloseTo(1, 9);
  expect(standardDeviationOf(constant!, 0)).toBe(0);
});
