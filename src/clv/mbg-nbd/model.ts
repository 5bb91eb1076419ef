import { betaGeometricAdvice } from "../beta-geometric/advice";
import { betaGeometricKernel } from "../beta-geometric/kernel";
import type { BetaGeometricParameter } from "../beta-geometric/parameters";
import type { Estimate } from "../transaction-model/estimate";
import { TransactionModel, type TransactionModelKind } from "../transaction-model/model";
import { readMbgNbdSpec } from "./spec";

const KIND: TransactionModelKind<"mbgNbd", BetaGeometricParameter> = {
  kind: "mbgNbd",
  className: "MbgNbdModel",
  kernelAt: (parameters) => betaGeometricKernel(parameters, 1),
  adviceFor: betaGeometricAdvice,
};

/**
 * A fitted MBG/NBD model: as BG/NBD, but customers may stop after their first purchase, too, so a customer without a repeat purchase need not be
 * alive. `a` and `b` are those of the probability to drop out after any purchase, `r` and `alpha` those of the purchase rates.
 *
 * Made by `fitMbgNbd` or, from its saved form, by {@link mbgNbdFromSpec}.
 */
export class MbgNbdModel extends TransactionModel<"mbgNbd", BetaGeometricParameter> {
  constructor(estimate: Estimate<BetaGeometricParameter>) {
    super(KIND, estimate);
  }
}

/**
 * Gives a saved model back its class: for scoring where nothing is fitted.
 *
 * @param value - parsed JSON, trusted in nothing
 * @throws ClienteleError `invalidSpec`, with the field, for anything but a saved MbgNbd model.
 * @example
 * ```ts
 * import { mbgNbdFromSpec } from "clientele/scoring";
 *
 * const model = mbgNbdFromSpec({
 *   kind: "mbgNbd", version: 1, parameters: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 },
 *   logLikelihood: -9582.1, status: "converged", unidentified: [], covariance: [0.0252, 0.0149, -0.016, -0.0444, 0.0127, -0.0097, -0.0237, 0.0302, 0.0513, 0.1109],
 *   customerCount: 2357, penalty: 0, iterations: 12, gradientNorm: 0,
 * });
 * // Two repeat purchases in the first 30.43 weeks, 38.86 weeks ago the first; how many in the next 39 weeks?
 * const customer = { frequency: [2], recency: [30.43], age: [38.86] };
 * console.log(model.predictPurchases(customer, 39)); // Float64Array [1.2629…]
 * console.log(model.predictAlive(customer)); // Float64Array [0.7062…]
 * ```
 */
export function mbgNbdFromSpec(value: unknown): MbgNbdModel {
  return new MbgNbdModel(readMbgNbdSpec("mbgNbdFromSpec", value));
}
