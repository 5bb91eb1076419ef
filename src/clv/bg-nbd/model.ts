import { betaGeometricAdvice } from "../beta-geometric/advice";
import { betaGeometricKernel } from "../beta-geometric/kernel";
import type { BetaGeometricParameter } from "../beta-geometric/parameters";
import type { Estimate } from "../transaction-model/estimate";
import { TransactionModel, type TransactionModelKind } from "../transaction-model/model";
import { readBgNbdSpec } from "./spec";

const KIND: TransactionModelKind<"bgNbd", BetaGeometricParameter> = {
  kind: "bgNbd",
  className: "BgNbdModel",
  kernelAt: (parameters) => betaGeometricKernel(parameters, 0),
  adviceFor: betaGeometricAdvice,
};

/**
 * A fitted BG/NBD model: customers buy at random with a rate of their own (gamma distributed over customers with `r` and `alpha`), and after each
 * repeat purchase stop for ever with a probability of their own (beta distributed with `a` and `b`). A customer without a repeat purchase is
 * therefore certainly alive; where that misleads, `fitMbgNbd` or `fitParetoNbd` fit as well.
 *
 * Made by `fitBgNbd` or, from its saved form, by {@link bgNbdFromSpec}.
 */
export class BgNbdModel extends TransactionModel<"bgNbd", BetaGeometricParameter> {
  constructor(estimate: Estimate<BetaGeometricParameter>) {
    super(KIND, estimate);
  }
}

/**
 * Gives a saved model back its class: for scoring where nothing is fitted.
 *
 * @param value - parsed JSON, trusted in nothing
 * @throws ClienteleError `invalidSpec`, with the field, for anything but a saved BgNbd model.
 * @example
 * ```ts
 * import { bgNbdFromSpec } from "clientele/scoring";
 *
 * const model = bgNbdFromSpec({
 *   kind: "bgNbd", version: 1, parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
 *   logLikelihood: -9582.4, status: "converged", unidentified: [], covariance: [0.0027, 0.0035, -0.0005, 0.0001, 0.0073, -0.0008, 0.001, 0.0549, 0.0641, 0.0846],
 *   customerCount: 2357, penalty: 0, iterations: 12, gradientNorm: 0,
 * });
 * // Two repeat purchases in the first 30.43 weeks, 38.86 weeks ago the first; how many in the next 39 weeks?
 * const customer = { frequency: [2], recency: [30.43], age: [38.86] };
 * console.log(model.predictPurchases(customer, 39)); // Float64Array [1.2260…]
 * console.log(model.predictAlive(customer)); // Float64Array [0.7265…]
 * ```
 */
export function bgNbdFromSpec(value: unknown): BgNbdModel {
  return new BgNbdModel(readBgNbdSpec("bgNbdFromSpec", value));
}
