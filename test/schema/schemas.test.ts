import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod";
import {
  calendarDateSchema,
  currencySchema,
  customerSchema,
  idSchema,
  interactionSchema,
  textSchema,
  timestampSchema,
  transactionSchema,
  type Customer,
  type Interaction,
  type Transaction,
  type TransactionInput,
} from "../../src/schema";

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean => schema.safeParse(value).success;

describe("fields", () => {
  test.each(["c1", " c1 ", "客户", "\ud800", "0", 0, -3, 2 ** 53 - 1, -(2 ** 53 - 1)])("%j is an id", (value) => {
    expect(idSchema.parse(value)).toBe(value);
  });

  test.each(["", " ", "\t\u00a0\u3000", 2 ** 53, 1.5, NaN, Infinity, 1n, true, null, undefined, new Date(0), {}, ["c1"]])("%s is no id", (value) => {
    expect(accepts(idSchema, value)).toBe(false);
  });

  test.each(["", "  ", "\u00a0", null, 5])("%j is no text", (value) => {
    expect(accepts(textSchema, value)).toBe(false);
  });

  test.each([
    ["2024-03-01", "2024-03-01T00:00:00.000Z"],
    ["2024-03-01T12:00:00+02:00", "2024-03-01T10:00:00.000Z"],
    [1709287200000, "2024-03-01T10:00:00.000Z"],
    [1e11, "1973-03-03T09:46:40.000Z"],
    [-1e11, "1966-10-31T14:13:20.000Z"],
    [8.64e15, "+275760-09-13T00:00:00.000Z"],
    [new Date(5), "1970-01-01T00:00:00.005Z"],
  ])("%j is a timestamp", (value, expected) => {
    expect(timestampSchema.parse(value).toISOString()).toBe(expected);
  });

  test.each(["", "2024-03-01T12:00:00", "2024-02-30", "yesterday", 1709287200, 0, 1e11 - 1, 1e12 + 0.5, 8.64e15 + 1, NaN, Infinity, new Date(NaN), null, undefined, {}, 1n])(
    "%s is no timestamp",
    (value) => {
      expect(accepts(timestampSchema, value)).toBe(false);
    },
  );

  test("a Date comes out as another object, so that changing one does not change the other", () => {
    const given = new Date("2024-03-01T00:00:00Z");
    const read = timestampSchema.parse(given);
    given.setUTCFullYear(1999);
    expect(read.getUTCFullYear()).toBe(2024);
  });

  test("times can be refined, and the refinement sees no value that is none", () => {
    const seen: unknown[] = [];
    for (const schema of [timestampSchema, calendarDateSchema]) {
      const past = schema.refine((date) => {
        seen.push(date);
        return date.getTime() < 0;
      });
      expect([accepts(past, "1969-12-31"), accepts(past, "1970-01-02"), accepts(past, "yesterday"), accepts(past.nullish(), null)]).toEqual([true, false, false, true]);
    }
    expect(seen.every((date) => date instanceof Date)).toBe(true);
    expect(seen).toHaveLength(4);
  });

  test("a time stays required in the JSON Schema of what goes in", () => {
    const { required } = z.toJSONSchema(transactionSchema, { io: "input", unrepresentable: "any" });
    expect(required).toEqual(["customerId", "timestamp", "amount"]);
  });

  test("a calendar date is a day or a Date", () => {
    expect(calendarDateSchema.parse("1970-02-28").getTime()).toBe(Date.UTC(1970, 1, 28));
    expect(calendarDateSchema.parse(new Date(7)).getTime()).toBe(7);
    for (const value of ["1970-02-29", "1970-02-28T00:00:00Z", "28.02.1970", 0, 1e12, null, new Date(NaN)]) expect(accepts(calendarDateSchema, value)).toBe(false);
  });

  test("a currency is three capital letters", () => {
    expect(["EUR", "eur", "EURO", "€", "", " EUR", "EUR\n"].map((text) => accepts(currencySchema, text))).toEqual([true, false, false, false, false, false, false]);
  });
});

const minimal = {
  customer: { id: "c1" },
  transaction: { customerId: "c1", timestamp: "2024-03-01", amount: 20 },
  interaction: { customerId: "c1", timestamp: "2024-03-01", channel: "phone" },
} as const;
const schemas = { customer: customerSchema, transaction: transactionSchema, interaction: interactionSchema } as const;

describe.each(["customer", "transaction", "interaction"] as const)("%s schema", (name) => {
  const schema = schemas[name];
  const record = minimal[name];

  test("takes a record of the required fields only, and needs each of them", () => {
    expect(accepts(schema, record)).toBe(true);
    for (const field of Object.keys(record)) {
      for (const absent of [undefined, null, ""]) expect(accepts(schema, { ...record, [field]: absent })).toBe(false);
      expect(accepts(schema, Object.fromEntries(Object.entries(record).filter(([name]) => name !== field)))).toBe(false);
    }
  });

  test("takes every optional field as absent, and no blank text, NaN or infinity in any", () => {
    for (const field of Object.keys(schema.shape).filter((key) => !Object.hasOwn(record, key))) {
      expect(schema.parse({ ...record, [field]: null })).toHaveProperty(field, null);
      expect(accepts(schema, { ...record, [field]: undefined })).toBe(true);
      for (const value of ["", " ", NaN, Infinity, -Infinity, {}, []]) expect(accepts(schema, { ...record, [field]: value }), field).toBe(false);
    }
  });

  test("keeps fields that it does not know, of any name", () => {
    const more = { 年龄: 25, "2024": "x", constructor: "c", toString: null, "": NaN, "\ud800": { deep: [1] } };
    const parsed = schema.parse({ ...record, ...more });
    for (const [field, value] of Object.entries(more)) expect(parsed[field]).toBe(value);
  });
});

test("amounts may be negative, zero and fractional; ages and durations not negative", () => {
  for (const amount of [-20, 0, 0.1]) expect(accepts(transactionSchema, { ...minimal.transaction, amount })).toBe(true);
  expect(accepts(transactionSchema, { ...minimal.transaction, amount: "20" })).toBe(false);
  expect(accepts(customerSchema, { id: 1, age: -1 })).toBe(false);
  expect(accepts(interactionSchema, { ...minimal.interaction, durationSeconds: -1 })).toBe(false);
  expect(accepts(interactionSchema, { ...minimal.interaction, direction: "sideways" })).toBe(false);
});

test("types say what goes in and what comes out", () => {
  expectTypeOf<Customer["id"]>().toEqualTypeOf<string | number>();
  expectTypeOf<Customer["birthDate"]>().toEqualTypeOf<Date | null | undefined>();
  expectTypeOf<Transaction["timestamp"]>().toEqualTypeOf<Date>();
  expectTypeOf<TransactionInput["timestamp"]>().toEqualTypeOf<Date | string | number>();
  expectTypeOf<Interaction["direction"]>().toEqualTypeOf<"inbound" | "outbound" | null | undefined>();
  expectTypeOf<Customer["plan"]>().toEqualTypeOf<unknown>();
});
