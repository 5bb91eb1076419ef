import { ClienteleError } from "../../errors/error";
import { tabulateLifetimes, type Lifetimes } from "../survival/lifetimes";

/** Customers by period: how many of those who were there at its start stayed, and how many left. Position 0 is the first period. */
export interface RenewalCounts {
  readonly stayed: Float64Array;
  readonly left: Float64Array;
  /** Customers of the first period. */
  readonly customerCount: number;
}

const MOST_PERIODS = 100_000;

/** Counts renewals: lifetimes are whole numbers of periods here. */
export function countRenewals(caller: string, lifetimes: Lifetimes): RenewalCounts {
  const { durations, ended, censored } = tabulateLifetimes(caller, lifetimes);
  const periods = durations[durations.length - 1]!;
  durations.forEach((duration, i) => {
    const isWhole = Number.isInteger(duration) && duration <= MOST_PERIODS && (duration > 0 || ended[i] === 0);
    if (isWhole) return;
    const rule = `whole numbers of periods up to ${MOST_PERIODS}, from 1 for customers who left`;
    throw new ClienteleError("invalidInput", `durations must hold ${rule}; got ${duration}`, { caller, parameter: "durations", rule, value: duration });
  });
  if (periods < 2) {
    const rule = "customers who were there in a second period: from one period only the mean is known";
    throw new ClienteleError("tooFewRows", `lifetimes must have ${rule}`, { caller, parameter: "lifetimes", rule, value: periods });
  }
  const stayed = new Float64Array(periods);
  const left = new Float64Array(periods);
  durations.forEach((duration, i) => {
    if (duration === 0) return;
    left[duration - 1] = ended[i]!;
    // For now those who were last seen at its end; below, all who are there later are added.
    stayed[duration - 1] = censored[i]!;
  });
  for (let t = periods - 2; t >= 0; t--) stayed[t] = stayed[t]! + stayed[t + 1]! + left[t + 1]!;
  return { stayed, left, customerCount: stayed[0]! + left[0]! };
}
