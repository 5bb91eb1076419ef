import { expect, it } from "vitest";
import { addOuterProducts } from "../../../src/numeric/linear-algebra/outer-products";

it("adds four weighted outer products to the upper triangle", () => {
  const sum = Float64Array.of(100, 0, -7, 0);
  addOuterProducts(sum, 2, Float64Array.of(1, 2, 3, 4, 5, 6, 0, 0), Float64Array.of(1, 10, 0.5, 0));
  expect(sum).toEqual(Float64Array.of(100 + 1 + 90 + 12.5, 2 + 120 + 15, -7, 4 + 160 + 18));
});
