import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import { tableFromRecords } from "../../src/data";
import { customerSchema, transactionSchema, validateRecords, validateRecordsSteps, type StandardSchema } from "../../src/schema";
import { runCooperatively } from "../../src/steps";
import { expectRefusal } from "../support/errors";

const found = (records: readonly unknown[], schema: StandardSchema): unknown[] =>
  validateRecords(records, schema).issues.map(({ row, field, rule, message }) => [row, field, rule, message]);

describe("sorting", () => {
  test("valid records, rejected ones, issues and counts", () => {
    const records = [{ id: "a", age: -1 }, { id: "b" }, { age: "x", email: "" }, { id: "d", age: -5 }];
    const result = validateRecords(records, customerSchema);
    expect(result.valid).toEqual([{ id: "b" }]);
    expect(result.validRows).toEqual(Int32Array.of(1));
    expect(result.rejected.map(({ row }) => row)).toEqual([0, 2, 3]);
    for (const { row, record } of result.rejected) expect(record).toBe(records[row]);
    expect(result.issues.map(({ row, field, rule }) => [row, field, rule])).toEqual([
      [0, "age", "too_small"],
      [2, "id", "missing"],
      [2, "email", "blank"],
      [2, "age", "invalid_type"],
      [3, "age", "too_small"],
    ]);
    expect(result.summary).toEqual({
      rowCount: 4,
      validCount: 1,
      rejectedCount: 3,
      issueCount: 5,
      counts: [
        { field: "age", rule: "too_small", count: 2, firstRow: 0 },
        { field: "id", rule: "missing", count: 1, firstRow: 2 },
        { field: "email", rule: "blank", count: 1, firstRow: 2 },
        { field: "age", rule: "invalid_type", count: 1, firstRow: 2 },
      ],
    });
  });

  test("no records", () => {
    expect(validateRecords([], customerSchema)).toMatchObject({ valid: [], rejected: [], issues: [], summary: { rowCount: 0, issueCount: 0, counts: [] } });
  });

  test("maxIssues limits the list and not the counts", () => {
    const records = Array.from({ length: 50 }, () => ({ age: -1 }));
    for (const maxIssues of [0, 1, 7, 100, 1000]) {
      const { issues, summary, rejected } = validateRecords(records, customerSchema, { maxIssues });
      expect(issues).toHaveLength(Math.min(maxIssues, 100));
      expect(rejected).toHaveLength(50);
      expect(summary.issueCount).toBe(100);
      expect(summary.counts.map(({ count }) => count)).toEqual([50, 50]);
    }
  });

  test("what is valid goes on into a table, with its type", () => {
    const { valid, rejected } = validateRecords([{ customerId: 1, timestamp: "2024-03-01", amount: 2, shop: "Bern" }], transactionSchema);
    expectTypeOf(valid[0]!.timestamp).toEqualTypeOf<Date>();
    expectTypeOf(valid[0]!.quantity).toEqualTypeOf<number | null | undefined>();
    expectTypeOf(rejected).items.toHaveProperty("record").toBeUnknown();
    const table = tableFromRecords(valid);
    expect(table.columns.get("timestamp")).toEqual({ type: "timestamp", values: Float64Array.of(Date.UTC(2024, 2, 1)) });
    expect([...table.columns.keys()]).toEqual(["customerId", "timestamp", "amount", "shop"]);
  });

  test("options and arguments are checked", () => {
    expectRefusal(() => validateRecords([], customerSchema, { maxIssues: -1 }), "invalidOption", "maxIssues");
    expectRefusal(() => validateRecords([], customerSchema, { maxIssues: 0.5 }), "invalidOption", "maxIssues");
    // @ts-expect-error no such source
    expectRefusal(() => validateRecords([], customerSchema, { messages: "mine" }), "invalidOption", "messages");
    // @ts-expect-error a misspelling
    expectRefusal(() => validateRecords([], customerSchema, { maxIssue: 5 }), "unknownOption", "maxIssues");
    // @ts-expect-error one record, not a list
    expectRefusal(() => validateRecords({ id: 1 }, customerSchema), "invalidInput", "records must be an array");
    for (const schema of [null, undefined, 5, {}, () => true, { "~standard": { version: 2, vendor: "x", validate: () => ({ value: 1 }) } }, { "~standard": { version: 1 } }]) {
      expectRefusal(() => validateRecords([], schema as unknown as StandardSchema), "invalidInput", "Standard Schema version 1");
    }
  });
});

const anyRecord = fc.oneof(
  fc.record(
    {
      id: fc.oneof(fc.string({ unit: "binary" }), fc.double(), fc.maxSafeInteger(), fc.constant(null)),
      age: fc.oneof(fc.double(), fc.string()),
      registeredAt: fc.oneof(fc.date(), fc.string(), fc.double()),
      email: fc.string(),
      __proto__: fc.string(),
    },
    { requiredKeys: [] },
  ),
  fc.object({ withNullPrototype: true, withDate: true, withMap: true, withBigInt: true, withTypedArray: true, withSparseArray: true }),
  fc.anything(),
);

describe("laws, for any records", () => {
  test("rows in are valid + rejected, each once; every rejected row has an issue; issues ascend; counts add up", () => {
    fc.assert(
      fc.property(fc.array(anyRecord), (records) => {
        const { valid, validRows, rejected, issues, summary } = validateRecords(records, customerSchema);
        expect(validRows).toHaveLength(valid.length);
        expect([...validRows, ...rejected.map(({ row }) => row)].sort((a, b) => a - b)).toEqual(records.map((_, row) => row));
        expect(summary).toMatchObject({ rowCount: records.length, validCount: valid.length, rejectedCount: rejected.length, issueCount: issues.length });
        expect([...new Set(issues.map(({ row }) => row))]).toEqual(rejected.map(({ row }) => row));
        expect(issues.every(({ row }, i) => i === 0 || issues[i - 1]!.row <= row)).toBe(true);
        expect(summary.counts.reduce((sum, { count }) => sum + count, 0)).toBe(issues.length);
        for (const { field, rule, count, firstRow } of summary.counts) {
          const same = issues.filter((issue) => issue.field === field && issue.rule === rule);
          expect([same.length, same[0]?.row]).toEqual([count, firstRow]);
        }
        for (const { row, record } of rejected) expect(record).toBe(records[row]);
      }),
    );
  });

  test("a valid record has all that went in: nothing is lost but the form of times", () => {
    fc.assert(
      fc.property(fc.array(anyRecord), (records) => {
        const { valid, validRows } = validateRecords(records, customerSchema);
        valid.forEach((customer, i) => {
          const { registeredAt: timeIn, ...given } = records[validRows[i]!] as Record<string, unknown>;
          const { registeredAt: timeOut, ...kept } = customer;
          expect(kept).toEqual({ ...given });
          expect(timeOut instanceof Date).toBe(timeIn !== undefined && timeIn !== null);
        });
      }),
    );
  });

  test("no record is changed: deeply frozen ones are judged the same", () => {
    fc.assert(
      fc.property(fc.clone(fc.array(anyRecord), 2), ([records, twins]) => {
        const loose = v.looseObject({ id: v.string(), age: v.optional(v.number()) });
        const before = validateRecords(records, customerSchema);
        expect(records).toStrictEqual(twins);
        validateRecords(records, loose);
        expect(records).toStrictEqual(twins);
        expect(validateRecords(twins.map(frozen), customerSchema).issues).toEqual(before.issues);
      }),
    );
  });

  test("a limit on the list takes its first issues and changes no count", () => {
    fc.assert(
      fc.property(fc.array(anyRecord), fc.nat(20), (records, maxIssues) => {
        const all = validateRecords(records, customerSchema);
        const limited = validateRecords(records, customerSchema, { maxIssues });
        expect(limited).toEqual({ ...all, issues: all.issues.slice(0, maxIssues) });
      }),
    );
  });

  test("one record alone is judged as among others", () => {
    fc.assert(
      fc.property(fc.array(anyRecord), (records) => {
        const { validRows } = validateRecords(records, customerSchema);
        const alone = records.flatMap((record, row) => (validateRecords([record], customerSchema).summary.validCount === 1 ? [row] : []));
        expect([...validRows]).toEqual(alone);
      }),
    );
  });
});

function frozen(value: unknown): unknown {
  const isPlain = typeof value === "object" && value !== null && !ArrayBuffer.isView(value);
  if (isPlain) Object.values(value).forEach(frozen);
  return isPlain ? Object.freeze(value) : value;
}

describe("records with edges", () => {
  test("what is no record", () => {
    const records = [null, undefined, 5, "text", true, 1n, Symbol("s"), [], ["c1"], () => 1];
    const { valid, issues } = validateRecords(records, customerSchema);
    expect(valid).toEqual([]);
    expect(issues.map(({ field, path, rule, message }) => [field, path, rule, message])).toEqual(records.map(() => [null, [], "invalid_type", "must be a record"]));
    expect(validateRecords(new Array<unknown>(3), customerSchema).summary.rejectedCount).toBe(3);
  });

  test("frozen records, class instances, records without prototype, cyclic records, lone surrogates", () => {
    class Row {
      readonly id = "class";
      readonly #years = 7;
      get age(): number {
        return this.#years;
      }
    }
    const cyclic: Record<string, unknown> = { id: "cyclic" };
    cyclic["self"] = cyclic;
    const bare = Object.assign(Object.create(null) as object, { id: "bare" });
    const { valid, issues } = validateRecords([Object.freeze({ id: "frozen" }), new Row(), bare, cyclic, { id: "\ud800", "\udc00": "\udfff" }], customerSchema);
    expect(issues).toEqual([]);
    expect(valid.map(({ id }) => id)).toEqual(["frozen", "class", "bare", "cyclic", "\ud800"]);
    expect(valid[1]).toEqual({ id: "class", age: 7 });
    expect(valid[3]!["self"]).toBe(cyclic);
    expect(valid[4]!["\udc00"]).toBe("\udfff");
    expect(Object.isFrozen(valid[0])).toBe(false);
  });

  test("a cyclic record and a schema that follows the cycle", () => {
    const node = z.object({ id: z.string(), get next() { return node.optional(); } });
    const endless: Record<string, unknown> = { id: "a" };
    endless["next"] = endless;
    const nested = v.object({ id: v.string(), next: v.optional(v.lazy((): StandardNode => nested)) });
    type StandardNode = v.GenericSchema<{ id: string; next?: unknown }>;
    expect(validateRecords([endless, { id: "b" }], node).summary.rowCount).toBe(2);
    expect(validateRecords([endless, { id: "b" }], nested)).toMatchObject({ validRows: Int32Array.of(1), issues: [{ row: 0, field: null, rule: "threw" }] });
  });

  test("a field called __proto__ is refused, not lost, and reaches no prototype", () => {
    const record: unknown = JSON.parse('{ "id": "a", "__proto__": { "isAdmin": true } }');
    const absent: unknown = JSON.parse('{ "id": "a", "__proto__": null }');
    for (const schema of [customerSchema, z.object({ id: z.string() }), v.looseObject({ id: v.string() })]) {
      const { valid, issues } = validateRecords([record, absent, { id: "b" }], schema);
      expect(valid).toEqual([{ id: "b" }]);
      expect(issues.map(({ row, field, rule }) => [row, field, rule])).toEqual([[0, "__proto__", "reservedName"], [1, "__proto__", "reservedName"]]);
    }
    expect(Object.hasOwn(Object.prototype, "isAdmin")).toBe(false);
  });

  test("a getter that throws is an issue of its row and field", () => {
    const secret = (): never => {
      throw new Error("Geheim, 41");
    };
    const records = [
      { id: "a" },
      { get id() { return secret(); } },
      { id: "b", get note() { return secret(); } },
      new Proxy({}, { ownKeys: secret, get: secret, getOwnPropertyDescriptor: secret }),
      { id: "c" },
    ];
    for (const schema of [customerSchema, v.objectWithRest({ id: v.string() }, v.unknown())]) {
      const { validRows, issues, rejected } = validateRecords(records, schema);
      expect([...validRows]).toEqual([0, 4]);
      expect(rejected).toHaveLength(3);
      expect(issues.map(({ row, field, rule }) => [row, field, rule])).toEqual([[1, "id", "unreadable"], [2, "note", "unreadable"], [3, null, "unreadable"]]);
      expect(JSON.stringify(issues)).not.toContain("Geheim");
    }
  });

  test("a schema that throws is an issue of the row, not an asynchronous schema", () => {
    const check = (text: string): boolean => {
      if (text === "Geheim") throw new TypeError("cannot read Geheim");
      return true;
    };
    for (const schema of [z.object({ name: z.string().refine(check) }), v.object({ name: v.pipe(v.string(), v.check(check)) }), mini.object({ name: mini.string().check(mini.refine(check)) })]) {
      expect(found([{ name: "Geheim" }, { name: "Bob" }], schema)).toEqual([[0, null, "threw", "must be a record that the schema can check without an error"]]);
      expect(validateRecords([{ name: "Geheim" }], schema, { messages: "library" }).issues[0]?.message).toBe("cannot read Geheim");
    }
  });
});

describe("schemas of other libraries", () => {
  test("valibot: types, fields, rules, paths", () => {
    const schema = v.object({ id: v.string(), age: v.pipe(v.number(), v.minValue(0)), plan: v.optional(v.picklist(["free", "pro"])), tags: v.optional(v.array(v.string())) });
    const { valid, issues } = validateRecords([{ id: "a", age: 3, extra: 1 }, { id: "Geheim", age: "41" }, { id: "c", age: -1, plan: "gold", tags: ["x", 5] }, { age: null }], schema);
    expectTypeOf(valid).toEqualTypeOf<readonly { id: string; age: number; plan?: "free" | "pro" | undefined; tags?: string[] | undefined }[]>();
    expect(valid).toEqual([{ id: "a", age: 3 }]);
    expect(issues).toEqual([
      { row: 1, field: "age", path: ["age"], rule: "number", message: "must be number" },
      { row: 2, field: "age", path: ["age"], rule: "min_value", message: "must be >=0" },
      { row: 2, field: "plan", path: ["plan"], rule: "picklist", message: 'must be ("free" | "pro")' },
      { row: 2, field: "tags", path: ["tags", 1], rule: "string", message: "must be string" },
      { row: 3, field: "id", path: ["id"], rule: "missing", message: "is missing" },
      { row: 3, field: "age", path: ["age"], rule: "missing", message: "is missing" },
    ]);
  });

  test("transformed values have the schema's output type", () => {
    const { valid } = validateRecords([{ amount: "12.5" }], v.object({ amount: v.pipe(v.string(), v.transform(Number)) }));
    expectTypeOf(valid).toEqualTypeOf<readonly { amount: number }[]>();
    expect(valid).toEqual([{ amount: 12.5 }]);
  });

  test("a hand-written schema", () => {
    const schema: StandardSchema<number> = {
      "~standard": {
        version: 1,
        vendor: "own",
        validate: (value) => (typeof value === "number" ? { value } : { issues: value === "none" ? [] : [{ message: "no", path: [{ key: Symbol("s") }, "a", 2] }] }),
      },
    };
    const { valid, issues } = validateRecords([1, "x", "none"], schema);
    expectTypeOf(valid).toEqualTypeOf<readonly number[]>();
    expect(valid).toEqual([1]);
    expect(issues).toEqual([
      { row: 1, field: "Symbol(s)", path: ["Symbol(s)", "a", 2], rule: "missing", message: "is missing" },
      { row: 2, field: null, path: [], rule: "invalid", message: "must be as the schema asks" },
    ]);
  });

  test("unknown fields of strict schemas are named, each by an issue of its own", () => {
    const record = { id: "a", plan: "x", 年龄: null };
    expect(found([record], z.strictObject({ id: z.string() }))).toEqual([
      [0, "plan", "unrecognized_keys", "must be left out: the schema has no such field"],
      [0, "年龄", "unrecognized_keys", "must be left out: the schema has no such field"],
    ]);
    expect(found([{ id: "a", 年龄: null }], v.strictObject({ id: v.string() }))).toEqual([[0, "年龄", "strict_object", "must be left out: the schema has no such field"]]);
    expect(found([{ id: null }], z.object({ id: z.never() }))).toEqual([[0, "id", "invalid_type", "must be left out: the schema has no such field"]]);
  });

  const asynchronous: readonly [string, StandardSchema][] = [
    ["zod", z.object({ id: z.string().refine(() => Promise.resolve(true)) })],
    ["zod/mini", mini.object({ id: mini.string().check(mini.refine(() => Promise.resolve(true))) })],
    ["zod, a transformation", z.object({ id: z.string().transform((text) => Promise.resolve(text)) })],
    ["valibot", v.objectAsync({ id: v.pipeAsync(v.string(), v.checkAsync(() => Promise.resolve(true))) })],
    ["a hand-written one that fails", { "~standard": { version: 1, vendor: "own", validate: () => Promise.reject(new Error("unheard")) } }],
  ];
  test.each(asynchronous)("a schema that answers with a promise is refused: %s", async (_, schema) => {
    const error = expectRefusal(() => validateRecords([{ id: "a" }], schema), "asyncSchema", "validateRecords", "row 0", "promise");
    expect(error.details.row).toBe(0);
    // A rejection that nobody hears would fail the test run.
    await new Promise((resolve) => setImmediate(resolve));
  });

  test("a schema that answers with nothing is refused", () => {
    const schema = { "~standard": { version: 1, vendor: "own", validate: () => undefined } } as unknown as StandardSchema;
    expectRefusal(() => validateRecords([{}], schema), "invalidInput", "row 0", "undefined");
  });
});

describe("messages", () => {
  test("say what zod's schema asks for", () => {
    const schema = z.object({
      text: z.string(),
      word: z.string().min(2),
      short: z.string().max(1),
      int: z.int(),
      positive: z.number().gt(0),
      below: z.number().lt(1),
      even: z.number().multipleOf(2),
      date: z.date().min(new Date("2020-01-01")),
      email: z.email(),
      pattern: z.string().regex(/^a/),
      choice: z.enum(["a", "b"]),
      either: z.union([z.string(), z.number()]),
      shape: z.union([z.string(), z.object({ a: z.string() })]),
      kind: z.discriminatedUnion("kind", [z.object({ kind: z.literal("x") }), z.object({ kind: z.literal("y") })]),
      flag: z.boolean(),
      list: z.array(z.string()).min(2),
      big: z.bigint(),
      own: z.string().refine(() => false),
      named: z.string().refine(() => false, { params: { rule: "vat", expected: "a VAT number" } }),
    });
    const record = {
      text: 1, word: "a", short: "Geheim", int: 1.5, positive: 0, below: 1, even: 3, date: new Date("2019-01-01"), email: "Geheim", pattern: "Geheim", choice: "Geheim",
      either: true, shape: { a: 1 }, kind: { kind: "Geheim" }, flag: "Geheim", list: ["Geheim"], big: 1, own: "Geheim", named: "Geheim",
    };
    const { issues } = validateRecords([record], schema);
    expect(Object.fromEntries(issues.map(({ field, rule, message }) => [field, [rule, message]]))).toEqual({
      text: ["invalid_type", "must be a text"],
      word: ["too_small", "must be a text of at least 2 characters"],
      short: ["too_big", "must be a text of at most 1 characters"],
      int: ["invalid_type", "must be a whole number"],
      positive: ["too_small", "must be above 0"],
      below: ["too_big", "must be below 1"],
      even: ["not_multiple_of", "must be a multiple of 2"],
      date: ["too_small", "must be at least 2020-01-01T00:00:00.000Z"],
      email: ["invalid_format", "must be a text of the format email"],
      pattern: ["invalid_format", "must be a text of the schema's pattern"],
      choice: ["invalid_value", 'must be one of "a", "b"'],
      either: ["invalid_union", "must be a text or a finite number"],
      shape: ["invalid_union", "must be a text or a record of the schema's form"],
      kind: ["invalid_union", 'must be one of "x", "y"'],
      flag: ["invalid_type", "must be true or false"],
      list: ["too_small", "must be a list of at least 2 items"],
      big: ["invalid_type", "must be of type bigint"],
      own: ["custom", "must be as the schema asks"],
      named: ["vat", "must be a VAT number"],
    });
    expect(issues.find(({ field }) => field === "kind")?.path).toEqual(["kind", "kind"]);
  });

  test("repeat no text of any record, whatever the library's message does", () => {
    const quoting: readonly StandardSchema[] = [
      customerSchema,
      transactionSchema,
      z.object({ id: z.string().refine(() => false, { error: (issue) => `not ${String(issue.input)}` }), age: z.number() }),
      v.object({ id: v.number(), age: v.pipe(v.number(), v.minValue(1000)), email: v.pipe(v.string(), v.email()) }),
    ];
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{6}7$/), fc.constantFrom(...quoting), (secret, schema) => {
        const record = { id: secret, age: secret, email: secret, timestamp: secret, amount: secret, birthDate: secret, currency: secret };
        const { issues, summary } = validateRecords([record], schema);
        expect(issues.length).toBeGreaterThan(0);
        expect(JSON.stringify([issues, summary])).not.toContain(secret);
      }),
    );
  });

  test("are the library's on demand, which may quote", () => {
    const schema = v.object({ id: v.number() });
    expect(validateRecords([{ id: "Geheim" }], schema, { messages: "library" }).issues[0]).toMatchObject({ rule: "number", message: 'Invalid type: Expected number but received "Geheim"' });
    expect(validateRecords([{ age: "x", id: 1 }], customerSchema, { messages: "library" }).issues[0]?.message).toBe("Invalid input: expected number, received string");
  });
});

describe("many records", () => {
  test("the counts beside a capped list are those of the faults that were put in", () => {
    // Each fault by the field and the rule that it breaks; a record has up to three of them.
    const faults: readonly (readonly [field: string, rule: string, value: unknown])[] = [
      ["id", "missing", null],
      ["email", "blank", " "],
      ["age", "too_small", -1],
      ["income", "invalid_type", "41"],
      ["currency", "currency", "eur"],
      ["birthDate", "calendarDate", "1990-02-30"],
      ["registeredAt", "timestamp", "2024-03-01T12:00:00"],
    ];
    const expected = new Map<string, { count: number; firstRow: number }>();
    let rejectedCount = 0;
    const records = Array.from({ length: 20_000 }, (_, row) => {
      const record: Record<string, unknown> = { id: row, email: "a@b.ch", age: 3, income: 1, currency: "EUR", birthDate: "1990-02-28", registeredAt: "2024-03-01" };
      const chosen = new Set(row % 20 === 7 ? [row % 7, (row * 3) % 7, (row * 5 + 1) % 7] : []);
      for (const fault of chosen) {
        const [field, rule, value] = faults[fault]!;
        record[field] = value;
        const tally = expected.get(`${field} ${rule}`) ?? { count: 0, firstRow: row };
        expected.set(`${field} ${rule}`, { ...tally, count: tally.count + 1 });
      }
      if (chosen.size > 0) rejectedCount++;
      return record;
    });
    const { issues, summary } = validateRecords(records, customerSchema, { maxIssues: 100 });
    expect(issues).toHaveLength(100);
    expect(new Map(summary.counts.map(({ field, rule, count, firstRow }) => [`${field} ${rule}`, { count, firstRow }]))).toEqual(expected);
    const issueCount = [...expected.values()].reduce((sum, { count }) => sum + count, 0);
    expect(summary).toMatchObject({ rowCount: 20_000, validCount: 20_000 - rejectedCount, rejectedCount, issueCount });
    expect(expected.size).toBe(faults.length);
    expect(issueCount).toBeGreaterThan(rejectedCount);
  });

  test("the schema is asked once for each of 200,000 records, and the issues are not copied again and again", () => {
    let calls = 0;
    const issues = [{ message: "no", path: ["id"] }];
    const schema: StandardSchema<object> = {
      "~standard": { version: 1, vendor: "own", validate: (value) => (++calls % 2 === 0 ? { value: value as object } : { issues }) },
    };
    const { summary, issues: listed } = validateRecords(Array.from({ length: 200_000 }, (_, id) => ({ id })), schema);
    expect(calls).toBe(200_000);
    expect(summary).toMatchObject({ rowCount: 200_000, validCount: 100_000, rejectedCount: 100_000, issueCount: 100_000 });
    expect(summary.counts).toEqual([{ field: "id", rule: "invalid", count: 100_000, firstRow: 0 }]);
    expect(listed).toHaveLength(100_000);
  });

  test("each field of a record is read a fixed number of times", () => {
    let reads = 0;
    const records = Array.from({ length: 1000 }, (_, row) => ({
      get id() {
        reads++;
        return row % 2 === 0 ? row : "";
      },
    }));
    validateRecords(records, customerSchema);
    expect(reads).toBeLessThanOrEqual(2 * records.length);
  });

  test("in slices: the same result, with pauses by the count of records", async () => {
    const records = Array.from({ length: 3500 }, (_, id) => (id % 7 === 0 ? { age: -1 } : { id }));
    const steps = validateRecordsSteps(records, customerSchema);
    const done: number[] = [];
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) {
      expect(step.value).toMatchObject({ phase: "validate records", total: 3500 });
      done.push(step.value.done);
    }
    expect(step.value).toEqual(validateRecords(records, customerSchema));
    expect(done.every((row, i) => row > (done[i - 1] ?? 0) && row - (done[i - 1] ?? 0) <= 1000)).toBe(true);
    expect(done.length).toBeGreaterThanOrEqual(3);
    expect(await runCooperatively(validateRecordsSteps(records, customerSchema))).toEqual(step.value);
  });

  test("rejected records count for more, because they take longer", () => {
    const pauses = (records: readonly unknown[]): number => [...validateRecordsSteps(records, customerSchema)].length;
    expect(pauses(Array.from({ length: 4000 }, (_, id) => ({ id })))).toBe(3);
    expect(pauses(Array.from({ length: 4000 }, () => ({})))).toBe(15);
  });
});
