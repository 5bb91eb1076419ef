import { checkFeatureMatrix, checkFeatures, type FeatureMatrix } from "../../data/feature-matrix";
import { checkSameLength } from "../../errors/check";
import type { LogisticExplanation } from "./contributions";
import { topReasons, type Reason, type TopReasonsOptions } from "./top-reasons";

/** One reason with what it is about, in numbers and in words. */
export interface DescribedReason extends Reason {
  /** What the customer has, and what the customer of comparison has. */
  readonly value: number;
  readonly reference: number;
  /** The odds are multiplied by this, compared with the reference: exp(contribution). */
  readonly oddsFactor: number;
  /** In English: `months is 2 (average 21.3): odds × 2.41`. The level of a one-hot column is a text of the data. */
  readonly text: string;
}

/**
 * Why one customer is more, or less, likely to leave than the mean customer, in words.
 *
 * The factors of all features multiply to the customer's odds divided by those of the mean customer. They describe the model, not causes.
 *
 * @param matrix - the matrix that was explained
 * @param row - position of the customer in it
 * @throws ClienteleError `featureMismatch` or `lengthMismatch` for another matrix, and as {@link topReasons}.
 * @example
 * ```ts
 * import { describeReasons, explainLogistic, fitLogisticRegression } from "clientele/churn";
 * import { featureMatrixFromColumns } from "clientele/data";
 *
 * const matrix = featureMatrixFromColumns({ calls: [0, 1, 2, 3, 4, 5, 2, 1], "plan=pro": [1, 0, 1, 0, 1, 0, 0, 1] });
 * const model = fitLogisticRegression(matrix, [0, 0, 1, 0, 1, 1, 1, 0], { strength: 0.1 });
 * const reasons = describeReasons(explainLogistic(model, matrix), matrix, 5, { count: 2 });
 * console.log(reasons.map(({ text }) => text)); // ["calls is 5 (average 2.25): odds × 6.5", "plan is not pro (pro: 50 %): odds × 0.796"]
 * ```
 */
export function describeReasons(explanation: LogisticExplanation, matrix: FeatureMatrix, row: number, options?: TopReasonsOptions): DescribedReason[] {
  const caller = "describeReasons";
  const reasons = topReasons(explanation, row, options);
  checkFeatureMatrix(caller, "matrix", matrix);
  checkFeatures(caller, matrix, explanation.featureNames);
  checkSameLength(caller, "matrix", matrix.rowCount, explanation.rowCount, "the explanation");
  return reasons.map((reason) => {
    const j = explanation.featureNames.indexOf(reason.feature);
    const value = matrix.values[row * matrix.columnCount + j]!;
    const reference = explanation.reference[j]!;
    const oddsFactor = Math.exp(reason.contribution);
    return { ...reason, value, reference, oddsFactor, text: `${factWords(reason.feature, value, reference, explanation.comparedWith)}: odds × ${short(oddsFactor)}` };
  });
}

function factWords(feature: string, value: number, reference: number, comparedWith: LogisticExplanation["comparedWith"]): string {
  const end = feature.indexOf("=");
  if (end >= 0 && (value === 0 || value === 1)) {
    const level = feature.slice(end + 1);
    const share = comparedWith === "mean" ? ` (${level}: ${short(100 * reference)} %)` : "";
    return `${feature.slice(0, end)} is ${value === 1 ? "" : "not "}${level}${share}`;
  }
  return `${feature} is ${short(value)} (${comparedWith === "mean" ? "average" : "reference"} ${short(reference)})`;
}

/** Three significant digits, whole numbers as they are. */
function short(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
}
