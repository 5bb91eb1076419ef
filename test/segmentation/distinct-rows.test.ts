import fc from "fast-check";
import { expect, test } from "vitest";
import { countDistinctRowsSteps } from "../../src/segmentation/kmeans/distinct-rows";
import { squaredDistance } from "../../src/segmentation/kmeans/inner-loops";
import { SliceMeter } from "../../src/segmentation/kmeans/slice-meter";
import { runToEnd } from "../../src/steps";

const count = (values: Float64Array, width: number, enough: number): number => runToEnd(countDistinctRowsSteps(values, width, enough, new SliceMeter()));

/** By the definition: a row counts when its squared distance from every row that counts is above 0. */
function countByDefinition(values: Float64Array, width: number, enough: number): number {
  const found: number[] = [];
  for (let x = 0; x < values.length && found.length < enough; x += width) {
    if (found.every((other) => squaredDistance(values, x, values, other, width) > 0)) found.push(x);
  }
  return found.length;
}

test("rows are distinct when their squared distance is above 0, next to underflow, too", () => {
  const value = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom(-0, 1e-160, 2e-160, 1e-163, 5e-324, -5e-324, 1e-139));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.array(value, { minLength: 3, maxLength: 30 }), fc.integer({ min: 1, max: 12 }), (width, numbers, enough) => {
      const values = Float64Array.from(numbers.slice(0, numbers.length - (numbers.length % width)));
      expect(count(values, width, enough)).toBe(countByDefinition(values, width, enough));
    }),
    { numRuns: 500 },
  );
});

test("values of a part of a larger buffer", () => {
  const values = new Float64Array([9, 9, 9, 1, 2, 1, 2, 3, 4]).subarray(3);
  expect(count(values, 2, 10)).toBe(2);
});

test("many rows of few kinds are counted in slices", () => {
  const values = Float64Array.from({ length: 400_000 }, (_, at) => (at % 2 === 0 ? (at / 2) % 299 : 0.5));
  const steps = countDistinctRowsSteps(values, 2, 300, new SliceMeter());
  let slices = 0;
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      expect(step.value).toBe(299);
      break;
    }
    slices++;
  }
  expect(slices).toBeGreaterThan(3);
});
