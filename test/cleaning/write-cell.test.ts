import { fitCleaning, type Conversion } from "clientele/cleaning";
import { cellsFromTable, tableFromColumns } from "clientele/data";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeCell } from "../../src/cleaning/convert/write-cell";

/** What a conversion makes of values that are written as texts first. */
function convertWritten(conversion: Conversion, values: readonly unknown[]): unknown[] {
  const model = fitCleaning(tableFromColumns({ a: [] }), { convert: [conversion] });
  const written = values.map((value) => writeCell(model.plan.convert[0]!, value));
  return cellsFromTable(model.apply(tableFromColumns({ a: written }, { types: { a: "category" } })).table, "a");
}

const FORMATS = ([".", ","] as const).flatMap((decimal) => (["none", decimal === "." ? "," : ".", " ", "'"] as const).map((grouping) => ({ decimal, grouping })));

describe.each(FORMATS)("numbers where decimal is $decimal and grouping is $grouping", (format) => {
  const conversion: Conversion = { column: "a", to: "number", onFailure: "error", missing: ["0", "33"], ...format };

  test("come back to the bit, −0 as 0", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (values) => {
        expect(convertWritten(conversion, values)).toEqual(values.map((value) => value + 0));
      }),
    );
  });

  test("of every size, and where a text would mean that there is no value", () => {
    const values = [0, -0, 33, 1.234, 1234, 1e21, -1e300, 5e-324, 2 ** 53, 2 ** 60, Number.MAX_VALUE, 1 / 3];
    expect(convertWritten(conversion, values)).toEqual(values.map((value) => value + 0));
  });
});

test("true and false come back, whatever the texts are", () => {
  const conversion: Conversion = { column: "a", to: "boolean", trueTexts: ["ja", "j"], falseTexts: ["nein"], onFailure: "error" };
  expect(convertWritten(conversion, [true, false, "j", null])).toEqual([true, false, true, null]);
});

test("texts, missing values and values of another type stay as they are", () => {
  const [number] = fitCleaning(tableFromColumns({ a: ["1"] }), { convert: [{ column: "a", to: "number" }] }).plan.convert;
  for (const value of ["33", "", null, undefined, true, 5n, NaN, Infinity]) expect(writeCell(number!, value)).toBe(value);
  const [category] = fitCleaning(tableFromColumns({ a: ["1"] }), { convert: [{ column: "a", to: "category" }] }).plan.convert;
  for (const value of [33, "33", true]) expect(writeCell(category!, value)).toBe(value);
});
