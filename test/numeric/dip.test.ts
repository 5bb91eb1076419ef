import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dipOfSorted } from "../../src/numeric/statistics/dip";

interface DipCase {
  readonly name: string;
  readonly values: readonly number[];
  readonly dip: number;
}

const { cases } = JSON.parse(readFileSync(new URL("../reference/dip/expected.json", import.meta.url), "utf8")) as { cases: readonly DipCase[] };

describe("dipOfSorted", () => {
  it.each(cases)("agrees with the C program: $name", ({ values, dip }) => {
    expect(Math.abs(dipOfSorted(Float64Array.from(values)) - dip)).toBeLessThan(1e-14);
  });

  it("lies between 1 / (2n) and 1/4, whichever way the values are read and in whatever unit", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 60 }), (list) => {
        const sorted = Float64Array.from(list).sort();
        const dip = dipOfSorted(sorted);
        expect(dip).toBeGreaterThanOrEqual(1 / (2 * list.length));
        expect(dip).toBeLessThanOrEqual(0.25);
        expect(dipOfSorted(sorted.map((value) => -4 * value).reverse())).toBeCloseTo(dip, 12);
      }),
      { numRuns: 500 },
    );
  });

  it("has no value for no sample", () => {
    expect(dipOfSorted(new Float64Array(0))).toBeNaN();
  });
});
