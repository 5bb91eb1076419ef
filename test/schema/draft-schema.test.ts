import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { profileTable } from "clientele/cleaning";
import { tableFromRecords } from "clientele/data";
import { validateRecords } from "clientele/schema";
import { draftSchema, type DraftSchemaOptions } from "../../src/schema/draft-schema";
import { expectRefusal } from "../support/errors";

const records = [
  { id: "a", age: 34, spend: 1.5, plan: "pro", note: "", paid: true, since: new Date("2025-01-01"), code: "7" },
  { id: "b", age: null, spend: 2, plan: "free", note: "late", paid: false, since: new Date("2025-03-01"), code: "8" },
  { id: "c", age: 51, spend: 3, plan: "pro", note: "ill", paid: true, since: new Date("2025-02-01"), code: "9" },
  { id: "d", age: 28, spend: 4, plan: "free", note: "new", paid: true, since: new Date("2025-02-02"), code: "10" },
];
const draft = (options?: DraftSchemaOptions, topValues = 0): ReturnType<typeof draftSchema> => draftSchema(profileTable(tableFromRecords(records), { topValues }), options);
const brokenBy = (change: object, options?: DraftSchemaOptions, topValues = 0): unknown[] =>
  validateRecords([{ ...records[0], ...change }], draft(options, topValues)).issues.map(({ field, rule }) => [field, rule]);

describe("draftSchema", () => {
  test("accepts the records it was drafted from, and records with other fields besides", () => {
    for (const options of [{}, { id: "id" }, { id: "id", bounds: true }]) {
      const { summary, valid } = validateRecords([...records, { ...records[0], more: 1 }], draft(options, 20));
      expect(summary.rejectedCount).toBe(0);
      expect(valid[4]).toHaveProperty("more", 1);
    }
  });

  test("types are those of the columns; texts that look like numbers stay texts", () => {
    expect(brokenBy({ age: "34", spend: "1", plan: 5, paid: "yes", since: "soon", code: 7 })).toEqual([
      ["age", "invalid_type"],
      ["spend", "invalid_type"],
      ["plan", "invalid_type"],
      ["paid", "invalid_type"],
      ["since", "timestamp"],
      ["code", "invalid_type"],
    ]);
    expect(brokenBy({ since: "2025-01-01" })).toEqual([]);
  });

  test("missing and blank only where the profile has it so", () => {
    expect(brokenBy({ age: null, note: " " })).toEqual([]);
    expect(brokenBy({ spend: null, plan: undefined, code: " " })).toEqual([["spend", "missing"], ["plan", "missing"], ["code", "blank"]]);
  });

  test("a list of values only where the profile holds all of them, each twice on average", () => {
    expect(brokenBy({ plan: "gold", note: "other" }, {}, 20)).toEqual([["plan", "invalid_value"]]);
    expect(brokenBy({ plan: "gold" }, {}, 1)).toEqual([]);
    expect(brokenBy({ plan: "gold" })).toEqual([]);
    const many = Array.from({ length: 42 }, (_, i) => ({ t: `t${i % 21}` }));
    const schemaOfMany = draftSchema(profileTable(tableFromRecords(many), { topValues: 100 }));
    expect(validateRecords([{ t: "new" }], schemaOfMany).summary.validCount).toBe(1);
  });

  test("bounds only when asked, both allowed", () => {
    const outside = { age: 27, spend: 4.5, since: new Date("2025-03-02") };
    expect(brokenBy(outside)).toEqual([]);
    expect(brokenBy(outside, { bounds: true })).toEqual([["age", "too_small"], ["spend", "too_big"], ["since", "too_big"]]);
    expect(brokenBy({ age: 28, spend: 4, since: "2025-03-01" }, { bounds: true })).toEqual([]);
  });

  test("an id is required and says something, even where some were missing", () => {
    const schema = draftSchema(profileTable(tableFromRecords([{ id: "a" }, { id: null }, { id: "" }])), { id: "id" });
    expect(validateRecords([{ id: "x" }, { id: 5 }, { id: " " }, { id: null }, {}], schema).issues.map(({ row, rule }) => [row, rule])).toEqual([[2, "id"], [3, "missing"], [4, "missing"]]);
  });

  test("excluded fields are not checked; columns without any value take anything missing", () => {
    expect(brokenBy({ spend: "x" }, { exclude: ["spend"] })).toEqual([]);
    const schema = draftSchema(profileTable(tableFromRecords([{ a: null, b: 1 }], { types: { a: "number" } })), { bounds: true });
    expect(validateRecords([{ b: 1 }, { a: 5, b: 1 }], schema).summary.validCount).toBe(2);
  });

  test("names are checked", () => {
    expectRefusal(() => draft({ id: "ID" }), "unknownColumn", '"id"');
    expectRefusal(() => draft({ exclude: ["x"] }), "unknownColumn", "exclude");
    expectRefusal(() => draft({ exclude: ["id", "id"] }), "duplicateKey");
    expectRefusal(() => draftSchema({} as never), "invalidInput", "profileTable");
    const proto = profileTable({ rowCount: 1, rowIds: [0], columns: new Map([["__proto__", { type: "number", values: new Float64Array(1) }]]) });
    expectRefusal(() => draftSchema(proto), "invalidInput", "__proto__");
    expect(Object.keys(draftSchema(proto, { exclude: ["__proto__"] }).shape)).toEqual([]);
  });

  test("records of any kind pass the schema of their own profile", () => {
    const record = fc.record({
      n: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      t: fc.option(fc.constantFrom("a", "b", "", " ", "x y", "1")),
      f: fc.option(fc.boolean()),
      d: fc.option(fc.date({ noInvalidDate: true })),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 10 }), fc.boolean(), fc.constantFrom(0, 20), (given, bounds, topValues) => {
        const profile = profileTable(tableFromRecords(given), { topValues });
        expect(validateRecords(given, draftSchema(profile, { bounds })).issues).toEqual([]);
      }),
    );
  });
});
