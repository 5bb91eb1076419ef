import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchSegments, relabelSegments, type LabelledRows } from "clientele/segmentation";
import expected from "../reference/match/expected.json";
import { expectRefusal } from "../support/errors";

/** Customers 0, 1, 2 … with these segments. */
function labelled(segments: readonly number[]): LabelledRows {
  return { rowIds: segments.map((_, id) => id), segments };
}

/** So many customers of each segment, in order. */
function groups(...sizes: readonly (readonly [segment: number, count: number])[]): number[] {
  return sizes.flatMap(([segment, count]) => new Array<number>(count).fill(segment));
}

describe("pandas and SciPy agree", () => {
  test.each(expected.cases.map((item, i) => ({ ...item, i })))("case $i", ({ before, after, counts, sharedCount, matched, renumbered, interval }) => {
    const found = matchSegments(before, after, { minOverlap: 0 });
    expect(found.sharedCount).toBe(sharedCount);
    expect(found.migration.counts).toEqual(counts);
    expect(found.continued.reduce((sum, { shared }) => sum + shared, 0)).toBe(matched);
    expect(found.moved.count).toBe(sharedCount - matched);
    expect(found.renumbered.count).toBe(renumbered);
    expect(found.renumbered.interval?.low).toBeCloseTo(interval[0]!, 12);
    expect(found.renumbered.interval?.high).toBeCloseTo(interval[1]!, 12);
    // Nobody gets lost: sizes are who stayed, moved, went and came.
    found.migration.from.forEach((_, b) => {
      const size = before.segments.filter((segment) => segment === b).length;
      expect(found.migration.counts[b]!.reduce((sum, count) => sum + count, 0) + found.migration.gone[b]!).toBe(size);
    });
    found.migration.to.forEach((_, a) => {
      const size = after.segments.filter((segment) => segment === a).length;
      expect(found.migration.counts.reduce((sum, row) => sum + row[a]!, 0) + found.migration.arrived[a]!).toBe(size);
    });
  });
});

describe("what became of segments", () => {
  test("other numbers, same customers: nothing happened", () => {
    const found = matchSegments(labelled([0, 0, 1, 1, 2]), labelled([2, 2, 0, 0, 1]));
    expect(found).toMatchObject({ ids: [1, 2, 0], nextId: 3, born: [], ended: [], splits: [], merges: [], moved: { count: 0, share: 0 }, renumbered: { count: 5, share: 1 } });
    expect(found.continued.map(({ overlap }) => overlap)).toEqual([1, 1, 1]);
    expect(found.migration.shares).toEqual([[0, 0, 1], [1, 0, 0], [0, 1, 0]]);
  });

  test("a split: the larger part keeps the id", () => {
    const found = matchSegments(labelled(groups([0, 10], [1, 10])), labelled(groups([0, 6], [2, 4], [1, 10])));
    expect(found.ids).toEqual([0, 1, 2]);
    expect(found.splits).toEqual([{ id: 0, before: 0, into: [{ id: 0, shared: 6, share: 0.6 }, { id: 2, shared: 4, share: 0.4 }] }]);
    expect(found.born).toEqual([{ id: 2, after: 2, size: 4, newCustomers: 0 }]);
    expect([found.merges, found.ended]).toEqual([[], []]);
  });

  test("a merge: the larger part gives the id", () => {
    const found = matchSegments(labelled(groups([0, 4], [1, 6], [2, 10])), labelled(groups([1, 10], [0, 10])));
    expect(found.ids).toEqual([2, 1]);
    expect(found.merges).toEqual([{ id: 1, after: 1, from: [{ id: 1, shared: 6, share: 0.6 }, { id: 0, shared: 4, share: 0.4 }] }]);
    expect(found.ended).toEqual([{ id: 0, before: 0, size: 4, lostCustomers: 0 }]);
  });

  test("customers who go over to a segment that was there split nothing", () => {
    const found = matchSegments(labelled(groups([0, 10], [1, 10])), labelled(groups([0, 6], [1, 4], [1, 10])));
    expect([found.splits, found.merges, found.born]).toEqual([[], [], []]);
    expect(found.moved.count).toBe(4);
    expect(found.migration.shares[0]).toEqual([0.6, 0.4]);
  });

  test("below the overlap the old segment ended and a new one was born", () => {
    const before = labelled(groups([0, 10], [1, 10]));
    const after = labelled(groups([0, 4], [1, 6], [1, 10]));
    expect(matchSegments(before, after).ids).toEqual([0, 1]);
    const strict = matchSegments(before, after, { minOverlap: 0.6 });
    // 2 · 4 of 10 + 4.
    expect(strict.ids).toEqual([2, 1]);
    expect(strict.born).toMatchObject([{ id: 2, after: 0 }]);
    expect(strict.ended).toMatchObject([{ id: 0, before: 0 }]);
    expect(matchSegments(before, after, { minOverlap: 8 / 14 }).ids).toEqual([0, 1]);
  });

  test("customers of one time count in sizes only", () => {
    const before = { rowIds: ["a", "b", "c", "x"], segments: [0, 0, 1, 2] };
    const after = { rowIds: ["c", "b", "a", "y", "z"], segments: [0, 1, 1, 2, 0] };
    const found = matchSegments(before, after);
    expect(found).toMatchObject({ sharedCount: 3, ids: [1, 0, 3], moved: { count: 0 }, born: [{ id: 3, after: 2, size: 1, newCustomers: 1 }], ended: [{ id: 2, before: 2, size: 1, lostCustomers: 1 }] });
    expect([found.migration.gone, found.migration.arrived]).toEqual([[0, 0, 1], [1, 0, 1]]);
    expect(found.migration.shares[2]).toEqual([null, null, null]);
    const strangers = matchSegments({ rowIds: [1, 2], segments: [0, 0] }, { rowIds: ["1", "2"], segments: [0, 0] });
    expect(strangers).toMatchObject({ sharedCount: 0, ids: [1], moved: { count: 0, share: null, interval: null } });
  });

  test("ids go on from match to match and are never given twice", () => {
    const first = matchSegments(labelled(groups([0, 5], [1, 5])), labelled(groups([1, 5], [0, 2], [2, 3])));
    expect([first.ids, first.nextId]).toEqual([[2, 0, 1], 3]);
    // The segment of id 1 ends, another one comes.
    const second = matchSegments(labelled(groups([1, 5], [0, 2], [2, 3])), { rowIds: [0, 1, 2, 3, 4, 20, 21], segments: [0, 0, 0, 0, 0, 1, 1] }, { previous: first });
    expect([second.ids, second.nextId]).toEqual([[0, 3], 4]);
    expect(second.ended.map(({ id }) => id)).toEqual([2, 1]);
    expect(second.migration.from).toEqual([2, 0, 1]);
  });

  test("is plain data", () => {
    const found = matchSegments(labelled([0, 1]), labelled([1, 1]));
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});

describe("laws", () => {
  const rows = fc.uniqueArray(fc.tuple(fc.nat(60), fc.nat(4)), { minLength: 1, maxLength: 40, selector: ([id]) => id }).map((drawn) => ({ rowIds: drawn.map(([id]) => id), segments: drawn.map(([, segment]) => segment) }));

  test("matching never moves more customers than the numbers as they stand, if every pair may go on", () => {
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        const { moved, renumbered } = matchSegments(before, after, { minOverlap: 0 });
        expect(moved.count).toBeLessThanOrEqual(renumbered.count);
      }),
    );
  });

  test("the order of the customers and the numbers of the later segments mean nothing", () => {
    fc.assert(
      fc.property(rows, rows, fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (before, after, names) => {
        const found = matchSegments(before, after);
        const reversed = { rowIds: [...after.rowIds].reverse(), segments: [...after.segments].reverse() };
        expect(matchSegments(before, reversed)).toEqual(found);
        const shared = (segments: readonly number[]): number =>
          matchSegments(before, { rowIds: after.rowIds, segments }, { minOverlap: 0 }).continued.reduce((sum, pair) => sum + pair.shared, 0);
        expect(shared(after.segments.map((segment) => names[segment]!))).toBe(shared(after.segments));
      }),
    );
  });

  test("ids are distinct, and matching a grouping with itself keeps them", () => {
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        const found = matchSegments(before, after);
        expect(new Set(found.ids).size).toBe(found.ids.length);
        expect(found.ids.every((id) => id < found.nextId)).toBe(true);
        const again = matchSegments(after, after, { previous: found });
        const present = new Set(after.segments);
        found.ids.forEach((id, segment) => {
          if (present.has(segment)) expect(again.ids[segment]).toBe(id);
        });
        expect(again.moved.count).toBe(0);
      }),
    );
  });

  test("relabelled segments agree with the moves that were counted", () => {
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        const { ids, moved } = matchSegments(before, after);
        const names = relabelSegments(after.segments, ids);
        const earlier = new Map(before.rowIds.map((id, row) => [id, before.segments[row]]));
        const changed = after.rowIds.filter((id, row) => earlier.has(id) && earlier.get(id) !== names[row]).length;
        expect(moved.count).toBe(changed);
      }),
    );
  });
});

describe("refusals", () => {
  const rows = { rowIds: ["secret", "b"], segments: [0, 1] };
  test("of repeated ids (which are not shown), lengths, numbers, options", () => {
    const error = expectRefusal(() => matchSegments({ rowIds: ["secret", "b", "secret"], segments: [0, 0, 1] }, rows), "duplicateKey", "before.rowIds must be all different; rows 0 and 2");
    expect(error.message).not.toContain("secret");
    expectRefusal(() => matchSegments(rows, { rowIds: ["b", "b"], segments: [0, 1] }), "duplicateKey", "after.rowIds");
    expectRefusal(() => matchSegments(rows, { rowIds: ["b"], segments: [0, 1] }), "lengthMismatch", "after.segments must have 1 values");
    expectRefusal(() => matchSegments(rows, { rowIds: ["b"], segments: [-1] }), "invalidInput", "whole numbers");
    expectRefusal(() => matchSegments(rows, { rowIds: ["b"], segments: [1000] }), "invalidInput", "after.segments must hold segment numbers below 1000; got 1000");
    expectRefusal(() => matchSegments(rows, rows, { minOverlap: 1.5 }), "invalidOption", "minOverlap must be a number from 0 to 1");
    expectRefusal(() => matchSegments(rows, rows, { previous: { ids: [0, 0], nextId: 2 } }), "invalidInput", "previous.ids must hold distinct whole numbers");
    expectRefusal(() => matchSegments(rows, rows, { previous: { ids: [0], nextId: 2 } }), "invalidInput", "at least 2 (one for each segment)");
    expectRefusal(() => matchSegments(rows, rows, { previous: { ids: [0, 5], nextId: 5 } }), "invalidOption", "previous.nextId must be a whole number above every id");
    expectRefusal(() => relabelSegments([0, 2], [1, 0]), "invalidInput", "at least 3");
  });
});
