import { readOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { betaGeometricLikelihood } from "../beta-geometric/likelihood";
import { countHistoriesSteps } from "../transaction-model/counted-histories";
import type { WeightedHistories } from "../transaction-model/histories";
import { maximizeSteps } from "../transaction-model/maximize";
import { FIT_OPTIONS, type TransactionFitOptions } from "../transaction-model/options";
import { BgNbdModel } from "./model";

/**
 * Learns from histories how often customers buy and when they stop, by the BG/NBD model.
 *
 * Maximum likelihood in the logarithms of the parameters, by Newton's method in a trust region with exact derivatives, from several starts; equal
 * histories are counted and computed once. Statistical trouble is a `status` with `advice`, not an exception. Fader, Hardie and Lee (2005), "Counting Your Customers" the Easy Way.
 *
 * @param histories - three columns of `summarizeTransactions`, or their like, in any one unit of time, which is then the unit of `alpha`
 * @throws ClienteleError `invalidInput` or `nonFinite` (with the position) for columns that are no histories, `lengthMismatch` for columns of
 * different length, `tooFewRows` without a repeat purchase.
 * @example
 * ```ts
 * import { fitBgNbd } from "clientele/clv";
 *
 * // Customers after 52 weeks; `weights` says how many have each history.
 * const model = fitBgNbd({
 *   frequency: [0, 1, 1, 2, 2, 4, 7, 12],
 *   recency: [0, 10, 40, 20, 50, 45, 49, 51],
 *   age: [52, 52, 52, 52, 52, 52, 52, 52],
 *   weights: [500, 90, 60, 50, 40, 30, 20, 10],
 * });
 * console.log(model.status); // "converged"
 * const customers = { frequency: [0, 4, 4], recency: [0, 20, 48], age: [52, 52, 52] };
 * console.log(model.predictAlive(customers)); // Float64Array [1, 0.782…, 0.975…]
 * ```
 */
export function fitBgNbd(histories: WeightedHistories, options?: TransactionFitOptions): BgNbdModel {
  return runToEnd(bgNbdSteps(histories, options));
}

/** {@link fitBgNbd} in slices. */
export function* bgNbdSteps(histories: WeightedHistories, options?: TransactionFitOptions): Steps<BgNbdModel> {
  const caller = "fitBgNbd";
  const settings = readOptions(caller, options, FIT_OPTIONS);
  const counted = yield* countHistoriesSteps(caller, histories, "continuous");
  return new BgNbdModel(yield* maximizeSteps(betaGeometricLikelihood(counted, 0), settings));
}
