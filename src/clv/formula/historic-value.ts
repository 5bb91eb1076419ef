import type { RowId } from "../../data/table";
import { checkSameLength, checkShape, isList } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions } from "../../errors/options";
import type { PurchaseSummary } from "../../features/transactions/summary";

/** Options of {@link computeHistoricValue}. */
export interface HistoricValueOptions {
  /** Share of the net revenue that is earned. @defaultValue 1 (the result is revenue) */
  readonly margin?: number | undefined;
  /** What winning a customer cost, in money: one number for all, or one for each customer of the summary (NaN: not known). @defaultValue 0 */
  readonly acquisitionCost?: number | ArrayLike<number> | undefined;
}

/** What customers have brought up to a day: one position for each, in the order of the summary. */
export interface HistoricValue {
  readonly customerCount: number;
  readonly id: readonly RowId[];
  /** What was bought, before returns. */
  readonly grossRevenue: Float64Array;
  /** What returns took back, above 0. */
  readonly returned: Float64Array;
  /** `grossRevenue` − `returned`. */
  readonly netRevenue: Float64Array;
  /** `netRevenue` × margin − acquisition cost. */
  readonly value: Float64Array;
  /** The unit of all values, if the amounts had one ("EUR"). */
  readonly valueUnit: string | undefined;
  /** The last day that counts. */
  readonly asOf: string;
}

const HISTORIC_VALUE_OPTIONS = {
  margin: { kind: "number", default: 1 },
  acquisitionCost: { kind: "custom" },
} as const;

/**
 * What customers have been worth so far: net revenue × margin − acquisition cost, up to the day of the summary, not discounted.
 *
 * It says nothing of the future: a customer who has left keeps the value. A customer whose orders miss an amount has the value NaN
 * (missing), never 0; a prospect, who has no order, has brought nothing and costs what was paid to win them.
 *
 * @param summary - from `summarizeTransactions` with `returns: "net"` (the default) or `"separate"`
 * @throws ClienteleError `unsupported` for a summary made with `returns: "ignore"`, which does not know the refunds of its customers;
 * `lengthMismatch` for another number of costs than customers.
 * @example
 * ```ts
 * import { computeHistoricValue } from "clientele/clv";
 * import { tableFromColumns } from "clientele/data";
 * import { summarizeTransactions } from "clientele/features";
 *
 * const orders = tableFromColumns({
 *   customerId: ["a", "a", "b"],
 *   timestamp: [new Date("2026-01-05"), new Date("2026-01-09"), new Date("2026-02-04")],
 *   amount: [100, -30, 40],
 * });
 * const summary = summarizeTransactions(orders, { asOf: "2026-03-31" });
 * console.log(computeHistoricValue(summary, { margin: 0.5, acquisitionCost: 10 }).value); // Float64Array [25, 10]
 * ```
 */
export function computeHistoricValue(summary: PurchaseSummary, options?: HistoricValueOptions): HistoricValue {
  const caller = "computeHistoricValue";
  const rule = "what summarizeTransactions returns";
  checkShape(caller, "summary", summary, rule, ({ id, totalValue, returnValue }) => Array.isArray(id) && totalValue instanceof Float64Array && returnValue instanceof Float64Array);
  const { margin, acquisitionCost } = readOptions(caller, options, HISTORIC_VALUE_OPTIONS);
  const { customerCount, returns, totalValue, returnValue } = summary;
  if (returns === "ignore") {
    throw new ClienteleError("unsupported", 'a summary made with returns: "ignore" does not know what was refunded; use "net" or "separate"', {
      caller,
      parameter: "summary",
      rule: 'returns: "net" or "separate"',
    });
  }
  const cost = readCosts(caller, acquisitionCost ?? 0, customerCount);
  const isNet = returns === "net";
  const netRevenue = totalValue.map((total, i) => (isNet ? total : total - returnValue[i]!));
  return {
    customerCount,
    id: [...summary.id],
    grossRevenue: totalValue.map((total, i) => (isNet ? total + returnValue[i]! : total)),
    returned: returnValue.slice(),
    netRevenue,
    value: netRevenue.map((net, i) => net * margin - cost[i]!),
    valueUnit: summary.valueUnit,
    asOf: summary.asOf,
  };
}

function readCosts(caller: string, acquisitionCost: number | ArrayLike<number>, customerCount: number): Float64Array {
  if (!isList(acquisitionCost)) {
    checkOption(caller, "acquisitionCost", acquisitionCost, { kind: "number", min: 0 });
    return new Float64Array(customerCount).fill(acquisitionCost);
  }
  checkSameLength(caller, "acquisitionCost", acquisitionCost.length, customerCount, "the summary");
  return Float64Array.from(acquisitionCost, (cost, i) => {
    if (!Number.isNaN(cost)) checkOption(caller, `acquisitionCost[${i}]`, cost, { kind: "number", min: 0 });
    return cost;
  });
}
