const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Codes of the characters between the digits. */
const DASH = 45;
const COLON = 58;
const DOT = 46;
const PLUS = 43;
const SPACE = 32;
const LETTER_T = 84;
const LETTER_Z = 90;
const ZERO = 48;

/**
 * Milliseconds since 1970 of an ISO 8601 text, NaN for anything else; a date alone is its midnight in UTC.
 * Read are `2024-03-01`, and a date with a time of day (behind `T` or a space; seconds and their decimals may be left out)
 * and its offset from UTC (`Z`, `+02`, `+0200`, `+02:00`). Digits below the millisecond are cut off.
 *
 * Read here and not by `Date.parse`, which takes a time without offset as the machine's local time,
 * 30 February as 1 March, and other notations as each engine likes. Read character by character, because matching
 * a pattern takes several times as long. What is no digit is NaN, and makes NaN of all that is computed with it.
 */
export function parseIsoTime(text: string): number {
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return NaN;
  const midnight = startOfDay(twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8));
  if (text.length === 10) return midnight;

  const separator = text.charCodeAt(10);
  if ((separator !== LETTER_T && separator !== SPACE) || text.charCodeAt(13) !== COLON) return NaN;
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  let second = 0;
  let milliseconds = 0;
  let at = 16;
  if (text.charCodeAt(at) === COLON) {
    second = twoDigits(text, 17);
    at = 19;
    if (text.charCodeAt(at) === DOT) {
      const start = ++at;
      for (let unit = 100; isDigit(text, at); at++) {
        if (unit >= 1) milliseconds += digitAt(text, at) * unit;
        unit /= 10;
      }
      if (at === start) return NaN;
    }
  }
  // Not `hour > 23 || …`: NaN has to be refused too.
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return NaN;
  return midnight + hour * HOUR + minute * MINUTE + second * SECOND + milliseconds - offsetAt(text, at);
}

/** How far local time is ahead of UTC, by the rest of the text from `at` on. */
function offsetAt(text: string, at: number): number {
  const length = text.length - at;
  const sign = text.charCodeAt(at);
  if (sign === LETTER_Z) return length === 1 ? 0 : NaN;
  if (sign !== PLUS && sign !== DASH) return NaN;
  const hasColon = text.charCodeAt(at + 3) === COLON;
  if (length !== (hasColon ? 6 : 5) && length !== 3) return NaN;
  const hour = twoDigits(text, at + 1);
  const minute = length === 3 ? 0 : twoDigits(text, hasColon ? at + 4 : at + 3);
  if (!(hour <= 23 && minute <= 59)) return NaN;
  const offset = hour * HOUR + minute * MINUTE;
  return sign === DASH ? -offset : offset;
}

/** The number that two digits make. */
function twoDigits(text: string, at: number): number {
  return digitAt(text, at) * 10 + digitAt(text, at + 1);
}

function digitAt(text: string, at: number): number {
  return isDigit(text, at) ? text.charCodeAt(at) - ZERO : NaN;
}

function isDigit(text: string, at: number): boolean {
  const digit = text.charCodeAt(at) - ZERO;
  return digit >= 0 && digit <= 9;
}

/** Milliseconds of a day of the proleptic Gregorian calendar, NaN for a day that does not exist. */
export function startOfDay(year: number, month: number, day: number): number {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth(year, month))) return NaN;
  // The year begins in March, so that the leap day is its last.
  const marchYear = month > 2 ? year : year - 1;
  const monthsFromMarch = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  // Five months from March on have 153 days: 31, 30, 31, 30, 31. From 1 March of the year 0 to 1970 there are 719,468.
  const days = 365 * marchYear + leapDays + Math.floor((153 * monthsFromMarch + 2) / 5) + day - 1 - 719_468;
  return days * DAY;
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
