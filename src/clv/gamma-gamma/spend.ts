import { checkList, checkObject, checkSameLength, lengthOfList } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { checkColumn } from "../transaction-model/histories";

/** What customers spent, one position for each: two columns of `summarizeTransactions`, or their like. */
export interface SpendColumns {
  /** Repeat purchases, a whole number; or all purchases, if `meanValue` is the mean of all. */
  readonly frequency: ArrayLike<number>;
  /** Mean value of those purchases. Where frequency is 0 there is none: it is not read, and may be NaN (missing). */
  readonly meanValue: ArrayLike<number>;
}

/** {@link SpendColumns} to fit a model to. */
export interface WeightedSpend extends SpendColumns {
  /** How many customers each position stands for: 0 or more, whole or not. @defaultValue 1 each */
  readonly weights?: ArrayLike<number> | undefined;
}

/** Refuses columns that say no spend; returns how many customers there are. */
export function checkSpend(caller: string, columns: SpendColumns): number {
  checkObject(caller, "columns", columns);
  const { frequency, meanValue } = columns;
  const count = checkColumn(caller, "frequency", frequency);
  checkList(caller, "meanValue", meanValue);
  checkSameLength(caller, "meanValue", lengthOfList(caller, "meanValue", meanValue), count, "frequency");
  for (let i = 0; i < count; i++) {
    const x = frequency[i]!;
    if (!(x >= 0) || !Number.isSafeInteger(x)) {
      const rule = "whole numbers of at least 0";
      throw new ClienteleError("invalidInput", `frequency must hold ${rule}; got ${x} at position ${i}`, { caller, parameter: "frequency", row: i, rule, value: x });
    }
    const z: unknown = meanValue[i];
    if (x === 0 || (typeof z === "number" && Number.isFinite(z))) continue;
    const rule = "finite numbers where frequency is above 0";
    throw new ClienteleError("nonFinite", `meanValue must hold ${rule}; got ${describeValue(z)} at position ${i}`, { caller, parameter: "meanValue", row: i, rule });
  }
  return count;
}
