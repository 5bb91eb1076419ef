import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitFolds } from "clientele/evaluation";

/** How often each fold occurs among the rows that are kept. */
function foldCounts(folds: Int32Array, foldCount: number, keep: (row: number) => boolean = () => true): number[] {
  const counts = new Array<number>(foldCount).fill(0);
  folds.forEach((fold, row) => {
    if (keep(row)) counts[fold]!++;
  });
  return counts;
}

const spread = (counts: readonly number[]): number => Math.max(...counts) - Math.min(...counts);

describe("splitFolds", () => {
  it("keeps folds within one row of even, in all and in each class", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 7 }),
        fc.array(fc.integer({ min: 7, max: 30 }), { minLength: 1, maxLength: 4 }),
        fc.nat(1000),
        (folds, classSizes, seed) => {
          const labels = classSizes.flatMap((size, label) => new Array<number>(size).fill(label * 3));
          const split = splitFolds(labels, { folds, seed });
          expect(spread(foldCounts(split, folds))).toBeLessThanOrEqual(1);
          for (const label of new Set(labels)) {
            expect(spread(foldCounts(split, folds, (row) => labels[row] === label))).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it("deals rows without labels as evenly", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100 }), fc.nat(), (rowCount, seed) => {
        const folds = Math.min(5, rowCount);
        expect(spread(foldCounts(splitFolds(rowCount, { folds, seed }), folds))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("never splits a group and leaves no fold empty", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ label: fc.integer({ min: 0, max: 1 }), group: fc.integer({ min: 0, max: 12 }) }), { minLength: 20, maxLength: 80 }),
        fc.nat(1000),
        fc.boolean(),
        (rows, seed, stratify) => {
          const groups = rows.map((row) => `customer ${row.group}`);
          const labels = rows.map((row) => row.label);
          fc.pre(new Set(groups).size >= 3 && [0, 1].every((label) => labels.filter((other) => other === label).length >= 3));
          const split = splitFolds(labels, { folds: 3, seed, groups, stratify });
          for (const group of new Set(groups)) expect(new Set(split.filter((_, row) => groups[row] === group)).size).toBe(1);
          expect(Math.min(...foldCounts(split, 3))).toBeGreaterThan(0);
        },
      ),
    );
  });

  it("stratifies groups as evenly as single rows when each group is one row", () => {
    const labels = Array.from({ length: 103 }, (_, row) => (row % 4 === 0 ? 1 : 0));
    const split = splitFolds(labels, { groups: labels.map((_, row) => row) });
    for (const label of [0, 1]) expect(spread(foldCounts(split, 5, (row) => labels[row] === label))).toBeLessThanOrEqual(1);
  });

  it("balances groups of unequal size and class", () => {
    // 60 customers with 1 to 6 rows each; every third leaves.
    const groups = Array.from({ length: 60 }, (_, customer) => new Array<number>(1 + (customer % 6)).fill(customer)).flat();
    const labels = groups.map((customer) => (customer % 3 === 0 ? 1 : 0));
    const split = splitFolds(labels, { groups });
    const positives = foldCounts(split, 5, (row) => labels[row] === 1);
    expect(spread(positives)).toBeLessThanOrEqual(2);
    expect(spread(foldCounts(split, 5))).toBeLessThanOrEqual(3);
  });

  it("depends on the seed and on nothing else", () => {
    const labels = Array.from({ length: 50 }, (_, row) => row % 2);
    expect(splitFolds(labels, { seed: 3 })).toEqual(splitFolds(Uint8Array.from(labels), { seed: 3 }));
    expect(splitFolds(labels, { seed: 3 })).not.toEqual(splitFolds(labels, { seed: 4 }));
    expect(splitFolds(labels)).toEqual(splitFolds(labels, { seed: 1, folds: 5, stratify: true }));
    expect(splitFolds(labels, { stratify: false })).toEqual(splitFolds(50));
  });

  it("gives every row every fold equally often over many seeds", () => {
    const labels = [0, 0, 0, 0, 1, 1, 1, 1];
    const first = new Array<number>(4).fill(0);
    for (let seed = 0; seed < 4000; seed++) first[splitFolds(labels, { folds: 4, seed })[0]!]!++;
    // 4 standard deviations of a binomial count with n = 4000, p = 1/4 are 110.
    for (const count of first) expect(Math.abs(count - 1000)).toBeLessThan(110);
  });

  it("refuses by name what cannot be split", () => {
    expect(() => splitFolds([0, 0, 0, 0, 0, 1, 1], { folds: 3 })).toThrow(
      "splitFolds: labels must have at least 3 rows of class 1 for 3 folds; got 2",
    );
    expect(() => splitFolds(3, { folds: 4 })).toThrow("splitFolds: folds must be an integer from 2 to 3 (rows); got 4");
    expect(() => splitFolds(1)).toThrow("splitFolds: labels must have at least 2 rows; got 1");
    expect(() => splitFolds(2.5)).toThrow("splitFolds: labels must be an integer of at least 0 (a number of rows); got 2.5");
    expect(() => splitFolds(10, { stratify: true })).toThrow("splitFolds: stratify must be false where only the number of rows is given; got true");
    expect(() => splitFolds([0, 1, 0.5, 1])).toThrow("splitFolds: labels must be whole numbers from 0; got 0.5 at row 2");
    expect(() => splitFolds(4, { folds: 3, groups: ["a", "a", "b", "b"] })).toThrow(
      "splitFolds: groups must have at least 3 distinct groups for 3 folds; got 2",
    );
    expect(() => splitFolds(4, { folds: 2, groups: [1, 2, NaN, 3] })).toThrow("splitFolds: groups must be texts or finite numbers; got NaN at row 2");
    expect(() => splitFolds(4, { folds: 2, groups: [1, 2] })).toThrow("splitFolds: groups must have 4 values (one for each row of labels); got 2");
  });
});
