import type { Conversion } from "clientele/cleaning";
import { describe, expect, test } from "vitest";
import { checkConversion } from "../../src/cleaning/convert/check";
import { findConversionConflict } from "../../src/cleaning/convert/conflict";
import type { CheckedConversion } from "../../src/cleaning/convert/plan";
import { readConversion, writeConversion } from "../../src/cleaning/convert/spec";
import { SpecReader } from "../../src/errors/spec";
import { expectRefusal } from "../support/errors";

const check = (conversion: object): CheckedConversion => checkConversion("test", "convert[0]", { column: "a", ...conversion } as Conversion);
const read = (saved: object): CheckedConversion => readConversion(SpecReader.open("test", { kind: "k", version: 1, ...saved }, "k", 1));

const CONVERSIONS: readonly object[] = [
  { to: "number" },
  { to: "number", missing: ["", "n/a"], decimal: ",", grouping: ".", currency: "EUR", otherCurrency: "quarantine", parentheses: true, suffixes: ["netto"], onFailure: "missing" },
  { to: "number", grouping: ",", groups: "indian", percent: true },
  { to: "boolean", trueTexts: ["X"], falseTexts: ["-"], ignoreCase: true },
  { to: "boolean", languages: ["en", "de"], missing: ["?"] },
  { to: "timestamp" },
  { to: "timestamp", format: "dayFirst", timeZone: "Europe/Berlin", repeatedTimes: "earlier", lastTwoDigitYear: 2049, onFailure: "error" },
  { to: "category" },
  { to: "category", tidy: true, letters: "upper", synonyms: { Germany: ["DE", "D"], ["__proto__"]: ["x"] }, missing: ["?"] },
  { to: "id", missing: ["0"] },
  { to: "email", lowerCase: true },
  { to: "phone" },
  { to: "phone", region: "DE" },
  { to: "matchKey", as: "key", accents: true },
];

describe.each(CONVERSIONS)("%o", (conversion) => {
  test("comes back from its saved form, which is plain JSON with every field", () => {
    const checked = check(conversion);
    const saved = writeConversion(checked);
    expect(JSON.parse(JSON.stringify(saved))).toEqual(saved);
    expect(Object.values(saved)).not.toContain(undefined);
    expect(read(JSON.parse(JSON.stringify(saved)) as object)).toEqual(checked);
    expect(findConversionConflict(checked, "convert[0]")).toBeUndefined();
  });

  test("is a plan again when it is checked, and shares nothing with the caller's object", () => {
    const given = structuredClone(conversion);
    const checked = check(given);
    expect(check(checked)).toEqual(checked);
    for (const value of Object.values(given)) if (Array.isArray(value)) value.push("later");
    expect(check(conversion)).toEqual(checked);
  });

  test("a saved form without one of its fields, or with a field of another type, is refused by name", () => {
    const saved = writeConversion(check(conversion));
    for (const name of Object.keys(saved)) {
      const others = Object.fromEntries(Object.entries(saved).filter(([other]) => other !== name));
      expectRefusal(() => read(others), "invalidSpec", name);
      expectRefusal(() => read({ ...saved, [name]: { 0: 5 } }), "invalidSpec", name);
    }
  });
});

test("unknown targets and options are refused", () => {
  expectRefusal(() => check({ to: "numbre" }), "invalidOption", "convert[0].to");
  expectRefusal(() => check({ to: "id", currency: "EUR" }), "unknownOption", '"currency" in convert[0]');
  expectRefusal(() => check({ to: "matchKey" }), "invalidOption", "convert[0].as is required");
  expectRefusal(() => checkConversion("test", "convert[0]", null as never), "invalidOption", "convert[0]");
  expectRefusal(() => read({ column: "a", to: "word" }), "invalidSpec", "to");
});

describe("languages", () => {
  test("are written out as their words, so that a saved form needs no table", () => {
    const checked = check({ to: "boolean", languages: ["de"], trueTexts: ["jup"] });
    expect(checked).toMatchObject({ trueTexts: ["jup", "1", "ja", "wahr", "j"], falseTexts: ["0", "nein", "falsch", "n"], ignoreCase: true });
    expect(checked).not.toHaveProperty("languages");
  });

  test("that are not known are refused with those that are", () => {
    for (const language of ["xx", "german", "DE", "", "constructor", "__proto__"]) {
      expectRefusal(() => check({ to: "boolean", languages: ["de", language] }), "invalidOption", "convert[0].languages", "de, el, en", JSON.stringify(language));
    }
  });

  test("that contradict each other are refused by the word", () => {
    expectRefusal(() => check({ to: "boolean", languages: ["tr", "fi"] }), "invalidOption", "convert[0].languages", '"e" means true in tr and false in fi');
  });

  test("agree with themselves, each of them", () => {
    const known = /\(([a-z, ]+)\)/.exec(expectRefusal(() => check({ to: "boolean", languages: ["xx"] }), "invalidOption").message)?.[1]?.split(", ") ?? [];
    expect(known.length).toBeGreaterThan(30);
    for (const language of known) expect(findConversionConflict(check({ to: "boolean", languages: [language] }), "convert[0]"), language).toBeUndefined();
  });
});

describe("contradictions within a conversion", () => {
  test.each([
    [{ to: "number", decimal: ",", grouping: "," }, "convert[0].grouping", 'another mark than decimal (",")'],
    [{ to: "number", groups: "indian" }, "convert[0].grouping", "the mark between the groups"],
    [{ to: "number", currency: "euro" }, "convert[0].currency", "ISO 4217"],
    [{ to: "number", currency: "EUR", percent: true }, "convert[0].percent", "false where a currency"],
    [{ to: "number", suffixes: ["oz", " "] }, "convert[0].suffixes[1]", "not blank"],
    [{ to: "number", suffixes: ["e5"] }, "convert[0].suffixes[0]", "part of a number"],
    [{ to: "number", suffixes: ["0"] }, "convert[0].suffixes[0]", "part of a number"],
    [{ to: "number", suffixes: ["%"], percent: true }, "convert[0].suffixes[0]", "percent sign"],
    [{ to: "boolean" }, "convert[0].trueTexts", "at least one"],
    [{ to: "boolean", trueTexts: ["x"] }, "convert[0].falseTexts", "at least one"],
    [{ to: "boolean", trueTexts: ["x"], falseTexts: ["x "] }, "convert[0]", "unambiguous"],
    [{ to: "boolean", trueTexts: ["x"], falseTexts: ["X"], ignoreCase: true }, "convert[0]", "unambiguous"],
    [{ to: "boolean", languages: ["en"], missing: ["N"] }, "convert[0]", '"n"'],
    [{ to: "boolean", languages: ["en"], falseTexts: ["YES"] }, "convert[0]", '"yes"'],
    [{ to: "timestamp", timeZone: "Mars/Olympus" }, "convert[0].timeZone", "IANA"],
    [{ to: "timestamp", format: "epochSeconds", timeZone: "UTC" }, "convert[0].timeZone", "absent"],
    [{ to: "category", synonyms: { a: ["b"], b: ["c"] } }, "convert[0].synonyms", '"b" stands for "a" and for "b"'],
    [{ to: "category", synonyms: { a: ["x"], b: ["x"] } }, "convert[0].synonyms", '"x" stands for'],
    [{ to: "category", letters: "lower", synonyms: { a: ["X"], b: ["x"] } }, "convert[0].synonyms", '"x" stands for'],
    [{ to: "category", synonyms: { "?": ["x"] }, missing: ["?"] }, "convert[0].synonyms", "declared missing"],
    [{ to: "phone", region: "Germany" }, "convert[0].region", "ISO 3166-1"],
    [{ to: "matchKey", as: "a" }, "convert[0].as", "another column"],
  ])("%o", (conversion, parameter, rule) => {
    const conflict = findConversionConflict(check(conversion), "convert[0]");
    expect(conflict).toMatchObject({ parameter, column: "a" });
    expect(conflict?.rule).toContain(rule);
  });

  test("texts that differ in their letters only are two where case counts", () => {
    expect(findConversionConflict(check({ to: "boolean", trueTexts: ["x"], falseTexts: ["X"] }), "convert[0]")).toBeUndefined();
  });

  test("synonyms that are no lists of texts are refused, in a plan and in a saved form", () => {
    for (const synonyms of [{ a: "b" }, { a: [5] }, { a: null }, { a: (): void => undefined }]) {
      expectRefusal(() => check({ to: "category", synonyms }), "invalidOption", "convert[0].synonyms");
      expectRefusal(() => read({ ...writeConversion(check({ to: "category" })), synonyms }), "invalidSpec", "synonyms");
    }
  });
});
