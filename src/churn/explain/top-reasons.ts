import { checkShape } from "../../errors/check";
import { checkOption, readOptions } from "../../errors/options";
import type { LogisticExplanation } from "./contributions";

/** One feature's part in a customer's log-odds. */
export interface Reason {
  readonly feature: string;
  /** What it adds to the log-odds; negative lowers the risk. */
  readonly contribution: number;
}

/** Options of {@link topReasons}. */
export interface TopReasonsOptions {
  /** Most reasons to give. @defaultValue 3 */
  readonly count?: number | undefined;
  /** Only what raises the log-odds, only what lowers them, or whatever weighs most. @defaultValue "any" */
  readonly direction?: "raising" | "lowering" | "any" | undefined;
}

const TOP_REASONS_OPTIONS = {
  count: { kind: "integer", min: 1, default: 3 },
  direction: { kind: "oneOf", values: ["raising", "lowering", "any"], default: "any" },
} as const;

/**
 * The features that weigh most for one customer, the largest contribution first; equal ones in the order of the columns.
 * Features that contribute nothing are left out, so there may be fewer than `count`.
 *
 * @param row - position of the customer in the explained matrix
 * @example
 * ```ts
 * import { explainLogistic, fitLogisticRegression, topReasons } from "clientele/churn";
 * import { featureMatrixFromColumns } from "clientele/data";
 *
 * const matrix = featureMatrixFromColumns({ calls: [0, 1, 2, 3, 4, 5], months: [9, 1, 5, 7, 3, 2] });
 * const model = fitLogisticRegression(matrix, [0, 0, 1, 0, 1, 1], { strength: 0.1 });
 * const reasons = topReasons(explainLogistic(model, matrix), 5, { count: 1 });
 * console.log(reasons.map(({ feature }) => feature)); // ["calls"]
 * ```
 */
export function topReasons(explanation: LogisticExplanation, row: number, options?: TopReasonsOptions): Reason[] {
  const caller = "topReasons";
  checkShape(caller, "explanation", explanation, "what explainLogistic returns", (fields) => Array.isArray(fields["featureNames"]) && fields["contributions"] instanceof Float64Array);
  const { count, direction } = readOptions(caller, options, TOP_REASONS_OPTIONS);
  const { featureNames, rowCount, contributions } = explanation;
  checkOption(caller, "row", row, { kind: "integer", min: 0, max: rowCount - 1 }, "rows");
  const sign = direction === "raising" ? 1 : direction === "lowering" ? -1 : 0;
  return featureNames
    .map((feature, j) => ({ feature, contribution: contributions[row * featureNames.length + j]! }))
    .filter(({ contribution }) => (sign === 0 ? contribution !== 0 : sign * contribution > 0))
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .slice(0, count);
}
