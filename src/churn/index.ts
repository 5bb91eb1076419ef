/**
 * Who is about to leave, with what probability, and why.
 *
 * @module churn
 */
export { explainLogistic, type ExplainLogisticOptions, type LogisticExplanation } from "./explain/contributions";
export { topReasons, type Reason, type TopReasonsOptions } from "./explain/top-reasons";
export {
  fitLogisticRegression,
  logisticRegressionSteps,
  type LogisticRegressionOptions,
} from "./logistic-regression/fit";
export { logisticRegressionFromSpec, LogisticRegressionModel } from "./logistic-regression/model";
export type { AliasedFeature, LogisticRegressionSpec, LogisticRegressionStatus, Separation } from "./logistic-regression/spec";
