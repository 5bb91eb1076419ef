import type { RowId } from "../../data/table";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import { findMinorUnits } from "./minor-units";
import type { SortedRows } from "./rows";

/** The columns of a purchase summary in days, and the counts of rows. */
export interface Purchases {
  readonly id: readonly RowId[];
  readonly orderCount: Float64Array;
  readonly frequency: Float64Array;
  readonly firstDay: Float64Array;
  readonly lastDay: Float64Array;
  readonly meanValue: Float64Array;
  readonly meanValueAll: Float64Array;
  readonly totalValue: Float64Array;
  readonly returnCount: number;
  readonly unmatchedReturnCount: number;
}

/** Walks through each customer's rows once. Customers without an order are left out. */
export function collectPurchases(ids: readonly RowId[], rows: SortedRows): Purchases {
  const { starts, days, amounts } = rows;
  const factor = findMinorUnits(amounts);
  // Whole numbers of minor units add up without rounding.
  const units = factor === undefined ? amounts : amounts.map((amount) => Math.round(amount * factor));
  const unitsPerValue = factor ?? 1;

  const id: RowId[] = [];
  const orderCount = new Float64Array(ids.length);
  const frequency = new Float64Array(ids.length);
  const firstDay = new Float64Array(ids.length);
  const lastDay = new Float64Array(ids.length);
  const meanValue = new Float64Array(ids.length);
  const meanValueAll = new Float64Array(ids.length);
  const totalValue = new Float64Array(ids.length);
  let returnCount = 0;
  let unmatchedReturnCount = 0;

  ids.forEach((customer, position) => {
    const end = starts[position + 1]!;
    let start = starts[position]!;
    while (start < end && amounts[start]! < 0) {
      unmatchedReturnCount++;
      start++;
    }
    if (start === end) return;

    let orders = 0;
    let repeats = 0;
    let day = days[start]!;
    // What comes before the second purchase day belongs to the first, returns of later days included.
    let repeatStart = end;
    for (let i = start; i < end; i++) {
      if (amounts[i]! < 0) {
        returnCount++;
        continue;
      }
      orders++;
      if (days[i] === day) continue;
      day = days[i]!;
      if (repeats++ === 0) repeatStart = i;
    }
    const firstUnits = sumOf(units.subarray(start, repeatStart));
    const repeatUnits = sumOf(units.subarray(repeatStart, end));

    const kept = id.push(customer) - 1;
    orderCount[kept] = orders;
    frequency[kept] = repeats;
    firstDay[kept] = days[start]!;
    lastDay[kept] = day;
    meanValue[kept] = repeats === 0 ? NaN : repeatUnits / (repeats * unitsPerValue);
    meanValueAll[kept] = (firstUnits + repeatUnits) / ((repeats + 1) * unitsPerValue);
    totalValue[kept] = (firstUnits + repeatUnits) / unitsPerValue;
  });
  const take = (values: Float64Array): Float64Array => values.slice(0, id.length);
  return {
    id,
    orderCount: take(orderCount),
    frequency: take(frequency),
    firstDay: take(firstDay),
    lastDay: take(lastDay),
    meanValue: take(meanValue),
    meanValueAll: take(meanValueAll),
    totalValue: take(totalValue),
    returnCount,
    unmatchedReturnCount,
  };
}
