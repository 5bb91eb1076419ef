import type { Steps } from "../../steps/steps";

/** Rows of a log, one position for each. */
export interface TransactionRows {
  /** Position of the customer. */
  readonly customers: Int32Array;
  readonly days: Int32Array;
  /** Milliseconds since 1970. */
  readonly times: Float64Array;
  /** Negative for a return; NaN where the amount is missing. */
  readonly amounts: Float64Array;
}

/** Rows in the order of their customers; those of customer c stand from `starts[c]` to before `starts[c + 1]`. */
export interface SortedRows extends Omit<TransactionRows, "customers"> {
  readonly starts: Int32Array;
}

/** Rows between two yields: about two milliseconds of scattered reads and writes. */
const ROWS_PER_SLICE = 50_000;

/** Days are sorted by digits to this base: 179 years of days are one digit. */
const DAY_DIGITS = 65_536;

/**
 * Sorts rows by customer, then day, then orders before returns, then amount: the order of the rows in the log
 * can change no sum, not even in its last bit.
 *
 * By counting: stable passes over the digits of the day, then over the customer. Only rows of one customer and day are compared.
 */
export function* sortRowsSteps({ customers, days, times, amounts }: TransactionRows, customerCount: number): Steps<SortedRows> {
  const rowOrder = new Int32Array(days.length);
  let firstDay = Infinity;
  let lastDay = -Infinity;
  for (let row = 0; row < days.length; row++) {
    rowOrder[row] = row;
    if (days[row]! < firstDay) firstDay = days[row]!;
    if (days[row]! > lastDay) lastDay = days[row]!;
  }
  let { order } = yield* countingSortSteps(rowOrder, DAY_DIGITS, (row) => (days[row]! - firstDay) % DAY_DIGITS);
  if (lastDay - firstDay >= DAY_DIGITS) {
    const digitCount = Math.floor((lastDay - firstDay) / DAY_DIGITS) + 1;
    ({ order } = yield* countingSortSteps(order, digitCount, (row) => Math.floor((days[row]! - firstDay) / DAY_DIGITS)));
  }
  const { order: sorted, starts } = yield* countingSortSteps(order, customerCount, (row) => customers[row]!);

  const compare = (a: number, b: number): number => compareAmounts(amounts[a]!, amounts[b]!);
  for (let start = 0, sliceEnd = ROWS_PER_SLICE; start < sorted.length; ) {
    const row = sorted[start]!;
    let end = start + 1;
    while (end < sorted.length && customers[sorted[end]!] === customers[row] && days[sorted[end]!] === days[row]) end++;
    if (end - start > 1) sorted.subarray(start, end).sort(compare);
    start = end;
    if (start >= sliceEnd) {
      sliceEnd = start + ROWS_PER_SLICE;
      yield progress(start, sorted.length);
    }
  }
  const rows = { starts, days: new Int32Array(sorted.length), times: new Float64Array(sorted.length), amounts: new Float64Array(sorted.length) };
  for (let start = 0; start < sorted.length; start += ROWS_PER_SLICE) {
    const end = Math.min(sorted.length, start + ROWS_PER_SLICE);
    for (let i = start; i < end; i++) {
      rows.days[i] = days[sorted[i]!]!;
      rows.times[i] = times[sorted[i]!]!;
      rows.amounts[i] = amounts[sorted[i]!]!;
    }
    yield progress(end, sorted.length);
  }
  return rows;
}

/** Puts positions into the ascending order of their keys (0 … `keyCount` − 1), equal ones as they were; `starts` is where each key begins. */
function* countingSortSteps(
  positions: Int32Array,
  keyCount: number,
  keyOf: (position: number) => number,
): Steps<{ readonly order: Int32Array; readonly starts: Int32Array }> {
  const starts = new Int32Array(keyCount + 1);
  const keys = new Int32Array(positions.length);
  for (let start = 0; start < positions.length; start += ROWS_PER_SLICE) {
    const end = Math.min(positions.length, start + ROWS_PER_SLICE);
    for (let i = start; i < end; i++) {
      const key = keyOf(positions[i]!);
      keys[i] = key;
      starts[key + 1]!++;
    }
    yield progress(end, positions.length);
  }
  for (let key = 0; key < keyCount; key++) starts[key + 1]! += starts[key]!;
  const next = starts.slice();
  const order = new Int32Array(positions.length);
  for (let start = 0; start < positions.length; start += ROWS_PER_SLICE) {
    const end = Math.min(positions.length, start + ROWS_PER_SLICE);
    for (let i = start; i < end; i++) order[next[keys[i]!]!++] = positions[i]!;
    yield progress(end, positions.length);
  }
  return { order, starts };
}

function progress(done: number, total: number): { readonly phase: string; readonly done: number; readonly total: number } {
  return { phase: "sorting transactions", done, total };
}

/** Descending, so that returns (negative) come after orders; missing amounts come first. */
function compareAmounts(a: number, b: number): number {
  if (a === b) return 0;
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  return a > b ? -1 : 1;
}
