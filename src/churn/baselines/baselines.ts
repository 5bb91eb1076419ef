import { checkNames, unknownColumn } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { readOptions, SEED } from "../../errors/options";
import type { Predictor, TrainingPart } from "../../evaluation/resampling/out-of-fold";
import type { RowData } from "../../evaluation/resampling/row-data";
import { readCrossFitting } from "../../features/encode/cross-fit";
import type { Steps } from "../../steps/steps";
import { columnAuc, type ColumnAuc } from "../leakage/single-column";
import { columnsOf, fitColumnSteps } from "./column-model";

/** A fit for `crossValidate` and `predictOutOfFold`, of a table or a matrix. */
export type BaselineFit = <Data extends RowData>(train: TrainingPart<Data>) => Predictor<Data> | Steps<Predictor<Data>>;

/**
 * No model at all: every customer gets the share of leavers in the training part.
 *
 * @example
 * ```ts
 * import { priorBaseline } from "clientele/churn";
 * import { featureMatrixFromColumns } from "clientele/data";
 * import { crossValidate } from "clientele/evaluation";
 *
 * const matrix = featureMatrixFromColumns({ calls: [0, 1, 2, 3, 4, 5, 6, 7] });
 * const { pooled } = crossValidate(matrix, [0, 0, 1, 0, 0, 0, 1, 0], { folds: 2, fit: priorBaseline() });
 * console.log(pooled.brier); // 0.1875
 * ```
 */
export function priorBaseline(): BaselineFit {
  return ({ labels }) => {
    const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
    return (test) => new Float64Array(test.rowCount).fill(share);
  };
}

/** Options of {@link bestFeatureBaseline}. */
export interface BestFeatureOptions {
  /** Columns that are no candidates: ids, and what is known too late. @defaultValue none */
  readonly exclude?: readonly string[] | undefined;
  /** In how many parts the training part is dealt to judge categories by other rows. @defaultValue 5 */
  readonly folds?: number | undefined;
  /** Decides which rows come together. @defaultValue 1 */
  readonly seed?: number | undefined;
  /** Told the column that was chosen, once for each fit. */
  readonly onChosen?: ((column: string, fold: number) => void) | undefined;
}

const BEST_FEATURE_OPTIONS = {
  exclude: { kind: "names", default: [] },
  folds: { kind: "integer", min: 2, default: 5 },
  seed: SEED,
  onChosen: { kind: "function" },
} as const;

/**
 * The one column that tells most, as a model: what a whole model has to beat to be worth its trouble.
 *
 * The column is chosen inside each training part, by the lower end of its AUC's interval as in {@link findLeakage}; then it is fitted alone,
 * by logistic regression or by the mean label of its categories or tenths.
 *
 * @throws ClienteleError `unknownColumn` for an excluded name that is not there, `invalidInput` where no column is left (both when it fits).
 * @example
 * ```ts
 * import { bestFeatureBaseline } from "clientele/churn";
 * import { tableFromColumns } from "clientele/data";
 * import { predictOutOfFold } from "clientele/evaluation";
 *
 * const rows = Array.from({ length: 60 }, (_, i) => i);
 * const table = tableFromColumns({ noise: rows.map((i) => (i * 17) % 23), plan: rows.map((i) => (i % 3 === 0 ? "basic" : "pro")) });
 * const left = rows.map((i) => (i % 3 === 0 && i % 5 > 0 ? 1 : 0));
 * const chosen = new Set<string>();
 * predictOutOfFold(table, left, { fit: bestFeatureBaseline({ onChosen: (column) => chosen.add(column) }) });
 * console.log([...chosen]); // ["plan"]
 * ```
 */
export function bestFeatureBaseline(options?: BestFeatureOptions): BaselineFit {
  const caller = "bestFeatureBaseline";
  const { exclude, folds, seed, onChosen } = readOptions<BestFeatureOptions, typeof BEST_FEATURE_OPTIONS>(caller, options, BEST_FEATURE_OPTIONS);
  return function* <Data extends RowData>({ data, labels, fold }: TrainingPart<Data>): Steps<Predictor<Data>> {
    const columns = columnsOf(data);
    checkNames(caller, "exclude", exclude);
    for (const name of exclude) if (!columns.has(name)) throw unknownColumn(caller, "exclude", name, columns.keys());
    const crossFitting = readCrossFitting(caller, data.rowCount, labels, folds, seed);
    let best: { readonly name: string; readonly auc: ColumnAuc } | undefined;
    let judged = 0;
    for (const [name, column] of columns) {
      const auc = exclude.includes(name) ? undefined : columnAuc(column, crossFitting, LEVEL_OF_CHOICE);
      if (auc !== undefined && (best === undefined || auc.low > best.auc.low)) best = { name, auc };
      yield { phase: "choosing a feature", done: ++judged, total: columns.size };
    }
    if (best === undefined) {
      const rule = "a column that is not excluded, with a value in two rows of either class";
      throw new ClienteleError("invalidInput", `data must have ${rule}`, { caller, parameter: "data", rule });
    }
    const { name, auc } = best;
    onChosen?.(name, fold);
    const predict = yield* fitColumnSteps(columns.get(name)!, labels, auc.by);
    return (test: Data) => predict(columnsOf(test).get(name)!);
  };
}

/** Confidence of the intervals by which a column is chosen. */
const LEVEL_OF_CHOICE = 0.95;

/** Options of {@link recencyBaseline}. */
export interface RecencyBaselineOptions {
  /** The column that says how long ago a customer was last active, such as `daysSinceLast` of `buildSnapshot`. @defaultValue "daysSinceLast" */
  readonly column?: string | undefined;
}

const RECENCY_BASELINE_OPTIONS = { column: { kind: "text", default: "daysSinceLast" } } as const;

/**
 * Who has not been seen for longest will leave: the rule that managers use, and that models of repeat buying often fail to beat (Wübben and von Wangenheim
 * 2008). Its order is that of the one column, its probabilities those of a logistic regression on it.
 *
 * @throws ClienteleError `unknownColumn` where the column is not there, `invalidInput` where it holds texts (both when it fits).
 * @example
 * ```ts
 * import { recencyBaseline } from "clientele/churn";
 * import { featureMatrixFromColumns } from "clientele/data";
 * import { crossValidate } from "clientele/evaluation";
 *
 * const matrix = featureMatrixFromColumns({ daysSinceLast: [3, 90, 5, 61, 12, 70, 8, 80], orders: [1, 2, 3, 4, 5, 6, 7, 8] });
 * const { mean } = crossValidate(matrix, [0, 1, 0, 1, 0, 1, 0, 1], { folds: 2, fit: recencyBaseline() });
 * console.log(mean.auc); // 1
 * ```
 */
export function recencyBaseline(options?: RecencyBaselineOptions): BaselineFit {
  const caller = "recencyBaseline";
  const { column: name } = readOptions<RecencyBaselineOptions, typeof RECENCY_BASELINE_OPTIONS>(caller, options, RECENCY_BASELINE_OPTIONS);
  return function* <Data extends RowData>({ data, labels }: TrainingPart<Data>): Steps<Predictor<Data>> {
    const columns = columnsOf(data);
    const column = columns.get(name);
    if (column === undefined) throw unknownColumn(caller, "column", name, columns.keys());
    if (column.type === "category") {
      const rule = "a column of numbers";
      throw new ClienteleError("invalidInput", `column ${JSON.stringify(name)} must be ${rule}; it is ${column.type}`, { caller, parameter: "column", column: name, rule });
    }
    const predict = yield* fitColumnSteps(column, labels, "rising");
    return (test: Data) => predict(columnsOf(test).get(name)!);
  };
}
