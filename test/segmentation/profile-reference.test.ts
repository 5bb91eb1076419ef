import { describe, expect, test } from "vitest";
import { tableFromColumns } from "clientele/data";
import { profileSegments, type ConfidenceInterval } from "clientele/segmentation";
import expected from "../reference/profile-segments/expected.json";

const { numbers, member, plan, segments, confidence } = expected;
const table = tableFromColumns({
  ...Object.fromEntries(Object.entries(numbers).map(([name, values]) => [name, values.map((value) => value ?? NaN)])),
  member,
  plan,
});
const { segments: profiles } = profileSegments(table, segments, { confidence, levels: 10 });

function expectNear(found: number | null | undefined, wanted: number): void {
  expect(Math.abs((found ?? NaN) - wanted), `${String(found)} for ${wanted}`).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(wanted)));
}

function expectInterval(found: ConfidenceInterval | null | undefined, wanted: readonly number[] | null): void {
  if (wanted === null) expect(found).toBeNull();
  else {
    expectNear(found?.low, wanted[0]!);
    expectNear(found?.high, wanted[1]!);
  }
}

describe.each(expected.profiles.map((wanted, segment) => ({ wanted, segment, profile: profiles[segment]! })))("segment $segment: pandas and SciPy agree", ({ wanted, profile }) => {
  test("size", () => expect(profile.size).toBe(wanted.size));

  test.each(wanted.numbers.map((column, i) => ({ name: column.column, column, found: profile.numbers[i]! })))("$name", ({ column, found }) => {
    for (const name of ["mean", "median", "missing", "overallMean", "overallMedian", "standardizedDifference"] as const) expectNear(found[name], column[name]);
    for (const name of ["meanInterval", "medianInterval", "differenceInterval"] as const) expectInterval(found[name], column[name]);
  });

  test("member", () => {
    const found = profile.booleans[0]!;
    expectNear(found.shareTrue, wanted.member.share);
    expectInterval(found.shareInterval, wanted.member.interval);
    expectNear(found.overallShareTrue, wanted.member.overallShare);
    expectNear(found.standardizedDifference, wanted.member.standardizedDifference);
    expectInterval(found.differenceInterval, wanted.member.differenceInterval);
  });

  test("plan", () => {
    const { levels } = profile.categories[0]!;
    for (const [category, column] of Object.entries(wanted.plan)) {
      const found = levels.find((level) => level.category === category);
      if (column.count === 0) {
        expect(found).toBeUndefined();
        continue;
      }
      expect(found?.count).toBe(column.count);
      for (const name of ["share", "overallShare", "lift"] as const) expectNear(found?.[name], column[name]);
      expectInterval(found?.interval, column.interval);
    }
    const [strongest] = Object.entries(wanted.plan).sort(([, a], [, b]) => Math.abs(b.standardizedDifference) - Math.abs(a.standardizedDifference));
    const mark = profileSegments(table, segments, { confidence, columns: ["plan"] }).segments[profile.segment]?.marks[0];
    expect(mark?.category).toBe(strongest?.[0]);
    expectNear(mark?.standardizedDifference, strongest![1].standardizedDifference);
    expectInterval(mark?.differenceInterval, strongest![1].differenceInterval);
  });
});

test("a segment of five rows has no 95 % interval of its median, but a 90 % one", () => {
  const small = expected.profiles.findIndex(({ size }) => size === 5);
  expect(profileSegments(table, segments).segments[small]?.numbers[0]?.medianInterval).toBeNull();
  expect(profiles[small]?.numbers[0]?.medianInterval).not.toBeNull();
});
