import { logisticRegressionFromSpec, type LogisticRegressionModel } from "../churn/logistic-regression/model";
import type { ModelReader } from "./part";
import { ProbabilityPipeline } from "./probability-pipeline";

export { logisticRegressionFromSpec, type LogisticRegressionModel } from "../churn/logistic-regression/model";

/** Reads the logistic regression of a saved pipeline, for {@link pipelineFromSpec}. */
export const logisticRegressionReader: ModelReader<ProbabilityPipeline<LogisticRegressionModel>> = {
  part: "model",
  kind: "logisticRegression",
  read: (value, stages) => new ProbabilityPipeline(stages, logisticRegressionFromSpec(value)),
};
