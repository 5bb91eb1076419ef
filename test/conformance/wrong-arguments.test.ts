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
const alone: Call = { others: [] };
const predictMean = { fit: () => (test: { readonly rowCount: number }) => new Float64Array(test.rowCount).fill(0.5), folds: 2 };
const purchases = { asOf: "2026-11-01", horizon: { months: 6 } };
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
  fitStandardScaler: alone,
  standardScalerFromSpec: alone,
  standardScalerSteps: alone,
  summarizeTransactions: { others: [{ asOf: purchases.asOf }] },
  summarizeTransactionsSteps: { others: [{ asOf: purchases.asOf }] },
  tableFromPurchaseSummary: alone,
  computeAccuracy: { others: [[0, 1]] },
  computeAuc: { others: [[0, 1]] },
  computeAveragePrecision: { others: [[0, 1]] },
  computeBrier: { others: [[0, 1]] },
  computeCalinskiHarabasz: { others: [labels] },
  computeDaviesBouldin: { others: [labels] },
  computeLogLoss: { others: [[0, 1]] },
  computeSilhouette: { others: [labels] },
  crossValidate: { others: [labels, predictMean] },
  crossValidateSteps: { others: [labels, predictMean] },
  evaluateBinary: { others: [[0, 1]] },
  predictOutOfFold: { others: [labels, predictMean] },
  predictOutOfFoldSteps: { others: [labels, predictMean] },
  silhouetteSteps: { others: [labels] },
  splitFolds: { others: [{ folds: 2 }], accepted: ["5"] },
  chooseClusterCount: alone,
  chooseClusterCountSteps: alone,
  fitKMeans: { others: [{ k: 2 }] },
  kMeansFromSpec: alone,
  kMeansSteps: { others: [{ k: 2 }] },
  profileSegments: { others: [labels] },
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
