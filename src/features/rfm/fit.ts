import { checkRowCount, isList } from "../../errors/check";
import { describeOption } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { sortPresent } from "../../numeric/statistics/quantile";
import { runToEnd, type Steps } from "../../steps/steps";
import { readMeasures, type RfmColumns } from "./customers";
import { quantileCuts, rankCuts } from "./cuts";
import { RfmModel, type RfmScoring } from "./model";
import { countScores, reverseScores, scoreByCuts } from "./predict";
import { classicScheme, PROSPECTS, shopifyScheme, type RfmScheme } from "./schemes";
import { checkSchemeLevels, LEVELS, partitionCells, partitionError, readSegmentRules, type RfmSegmentRule } from "./segment-rules";
import type { RfmCuts, RfmWeights } from "./spec";

/**
 * How the customers of the fit are parted into scores by one measure.
 *
 * - `"quantile"`: into parts of equal size, by quantiles of type 7; tied customers have the lowest of the scores they would share
 *   (of recency: the highest)
 * - `"rank"`: by the mean rank of tied customers: the middle of the scores they would share
 * - a list of numbers, ascending, one less than there are levels: above the first is the second score, and so on (of recency, which
 *   is in days and better the smaller, up to the first is the highest score)
 */
export type RfmCutting = "quantile" | "rank" | readonly number[];

/** Options of {@link fitRfm} and {@link scoreRfm}. */
export interface RfmOptions {
  /** Scores go from 1 to this, which may be 2 to 9. The named segments need 5. @defaultValue 5 */
  readonly levels?: number | undefined;
  /** Days since the last purchase: the fewer, the higher the score. @defaultValue "quantile" */
  readonly recency?: RfmCutting | undefined;
  /** Orders. @defaultValue "quantile" */
  readonly frequency?: RfmCutting | undefined;
  /** Money. @defaultValue "quantile" */
  readonly monetary?: RfmCutting | undefined;
  /** `"total"`: the money of all orders, which grows with their number; `"perOrder"`: that of an order on average. @defaultValue "total" */
  readonly monetaryValue?: "total" | "perOrder" | undefined;
  /** How much each score counts in the total. @defaultValue 1 each */
  readonly weights?: Partial<RfmWeights> | undefined;
  /**
   * `"classic"`: the ten usual names; `"shopify"`: the names of Shopify's customer groups; or rules of your own, which must put every
   * combination of scores in one segment. Customers without orders are a segment by themselves, after the others. @defaultValue "classic"
   */
  readonly segments?: "classic" | "shopify" | readonly RfmSegmentRule[] | undefined;
}

export const RFM_OPTIONS = {
  levels: LEVELS,
  recency: { kind: "custom" },
  frequency: { kind: "custom" },
  monetary: { kind: "custom" },
  monetaryValue: { kind: "oneOf", values: ["total", "perOrder"], default: "total" },
  weights: { kind: "object" },
  segments: { kind: "custom" },
} as const;

const WEIGHT = { kind: "number", min: 0, default: 1 } as const;
const WEIGHT_OPTIONS = { recency: WEIGHT, frequency: WEIGHT, monetary: WEIGHT } as const;

/** What {@link scoreRfm} returns. */
export interface ScoredRfm {
  /** To score other customers, or the same ones later, by the same cuts. */
  readonly model: RfmModel;
  readonly scores: RfmScoring;
}

/**
 * Scores customers by how recently, how often and for how much they bought, and names the segment of each.
 *
 * This is {@link fitRfm} and the scores of the customers of the fit in one.
 *
 * @throws ClienteleError as {@link fitRfm}.
 * @example
 * ```ts
 * import { scoreRfm } from "clientele/features";
 *
 * const { model, scores } = scoreRfm({
 *   id: ["ann", "bob", "cem", "dan", "eve", "fay"],
 *   daysSinceLast: [3, 20, 90, 200, 400, NaN],
 *   orderCount: [9, 4, 2, 1, 1, 0],
 *   totalValue: [900, 300, 120, 80, 10, 0],
 * });
 * console.log(scores.recency); // [5, 4, 3, 2, 1, 0]
 * console.log(scores.frequency); // [5, 4, 3, 1, 1, 0]
 * console.log(Array.from(scores.segment, (i) => scores.segmentNames[i]).slice(0, 3)); // ["Champions", "Loyal", "Need Attention"]
 * console.log(scores.segmentNames.at(-1), scores.segmentCounts.at(-1)); // "Prospects" 1
 * console.log(model.unusedScores.frequency); // [2]
 * ```
 */
export function scoreRfm(customers: RfmColumns, options?: RfmOptions): ScoredRfm {
  const model = runToEnd(fitSteps("scoreRfm", customers, options));
  return { model, scores: model.score(customers) };
}

/**
 * Learns where the scores for recency, frequency and monetary value part, from 1 to 5 (the best).
 *
 * `model.score` scores these and other customers by the same cuts: a customer who has not changed keeps their scores. Equal values
 * have equal scores. Where many customers are alike (most have one order), cuts coincide, and fewer scores are given:
 * `model.unusedScores` tells which are not, and `cuts` that suit the shop are often better than quantiles.
 *
 * Customers without orders are prospects: they have scores of 0, a segment of their own, and no part in the cuts. Customers whose value
 * is not known have scores for recency and frequency, and no segment.
 *
 * A sort of each measure: about 0.3 s for a million customers. `rfmSteps` is the same in slices, one sort uncut.
 *
 * @throws ClienteleError `tooFewRows` when nobody has an order, or no value is known; `lengthMismatch` for columns of different length;
 * `nonFinite` or `invalidInput` with the row for numbers that are negative or no numbers; `invalidOption` for cuts that do not ascend,
 * and for rules that leave cells of scores out or put them in several segments, with the cells.
 * @example
 * ```ts
 * import { fitRfm } from "clientele/features";
 *
 * const model = fitRfm(
 *   { daysSinceLast: [3, 20, 90, 200], orderCount: [9, 4, 2, 1], totalValue: [900, 300, 120, 80] },
 *   {
 *     levels: 3,
 *     recency: [30, 180],
 *     frequency: [1, 3],
 *     segments: [
 *       { name: "regulars", recency: [2, 3], frequency: [2, 3] },
 *       { name: "newcomers", recency: [2, 3], frequency: [1, 1] },
 *       { name: "sleepers", recency: [1, 1] },
 *     ],
 *   },
 * );
 * const { segment, segmentNames } = model.score({ daysSinceLast: [10, 30, 31], orderCount: [1, 4, 1], totalValue: [5, 60, 7] });
 * console.log(Array.from(segment, (i) => segmentNames[i])); // ["newcomers", "regulars", "newcomers"]
 * ```
 */
export function fitRfm(customers: RfmColumns, options?: RfmOptions): RfmModel {
  return runToEnd(rfmSteps(customers, options));
}

/** {@link fitRfm} in slices, for `runCooperatively`: the same result. */
export function rfmSteps(customers: RfmColumns, options?: RfmOptions): Steps<RfmModel> {
  return fitSteps("fitRfm", customers, options);
}

function* fitSteps(caller: string, customers: RfmColumns, options: RfmOptions | undefined): Steps<RfmModel> {
  const { levels, monetaryValue, ...chosen } = readOptions<RfmOptions, typeof RFM_OPTIONS>(caller, options, RFM_OPTIONS);
  const weights = readWeights(caller, chosen.weights);
  const scheme = readScheme(caller, chosen.segments, levels);
  const cuttings = {
    recency: readCutting(caller, "recency", chosen.recency, levels),
    frequency: readCutting(caller, "frequency", chosen.frequency, levels),
    monetary: readCutting(caller, "monetary", chosen.monetary, levels),
  };
  const measures = readMeasures(caller, customers, monetaryValue);
  yield { phase: "reading customers", done: 1, total: 1 };

  const cutsOf: Record<string, RfmCuts> = {};
  const names = ["recency", "frequency", "monetary"] as const;
  for (const [i, name] of names.entries()) {
    cutsOf[name] = findCuts(caller, name, measures[name], cuttings[name], levels);
    yield { phase: "cutting scores", done: i + 1, total: names.length };
  }
  const { recency, frequency, monetary } = cutsOf as Record<(typeof names)[number], RfmCuts>;
  return new RfmModel({ kind: "rfm", version: 1, levels, monetaryValue, recency, frequency, monetary, weights, segments: scheme.boxes, prospects: scheme.prospects });
}

function findCuts(caller: string, name: string, values: Float64Array, cutting: RfmCutting, levels: number): RfmCuts {
  const sorted = sortPresent(values);
  checkRowCount(caller, name === "monetary" ? "totalValue" : "orderCount", sorted.length, 1, name === "monetary" ? "customers of known value" : "customers with an order");
  const cuts = cutting === "quantile" ? quantileCuts(sorted, levels) : cutting === "rank" ? rankCuts(sorted, levels) : [...cutting];
  const scores = new Uint8Array(sorted.length);
  scoreByCuts(sorted, cuts, scores);
  if (name === "recency") reverseScores(scores, levels);
  return { method: typeof cutting === "string" ? cutting : "fixed", cuts, counts: countScores(scores, levels) };
}

function readCutting(caller: string, parameter: string, cutting: unknown, levels: number): RfmCutting {
  if (cutting === undefined) return "quantile";
  if (cutting === "quantile" || cutting === "rank") return cutting;
  const rule = `"quantile", "rank" or ${levels - 1} numbers in ascending order`;
  if (!isList(cutting)) throw new ClienteleError("invalidOption", `${parameter} must be ${rule}; got ${describeOption(cutting)}`, { caller, parameter, rule });
  const cuts = Array.from(cutting);
  if (cuts.length !== levels - 1 || !cuts.every((cut, i): cut is number => typeof cut === "number" && Number.isFinite(cut) && (i === 0 || cut > (cuts[i - 1] as number)))) {
    throw new ClienteleError("invalidOption", `${parameter} must be ${rule}; got [${cuts.slice(0, 9).map(describeOption).join(", ")}]`, { caller, parameter, rule, value: cutting });
  }
  // Adding 0 turns −0, which JSON does not know, into 0.
  return cuts.map((cut) => cut + 0);
}

function readWeights(caller: string, given: Partial<RfmWeights> | undefined): RfmWeights {
  const weights = readOptions<Partial<RfmWeights>, typeof WEIGHT_OPTIONS>(caller, given, WEIGHT_OPTIONS, "weights");
  const sum = weights.recency + weights.frequency + weights.monetary;
  if (sum > 0 && sum < Infinity) return { recency: weights.recency + 0, frequency: weights.frequency + 0, monetary: weights.monetary + 0 };
  const rule = "numbers with a sum above 0";
  throw new ClienteleError("invalidOption", `weights must be ${rule}; it is ${sum}`, { caller, parameter: "weights", rule, value: sum });
}

function readScheme(caller: string, segments: RfmOptions["segments"], levels: number): RfmScheme {
  const given: unknown = segments;
  if (given === undefined || given === "classic" || given === "shopify") {
    checkSchemeLevels(caller, levels);
    return given === "shopify" ? shopifyScheme() : classicScheme();
  }
  const rule = '"classic", "shopify" or a list of rules';
  if (!isList(given)) throw new ClienteleError("invalidOption", `segments must be ${rule}; got ${describeOption(given)}`, { caller, parameter: "segments", rule });
  const boxes = readSegmentRules(caller, segments as readonly RfmSegmentRule[], levels);
  if (boxes.some(({ name }) => name === PROSPECTS)) {
    const distinct = `another name than ${JSON.stringify(PROSPECTS)}, the segment of those without orders`;
    throw new ClienteleError("invalidOption", `a rule of segments must have ${distinct}`, { caller, parameter: "segments", rule: distinct });
  }
  const cells = partitionCells(boxes, levels);
  if ("gaps" in cells) throw partitionError(caller, cells);
  return { boxes, prospects: PROSPECTS };
}
