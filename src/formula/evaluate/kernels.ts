import type { OperationName } from "./tree";

/**
 * One operation over one block: `out[i] = f(a[i], b[i], c[i])` for i below `count`. An operation with fewer operands
 * leaves the later blocks unread, and `out` may be one of the operands.
 *
 * Values are finite or NaN (missing), going in and coming out: a result that is not a finite number is missing.
 * True is 1, false is 0. No zero is negative, going in and coming out; adding 0 makes −0 a plain 0.
 */
export type BlockKernel = (count: number, out: Float64Array, a: Float64Array, b: Float64Array, c: Float64Array) => void;

/** NaN for an infinity, 0 for −0, else the value itself: an infinity times 0 is NaN, and −0 − (−0) is 0. */
export function finite(value: number): number {
  return value - value * 0;
}

/** The kernel of each operation. `min`, `max` and `coalesce` of more than two operands are chains of two. */
export const KERNELS: Readonly<Record<OperationName, BlockKernel>> = {
  add(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = finite(a[i]! + b[i]!);
  },
  subtract(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = finite(a[i]! - b[i]!);
  },
  multiply(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = finite(a[i]! * b[i]!);
  },
  divide(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = finite(a[i]! / b[i]!);
  },
  remainder(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = flooredRemainder(a[i]!, b[i]!);
  },
  power(count, out, a, b) {
    // JavaScript says NaN ** 0 = 1; a missing base stays missing.
    for (let i = 0; i < count; i++) out[i] = finite(a[i]! ** b[i]!) + a[i]! * 0;
  },
  negate(count, out, a) {
    for (let i = 0; i < count; i++) out[i] = 0 - a[i]!;
  },

  less(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = a[i]! < b[i]! ? 1 : a[i]! >= b[i]! ? 0 : NaN;
  },
  lessOrEqual(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = a[i]! <= b[i]! ? 1 : a[i]! > b[i]! ? 0 : NaN;
  },
  greater(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = a[i]! > b[i]! ? 1 : a[i]! <= b[i]! ? 0 : NaN;
  },
  greaterOrEqual(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = a[i]! >= b[i]! ? 1 : a[i]! < b[i]! ? 0 : NaN;
  },
  equal(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = a[i]! === b[i]! ? 1 : 0 + a[i]! * 0 + b[i]! * 0;
  },
  notEqual(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = a[i]! === b[i]! ? 0 : 1 + a[i]! * 0 + b[i]! * 0;
  },

  and(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = a[i] === 0 || b[i] === 0 ? 0 : a[i]! * b[i]!;
  },
  or(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = a[i] === 1 || b[i] === 1 ? 1 : a[i]! + b[i]!;
  },
  not(count, out, a) {
    for (let i = 0; i < count; i++) out[i] = 1 - a[i]!;
  },
  conditional(count, out, a, b, c) {
    for (let i = 0; i < count; i++) out[i] = a[i] === 1 ? b[i]! : a[i] === 0 ? c[i]! : NaN;
  },
  isMissing(count, out, a) {
    for (let i = 0; i < count; i++) out[i] = Number.isNaN(a[i]) ? 1 : 0;
  },
  coalesce(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = Number.isNaN(a[i]) ? b[i]! : a[i]!;
  },

  min(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = Math.min(a[i]!, b[i]!);
  },
  max(count, out, a, b) {
    for (let i = 0; i < count; i++) out[i] = Math.max(a[i]!, b[i]!);
  },
  clamp(count, out, a, b, c) {
    for (let i = 0; i < count; i++) out[i] = b[i]! <= c[i]! ? Math.min(Math.max(a[i]!, b[i]!), c[i]!) : NaN;
  },
  abs(count, out, a) {
    for (let i = 0; i < count; i++) out[i] = Math.abs(a[i]!);
  },
  sign(count, out, a) {
    for (let i = 0; i < count; i++) out[i] = Math.sign(a[i]!);
  },
  round(count, out, a, digits) {
    const places = digits[0]!;
    if (places === 0) for (let i = 0; i < count; i++) out[i] = roundHalfAway(a[i]!);
    else for (let i = 0; i < count; i++) out[i] = roundDecimal(a[i]!, places);
  },
  floor(count, out, a) {
    for (let i = 0; i < count; i++) out[i] = Math.floor(a[i]!) + 0;
  },
  ceil(count, out, a) {
    for (let i = 0; i < count; i++) out[i] = Math.ceil(a[i]!) + 0;
  },
  sqrt(count, out, a) {
    for (let i = 0; i < count; i++) out[i] = Math.sqrt(a[i]!);
  },
  exp(count, out, a) {
    for (let i = 0; i < count; i++) out[i] = finite(Math.exp(a[i]!));
  },
  expm1(count, out, a) {
    for (let i = 0; i < count; i++) out[i] = finite(Math.expm1(a[i]!));
  },
  log(count, out, a) {
    for (let i = 0; i < count; i++) out[i] = finite(Math.log(a[i]!));
  },
  log10(count, out, a) {
    for (let i = 0; i < count; i++) out[i] = finite(Math.log10(a[i]!));
  },
  log2(count, out, a) {
    for (let i = 0; i < count; i++) out[i] = finite(Math.log2(a[i]!));
  },
  log1p(count, out, a) {
    for (let i = 0; i < count; i++) out[i] = finite(Math.log1p(a[i]!));
  },
  logistic(count, out, a) {
    for (let i = 0; i < count; i++) out[i] = logistic(a[i]!);
  },
};

/** The remainder of division rounded down: it has the sign of the divisor (−7 % 3 is 2). */
function flooredRemainder(value: number, divisor: number): number {
  const remainder = value % divisor;
  return remainder !== 0 && remainder < 0 !== divisor < 0 ? remainder + divisor : remainder + 0;
}

/** 1 / (1 + e^−x) without overflow on either side. */
function logistic(value: number): number {
  if (value >= 0) return 1 / (1 + Math.exp(-value));
  const odds = Math.exp(value);
  return odds / (1 + odds);
}

/** Nearest whole number, halves away from zero. */
function roundHalfAway(value: number): number {
  return value < 0 ? 0 - Math.round(-value) : Math.round(value) + 0;
}

/**
 * Rounds the number as it is written in decimals, halves away from zero: 1.005 to 2 places is 1.01, although the
 * nearest double lies below 1.005. Only values so near to a half that binary digits could decide take the slow way
 * over the decimal text.
 */
function roundDecimal(value: number, places: number): number {
  const scale = 10 ** places;
  const scaled = Math.abs(value) * scale;
  // From 2^52 on every double is whole: no decimals are left to round.
  if (!(scaled < 2 ** 52)) return value;
  const lower = Math.floor(scaled);
  const nearHalf = Math.abs(scaled - lower - 0.5) <= scaled * 2 ** -50;
  const rounded = (nearHalf ? scaledByDigits(Math.abs(value), places) : Math.round(scaled)) / scale;
  return value < 0 ? 0 - rounded : rounded;
}

/** value × 10^places, rounded to a whole number by the shortest decimal digits of the value. */
function scaledByDigits(value: number, places: number): number {
  const [mantissa, exponent] = value.toExponential().split("e");
  const digits = mantissa!.replace(".", "");
  const kept = Number(exponent) + 1 + places;
  return Number(digits.slice(0, kept).padEnd(kept, "0")) + (Number(digits[kept] ?? 0) >= 5 ? 1 : 0);
}
