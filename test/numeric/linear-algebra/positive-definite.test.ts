import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  factorPositiveDefinite,
  invertPositiveDefinite,
  mirrorUpperTriangle,
  solvePositiveDefinite,
} from "../../../src/numeric/linear-algebra/positive-definite";

interface System {
  readonly name: string;
  readonly size: number;
  readonly matrix: readonly number[];
  readonly rightSide: readonly number[];
  readonly solution: readonly number[];
  readonly inverse: readonly number[];
  readonly reciprocalCondition: number;
}
const systems = JSON.parse(
  readFileSync(new URL("../../reference/linear-algebra/positive-definite.json", import.meta.url), "utf8"),
) as readonly System[];

/** Largest difference as a share of the largest component, after each component is brought to the matrix's units by its scale. */
function largestError(actual: Float64Array | undefined, expected: readonly number[], scales: readonly number[]): number {
  expect(actual).toHaveLength(expected.length);
  const largest = Math.max(...expected.map((value, i) => Math.abs(value * scales[i]!)));
  return Math.max(...expected.map((value, i) => Math.abs((actual![i]! - value) * scales[i]!))) / largest;
}

describe("systems solved in 60-digit arithmetic", () => {
  it.each(systems)("$name: solution and inverse to what the condition allows", ({ size, matrix, rightSide, solution, inverse, reciprocalCondition }) => {
    const values = Float64Array.from(matrix);
    const scales = Array.from({ length: size }, (_, i) => Math.sqrt(matrix[i * size + i]!));
    const allowed = (4 * size * 2 ** -52) / reciprocalCondition;
    expect(allowed).toBeLessThan(1e-3);
    expect(largestError(solvePositiveDefinite(values, size, Float64Array.from(rightSide)), solution, scales)).toBeLessThan(allowed);
    const inverseScales = inverse.map((_, k) => scales[Math.floor(k / size)]! * scales[k % size]!);
    expect(largestError(invertPositiveDefinite(values, size), inverse, inverseScales)).toBeLessThan(allowed);
  });

  it.each(systems)("$name: the condition is estimated within a factor of 3", ({ size, matrix, reciprocalCondition }) => {
    const ratio = factorPositiveDefinite(Float64Array.from(matrix), size)!.reciprocalCondition / reciprocalCondition;
    expect(ratio).toBeGreaterThan(0.99);
    expect(ratio).toBeLessThan(3);
  });
});

describe("matrices without an answer", () => {
  const hilbert = (size: number): Float64Array => Float64Array.from({ length: size * size }, (_, k) => 1 / (Math.floor(k / size) + (k % size) + 1));
  it.each([
    ["singular", [1, 1, 1, 1], 2],
    ["singular up to the last bit", [1, 1, 1, 1 + 2 ** -52], 2],
    ["indefinite", [1, 2, 2, 1], 2],
    ["negative", [-1], 1],
    ["zero", [0], 1],
    ["NaN", [1, NaN, NaN, 1], 2],
    ["infinite", [Infinity, 0, 0, 1], 2],
    ["Hilbert 14, whose condition is 1e19", [...hilbert(14)], 14],
  ])("%s: undefined instead of noise", (_, matrix, size) => {
    const values = Float64Array.from(matrix);
    expect(factorPositiveDefinite(values, size)).toBeUndefined();
    expect(solvePositiveDefinite(values, size, new Float64Array(size).fill(1))).toBeUndefined();
    expect(invertPositiveDefinite(values, size)).toBeUndefined();
  });

  it("is not fooled by units: a diagonal from 1e-300 to 1e300 is well conditioned", () => {
    expect(solvePositiveDefinite(Float64Array.of(1e-300, 0, 0, 1e300), 2, Float64Array.of(1e-300, 2e300))).toEqual(Float64Array.of(1, 2));
  });
});

it("reads the upper triangle only", () => {
  const upper = Float64Array.of(4, 2, NaN, 3);
  expect(solvePositiveDefinite(upper, 2, Float64Array.of(8, 7))).toEqual(solvePositiveDefinite(Float64Array.of(4, 2, 2, 3), 2, Float64Array.of(8, 7)));
  mirrorUpperTriangle(upper, 2);
  expect(upper).toEqual(Float64Array.of(4, 2, 2, 3));
});

it("inverts to an exactly symmetric matrix", () => {
  const { size, matrix } = systems[4]!;
  const inverse = invertPositiveDefinite(Float64Array.from(matrix), size)!;
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) expect(inverse[i * size + j]).toBe(inverse[j * size + i]);
});
