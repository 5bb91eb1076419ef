import fc from "fast-check";
import { tableFromColumns } from "clientele/data";
import { describe, expect, test } from "vitest";
import { checkConversion } from "../../src/cleaning/convert/check";
import { convertColumn, convertPlainColumn } from "../../src/cleaning/convert/convert-column";
import { isPlain } from "../../src/cleaning/convert/plain-conversion";
import type { Conversion } from "../../src/cleaning/convert/plan";

const numberText = fc.array(fc.constantFrom("0", "1", "12", "345", ".", ",", " ", "'", "\u2019", "\u00a0", "-", "+", "\u2212", "e", "E", "(", ")", "%", "€", "\u200e", "\u061c", "x"), { maxLength: 7 }).map((parts) => parts.join(""));
const marks = ([".", ","] as const).flatMap((decimal) => (["none", decimal === "." ? "," : ".", " ", "'"] as const).map((grouping) => ({ decimal, grouping })));

describe("a plain conversion gives what convertColumn gives", () => {
  test.each<Partial<Conversion>>([
    ...marks.map((format) => ({ to: "number", ...format }) as const),
    { to: "number", grouping: ",", groups: "indian", missing: ["0", "-1"] },
    { to: "boolean", trueTexts: ["1", "12"], falseTexts: ["0"], missing: [""] },
    { to: "category", tidy: true, letters: "lower", synonyms: { one: ["1", "E"] }, missing: ["x"] },
  ])("%o", (options) => {
    const conversion = checkConversion("test", "convert[0]", { column: "a", ...options } as Conversion);
    if (!isPlain(conversion)) throw new Error("not plain");
    fc.assert(
      fc.property(fc.array(fc.option(numberText), { minLength: 1 }), (values) => {
        const table = tableFromColumns({ a: values }, { types: { a: "category" } });
        expect(convertPlainColumn("test", table, conversion)).toEqual(convertColumn("test", table, conversion, {}));
      }),
      { numRuns: 300 },
    );
    const numbers = tableFromColumns({ a: [0, -1, 5, NaN] });
    expect(convertPlainColumn("test", numbers, conversion)).toEqual(convertColumn("test", numbers, conversion, {}));
  });

  test("only these are plain", () => {
    const plain = (item: Partial<Conversion>): boolean => isPlain(checkConversion("test", "convert[0]", { column: "a", ...item } as Conversion));
    const others: Partial<Conversion>[] = [{ to: "number", currency: "EUR" }, { to: "number", parentheses: true }, { to: "number", percent: true }, { to: "number", suffixes: ["h"] }, { to: "timestamp" }, { to: "id" }, { to: "email" }, { to: "phone" }, { to: "matchKey", as: "b" }];
    expect(others.filter(plain)).toEqual([]);
  });
});
