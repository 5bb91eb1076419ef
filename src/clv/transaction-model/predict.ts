import { runToEnd } from "../../steps/steps";
import { findDistinctRows } from "./distinct-rows";
import type { PurchaseHistories } from "./histories";
import type { PurchaseKernel } from "./purchase-kernel";

/** P(alive now), one for each history. Equal histories are computed once where that costs less than computing each. */
export function aliveOf(kernel: PurchaseKernel, { frequency, recency, age }: PurchaseHistories): Float64Array {
  const alive = new Float64Array(frequency.length);
  if (!kernel.isAliveCostly) {
    for (let i = 0; i < alive.length; i++) alive[i] = kernel.alive(frequency[i]!, recency[i]!, age[i]!);
    return alive;
  }
  const { columns, positions } = runToEnd(findDistinctRows([frequency, recency, age], frequency.length));
  const [x, tx, T] = columns as [Float64Array, Float64Array, Float64Array];
  const distinct = x.map((each, i) => kernel.alive(each, tx[i]!, T[i]!));
  for (let i = 0; i < alive.length; i++) alive[i] = distinct[positions[i]!]!;
  return alive;
}

/**
 * What customers do who are alive now, one for each history. It depends on frequency and age only, so it is computed once for
 * all customers who agree in both: of a million there are some thousands.
 */
function ifAlive({ frequency, age }: PurchaseHistories, compute: (frequency: number, age: number) => number): Float64Array {
  const { columns, positions } = runToEnd(findDistinctRows([frequency, age], frequency.length));
  const [x, T] = columns as [Float64Array, Float64Array];
  const distinct = x.map((each, i) => compute(each, T[i]!));
  const values = new Float64Array(positions.length);
  for (let i = 0; i < values.length; i++) values[i] = distinct[positions[i]!]!;
  return values;
}

/** P(alive now) · `compute`. */
export function timesAlive(kernel: PurchaseKernel, histories: PurchaseHistories, compute: (frequency: number, age: number) => number): Float64Array {
  const values = ifAlive(histories, compute);
  const alive = aliveOf(kernel, histories);
  for (let i = 0; i < values.length; i++) values[i] = values[i]! * alive[i]!;
  return values;
}
