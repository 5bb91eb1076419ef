import type { FeatureMatrix } from "../../data/feature-matrix";
import { checkSameLength, isList } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import type { Steps } from "../../steps/steps";
import { codeLabels, type CodedLabels } from "../coded-labels";

/** Rows to be grouped. */
export interface ClusteringTask {
  readonly matrix: FeatureMatrix;
  /** How many clusters are wanted. */
  readonly k: number;
  /** Another number for each task, the same ones for the same seed of the caller: for the random starts of a grouping. */
  readonly seed: number;
}

/**
 * Groups the rows of a matrix: one whole number from 0 for each.
 * It may be a generator (`function*` with `yield*` of a `…Steps` function), so that long work reports and can be stopped.
 */
export type Clusterer = (task: ClusteringTask) => ArrayLike<number> | Steps<ArrayLike<number>>;

/** The groups that `cluster` makes of a matrix, checked. */
export function* groupSteps(caller: string, cluster: Clusterer, task: ClusteringTask): Steps<CodedLabels> {
  const made: unknown = cluster(task);
  const labels: unknown = isGenerator(made) ? yield* made : made;
  if (!isList(labels)) {
    const rule = "one whole number for each row, or be a generator that does (not a promise)";
    throw new ClienteleError("invalidOption", `cluster must return ${rule}; got ${describeValue(labels)}`, { caller, parameter: "cluster", rule });
  }
  const parameter = "the result of cluster";
  checkSameLength(caller, parameter, labels.length, task.matrix.rowCount, "its matrix");
  return codeLabels(caller, parameter, labels as ArrayLike<number>);
}

function isGenerator(value: unknown): value is Steps<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value && "next" in value;
}
