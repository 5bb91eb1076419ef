import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { LEVEL } from "../../evaluation/classification/binary-inputs";
import type { BinaryScores } from "../../evaluation/classification/evaluate-binary";
import { compareCrossValidated, type CrossValidatedComparison } from "../../evaluation/resampling/compare-cross-validated";
import { crossValidateSteps, type CrossValidation } from "../../evaluation/resampling/cross-validate";
import { OUT_OF_FOLD_OPTIONS, readFolds, readRowLabels, type OutOfFoldOptions } from "../../evaluation/resampling/out-of-fold";
import type { RowData } from "../../evaluation/resampling/row-data";
import { runToEnd, type Steps } from "../../steps/steps";
import { bestFeatureBaseline, priorBaseline, recencyBaseline } from "./baselines";
import { findShortage, type Shortage } from "./enough-data";

/** The score by which a model must be better. */
export type LeadMetric = "logLoss" | "auc" | "brier";

/** Options of {@link compareWithBaselines}. */
export interface CompareWithBaselinesOptions<Data extends RowData> extends OutOfFoldOptions<Data> {
  /** The score that leads; the log-loss counts order and calibration. @defaultValue "logLoss" */
  readonly metric?: LeadMetric | undefined;
  /** The column of recency, for the rule by it. @defaultValue no such rule */
  readonly recency?: string | undefined;
  /** Columns that may not be the best single feature. @defaultValue none */
  readonly exclude?: readonly string[] | undefined;
  /** How often the folds are dealt anew, with the next seed each: more say more. Only where `folds` is a number. @defaultValue 1 */
  readonly repeats?: number | undefined;
  /** Confidence of the intervals. @defaultValue 0.95 */
  readonly level?: number | undefined;
  /** Least rows of the rarer outcome. @defaultValue 100 */
  readonly minRarer?: number | undefined;
  /** Coefficients that `fit` estimates, those it may drop included: it then needs ten rows of the rarer outcome for each. @defaultValue unknown */
  readonly parameters?: number | undefined;
}

const COMPARE_OPTIONS = {
  metric: { kind: "oneOf", values: ["logLoss", "auc", "brier"], default: "logLoss" },
  recency: { kind: "text" },
  exclude: { kind: "names", default: [] },
  repeats: { kind: "integer", min: 1, default: 1 },
  level: LEVEL,
  minRarer: { kind: "integer", min: 2, default: 100 },
  parameters: { kind: "integer", min: 1 },
} as const;

/** One baseline beside the model, on the same folds. */
export interface BaselineComparison {
  readonly baseline: "prior" | "bestFeature" | "recency";
  /** One for each repeat. */
  readonly evaluations: readonly CrossValidation[];
  /** Model − baseline of every score, with the corrected interval. */
  readonly comparison: CrossValidatedComparison;
  /** The column of each fit; null for a baseline that has none. */
  readonly columns: readonly string[] | null;
}

/** How much better than the best baseline: what a report says first. */
export interface LeadDifference {
  readonly baseline: BaselineComparison["baseline"];
  readonly metric: LeadMetric;
  /** Above 0, the model is better, whatever the score. */
  readonly improvement: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/** A model and its baselines. */
export interface ComparedWithBaselines {
  /** `better`, `worse`: the interval of the lead lies on one side of 0; `notShown`: it does not. */
  readonly status: "better" | "worse" | "notShown";
  readonly lead: LeadDifference;
  /** One for each repeat. */
  readonly model: readonly CrossValidation[];
  /** The strongest first. */
  readonly baselines: readonly BaselineComparison[];
}

/** Too few customers to tell: nothing was fitted. */
export interface NotEnoughData extends Shortage {
  readonly status: "notEnoughData";
}

/**
 * Is the model worth its trouble? The model and what there is without one (the share of leavers, the best single column, the rule by recency), on the same
 * folds; the difference from the strongest of them, with its interval, is the answer.
 *
 * Everything is fitted inside the training parts, also the choice of the column. The interval is Nadeau and Bengio's (2003), see
 * {@link compareCrossValidated}. With fewer than `minRarer` rows of the rarer outcome the answer is `notEnoughData`: 100 are what validation
 * studies ask for (Vergouwe et al. 2005; Collins, Ogundimu and Altman 2016); with `parameters`, ten for each coefficient in every training part
 * (Peduzzi et al. 1996).
 *
 * @throws ClienteleError as `crossValidate`; `invalidOption` for `repeats` of folds that are given.
 * @example
 * ```ts
 * import { compareWithBaselines, fitLogisticRegression } from "clientele/churn";
 * import { featureMatrixFromColumns, type FeatureMatrix } from "clientele/data";
 *
 * const rows = Array.from({ length: 600 }, (_, i) => i);
 * const customers = featureMatrixFromColumns({ calls: rows.map((i) => (i * 7) % 10), months: rows.map((i) => (i * 11) % 30) });
 * const left = rows.map((i) => ((i * 7) % 10 - ((i * 11) % 30) / 4 > ((i * 13) % 37) / 6 - 3 ? 1 : 0));
 * const compared = compareWithBaselines(customers, left, {
 *   fit: ({ data, labels }) => {
 *     const model = fitLogisticRegression(data, labels);
 *     return (test: FeatureMatrix) => model.predictProbability(test);
 *   },
 * });
 * console.log(compared.status); // better
 * if (compared.status !== "notEnoughData") console.log(compared.lead.baseline, compared.lead.low > 0); // bestFeature true
 * console.log(compareWithBaselines(customers, left, { fit: () => () => [], minRarer: 500 }).status); // notEnoughData
 * ```
 */
export function compareWithBaselines<Data extends RowData>(data: Data, labels: ArrayLike<number>, options: CompareWithBaselinesOptions<Data>): ComparedWithBaselines | NotEnoughData {
  return runToEnd(compareWithBaselinesSteps(data, labels, options));
}

/** {@link compareWithBaselines} in slices: passes on the progress of every fit. */
export function* compareWithBaselinesSteps<Data extends RowData>(
  data: Data,
  labels: ArrayLike<number>,
  options: CompareWithBaselinesOptions<Data>,
): Steps<ComparedWithBaselines | NotEnoughData> {
  const caller = "compareWithBaselines";
  const resolved = readOptions(caller, options, { ...OUT_OF_FOLD_OPTIONS, ...COMPARE_OPTIONS });
  const { fit, metric, recency, exclude, level, minRarer, parameters } = resolved;
  const checked = readRowLabels(caller, data, labels);
  const tooFew = findShortage(checked, undefined, { minRarer, parameters });
  if (tooFew !== undefined) return { status: "notEnoughData", ...tooFew };
  const dealt = dealFolds(caller, checked, resolved);
  const shortage = findShortage(checked, dealt[0], { minRarer, parameters });
  if (shortage !== undefined) return { status: "notEnoughData", ...shortage };

  const evaluate = function* (candidate: OutOfFoldOptions<Data>["fit"]): Steps<CrossValidation[]> {
    const evaluations: CrossValidation[] = [];
    for (const folds of dealt) evaluations.push(yield* crossValidateSteps<Data>(data, checked.values, { fit: candidate, folds }));
    return evaluations;
  };
  const model = yield* evaluate(fit);
  const chosen: string[] = [];
  const candidates: readonly (readonly [BaselineComparison["baseline"], OutOfFoldOptions<Data>["fit"], readonly string[] | null])[] = [
    ["bestFeature", bestFeatureBaseline({ exclude, onChosen: (column) => chosen.push(column) }), chosen],
    ...(recency === undefined ? [] : [["recency", recencyBaseline({ column: recency }), [recency]] as const]),
    ["prior", priorBaseline(), null],
  ];
  const baselines: BaselineComparison[] = [];
  for (const [baseline, candidate, columns] of candidates) {
    const evaluations = yield* evaluate(candidate);
    baselines.push({ baseline, evaluations, comparison: compareCrossValidated(model, evaluations, { level }), columns });
  }
  // The smaller the model's improvement, the stronger the baseline.
  baselines.sort((a, b) => improvementOf(a, metric).improvement - improvementOf(b, metric).improvement);
  const lead = improvementOf(baselines[0]!, metric);
  return { status: lead.low > 0 ? "better" : lead.high < 0 ? "worse" : "notShown", lead, model, baselines };
}

function dealFolds(caller: string, labels: ReturnType<typeof readRowLabels>, { folds, seed, groups, repeats }: { folds: number | ArrayLike<number> | undefined; seed: number; groups: ArrayLike<string | number> | undefined; repeats: number }): Int32Array[] {
  if (typeof folds === "object" && repeats > 1) {
    const rule = "1 where the folds are given";
    throw new ClienteleError("invalidOption", `repeats must be ${rule}; got ${repeats}`, { caller, parameter: "repeats", rule, value: repeats });
  }
  return Array.from({ length: repeats }, (_, repeat) => readFolds(caller, labels, { folds, seed: (seed + repeat) >>> 0, groups }));
}

/** Turned so that more is better: of losses, the baseline's less the model's. */
function improvementOf({ baseline, comparison }: BaselineComparison, metric: LeadMetric & keyof BinaryScores): LeadDifference {
  const { mean, low, high } = comparison[metric];
  const { level } = comparison;
  if (metric === "auc") return { baseline, metric, improvement: mean, low, high, level };
  return { baseline, metric, improvement: 0 - mean, low: 0 - high, high: 0 - low, level };
}
