import type { CategoryColumn, NumberColumn } from "../../data/column";
import type { RowId } from "../../data/table";
import type { Steps } from "../../steps/steps";
import { levelPositions, levelsOf } from "../encode/levels";

/** The customers of an id column, sorted, and for each row the position of its customer (−1: none). */
export interface Customers {
  readonly ids: readonly RowId[];
  readonly positions: Int32Array;
}

/** Rows between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 20_000;

/** Finds the customers in slices; the sort of the distinct ids is one piece. */
export function* customersOfSteps(column: CategoryColumn | NumberColumn): Steps<Customers> {
  if (column.type === "number") return yield* numberedCustomersSteps(column.values);
  const { present } = levelsOf(column);
  yield { phase: "finding customers", done: 1, total: 2 };
  const positionOfCode = levelPositions(column, present);
  const positions = column.codes.map((code) => (code < 0 ? -1 : positionOfCode[code]!));
  yield { phase: "finding customers", done: 2, total: 2 };
  return { ids: present, positions };
}

function* numberedCustomersSteps(values: Float64Array): Steps<Customers> {
  const total = values.length;
  const present = new Set<number>();
  for (let start = 0; start < total; start += ROWS_PER_SLICE) {
    const end = Math.min(total, start + ROWS_PER_SLICE);
    for (let row = start; row < end; row++) if (!Number.isNaN(values[row])) present.add(values[row]!);
    yield { phase: "finding customers", done: end, total };
  }
  const ids = Float64Array.from(present).sort();
  const positions = new Int32Array(total);
  for (let start = 0; start < total; start += ROWS_PER_SLICE) {
    const end = Math.min(total, start + ROWS_PER_SLICE);
    for (let row = start; row < end; row++) positions[row] = Number.isNaN(values[row]) ? -1 : positionIn(ids, values[row]!);
    yield { phase: "numbering customers", done: end, total };
  }
  return { ids: [...ids], positions };
}

/** The position of a number that is among `sorted`. */
function positionIn(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
