import { checkFinite, checkList, checkObject, checkSameLength, lengthOfList } from "../../errors/check";
import { ClienteleError } from "../../errors/error";

/**
 * What is known of customers' purchases, one position for each customer: three columns of `summarizeTransactions`, or their like.
 * Times are in any one unit (days, weeks), which is then the unit of all that a model says.
 *
 * A new customer, of whom nothing is known yet, has 0 in all three.
 */
export interface PurchaseHistories {
  /** Repeat purchases: purchases after the first, a whole number. */
  readonly frequency: ArrayLike<number>;
  /** The customer's age at the last purchase, 0 without a repeat. This is not the time since the last purchase, which is `age − recency`. */
  readonly recency: ArrayLike<number>;
  /** Time from the first purchase until now. */
  readonly age: ArrayLike<number>;
}

/** {@link PurchaseHistories} to fit a model to. */
export interface WeightedHistories extends PurchaseHistories {
  /** How many customers each position stands for: 0 or more, whole or not. @defaultValue 1 each */
  readonly weights?: ArrayLike<number> | undefined;
}

/** Time runs on, or from one opportunity to buy to the next, at each of which there is at most one purchase. */
export type HistoryTime = "continuous" | "discrete";

/** Refuses columns that are no histories; returns how many there are. */
export function checkHistories(caller: string, histories: PurchaseHistories, time: HistoryTime): number {
  checkObject(caller, "histories", histories);
  const { frequency, recency, age } = histories;
  const count = checkColumn(caller, "frequency", frequency);
  checkSameLength(caller, "recency", checkColumn(caller, "recency", recency), count, "frequency");
  checkSameLength(caller, "age", checkColumn(caller, "age", age), count, "frequency");
  for (let i = 0; i < count; i++) {
    const x = frequency[i]!;
    if (!(x >= 0) || !Number.isSafeInteger(x)) throw refuse(caller, "frequency", i, x, "whole numbers of at least 0");
    if (!(recency[i]! >= 0)) throw refuse(caller, "recency", i, recency[i]!, "numbers of at least 0");
    if (!(recency[i]! <= age[i]!)) throw refuse(caller, "recency", i, recency[i]!, "no number above the age: it is the age at the last purchase");
    if (time === "discrete") checkOpportunities(caller, i, x, recency[i]!, age[i]!);
    if (x === 0 && recency[i] !== 0) {
      throw refuse(caller, "recency", i, recency[i]!, "0 where frequency is 0: it is the age at the last purchase, not the time since then (which is age − recency)");
    }
  }
  return count;
}

function checkOpportunities(caller: string, row: number, frequency: number, recency: number, age: number): void {
  if (!Number.isSafeInteger(age)) throw refuse(caller, "age", row, age, "whole numbers: it counts opportunities to buy");
  if (!Number.isSafeInteger(recency)) throw refuse(caller, "recency", row, recency, "whole numbers: it is the opportunity of the last purchase");
  if (frequency > recency) throw refuse(caller, "frequency", row, frequency, "no number above recency: there is one purchase at most at each opportunity");
}

/** Refuses weights that are no numbers of customers; undefined stays undefined. */
export function checkWeights(caller: string, weights: ArrayLike<number> | undefined, count: number): void {
  if (weights === undefined) return;
  checkSameLength(caller, "weights", checkColumn(caller, "weights", weights), count, "frequency");
  for (let i = 0; i < count; i++) if (!(weights[i]! >= 0)) throw refuse(caller, "weights", i, weights[i]!, "numbers of at least 0");
}

export function checkColumn(caller: string, parameter: string, column: unknown): number {
  checkList(caller, parameter, column);
  const count = lengthOfList(caller, parameter, column);
  checkFinite(caller, parameter, column as ArrayLike<number>);
  return count;
}

function refuse(caller: string, parameter: string, row: number, value: number, rule: string): ClienteleError {
  return new ClienteleError("invalidInput", `${parameter} must hold ${rule}; got ${value} at position ${row}`, { caller, parameter, row, rule, value });
}
