import fc from "fast-check";
import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js";
import type { Conversion } from "clientele/cleaning";
import { cellsFromTable, tableFromColumns, type Table } from "clientele/data";
import { describe, expect, test } from "vitest";
import { checkConversion } from "../../src/cleaning/convert/check";
import { convertColumn, type ConvertedColumn } from "../../src/cleaning/convert/convert-column";
import type { CleaningTools, PhoneResolver } from "../../src/cleaning/convert/tools";
import expected from "../reference/conversion/expected.json";
import cldr from "../reference/conversion/cldr-yes-no.json";
import { expectRefusal } from "../support/errors";

function convert(values: readonly unknown[], conversion: Partial<Conversion>, tools: CleaningTools = {}): ConvertedColumn | undefined {
  return convertTable(tableFromColumns({ a: values }), conversion, tools);
}

function convertTable(table: Table, conversion: Partial<Conversion>, tools: CleaningTools = {}): ConvertedColumn | undefined {
  return convertColumn("test", table, checkConversion("test", "convert[0]", { column: "a", ...conversion } as Conversion), tools);
}

/** The cells after the conversion; where there is no value, the rule that says why, or null. */
function outcomes(values: readonly unknown[], conversion: Partial<Conversion>, tools: CleaningTools = {}): unknown[] {
  const result = convert(values, conversion, tools);
  if (result === undefined) return [...values];
  const cells = cellsFromTable({ rowCount: values.length, rowIds: [], columns: new Map([["a", result.column]]) }, "a");
  return cells.map((cell, row) => cell ?? result.rules[result.codes[row]!] ?? null);
}

/** Converting what was converted changes nothing. */
function expectRest(values: readonly unknown[], conversion: Partial<Conversion>, tools: CleaningTools = {}): void {
  const first = convert(values, conversion, tools);
  if (first === undefined) return;
  const again = convertTable({ rowCount: values.length, rowIds: [], columns: new Map([["a", first.column]]) }, conversion, tools);
  if (again === undefined) return;
  expect(again.column).toEqual(first.column);
  expect(again.rules.filter((rule) => rule !== undefined)).toEqual([]);
}

describe("to number", () => {
  test("a currency becomes the unit, of a column of numbers too", () => {
    const read = convert(["$1", "2 USD", null], { to: "number", currency: "USD" });
    expect(read?.column).toEqual({ type: "number", values: Float64Array.of(1, 2, NaN), unit: "USD" });
    const table = tableFromColumns({ a: [1, NaN, 3] });
    const kept = convertTable(table, { to: "number", currency: "USD" });
    expect(kept?.column).toEqual({ ...table.columns.get("a"), unit: "USD" });
    expect(kept?.rules[0]).toBeUndefined();
    expect(convertTable({ ...table, columns: new Map([["a", kept!.column]]) }, { to: "number", currency: "USD" })).toBeUndefined();
    expectRefusal(() => convertTable({ ...table, columns: new Map([["a", kept!.column]]) }, { to: "number", currency: "EUR" }), "invalidInput", '"a" is in "USD" already');
  });

  test("mixed currencies throw, with the currencies and their counts and no text; the plan may say otherwise", () => {
    const values = ["$1", "2 €", "3 €", "CHF 4", "5", "2 €"];
    const error = expectRefusal(() => convert(values, { to: "number", currency: "USD" }), "invalidInput", '"a"', "USD", "€ in 3 cells", "CHF in 1 cell");
    expect(error.details).toMatchObject({ column: "a", row: 1 });
    expect(outcomes(values, { to: "number", currency: "USD", otherCurrency: "missing" })).toEqual([1, "convert.otherCurrency", "convert.otherCurrency", "convert.otherCurrency", 5, "convert.otherCurrency"]);
  });

  test("a declared text declares its number, in the format of the column, however the number is written", () => {
    expect(outcomes(["999", "999.0", " 9.99e2", "99", "-"], { to: "number", missing: ["999", "-"] })).toEqual(["convert.missingText", "convert.missingText", "convert.missingText", 99, "convert.missingText"]);
    expect(outcomes(["1.234", "1234", "1,234"], { to: "number", decimal: ",", grouping: ".", missing: ["1.234"] })).toEqual(["convert.missingText", "convert.missingText", 1.234]);
    expect(outcomes([999, 99.5, 0, null], { to: "number", decimal: ",", missing: ["999", "99,5"] })).toEqual(["convert.missingText", "convert.missingText", 0, null]);
  });

  test("what was converted once stays as it is", () => {
    const texts = fc.array(fc.string({ unit: fc.constantFrom(...Array.from("0123456789.,-()$%€ ")) }));
    const formats: Partial<Conversion>[] = [
      { to: "number", missing: ["0", "99", "9.5"], grouping: "," },
      { to: "number", decimal: ",", grouping: ".", currency: "EUR", otherCurrency: "missing", parentheses: true, missing: ["1", "1.000"] },
      { to: "number", percent: true, missing: ["5 %", "0.05", "9"] },
    ];
    fc.assert(fc.property(texts, fc.constantFrom(...formats), (values, format) => expectRest(values, format)));
  });
});

describe("to boolean", () => {
  test.each(Object.entries(cldr.words))("the words of CLDR for %s are read, in capitals too", (language, [yes, no]) => {
    const conversion = { to: "boolean", languages: [language] } as const;
    expect(outcomes([yes, no, yes!.toUpperCase(), ` ${no} `, "1", "0"], conversion)).toEqual([true, false, true, false, true, false]);
  });

  test("capitals without accents, numbers, and what is no such word", () => {
    expect(outcomes(["HAYIR", "Hayır", "EVET", "DOĞRU", "hmm"], { to: "boolean", languages: ["tr"] })).toEqual([false, false, true, true, "convert.notBoolean"]);
    expect(outcomes(["ΝΑΙ", "ΟΧΙ", "Όχι", "ΑΛΗΘΗΣ"], { to: "boolean", languages: ["el"] })).toEqual([true, false, false, true]);
    expect(outcomes([1, 0, 2, null], { to: "boolean", languages: ["en"] })).toEqual([true, false, "convert.notBoolean", null]);
    expect(outcomes(["Oui", "NON", "Wahr", "falsch"], { to: "boolean", languages: ["fr", "de"] })).toEqual([true, false, true, false]);
  });

  test("declared texts are exact unless case is ignored", () => {
    expect(outcomes(["X", "x", "-"], { to: "boolean", trueTexts: ["X"], falseTexts: ["-"] })).toEqual([true, "convert.notBoolean", false]);
    expect(outcomes(["X", "x", "-"], { to: "boolean", trueTexts: ["X"], falseTexts: ["-"], ignoreCase: true })).toEqual([true, true, false]);
  });
});

describe("to timestamp", () => {
  test("numbers are read where the format says of what, and only there", () => {
    expect(outcomes([0, 1_700_000_000, null], { to: "timestamp", format: "epochSeconds" })).toEqual([0, 1.7e12, null]);
    expect(outcomes([60, 61, 45000.5], { to: "timestamp", format: "excel1900" })).toEqual(["convert.noSuchDay", Date.UTC(1900, 2, 1), Date.UTC(2023, 2, 15, 12)]);
    for (const format of ["iso", "dayFirst", "monthFirst", "yearFirst"] as const) {
      expectRefusal(() => convert([1, 2], { to: "timestamp", format }), "invalidInput", '"a" is number', `"${format}"`);
    }
  });

  test("half a million rows of 23,000 texts take the work of 23,000", () => {
    const texts = Array.from({ length: 23_000 }, (_, i) => {
      const time = new Date(Date.UTC(2010, 11, 1, 8) + i * 1_380_000);
      return `${time.getUTCMonth() + 1}/${time.getUTCDate()}/${time.getUTCFullYear()} ${time.getUTCHours()}:${String(time.getUTCMinutes()).padStart(2, "0")}`;
    });
    const codes = Int32Array.from({ length: 541_909 }, (_, row) => row % texts.length);
    const table: Table = { rowCount: codes.length, rowIds: codes, columns: new Map([["a", { type: "category", codes, categories: texts }]]) };
    const result = convertTable(table, { to: "timestamp", format: "monthFirst", timeZone: "Europe/London", repeatedTimes: "later" });
    expect(result?.rules.filter((rule) => rule !== undefined && rule !== "convert.noSuchTime")).toEqual([]);
    expect(result?.column).toMatchObject({ type: "timestamp" });
  });
});

describe("to category", () => {
  test("tidies, changes letters and replaces synonyms", () => {
    const conversion = { to: "category", tidy: true, letters: "lower", synonyms: { Germany: ["DE", "deutschland", "Bundesrepublik  Deutschland"], France: ["fr"] } } as const;
    expect(outcomes([" DE ", "Deutschland", "bundesrepublik deutschland", "germany", "Germany", "FR", "Spain", null], conversion)).toEqual(["Germany", "Germany", "Germany", "Germany", "Germany", "France", "spain", null]);
    expectRest([" DE ", "Deutschland", "FR", "Spain"], conversion);
  });

  test("texts that become equal share a place in the dictionary; a column that is right already is the same", () => {
    expect(convert(["a ", "a", "b", null], { to: "category", tidy: true })?.column).toEqual({ type: "category", codes: Int32Array.of(0, 0, 1, -1), categories: ["a", "b"] });
    const table = tableFromColumns({ a: ["a", "b"] });
    expect(convertTable(table, { to: "category", tidy: true })?.column).toBe(table.columns.get("a"));
  });

  test("a text that is declared missing in its tidy form is missing at once, not at the second cleaning", () => {
    expect(outcomes(["NA", "n\u200ba", "\u200b", "b"], { to: "category", tidy: true, letters: "lower", missing: ["na", ""] })).toEqual(["convert.missingText", "convert.missingText", "convert.missingText", "b"]);
  });

  test("what was converted once stays as it is, whatever the texts are", () => {
    const texts = fc.array(fc.string({ unit: fc.oneof(fc.constantFrom(...Array.from("aAßẞıİςΣﬁŉ \t\u200b\u0301\u0307")), fc.string({ unit: "binary", minLength: 1, maxLength: 1 })) }));
    const formats = fc.record({ tidy: fc.boolean(), letters: fc.constantFrom("keep" as const, "lower" as const, "upper" as const) });
    fc.assert(fc.property(texts, formats, (values, format) => expectRest(values, { to: "category", missing: ["A", ""], synonyms: { ß: ["aa"] }, ...format })));
  });
});

describe("to id", () => {
  const conversion = { to: "id", missing: ["?"] } as const;

  test("one form for what is one id; digits are never lost", () => {
    expect(outcomes(["17850", "17850.0", " 17850 ", "17850.00", "00123", "00123.0", "A-12", "12E5", "12345678901234567890", "1.10.2", "17\u200b850", "-5.0"], conversion)).toEqual([
      "17850", "17850", "17850", "17850", "00123", "00123", "A-12", "12E5", "12345678901234567890", "1.10.2", "17850", "-5",
    ]);
    expect(outcomes([17850, 0, -0, 9007199254740991, null], conversion)).toEqual(["17850", "0", "0", "9007199254740991", null]);
  });

  test("what may have lost digits is refused", () => {
    for (const id of ["1.2E+11", "1,2E+11", "1e+21", "17850.5", "17,5", "17.850", "17.000", "1E-3", "", "  ", "\u200b"]) expect(outcomes([id], conversion), id).toEqual(["convert.notId"]);
    expect(outcomes([9007199254740992, 1e21, 17850.5], conversion)).toEqual(Array(3).fill("convert.notId"));
    expect(outcomes(["?"], conversion)).toEqual(["convert.missingText"]);
  });

  test("what was converted once stays as it is", () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: fc.constantFrom(...Array.from("0123456789.,eE+- A")) })), (values) => expectRest(values, conversion)));
  });
});

describe("to email", () => {
  test("what was converted once stays as it is, whatever the texts are", () => {
    const unit = fc.oneof(fc.constantFrom(...Array.from("aAİßü@..-_+ \u3002\u00ad")), fc.string({ unit: "binary", minLength: 1, maxLength: 1 }));
    const addresses = fc.tuple(fc.string({ unit, maxLength: 5 }), fc.string({ unit, maxLength: 8 })).map(([local, domain]) => `${local}@${domain}.example`);
    fc.assert(fc.property(fc.array(addresses), fc.boolean(), (values, lowerCase) => expectRest(values, { to: "email", lowerCase })), { numRuns: 500 });
  });

  test("blanks, declared texts and failures", () => {
    expect(outcomes([" A@B.example ", "none", "a@b", null], { to: "email", missing: ["none"] })).toEqual(["A@b.example", "convert.missingText", "convert.notEmail", null]);
    expectRefusal(() => convert([1], { to: "email" }), "invalidInput", '"a" is number');
  });
});

describe("to phone", () => {
  const phone: PhoneResolver = (text, region) => {
    const number = parsePhoneNumberFromString(text, region as CountryCode | undefined);
    return number?.isValid() === true ? number.number : undefined;
  };

  test.each(expected.phones)("$text in $region: as Python's libphonenumber reads it", ({ text, region, e164 }) => {
    expect(outcomes([text], { to: "phone", region: region ?? undefined }, { phone })).toEqual([e164 ?? "convert.notPhone"]);
  });

  test("the resolver is asked once for each distinct text, trimmed, with the region of the plan", () => {
    const asked: unknown[] = [];
    const resolver: PhoneResolver = (...question) => {
      asked.push(question);
      return "+4930123456";
    };
    const result = convert([" 030 ", "030", " 030 ", "?", null], { to: "phone", region: "DE", missing: ["?"] }, { phone: resolver });
    expect(asked).toEqual([["030", "DE"], ["030", "DE"]]);
    expect(result?.column).toEqual({ type: "category", codes: Int32Array.of(0, 0, 0, -1, -1), categories: ["+4930123456"] });
    expectRest(["030 1234567", "+44 20 7946 0018", "?"], { to: "phone", region: "DE" }, { phone });
    expect(outcomes([493012345678], { to: "phone" }, { phone: (text) => `+${text}` })).toEqual(["+493012345678"]);
  });

  test("without a resolver the request is understood and not offered", () => {
    expectRefusal(() => convert(["030"], { to: "phone" }), "unsupported", '"a"', "option phone");
  });

  test("a resolver that throws or answers something else is named, its words and the text are not repeated", () => {
    const answers: unknown[] = [null, "030 1234567", "+0123", `+${"1".repeat(16)}`, "+1", 4930, "", {}, Promise.resolve("+4930")];
    for (const answer of answers) {
      const error = expectRefusal(() => convert(["x", "secret 1"], { to: "phone" }, { phone: (() => answer) as unknown as PhoneResolver }), "invalidInput", "phone", "row 0", '"a"', "E.164");
      expect(error.details).toMatchObject({ parameter: "phone", column: "a", row: 0 });
    }
    const throwing: PhoneResolver = (text) => {
      if (text === "x") return undefined;
      throw new TypeError(text);
    };
    const error = expectRefusal(() => convert(["x", "secret 1"], { to: "phone" }, { phone: throwing }), "invalidInput", "row 1", "threw an error");
    expect(error.message).not.toContain("secret");
  });
});

describe("to matchKey", () => {
  test("goes into a column of its own; equal keys share a place, and a text without one has none", () => {
    const result = convert(["Straße", "STRASSE ", "?!", null, "n/a", "n/a."], { to: "matchKey", as: "key", missing: ["n/a"] });
    expect(result?.target).toBe("key");
    expect(result?.column).toEqual({ type: "category", codes: Int32Array.of(0, 0, -1, -1, -1, 1), categories: ["strasse", "n a"] });
    expect(result?.rules).toEqual([undefined, undefined, undefined, "convert.missingText", undefined]);
    expect(outcomes([10115, 1], { to: "matchKey", as: "key" })).toEqual(["10115", "1"]);
  });
});

test("types that have no such reading are refused by column", () => {
  const flags = [true, false];
  for (const to of ["number", "timestamp", "id", "email", "phone"] as const) expectRefusal(() => convert(flags, { to }), "invalidInput", '"a" is boolean', to);
  const dates = [new Date(0)];
  for (const to of ["number", "boolean", "category", "id", "email", "phone"] as const) expectRefusal(() => convert(dates, { to }, { phone: () => "+4930" }), "invalidInput", '"a" is timestamp', to);
});

test("huge, torn and empty texts end in a value or a rule", () => {
  const texts = ["x".repeat(1_000_000), "9".repeat(1_000_000), " ".repeat(1_000_000), "@.".repeat(500_000), `${"a.".repeat(400_000)}@example.org`, "\ud800", "\udc00@\ud800.example", "\0", "5\0", ""];
  const conversions: Partial<Conversion>[] = [
    { to: "number", currency: "EUR", grouping: " ", suffixes: ["kg"] }, { to: "boolean", languages: ["en"] }, { to: "timestamp" }, { to: "timestamp", format: "excel1900" },
    { to: "category", tidy: true, letters: "upper" }, { to: "id" }, { to: "email" }, { to: "phone" }, { to: "matchKey", as: "key" },
  ];
  for (const conversion of conversions) expect(convert(texts, conversion, { phone: () => undefined })?.rules).toHaveLength(texts.length);
});
