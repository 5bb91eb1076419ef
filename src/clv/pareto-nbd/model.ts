import { PENALTY_ADVICE } from "../transaction-model/advice";
import type { Estimate } from "../transaction-model/estimate";
import { TransactionModel } from "../transaction-model/model";
import type { ParetoNbdParameter } from "./parameters";
import { paretoNbdKernel } from "./predict";
import { readParetoNbdSpec } from "./spec";

/**
 * The Pareto/NBD model (Schmittlein, Morrison and Colombo 1987): while customers are alive they buy at random, each at a rate of their own, and they may
 * die at any time, purchase or not, also at a rate of their own. Made by `fitParetoNbd`, read by {@link paretoNbdFromSpec}.
 */
export class ParetoNbdModel extends TransactionModel<"paretoNbd", ParetoNbdParameter> {
  constructor(estimate: Estimate<ParetoNbdParameter>) {
    super({ kind: "paretoNbd", className: "ParetoNbdModel", kernelAt: paretoNbdKernel, adviceFor }, estimate);
  }
}

/** What the data leave open, and what helps. */
function adviceFor(unidentified: readonly ParetoNbdParameter[], { r, alpha, s, beta }: Readonly<Record<ParetoNbdParameter, number>>): string {
  const findings: string[] = [];
  const has = (name: ParetoNbdParameter): boolean => unidentified.includes(name);
  if (has("s") || has("beta")) {
    if (s > 100) findings.push(`the data show no difference between customers in the death rate: only its mean s / beta = ${(s / beta).toPrecision(3)} is known, not s and beta`);
    else if (s < 1e-3) findings.push("the data show no customer who died (s runs to 0)");
    else findings.push("the data hardly tell how death rates differ between customers");
  }
  if (has("r") || has("alpha")) {
    if (r > 100) findings.push(`the data show no difference between customers in the purchase rate: only its mean r / alpha = ${(r / alpha).toPrecision(3)} is known, not r and alpha`);
    else findings.push("the data hardly tell how purchase rates differ between customers");
  }
  return `${findings.join("; ")}: ${PENALTY_ADVICE}`;
}

/**
 * Reads a saved Pareto/NBD model.
 *
 * @param value - parsed JSON; it is not trusted
 * @throws ClienteleError `invalidSpec` naming the field that is wrong.
 * @example
 * ```ts
 * import { paretoNbdFromSpec } from "clientele/scoring";
 *
 * const model = paretoNbdFromSpec({
 *   kind: "paretoNbd", version: 1, parameters: { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }, logLikelihood: -9595, status: "converged", unidentified: [],
 *   covariance: [0.0074, 0.0057, 0.0015, 0.0021, 0.0063, 0.0012, 0.0015, 0.0954, 0.1478, 0.2833], customerCount: 2357, penalty: 0, iterations: 14, gradientNorm: 0,
 * });
 * const customer = { frequency: [2], recency: [30.43], age: [38.86] };
 * console.log(model.predictAlive(customer)[0]?.toFixed(4));         // "0.8692"
 * console.log(model.predictPurchases(customer, 39)[0]?.toFixed(4)); // "1.4551"
 * ```
 */
export function paretoNbdFromSpec(value: unknown): ParetoNbdModel {
  return new ParetoNbdModel(readParetoNbdSpec("paretoNbdFromSpec", value));
}
