import { describe, expect, test } from "vitest";
import { createTimeParser, type TimeWriting } from "../../src/cleaning/convert/parse-time";
import expected from "../reference/conversion/expected.json";
import { expectRefusal } from "../support/errors";

const parserOf = (writing: Partial<TimeWriting>) =>
  createTimeParser("test", { format: "iso", timeZone: undefined, repeatedTimes: "refuse", lastTwoDigitYear: undefined, ...writing });

describe.each(Object.entries(expected.zones))("local times of %s are those of Python's zoneinfo", (timeZone, { times, days }) => {
  test("the earlier and the later moment of a time that came twice", () => {
    const earlier = parserOf({ format: "yearFirst", timeZone, repeatedTimes: "earlier" });
    const later = parserOf({ format: "yearFirst", timeZone, repeatedTimes: "later" });
    for (const { text, moments } of times) {
      if (moments.length === 0) continue;
      expect([earlier(text), later(text)], text).toEqual([moments[0], moments.at(-1)]);
    }
  });

  test("a time that came twice is refused unless the plan says which it is, and so is one that never came", () => {
    const parse = parserOf({ timeZone });
    const rules = times.map(({ text }) => parse(text.replace(" ", "T")));
    expect(rules.map((value) => (typeof value === "number" ? 1 : value === "convert.repeatedTime" ? 2 : value === "convert.noSuchTime" || value === "convert.noSuchDay" ? 0 : -1))).toEqual(
      times.map(({ moments }) => moments.length),
    );
  });

  test("a date alone is the first moment of its day", () => {
    const parse = parserOf({ timeZone });
    expect(days.map(({ text }) => [text, parse(text)])).toEqual(days.map(({ text, first }) => [text, first ?? "convert.noSuchDay"]));
  });
});

test("Samoa had no 2011-12-30, São Paulo no midnight on 2018-11-04", () => {
  const samoa = parserOf({ timeZone: "Pacific/Apia" });
  expect(["2011-12-30", "2011-12-30T12:00", "2011-12-29", "2011-12-31"].map((text) => typeof samoa(text) === "number" || samoa(text))).toEqual(["convert.noSuchDay", "convert.noSuchDay", true, true]);
  const brazil = parserOf({ timeZone: "America/Sao_Paulo" });
  expect(brazil("2018-11-04")).toBe(Date.UTC(2018, 10, 4, 3));
  expect(brazil("2018-11-04T00:30")).toBe("convert.noSuchTime");
});

describe("notations", () => {
  test.each(Object.entries(expected.notations))("%s is read as strptime reads it", (format, cases) => {
    const parse = parserOf({ format, timeZone: "UTC", lastTwoDigitYear: 2068 } as Partial<TimeWriting>);
    expect(cases.map(({ text }) => [text, parse(text)])).toEqual(cases.map(({ text, time }) => [text, time]));
  });

  test("day and month are as declared, never guessed", () => {
    const dayFirst = parserOf({ format: "dayFirst" });
    const monthFirst = parserOf({ format: "monthFirst" });
    expect(dayFirst("03/04/2026")).toBe(Date.UTC(2026, 3, 3));
    expect(monthFirst("03/04/2026")).toBe(Date.UTC(2026, 2, 4));
    expect(dayFirst("12/31/2026")).toBe("convert.noSuchDay");
    expect(monthFirst("31/12/2026")).toBe("convert.noSuchDay");
    expect(dayFirst("2026-12-31")).toBe("convert.notTime");
    expect(dayFirst("31. 12. 2026")).toBe(Date.UTC(2026, 11, 31));
    expect(dayFirst("29.02.2025")).toBe("convert.noSuchDay");
  });

  test("two digits of a year need the last year that they may mean", () => {
    expect(parserOf({ format: "dayFirst" })("31.12.26")).toBe("convert.notTime");
    const parse = parserOf({ format: "dayFirst", lastTwoDigitYear: 2026 });
    expect(["1.1.26", "1.1.27", "1.1.00", "1.1.99", "1.1.2027"].map(parse)).toEqual([2026, 1927, 2000, 1999, 2027].map((year) => Date.UTC(year, 0, 1)));
  });

  test("a time of day needs an offset or a zone", () => {
    for (const format of ["iso", "yearFirst"] as const) {
      const text = "2026-11-01 09:30";
      expect(parserOf({ format })(text)).toBe("convert.notTime");
      expect(parserOf({ format })(`${text}+01:00`)).toBe(Date.UTC(2026, 10, 1, 8, 30));
      // An offset in the text wins over the zone of the plan.
      expect(parserOf({ format, timeZone: "Asia/Kolkata" })(`${text}+01:00`)).toBe(Date.UTC(2026, 10, 1, 8, 30));
      expect(parserOf({ format, timeZone: "Asia/Kolkata" })(text)).toBe(Date.UTC(2026, 10, 1, 4));
    }
  });

  test("what is no time of the format is refused, days that do not exist by their own rule", () => {
    const iso = parserOf({ timeZone: "Europe/Berlin" });
    for (const text of ["", "2026", "2026-1-1", "20260101", "2026-01-01T", "2026-01-01T25:00", "2026-01-01T09:60", "2026-13-01x", "yesterday", "1e3"]) expect(iso(text), text).toBe("convert.notTime");
    for (const text of ["2026-02-30", "2026-13-01", "2026-00-10", "2026-02-29T10:00", "2026-04-31T10:00:00Z"]) expect(iso(text), text).toBe("convert.noSuchDay");
    const dayFirst = parserOf({ format: "dayFirst", timeZone: "UTC" });
    for (const text of ["1.1.2026 25:00", "1.1.2026 9:5", "1.1.2026 13:00 PM", "1.1.2026 0:30 AM", "1/1.2026", "1.1.20260", "1.1.026", "1.1.2026 10:00 +99:00"]) expect(dayFirst(text), text).toBe("convert.notTime");
  });
});

describe("seconds and milliseconds", () => {
  const seconds = parserOf({ format: "epochSeconds" });
  const milliseconds = parserOf({ format: "epochMilliseconds" });

  test("are taken as declared", () => {
    expect(["0", "1700000000", "-86400", "1700000000.123", "1.7e9", "-0"].map(seconds)).toEqual([0, 1.7e12, -86_400_000, 1_700_000_000_123, 1.7e12, 0]);
    expect(["0", "1700000000000", "1700000000000.4"].map(milliseconds)).toEqual([0, 1.7e12, 1.7e12]);
    expect(["", "2026-01-01", "12 s"].map(seconds)).toEqual(Array(3).fill("convert.notTime"));
  });

  test("milliseconds that are declared as seconds lie beyond the year 9999", () => {
    expect(["1700000000000", "253402300800", "-62167219201", "1e400", "9".repeat(30)].map(seconds)).toEqual(Array(5).fill("convert.outOfRange"));
    expect(["253402300799", "-62167219200"].map(seconds)).toEqual([253_402_300_799_000, -62_167_219_200_000]);
  });
});

describe("serial days of a spreadsheet", () => {
  test.each(Object.entries(expected.serials))("%s: as openpyxl reads them", (format, cases) => {
    const parse = parserOf({ format } as Partial<TimeWriting>);
    expect(cases.map(({ serial }) => [serial, parse(String(serial))])).toEqual(cases.map(({ serial, time }) => [serial, time]));
  });

  test("the day that never was is refused; the end of the day before it is the day after", () => {
    const parse = parserOf({ format: "excel1900" });
    expect(["60", "60.5", "0", "0.5"].map(parse)).toEqual(Array(4).fill("convert.noSuchDay"));
    expect(["-1", "2958466", "1e300"].map(parse)).toEqual(Array(3).fill("convert.outOfRange"));
    expect(parse("59.99999999999")).toBe(Date.UTC(1900, 2, 1));
    expect(parse("31.12.2026")).toBe("convert.notTime");
  });

  test("show the clocks of a zone", () => {
    const berlin = parserOf({ format: "excel1900", timeZone: "Europe/Berlin" });
    expect(berlin("46204.5")).toBe(Date.UTC(2026, 6, 1, 10));
    expect(berlin("46204")).toBe(Date.UTC(2026, 5, 30, 22));
    expect(berlin(String(46110 + 2.5 / 24))).toBe("convert.noSuchTime");
    // A whole day is a date: it begins when the clocks of São Paulo go from 0 to 1.
    expect(parserOf({ format: "excel1900", timeZone: "America/Sao_Paulo" })("43408")).toBe(Date.UTC(2018, 10, 4, 3));
    expect(parserOf({ format: "excel1904" })("0")).toBe(Date.UTC(1904, 0, 1));
  });
});

test("long, torn and empty texts end at once", () => {
  for (const format of ["iso", "dayFirst", "monthFirst", "yearFirst", "epochSeconds", "excel1900"] as const) {
    const parse = parserOf({ format, lastTwoDigitYear: 2049 });
    for (const text of ["1".repeat(1_000_000), " ".repeat(1_000_000), `${"9".repeat(500_000)}.${"9".repeat(500_000)}x`, "\ud800", "\0", "1/\ud800/2000"]) expect(parse(text)).toMatch(/^convert\./);
  }
});

test("a zone that the platform does not know is refused", () => {
  expectRefusal(() => parserOf({ timeZone: "Mars/Olympus" }), "invalidOption", "timeZone", "Mars/Olympus");
});
