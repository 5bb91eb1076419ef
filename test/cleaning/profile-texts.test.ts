import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tableFromColumns } from "clientele/data";
import { createAmountParser } from "../../src/cleaning/convert/parse-amount";
import { createTimeParser } from "../../src/cleaning/convert/parse-time";
import { profileTable, type CategoryColumnProfile } from "../../src/cleaning/profile/profile-table";

const profileOf = (...texts: readonly (string | null)[]): CategoryColumnProfile => profileTable(tableFromColumns({ t: texts })).columns[0] as CategoryColumnProfile;

describe("what is wrong with texts", () => {
  test("blanks, white space at the ends, lengths", () => {
    expect(profileOf(" ", "\u00a0", "ab ", "\tabc", "d", null)).toMatchObject({ blankCount: 2, paddedCount: 2, minLength: 1, maxLength: 4, missingCount: 1 });
    expect(profileOf(" ", null)).toMatchObject({ minLength: null, maxLength: null });
  });

  test("invisible and control characters; line ends in an address are none, and joiners of scripts and emoji neither", () => {
    expect(profileOf("a\u200bb", "soft\u00adhyphen", "\u202eabc", "nul\u0000", "\ufeffid2x\ufeffx", "street\nOslo", "👩‍💻", "می‌خواهم").invisibleCount).toBe(5);
  });

  test("texts that were read in a wrong encoding", () => {
    const garble = (text: string): string => new TextDecoder("windows-1252").decode(new TextEncoder().encode(text));
    const names = ["Müller", "Škoda", "Łódź", "naïve", "Ελλάδα", "São João", "€ 5", "“quoted”"];
    // Scripts outside Latin-1 leave other traces; the Latin ones are all found.
    expect(["Müller", "naïve", "São João", "“quoted”"].map((name) => profileOf(garble(name)).garbledCount)).toEqual([1, 1, 1, 1]);
    expect(names.map((name) => profileOf(name).garbledCount)).toEqual(names.map(() => 0));
    expect(profileOf("M\ufffdller").garbledCount).toBe(1);
  });

  test("what a spreadsheet would run is found; numbers, telephone numbers and marks are not", () => {
    expect(profileOf("=HYPERLINK(1)", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd()", "\t=A1").formulaCount).toBe(5);
    expect(profileOf("-5", "+49 30 1234567", "-", "--", "-1,5", "a=b", "−3").formulaCount).toBe(0);
  });

  test("spellings that differ by case, white space or Unicode form, counted in rows beside the most frequent one", () => {
    const { variants } = profileOf("Berlin", "Berlin", "BERLIN", " berlin ", "São  Paulo", "Sa\u0303o Paulo", "Rome", "Röme", "");
    expect(variants).toEqual({ groups: 2, rows: 3 });
    const many = Array.from({ length: 100_001 }, (_, i) => `a${i}`);
    expect(profileOf(...many).variants).toBeNull();
  });

  test("addresses and telephone numbers", () => {
    expect(profileOf("a.b+c@mail.example", "a@b", "a b@c.de", "x@y.1", "ä@bücher.de", "a@b@c.de").emailCount).toBe(2);
    expect(profileOf("+49 30 1234567", "(030) 123-4567", "555-1234", "030 1234567", "001 202 555 0100", "1234567", "12.5", "2024-01-31", "+4930123456").phoneCount).toBe(6);
  });

  test("codes: leading zeros, plus signs, ids with .0, numbers with letters", () => {
    expect(profileOf("01067", "+49301234", "0", "0.5", "10", "-01")).toMatchObject({ numberCount: 6, codeLikeCount: 3, numbers: null });
    expect(profileOf("17850.0", "13047.0", "5.00")).toMatchObject({ decimalIdCount: 2 });
    const invoices = Array.from({ length: 97 }, (_, i) => String(536_000 + i));
    expect(profileOf(...invoices, "C536379", "C536380")).toMatchObject({ letteredNumberCount: 2, numbers: null });
    expect(profileOf(...invoices, "C536379", "many", "some")).toMatchObject({ letteredNumberCount: 1, numbers: { max: 536_096 } });
  });
});

describe("numbers in texts", () => {
  test.each([
    [["1,5", "2,75", "3"], { decimal: ",", grouping: "none", isAmbiguous: false, count: 3 }],
    [["1,234.50", "7"], { decimal: ".", grouping: ",", groups: "thousands", isAmbiguous: false }],
    [["1.234,50", "7"], { decimal: ",", grouping: ".", isAmbiguous: false }],
    [["1 234,50", "1\u202f000"], { decimal: ",", grouping: " ", isAmbiguous: false }],
    [["1'234.50", "12’345"], { decimal: ".", grouping: "'", isAmbiguous: false }],
    [["1,00,000", "12,34,567.5"], { decimal: ".", grouping: ",", groups: "indian", isAmbiguous: false }],
    [["1,234", "5,678", "9"], { isAmbiguous: true, count: 3 }],
    [["1,234", "1,234,567"], { decimal: ".", grouping: ",", isAmbiguous: false }],
    [["1,234", "0,5"], { decimal: ",", grouping: "none", isAmbiguous: false }],
    // A point alone is taken for the decimal mark, until another text shows that it groups.
    [["1.234", "5.678"], { decimal: ".", grouping: "none", isAmbiguous: false }],
    [["1.234", "1.234.567"], { decimal: ",", grouping: ".", isAmbiguous: false }],
    [["$84,835.00 ", "$57,091.00"], { grouping: ",", currency: "USD", currencies: [{ mark: "$", count: 2 }] }],
    [["12,50 €", "EUR 7"], { decimal: ",", currency: "EUR", currencies: [{ mark: "EUR", count: 1 }, { mark: "€", count: 1 }] }],
    [["5 kr", "7 kr"], { currency: null }],
    [["5 kr", "7 SEK"], { currency: "SEK" }],
    [["€5", "$7"], { currency: null }],
    [["12.5 %", "3%"], { percentCount: 2, count: 2 }],
    [["(1,200.50)", "3"], { grouping: ",", bracketedCount: 1, count: 2 }],
  ] as const)("%j", (texts, form) => {
    expect(profileOf(...texts).numberForm).toMatchObject(form);
  });

  test("the numbers themselves: amounts, hundredths, negative in brackets; stand-ins do not count against them", () => {
    expect(profileOf("$1,000.00", "($500.00)", "n/a", "?").numbers).toMatchObject({ min: -500, max: 1000, mean: 250 });
    expect(profileOf("12.3 %", "50%", "100%").numbers).toMatchObject({ min: 0.123, median: 0.5, max: 1 });
    expect(profileOf("1", "2", "none").numbers).toBeNull();
    expect(profileOf("€5", "$7").numbers).toBeNull();
    expect(profileOf("1,234", "5,678").numbers).toBeNull();
    expect(profileOf("12 kg", "abc").numberForm).toBeNull();
    expect(profileOf("9007199254740993").numberForm).toBeNull();
  });

  test("what counts as a number of a form is what the conversion reads", () => {
    const digits = fc.stringMatching(/^[1-9]\d{0,2}([ .,']\d{2,3}){0,2}([.,]\d{0,3})?$/);
    const text = fc.tuple(fc.constantFrom("", "-", "$", "€ ", "(", "-$", "$-", "kr ", "+"), digits, fc.constantFrom("", " €", "%", " %", ")", " USD", "x", " oz")).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (texts) => {
        const { numberForm } = profileOf(...texts);
        fc.pre(numberForm !== null && (numberForm.currency !== null || numberForm.currencies.length === 0));
        const { currency, percentCount, bracketedCount, count } = numberForm;
        const parse = createAmountParser({ ...numberForm, currency: currency ?? undefined, percent: percentCount > 0, parentheses: bracketedCount > 0, suffixes: [] });
        expect(texts.filter((each) => typeof parse(each) === "number")).toHaveLength(count);
      }),
      { numRuns: 500 },
    );
  });
});

describe("days in texts", () => {
  test.each([
    [["2026-12-31", "2026-01-05T10:00:00Z"], { order: "iso", count: 2, isAmbiguous: false, localTimeCount: 0, firstDay: "2026-01-05", lastDay: "2026-12-31" }],
    [["2026-12-31 10:00", "2026-02-30"], { order: "iso", count: 1, localTimeCount: 1, firstDay: null }],
    [["31.12.2026", "01.02.2026"], { order: "dayFirst", count: 2, isAmbiguous: false, eitherOrderCount: 1, firstDay: "2026-02-01" }],
    [["12/31/2026", "1/2/2026"], { order: "monthFirst", count: 2, isAmbiguous: false, firstDay: "2026-01-02" }],
    [["01/02/2026", "03/04/2026"], { count: 2, isAmbiguous: true, eitherOrderCount: 2, firstDay: null }],
    [["31/12/2026", "30/12/2026", "12/31/2026", "01/02/2026"], { order: "dayFirst", count: 3, isAmbiguous: true, firstDay: null }],
    [["2026/12/31", "2026/1/5"], { order: "yearFirst", count: 2, firstDay: "2026-01-05" }],
    [["31.12.26", "01.02.26"], { order: "dayFirst", shortYearCount: 2, firstDay: null }],
    [["31.12.2026, 10:30", "1.2.2026"], { order: "dayFirst", localTimeCount: 1 }],
  ] as const)("%j", (texts, form) => {
    expect(profileOf(...texts).dateForm).toMatchObject(form);
  });

  test("numbers, versions and telephone numbers are no days", () => {
    expect(profileOf("1.5", "20260131", "1.2.3.4", "030-12-3456", "32.01.2026", "1/2", "555-1234").dateForm).toBeNull();
  });

  test("what counts as a day is what the conversion reads", () => {
    const part = fc.integer({ min: 1, max: 32 });
    const text = fc.tuple(part, part, fc.integer({ min: 1900, max: 2100 }), fc.constantFrom(".", "/", "-"), fc.constantFrom("dmy", "ymd")).map(([a, b, year, mark, order]) => (order === "dmy" ? [a, b, year] : [year, a, b]).join(mark));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
        const { dateForm } = profileOf(...texts);
        fc.pre(dateForm !== null);
        const parse = createTimeParser("test", { format: dateForm.order, timeZone: undefined, repeatedTimes: "refuse", lastTwoDigitYear: undefined });
        expect(texts.filter((each) => typeof parse(each) === "number")).toHaveLength(dateForm.count);
      }),
    );
  });
});

test("words for yes and no, as they are written", () => {
  expect(profileOf("Yes", "no ", "YES", "maybe", "Oui").booleanForm).toEqual({ count: 4, trueTexts: ["Oui", "YES", "Yes"], falseTexts: ["no"] });
  expect(profileOf("1", "0").booleanForm).toBeNull();
});
