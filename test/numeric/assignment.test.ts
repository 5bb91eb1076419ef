import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignMinimumCost } from "../../src/numeric/assignment/linear-assignment";
import expected from "../reference/assignment/expected.json";

type Costs = readonly (readonly number[])[];

function assign(costs: Costs): Int32Array {
  return assignMinimumCost(Float64Array.from(costs.flat()), costs.length, costs[0]?.length ?? 0);
}

function totalOf(costs: Costs, columns: ArrayLike<number>): number {
  return costs.reduce((sum, row, i) => sum + (columns[i]! < 0 ? 0 : row[columns[i]!]!), 0);
}

describe("assignMinimumCost", () => {
  test.each(expected.cases.map((item, i) => ({ ...item, i, shape: `${item.costs.length} × ${item.costs[0]!.length}` })))(
    "case $i, $shape: the total of SciPy's linear_sum_assignment",
    ({ costs, maximize, total, rows, columns }) => {
      const signed = costs.map((row) => row.map((cost) => (maximize ? -cost : cost)));
      const found = assign(signed);
      expect(totalOf(costs, found)).toBeCloseTo(total, 9);
      const used = [...found].filter((column) => column >= 0);
      expect(used.length).toBe(Math.min(costs.length, costs[0]!.length));
      expect(new Set(used).size).toBe(used.length);
      // Costs without ties have one optimum.
      if (!Number.isInteger(costs[0]![0])) expect(rows.map((row) => found[row])).toEqual(columns);
    },
  );

  test("of several optima the lexicographically first", () => {
    for (const { costs, columns } of expected.firstOptima) expect([...assign(costs)]).toEqual(columns);
  });

  test("of more rows than columns, the first rows that an optimum can serve", () => {
    expect([...assign([[1, 1], [1, 1], [1, 1]])]).toEqual([0, 1, -1]);
    expect([...assign([[5], [1], [1]])]).toEqual([-1, 0, -1]);
    expect([...assign([[1, 1, 1]])]).toEqual([0]);
  });

  test("adding a constant to a row or a column changes nothing", () => {
    const cost = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }).chain((n) => fc.tuple(fc.array(fc.array(cost, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }), fc.nat(n - 1), fc.nat(n - 1), cost)), ([costs, row, column, shift]) => {
        const shifted = costs.map((values, i) => values.map((value, j) => value + (i === row ? shift : 0) - (j === column ? shift : 0)));
        expect([...assign(shifted)]).toEqual([...assign(costs)]);
      }),
    );
  });

  test("an empty side has no pairs", () => {
    expect([...assignMinimumCost(new Float64Array(0), 0, 3)]).toEqual([]);
    expect([...assignMinimumCost(new Float64Array(0), 2, 0)]).toEqual([-1, -1]);
  });
});
