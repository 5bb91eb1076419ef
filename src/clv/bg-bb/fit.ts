import { readOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { countHistoriesSteps } from "../transaction-model/counted-histories";
import type { WeightedHistories } from "../transaction-model/histories";
import { maximizeSteps } from "../transaction-model/maximize";
import { FIT_OPTIONS, type TransactionFitOptions } from "../transaction-model/options";
import { bgBbLikelihood } from "./likelihood";
import { BgBbModel } from "./model";

/**
 * Fits the BG/BB model (Fader, Hardie and Shang 2010) by maximum likelihood: who gives, or comes, how often of a number of opportunities, and who has stopped.
 *
 * Maximum likelihood in the logarithms of the parameters, with exact derivatives, from several starts; equal histories are counted and computed once, each of
 * the different ones in time linear in the opportunities since its last purchase. Statistical trouble is a `status` with `advice`, not an exception.
 *
 * @param histories - `frequency`: opportunities that were taken, after the purchase that won the customer; `recency`: the last of them, 0 if there was none;
 * `age`: opportunities so far; all whole numbers, frequency ≤ recency ≤ age
 * @throws ClienteleError `invalidInput`, `nonFinite` (with the position) or `lengthMismatch` for columns that are no such histories, `tooFewRows` where no
 * customer came back.
 * @example
 * ```ts
 * import { fitBgBb } from "clientele/clv";
 *
 * // Three yearly appeals to 1,000 donors, counted by their history.
 * const model = fitBgBb({
 *   frequency: [0, 1, 1, 1, 2, 2, 2, 3],
 *   recency: [0, 1, 2, 3, 2, 3, 3, 3],
 *   age: [3, 3, 3, 3, 3, 3, 3, 3],
 *   weights: [420, 110, 55, 45, 90, 40, 60, 180],
 * });
 * console.log(model.status); // converged
 * console.log(Array.from(model.predictPurchases({ frequency: [3, 1], recency: [3, 1], age: [3, 3] }, 3), (n) => n.toFixed(2))); // ["2.13", "0.43"]
 * ```
 */
export function fitBgBb(histories: WeightedHistories, options?: TransactionFitOptions): BgBbModel {
  return runToEnd(bgBbSteps(histories, options));
}

/** {@link fitBgBb} in slices of about two milliseconds, for `runCooperatively`. */
export function* bgBbSteps(histories: WeightedHistories, options?: TransactionFitOptions): Steps<BgBbModel> {
  const caller = "fitBgBb";
  const settings = readOptions(caller, options, FIT_OPTIONS);
  const counted = yield* countHistoriesSteps(caller, histories, "discrete");
  return new BgBbModel(yield* maximizeSteps(bgBbLikelihood(counted), settings));
}
