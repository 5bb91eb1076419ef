import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rollingSplits, splitByTime } from "clientele/evaluation";
import { expectRefusal } from "../support/errors";

const days = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 8, maxLength: 60 }).filter((times) => Math.min(...times) < 5 && Math.max(...times) > 25);
const timesOf = (rows: Int32Array, times: readonly number[]): number[] => Array.from(rows, (row) => times[row]!);

describe("splitByTime", () => {
  it("learns from the past only, with a gap between, and loses no row outside it", () => {
    fc.assert(
      fc.property(days, fc.constantFrom(0, 1, 2.5), (times, gap) => {
        const { train, test, testFrom, trainTo, testTo } = splitByTime(times, { testFrom: 20, gap });
        expect([testFrom, trainTo, testTo]).toEqual([20, 20 - gap, Math.max(...times)]);
        expect(Math.max(...timesOf(train, times))).toBeLessThan(20 - gap);
        expect(Math.min(...timesOf(test, times))).toBeGreaterThanOrEqual(20);
        expect(train.length + test.length).toBe(times.filter((time) => time < 20 - gap || time >= 20).length);
      }),
    );
  });

  it("tests at least the share that was asked for, and no more than one time's rows beyond", () => {
    fc.assert(
      fc.property(days, (times) => {
        const { test, testFrom } = splitByTime(times, { testShare: 0.25 });
        expect(test.length).toBeGreaterThanOrEqual(times.length * 0.25);
        expect(times.filter((time) => time > testFrom).length).toBeLessThan(times.length * 0.25);
      }),
    );
  });

  it("refuses by name", () => {
    expectRefusal(() => splitByTime([5, 5, 5]), "tooFewRows", "splitByTime: times must have at least 1 row to learn from in the split: before 5; got 0");
    expectRefusal(() => splitByTime([1, 2, 3], { testFrom: 9 }), "tooFewRows", "row to test on in the split: from 9");
    expectRefusal(() => splitByTime([1, NaN]), "nonFinite", "times must hold finite numbers; got NaN at position 1");
    expectRefusal(() => splitByTime([1, 2], { testFrom: 2, testShare: 0.5 }), "invalidOption", "testShare must be absent where testFrom is given; got 0.5");
    expectRefusal(() => splitByTime([1, 2], { gap: -1 }), "invalidOption", "gap must be a number of at least 0");
    expectRefusal(() => splitByTime([1]), "tooFewRows");
  });
});

describe("rollingSplits", () => {
  it("rolls windows of one length up to the latest time, each after what it learns from", () => {
    fc.assert(
      fc.property(days, fc.constantFrom(undefined, 25), fc.constantFrom(0, 3), (some, trainSpan, gap) => {
        // No window is empty.
        const times = [...some, ...Array.from({ length: 16 }, (_, i) => 2 * i)];
        const latest = Math.max(...times);
        const splits = rollingSplits(times, { folds: 3, testSpan: 4, trainSpan, gap });
        expect(splits).toHaveLength(3);
        splits.forEach(({ train, test, testFrom, testTo, trainFrom, trainTo }, k) => {
          expect([testFrom, testTo]).toEqual([latest - (3 - k) * 4, latest - (2 - k) * 4]);
          expect([trainFrom, trainTo]).toEqual([trainSpan === undefined ? -Infinity : testFrom - gap - trainSpan, testFrom - gap]);
          expect([...test]).toEqual(times.flatMap((time, row) => (time >= testFrom && (time < testTo || (k === 2 && time === latest)) ? [row] : [])));
          expect([...train]).toEqual(times.flatMap((time, row) => (time >= trainFrom && time < trainTo ? [row] : [])));
        });
      }),
    );
  });

  it("has windows as long as the first stretch of learning, unless told otherwise", () => {
    const times = Array.from({ length: 61 }, (_, day) => day);
    const splits = rollingSplits(times);
    expect(splits.map(({ train, test }) => [train.length, test.length])).toEqual([[10, 10], [20, 10], [30, 10], [40, 10], [50, 11]]);
    expect(rollingSplits([...times].reverse(), { folds: 2, trainSpan: 5 }).map(({ train }) => [...train])).toEqual([[41, 42, 43, 44, 45], [21, 22, 23, 24, 25]]);
  });

  it("refuses a window without rows by its number, and times that are all equal", () => {
    expectRefusal(() => rollingSplits([0, 1, 2, 10], { folds: 3, testSpan: 2 }), "tooFewRows", "rollingSplits: times must have at least 1 row to test on in window 0: from 4 to 6; got 0");
    expectRefusal(() => rollingSplits([0, 8, 9, 10], { folds: 2, testSpan: 1, trainSpan: 2, gap: 5 }), "tooFewRows", "row to learn from in window 0: before 3 and from 1; got 0");
    expectRefusal(() => rollingSplits([4, 4, 4]), "invalidInput", "times must have different times, or testSpan given; all 3 are equal");
    expectRefusal(() => rollingSplits([1, 2], { testSpan: 0 }), "invalidOption", "testSpan must be a number above 0");
    expectRefusal(() => rollingSplits([1, 2], { folds: 0 }), "invalidOption", "folds");
  });
});
