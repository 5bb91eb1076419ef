import type { Subject } from "./definition";
import { cleaning, cleaningWithDuplicates } from "./models/cleaning";
import { empiricalValue } from "./models/empirical-value";
import { encoder } from "./models/encoder";
import { formula } from "./models/formula";
import { kMeans } from "./models/k-means";
import { logisticRegression, separatedRegression } from "./models/logistic-regression";
import { churnPipeline, segmentPipeline } from "./models/pipeline";
import { rfm } from "./models/rfm";
import { logScaler, minMaxScaler, robustScaler } from "./models/scalers";
import { standardScaler } from "./models/standard-scaler";

/** Every model of the library. A new one is added here, and nowhere else, to be held to the laws. */
export const models: readonly Subject[] = [
  cleaning,
  cleaningWithDuplicates,
  encoder,
  standardScaler,
  robustScaler,
  minMaxScaler,
  logScaler,
  rfm,
  kMeans,
  logisticRegression,
  separatedRegression,
  empiricalValue,
  churnPipeline,
  segmentPipeline,
  formula,
];
