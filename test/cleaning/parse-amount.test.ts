import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAmountParser, type AmountFormat } from "../../src/cleaning/convert/parse-amount";
import expected from "../reference/conversion/expected.json";

const PLAIN: AmountFormat = { decimal: ".", grouping: "none", groups: "thousands", currency: undefined, parentheses: false, percent: false, suffixes: [] };
const parserOf = (format: Partial<AmountFormat>) => createAmountParser({ ...PLAIN, ...format });
const dollars = parserOf({ grouping: ",", currency: "USD" });
const euros = parserOf({ decimal: ",", grouping: ".", currency: "EUR" });

describe("money as Babel writes it", () => {
  test.each(expected.money)("$locale, $currency", ({ decimal, grouping, groups, currency, cases }) => {
    const parse = parserOf({ decimal, grouping, groups, currency, parentheses: true } as Partial<AmountFormat>);
    expect(cases.map(({ text }) => [text, parse(text)])).toEqual(cases.map(({ text, value }) => [text, value + 0]));
  });

  test("in the format of another country it is refused, or it is the same number", () => {
    for (const { decimal, cases } of expected.money) {
      const other = parserOf({ decimal: decimal === "." ? "," : ".", grouping: decimal === "." ? "." : ",", currency: "EUR", parentheses: true });
      for (const { text, value } of cases) {
        const read = other(text);
        // "1,000" without decimals is a number to both, a different one: only the declaration can tell, so it is left out here.
        if (typeof read === "number" && !/[.,]\d{3}(?!\d)/.test(text)) expect(read, text).toBe(value + 0);
      }
    }
  });
});

test("money as people type it", () => {
  expect(["$84,835.00 ", "$ 5", "5$", "5 $", "US$5", "USD 5", "5 usd", "5 Dollars", "$5 USD", "$.50", "$5.", "-$5", "$-5", "-$ 5", "−$5", "+$5"].map(dollars)).toEqual([
    84835, 5, 5, 5, 5, 5, 5, 5, 5, 0.5, 5, -5, -5, -5, -5, 5,
  ]);
  expect(["1.234,56 €", "€1.234,56", "1.234,56 EUR", "1.234,56 Euro", "12\u202f€"].map(euros)).toEqual([1234.56, 1234.56, 1234.56, 1234.56, 12]);
  const rupees = parserOf({ grouping: ",", groups: "indian", currency: "INR" });
  expect(["₹1,00,000", "Rs.500", "Rs. 500", "Rs..50", "Rs 12,34,567.50", "₹999", "1,00,000 INR"].map(rupees)).toEqual([100000, 500, 500, 0.5, 1234567.5, 999, 100000]);
  expect(["₹100,000", "₹1,000,000", "₹10,00", "₹1,00,00"].map(rupees)).toEqual(Array(4).fill("convert.notNumber"));
  const francs = parserOf({ grouping: "'", currency: "CHF", suffixes: [".-", ".–"] });
  expect(["1'234.50", "CHF 1’234.50", "Fr. 12.50", "Fr. 12.-", "12.–"].map(francs)).toEqual([1234.5, 1234.5, 12.5, 12, 12]);
  const crowns = parserOf({ decimal: ",", grouping: " ", currency: "SEK" });
  expect(["1 234,50 kr", "1\u00a0234,50 kr", "1\u202f234,50 kr.", "−5 kr", "12 kronor"].map(crowns)).toEqual([1234.5, 1234.5, 1234.5, -5, 12]);
});

test("a sign of several currencies is taken for the declared one; another currency is named", () => {
  expect(parserOf({ currency: "CAD" })("$5")).toBe(5);
  expect(parserOf({ currency: "JPY" })("¥5")).toBe(5);
  expect(parserOf({ currency: "CNY" })("¥5")).toBe(5);
  expect(["€5", "5 EUR", "$5 CAD", "CA$5", "A$ 5", "5 pounds", "Rp5"].map(dollars)).toEqual(["€", "EUR", "CAD", "CA$", "A$", "pounds", "Rp"].map((currency) => ({ currency })));
  // A code that is not in the list yet is one where it is declared.
  expect(parserOf({ currency: "XXQ" })("5 XXQ")).toBe(5);
});

test("what is no currency is no number", () => {
  for (const text of ["5 PCS", "5 EU", "5 EUR EUR", "$$5", "5 all", "constructor 5", "5 toString", "__proto__5", "$5 each", "(5)", "5%", "- $5", "$ - 5", "--$5", "-$-5", "5-", "$", "€ abc", "USD 1.2.3", "5 €x"]) {
    expect(dollars(text), text).toBe("convert.notNumber");
  }
  for (const text of ["$5", "5 €", "USD 5"]) expect(parserOf({})(text), text).toBe("convert.notNumber");
});

test("brackets are a minus where they are declared", () => {
  const accounts = parserOf({ grouping: ",", currency: "USD", parentheses: true });
  expect(["(1,234.50)", "($1,234.50)", "$(1,234.50)", "( 5 )", "(5) USD", "5", "(0)"].map(accounts)).toEqual([-1234.5, -1234.5, -1234.5, -5, -5, 5, 0]);
  for (const text of ["(-5)", "-(5)", "(5", "5)", "((5))", ")5(", "()"]) expect(accounts(text), text).toBe("convert.notNumber");
});

describe("percentages", () => {
  test.each(expected.percents)("$locale: the double nearest to the decimal, as Python reads it", ({ decimal, grouping, cases }) => {
    const parse = parserOf({ decimal, grouping, percent: true } as Partial<AmountFormat>);
    expect(cases.map(({ text }) => [text, parse(text)])).toEqual(cases.map(({ text, value }) => [text, value + 0]));
  });

  test("carry their sign, once", () => {
    const parse = parserOf({ decimal: ",", percent: true });
    expect(["12,5 %", "12,5%", "%12,5", "12,5\u00a0%", "12,3 %", "29 %", "100%", "1e3 %", "0 %"].map(parse)).toEqual([0.125, 0.125, 0.125, 0.125, 0.123, 0.29, 1, 10, 0]);
    expect(12.3 / 100).not.toBe(0.123);
    for (const text of ["12,5", "12,5 %%", "%12,5%", "12,5 ‰", "%"]) expect(parse(text), text).toBe("convert.notNumber");
    expect(parse("9007199254740993 %")).toBe("convert.inexactInteger");
    expect(parse("9e309 %")).toBe(9e307);
    expect(parse("9e310 %")).toBe("convert.outOfRange");
  });
});

test("units behind the number: the longest that fits is cut off, and never a part of the number", () => {
  const weights = parserOf({ suffixes: ["oz", "fl oz", " g", "m2"] });
  expect(["12.0 oz", "12fl oz", "12 g", "30 m2", "12", "1e3 g"].map(weights)).toEqual([12, 12, 12, 30, 12, 1000]);
  expect(["oz", "12 oz oz", "12 OZ", "12 lb"].map(weights)).toEqual(Array(4).fill("convert.notNumber"));
  const gross = parserOf({ currency: "EUR", percent: false, suffixes: ["netto"] });
  expect(["12 € netto", "5 $ netto"].map(gross)).toEqual([12, { currency: "$" }]);
});

test("long, torn and empty texts end at once", () => {
  const parse = parserOf({ grouping: " ", currency: "EUR", parentheses: true, suffixes: ["kg"] });
  const million = 1_000_000;
  for (const text of ["€".repeat(million), " ".repeat(million), "1 ".repeat(million), "(".repeat(million), `${"1".repeat(million)}x`, `1${" ".repeat(million)}€`, `${"-".repeat(million)}1`, "\ud800 5", "5 \udfff", "\0", "5\0", ""]) {
    expect(parse(text)).toBe("convert.notNumber");
  }
  expect(parse(`1${" 000".repeat(250_000)}`)).toBe("convert.outOfRange");
});

test("any text ends in a number, a rule or a currency of the tables", () => {
  const parse = parserOf({ grouping: ",", currency: "USD", parentheses: true, suffixes: ["kg"] });
  const alphabet = fc.constantFrom(...Array.from("0123456789.,-−+()%$€ kgUSDeE\u00a0"));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: alphabet })), (text) => {
      const read = parse(text);
      if (typeof read === "number") expect(Number.isFinite(read)).toBe(true);
      else if (typeof read === "object") expect(read.currency.length).toBeLessThan(8);
      else expect(read).toMatch(/^convert\./);
    }),
    { numRuns: 2000 },
  );
});
