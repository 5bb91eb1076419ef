import type { Steps } from "../../steps/steps";
import type { ChurnWindow } from "./churn-window";

/** The events of a log by customer. */
export interface EventLog {
  readonly customerCount: number;
  /** Position of the customer of each row; −1 for a row that is left out. */
  readonly customers: Int32Array;
  readonly days: Int32Array;
  readonly times: Float64Array;
}

/** How each customer stands at a cutoff: places on the axis of its window. */
export interface Standing {
  /** The first and the last event before the cutoff; ∞ and −∞ where there is none. */
  readonly first: Float64Array;
  readonly last: Float64Array;
  /** 1 for who has an event in the window. */
  readonly returned: Uint8Array;
}

/** Rows between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 200_000;

/** One pass over the rows. Between the cutoff (included) and `from` (included) lies the gap: what happens there counts for nothing. */
export function* standingSteps({ customerCount, customers, days, times }: EventLog, window: ChurnWindow): Steps<Standing> {
  const standing = { first: new Float64Array(customerCount).fill(Infinity), last: new Float64Array(customerCount).fill(-Infinity), returned: new Uint8Array(customerCount) };
  const places = window.axis === "day" ? days : times;
  for (let start = 0; start < customers.length; start += ROWS_PER_SLICE) {
    const end = Math.min(customers.length, start + ROWS_PER_SLICE);
    placeEvents(customers, places, window, standing, start, end);
    yield { phase: "labelling customers", done: end, total: customers.length };
  }
  return standing;
}

function placeEvents(customers: Int32Array, places: Int32Array | Float64Array, { cutoff, from, to }: ChurnWindow, { first, last, returned }: Standing, start: number, end: number): void {
  for (let row = start; row < end; row++) {
    const customer = customers[row]!;
    if (customer < 0) continue;
    const place = places[row]!;
    if (place < cutoff) {
      if (place < first[customer]!) first[customer] = place;
      if (place > last[customer]!) last[customer] = place;
    } else if (place > from && place <= to) {
      returned[customer] = 1;
    }
  }
}
