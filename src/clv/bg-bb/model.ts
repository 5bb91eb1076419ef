import { PENALTY_ADVICE } from "../transaction-model/advice";
import type { Estimate } from "../transaction-model/estimate";
import { TransactionModel } from "../transaction-model/model";
import type { BgBbParameter } from "./parameters";
import { bgBbKernel } from "./predict";
import { readBgBbSpec } from "./spec";

/**
 * A fitted BG/BB model (Fader, Hardie and Shang 2010), for purchases that can happen at given opportunities only, once at each: a yearly appeal for donations,
 * a monthly event, an annual conference. At each opportunity a customer buys with a probability of their own (beta distributed over customers with `alpha` and
 * `beta`); before each, customers stop for ever with a probability of their own (beta distributed with `gamma` and `delta`).
 *
 * Time is counted in opportunities: `age` is how many there have been since the customer was won, `recency` the one of the last purchase (0 without any),
 * and durations are numbers of opportunities to come. To be alive now is to take part in the next one. Made by `fitBgBb`, read by {@link bgBbFromSpec}.
 */
export class BgBbModel extends TransactionModel<"bgBb", BgBbParameter> {
  constructor(estimate: Estimate<BgBbParameter>) {
    super({ kind: "bgBb", className: "BgBbModel", kernelAt: bgBbKernel, adviceFor }, estimate);
  }
}

/** What the data leave open, and what helps. */
function adviceFor(unidentified: readonly BgBbParameter[], { alpha, beta, gamma, delta }: Readonly<Record<BgBbParameter, number>>): string {
  const findings: string[] = [];
  const has = (name: BgBbParameter): boolean => unidentified.includes(name);
  if (has("gamma") || has("delta")) findings.push(describe("drop out", "gamma", "delta", gamma, delta));
  if (has("alpha") || has("beta")) findings.push(describe("buy", "alpha", "beta", alpha, beta));
  return `${findings.join("; ")}: ${PENALTY_ADVICE}`;
}

function describe(what: string, firstName: string, secondName: string, first: number, second: number): string {
  const mean = first / (first + second);
  if (mean < 1e-3) return `the data show no customer who would ${what} (the probability runs to 0)`;
  if (mean > 0.999) return `the data show no customer who would not ${what} (the probability runs to 1)`;
  if (first + second > 100) {
    return `the data show no difference between customers in the probability to ${what}: only its mean ${firstName} / (${firstName} + ${secondName}) = ${mean.toPrecision(3)} is known, not ${firstName} and ${secondName}`;
  }
  if (first + second < 0.01) return `the data show customers who always ${what} or never, and none between (${firstName} and ${secondName} run to 0)`;
  return `the data hardly tell how the probability to ${what} differs between customers`;
}

/**
 * Reads a saved BG/BB model.
 *
 * @param value - parsed JSON; it is not trusted
 * @throws ClienteleError `invalidSpec` naming the field that is wrong.
 * @example
 * ```ts
 * import { bgBbFromSpec } from "clientele/scoring";
 *
 * const model = bgBbFromSpec({
 *   kind: "bgBb", version: 1, parameters: { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }, logLikelihood: -33225.6, status: "converged",
 *   unidentified: [], covariance: [0.0033, 0.0014, 0.0008, 0.0009, 0.0015, 0.0005, 0.0006, 0.006, 0.0085, 0.0133], customerCount: 11104, penalty: 0,
 *   iterations: 16, gradientNorm: 0,
 * });
 * // Six appeals: one donor gave at all of them, another at two, the last time at the fourth.
 * const donors = { frequency: [6, 2], recency: [6, 4], age: [6, 6] };
 * console.log(Array.from(model.predictAlive(donors), (p) => p.toFixed(2)));        // ["0.93", "0.59"]
 * console.log(Array.from(model.predictPurchases(donors, 5), (n) => n.toFixed(2))); // ["3.75", "1.06"]
 * ```
 */
export function bgBbFromSpec(value: unknown): BgBbModel {
  return new BgBbModel(readBgBbSpec("bgBbFromSpec", value));
}
