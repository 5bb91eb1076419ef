import { createOffsetReader } from "../../data/calendar/zone-offset";
import { createTimeParser } from "./parse-time";
import type { CheckedConversion, CheckedNumberConversion, CheckedTimestampConversion } from "./plan";

/**
 * The text that a conversion reads back as exactly this value, for a value that is of the wanted type already; another value as it is.
 *
 * In a column of texts and numbers (or true and false, or dates) the latter must not be read like texts: 1.234 is no 1234 where `.`
 * groups digits, and 0.125 no number without a sign where texts are percentages. A number that the plan declares missing is missing.
 */
export function writeCell(conversion: CheckedConversion, value: unknown): unknown {
  switch (conversion.to) {
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? writeNumber(conversion, value) : value;
    case "boolean":
      return typeof value === "boolean" ? conversion[value ? "trueTexts" : "falseTexts"][0] : value;
    case "timestamp":
      return value instanceof Date && !Number.isNaN(value.getTime()) ? (writeTime(conversion, value) ?? value) : value;
    case "id":
      // The exponent says that the last digits are lost: the id is refused, as in a column of numbers.
      return typeof value === "number" && Number.isFinite(value) && !Number.isSafeInteger(value) ? value.toExponential() : value;
    case "category":
    case "email":
    case "phone":
    case "matchKey":
      return value;
  }
}

/** An exponent keeps whole numbers beyond 2⁵³, which written out are refused. */
function writeNumber({ decimal, percent }: CheckedNumberConversion, value: number): string {
  const [mantissa = "", exponent = ""] = value.toExponential().split("e");
  const digits = mantissa.replace(".", decimal);
  return percent ? `${digits}e${Number(exponent) + 2}%` : `${digits}e${exponent}`;
}

/** Undefined for a time that the format cannot express: a serial day in the hour that the clocks of its zone showed twice. */
function writeTime(conversion: CheckedTimestampConversion, value: Date): string | undefined {
  const text = timeText(conversion, value);
  return createTimeParser("writeCell", conversion)(text) === value.getTime() ? text : undefined;
}

function timeText({ format, timeZone }: CheckedTimestampConversion, value: Date): string {
  const time = value.getTime();
  const [day = "", timeOfDay = ""] = value.toISOString().split("T");
  const [year = "", month = "", dayOfMonth = ""] = day.split("-");
  switch (format) {
    case "iso":
      return value.toISOString();
    case "dayFirst":
      return `${dayOfMonth}/${month}/${year} ${timeOfDay}`;
    case "monthFirst":
      return `${month}/${dayOfMonth}/${year} ${timeOfDay}`;
    case "yearFirst":
      return `${year}/${month}/${dayOfMonth} ${timeOfDay}`;
    case "epochSeconds":
      return String(time / 1000);
    case "epochMilliseconds":
      return String(time);
    case "excel1900":
    case "excel1904": {
      const local = time + (timeZone === undefined ? 0 : createOffsetReader("writeCell", timeZone)(time));
      return String(serialOf(local, format));
    }
  }
}

/** The serial day of a local time; see `readSerialTime`. */
function serialOf(local: number, format: "excel1900" | "excel1904"): number {
  const days = local / 86_400_000;
  if (format === "excel1904") return days + 24_107;
  return days + 25_569 < 61 ? days + 25_568 : days + 25_569;
}
