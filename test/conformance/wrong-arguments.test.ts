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
const alone: Call = { others: [] };
const predictMean = { fit: () => (test: { readonly rowCount: number }) => new Float64Array(test.rowCount).fill(0.5), folds: 2 };
const clusterAlternately = ({ matrix }: clientele.ClusteringTask) => Int32Array.from({ length: matrix.rowCount }, (_, row) => row % 2);
const purchases = { asOf: "2026-11-01", horizon: { months: 6 } };
const purchaseColumns = { daysSinceLast: [1, 30], orderCount: [4, 1], totalValue: [90, 20] };
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
  computeAuc: { others: [[0, 1]] },
  computeAveragePrecision: { others: [[0, 1]] },
  computeBrier: { others: [[0, 1]] },
  computeCalinskiHarabasz: { others: [labels] },
  computeClusterJaccard: { others: [labels] },
  computeDaviesBouldin: { others: [labels] },
  computeGap: { others: [{ cluster: clusterAlternately }] },
  computeHopkins: alone,
  computeInertia: { others: [labels] },
  computeLogLoss: { others: [[0, 1]] },
  computeSilhouette: { others: [labels] },
  computeStability: { others: [labels, { cluster: clusterAlternately }] },
  crossValidate: { others: [labels, predictMean] },
  crossValidateSteps: { others: [labels, predictMean] },
  evaluateBinary: { others: [[0, 1]] },
  gapSteps: { others: [{ cluster: clusterAlternately }] },
  hopkinsSteps: alone,
  predictOutOfFold: { others: [labels, predictMean] },
  predictOutOfFoldSteps: { others: [labels, predictMean] },
  silhouetteSteps: { others: [labels] },
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
  explainLogistic: { others: [matrix] },
  fitLogisticRegression: { others: [labels] },
  logisticRegressionFromSpec: alone,
  logisticRegressionSteps: { others: [labels] },
  topReasons: { others: [0] },
  backtestEmpiricalValue: { others: [purchases] },
  backtestEmpiricalValueSteps: { others: [purchases] },
  computeLifetimeValue: alone,
  empiricalValueFromSpec: alone,
  empiricalValueSteps: { others: [purchases] },
  fitEmpiricalValue: { others: [purchases] },
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
