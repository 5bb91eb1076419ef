import { expect, test } from "vitest";
import { quantileOfSorted, sortPresent } from "../../src/numeric/statistics/quantile";
import expected from "../reference/quantile/expected.json";

test("equals NumPy's linear method", () => {
  for (const { values, p, quantile } of expected) {
    const found = quantileOfSorted(sortPresent(values), p);
    expect(Math.abs(found - quantile)).toBeLessThanOrEqual(4e-16 * Math.max(Math.abs(quantile), Math.abs(values[0]!)));
  }
});

test("no value has no quantile; missing values are left out; the list is not reordered", () => {
  expect(quantileOfSorted([], 0.5)).toBeNaN();
  const values = Object.freeze([3, NaN, 1, 2]);
  expect(quantileOfSorted(sortPresent(values), 0.5)).toBe(2);
});
