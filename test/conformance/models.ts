import type { Subject } from "./definition";
import { isotonic, platt, temperature } from "./models/calibrations";
import { cleaning, cleaningWithDuplicates } from "./models/cleaning";
import { empiricalValue } from "./models/empirical-value";
import { encoder } from "./models/encoder";
import { formula } from "./models/formula";
import { kMeans } from "./models/k-means";
import { shiftedBetaGeometric } from "./models/lifetimes";
import { logisticRegression, regressionOfPath, separatedRegression } from "./models/logistic-regression";
import { calibratedPipeline, churnPipeline, segmentPipeline } from "./models/pipeline";
import { rfm } from "./models/rfm";
import { logScaler, minMaxScaler, robustScaler } from "./models/scalers";
import { standardScaler } from "./models/standard-scaler";
import { bgBb, bgNbd, gammaGamma, mbgNbd, paretoNbd } from "./models/transaction-models";

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
  regressionOfPath,
  empiricalValue,
  platt,
  isotonic,
  temperature,
  bgNbd,
  mbgNbd,
  paretoNbd,
  bgBb,
  shiftedBetaGeometric,
  gammaGamma,
  churnPipeline,
  calibratedPipeline,
  segmentPipeline,
  formula,
];
