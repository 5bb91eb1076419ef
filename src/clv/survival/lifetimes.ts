import { checkFinite, checkList, checkObject, checkSameLength, isList } from "../../errors/check";
import { describeNames, describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { checkOption } from "../../errors/options";

/** How many customers of a cohort were there at its start, and after each period: [1000, 631, 468 …]. */
export type CohortSurvivors = readonly number[];

/**
 * How long customers stayed: the counts of one cohort or of several, or one entry for each customer.
 * Cohorts may be followed for different times; they are taken together by the time since their start.
 */
export type Lifetimes =
  | { readonly survivors: CohortSurvivors | readonly CohortSurvivors[] }
  | {
      /**
       * For a customer who left: the period in which that happened (1: did not come to a second period).
       * For a customer who is still there: the periods that are over.
       */
      readonly durations: ArrayLike<number>;
      /** 1 (or true) for customers who left, 0 (or false) for those who are still there. */
      readonly churned: ArrayLike<number | boolean>;
      /** How many customers each entry stands for. @defaultValue 1 each */
      readonly weights?: ArrayLike<number> | undefined;
    };

/** Lifetimes by duration, rising: how many ended, and how many were last seen alive, after each. */
export interface LifetimeTable {
  readonly durations: Float64Array;
  readonly ended: Float64Array;
  readonly censored: Float64Array;
  /** Customers in all. */
  readonly total: number;
}

/** Checks lifetimes and sums them up by duration; entries of weight 0 are left out. */
export function tabulateLifetimes(caller: string, lifetimes: Lifetimes): LifetimeTable {
  checkObject(caller, "lifetimes", lifetimes);
  const names = Object.keys(lifetimes).filter((name) => (lifetimes as Readonly<Record<string, unknown>>)[name] !== undefined);
  const isCohorts = names.length === 1 && names[0] === "survivors";
  const isEntries = names.includes("durations") && names.includes("churned") && names.every((name) => ["durations", "churned", "weights"].includes(name));
  if (!isCohorts && !isEntries) {
    const rule = "{ survivors } or { durations, churned, weights? }";
    const got = names.length === 0 ? "neither" : describeNames(names);
    throw new ClienteleError("invalidInput", `lifetimes must be ${rule}; got ${got}`, { caller, parameter: "lifetimes", rule });
  }
  const tallies = new Map<number, Tally>();
  if ("survivors" in lifetimes) tallyCohorts(caller, lifetimes.survivors, tallies);
  else tallyEntries(caller, lifetimes, tallies);
  return tableOf(caller, tallies);
}

interface Tally {
  ended: number;
  censored: number;
}

function tallyCohorts(caller: string, survivors: CohortSurvivors | readonly CohortSurvivors[], tallies: Map<number, Tally>): void {
  checkList(caller, "survivors", survivors);
  const isOne = !Array.from<unknown>(survivors).some(isList);
  const cohorts = isOne ? [survivors as CohortSurvivors] : (survivors as readonly CohortSurvivors[]);
  cohorts.forEach((counts, cohort) => {
    const parameter = isOne ? "survivors" : `survivors[${cohort}]`;
    checkList(caller, parameter, counts);
    if (counts.length < 2) {
      const rule = "at least two counts: at the start and after the first period";
      throw new ClienteleError("tooFewRows", `${parameter} must have ${rule}; got ${counts.length}`, { caller, parameter, rule, value: counts.length });
    }
    for (let t = 0; t < counts.length; t++) {
      const rule = { kind: "number", min: 0, ...(t === 0 ? {} : { max: counts[t - 1]! }) } as const;
      checkOption(caller, `${parameter}[${t}]`, counts[t], rule, t === 0 ? undefined : "the count before it");
      if (t > 0) tallyAt(tallies, t).ended += counts[t - 1]! - counts[t]!;
    }
    tallyAt(tallies, counts.length - 1).censored += counts[counts.length - 1]!;
  });
}

function tallyEntries(caller: string, { durations, churned, weights }: Extract<Lifetimes, { durations: unknown }>, tallies: Map<number, Tally>): void {
  checkList(caller, "durations", durations);
  checkFinite(caller, "durations", durations);
  checkList(caller, "churned", churned);
  checkSameLength(caller, "churned", churned.length, durations.length, "durations");
  if (weights !== undefined) {
    checkList(caller, "weights", weights);
    checkFinite(caller, "weights", weights);
    checkSameLength(caller, "weights", weights.length, durations.length, "durations");
  }
  for (let i = 0; i < durations.length; i++) {
    const duration = durations[i]!;
    const weight = weights?.[i] ?? 1;
    if (duration < 0) throw wrongEntry(caller, "durations", i, "numbers of at least 0", duration);
    if (weight < 0) throw wrongEntry(caller, "weights", i, "numbers of at least 0", weight);
    const hasEnded = readFlag(caller, churned[i], i);
    if (weight === 0) continue;
    // Adding 0 makes 0 of −0.
    const tally = tallyAt(tallies, duration + 0);
    if (hasEnded) tally.ended += weight;
    else tally.censored += weight;
  }
}

function readFlag(caller: string, value: unknown, row: number): boolean {
  if (value === 1 || value === true) return true;
  if (value === 0 || value === false) return false;
  throw wrongEntry(caller, "churned", row, "0 and 1 (or false and true)", value);
}

function wrongEntry(caller: string, parameter: string, row: number, rule: string, value: unknown): ClienteleError {
  return new ClienteleError("invalidInput", `${parameter} must hold ${rule}; got ${describeValue(value)} at position ${row}`, { caller, parameter, row, rule });
}

function tallyAt(tallies: Map<number, Tally>, duration: number): Tally {
  let tally = tallies.get(duration);
  if (tally === undefined) tallies.set(duration, (tally = { ended: 0, censored: 0 }));
  return tally;
}

function tableOf(caller: string, tallies: Map<number, Tally>): LifetimeTable {
  const durations = Float64Array.from(tallies.keys()).sort();
  const ended = durations.map((duration) => tallies.get(duration)!.ended);
  const censored = durations.map((duration) => tallies.get(duration)!.censored);
  const total = ended.reduce((sum, count) => sum + count, 0) + censored.reduce((sum, count) => sum + count, 0);
  if (total > 0) return { durations, ended, censored, total };
  const rule = "at least one customer";
  throw new ClienteleError("tooFewRows", `lifetimes must have ${rule}; got 0`, { caller, parameter: "lifetimes", rule, value: 0 });
}
