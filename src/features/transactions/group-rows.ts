import type { Steps } from "../../steps/steps";

/** Rows of a log, one position for each. */
export interface PlacedRows {
  /** Position of the customer; −1 for a row that is left out. */
  readonly customers: Int32Array;
  readonly days: Int32Array;
  /** Undefined where there are none. */
  readonly amounts: Float64Array | undefined;
}

/** The rows of each customer together: those of customer c stand from `starts[c]` to before `starts[c + 1]`, as they came. */
export interface GroupedRows {
  readonly starts: Int32Array;
  readonly days: Int32Array;
  /** Negative for a return, NaN where missing; whole minor units where the log has such. */
  readonly amounts: Float64Array;
  /** Where each row stands in the table; undefined where nobody asked for it. */
  readonly rows: Int32Array | undefined;
}

/** Rows between two yields: about two milliseconds of scattered writes. */
const ROWS_PER_SLICE = 40_000;

/**
 * Puts the rows of each customer together by counting: nothing is compared.
 *
 * @param unitsPerValue - turns amounts into whole minor units; undefined leaves them as they are
 */
export function* groupRowsSteps(placed: PlacedRows, customerCount: number, unitsPerValue: number | undefined, keepsRows: boolean): Steps<GroupedRows> {
  const { customers } = placed;
  const total = customers.length;
  const starts = new Int32Array(customerCount + 1);
  for (let start = 0; start < total; start += ROWS_PER_SLICE) {
    const end = Math.min(total, start + ROWS_PER_SLICE);
    countRows(customers, starts, start, end);
    yield { phase: "counting transactions", done: end, total };
  }
  for (let customer = 0; customer < customerCount; customer++) starts[customer + 1]! += starts[customer]!;
  const count = starts[customerCount]!;
  const days = new Int32Array(count);
  const amounts = new Float64Array(count);
  const rows = keepsRows ? new Int32Array(count) : undefined;
  const next = starts.slice();
  const nextRow = rows === undefined ? next : starts.slice();
  for (let start = 0; start < total; start += ROWS_PER_SLICE) {
    const end = Math.min(total, start + ROWS_PER_SLICE);
    if (placed.amounts === undefined) moveDays(customers, placed.days, days, next, start, end);
    else moveRows(customers, placed.days, placed.amounts, days, amounts, next, start, end);
    if (rows !== undefined) numberRows(customers, rows, nextRow, start, end);
    yield { phase: "sorting transactions", done: end, total };
  }
  if (placed.amounts === undefined) amounts.fill(NaN);
  else if (unitsPerValue !== undefined) countUnits(amounts, unitsPerValue);
  return { starts, days, amounts, rows };
}

// Separate loops without a decision in them: one loop that decides for each row takes twice as long.

function countRows(customers: Int32Array, starts: Int32Array, start: number, end: number): void {
  for (let row = start; row < end; row++) {
    const customer = customers[row]!;
    if (customer >= 0) starts[customer + 1]!++;
  }
}

function moveRows(customers: Int32Array, days: Int32Array, amounts: Float64Array, movedDays: Int32Array, movedAmounts: Float64Array, next: Int32Array, start: number, end: number): void {
  for (let row = start; row < end; row++) {
    const customer = customers[row]!;
    if (customer < 0) continue;
    const slot = next[customer]!;
    next[customer] = slot + 1;
    movedDays[slot] = days[row]!;
    movedAmounts[slot] = amounts[row]!;
  }
}

function moveDays(customers: Int32Array, days: Int32Array, movedDays: Int32Array, next: Int32Array, start: number, end: number): void {
  for (let row = start; row < end; row++) {
    const customer = customers[row]!;
    if (customer >= 0) movedDays[next[customer]!++] = days[row]!;
  }
}

function numberRows(customers: Int32Array, rows: Int32Array, next: Int32Array, start: number, end: number): void {
  for (let row = start; row < end; row++) {
    const customer = customers[row]!;
    if (customer >= 0) rows[next[customer]!++] = row;
  }
}

function countUnits(amounts: Float64Array, unitsPerValue: number): void {
  for (let i = 0; i < amounts.length; i++) amounts[i] = Math.round(amounts[i]! * unitsPerValue);
}
