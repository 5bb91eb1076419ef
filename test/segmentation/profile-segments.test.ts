import { describe, expect, test } from "vitest";
import { tableFromColumns, tableFromRecords } from "clientele/data";
import { profileSegments } from "clientele/segmentation";
import { expectRefusal } from "../support/errors";

const table = tableFromRecords([
  { age: 20, member: true, plan: "basic", spend: 10, since: new Date(0) },
  { age: 30, member: false, plan: "pro", spend: 20, since: new Date(1) },
  { age: null, member: null, plan: "basic", spend: 30, since: null },
  { age: 50, member: true, plan: null, spend: null, since: new Date(2) },
  { age: 60, member: true, plan: "pro", spend: 40, since: new Date(3) },
]);
const segments = [0, 0, 0, 1, 1];

describe("profileSegments", () => {
  const profiles = profileSegments(table, segments, { value: "spend" });
  const [young, old] = profiles.segments;

  test("counts the rows", () => {
    expect(profiles.rowCount).toBe(5);
    expect(profiles.segments.map(({ segment, size, share }) => [segment, size, share])).toEqual([[0, 3, 0.6], [1, 2, 0.4]]);
  });

  test("means of number columns, missing values counted, beside the whole table", () => {
    // Ages 20, 30, 50, 60: mean 40, variance 250.
    expect(young?.numbers).toEqual([{ column: "age", mean: 25, missing: 1, overallMean: 40, standardizedDifference: -15 / Math.sqrt(250) }]);
    expect(old?.numbers).toEqual([{ column: "age", mean: 55, missing: 0, overallMean: 40, standardizedDifference: 15 / Math.sqrt(250) }]);
  });

  test("shares of true", () => {
    // True, false, true, true: share 3/4, variance 3/16.
    expect(young?.booleans).toEqual([{ column: "member", shareTrue: 0.5, missing: 1, overallShareTrue: 0.75, standardizedDifference: -0.25 / Math.sqrt(3 / 16) }]);
    expect(old?.booleans[0]?.shareTrue).toBe(1);
  });

  test("most frequent categories", () => {
    expect(young?.categories).toEqual([{ column: "plan", mostFrequent: "basic", share: 2 / 3, missing: 0, overallShare: 0.5 }]);
    expect(old?.categories).toEqual([{ column: "plan", mostFrequent: "pro", share: 1, missing: 1, overallShare: 0.5 }]);
  });

  test("what a segment is worth", () => {
    expect(young?.value).toEqual({ total: 60, mean: 20, missing: 0, share: 0.6 });
    expect(old?.value).toEqual({ total: 40, mean: 40, missing: 1, share: 0.4 });
    expect(profileSegments(table, segments).segments[0]?.value).toBeNull();
  });

  test("what sets a segment apart, most different first", () => {
    expect(young?.marks).toEqual([
      { column: "age", direction: "below", standardizedDifference: -15 / Math.sqrt(250) },
      { column: "member", direction: "below", standardizedDifference: -0.25 / Math.sqrt(3 / 16) },
    ]);
    const many = tableFromColumns({ a: [0, 0, 1, 1], b: [0, 1, 1, 1], same: [2, 2, 2, 2], c: [1, 1, 0, 0], d: [5, 6, 6, 5] });
    expect(profileSegments(many, [0, 0, 1, 1]).segments[1]?.marks.map(({ column, direction }) => [column, direction])).toEqual([["a", "above"], ["c", "below"], ["b", "above"]]);
  });

  test("timestamps are named as left out, or refused when asked for", () => {
    expect(profiles.leftOut).toEqual(["since"]);
    expect(profileSegments(table, segments, { columns: ["age"] }).leftOut).toEqual([]);
    expectRefusal(() => profileSegments(table, segments, { columns: ["since"] }), "invalidInput", `"since" is of type timestamp`);
  });

  test("columns are those asked for, in their order", () => {
    const { segments: [first] } = profileSegments(table, segments, { columns: ["spend", "age"], value: "spend" });
    expect(first?.numbers.map(({ column }) => column)).toEqual(["spend", "age"]);
    expect(first?.categories).toEqual([]);
  });

  test("is plain data", () => {
    expect(JSON.parse(JSON.stringify(profiles))).toEqual(profiles);
  });
});

describe("edges", () => {
  test("a segment without rows, or with missing values only, has no means", () => {
    const gaps = tableFromColumns({ age: [1, NaN, 3], member: [true, null, false], plan: ["a", null, "b"] });
    const { segments: [, empty, missing] } = profileSegments(gaps, [0, 2, 0], { value: "age" });
    for (const profile of [empty, missing]) {
      expect(profile?.numbers).toEqual([]);
      expect(profile?.booleans).toMatchObject([{ shareTrue: null, standardizedDifference: null }]);
      expect(profile?.categories).toMatchObject([{ mostFrequent: null, share: null, overallShare: null }]);
      expect(profile?.value).toMatchObject({ total: 0, mean: null, share: 0 });
      expect(profile?.marks).toEqual([]);
    }
    expect([empty?.size, empty?.share, empty?.value?.missing]).toEqual([0, 0, 0]);
    expect([missing?.size, missing?.value?.missing]).toEqual([1, 1]);
  });

  test("no share of a total that is not above 0", () => {
    const refunds = tableFromColumns({ spend: [-10, 5] });
    expect(profileSegments(refunds, [0, 1], { value: "spend" }).segments.map(({ value }) => value?.share)).toEqual([null, null]);
  });

  test("equally frequent categories: the first in text order", () => {
    const plans = tableFromColumns({ plan: ["b", "a", "é", "Z"] });
    expect(profileSegments(plans, [0, 0, 1, 1]).segments.map(({ categories }) => categories[0]?.mostFrequent)).toEqual(["a", "Z"]);
  });

  test("a constant column differs nowhere", () => {
    const same = tableFromColumns({ x: [0.1, 0.1, 0.1] });
    expect(profileSegments(same, [0, 1, 1]).segments[0]?.numbers[0]?.standardizedDifference).toBeNull();
  });

  test("differences do not depend on the unit, and are missing where they are no number", () => {
    const differenceOf = (unit: number): number | null | undefined =>
      profileSegments(tableFromColumns({ x: [1, 2, 3, 4].map((value) => value * unit) }), [0, 0, 1, 1]).segments[0]?.numbers[0]?.standardizedDifference;
    expect(differenceOf(1)).toBeCloseTo(-1 / Math.sqrt(1.25), 14);
    expect(differenceOf(1e-200)).toBeCloseTo(-1 / Math.sqrt(1.25), 14);
    const huge = profileSegments(tableFromColumns({ x: [-1e200, 1e200, 1e200, 2e200] }), [0, 0, 1, 1]);
    expect(huge.segments[0]?.numbers[0]).toMatchObject({ mean: 0, standardizedDifference: null });
    expect(huge.segments[0]?.marks).toEqual([]);
    const beyond = profileSegments(tableFromColumns({ x: [1.7e308, 1.7e308, 1, 2] }), [0, 0, 1, 1]);
    expect(beyond.segments.map(({ numbers }) => numbers[0]?.mean)).toEqual([null, 1.5]);
    expect(beyond.segments[0]?.numbers[0]).toMatchObject({ overallMean: null, standardizedDifference: null });
  });

  test("a table without rows has no segments", () => {
    expect(profileSegments(tableFromColumns({ x: [] }), []).segments).toEqual([]);
  });

  test("inputs are unchanged", () => {
    const labels = Int32Array.of(0, 0, 0, 1, 1);
    const before = structuredClone(table);
    profileSegments(table, labels, { value: "spend" });
    expect(table).toEqual(before);
    expect(labels).toEqual(Int32Array.of(0, 0, 0, 1, 1));
  });
});

describe("refusals", () => {
  test.each([-1, 0.5, NaN, 70_000])("of segment %s", (segment) => {
    expectRefusal(() => profileSegments(table, [0, 0, segment, 1, 1]), "invalidInput", `got ${segment} at position 2`);
  });

  test("of other lengths, names and types", () => {
    expectRefusal(() => profileSegments(table, [0, 1]), "lengthMismatch", "segments must have 5 values");
    expectRefusal(() => profileSegments(table, segments, { columns: ["agee"] }), "unknownColumn", `did you mean "age"?`);
    expectRefusal(() => profileSegments(table, segments, { value: "plan" }), "invalidInput", `column "plan" must be of type number`);
    expectRefusal(() => profileSegments(table, segments, { value: "worth" }), "unknownColumn", "value names no column");
    expectRefusal(() => profileSegments(table, segments, { value: "spend", ...{ colums: [] } }), "unknownOption", "columns");
  });
});
