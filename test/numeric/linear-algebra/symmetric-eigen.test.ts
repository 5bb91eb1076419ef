import fc from "fast-check";
import { expect, test } from "vitest";
import { symmetricEigen } from "../../../src/numeric/linear-algebra/symmetric-eigen";

test("A = V diag(λ) Vᵀ with orthonormal V and ascending λ, for any symmetric matrix", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 36, maxLength: 36 }), (size, entries) => {
      const at = (i: number, j: number): number => entries[Math.min(i, j) * 6 + Math.max(i, j)]!;
      const matrix = Float64Array.from({ length: size * size }, (_, k) => at(Math.floor(k / size), k % size));
      const { values, vectors } = symmetricEigen(matrix, size);
      const largest = Math.max(...matrix.map(Math.abs), Number.MIN_VALUE);
      for (let i = 0; i < size; i++) {
        if (i > 0) expect(values[i]!).toBeGreaterThanOrEqual(values[i - 1]!);
        for (let j = 0; j < size; j++) {
          let product = 0;
          let inner = 0;
          for (let k = 0; k < size; k++) {
            product += vectors[i * size + k]! * values[k]! * vectors[j * size + k]!;
            inner += vectors[k * size + i]! * vectors[k * size + j]!;
          }
          // Numbers next to the smallest doubles have few digits: there no relative error can be asked for.
          expect(Math.abs(product - at(i, j))).toBeLessThanOrEqual(Math.max(1e-13 * largest, 1e-300));
          expect(Math.abs(inner - (i === j ? 1 : 0))).toBeLessThanOrEqual(1e-13);
        }
      }
    }),
  );
});

test("small eigenvalues of a graded matrix keep their digits", () => {
  // D A D with A = [[2, 1], [1, 2]] and D = diag(1e-6, 1): λ are 1.5e-12 and 2 to within 1e-12 of themselves.
  const { values } = symmetricEigen(Float64Array.of(2e-12, 1e-6, 1e-6, 2), 2);
  expect(Math.abs(values[0]! / 1.5e-12 - 1)).toBeLessThan(1e-11);
  expect(values[1]).toBeCloseTo(2, 10);
});
