import { expect, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { customerSchema, renameFields, transactionSchema, validateRecords } from "../../src/schema";
import { expectRefusal } from "../support/errors";

test("the rules stay, the names change, in the order of the fields", () => {
  const schema = renameFields(transactionSchema, { customerId: "kundennummer", amount: "betrag" });
  expect(Object.keys(schema.shape).slice(0, 3)).toEqual(["kundennummer", "timestamp", "betrag"]);
  expect(Object.keys(schema.shape)).toHaveLength(Object.keys(transactionSchema.shape).length);
  expect(schema.shape.betrag).toBe(transactionSchema.shape.amount);
  const { valid, issues } = validateRecords(
    [
      { kundennummer: "k1", timestamp: "2024-03-01", betrag: 2, farbe: "rot" },
      { customerId: "k1", timestamp: "2024-03-01", amount: 2 },
    ],
    schema,
  );
  expect(valid).toEqual([{ kundennummer: "k1", timestamp: new Date("2024-03-01"), betrag: 2, farbe: "rot" }]);
  expect(issues.map(({ row, field, rule }) => [row, field, rule])).toEqual([
    [1, "kundennummer", "missing"],
    [1, "betrag", "missing"],
  ]);
  expectTypeOf(valid[0]!.betrag).toEqualTypeOf<number>();
  expectTypeOf(valid[0]!.timestamp).toEqualTypeOf<Date>();
  expectTypeOf(valid[0]!.amount).toEqualTypeOf<unknown>();
});

test("names of any language, names that are swapped, and a name left as it is", () => {
  const chinese = renameFields(customerSchema, { id: "编号", age: "年龄" });
  expect(validateRecords([{ 编号: 1, 年龄: "x" }], chinese).issues[0]).toMatchObject({ field: "年龄", rule: "invalid_type" });
  const swapped = renameFields(z.object({ a: z.string(), b: z.number() }), { a: "b", b: "a" });
  expect(swapped.parse({ a: 1, b: "x" })).toEqual({ a: 1, b: "x" });
  expect(renameFields(z.object({ a: z.string() }), { a: undefined }).parse({ a: "x" })).toEqual({ a: "x" });
  expect(renameFields(z.object({ a: z.string() }), {}).parse({ a: "x" })).toEqual({ a: "x" });
});

test("unknown fields are treated as in the schema, and the schema itself does not change", () => {
  expect(renameFields(z.strictObject({ a: z.string() }), { a: "b" }).safeParse({ b: "x", c: 1 }).success).toBe(false);
  expect(renameFields(z.object({ a: z.string() }), { a: "b" }).parse({ b: "x", c: 1 })).toEqual({ b: "x" });
  const schema = z.object({ a: z.string() });
  renameFields(schema, { a: "b" });
  expect(Object.keys(schema.shape)).toEqual(["a"]);
  expect(schema.parse({ a: "x" })).toEqual({ a: "x" });
});

test("the result can be extended, refined and renamed again", () => {
  const schema = renameFields(customerSchema, { id: "nr" }).extend({ plan: z.enum(["free", "pro"]) });
  expectTypeOf<z.output<typeof schema>["plan"]>().toEqualTypeOf<"free" | "pro">();
  expect(schema.safeParse({ nr: 1, plan: "gold" }).success).toBe(false);
  const again = renameFields(schema, { nr: "号" });
  expect(again.refine((customer) => customer.号 !== 13).safeParse({ 号: 13, plan: "pro" }).success).toBe(false);
});

test("names that cannot be are refused", () => {
  const schema = z.object({ amount: z.number(), id: z.string() });
  // @ts-expect-error a misspelt field
  expectRefusal(() => renameFields(schema, { amuont: "betrag" }), "unknownColumn", '"amuont"', 'did you mean "amount"?');
  expectRefusal(() => renameFields(schema, { amount: "id" }), "duplicateKey", '"id"');
  expectRefusal(() => renameFields(schema, { amount: "x", id: "x" }), "duplicateKey", '"x"');
  expectRefusal(() => renameFields(schema, { amount: "__proto__" }), "invalidInput", '"amount"', "__proto__");
  // @ts-expect-error a number as a name
  expectRefusal(() => renameFields(schema, { amount: 5 }), "invalidInput", "got 5");
  // @ts-expect-error null as the names
  expectRefusal(() => renameFields(schema, null), "invalidInput", "names must be an object");
  // @ts-expect-error a schema of a text
  expectRefusal(() => renameFields(z.string(), {}), "invalidInput", "zod object schema");
  expectRefusal(() => renameFields(schema.refine(() => true), { amount: "betrag" }), "unsupported", "refine");
});
