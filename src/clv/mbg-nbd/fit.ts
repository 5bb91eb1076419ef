import { readOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { betaGeometricLikelihood } from "../beta-geometric/likelihood";
import { countHistoriesSteps } from "../transaction-model/counted-histories";
import type { WeightedHistories } from "../transaction-model/histories";
import { maximizeSteps } from "../transaction-model/maximize";
import { FIT_OPTIONS, type TransactionFitOptions } from "../transaction-model/options";
import { MbgNbdModel } from "./model";

/**
 * Learns from histories how often customers buy and when they stop, by the MBG/NBD model, in which one-time buyers may be gone.
 *
 * Maximum likelihood in the logarithms of the parameters, by Newton's method in a trust region with exact derivatives, from several starts; equal
 * histories are counted and computed once. Statistical trouble is a `status` with `advice`, not an exception. Batislam, Denizel and Filiztekin (2007), Empirical validation and comparison of models for customer base analysis.
 *
 * @param histories - three columns of `summarizeTransactions`, or their like, in any one unit of time, which is then the unit of `alpha`
 * @throws ClienteleError `invalidInput` or `nonFinite` (with the position) for columns that are no histories, `lengthMismatch` for columns of
 * different length, `tooFewRows` without a repeat purchase.
 * @example
 * ```ts
 * import { fitMbgNbd } from "clientele/clv";
 *
 * // Customers after 52 weeks; `weights` says how many have each history.
 * const model = fitMbgNbd({
 *   frequency: [0, 1, 1, 2, 2, 4, 7, 12],
 *   recency: [0, 10, 40, 20, 50, 45, 49, 51],
 *   age: [52, 52, 52, 52, 52, 52, 52, 52],
 *   weights: [500, 90, 60, 50, 40, 30, 20, 10],
 * });
 * console.log(model.status); // "converged"
 * const customers = { frequency: [0, 4, 4], recency: [0, 20, 48], age: [52, 52, 52] };
 * console.log(model.predictAlive(customers)); // Float64Array [0.684…, 0.650…, 0.950…]
 * ```
 */
export function fitMbgNbd(histories: WeightedHistories, options?: TransactionFitOptions): MbgNbdModel {
  return runToEnd(mbgNbdSteps(histories, options));
}

/** {@link fitMbgNbd} in slices. */
export function* mbgNbdSteps(histories: WeightedHistories, options?: TransactionFitOptions): Steps<MbgNbdModel> {
  const caller = "fitMbgNbd";
  const settings = readOptions(caller, options, FIT_OPTIONS);
  const counted = yield* countHistoriesSteps(caller, histories, "continuous");
  return new MbgNbdModel(yield* maximizeSteps(betaGeometricLikelihood(counted, 1), settings));
}
