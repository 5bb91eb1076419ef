import type { CategoryColumn, Column } from "../../data/column";
import { featureMatrixFromValues, type FeatureMatrix } from "../../data/feature-matrix";
import { createTable, type Table } from "../../data/table";
import { predictOutOfFoldSteps } from "../../evaluation/resampling/out-of-fold";
import type { EncoderModel } from "../../features/encode/model";
import { fitEncoder } from "../../features/encode/fit";
import { computeMoments } from "../../numeric/statistics/moments";
import type { Steps } from "../../steps/steps";
import { logisticRegressionSteps } from "../logistic-regression/fit";
import { bandCuts, bandsOf } from "./levels";

/**
 * Out-of-fold probabilities from all given columns together, by logistic regression with a penalty as weak as one row: numbers as they are
 * and by tenths, categories by their mean label. Everything is learnt inside the training part.
 */
export function* predictTogetherSteps(table: Table, labels: Float64Array, folds: Int32Array): Steps<Float64Array> {
  const { predictions } = yield* predictOutOfFoldSteps(table, labels, {
    folds,
    *fit(train) {
      const preparation = prepare(train.data);
      const prepared = preparation.apply(train.data);
      const { encoder, matrix } = fitEncoder(prepared.categories, [...prepared.categories.columns.keys()].map((column) => ({ column, as: "target", missing: "level", unknown: "mean" })), { labels: train.labels });
      const model = yield* logisticRegressionSteps(joined(matrix, prepared.numbers), train.labels, { strength: 1 / train.data.rowCount });
      return (test) => model.predictProbability(joinedFor(encoder, preparation.apply(test)));
    },
  });
  return predictions;
}

interface Prepared {
  /** Every column as categories, numbers by band. */
  readonly categories: Table;
  /** The number columns, missing cells filled with the mean of the training part. */
  readonly numbers: readonly Float64Array[];
}

interface Preparation {
  readonly apply: (data: Table) => Prepared;
}

function prepare(train: Table): Preparation {
  const plans = [...train.columns].map(([name, column]) => {
    if (column.type === "category" || column.type === "boolean") return { name, cuts: undefined, mean: 0 };
    const { count, mean } = computeMoments(column.values);
    return { name, cuts: bandCuts(column.values), mean: count === 0 ? 0 : mean };
  });
  return {
    apply: (data) => {
      const numbers: Float64Array[] = [];
      const categories = plans.map(({ name, cuts, mean }): [string, CategoryColumn] => {
        const column = data.columns.get(name)!;
        if (cuts === undefined || column.type === "category" || column.type === "boolean") return [name, asCategory(column)];
        numbers.push(column.values.map((value) => (Number.isNaN(value) ? mean : value)));
        return [name, { type: "category", codes: bandsOf(column.values, cuts), categories: Array.from({ length: cuts.length + 1 }, (_, band) => `band ${band}`) }];
      });
      return { categories: createTable("findLeakage", categories, data.rowIds), numbers };
    },
  };
}

function asCategory(column: Column): CategoryColumn {
  if (column.type === "category") return column;
  return { type: "category", codes: Int32Array.from(column.values, (value) => (value === 1 ? 1 : value === 0 ? 0 : -1)), categories: ["false", "true"] };
}

function joinedFor(encoder: EncoderModel, { categories, numbers }: Prepared): FeatureMatrix {
  return joined(encoder.apply(categories), numbers);
}

function joined(matrix: FeatureMatrix, numbers: readonly Float64Array[]): FeatureMatrix {
  const columnCount = matrix.columnCount + numbers.length;
  const values = new Float64Array(matrix.rowCount * columnCount);
  for (let row = 0; row < matrix.rowCount; row++) {
    values.set(matrix.values.subarray(row * matrix.columnCount, (row + 1) * matrix.columnCount), row * columnCount);
    for (let j = 0; j < numbers.length; j++) values[row * columnCount + matrix.columnCount + j] = numbers[j]![row]!;
  }
  return featureMatrixFromValues(values, Array.from({ length: columnCount }, (_, j) => `x${j}`));
}
