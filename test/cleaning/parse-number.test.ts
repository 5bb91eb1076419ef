import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createNumberParser, type NumberFormat } from "../../src/cleaning/convert/parse-number";
import expected from "../reference/cleaning/expected.json";

const plain = createNumberParser({ decimal: ".", grouping: "none" });

describe("plain decimal texts", () => {
  test.each(expected.plain)("$text is read as pandas reads it", ({ text, value }) => {
    expect(plain(text)).toEqual(value ?? "convert.notNumber");
  });

  test("400 random decimals have the bits that pandas gives", () => {
    for (const { text, value } of expected.random) expect(plain(text), text).toBe(value + 0);
  });

  test("what is read otherwise than in pandas, on purpose", () => {
    const ours = {
      inf: "convert.notNumber",
      "-Infinity": "convert.notNumber",
      "1e999": "convert.outOfRange",
      "12345678901234567890": "convert.inexactInteger",
      "−5": -5,
      "1e5\u00a0": 100000,
    };
    expect(Object.fromEntries(expected.different.map(({ text }) => [text, plain(text)]))).toEqual(ours);
    for (const { text, value } of expected.different) expect(plain(text)).not.toEqual(value);
  });

  test("a blank is no zero, and neither are the other things that Number() reads", () => {
    for (const text of ["", " ", "\n", "\u00a0", "0x10", "0b1", "0o7", "Infinity", "-Infinity", "1_0", "1n"]) expect(plain(text), text).toBe("convert.notNumber");
  });

  test("the sign is plus, minus or U+2212, once and next to the digits", () => {
    expect(["+1", "-1", "\u22121", "1e\u22122", "- 1", "−-1", "1-", "–1"].map(plain)).toEqual([
      1, -1, -1, 0.01, "convert.notNumber", "convert.notNumber", "convert.notNumber", "convert.notNumber",
    ]);
    expect(Object.is(plain("-0"), 0)).toBe(true);
  });

  test("a whole number is exact or refused", () => {
    expect(plain("9007199254740991")).toBe(9007199254740991);
    expect(plain("9007199254740992")).toBe("convert.inexactInteger");
    expect(plain("-9007199254740993")).toBe("convert.inexactInteger");
    expect(plain("9".repeat(400))).toBe("convert.outOfRange");
    expect(plain("9.007199254740993e15")).toBe(9007199254740992);
  });

  test("reads back every double that JavaScript writes, unless it is a long whole number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const read = plain(String(value));
        expect(read).toBe(Number.isInteger(value) && !Number.isSafeInteger(value) && !String(value).includes("e") ? "convert.inexactInteger" : value + 0);
      }),
    );
  });

  test("a text of 100,000 digits is refused at once", () => {
    expect(plain(`${"1".repeat(100_000)}x`)).toBe("convert.notNumber");
  });
});

describe("declared marks", () => {
  test.each(expected.localised)("decimal $decimal, grouping $grouping: as pandas reads them", ({ decimal, grouping, texts, values }) => {
    expect(texts.map(createNumberParser({ decimal, grouping } as NumberFormat))).toEqual(values);
  });

  test("group marks are refused unless declared, and out of their place", () => {
    expect(plain("1,234")).toBe("convert.notNumber");
    expect(plain("1.234,5")).toBe("convert.notNumber");
    const grouped = createNumberParser({ decimal: ".", grouping: "," });
    expect(grouped("-1,234,567.5")).toBe(-1234567.5);
    for (const text of ["1,23", "12,34", "1234,567", "1,,234", ",123", "1,234,", "0,123", "1.5,000", "1,234,56"]) {
      expect(grouped(text), text).toBe("convert.notNumber");
    }
    const german = createNumberParser({ decimal: ",", grouping: "." });
    expect(["1.234,5", "1.234", "12,5", "1.5"].map(german)).toEqual([1234.5, 1234, 12.5, "convert.notNumber"]);
  });

  test("a blank as group mark stands for every kind of blank, an apostrophe for both kinds", () => {
    const french = createNumberParser({ decimal: ",", grouping: " " });
    expect(["1 234,5", "1\u00a0234,5", "1\u202f234,5", "1\u2009234,5", "1  234,5"].map(french)).toEqual([1234.5, 1234.5, 1234.5, 1234.5, "convert.notNumber"]);
    const swiss = createNumberParser({ decimal: ".", grouping: "'" });
    expect(["1'234.5", "1’234.5"].map(swiss)).toEqual([1234.5, 1234.5]);
  });
});
