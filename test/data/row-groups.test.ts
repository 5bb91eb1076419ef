import fc from "fast-check";
import { expect, test } from "vitest";
import { tableFromColumns } from "clientele/data";
import { cellAt, type Column } from "../../src/data/column";
import { firstRows, groupRows } from "../../src/data/row-groups";

const cells = fc.record({
  number: fc.constantFrom(0, -0, 1, 1 + Number.EPSILON, NaN, -1e300, 2 ** -1074),
  text: fc.constantFrom("a", "b", "", null),
  flag: fc.constantFrom(true, false, null),
  time: fc.constantFrom(new Date(0), new Date(86_400_000), null),
});

/** Groups by a key of text per row: slow, and beyond doubt. */
function groupsByKey(columns: readonly Column[], isActive: Uint8Array, missing: "none" | "equal"): number[] {
  const numbers = new Map<string, number>();
  return Array.from(isActive, (active, row) => {
    const values = columns.map((column) => cellAt(column, row));
    if (active === 0 || (missing === "none" && values.includes(null))) return -1;
    const key = JSON.stringify(values.map((value) => (value === 0 ? 0 : value)));
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key)!;
  });
}

test("rows are in one group if they agree in every column", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cells, fc.boolean()), { maxLength: 40 }), fc.constantFrom("none" as const, "equal" as const), (rows, missing) => {
      const table = tableFromColumns(
        { number: rows.map(([row]) => row.number), text: rows.map(([row]) => row.text), flag: rows.map(([row]) => row.flag), time: rows.map(([row]) => row.time) },
        { types: { number: "number", text: "category", flag: "boolean", time: "timestamp" } },
      );
      const columns = [...table.columns.values()];
      const isActive = Uint8Array.from(rows, ([, active]) => Number(active));
      const found = groupRows(columns, isActive, missing);
      const expected = groupsByKey(columns, isActive, missing);
      expect(Array.from(found.groups)).toEqual(expected);
      expect(found.count).toBe(Math.max(-1, ...expected) + 1);
      expect(Array.from(firstRows(found))).toEqual(Array.from({ length: found.count }, (_, group) => expected.indexOf(group)));
    }),
  );
});

test("without columns all active rows are one group", () => {
  expect(Array.from(groupRows([], Uint8Array.of(1, 0, 1), "none").groups)).toEqual([0, -1, 0]);
});
