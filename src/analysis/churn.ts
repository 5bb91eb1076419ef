import { bestFeatureBaseline } from "../churn/baselines/baselines";
import { explainLogistic, type LogisticExplanation } from "../churn/explain/contributions";
import { logisticRegressionSteps } from "../churn/logistic-regression/fit";
import type { LogisticRegressionModel } from "../churn/logistic-regression/model";
import type { Separation } from "../churn/logistic-regression/spec";
import { fitCleaning } from "../cleaning/fit";
import { CleaningModel } from "../cleaning/model";
import type { FillRule } from "../cleaning/impute/plan";
import { countMissing } from "../data/column";
import type { FeatureMatrix } from "../data/feature-matrix";
import { groupRows } from "../data/row-groups";
import { rowsAt, type RowId, type Table } from "../data/table";
import { compareCrossValidated } from "../evaluation/resampling/compare-cross-validated";
import { crossValidateSteps, type CrossValidation } from "../evaluation/resampling/cross-validate";
import { splitFolds } from "../evaluation/resampling/split-folds";
import { draftEncoding, type LeftOutColumn } from "../features/encode/draft";
import type { Encoding } from "../features/encode/encoding";
import { fitEncoder } from "../features/encode/fit";
import type { EncoderModel } from "../features/encode/model";
import { computeColumnMoments, standardDeviationOf } from "../numeric/statistics/moments";
import { composePipeline } from "../scoring/compose";
import type { ProbabilityPipeline } from "../scoring/probability-pipeline";
import type { Steps } from "../steps/steps";
import type { ChurnLabels } from "./labels";
import { notRun, type Part } from "./part";
import { decilesOf, type RiskDecile } from "./risk-deciles";

/** Who is likely to leave. */
export interface Churn {
  /** Out-of-fold figures: every customer is predicted by a model that has not seen them. Beside them stands the base rate. */
  readonly evaluation: CrossValidation;
  /** What the model adds to the best single column. */
  readonly lead: ChurnLead;
  readonly rowIds: ArrayLike<RowId>;
  /** The customers with a label, before missing values are filled; positions in the cleaned customers are in `rows`. */
  readonly table: Table;
  readonly rows: Int32Array;
  /** 1 for customers who left. */
  readonly labels: Uint8Array;
  /** Out-of-fold probability of leaving. */
  readonly probabilities: Float64Array;
  /** Customers in ten groups of falling probability, and how many of each left. */
  readonly deciles: readonly RiskDecile[];
  /** Customers without a label, who were left out. */
  readonly unlabelledCount: number;
  /** Different values of the label that count as staying. */
  readonly stayingValueCount: number;
  /**
   * Customers who are equal to another in every feature; equal ones were kept in one fold, so that none is predicted by its own twin.
   * 0 where more than half are: then the features are few, and equal customers no repeated records.
   */
  readonly repeatedCount: number;
  /** Columns without use for the model, with the reason. */
  readonly leftOut: readonly LeftOutFeature[];
  /**
   * From a customer's record to a probability, fitted on all labelled customers: for those to come.
   * `JSON.stringify` saves it, `pipelineFromSpec` and `scoreRecords` use it anywhere.
   */
  readonly pipeline: ProbabilityPipeline<LogisticRegressionModel>;
  /** The model at the end of `pipeline`. */
  readonly model: LogisticRegressionModel;
  /** Where a combination of columns tells the classes apart: the proof. The model was then fitted with a weak penalty. */
  readonly separation: Separation | undefined;
  /** Fits of the cross-validation that were not plain maximum likelihood: with a penalty because of separation, or stopped too early. */
  readonly penalisedFolds: number;
  readonly unfinishedFolds: number;
  /** Log-odds of each labelled customer taken apart by feature, under `model`. */
  readonly explanation: LogisticExplanation;
  /** The features that tell most, strongest first. */
  readonly effects: readonly FeatureEffect[];
}

/** The model beside the column that tells most by itself, chosen in each training part and fitted alone: on the same folds. */
export interface ChurnLead {
  /** The column of each fold. */
  readonly columns: readonly string[];
  readonly evaluation: CrossValidation;
  /** By how much the model's log-loss is smaller, mean of the folds, with Nadeau and Bengio's interval. */
  readonly improvement: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/** A column that the model does not use. `tooFewValues`: nearly all its values are missing. */
export interface LeftOutFeature {
  readonly column: string;
  readonly reason: LeftOutColumn["reason"] | "tooFewValues";
}

/** What a feature does to the odds of leaving, all others equal. */
export interface FeatureEffect {
  readonly feature: string;
  /** Change of the log-odds for one unit more. */
  readonly coefficient: number;
  /** coefficient × standard deviation of the feature: comparable between features. */
  readonly standardizedCoefficient: number;
}

export interface ChurnTask {
  /** Converted, without duplicates; missing values are filled inside each training part. */
  readonly table: Table;
  /** The cleaning by which it was converted. */
  readonly preparation: CleaningModel;
  readonly labels: ChurnLabels;
  readonly folds: number;
  /** Columns that are no features: id, label. */
  readonly exclude: readonly string[];
  readonly seed: number;
}

/** Below this many customers of either class a model would mostly repeat chance. */
const MIN_CLASS_SIZE = 20;

/** A number column with fewer values has nothing to fill the others from. */
const MIN_PRESENT = 20;

export function* churnSteps({ table: all, preparation, labels: given, folds, exclude, seed }: ChurnTask): Steps<Part<Churn>> {
  const rows = Int32Array.from(given.values.keys()).filter((row) => !Number.isNaN(given.values[row]));
  const table = rows.length === all.rowCount ? all : rowsAt(all, rows);
  const labels = Uint8Array.from(rows, (row) => given.values[row]!);
  const { positiveCount } = given;
  if (Math.min(positiveCount, labels.length - positiveCount) < MIN_CLASS_SIZE) {
    return notRun(`${positiveCount} of ${labels.length} customers left; at least ${MIN_CLASS_SIZE} who left and as many who stayed are needed`);
  }
  const sparse = [...table.columns].flatMap(([name, column]) =>
    column.type === "category" || exclude.includes(name) || table.rowCount - countMissing(column) >= MIN_PRESENT ? [] : [name],
  );
  const { encoding: drafted, leftOut } = draftEncoding(table, { exclude: [...exclude, ...sparse], drop: "first" });
  if (drafted.length === 0) return notRun("there is no column left to predict churn from");
  // A rare category may be absent from a training part; its customers are then scored like the first category.
  const encoding = drafted.map((entry) => (entry.as === "oneHot" ? { ...entry, unknown: "zeros" as const, missing: "level" as const } : entry));
  const fills = encoding.flatMap(({ column, as }): FillRule[] => (as === "oneHot" ? [] : [{ column, fill: as === "number" ? "median" : "mode" }]));

  const groups = groupEqualRows(table, encoding);
  const { repeatedCount } = groups;
  let penalisedFolds = 0;
  let unfinishedFolds = 0;
  const dealt = splitFolds(labels, repeatedCount === 0 ? { folds, seed } : { folds, seed, groups: groups.ofRow });
  const evaluation = yield* crossValidateSteps(table, labels, {
    folds: dealt,
    seed,
    *fit(train) {
      const { cleaning, encoder, model } = yield* fitSteps(train.data, train.labels, fills, encoding);
      if (model.strength > 0) penalisedFolds++;
      if (model.status === "iterationLimit") unfinishedFolds++;
      return (test: Table) => model.predictProbability(encoder.apply(cleaning.apply(test).table));
    },
  });
  const features = new Set(encoding.map(({ column }) => column));
  const lead = yield* leadSteps(table, labels, evaluation, dealt, [...table.columns.keys()].filter((name) => !features.has(name)));
  const { cleaning, encoder, matrix, model, separation } = yield* fitSteps(table, labels, fills, encoding);
  const { plan, rules, limits, tools } = preparation;
  const scoring = new CleaningModel({ plan: { ...plan, missing: cleaning.plan.missing }, rules, limits, fills: cleaning.fills }, tools);
  return {
    status: "done",
    evaluation,
    lead,
    rowIds: table.rowIds,
    table,
    rows,
    labels,
    probabilities: evaluation.predictions,
    deciles: decilesOf(labels, evaluation.predictions),
    unlabelledCount: given.unlabelledCount,
    stayingValueCount: given.stayingValueCount,
    repeatedCount,
    leftOut: [...sparse.map((column) => ({ column, reason: "tooFewValues" as const })), ...leftOut],
    pipeline: composePipeline({ cleaning: scoring, encoder, model }),
    model,
    separation,
    penalisedFolds,
    unfinishedFolds,
    explanation: explainLogistic(model, matrix),
    effects: effectsOf(model, matrix),
  };
}

function* leadSteps(table: Table, labels: Uint8Array, model: CrossValidation, folds: Int32Array, exclude: readonly string[]): Steps<ChurnLead> {
  const columns: string[] = [];
  const evaluation = yield* crossValidateSteps(table, labels, { folds, fit: bestFeatureBaseline({ exclude, onChosen: (column) => columns.push(column) }) });
  const { logLoss, level } = compareCrossValidated(evaluation, model);
  return { columns, evaluation, improvement: logLoss.mean, low: logLoss.low, high: logLoss.high, level };
}

interface FittedPipeline {
  readonly cleaning: CleaningModel;
  readonly encoder: EncoderModel;
  readonly matrix: FeatureMatrix;
  readonly model: LogisticRegressionModel;
  readonly separation: Separation | undefined;
}

/** Everything that looks at the data, in one function: so that nothing of a test row can enter. */
function* fitSteps(table: Table, labels: Uint8Array, fills: readonly FillRule[], encoding: Encoding): Steps<FittedPipeline> {
  const cleaning = fitCleaning(table, { missing: fills, repeatedRows: "ignore" });
  // In a training part a sparse column may have no value at all: there it is no feature.
  const empty = new Set(cleaning.fills.flatMap(({ column, status }) => (status === "allMissing" ? [column] : [])));
  const usable = encoding.filter(({ column }) => !empty.has(column));
  const { encoder, matrix } = fitEncoder(cleaning.apply(table).table, usable);
  const model = yield* logisticRegressionSteps(matrix, labels);
  const { separation } = model;
  // Separated classes have no maximum of the likelihood: a penalty as weak as one observation gives finite estimates.
  if (separation === undefined) return { cleaning, encoder, matrix, model, separation };
  return { cleaning, encoder, matrix, model: yield* logisticRegressionSteps(matrix, labels, { strength: 1 / table.rowCount }), separation };
}

/**
 * Numbers the customers so that those who are equal in every feature have the same number. Where most customers share their features
 * with others (a few categories, no numbers), being equal is no sign of a repeated record, and everyone has a number of their own.
 */
function groupEqualRows(table: Table, encoding: Encoding): { readonly ofRow: Int32Array; readonly repeatedCount: number } {
  const columns = encoding.map(({ column }) => table.columns.get(column)!);
  const { groups: ofRow, count } = groupRows(columns, new Uint8Array(table.rowCount).fill(1), "equal");
  const repeatedCount = table.rowCount - count;
  return repeatedCount <= table.rowCount / 2 ? { ofRow, repeatedCount } : { ofRow: Int32Array.from(ofRow.keys()), repeatedCount: 0 };
}

function effectsOf(model: LogisticRegressionModel, matrix: FeatureMatrix): FeatureEffect[] {
  return computeColumnMoments(matrix.values, matrix.rowCount, matrix.columnCount)
    .map((moments, j): FeatureEffect => {
      const coefficient = model.coefficients[j]!;
      return { feature: matrix.names[j]!, coefficient, standardizedCoefficient: coefficient * standardDeviationOf(moments, 0) };
    })
    .filter(({ standardizedCoefficient }) => standardizedCoefficient !== 0)
    .sort((a, b) => Math.abs(b.standardizedCoefficient) - Math.abs(a.standardizedCoefficient));
}
