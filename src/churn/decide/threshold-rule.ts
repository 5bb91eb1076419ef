import { checkFinite, checkSameLength, isList, isObject } from "../../errors/check";
import { describeOption } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions } from "../../errors/options";

/**
 * Contact where it pays. Someone who is contacted costs `contactCost`; who would leave stays with `successRate`, which is worth
 * `benefit` less the `offerCost`; who would have stayed anyway takes the offer, too (Neslin et al. 2006; Verbraken, Verbeke and Baesens 2013).
 */
export interface ProfitRule {
  readonly by: "profit";
  /** What a customer who was kept is worth: one number, or one for each row. */
  readonly benefit: number | ArrayLike<number>;
  /** The share of leavers who stay if they are contacted: from an experiment, for no model of who leaves can know it. */
  readonly successRate: number;
  readonly contactCost: number;
  /** What the offer costs where it is taken. @defaultValue 0 */
  readonly offerCost?: number | undefined;
}

/** Contact as many as can be: a number of customers, or a share of them. */
export type CapacityRule = { readonly by: "capacity"; readonly count: number } | { readonly by: "capacity"; readonly share: number };

/** Decide where the cost is least: what the four outcomes of a decision cost (Elkan 2001). */
export interface CostRule {
  readonly by: "cost";
  /** Contacted, and would have stayed. */
  readonly falsePositive: number;
  /** Left alone, and left. */
  readonly falseNegative: number;
  /** @defaultValue 0 */
  readonly truePositive?: number | undefined;
  /** @defaultValue 0 */
  readonly trueNegative?: number | undefined;
}

/** By what a threshold is chosen. */
export type ThresholdRule = ProfitRule | CapacityRule | CostRule;

/** A rule after checking, in the one form that all have: what contacting a row changes, and what contacting nobody is worth. */
export interface ReadRule {
  readonly by: ThresholdRule["by"];
  /** What contacting a row of this label adds to the value. */
  readonly gain: (row: number, label: number) => number;
  /** What leaving a row of this label alone adds. */
  readonly alone: (label: number) => number;
  /** Most rows to contact. */
  readonly capacity: number;
  /** The probability from which on contacting pays, if probabilities are calibrated; null where it differs between rows or there is none. */
  readonly breakEven: number | null;
}

const BY = ["profit", "capacity", "cost"] as const;

const PROFIT_OPTIONS = {
  by: { kind: "oneOf", values: BY, required: true },
  benefit: { kind: "custom", required: true },
  successRate: { kind: "number", min: 0, max: 1, open: "min", required: true },
  contactCost: { kind: "number", min: 0, required: true },
  offerCost: { kind: "number", min: 0, default: 0 },
} as const;

const CAPACITY_OPTIONS = {
  by: { kind: "oneOf", values: BY, required: true },
  count: { kind: "integer", min: 0 },
  share: { kind: "number", min: 0, max: 1 },
} as const;

const COST_OPTIONS = {
  by: { kind: "oneOf", values: BY, required: true },
  falsePositive: { kind: "number", required: true },
  falseNegative: { kind: "number", required: true },
  truePositive: { kind: "number", default: 0 },
  trueNegative: { kind: "number", default: 0 },
} as const;

/** @param path - where the rule stands among the options of the caller */
export function readThresholdRule(caller: string, rule: ThresholdRule, rowCount: number, path = "rule"): ReadRule {
  const given: unknown = rule;
  if (!isObject(given)) {
    const what = "an object with by: \"profit\", \"capacity\" or \"cost\"";
    throw new ClienteleError("invalidOption", `${path} must be ${what}; got ${describeOption(given)}`, { caller, parameter: path, rule: what });
  }
  checkOption(caller, `${path}.by`, rule.by, { kind: "oneOf", values: BY });
  switch (rule.by) {
    case "profit":
      return readProfit(caller, rule, rowCount, path);
    case "capacity":
      return readCapacity(caller, rule, rowCount, path);
    case "cost":
      return readCost(caller, rule, path);
  }
}

function readProfit(caller: string, rule: ProfitRule, rowCount: number, path: string): ReadRule {
  const { benefit, successRate, contactCost, offerCost } = readOptions<ProfitRule, typeof PROFIT_OPTIONS>(caller, rule, PROFIT_OPTIONS, path);
  const isEach = isList(benefit);
  if (isEach) {
    checkSameLength(caller, `${path}.benefit`, benefit.length, rowCount, "labels");
    checkFinite(caller, `${path}.benefit`, benefit);
  } else checkOption(caller, `${path}.benefit`, benefit, { kind: "number" });
  const benefitOf = isEach ? (row: number) => benefit[row]! : () => benefit;
  const pays = isEach ? NaN : successRate * (benefit - offerCost) + offerCost;
  return {
    by: "profit",
    gain: (row, label) => (label === 1 ? successRate * (benefitOf(row) - offerCost) : -offerCost) - contactCost,
    alone: () => 0,
    capacity: Infinity,
    breakEven: pays > 0 ? (offerCost + contactCost) / pays : null,
  };
}

function readCapacity(caller: string, rule: CapacityRule, rowCount: number, path: string): ReadRule {
  const { count, share } = readOptions<{ by: "capacity"; count?: number; share?: number }, typeof CAPACITY_OPTIONS>(caller, rule, CAPACITY_OPTIONS, path);
  if ((count === undefined) === (share === undefined)) {
    const what = "given as count or as share";
    throw new ClienteleError("invalidOption", `the capacity must be ${what}; got ${count === undefined ? "neither" : "both"}`, { caller, parameter: path, rule: what });
  }
  return { by: "capacity", gain: (_, label) => label, alone: () => 0, capacity: count ?? Math.floor(share! * rowCount), breakEven: null };
}

function readCost(caller: string, rule: CostRule, path: string): ReadRule {
  const { falsePositive, falseNegative, truePositive, trueNegative } = readOptions<CostRule, typeof COST_OPTIONS>(caller, rule, COST_OPTIONS, path);
  const wrong = falsePositive - trueNegative;
  const missed = falseNegative - truePositive;
  if (!(wrong > 0 && missed > 0)) {
    const what = "more for a wrong decision than for the right one";
    throw new ClienteleError("invalidOption", `${path} must cost ${what}; falsePositive − trueNegative is ${wrong}, falseNegative − truePositive is ${missed}`, { caller, parameter: path, rule: what });
  }
  return {
    by: "cost",
    gain: (_, label) => (label === 1 ? -truePositive : -falsePositive),
    alone: (label) => (label === 1 ? -falseNegative : -trueNegative),
    capacity: Infinity,
    breakEven: wrong / (wrong + missed),
  };
}
