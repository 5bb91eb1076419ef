import type { CategoryColumn } from "../../data/column";
import { checkRowCount } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { checkProbabilities } from "../../evaluation/classification/binary-inputs";

/** From which probability on a risk is medium, and from which on it is high. Plain JSON, to be kept with a model. */
export interface RiskLimits {
  readonly medium: number;
  readonly high: number;
}

const RISK_LIMITS = {
  medium: { kind: "number", min: 0, max: 1, open: "min", required: true },
  high: { kind: "number", min: 0, max: 1, open: "min", required: true },
} as const;

/** What {@link assignRiskBands} returns. */
export interface RiskBands {
  /** The band of each row as a column of a table: `low` (code 0), `medium` (1) or `high` (2). */
  readonly column: CategoryColumn;
  readonly counts: { readonly low: number; readonly medium: number; readonly high: number };
  readonly limits: RiskLimits;
}

/**
 * Calls risks low, medium or high by limits that are given: a probability of at least `high` is high, else of at least `medium` medium.
 *
 * A band says how likely a customer is to leave, so it needs calibrated probabilities, and a quiet month has few high risks. Who is riskier than
 * most is another question: {@link computeRiskPercentiles}. Where limits should be is a question of cost: {@link chooseThreshold}.
 *
 * @throws ClienteleError `invalidOption` for limits outside 0 … 1 or out of order, `invalidInput` for probabilities outside 0 … 1.
 * @example
 * ```ts
 * import { assignRiskBands } from "clientele/churn";
 *
 * const { column, counts } = assignRiskBands([0.05, 0.2, 0.35, 0.8], { medium: 0.2, high: 0.5 });
 * console.log([...column.codes].map((code) => column.categories[code])); // ["low", "medium", "medium", "high"]
 * console.log(counts); // { low: 1, medium: 2, high: 1 }
 * ```
 */
export function assignRiskBands(probabilities: ArrayLike<number>, limits: RiskLimits): RiskBands {
  const caller = "assignRiskBands";
  const { medium, high } = readOptions(caller, limits, RISK_LIMITS);
  if (!(medium < high)) {
    const rule = `above medium (${medium})`;
    throw new ClienteleError("invalidOption", `high must be ${rule}; got ${high}`, { caller, parameter: "high", rule, value: high });
  }
  checkRisks(caller, probabilities);
  const codes = Int32Array.from(probabilities, (probability) => (probability >= high ? 2 : probability >= medium ? 1 : 0));
  const count = (band: number): number => codes.reduce((sum, code) => sum + Number(code === band), 0);
  return { column: { type: "category", codes, categories: ["low", "medium", "high"] }, counts: { low: count(0), medium: count(1), high: count(2) }, limits: { medium, high } };
}

/** Refuses probabilities that are none. */
export function checkRisks(caller: string, probabilities: ArrayLike<number>, parameter = "probabilities"): void {
  checkProbabilities(caller, parameter, probabilities, (probabilities as ArrayLike<number> | undefined | null)?.length ?? 0);
  checkRowCount(caller, parameter, probabilities.length, 1);
}
