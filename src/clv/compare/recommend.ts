import type { FittedTransactionModel } from "../lifetime-value/fitted-transaction-model";
import type { ModelOnHoldout, TransactionModelComparison } from "./result";

type Comparison<Name extends string> = Omit<TransactionModelComparison<Name, FittedTransactionModel>, "recommendation">;

/** The model to take, in words that can be checked against the figures. */
export function recommend<Name extends string>(comparison: Comparison<Name>): { readonly name: Name | undefined; readonly reason: string } {
  const { models, baselines } = comparison;
  const usable = models.filter(({ model }) => model.status === "converged");
  if (usable.length === 0) {
    const states = models.map(({ name, model }) => `${name}: ${model.status}, ${model.advice ?? "fit it again"}`);
    return { name: undefined, reason: `no model is at a maximum of its likelihood (${states.join("; ")})` };
  }
  const best = usable.reduce((a, b) => (b.holdoutLogLikelihood > a.holdoutLogLikelihood ? b : a));
  const { chosen, reason } = withoutCertainty(comparison, usable, best);
  const simplest = Math.min(baselines.ownRate.rootMeanSquaredError, baselines.sameForAll.rootMeanSquaredError);
  const caveat =
    chosen.rootMeanSquaredError < simplest ? "" : `; but its error (${chosen.rootMeanSquaredError.toPrecision(3)} purchases) is no smaller than that of a baseline without a model (${simplest.toPrecision(3)})`;
  return { name: chosen.name, reason: reason + caveat };
}

/** A model in which one-time buyers are alive by assumption gives way to one in which they need not be, unless it predicts better. */
function withoutCertainty<Name extends string>(
  { oneTimeCount, customerCount, oneTimeReturnShare }: Comparison<Name>,
  usable: readonly ModelOnHoldout<Name, FittedTransactionModel>[],
  best: ModelOnHoldout<Name, FittedTransactionModel>,
): { readonly chosen: ModelOnHoldout<Name, FittedTransactionModel>; readonly reason: string } {
  const others = usable.filter(({ name }) => name !== best.name);
  const isTold = others.every(({ difference }) => difference.high < 0);
  const most = others.length === 0 ? `${best.name} is the only model at a maximum of its likelihood` : `${best.name} gives the purchases of the holdout the highest probability${isTold ? "" : ", though not every other model is told from it"}`;
  if (oneTimeCount === 0 || best.oneTimeAlive < 1) return { chosen: best, reason: most };

  const share = (part: number): string => `${(100 * part).toFixed(0)} %`;
  const trouble = `it takes the ${oneTimeCount} customers without a repeat purchase (${share(oneTimeCount / customerCount)}) for alive by assumption, of whom ${share(oneTimeReturnShare)} bought in the holdout`;
  const milder = others.filter(({ oneTimeAlive }) => oneTimeAlive < 1);
  if (milder.length === 0) return { chosen: best, reason: `${most}; ${trouble}: compare with fitMbgNbd and fitParetoNbd, which do not` };
  const next = milder.reduce((a, b) => (b.holdoutLogLikelihood > a.holdoutLogLikelihood ? b : a));
  const { value, low, high } = next.difference;
  const figures = `log-likelihood ${value.toFixed(1)}, ${low.toFixed(1)} to ${high.toFixed(1)}`;
  if (high < 0) return { chosen: best, reason: `${most}; but ${trouble}: for P(alive) take ${next.name} (${figures})` };
  return { chosen: next, reason: `${next.name} predicts the holdout as well as ${best.name} as far as can be told (${figures}); ${best.name} is set aside because ${trouble}` };
}
