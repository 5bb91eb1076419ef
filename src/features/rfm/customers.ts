import { positionIds, type RowId } from "../../data/table";
import { checkList, checkObject, checkSameLength } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";

/** Customers to score: one position for each, as `summarizeTransactions` gives them. */
export interface RfmColumns {
  /** @defaultValue 0, 1, 2 … */
  readonly id?: ArrayLike<RowId> | undefined;
  /** Days since the last purchase; not read where `orderCount` is 0. */
  readonly daysSinceLast: ArrayLike<number>;
  /** 0 for prospects, who have not ordered yet. */
  readonly orderCount: ArrayLike<number>;
  /** Money; NaN where it is not known. Returns can make it negative. */
  readonly totalValue: ArrayLike<number>;
}

/** What is scored of each customer; NaN where there is nothing to score: all three of prospects, `monetary` of unknown value. */
export interface RfmMeasures {
  readonly id: ArrayLike<RowId>;
  readonly recency: Float64Array;
  readonly frequency: Float64Array;
  readonly monetary: Float64Array;
}

export function readMeasures(caller: string, customers: RfmColumns, monetaryValue: "total" | "perOrder"): RfmMeasures {
  checkObject(caller, "customers", customers);
  const { daysSinceLast, orderCount, totalValue } = customers;
  checkList(caller, "orderCount", orderCount);
  const count = orderCount.length;
  for (const [name, column] of Object.entries({ daysSinceLast, totalValue })) {
    checkList(caller, name, column);
    checkSameLength(caller, name, column.length, count, "orderCount");
  }
  const id = customers.id ?? positionIds(count);
  checkList(caller, "id", id);
  checkSameLength(caller, "id", id.length, count, "orderCount");

  const recency = new Float64Array(count).fill(NaN);
  const frequency = new Float64Array(count).fill(NaN);
  const monetary = new Float64Array(count).fill(NaN);
  for (let row = 0; row < count; row++) {
    const orders = numberAt(caller, "orderCount", orderCount, row, 0);
    if (orders === 0) continue;
    frequency[row] = orders;
    recency[row] = numberAt(caller, "daysSinceLast", daysSinceLast, row, 0);
    const value = totalValue[row]!;
    if (Number.isNaN(value)) continue;
    const total = numberAt(caller, "totalValue", totalValue, row, -Infinity);
    monetary[row] = monetaryValue === "total" ? total : total / orders;
  }
  return { id, recency, frequency, monetary };
}

function numberAt(caller: string, column: string, values: ArrayLike<number>, row: number, min: number): number {
  const value: unknown = values[row];
  if (typeof value === "number" && Number.isFinite(value) && value >= min) return value;
  const rule = min === 0 ? "a number of at least 0" : "a finite number, or NaN where it is not known";
  const code = typeof value === "number" && !Number.isFinite(value) ? "nonFinite" : "invalidInput";
  throw new ClienteleError(code, `${column} must hold ${rule}; got ${describeValue(value)} at position ${row}`, { caller, parameter: column, row, rule });
}
