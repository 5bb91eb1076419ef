import * as clientele from "clientele";
import { ClienteleError } from "clientele";
import * as formula from "clientele/formula";
import { describe, expect, test } from "vitest";
import { customerTable, sampleLabels, sampleMatrix } from "./models/samples";

/** What callers give by mistake in place of the first argument. */
const WRONG = { null: null, undefined, "5": 5, '"x"': "x", "[]": [], "{}": {}, "[{ a: 1 }]": [{ a: 1 }] };

type Wrong = keyof typeof WRONG;

interface Call {
  /** The other arguments, all of them right. */
  readonly others: readonly unknown[];
  /** Of the wrong arguments those that are right here. */
  readonly accepted?: readonly Wrong[];
}

const table = customerTable(24);
const matrix = sampleMatrix(24);
const labels = sampleLabels(24);
const clusters = clientele.fitKMeans(matrix, { k: 2 });
const regression = clientele.fitLogisticRegression(matrix, labels);
const alone: Call = { others: [] };
const predictMean = { fit: () => (test: { readonly rowCount: number }) => new Float64Array(test.rowCount).fill(0.5), folds: 2 };
const validated = clientele.crossValidate(matrix, labels, predictMean);
const predictZero = { predict: (test: { readonly rowCount: number }) => new Float64Array(test.rowCount) };
const clusterAlternately = ({ matrix }: clientele.ClusteringTask) => Int32Array.from({ length: matrix.rowCount }, (_, row) => row % 2);
const purchases = { asOf: "2026-11-01", horizon: { months: 6 } };
const purchaseColumns = { daysSinceLast: [1, 30], orderCount: [4, 1], totalValue: [90, 20] };
const saved = { version: 1, logLikelihood: -1, status: "converged", unidentified: [], customerCount: 9, penalty: 0, iterations: 9, gradientNorm: 0 };
const transactionModel = clientele.bgNbdFromSpec({ ...saved, kind: "bgNbd", parameters: { r: 0.2, alpha: 4, a: 0.8, b: 2.4 }, covariance: [1, 0, 0, 0, 1, 0, 0, 1, 0, 1] });
const spendModel = clientele.gammaGammaFromSpec({ ...saved, kind: "gammaGamma", parameters: { p: 6, q: 4, gamma: 15 }, covariance: [1, 0, 0, 1, 0, 1], leftOutCount: 0 });
const readers = [clientele.cleaningReader, clientele.encoderReader, clientele.kMeansReader];

/** Every exported function. A new one is added here. */
const calls: Readonly<Record<string, Call>> = {
  runCooperatively: alone,
  runToEnd: alone,
  cellsFromTable: { others: ["tenure"] },
  featureMatrixFromColumns: { others: [], accepted: ["{}"] },
  featureMatrixFromRows: { others: [], accepted: ["[]"] },
  featureMatrixFromValues: { others: [["a"]] },
  filterRows: { others: [() => true] },
  joinTables: { others: [table, { on: "id" }] },
  labelsFromTable: { others: ["plan", { positive: "pro" }] },
  recordsFromTable: alone,
  selectColumns: { others: [["tenure"]] },
  splitTable: alone,
  tableFromColumns: { others: [], accepted: ["{}"] },
  tableFromRecords: { others: [], accepted: ["[]", "[{ a: 1 }]"] },
  renameFields: { others: [{}] },
  validateRecords: { others: [clientele.customerSchema], accepted: ["[]", "[{ a: 1 }]"] },
  validateRecordsSteps: { others: [clientele.customerSchema], accepted: ["[]", "[{ a: 1 }]"] },
  assertQuality: alone,
  cleaningFromSpec: alone,
  cleaningSteps: { others: [{}] },
  cleanTable: { others: [{}] },
  cleanTableSteps: { others: [{}] },
  draftPlan: alone,
  explainRow: { others: [1] },
  fitCleaning: { others: [{}] },
  listChanges: alone,
  draftSchema: alone,
  profileTable: alone,
  profileTableSteps: alone,
  undoCleaning: alone,
  draftEncoding: alone,
  encoderFromSpec: alone,
  findUnknownCategories: { others: [table] },
  fitEncoder: { others: [[{ column: "tenure", as: "number" }]] },
  computeRfmHeatMap: { others: [purchaseColumns] },
  fitLogScaler: alone,
  fitMinMaxScaler: alone,
  fitRfm: alone,
  fitRobustScaler: alone,
  fitStandardScaler: alone,
  logScalerFromSpec: alone,
  minMaxScalerFromSpec: alone,
  minMaxScalerSteps: alone,
  rfmFromSpec: alone,
  rfmSteps: alone,
  robustScalerFromSpec: alone,
  robustScalerSteps: alone,
  scoreRfm: alone,
  standardScalerFromSpec: alone,
  standardScalerSteps: alone,
  splitTransactions: { others: [{ asOf: purchases.asOf, calibrationEnd: "2026-05-01" }] },
  splitTransactionsSteps: { others: [{ asOf: purchases.asOf, calibrationEnd: "2026-05-01" }] },
  summarizeInteractions: { others: [{ asOf: purchases.asOf }] },
  summarizeInteractionsSteps: { others: [{ asOf: purchases.asOf }] },
  summarizeTransactions: { others: [{ asOf: purchases.asOf }] },
  summarizeTransactionsSteps: { others: [{ asOf: purchases.asOf }] },
  tableFromInteractionSummary: alone,
  tableFromPurchaseSummary: alone,
  tableFromRfmScores: alone,
  computeAccuracy: { others: [[0, 1]] },
  computeAdjustedRand: { others: [labels] },
  backtestSplits: { others: [labels, { fit: predictMean.fit, splits: [{ train: [0, 1], test: [2, 3] }] }] },
  backtestSplitsSteps: { others: [labels, { fit: predictMean.fit, splits: [{ train: [0, 1], test: [2, 3] }] }] },
  bootstrapMetric: { others: [[[0, 1], [0.2, 0.4]]] },
  bootstrapMetricSteps: { others: [[[0, 1], [0.2, 0.4]]] },
  compareAucs: { others: [[0, 1], [1, 0]] },
  compareCrossValidated: { others: [validated] },
  computeAuc: { others: [[0, 1]] },
  computeAucInterval: { others: [[0, 1, 0, 1]] },
  computeAveragePrecision: { others: [[0, 1]] },
  computeBrier: { others: [[0, 1]] },
  computeCalibrationError: { others: [[0, 1]] },
  computeCalinskiHarabasz: { others: [labels] },
  computeClusterJaccard: { others: [labels] },
  computeConfusion: { others: [[0, 1]] },
  computeDaviesBouldin: { others: [labels] },
  computeDecileTable: { others: [[0, 1]] },
  computeF1: { others: [[0, 1]] },
  computeGainCurve: { others: [[0, 1]] },
  computeGap: { others: [{ cluster: clusterAlternately }] },
  computeHopkins: alone,
  computeInertia: { others: [labels] },
  computeKs: { others: [[0, 1]] },
  computeLift: { others: [[0, 1]] },
  computeLogLoss: { others: [[0, 1]] },
  computeMcc: { others: [[0, 1]] },
  computePrecisionRecallCurve: { others: [[0, 1]] },
  computeReliabilityCurve: { others: [[0, 1]] },
  computeRocCurve: { others: [[0, 1]] },
  computeSilhouette: { others: [labels] },
  computeStability: { others: [labels, { cluster: clusterAlternately }] },
  crossValidate: { others: [labels, predictMean] },
  crossValidateSteps: { others: [labels, predictMean] },
  decomposeBrier: { others: [[0, 1]] },
  evaluateBinary: { others: [[0, 1]] },
  gapSteps: { others: [{ cluster: clusterAlternately }] },
  hopkinsSteps: alone,
  predictOutOfFold: { others: [labels, predictMean] },
  predictOutOfFoldSteps: { others: [labels, predictMean] },
  silhouetteSteps: { others: [labels] },
  rollingSplits: alone,
  splitByTime: alone,
  splitFolds: { others: [{ folds: 2 }], accepted: ["5"] },
  stabilitySteps: { others: [labels, { cluster: clusterAlternately }] },
  chooseClusterCount: alone,
  chooseClusterCountSteps: alone,
  fitKMeans: { others: [{ k: 2 }] },
  kMeansFromSpec: alone,
  kMeansSteps: { others: [{ k: 2 }] },
  describeSegments: { others: [labels] },
  describeSegmentsSteps: { others: [labels] },
  matchCentroids: { others: [clusters] },
  matchSegments: { others: [{ rowIds: [1, 2], segments: [0, 1] }] },
  profileSegments: { others: [labels] },
  profileSegmentsSteps: { others: [labels] },
  refitKMeans: { others: [clusters] },
  refitKMeansSteps: { others: [clusters] },
  relabelKMeans: { others: [[0, 1]] },
  relabelSegments: { others: [[0, 1]], accepted: ["[]"] },
  assignRiskBands: { others: [{ medium: 0.2, high: 0.5 }] },
  assertNoLeakage: alone,
  bestFeatureBaseline: { others: [], accepted: ["undefined", "{}"] },
  buildSnapshot: { others: [{ cutoff: purchases.asOf }] },
  buildSnapshotSteps: { others: [{ cutoff: purchases.asOf }] },
  chooseThreshold: { others: [[0.5], { by: "capacity", count: 1 }] },
  compareWithBaselines: { others: [labels, predictMean] },
  compareWithBaselinesSteps: { others: [labels, predictMean] },
  computePartialDependence: { others: [{ ...predictZero, column: "tenure" }] },
  computePermutationImportance: { others: [labels, predictZero] },
  computeRiskPercentiles: alone,
  decideOutOfFold: { others: [labels, { ...predictMean, rule: { by: "capacity", count: 1 } }] },
  decideOutOfFoldSteps: { others: [labels, { ...predictMean, rule: { by: "capacity", count: 1 } }] },
  describeReasons: { others: [matrix, 0] },
  findLeakage: { others: [labels] },
  findLeakageSteps: { others: [labels] },
  labelChurn: { others: [{ cutoff: purchases.asOf, horizon: 30 }] },
  labelChurnSteps: { others: [{ cutoff: purchases.asOf, horizon: 30 }] },
  partialDependenceSteps: { others: [{ ...predictZero, column: "tenure" }] },
  permutationImportanceSteps: { others: [labels, predictZero] },
  priorBaseline: { others: [], accepted: ["null", "undefined", "5", '"x"', "[]", "{}", "[{ a: 1 }]"] },
  recencyBaseline: { others: [], accepted: ["undefined", "{}"] },
  explainLogistic: { others: [matrix] },
  compareModels: { others: [regression, matrix, labels] },
  compareModelsSteps: { others: [regression, matrix, labels] },
  inferCoefficients: { others: [matrix, labels] },
  inferCoefficientsSteps: { others: [matrix, labels] },
  fitIsotonic: { others: [[0, 1]] },
  chooseStrength: { others: [labels] },
  chooseStrengthSteps: { others: [labels] },
  diagnoseColumns: alone,
  diagnoseColumnsSteps: alone,
  fitLogisticPath: { others: [labels] },
  fitLogisticRegression: { others: [labels] },
  logisticPathSteps: { others: [labels] },
  fitPlatt: { others: [[0, 1]] },
  fitTemperature: { others: [[0, 1]] },
  isotonicFromSpec: alone,
  isotonicSteps: { others: [[0, 1]] },
  logisticRegressionFromSpec: alone,
  logisticRegressionSteps: { others: [labels] },
  plattFromSpec: alone,
  plattSteps: { others: [[0, 1]] },
  temperatureFromSpec: alone,
  temperatureSteps: { others: [[0, 1]] },
  topReasons: { others: [0] },
  withCalibration: alone,
  bgNbdFromSpec: alone,
  bgNbdSteps: alone,
  bootstrapIntervalsSteps: { others: [{ fit: clientele.fitBgNbd, predict: () => [1] }] },
  computeBootstrapIntervals: { others: [{ fit: clientele.fitBgNbd, predict: () => [1] }] },
  computeDeltaIntervals: { others: [() => [1]] },
  computeParameterIntervals: alone,
  fitBgNbd: alone,
  fitGammaGamma: alone,
  fitMbgNbd: alone,
  gammaGammaFromSpec: alone,
  gammaGammaSteps: alone,
  mbgNbdFromSpec: alone,
  mbgNbdSteps: alone,
  measureSpendCorrelation: alone,
  compareTransactionModels: { others: [{ bgNbd: clientele.fitBgNbd }, { asOf: purchases.asOf, calibrationEnd: "2026-05-01" }] },
  compareTransactionModelsSteps: { others: [{ bgNbd: clientele.fitBgNbd }, { asOf: purchases.asOf, calibrationEnd: "2026-05-01" }] },
  computeAlivePath: { others: [transactionModel, { customer: "c1", asOf: purchases.asOf }] },
  computeFrequencyRecency: { others: [{ age: 52, horizon: 26 }] },
  estimateLifetimeValue: { others: [transactionModel, spendModel, { horizon: { months: 12 }, unit: "week" }] },
  estimateLifetimeValueSteps: { others: [transactionModel, spendModel, { horizon: { months: 12 }, unit: "week" }] },
  tableFromLifetimeValues: alone,
  backtestEmpiricalValue: { others: [purchases] },
  backtestEmpiricalValueSteps: { others: [purchases] },
  computeHistoricValue: alone,
  computeLifetimeValue: alone,
  computeValueByFormula: { others: [{ retention: 0.5, periods: 1, averageRevenue: 1 }] },
  empiricalValueFromSpec: alone,
  empiricalValueSteps: { others: [purchases] },
  fitEmpiricalValue: { others: [purchases] },
  bgBbFromSpec: alone,
  bgBbSteps: alone,
  computeKaplanMeier: alone,
  fitBgBb: alone,
  fitParetoNbd: alone,
  fitShiftedBetaGeometric: alone,
  paretoNbdFromSpec: alone,
  paretoNbdSteps: alone,
  shiftedBetaGeometricFromSpec: alone,
  shiftedBetaGeometricSteps: alone,
  survivalAt: { others: [[1]] },
  composePipeline: alone,
  evaluateFormula: { others: [{}] },
  formulaFromSpec: alone,
  pipelineFromSpec: { others: [readers] },
  scoreRecords: { others: [[{ tenure: 1 }]] },
  renderCleaningHtml: alone,
  renderCleaningMarkdown: alone,
  renderHtml: alone,
  renderMarkdown: alone,
  analyzeCustomers: { others: [], accepted: ["undefined", "{}"] },
  analyzeCustomersSteps: { others: [], accepted: ["undefined", "{}"] },
  compileFormula: { others: [{ variables: ["x"] }], accepted: ['"x"'] },
  deriveColumn: { others: ["more", formula.compileFormula("1 + 1", { variables: [] })] },
  formatFormula: alone,
  formatLatex: alone,
};

const exported = new Map(
  Object.entries<unknown>({ ...clientele, ...formula }).flatMap(([name, value]) => (isFunction(value) ? [[name, value] as const] : [])),
);

/** Classes are made by the functions, not by callers. */
function isFunction(value: unknown): value is (...given: readonly unknown[]) => unknown {
  return typeof value === "function" && !Function.prototype.toString.call(value).startsWith("class");
}

/** What a call comes to, its slices and promises included: the error, or undefined for an argument that was accepted. */
async function errorOf(name: string, wrong: unknown, others: readonly unknown[]): Promise<unknown> {
  try {
    const result: unknown = await exported.get(name)!(wrong, ...others);
    if (typeof result === "object" && result !== null && "next" in result) clientele.runToEnd(result as clientele.Steps<unknown>);
    return undefined;
  } catch (error) {
    return error;
  }
}

test("every exported function is called here", () => {
  expect(Object.keys(calls).sort()).toEqual([...exported.keys()].sort());
});

describe.each(Object.entries(calls))("%s", (name, { others, accepted = [] }) => {
  test.each(Object.entries(WRONG))("of %s", async (words, wrong) => {
    const error = await errorOf(name, wrong, others);
    if (accepted.includes(words as Wrong)) expect(error).toBeUndefined();
    else expect(error).toBeInstanceOf(ClienteleError);
  });
});
