import fc from "fast-check";
import { expect, test } from "vitest";
import { featureMatrixFromRows } from "clientele/data";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { spreadTies } from "../../src/segmentation/choose/spread-ties";

test("values that occur more than once are spread halfway to their neighbours, others stay", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 }), (list) => {
      const matrix = featureMatrixFromRows(list.map((value, i) => [i + 0.5, value ** 2]));
      const before = matrix.values.slice();
      const { values } = spreadTies(matrix, new RandomStream(1));
      expect(matrix.values).toEqual(before);
      const distinct = [...new Set(list.map((value) => value ** 2))].sort((a, b) => a - b);
      list.forEach((root, row) => {
        const value = root ** 2;
        expect(values[2 * row]).toBe(row + 0.5);
        const at = distinct.indexOf(value);
        const below = distinct[at - 1] ?? 2 * value - (distinct[at + 1] ?? value);
        const above = distinct[at + 1] ?? 2 * value - (distinct[at - 1] ?? value);
        const isTied = list.filter((other) => other === root).length > 1;
        const low = isTied ? (below + value) / 2 : value;
        const high = isTied ? (above + value) / 2 : value;
        expect(values[2 * row + 1]! >= low && values[2 * row + 1]! <= high).toBe(true);
      });
    }),
  );
});

test("a long column of counts becomes as good as continuous", () => {
  const matrix = featureMatrixFromRows(Array.from({ length: 3000 }, (_, i) => [i % 3]));
  const sorted = spreadTies(matrix, new RandomStream(4)).values.sort();
  expect(new Set(sorted).size).toBe(3000);
  // Uniform from −0.5 to 2.5: the largest distance of the two distribution functions stays below its 99.9 % quantile.
  const distance = Math.max(...Array.from(sorted, (value, i) => Math.abs((value + 0.5) / 3 - (i + 0.5) / 3000)));
  expect(distance).toBeLessThan(1.95 / Math.sqrt(3000));
});
