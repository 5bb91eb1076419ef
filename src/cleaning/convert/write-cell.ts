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
      return value instanceof Date && !Number.isNaN(value.getTime()) ? writeTime(conversion, value) : value;
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

/** With its offset where the format has one. A serial day has none, and on the clocks of a zone a time may come twice: the date stays as it is. */
function writeTime({ format, timeZone }: CheckedTimestampConversion, value: Date): string | Date {
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
    case "excel1904":
      return timeZone === undefined ? String(serialOf(time, format)) : value;
  }
}

/** The serial day of a time on the clocks of UTC; see `readSerialTime`. */
function serialOf(time: number, format: "excel1900" | "excel1904"): number {
  const days = time / 86_400_000;
  if (format === "excel1904") return days + 24_107;
  return days + 25_569 < 61 ? days + 25_568 : days + 25_569;
}
