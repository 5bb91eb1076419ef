import { ClienteleError } from "../../errors/error";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import type { Steps } from "../../steps/steps";
import { findDistinctRows } from "./distinct-rows";
import { checkHistories, checkWeights, type HistoryTime, type WeightedHistories } from "./histories";

/** Histories as a likelihood reads them: each different one once, with the number of customers who have it. */
export interface CountedHistories {
  readonly frequency: Float64Array;
  /** In units of `timeUnit`, as `age`. */
  readonly recency: Float64Array;
  readonly age: Float64Array;
  readonly weights: Float64Array;
  /** The mean age in the caller's unit, so that parameters are searched for near 1; 1 for models of discrete time. */
  readonly timeUnit: number;
  /** Σ weights. */
  readonly customerCount: number;
  /** Σ weights · frequency. */
  readonly purchaseCount: number;
}

/** Checks histories and counts equal ones; refuses those from which nothing can be learnt. */
export function* countHistoriesSteps(caller: string, histories: WeightedHistories, time: HistoryTime): Steps<CountedHistories> {
  const count = checkHistories(caller, histories, time);
  checkWeights(caller, histories.weights, count);
  const { frequency, recency, age } = histories;
  const { columns, weights, total } = yield* findDistinctRows([frequency, recency, age], count, histories.weights);
  const [x, tx, T] = columns as [Float64Array, Float64Array, Float64Array];
  const repeats = sumOf(weights.filter((_, i) => x[i]! > 0));
  if (!(repeats > 0)) {
    const rule = "at least 1 customer with a repeat purchase";
    throw new ClienteleError("tooFewRows", `histories must have ${rule}; got ${total} without`, { caller, parameter: "histories", rule, value: 0 });
  }
  const timeUnit = time === "discrete" ? 1 : sumOf(T.map((each, i) => weights[i]! * each)) / total;
  if (!(timeUnit > 0) || !Number.isFinite(timeUnit)) {
    const rule = "ages above 0";
    throw new ClienteleError("invalidInput", `age must hold ${rule}; the mean is ${timeUnit}`, { caller, parameter: "age", rule, value: timeUnit });
  }
  return {
    frequency: x,
    recency: tx.map((each) => each / timeUnit),
    age: T.map((each) => each / timeUnit),
    weights,
    timeUnit,
    customerCount: total,
    purchaseCount: sumOf(weights.map((weight, i) => weight * x[i]!)),
  };
}
