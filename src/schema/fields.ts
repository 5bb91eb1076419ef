import * as z from "zod";
import { parseIsoTime } from "../data/iso-time";

// The schemas are made inside functions marked as pure: a bundler drops those that nobody uses, and zod with them.

/** `Date` covers 100 million days on either side of 1970. */
const MAX_MILLISECONDS = 8.64e15;

/** Below this (3 March 1973), a number is taken for seconds: as seconds it reaches the year 5138. */
const MIN_MILLISECONDS = 1e11;

/**
 * What identifies a customer, an order or a contact: a text that is not blank, or a whole number.
 *
 * Whole numbers beyond 2^53 − 1 are refused, because different ids become the same double there: give them as text.
 * A failure has the rule `id`.
 *
 * @example
 * ```ts
 * import { idSchema } from "clientele/schema";
 *
 * console.log(idSchema.safeParse("C-17").success, idSchema.safeParse(17).success); // true true
 * console.log(idSchema.safeParse(2 ** 53).success, idSchema.safeParse("").success); // false false
 * ```
 */
export const idSchema = /* @__PURE__ */ (() =>
  z.custom<string | number>((value) => (typeof value === "string" ? hasText(value) : Number.isSafeInteger(value)), {
    params: { rule: "id", expected: "a text that is not blank, or a whole number up to 2^53 - 1" },
  }))();

/**
 * A text that says something: one that is empty or blank is refused with the rule `blank`.
 *
 * @example
 * ```ts
 * import { textSchema } from "clientele/schema";
 *
 * console.log(textSchema.safeParse("Zürich").success, textSchema.safeParse(" ").success); // true false
 * ```
 */
export const textSchema = /* @__PURE__ */ (() =>
  z.string().refine(hasText, {
    params: { rule: "blank", expected: "a text that is not blank (absent is null, or no field)" },
  }))();

/**
 * A point in time, given as a `Date`, as ISO 8601 text or as milliseconds since 1970; it comes out as a new `Date`.
 *
 * Text is a date (its midnight in UTC) or a date and time with `Z` or an offset; a time without offset is refused, because it means
 * another instant in every time zone. Digits below the millisecond are cut off.
 * Numbers are whole milliseconds; those below 1e11 in size are refused, because they are far more likely seconds
 * (give a time between 1966 and 1973 as a `Date` or as text). A failure has the rule `timestamp`.
 *
 * @example
 * ```ts
 * import { timestampSchema } from "clientele/schema";
 *
 * console.log(timestampSchema.parse("2024-03-01T12:00:00+02:00").toISOString()); // "2024-03-01T10:00:00.000Z"
 * console.log(timestampSchema.parse(1709287200000).toISOString()); // "2024-03-01T10:00:00.000Z"
 * console.log(timestampSchema.safeParse("2024-03-01T12:00:00").success); // false
 * console.log(timestampSchema.safeParse(1709287200).success); // false
 * ```
 */
export const timestampSchema = /* @__PURE__ */ (() =>
  dateSchema<Date | string | number>(millisecondsOf, {
    rule: "timestamp",
    expected: "a Date, an ISO 8601 text (a date, or a time with Z or its offset) or milliseconds since 1970",
  }))();

/**
 * A day of the calendar, given as a `Date` or as text `YYYY-MM-DD` (midnight in UTC); it comes out as a new `Date`.
 * A failure has the rule `calendarDate`.
 *
 * @example
 * ```ts
 * import { calendarDateSchema } from "clientele/schema";
 *
 * console.log(calendarDateSchema.parse("1970-12-24").toISOString()); // "1970-12-24T00:00:00.000Z"
 * console.log(calendarDateSchema.safeParse("24.12.1970").success); // false
 * ```
 */
export const calendarDateSchema = /* @__PURE__ */ (() =>
  dateSchema<Date | string>(
    (value) => (value instanceof Date || (typeof value === "string" && value.length === "YYYY-MM-DD".length) ? millisecondsOf(value) : NaN),
    { rule: "calendarDate", expected: "a Date or a text YYYY-MM-DD" },
  ))();

/**
 * A currency by its ISO 4217 code: three capital letters. A failure has the rule `currency`.
 *
 * @example
 * ```ts
 * import { currencySchema } from "clientele/schema";
 *
 * console.log(currencySchema.safeParse("EUR").success, currencySchema.safeParse("eur").success); // true false
 * ```
 */
export const currencySchema = /* @__PURE__ */ (() =>
  z.string().refine((text) => /^[A-Z]{3}$/.test(text), {
    params: { rule: "currency", expected: "an ISO 4217 code of three capital letters, as EUR" },
  }))();

/**
 * A schema that takes what `read` makes a time of, and gives it as a new `Date`.
 *
 * A check that replaces the value, not `z.custom().transform()`: the pipe that this makes costs as much as all other fields
 * of a customer together. zod's types know no check that gives another type than it takes.
 */
function dateSchema<Input>(read: (value: unknown) => number, params: { readonly rule: string; readonly expected: string }): z.ZodCustom<Date, Input> {
  const schema = z.custom<unknown>().check((payload) => {
    const milliseconds = read(payload.value);
    if (Number.isNaN(milliseconds)) payload.issues.push({ code: "custom", input: payload.value, params });
    else payload.value = new Date(milliseconds);
  });
  return schema as z.ZodCustom<Date, Input>;
}

function hasText(text: string): boolean {
  return /\S/.test(text);
}

/** NaN for what is no point in time. */
function millisecondsOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  if (typeof value === "string") return parseIsoTime(value);
  if (!Number.isSafeInteger(value)) return NaN;
  const size = Math.abs(Number(value));
  return size >= MIN_MILLISECONDS && size <= MAX_MILLISECONDS ? Number(value) : NaN;
}
