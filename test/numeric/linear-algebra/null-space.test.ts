import { expect, it } from "vitest";
import { nullSpaceOf } from "../../../src/numeric/linear-algebra/null-space";

it("keeps the part that the matrix sends to zero", () => {
  // The outer product of (1, 1, 0): its null space is spanned by (1, −1, 0) and (0, 0, 1).
  const matrix = Float64Array.of(1, 1, 0, NaN, 1, 0, NaN, NaN, 0);
  const projected = nullSpaceOf(matrix, 3).project(Float64Array.of(3, 1, 5));
  expect(projected[0]).toBeCloseTo(1, 14);
  expect(projected[1]).toBeCloseTo(-1, 14);
  expect(projected[2]).toBeCloseTo(5, 14);
});

it("is zero for a regular matrix and everything for the zero matrix", () => {
  expect(nullSpaceOf(Float64Array.of(2, 1, 1, 2), 2).project(Float64Array.of(3, 4))).toEqual(Float64Array.of(0, 0));
  const all = nullSpaceOf(new Float64Array(4), 2).project(Float64Array.of(3, 4));
  expect([...all]).toEqual([3, 4]);
});

it("solves for what the matrix can reach, with the shortest vector", () => {
  const [x, y, z] = nullSpaceOf(Float64Array.of(2, 2, 0, NaN, 2, 0, NaN, NaN, 0), 3).solve(Float64Array.of(5, 3, 7));
  expect(x).toBeCloseTo(1, 14);
  expect(y).toBeCloseTo(1, 14);
  expect(z).toBeCloseTo(0, 14);
});
