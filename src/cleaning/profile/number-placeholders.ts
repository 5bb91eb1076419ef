import { parseIsoTime } from "../../data/iso-time";
import type { Placeholder, PlaceholderReason } from "./placeholder";
import { positionIn, type ValueRuns } from "./value-runs";

/** How much more frequent than each of its neighbours a spike is, and how many neighbours are looked at. */
const SPIKE_RATIO = 10;
const SPIKE_NEIGHBOURS = 5;

/** Fewer other values than this say nothing about what is usual; for −1, which is a level of many scales, than this. */
const MIN_REST = 2;
const MIN_REST_OF_MINUS_ONE = 10;

/** The share of a single 9, which is also a common count. */
const MIN_SHARE_OF_NINE = 0.01;

/** The ends of the integer types of databases, and the numbers that people make up. */
const MADE_UP = [32767, 65535, 2147483647, 4294967295, 9007199254740991, 1e9, 123456789, 1234567890] as const;

/** Days that no customer means. */
const DEFAULT_DAYS = ["0001-01-01", "1601-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "2999-12-31", "9999-12-31"] as const;
/** Days that a customer may mean: they have to stand apart as well. */
const POSSIBLE_DAYS = ["1970-01-01", "1980-01-01", "2099-12-31"] as const;

/**
 * Numbers that are written for "not known", if they stand at an end of the column's values and apart from the rest.
 *
 * At the upper end these are nines (9, 99, 999 … also 99.9 and 999.99), five or more equal digits (666666), and the numbers of
 * `MADE_UP`; at the lower end −1 and the same with a minus. The rest are the values without such codes at the ends; there must be
 * two different ones. A code is proposed if it is farther from the rest than the rest is wide, or at the lower end if the rest has no
 * negative number (for −1: and at least ten different ones), or at the upper end if it is a spike. It must occur twice; once is enough
 * for five or more digits, and a 9 must make up one per cent.
 *
 * So 999 among ages is proposed and 999 among prices is not; a code in the middle of the values cannot be told from a value.
 */
export function findNumberPlaceholders(runs: ValueRuns): Placeholder[] {
  const { values, counts } = runs;
  const end = values.length;
  const rest = { first: 0, last: end - 1 };
  while (rest.last >= 0 && isCode(values[rest.last]!)) rest.last--;
  while (rest.first <= rest.last && isNegativeCode(values[rest.first]!)) rest.first++;
  if (rest.last - rest.first + 1 < MIN_REST) return [];
  // A code that does not stand apart is one of the values: 9 beside 8.
  while (rest.last + 1 < end && reasonOf(runs, rest.last + 1, rest) === undefined) rest.last++;
  while (rest.first > 0 && reasonOf(runs, rest.first - 1, rest) === undefined) rest.first--;

  const found: Placeholder[] = [];
  const propose = (i: number): void => {
    const reason = reasonOf(runs, i, rest);
    if (reason !== undefined) found.push({ value: values[i]!, count: counts[i]!, reason });
  };
  for (let i = 0; i < rest.first; i++) propose(i);
  for (let i = rest.last + 1; i < end; i++) propose(i);
  return found;
}

/** Why the code at an index below or above the rest stands apart from it; undefined if it does not, or is too rare. */
function reasonOf(runs: ValueRuns, i: number, { first, last }: { readonly first: number; readonly last: number }): PlaceholderReason | undefined {
  const { values, counts, total } = runs;
  const value = values[i]!;
  const low = values[first]!;
  const high = values[last]!;
  if (counts[i]! < minCountOf(Math.abs(value), total)) return undefined;
  if (i < first && low >= 0 && (value !== -1 || last - first + 1 >= MIN_REST_OF_MINUS_ONE)) return "onlyNegative";
  if (Math.max(value - high, low - value) > high - low) return "farFromRest";
  return i === values.length - 1 && counts[i]! > 1 && isSpike(runs, i) ? "spike" : undefined;
}

function isNegativeCode(value: number): boolean {
  return value === -1 || (value < 0 && isCode(-value));
}

function isCode(value: number): boolean {
  return isNines(value) || isEqualDigits(value) || MADE_UP.includes(value as (typeof MADE_UP)[number]);
}

/** 9, 99 and so on, also with one or two decimals that are nines: 99.9, 999.99. */
function isNines(value: number): boolean {
  return /^(?:9+|99+\.99?)$/.test(String(value));
}

function isEqualDigits(value: number): boolean {
  return /^([1-9])\1{4,}$/.test(String(value));
}

function minCountOf(magnitude: number, total: number): number {
  if (magnitude === 9) return Math.max(2, MIN_SHARE_OF_NINE * total);
  return magnitude >= 10_000 ? 1 : 2;
}

/** Days that stand for "not known" among points in time, which must be their midnight in UTC. */
export function findDayPlaceholders(runs: ValueRuns): Placeholder[] {
  const found: Placeholder[] = [];
  for (const day of DEFAULT_DAYS) {
    const i = indexOfDay(runs, day);
    if (i >= 0) found.push({ value: day, count: runs.counts[i]!, reason: "defaultDate" });
  }
  for (const day of POSSIBLE_DAYS) {
    const i = indexOfDay(runs, day);
    const reason = i < 0 ? undefined : apartness(runs, i);
    if (reason !== undefined) found.push({ value: day, count: runs.counts[i]!, reason });
  }
  return found;
}

function indexOfDay({ values }: ValueRuns, day: string): number {
  const time = parseIsoTime(day);
  const i = positionIn(values, time);
  return values[i] === time ? i : -1;
}

/** How the value at an index stands apart from the others, default days not counted. */
function apartness(runs: ValueRuns, i: number): "farFromRest" | "spike" | undefined {
  const { values, counts } = runs;
  const isDefault = (at: number): boolean => DEFAULT_DAYS.some((day) => parseIsoTime(day) === values[at]);
  let first = 0;
  let last = values.length - 1;
  while (first <= last && (first === i || isDefault(first))) first++;
  while (last > first && (last === i || isDefault(last))) last--;
  if (last - first + 1 < MIN_REST) return undefined;
  const width = values[last]! - values[first]!;
  if (Math.max(values[first]! - values[i]!, values[i]! - values[last]!) > width) return "farFromRest";
  return counts[i]! > 1 && isSpike(runs, i) ? "spike" : undefined;
}

function isSpike({ values, counts }: ValueRuns, i: number): boolean {
  const end = Math.min(values.length, i + SPIKE_NEIGHBOURS + 1);
  for (let at = Math.max(0, i - SPIKE_NEIGHBOURS); at < end; at++) if (at !== i && counts[i]! < SPIKE_RATIO * counts[at]!) return false;
  return true;
}
