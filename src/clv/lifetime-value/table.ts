import type { Column } from "../../data/column";
import { createTable, type Table } from "../../data/table";
import { checkShape } from "../../errors/check";
import { idColumnFrom } from "../../features/transactions/summary";
import type { LifetimeValueEstimate } from "./result";

/**
 * The customers as a ranked table, the most valuable first: the columns `id`, `rank` (missing for customers without a value), `aliveProbability`,
 * `expectedPurchases`, `discountedPurchases`, `valuePerPurchase`, `value`, `low` and `high`. The row ids are the customers' ids.
 *
 * @throws ClienteleError `invalidInput` for anything but what `estimateLifetimeValue` returns.
 * @example
 * ```ts
 * import { estimateLifetimeValue, bgNbdFromSpec, gammaGammaFromSpec, tableFromLifetimeValues } from "clientele/clv";
 * import { recordsFromTable, tableFromColumns } from "clientele/data";
 * import { summarizeTransactions } from "clientele/features";
 *
 * const saved = { version: 1, status: "converged", unidentified: [], penalty: 0, iterations: 12, gradientNorm: 0 };
 * const transactionModel = bgNbdFromSpec({
 *   ...saved, kind: "bgNbd", parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, logLikelihood: -9582.4, customerCount: 2357,
 *   covariance: [0.0027, 0.0035, -0.0005, 0.0001, 0.0073, -0.0008, 0.001, 0.0549, 0.0641, 0.0846],
 * });
 * const spendModel = gammaGammaFromSpec({
 *   ...saved, kind: "gammaGamma", parameters: { p: 6.25, q: 3.74, gamma: 15.44 }, logLikelihood: -4055.9, customerCount: 946, leftOutCount: 1411,
 *   covariance: [0.0363, -0.0114, -0.0511, 0.006, 0.0203, 0.0725],
 * });
 *
 * const log = tableFromColumns({
 *   customerId: ["ann", "bob", "bob", "bob"],
 *   timestamp: [new Date("2026-01-05"), new Date("2026-01-06"), new Date("2026-03-01"), new Date("2026-05-30")],
 *   amount: [20, 40, 60, 50],
 * });
 * const summary = summarizeTransactions(log, { asOf: "2026-06-30", unit: "week" });
 * const estimate = estimateLifetimeValue(summary, transactionModel, spendModel, { horizon: { years: 1 }, unit: "week", annualDiscountRate: 0.1 });
 * const [first] = recordsFromTable(tableFromLifetimeValues(estimate));
 * console.log(first?.["id"], first?.["rank"], first?.["value"]); // "bob" 1 …
 * ```
 */
export function tableFromLifetimeValues(estimate: LifetimeValueEstimate): Table {
  const caller = "tableFromLifetimeValues";
  checkShape(caller, "estimate", estimate, "what estimateLifetimeValue returns", ({ ranking, value }) => ranking instanceof Int32Array && value instanceof Float64Array);
  const { ranking, id, value, valueUnit } = estimate;
  const ranked = (values: Float64Array, unit?: string): Column => ({ type: "number", values: Float64Array.from(ranking, (i) => values[i]!), unit });
  const rankedIds = Array.from(ranking, (i) => id[i]!);
  return createTable(
    caller,
    [
      ["id", idColumnFrom(rankedIds)],
      ["rank", { type: "number", values: Float64Array.from(ranking, (i, k) => (Number.isNaN(value[i]) ? NaN : k + 1)) }],
      ["aliveProbability", ranked(estimate.aliveProbability)],
      ["expectedPurchases", ranked(estimate.expectedPurchases)],
      ["discountedPurchases", ranked(estimate.discountedPurchases)],
      ["valuePerPurchase", ranked(estimate.valuePerPurchase, valueUnit)],
      ["value", ranked(value, valueUnit)],
      ["low", ranked(estimate.low, valueUnit)],
      ["high", ranked(estimate.high, valueUnit)],
    ],
    rankedIds,
  );
}
