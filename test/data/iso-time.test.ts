import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseIsoTime } from "../../src/data/iso-time";

describe("parseIsoTime", () => {
  test.each([
    ["1970-01-01", 0],
    ["2024-02-29", Date.UTC(2024, 1, 29)],
    ["2000-02-29", Date.UTC(2000, 1, 29)],
    ["2024-03-01T12:00Z", Date.UTC(2024, 2, 1, 12)],
    ["2024-03-01 12:00:00Z", Date.UTC(2024, 2, 1, 12)],
    ["2024-03-01T12:00:00+02:00", Date.UTC(2024, 2, 1, 10)],
    ["2024-03-01T12:00:00-0530", Date.UTC(2024, 2, 1, 17, 30)],
    ["2024-03-01 12:00:00+00", Date.UTC(2024, 2, 1, 12)],
    ["2024-03-01T00:30:00+01:00", Date.UTC(2024, 1, 29, 23, 30)],
    ["2024-03-01T12:00:00.5Z", Date.UTC(2024, 2, 1, 12, 0, 0, 500)],
    ["2024-03-01T12:00:00.123999Z", Date.UTC(2024, 2, 1, 12, 0, 0, 123)],
    ["1969-12-31T23:59:59.999Z", -1],
    ["0001-01-01", -62135596800000],
    ["0099-12-31", -59011545600000],
  ])("reads %s", (text, expected) => {
    expect(parseIsoTime(text)).toBe(expected);
  });

  test.each([
    "", " ", "2024", "2024-03", "2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-00",
    "2024-03-01T12:00:00", "2024-03-01T12", "2024-03-01T24:00:00Z", "2024-03-01T12:60:00Z", "2024-03-01T12:00:60Z", "2024-03-01T12:00:00.Z",
    "2024-03-01T12:00:00+24:00", "2024-03-01T12:00:00+02:60", "2024-03-01Z", "01/02/2024", "01.02.2024", "20240301", " 2024-03-01", "2024-03-01\n",
    "２０２４-03-01", "1709287200000", "-002024-03-01",
  ])("refuses %j", (text) => {
    expect(parseIsoTime(text)).toBeNaN();
  });

  test("agrees with Date on every day of 10,000 years", () => {
    const pad = (value: number, width: number): string => String(value).padStart(width, "0");
    let wrong = 0;
    for (let year = 0; year <= 9999; year++) {
      for (let month = 1; month <= 12; month++) {
        // The 31st of each month is a day, or Date makes it one of the next month.
        for (const day of [1, 28, 29, 30, 31]) {
          const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
          const written = new Date(Date.parse(`${pad(year, 4)}-${pad(month, 2)}-01`) + (day - 1) * 86_400_000).toISOString();
          const expected = written.startsWith(text) ? Date.parse(written) : NaN;
          if (!Object.is(parseIsoTime(text), expected)) wrong++;
        }
      }
    }
    expect(wrong).toBe(0);
  });

  test("reads what the pattern of its notation takes, and nothing else", () => {
    const pattern = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|([+-])(\d\d)(?::?(\d\d))?))?$/;
    const expected = (text: string): number => {
      const [matched, day, hour = "00", minute = "00", second = "00", fraction = "0", sign = "+", offsetHour = "00", offsetMinute = "00"] = pattern.exec(text) ?? [];
      if (matched === undefined || Number(offsetHour) > 23 || Number(offsetMinute) > 59 || hour === "24") return NaN;
      const local = `${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, "0")}Z`;
      const time = Date.parse(local);
      // Date takes 30 February for 1 March; what it writes tells.
      if (Number.isNaN(time) || new Date(time).toISOString() !== local) return NaN;
      return time - (sign === "-" ? -1 : 1) * (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000;
    };
    const forms = ["2024-03-01", "2024-02-29T12:34Z", "1999-12-31 23:59:59Z", "0000-01-01T00:00:00.1234567+02:00", "2020-02-29T00:00:00.5-0530", "9999-12-31T05:06+14"];
    const change = fc.record({ at: fc.nat(40), removed: fc.constantFrom(0, 1, 1, 2), added: fc.oneof(fc.constantFrom("", "٣", "00", "-0"), fc.stringMatching(/^[-0-9:+.TZ t\n]$/)) });
    let read = 0;
    fc.assert(
      fc.property(fc.constantFrom(...forms), fc.array(change, { maxLength: 3 }), (form, changes) => {
        const text = changes.reduce((result, { at, removed, added }) => result.slice(0, at) + added + result.slice(at + removed), form);
        const time = expected(text);
        if (!Number.isNaN(time)) read++;
        expect(parseIsoTime(text), text).toBe(time);
      }),
      { seed: 1, numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(5_000);
  });

  test("reads back every instant that Date writes", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true }), (date) => {
        expect(parseIsoTime(date.toISOString())).toBe(date.getTime());
      }),
    );
  });
});
