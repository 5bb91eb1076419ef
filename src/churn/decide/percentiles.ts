import { readOptions } from "../../errors/options";
import { checkRisks } from "./bands";

/** Options of {@link computeRiskPercentiles}. */
export interface RiskPercentileOptions {
  /** The probabilities of the customers to compare with, such as those of last quarter. @defaultValue those of the rows themselves */
  readonly among?: ArrayLike<number> | undefined;
}

const RISK_PERCENTILE_OPTIONS = { among: { kind: "list" } } as const;

/**
 * How many of 100 customers are less likely to leave: 0 … 100, those of equal probability counted by half.
 *
 * A percentile compares customers and says nothing of how likely any of them is to leave: in a quiet month, too, one in a hundred is above 99.
 *
 * @throws ClienteleError `invalidInput` for probabilities outside 0 … 1, `tooFewRows` for none.
 * @example
 * ```ts
 * import { computeRiskPercentiles } from "clientele/churn";
 *
 * console.log(computeRiskPercentiles([0.02, 0.3, 0.02, 0.1])); // Float64Array [25, 87.5, 25, 62.5]
 * console.log(computeRiskPercentiles([0.2], { among: [0.1, 0.15, 0.2, 0.4] })); // Float64Array [62.5]
 * ```
 */
export function computeRiskPercentiles(probabilities: ArrayLike<number>, options?: RiskPercentileOptions): Float64Array {
  const caller = "computeRiskPercentiles";
  const { among = probabilities } = readOptions(caller, options, RISK_PERCENTILE_OPTIONS);
  checkRisks(caller, probabilities);
  checkRisks(caller, among, "among");
  const sorted = Float64Array.from(among).sort();
  return Float64Array.from(probabilities, (probability) => {
    const below = countBelow(sorted, (other) => other < probability);
    const notAbove = countBelow(sorted, (other) => other <= probability);
    return (50 * (below + notAbove)) / sorted.length;
  });
}

/** How many of the first sorted values pass, which are those that come before all that do not. */
function countBelow(sorted: Float64Array, passes: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
