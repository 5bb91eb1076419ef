import { explainLogistic, type LogisticExplanation } from "../churn/explain/contributions";
import { logisticRegressionSteps } from "../churn/logistic-regression/fit";
import type { LogisticRegressionModel } from "../churn/logistic-regression/model";
import { fitCleaning } from "../cleaning/fit";
import { CleaningModel } from "../cleaning/model";
import type { CheckedPlan, FillRule } from "../cleaning/plan";
import { cellAt, isMissingAt } from "../data/column";
import type { FeatureMatrix } from "../data/feature-matrix";
import { columnOf, rowsAt, type RowId, type Table } from "../data/table";
import { crossValidateSteps, type CrossValidation } from "../evaluation/resampling/cross-validate";
import { draftEncoding, type LeftOutColumn } from "../features/encode/draft";
import { fitEncoder, type Encoding } from "../features/encode/fit";
import type { EncoderModel } from "../features/encode/model";
import { computeColumnMoments, standardDeviationOf } from "../numeric/statistics/moments";
import { composePipeline } from "../scoring/compose";
import type { ProbabilityPipeline } from "../scoring/probability-pipeline";
import type { Steps } from "../steps/steps";
import type { ChurnInput } from "./input";
import { notRun, type Part } from "./part";

/** Who is likely to leave. */
export interface Churn {
  /** Out-of-fold figures: every customer is predicted by a model that has not seen them. Beside them stands the base rate. */
  readonly evaluation: CrossValidation;
  readonly rowIds: ArrayLike<RowId>;
  /** The customers with a label, cleaned and filled, before encoding. */
  readonly table: Table;
  /** 1 for customers who left. */
  readonly labels: Uint8Array;
  /** Out-of-fold probability of leaving. */
  readonly probabilities: Float64Array;
  /** Customers in ten groups of falling probability, and how many of each left. */
  readonly deciles: readonly RiskDecile[];
  /** Customers without a label, who were left out. */
  readonly unlabelledCount: number;
  /** Columns without use for the model, with the reason. */
  readonly leftOut: readonly LeftOutColumn[];
  /**
   * From a customer's record to a probability, fitted on all labelled customers: for those to come.
   * `JSON.stringify` saves it, `pipelineFromSpec` and `scoreRecords` use it anywhere.
   */
  readonly pipeline: ProbabilityPipeline<LogisticRegressionModel>;
  /** The model at the end of `pipeline`. */
  readonly model: LogisticRegressionModel;
  /** Log-odds of each labelled customer taken apart by feature, under `model`. */
  readonly explanation: LogisticExplanation;
  /** The features that tell most, strongest first. */
  readonly effects: readonly FeatureEffect[];
}

/** A tenth of the customers, by predicted probability. */
export interface RiskDecile {
  readonly customerCount: number;
  readonly meanProbability: number;
  readonly churnRate: number;
}

/** What a feature does to the odds of leaving, all others equal. */
export interface FeatureEffect {
  readonly feature: string;
  /** exp(coefficient): the odds are multiplied by it for one unit more. */
  readonly oddsRatio: number;
  /** coefficient × standard deviation of the feature: comparable between features. */
  readonly standardizedCoefficient: number;
}

export interface ChurnTask {
  /** Converted, without duplicates; missing values are filled inside each training part. */
  readonly table: Table;
  /** The plan by which it was converted; its fills are still to be made. */
  readonly plan: CheckedPlan;
  readonly input: Required<Omit<ChurnInput, "folds">> & { readonly folds: number };
  readonly exclude: readonly string[];
  readonly seed: number;
}

/** Below this many customers of either class a model would mostly repeat chance. */
const MIN_CLASS_SIZE = 20;

export function* churnSteps({ table: all, plan, input, exclude, seed }: ChurnTask): Steps<Part<Churn>> {
  const { label, folds } = input;
  const labelled = labelledRows(all, label);
  const table = labelled.length === all.rowCount ? all : rowsAt(all, labelled);
  const labels = Uint8Array.from(churnLabels(table, input));
  const leavers = labels.reduce((sum, value) => sum + value, 0);
  if (Math.min(leavers, labels.length - leavers) < MIN_CLASS_SIZE) {
    return notRun(`${leavers} of ${labels.length} customers left; at least ${MIN_CLASS_SIZE} who left and as many who stayed are needed`);
  }

  const { encoding: drafted, leftOut } = draftEncoding(table, { exclude: [...new Set([...exclude, label])], drop: "first" });
  if (drafted.length === 0) return notRun("there is no column left to predict churn from");
  // A rare category may be absent from a training part; its customers are then scored like the first category.
  const encoding = drafted.map((entry) => (entry.as === "oneHot" ? { ...entry, unknown: "zeros" as const } : entry));

  const evaluation = yield* crossValidateSteps(table, labels, {
    folds,
    seed,
    *fit(train) {
      const { cleaning, encoder, model } = yield* fitSteps(train.data, train.labels, plan.missing, encoding);
      return (test: Table) => model.predictProbability(encoder.apply(cleaning.apply(test).table));
    },
  });
  const { cleaning, encoder, matrix, model, filled } = yield* fitSteps(table, labels, plan.missing, encoding);
  return {
    status: "done",
    evaluation,
    rowIds: table.rowIds,
    table: filled,
    labels,
    probabilities: evaluation.predictions,
    deciles: decilesOf(labels, evaluation.predictions),
    unlabelledCount: all.rowCount - table.rowCount,
    leftOut,
    pipeline: composePipeline({ cleaning: new CleaningModel({ plan, fills: cleaning.fills }), encoder, model }),
    model,
    explanation: explainLogistic(model, matrix),
    effects: effectsOf(model, matrix),
  };
}

interface FittedPipeline {
  readonly cleaning: CleaningModel;
  readonly encoder: EncoderModel;
  readonly matrix: FeatureMatrix;
  readonly model: LogisticRegressionModel;
  /** The rows of the fit after cleaning. */
  readonly filled: Table;
}

/** Everything that looks at the data, in one function: so that nothing of a test row can enter. */
function* fitSteps(table: Table, labels: Uint8Array, fills: readonly FillRule[], encoding: Encoding): Steps<FittedPipeline> {
  const cleaning = fitCleaning(table, { missing: fills });
  const filled = cleaning.apply(table).table;
  const { encoder, matrix } = fitEncoder(filled, encoding);
  const model = yield* logisticRegressionSteps(matrix, labels);
  // Separated classes have no maximum of the likelihood: a penalty as weak as one observation gives finite estimates.
  if (model.status !== "separated") return { cleaning, encoder, matrix, model, filled };
  return { cleaning, encoder, matrix, model: yield* logisticRegressionSteps(matrix, labels, { strength: 1 / table.rowCount }), filled };
}

function labelledRows(table: Table, label: string): number[] {
  const column = columnOf("analyzeCustomers", table, label, "churn.label");
  return Array.from({ length: table.rowCount }, (_, row) => row).filter((row) => !isMissingAt(column, row));
}

/** 1, 0, or NaN without a label, for every row. */
export function churnLabels(table: Table, { label, positive }: ChurnInput): Float64Array {
  const column = columnOf("analyzeCustomers", table, label, "churn.label");
  return Float64Array.from({ length: table.rowCount }, (_, row) => (isMissingAt(column, row) ? NaN : cellAt(column, row) === positive ? 1 : 0));
}

/** Ten groups of equal size (by one) in order of falling probability; equal probabilities in the order of the rows. */
function decilesOf(labels: Uint8Array, probabilities: Float64Array): RiskDecile[] {
  const order = Array.from(probabilities.keys()).sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
  return Array.from({ length: 10 }, (_, i): RiskDecile => {
    const rows = order.slice(Math.round((i * order.length) / 10), Math.round(((i + 1) * order.length) / 10));
    const mean = (values: ArrayLike<number>): number => rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length;
    return { customerCount: rows.length, meanProbability: mean(probabilities), churnRate: mean(labels) };
  });
}

function effectsOf(model: LogisticRegressionModel, matrix: FeatureMatrix): FeatureEffect[] {
  return computeColumnMoments(matrix.values, matrix.rowCount, matrix.columnCount)
    .map((moments, j): FeatureEffect => {
      const coefficient = model.coefficients[j]!;
      return { feature: matrix.names[j]!, oddsRatio: Math.exp(coefficient), standardizedCoefficient: coefficient * standardDeviationOf(moments, 0) };
    })
    .filter(({ standardizedCoefficient }) => standardizedCoefficient !== 0)
    .sort((a, b) => Math.abs(b.standardizedCoefficient) - Math.abs(a.standardizedCoefficient));
}
