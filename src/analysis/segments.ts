import { countMissing } from "../data/column";
import { featureMatrixOfColumns, type FeatureMatrix } from "../data/feature-matrix";
import { typedColumnOf, withColumns, type RowId, type Table } from "../data/table";
import { fitStandardScaler } from "../features/standardize/fit";
import type { StandardScalerModel } from "../features/standardize/model";
import { chooseClusterCountSteps, type ClusterCountCandidate } from "../segmentation/choose/choose-cluster-count";
import type { ClusterEvidence } from "../segmentation/choose/evidence";
import type { KMeansModel } from "../segmentation/kmeans/model";
import { profileSegmentsSteps, type SegmentProfiles } from "../segmentation/profile/profile-segments";
import type { Steps } from "../steps/steps";
import type { SegmentsInput } from "./input";
import { notRun, type Part } from "./part";

/** Who the groups are. */
export interface Segments {
  /** Number of segments. */
  readonly k: number;
  /** How good each number of segments is; one entry where the number was given. */
  readonly candidates: readonly ClusterCountCandidate[];
  /** Whether there are clusters at all, apart from how many are best; `notTested` where the number was given. */
  readonly evidence: ClusterEvidence;
  /** What customers are grouped by, each standardised: a column, or `log1p(column)`. */
  readonly columns: readonly string[];
  /** Number columns that were passed over because values are still missing in them. */
  readonly leftOut: readonly string[];
  readonly rowIds: ArrayLike<RowId>;
  /** The segment of each row, from 0. */
  readonly segmentOf: Int32Array;
  /** Size, share, means and value of each segment, in the units of the records. */
  readonly profiles: SegmentProfiles;
  /** Share of the customers with a label who left, by segment; undefined without churn labels. */
  readonly churnRates: readonly (number | undefined)[] | undefined;
  readonly scaler: StandardScalerModel;
  readonly model: KMeansModel;
}

/** What each customer is worth. */
export interface CustomerValues {
  /** A field of the records, or `expectedValue`. */
  readonly name: string;
  /** One for each row; NaN where it is not known. */
  readonly values: Float64Array;
}

export interface SegmentsTask {
  readonly table: Table;
  readonly input: SegmentsInput;
  /** Columns whose logarithm log(1 + x) is used, so that a few very large customers do not form groups of their own; below 0 counts as 0. */
  readonly skewed: readonly string[];
  /** Columns that are no features: id, label. */
  readonly exclude: readonly string[];
  readonly value: CustomerValues | undefined;
  /** 1, 0, or NaN for customers without a label. */
  readonly labels: Float64Array | undefined;
  readonly seed: number;
}

export function* segmentsSteps({ table, input, skewed, exclude, value, labels, seed }: SegmentsTask): Steps<Part<Segments>> {
  const candidates = input.columns ?? [...table.columns].flatMap(([name, column]) => (column.type === "number" && !exclude.includes(name) ? [name] : []));
  const leftOut = candidates.filter((name) => countMissing(typedColumnOf("analyzeCustomers", table, name, "number", "segments.columns")) > 0);
  const columns = candidates.filter((name) => !leftOut.includes(name));
  if (columns.length === 0) return notRun("there is no number column, complete after cleaning, to group customers by");
  const { k } = input;
  if (k !== undefined && k >= table.rowCount) return notRun(`${k} segments need more than ${k} customers; there are ${table.rowCount}`);
  const matrix = withLogarithms(featureMatrixOfColumns("analyzeCustomers", table, columns, "segments.columns"), skewed);
  const scaler = fitStandardScaler(matrix);
  const scaled = scaler.apply(matrix);

  const effort = { references: 0, resamples: 0, seed };
  const choice = yield* k === undefined ? chooseClusterCountSteps(scaled, effort) : chooseClusterCountSteps(scaled, { ...effort, from: k, to: k, simulations: 0 });
  const { model } = choice;
  const segmentOf = model.predict(scaled);
  const described = value === undefined ? table : withColumns(table, [[value.name, { type: "number", values: value.values }]]);
  return {
    status: "done",
    k: model.k,
    candidates: choice.candidates,
    evidence: choice.evidence,
    columns: matrix.names,
    leftOut,
    rowIds: table.rowIds,
    segmentOf,
    profiles: yield* profileSegmentsSteps(described, segmentOf, { columns, value: value?.name }),
    churnRates: labels === undefined ? undefined : ratesBySegment(segmentOf, labels, model.k),
    scaler,
    model,
  };
}

function withLogarithms(matrix: FeatureMatrix, skewed: readonly string[]): FeatureMatrix {
  const isSkewed = matrix.names.map((name) => skewed.includes(name));
  const names = matrix.names.map((name, j) => (isSkewed[j] === true ? `log1p(${name})` : name));
  const values = matrix.values.map((value, i) => (isSkewed[i % matrix.columnCount] === true ? Math.log1p(Math.max(0, value)) : value));
  return { ...matrix, names, values };
}

function ratesBySegment(segmentOf: Int32Array, labels: Float64Array, k: number): (number | undefined)[] {
  return Array.from({ length: k }, (_, segment) => {
    const known = labels.filter((label, row) => segmentOf[row] === segment && !Number.isNaN(label));
    return known.length === 0 ? undefined : known.reduce((sum, label) => sum + label, 0) / known.length;
  });
}
