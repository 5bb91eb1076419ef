import { readOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import type { Lifetimes } from "../survival/lifetimes";
import { maximizeSteps } from "../transaction-model/maximize";
import { FIT_OPTIONS, type TransactionFitOptions } from "../transaction-model/options";
import { renewalLikelihood } from "./likelihood";
import { ShiftedBetaGeometricModel } from "./model";
import { countRenewals } from "./renewals";

/**
 * Fits the shifted-beta-geometric model (Fader and Hardie 2007) to the lifetimes of customers under contract by maximum likelihood: how retention goes on
 * beyond the periods that were seen, and how long customers of any age will still stay.
 *
 * Give the survivors of one cohort or of several, which may have been followed for different times and are then described by one pair of parameters (fit each
 * kind of customer by itself), or customers one by one. `computeKaplanMeier` takes the same data, to be drawn beside the fitted curve. Exact gradient and
 * Hessian, time linear in customers and periods.
 *
 * @throws ClienteleError `invalidInput` for durations that are no whole numbers of periods, `tooFewRows` where nobody was there in a second period; as
 * `computeKaplanMeier`.
 * @example
 * ```ts
 * import { fitShiftedBetaGeometric } from "clientele/clv";
 *
 * // Fader and Hardie's "Regular" cohort: survivors of 1,000 customers after each of seven years.
 * const model = fitShiftedBetaGeometric({ survivors: [1000, 631, 468, 382, 326, 289, 262, 241] });
 * console.log(model.parameters.alpha.toFixed(4), model.parameters.beta.toFixed(4));     // 0.7041 1.1820
 * console.log(Array.from(model.retentionCurve(3), (share) => share.toFixed(3)));        // ["0.627", "0.756", "0.819"]
 * console.log(model.survivalCurve(12)[12]?.toFixed(3));                                 // 0.170
 * console.log(model.predictResidualLifetime([0, 4], { discountRate: 0.1 })[1]?.toFixed(2)); // 5.89
 * ```
 */
export function fitShiftedBetaGeometric(lifetimes: Lifetimes, options?: TransactionFitOptions): ShiftedBetaGeometricModel {
  return runToEnd(shiftedBetaGeometricSteps(lifetimes, options));
}

/** {@link fitShiftedBetaGeometric} in slices, for `runCooperatively`. */
export function* shiftedBetaGeometricSteps(lifetimes: Lifetimes, options?: TransactionFitOptions): Steps<ShiftedBetaGeometricModel> {
  const caller = "fitShiftedBetaGeometric";
  const settings = readOptions(caller, options, FIT_OPTIONS);
  return new ShiftedBetaGeometricModel(yield* maximizeSteps(renewalLikelihood(countRenewals(caller, lifetimes)), settings));
}
