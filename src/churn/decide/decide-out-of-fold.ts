import { readOptions } from "../../errors/options";
import { OUT_OF_FOLD_OPTIONS, predictOutOfFoldSteps, readRowLabels, type OutOfFoldOptions, type OutOfFoldPredictions, type Predictor, type TrainingPart } from "../../evaluation/resampling/out-of-fold";
import type { RowData } from "../../evaluation/resampling/row-data";
import { runToEnd, type Steps } from "../../steps/steps";
import { chooseBy, type ThresholdChoice } from "./threshold";
import { readThresholdRule, type ReadRule, type ThresholdRule } from "./threshold-rule";

/** Options of {@link decideOutOfFold}. */
export interface DecideOutOfFoldOptions<Data extends RowData> extends OutOfFoldOptions<Data> {
  /** As in {@link chooseThreshold}; a capacity as `count` is meant of all rows, and of a part as much in proportion. */
  readonly rule: ThresholdRule;
  /** In how many parts each training part is dealt to choose its threshold. @defaultValue 5 */
  readonly innerFolds?: number | undefined;
}

const DECIDE_OPTIONS = {
  rule: { kind: "custom", required: true },
  innerFolds: { kind: "integer", min: 2, default: 5 },
} as const;

/** What {@link decideOutOfFold} returns. */
export interface OutOfFoldDecisions extends OutOfFoldPredictions {
  /** 1 for who would be contacted, by a model and a threshold that have not seen the row. */
  readonly decisions: Uint8Array;
  /** The threshold of each fold, chosen inside its training part; null: contact nobody. */
  readonly thresholds: readonly (number | null)[];
  readonly contactedCount: number;
  readonly leaverCount: number;
  /** What these decisions come to, as in `ThresholdPoint`: what a chosen threshold really brings. */
  readonly value: number;
  /**
   * The choice on all out-of-fold predictions together: the threshold to use from now on. Its own value is apparent, the best of many on
   * the rows that it is counted on.
   */
  readonly choice: ThresholdChoice;
}

/**
 * What it brings to fit, choose a threshold and act, on customers who had no part in either: in each fold the threshold is chosen on
 * out-of-fold predictions inside the training part, the model is fitted to all of that part, and the rows kept apart are decided.
 *
 * `fit` is called folds × (innerFolds + 1) times.
 *
 * @throws ClienteleError as {@link chooseThreshold} and `predictOutOfFold`.
 * @example
 * ```ts
 * import { decideOutOfFold, fitLogisticRegression } from "clientele/churn";
 * import { featureMatrixFromColumns, type FeatureMatrix } from "clientele/data";
 *
 * const rows = Array.from({ length: 200 }, (_, i) => i);
 * const customers = featureMatrixFromColumns({ calls: rows.map((i) => (i * 7) % 10) });
 * const left = rows.map((i) => ((i * 7) % 10 > (i * 13) % 17 ? 1 : 0));
 * const { value, choice } = decideOutOfFold(customers, left, {
 *   fit: ({ data, labels }) => {
 *     const model = fitLogisticRegression(data, labels);
 *     return (test: FeatureMatrix) => model.predictProbability(test);
 *   },
 *   rule: { by: "profit", benefit: 100, successRate: 0.3, contactCost: 10 },
 * });
 * console.log(value > choice.nobody.value, value > choice.everybody.value); // true true
 * ```
 */
export function decideOutOfFold<Data extends RowData>(data: Data, labels: ArrayLike<number>, options: DecideOutOfFoldOptions<Data>): OutOfFoldDecisions {
  return runToEnd(decideOutOfFoldSteps(data, labels, options));
}

/** {@link decideOutOfFold} in slices: passes on the progress of a `fit` that is a generator, and reports after each fold. */
export function* decideOutOfFoldSteps<Data extends RowData>(data: Data, labels: ArrayLike<number>, options: DecideOutOfFoldOptions<Data>): Steps<OutOfFoldDecisions> {
  const caller = "decideOutOfFold";
  const { rule, innerFolds, fit, folds, seed, groups } = readOptions(caller, options, { ...OUT_OF_FOLD_OPTIONS, ...DECIDE_OPTIONS });
  const { values } = readRowLabels(caller, data, labels);
  const whole = readThresholdRule(caller, rule, values.length);
  const thresholds: (number | null)[] = [];
  const { predictions, folds: foldOf } = yield* predictOutOfFoldSteps<Data>(data, values, {
    folds,
    seed,
    groups,
    *fit(train) {
      const inner = yield* predictOutOfFoldSteps<Data>(train.data, train.labels, {
        folds: innerFolds,
        seed,
        groups: groups === undefined ? undefined : Array.from(train.rows, (row) => groups[row]!),
        fit: (part) => fit({ ...part, rows: part.rows.map((row) => train.rows[row]!) }),
      });
      thresholds[train.fold] = chooseBy(partOf(whole, train, values.length), train.labels, inner.predictions).chosen.threshold;
      const fitted = fit(train);
      return (typeof fitted === "function" ? fitted : yield* fitted) satisfies Predictor<Data>;
    },
  });
  const decisions = Uint8Array.from(predictions, (score, row) => {
    const threshold = thresholds[foldOf[row]!] ?? null;
    return threshold !== null && score >= threshold ? 1 : 0;
  });
  return { predictions, folds: foldOf, decisions, thresholds, ...outcomeOf(whole, values, decisions), choice: chooseBy(whole, values, predictions) };
}

/** The rule for the rows of a training part. */
function partOf<Data extends RowData>(rule: ReadRule, { rows }: TrainingPart<Data>, rowCount: number): ReadRule {
  return { ...rule, gain: (row, label) => rule.gain(rows[row]!, label), capacity: rule.capacity === Infinity ? Infinity : Math.floor((rule.capacity * rows.length) / rowCount) };
}

function outcomeOf({ gain, alone }: ReadRule, labels: Uint8Array, decisions: Uint8Array): { readonly contactedCount: number; readonly leaverCount: number; readonly value: number } {
  let contactedCount = 0;
  let leaverCount = 0;
  let value = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    if (decisions[row] === 1) {
      contactedCount++;
      leaverCount += label;
      value += gain(row, label);
    } else value += alone(label);
  }
  return { contactedCount, leaverCount, value };
}
