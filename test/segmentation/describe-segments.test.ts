import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordsFromTable, tableFromColumns, type Table } from "clientele/data";
import { describeSegments, describeSegmentsSteps, type RuleCondition, type SegmentDescription } from "clientele/segmentation";
import { runToEnd } from "clientele/steps";
import { midpoint } from "../../src/numeric/tree/split";
import { roundThreshold } from "../../src/segmentation/profile/rule-conditions";
import { expectRefusal } from "../support/errors";

/** Reads a rule as a person would, from its conditions alone. */
function meets(row: Readonly<Record<string, unknown>>, condition: RuleCondition): boolean {
  const value = row[condition.column];
  if (value === undefined || value === null) return condition.missing !== "excluded";
  if (condition.missing === "only") return false;
  if (condition.type === "number") return (condition.above === null || (value as number) > condition.above) && (condition.upTo === null || (value as number) <= condition.upTo);
  if (condition.type === "boolean") return condition.is === null || value === condition.is;
  return condition.is === null ? !condition.isNot.includes(value as string) : value === condition.is;
}

/** Counts everything the description states, row by row. */
function recount(table: Table, segments: readonly number[], { segments: described }: SegmentDescription): { fidelity: number; rules: number[][] } {
  const rows = recordsFromTable(table);
  const rules = described.flatMap((segment) => segment.rules);
  let right = 0;
  rows.forEach((row, i) => {
    const met = rules.filter((rule) => rule.conditions.every((condition) => meets(row, condition)));
    expect(met.length, "rules that a row meets").toBe(1);
    if (met[0]!.segment === segments[i]) right++;
  });
  return {
    fidelity: right / rows.length,
    rules: rules.map((rule) => {
      const covered = rows.flatMap((row, i) => (rule.conditions.every((condition) => meets(row, condition)) ? [i] : []));
      const inSegment = segments.filter((segment) => segment === rule.segment).length;
      const hits = covered.filter((i) => segments[i] === rule.segment).length;
      return [covered.length, hits / covered.length, hits / inSegment];
    }),
  };
}

const statedRules = ({ segments }: SegmentDescription): number[][] => segments.flatMap(({ rules }) => rules.map(({ rowCount, precision, recall }) => [rowCount, precision, recall]));

describe("describeSegments", () => {
  test("finds the rules that made the segments, with the roundest thresholds that part the rows alike", () => {
    const income = Array.from({ length: 200 }, (_, i) => 20_000 + 337 * i);
    const member = income.map((_, i) => i % 3 === 0);
    const segments = income.map((value, i) => (value <= 50_000 ? 0 : member[i]! ? 1 : 2));
    const found = describeSegments(tableFromColumns({ income, member }), segments);
    expect(found.segments.map(({ text }) => text)).toEqual(["income ≤ 50000", "income > 50000 and member is true", "income > 50000 and member is false"]);
    expect([found.fidelity, found.baseline]).toEqual([1, Math.max(...[0, 1, 2].map((s) => segments.filter((segment) => segment === s).length)) / 200]);
    expect(found.segments.every(({ precision, recall }) => precision === 1 && recall === 1)).toBe(true);
  });

  test("bounds of one column on both sides become one condition", () => {
    const age = Array.from({ length: 90 }, (_, i) => i);
    const found = describeSegments(tableFromColumns({ age }), age.map((value) => (value < 30 ? 0 : value < 60 ? 1 : 0)));
    expect(found.segments[1]?.rules[0]?.conditions).toEqual([{ type: "number", column: "age", above: 29, upTo: 59, missing: "excluded" }]);
    expect(found.segments[0]?.rules.map(({ text }) => text)).toEqual(["age ≤ 29", "age > 59"]);
    expect(found.segments[1]?.text).toBe("29 < age ≤ 59");
  });

  test("categories are asked one at a time", () => {
    const plan = Array.from({ length: 60 }, (_, i) => ["basic", "family", "pro"][i % 3]!);
    const segments = plan.map((text) => (text === "pro" ? 1 : 0));
    const found = describeSegments(tableFromColumns({ plan }), segments);
    expect(found.segments.map(({ text }) => text)).toEqual(["plan is not pro", "plan is pro"]);
    expect(describeSegments(tableFromColumns({ plan }), plan.map((text) => ["basic", "family", "pro"].indexOf(text))).segments.map(({ text }) => text)).toEqual([
      "plan is basic",
      "plan is family",
      "plan is not basic or family",
    ]);
  });

  test("missing values are a side of their own", () => {
    const income = Array.from({ length: 40 }, (_, i) => (i < 20 ? NaN : i));
    const found = describeSegments(tableFromColumns({ income }), income.map((value) => (Number.isNaN(value) ? 1 : 0)));
    expect(found.segments.map(({ text }) => text)).toEqual(["income is known", "income is missing"]);
    expect(found.segments[1]?.rules[0]?.conditions).toEqual([{ type: "number", column: "income", above: null, upTo: null, missing: "only" }]);
    const mixed = describeSegments(tableFromColumns({ income: Array.from({ length: 40 }, (_, i) => (i < 10 ? NaN : i)) }), Array.from({ length: 40 }, (_, i) => (i < 25 ? 0 : 1)));
    expect(mixed.segments.map(({ text }) => text)).toEqual(["(income ≤ 24 or missing)", "income > 24"]);
  });

  test("thresholds are the roundest numbers between their neighbours", () => {
    const between = (below: number, above: number): number => roundThreshold(Float64Array.of(below, NaN, above), below / 2 + above / 2);
    expect([[29, 30], [49_993, 50_330], [-0.3, 0.2], [-7.26, -7.24], [0.1, 0.30000000000000004], [1234.5678, 1234.5679], [9.7, 10.2], [-3, -2], [6.1e-9, 7.3e-9]].map(([a, b]) => between(a!, b!))).toEqual([
      29, 50_000, 0, -7.25, 0.2, 1234.5678, 10, -3, 7e-9,
    ]);
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.double({ noNaN: true, noDefaultInfinity: true }), (a, b) => {
        if (a === b) return;
        const [below, above] = a < b ? [a, b] : [b, a];
        const found = roundThreshold(Float64Array.of(below, above), midpoint(below, above));
        expect(found >= below && found < above).toBe(true);
      }),
    );
  });

  test("branches of one segment are one rule", () => {
    const x = [1, 2, 3, 4];
    const found = describeSegments(tableFromColumns({ x }), [0, 0, 1, 0], { maxDepth: 1 });
    expect(found.segments[0]?.rules.map(({ text }) => text)).toEqual(["every row"]);
    expect(found.segments[1]).toEqual({ segment: 1, size: 1, rules: [], precision: null, recall: 0, text: null });
    expect(found.fidelity).toBe(0.75);
  });

  test("balanced: small segments are named, too, at the price of fidelity", () => {
    const x = Array.from({ length: 300 }, (_, i) => i);
    const segments = x.map((value) => (value >= 270 && value % 3 === 0 ? 1 : 0));
    const plain = describeSegments(tableFromColumns({ x }), segments, { maxDepth: 1 });
    const balanced = describeSegments(tableFromColumns({ x }), segments, { maxDepth: 1, balanced: true });
    expect(plain.segments[1]?.text).toBeNull();
    expect(balanced.segments[1]?.recall).toBe(1);
    expect(balanced.fidelity).toBeLessThan(plain.fidelity);
  });

  test("a rule holds for at least minRows rows", () => {
    const x = Array.from({ length: 50 }, (_, i) => i);
    const segments = x.map((value) => (value < 3 ? 1 : 0));
    expect(describeSegments(tableFromColumns({ x }), segments, { minRows: 5 }).segments[0]?.rules.every(({ rowCount }) => rowCount >= 5)).toBe(true);
    expect(describeSegments(tableFromColumns({ x }), segments, { minRows: 3 }).fidelity).toBe(1);
  });

  test("timestamps and columns of rare texts are left out", () => {
    const count = 250;
    const table = tableFromColumns({ since: Array.from({ length: count }, (_, i) => new Date(i)), name: Array.from({ length: count }, (_, i) => `n${i}`), x: Array.from({ length: count }, (_, i) => i) });
    expect(describeSegments(table, Array.from({ length: count }, (_, i) => i % 2)).leftOut).toEqual(["since", "name"]);
    expectRefusal(() => describeSegments(table, new Array<number>(count).fill(0), { columns: ["name", "since"] }), "invalidInput", "columns must hold at least a number or boolean column");
  });

  test("one segment, empty numbers in between, slices", () => {
    const table = tableFromColumns({ x: [1, 2, 3, 4], member: [true, false, null, true] });
    expect(describeSegments(table, [0, 0, 0, 0])).toMatchObject({ fidelity: 1, baseline: 1, segments: [{ text: "every row", precision: 1, recall: 1 }] });
    const gap = describeSegments(table, [0, 0, 2, 2]);
    expect(gap.segments[1]).toEqual({ segment: 1, size: 0, rules: [], precision: null, recall: null, text: null });
    expect(runToEnd(describeSegmentsSteps(table, [0, 0, 2, 2]))).toEqual(gap);
    expect(JSON.parse(JSON.stringify(gap))).toEqual(gap);
  });

  test("what it states is what a count of the rows gives, for any table", () => {
    const row = fc.record({
      x: fc.option(fc.integer({ min: -4, max: 4 }), { nil: null, freq: 5 }),
      y: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 2 })),
      member: fc.option(fc.boolean(), { nil: null, freq: 4 }),
      plan: fc.option(fc.constantFrom("a", "b", "c"), { nil: null, freq: 4 }),
      segment: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 4 }), fc.boolean(), (rows, maxDepth, balanced) => {
        const table = tableFromColumns({
          x: rows.map(({ x }) => x ?? NaN),
          y: rows.map(({ y }) => y),
          member: rows.map(({ member }) => member),
          plan: rows.map(({ plan }) => plan),
        });
        const segments = rows.map(({ segment }) => segment);
        let found;
        try {
          found = describeSegments(table, segments, { maxDepth, balanced });
        } catch (error) {
          // A column of missing values only has no type to be read as.
          if (String(error).includes("type")) return;
          throw error;
        }
        const counted = recount(table, segments, found);
        expect(found.fidelity).toBeCloseTo(counted.fidelity, 12);
        expect(statedRules(found)).toEqual(counted.rules);
        if (!balanced) expect(found.fidelity).toBeGreaterThanOrEqual(found.baseline - 1e-12);
      }),
    );
  });
});

describe("refusals", () => {
  const table: Table = { rowCount: 3, rowIds: [0, 1, 2], columns: new Map([["x", { type: "number", values: Float64Array.of(1, Infinity, 3) }]]) };
  test("of infinite numbers, other lengths, names, bounds", () => {
    expectRefusal(() => describeSegments(table, [0, 1, 0]), "nonFinite", `column "x" must hold finite numbers; got Infinity in row 1`);
    expectRefusal(() => describeSegments(table, [0, 1]), "lengthMismatch", "segments must have 3 values");
    expectRefusal(() => describeSegments(table, [0, 1, 0], { columns: ["y"] }), "unknownColumn", "columns names no column");
    expectRefusal(() => describeSegments(table, [0, 1, 0], { maxDepth: 9 }), "invalidOption", "maxDepth must be an integer from 1 to 8");
    expectRefusal(() => describeSegments(tableFromColumns({ x: [] }), []), "tooFewRows", "at least 1 rows");
  });
});
