import { checkRowCount } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { findDistinctRows } from "../transaction-model/distinct-rows";
import { checkWeights } from "../transaction-model/histories";
import { maximizeSteps } from "../transaction-model/maximize";
import type { TransactionFitOptions } from "../transaction-model/options";
import { gammaGammaLikelihood } from "./likelihood";
import { GammaGammaModel } from "./model";
import { checkSpend, type WeightedSpend } from "./spend";

/** Options of {@link fitGammaGamma}. */
export interface GammaGammaOptions extends TransactionFitOptions {
  /**
   * Customers with repeat purchases whose mean value is 0 or negative (refunds, free orders), which the model cannot hold: `refuse` names the first,
   * `leaveOut` fits without them and counts them in `leftOutCount`. @defaultValue "refuse"
   */
  readonly nonPositive?: "refuse" | "leaveOut" | undefined;
}

export const GAMMA_GAMMA_OPTIONS = {
  penalty: { kind: "number", min: 0, default: 0 },
  maxIterations: { kind: "integer", min: 1, default: 200 },
  nonPositive: { kind: "oneOf", values: ["refuse", "leaveOut"], default: "refuse" },
} as const;

/**
 * Learns what customers spend in a purchase, and how much of the difference between them is chance, by the Gamma-Gamma model.
 *
 * Maximum likelihood as `fitBgNbd`. Customers without a repeat purchase are left out, for the mean value leaves the first purchase out; the status
 * is `infiniteMean` where q ≤ 1. Fader and Hardie (2013), The Gamma-Gamma Model of Monetary Value.
 *
 * @param columns - `frequency` and `meanValue` of `summarizeTransactions`, or their like
 * @throws ClienteleError `invalidInput` (with the position) for a mean value that is not above 0, unless they are to be left out;
 * `nonFinite`, `lengthMismatch`; `tooFewRows` with fewer than 2 different customers to learn from.
 * @example
 * ```ts
 * import { fitGammaGamma } from "clientele/clv";
 *
 * const model = fitGammaGamma({
 *   frequency: [0, 1, 1, 2, 2, 3, 4, 5, 7, 12],
 *   meanValue: [NaN, 12, 55, 20, 34, 41, 18, 27, 75, 31],
 * });
 * console.log(model.status, model.leftOutCount); // "converged" 1
 * console.log(model.predictMeanValue({ frequency: [0, 1, 12], meanValue: [NaN, 75, 75] })); // Float64Array [35.66…, 51.60…, 70.71…]
 * ```
 */
export function fitGammaGamma(columns: WeightedSpend, options?: GammaGammaOptions): GammaGammaModel {
  return runToEnd(gammaGammaSteps(columns, options));
}

/** {@link fitGammaGamma} in slices. */
export function* gammaGammaSteps(columns: WeightedSpend, options?: GammaGammaOptions): Steps<GammaGammaModel> {
  const caller = "fitGammaGamma";
  const { nonPositive, ...settings } = readOptions(caller, options, GAMMA_GAMMA_OPTIONS);
  const count = checkSpend(caller, columns);
  const { frequency, meanValue, weights: given } = columns;
  checkWeights(caller, given, count);
  const weights = given === undefined ? new Float64Array(count).fill(1) : Float64Array.from(given);
  let leftOutCount = 0;
  for (let i = 0; i < count; i++) {
    if (frequency[i]! > 0 && meanValue[i]! > 0) continue;
    if (frequency[i]! > 0 && weights[i]! > 0 && nonPositive === "refuse") throw refuseValue(caller, i, meanValue[i]!);
    leftOutCount += weights[i]!;
    weights[i] = 0;
  }
  const { columns: kept, weights: counts } = yield* findDistinctRows([frequency, meanValue], count, weights);
  checkRowCount(caller, "columns", kept[0]!.length, 2, "different customers with a repeat purchase and a value above 0");
  const estimate = yield* maximizeSteps(gammaGammaLikelihood({ frequency: kept[0]!, meanValue: kept[1]!, weights: counts }), settings);
  const isInfinite = estimate.status === "converged" && !(estimate.parameters.q > 1);
  return new GammaGammaModel({ estimate: isInfinite ? { ...estimate, status: "infiniteMean" } : estimate, leftOutCount });
}

function refuseValue(caller: string, row: number, value: number): ClienteleError {
  const rule = 'numbers above 0 where frequency is above 0 (or give nonPositive: "leaveOut")';
  return new ClienteleError("invalidInput", `meanValue must hold ${rule}; got ${value} at position ${row}`, { caller, parameter: "meanValue", row, rule, value });
}
