import fc from "fast-check";
import { expect, test } from "vitest";
import { findDistinctRows } from "../../../src/clv/transaction-model/distinct-rows";
import { runToEnd } from "../../../src/steps/steps";

const cell = fc.oneof(fc.constantFrom(0, -0, NaN, 1, 2.5, 1e300, -3), fc.double());

test("rows are counted as a map of their texts counts them", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, fc.integer({ min: 0, max: 3 })), { maxLength: 300 }), (rows) => {
      const { columns, weights, total, positions } = runToEnd(findDistinctRows([rows.map(([a]) => a), rows.map(([, b]) => b)], rows.length, rows.map(([, , w]) => w)));
      const expected = new Map<string, number>();
      for (const [a, b, w] of rows) if (w > 0) expected.set(`${a} ${b}`, (expected.get(`${a} ${b}`) ?? 0) + w);
      const found = new Map(Array.from(weights, (weight, i): [string, number] => [`${columns[0]![i]} ${columns[1]![i]}`, weight]));
      expect([...found]).toEqual([...expected]);
      expect(total).toBe(rows.reduce((sum, [, , w]) => sum + w, 0));
      rows.forEach(([a, b, w], i) => {
        if (w === 0) expect(positions[i]).toBe(-1);
        else expect([columns[0]![positions[i]!], columns[1]![positions[i]!]]).toEqual([a + 0, b + 0]);
      });
    }),
  );
});

test("many different rows, without weights", () => {
  const values = Float64Array.from({ length: 70_000 }, (_, i) => (i * 7919) % 50_000);
  const { weights, positions, total } = runToEnd(findDistinctRows([values], values.length));
  expect(weights.length).toBe(50_000);
  expect(total).toBe(70_000);
  expect(weights.filter((weight) => weight === 2).length).toBe(20_000);
  expect(positions[50_000]).toBe(0);
});
