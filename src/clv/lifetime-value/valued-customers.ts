import { ClienteleError } from "../../errors/error";
import type { PurchaseSummary } from "../../features/transactions/summary";
import type { SpendColumns } from "../gamma-gamma/spend";
import type { PurchaseHistories } from "../transaction-model/histories";

/** What a repeat buyer's mean value of 0 or less (refunds, free orders) means. */
export type NonPositivePolicy = "refuse" | "asZero" | "leaveOut";

/** Customers with an order: all others are prospects, of whom the models know nothing. */
export interface ValuedCustomers {
  /** Their positions in the summary. */
  readonly positions: Int32Array;
  readonly histories: PurchaseHistories;
  /** As the spend model reads it. Who has no known value stands there as one without a repeat purchase, and is in `withoutValue`. */
  readonly spend: SpendColumns;
  /** 1 for customers whose value stays missing. */
  readonly withoutValue: Uint8Array;
  /** Repeat buyers with an order without an amount, and those with a mean value of 0 or less. */
  readonly missingValueCount: number;
  readonly nonPositiveCount: number;
}

export function valuedCustomers(caller: string, summary: PurchaseSummary, nonPositive: NonPositivePolicy): ValuedCustomers {
  const positions = Int32Array.from(summary.id, (_, i) => i).filter((i) => !Number.isNaN(summary.age[i]));
  const take = (column: Float64Array): Float64Array => Float64Array.from(positions, (i) => column[i]!);
  const frequency = take(summary.frequency);
  const meanValue = take(summary.meanValue);
  const spendFrequency = frequency.slice();
  const withoutValue = new Uint8Array(positions.length);
  let missingValueCount = 0;
  let nonPositiveCount = 0;
  for (let i = 0; i < positions.length; i++) {
    if (frequency[i] === 0 || meanValue[i]! > 0) continue;
    const isMissing = Number.isNaN(meanValue[i]);
    if (isMissing) missingValueCount++;
    else {
      nonPositiveCount++;
      if (nonPositive === "refuse") throw refuseValue(caller, positions[i]!, meanValue[i]!);
      if (nonPositive === "asZero") meanValue[i] = 0;
    }
    if (isMissing || nonPositive === "leaveOut") {
      withoutValue[i] = 1;
      spendFrequency[i] = 0;
    }
  }
  return {
    positions,
    histories: { frequency, recency: take(summary.recency), age: take(summary.age) },
    spend: { frequency: spendFrequency, meanValue },
    withoutValue,
    missingValueCount,
    nonPositiveCount,
  };
}

function refuseValue(caller: string, row: number, value: number): ClienteleError {
  const rule = 'numbers above 0 where frequency is above 0 (or give nonPositive: "asZero" or "leaveOut")';
  return new ClienteleError("invalidInput", `summary.meanValue must hold ${rule}; got ${value} at position ${row}`, { caller, parameter: "summary.meanValue", row, rule, value });
}
