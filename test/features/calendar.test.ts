import { describe, expect, test } from "vitest";
import { readAsOf } from "../../src/features/calendar/as-of";
import { createDayReader, dayText, parseDay } from "../../src/data/calendar/day";
import expected from "../reference/transactions/expected.json";
import { expectRefusal } from "../support/errors";

describe("calendar days are those of Python's zoneinfo", () => {
  test.each(Object.entries(expected.days))("%s", (zone, { times, days }) => {
    const dayOf = createDayReader("test", zone);
    expect(times.map(dayOf)).toEqual(days);
    // Days asked in another order come from other stretches of the cache.
    expect([...times].reverse().map(createDayReader("test", zone)).reverse()).toEqual(days);
  });
});

test("the zone of UTC by another name gives the days of UTC, placeholders of the year 1 included", () => {
  const utc = createDayReader("test", "UTC");
  const alias = createDayReader("test", "Etc/UTC");
  for (const time of [0, -1, 86_399_999, 86_400_000, Date.UTC(1900, 0, 1), -62_135_596_800_000, -62_135_596_800_001, 253_402_300_799_999, 1e15]) {
    expect(alias(time)).toBe(utc(time));
  }
});

test("days as texts", () => {
  expect(parseDay("1970-01-01")).toBe(0);
  expect(parseDay("2000-03-01")).toBe(11_017);
  expect(dayText(11_017)).toBe("2000-03-01");
  expect(dayText(parseDay("0050-12-31")!)).toBe("0050-12-31");
  for (const text of ["2025-02-29", "2026-13-01", "2026-1-1", "2026-01-01T00:00Z", "01/02/2026", ""]) expect(parseDay(text)).toBeUndefined();
});

test("days that have no text of four digits for the year are refused", () => {
  expect(dayText(parseDay("0000-01-01")!)).toBe("0000-01-01");
  expect(dayText(parseDay("9999-12-31")!)).toBe("9999-12-31");
  const before = expectRefusal(() => dayText(parseDay("0000-01-01")! - 365, "fitEmpiricalValue"), "invalidOption", "fitEmpiricalValue: ", "years 0000 to 9999", "365 days before");
  expect(before.details).toMatchObject({ parameter: "asOf" });
  expectRefusal(() => dayText(parseDay("9999-12-31")! + 1), "invalidOption", "1 days after");
});

describe("asOf", () => {
  const berlin = createDayReader("test", "Europe/Berlin");

  test("a date is a whole day, a time ends at itself", () => {
    expect(readAsOf("test", "2026-11-01", berlin)).toEqual({ day: parseDay("2026-11-01"), lastTime: Infinity });
    const time = Date.UTC(2026, 10, 1, 23, 30);
    const expectedTime = { day: parseDay("2026-11-02"), lastTime: time };
    expect(readAsOf("test", time, berlin)).toEqual(expectedTime);
    expect(readAsOf("test", "2026-11-01T23:30:00Z", berlin)).toEqual(expectedTime);
    expect(readAsOf("test", "2026-11-02T00:30:00+01:00", berlin)).toEqual(expectedTime);
  });

  test.each([1.75e15, 253_402_300_800_000, -62_167_219_200_001, "9999-12-31T23:30:00Z", "0000-01-01T00:00:00+01:00"])("%s lies outside the years 0000 to 9999 and is refused", (value) => {
    expectRefusal(() => readAsOf("test", value, value === "9999-12-31T23:30:00Z" ? berlin : createDayReader("test", "UTC")), "invalidOption", "asOf", "years 0000 to 9999");
  });

  test.each(["2026-11-01T09:30:00", "2026-02-30", "2026-02-30T00:00Z", "yesterday", NaN, Infinity, 1e17, null, undefined, new Date(0)])("%s is refused", (value) => {
    expectRefusal(() => readAsOf("test", value, berlin), "invalidOption", "asOf");
  });
});

test("an unknown time zone is refused by name", () => {
  expectRefusal(() => createDayReader("test", "Mars/Olympus"), "invalidOption", "timeZone", "Mars/Olympus");
});
