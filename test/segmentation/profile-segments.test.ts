import { describe, expect, test } from "vitest";
import { featureMatrixFromColumns, tableFromColumns, tableFromRecords } from "clientele/data";
import { profileSegments, profileSegmentsSteps } from "clientele/segmentation";
import { runToEnd } from "clientele/steps";
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
    expect(young?.numbers).toMatchObject([{ column: "age", mean: 25, median: 25, missing: 1, overallMean: 40, overallMedian: 40, standardizedDifference: -15 / Math.sqrt(250) }]);
    expect(old?.numbers).toMatchObject([{ column: "age", mean: 55, median: 55, missing: 0, overallMean: 40, overallMedian: 40, standardizedDifference: 15 / Math.sqrt(250) }]);
  });

  test("shares of true", () => {
    // True, false, true, true: share 3/4, variance 3/16.
    expect(young?.booleans).toMatchObject([{ column: "member", shareTrue: 0.5, missing: 1, overallShareTrue: 0.75, standardizedDifference: -0.25 / Math.sqrt(3 / 16) }]);
    expect(old?.booleans[0]?.shareTrue).toBe(1);
  });

  test("most frequent categories", () => {
    expect(young?.categories).toMatchObject([{ column: "plan", mostFrequent: "basic", share: 2 / 3, missing: 0, overallShare: 0.5 }]);
    expect(young?.categories[0]?.levels.map(({ category, count, share, lift }) => [category, count, share, lift])).toEqual([["basic", 2, 2 / 3, 4 / 3], ["pro", 1, 1 / 3, 2 / 3]]);
    expect(old?.categories).toMatchObject([{ column: "plan", mostFrequent: "pro", share: 1, missing: 1, overallShare: 0.5 }]);
    expect(profileSegments(table, segments, { levels: 1 }).segments[0]?.categories[0]?.levels.length).toBe(1);
  });

  test("what a segment is worth", () => {
    expect(young?.value).toMatchObject({ total: 60, mean: 20, missing: 0, overallMean: 25, share: 0.6 });
    expect(old?.value).toEqual({ total: 40, mean: 40, meanInterval: null, missing: 1, overallMean: 25, share: 0.4 });
    expect(profileSegments(table, segments).segments[0]?.value).toBeNull();
  });

  test("what sets a segment apart, most different first", () => {
    expect(young?.marks).toMatchObject([
      { column: "age", category: null, direction: "below", standardizedDifference: -15 / Math.sqrt(250) },
      { column: "member", category: null, direction: "below", standardizedDifference: -0.25 / Math.sqrt(3 / 16) },
      { column: "plan", category: "basic", direction: "above", standardizedDifference: (2 / 3 - 0.5) / 0.5 },
    ]);
    expect(profileSegments(table, segments, { marks: 1 }).segments[0]?.marks.map(({ column }) => column)).toEqual(["age"]);
    const many = tableFromColumns({ a: [0, 0, 1, 1], b: [0, 1, 1, 1], same: [2, 2, 2, 2], c: [1, 1, 0, 0], d: [5, 6, 6, 5] });
    expect(profileSegments(many, [0, 0, 1, 1]).segments[1]?.marks.map(({ column, direction }) => [column, direction])).toEqual([["a", "above"], ["c", "below"], ["b", "above"]]);
  });

  test("who left", () => {
    const left = tableFromColumns({ left: [true, false, null, true, true], flag: [1, 0, NaN, 1, 1], word: ["a", "b", "a", "b", "a"] });
    const [first, second] = profileSegments(left, segments, { churn: "left" }).segments;
    expect(first?.churn).toMatchObject({ left: 1, missing: 1, rate: 0.5, overallRate: 0.75 });
    expect(second?.churn).toMatchObject({ left: 2, missing: 0, rate: 1, overallRate: 0.75 });
    // Wilson's bounds of 2 of 2 at 95 %.
    expect(second?.churn?.interval?.low).toBeCloseTo(0.34238, 5);
    expect(first?.booleans).toEqual([]);
    expect(profileSegments(left, segments, { churn: "flag" }).segments[0]?.churn).toEqual(first?.churn);
    expect(profileSegments(left, segments).segments[0]?.churn).toBeNull();
    expectRefusal(() => profileSegments(left, segments, { churn: "word" }), "invalidInput", `churn must name a boolean column, or a number column of 0 and 1; "word" is of type category`);
    expectRefusal(() => profileSegments(table, segments, { churn: "spend" }), "invalidInput", `"spend" is 10 in row 0`);
  });

  test("typical members: the rows nearest to the means, complete ones only, the first of equally near ones", () => {
    const rows = tableFromColumns({ x: [0, 2, 4, 10, 12, 14, 11], y: [1, 1, 1, 5, 5, 5, NaN] }, { rowIds: ["a", "b", "c", "d", "e", "f", "g"] });
    const { segments: [low, high] } = profileSegments(rows, [0, 0, 0, 1, 1, 1, 1], { typicalMembers: 2 });
    expect(low?.typicalMembers.map(({ rowId, row }) => [rowId, row])).toEqual([["b", 1], ["a", 0]]);
    expect(low?.typicalMembers[0]?.distance).toBe(0);
    // x has mean 53/7 and mean square 581/7.
    expect(low?.typicalMembers[1]?.distance).toBeCloseTo(2 / Math.sqrt(581 / 7 - (53 / 7) ** 2), 12);
    expect(high?.typicalMembers.map(({ rowId }) => rowId)).toEqual(["e", "d"]);
    expect(profileSegments(rows, [0, 0, 0, 1, 1, 1, 1], { typicalMembers: 0 }).segments[0]?.typicalMembers).toEqual([]);
  });

  test("typical members in the space that was clustered", () => {
    const space = featureMatrixFromColumns({ a: [0, 1, 5, 8, 9] });
    const { segments: [first, second] } = profileSegments(table, segments, { space, typicalMembers: 1 });
    expect(first?.typicalMembers).toEqual([{ rowId: 1, row: 1, distance: 1 }]);
    expect(second?.typicalMembers).toEqual([{ rowId: 3, row: 3, distance: 0.5 }]);
    expectRefusal(() => profileSegments(table, segments, { space: featureMatrixFromColumns({ a: [1] }) }), "lengthMismatch", "space must have 5 values");
  });

  test("in slices: the same", () => {
    expect(runToEnd(profileSegmentsSteps(table, segments, { value: "spend" }))).toEqual(profiles);
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

  test("a category that is rare everywhere marks no segment", () => {
    const ids = tableFromColumns({ id: Array.from({ length: 300 }, (_, i) => `customer ${i}`), plan: Array.from({ length: 300 }, (_, i) => (i < 150 ? "a" : "b")) });
    const { segments: [tiny] } = profileSegments(ids, Array.from({ length: 300 }, (_, i) => (i < 2 ? 0 : 1)));
    expect(tiny?.marks.map(({ column }) => column)).toEqual(["plan"]);
  });

  test("one segment, or one row, has no interval of a difference", () => {
    const one = tableFromColumns({ x: [1, 2, 3], member: [true, false, true] });
    const [all] = profileSegments(one, [0, 0, 0]).segments;
    expect(all?.numbers[0]).toMatchObject({ standardizedDifference: 0, differenceInterval: null });
    expect(all?.booleans[0]).toMatchObject({ standardizedDifference: 0, differenceInterval: null });
    expect(all?.marks).toEqual([]);
    const [single] = profileSegments(one, [0, 1, 1]).segments;
    expect(single?.numbers[0]).toMatchObject({ meanInterval: null, medianInterval: null, differenceInterval: null });
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
