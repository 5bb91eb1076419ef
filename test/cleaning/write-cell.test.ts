import type { Conversion } from "clientele/cleaning";
import { cellsFromTable, tableFromColumns } from "clientele/data";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkConversion } from "../../src/cleaning/convert/check";
import { convertColumn } from "../../src/cleaning/convert/convert-column";
import { writeCell } from "../../src/cleaning/convert/write-cell";

/** What a conversion makes of values that are written as texts first. */
function convertWritten(conversion: Conversion, values: readonly unknown[]): unknown[] {
  const checked = checkConversion("test", "convert[0]", conversion);
  const table = tableFromColumns({ a: values.map((value) => writeCell(checked, value)) }, { types: { a: "category" } });
  const converted = convertColumn("test", table, checked, {});
  return cellsFromTable({ ...table, columns: new Map([["a", converted?.column ?? table.columns.get("a")!]]) }, "a");
}

const MARKS = ([".", ","] as const).flatMap((decimal) => (["none", decimal === "." ? "," : ".", " ", "'"] as const).map((grouping) => ({ decimal, grouping })));
const FORMATS = [
  ...MARKS,
  { decimal: ",", grouping: ".", currency: "EUR", suffixes: ["e", "netto"] },
  { decimal: ",", grouping: ".", percent: true },
  { decimal: ".", grouping: ",", groups: "indian", currency: "INR", parentheses: true },
] as const;

describe.each(FORMATS)("numbers where the format is %o", (format) => {
  const conversion: Conversion = { column: "a", to: "number", onFailure: "error", ...format };

  test("come back to the bit, −0 as 0", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (values) => {
        expect(convertWritten(conversion, values)).toEqual(values.map((value) => value + 0));
      }),
    );
  });

  test("of every size", () => {
    const values = [0, -0, 33, 1.234, 1234, 1e21, -1e300, 5e-324, 2 ** 53, 2 ** 60, Number.MAX_VALUE, 1 / 3];
    expect(convertWritten(conversion, values)).toEqual(values.map((value) => value + 0));
  });
});

test("a number that is declared missing is missing, as in a column of numbers", () => {
  const conversion: Conversion = { column: "a", to: "number", missing: ["0", "999,0", "n/a"], decimal: "," };
  expect(convertWritten(conversion, [0, -0, 999, 33, "999", "999,00", "n/a"])).toEqual([null, null, null, 33, null, null, null]);
});

const TIME_FORMATS = ["iso", "dayFirst", "monthFirst", "yearFirst", "epochSeconds", "epochMilliseconds", "excel1900", "excel1904"] as const;

describe.each(TIME_FORMATS)("dates where the format is %s", (format) => {
  const earliest = format === "excel1904" ? Date.UTC(1904, 0, 1) : Date.UTC(1900, 0, 1);

  test("come back to the millisecond", () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(earliest), max: new Date(Date.UTC(9999, 11, 31)) }), (date) => {
        expect(convertWritten({ column: "a", to: "timestamp", format, onFailure: "error" }, [date])).toEqual([date.getTime()]);
      }),
    );
    const edges = [Date.UTC(1900, 1, 28, 23, 59, 59, 999), Date.UTC(1900, 2, 1), Date.UTC(1970, 0, 1)].filter((time) => time >= earliest);
    expect(convertWritten({ column: "a", to: "timestamp", format, onFailure: "error" }, edges.map((time) => new Date(time)))).toEqual(edges);
  });

  test("come back where texts show the clocks of a zone", () => {
    if (format.startsWith("epoch") || format.startsWith("excel")) return;
    const times = [Date.UTC(2026, 6, 1, 12), Date.UTC(2026, 2, 29, 1, 30), Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1, 30)];
    expect(convertWritten({ column: "a", to: "timestamp", format, timeZone: "Europe/Berlin", onFailure: "error" }, times.map((time) => new Date(time)))).toEqual(times);
  });
});

test("a date stays a date where texts are serial days on the clocks of a zone, which show some times twice", () => {
  const conversion = checkConversion("test", "convert[0]", { column: "a", to: "timestamp", format: "excel1900", timeZone: "Europe/Berlin" });
  const twice = new Date(Date.UTC(2026, 9, 25, 0, 30));
  expect(writeCell(conversion, twice)).toBe(twice);
});

test("an id that is stored as a number comes back if a double holds it, and else is refused", () => {
  expect(convertWritten({ column: "a", to: "id", onFailure: "missing" }, [17850, 2 ** 53, 1e21, 1.5, "17850.0"])).toEqual(["17850", null, null, null, "17850"]);
});

test("true and false come back, whatever the texts are", () => {
  const conversion: Conversion = { column: "a", to: "boolean", trueTexts: ["ja", "j"], falseTexts: ["nein"], onFailure: "error" };
  expect(convertWritten(conversion, [true, false, "j", null])).toEqual([true, false, true, null]);
});

test("texts, missing values and values of another type stay as they are", () => {
  const number = checkConversion("test", "convert[0]", { column: "a", to: "number" });
  for (const value of ["33", "", null, undefined, true, 5n, NaN, Infinity]) expect(writeCell(number, value)).toBe(value);
  for (const conversion of [{ to: "category" }, { to: "email" }, { to: "phone" }, { to: "matchKey", as: "key" }] as const) {
    for (const value of [33, "33", true, null]) expect(writeCell(checkConversion("test", "convert[0]", { column: "a", ...conversion }), value)).toBe(value);
  }
  const time = checkConversion("test", "convert[0]", { column: "a", to: "timestamp", format: "epochSeconds" });
  for (const value of [1_700_000_000, "1700000000", null, new Date(NaN)]) expect(writeCell(time, value)).toBe(value);
});
