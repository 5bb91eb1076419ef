import { fitIsotonic, fitLogisticRegression, fitPlatt, fitTemperature } from "clientele/churn";
import { fitCleaning, type CleaningPlan } from "clientele/cleaning";
import {
  fitBgBb, fitBgNbd, fitEmpiricalValue, fitGammaGamma, fitMbgNbd, fitParetoNbd, fitShiftedBetaGeometric, type PurchasePredictor,
} from "clientele/clv";
import { featureMatrixFromRows, recordsFromTable, tableFromRecords } from "clientele/data";
import { fitEncoder, fitLogScaler, fitMinMaxScaler, fitRfm, fitRobustScaler, fitStandardScaler, type Encoding } from "clientele/features";
import { compileFormula } from "clientele/formula";
import {
  bgBbFromSpec, bgNbdFromSpec, cleaningFromSpec, cleaningReader, composePipeline, empiricalValueFromSpec, encoderFromSpec, encoderReader,
  evaluateFormula, formulaFromSpec, gammaGammaFromSpec, isotonicFromSpec, kMeansFromSpec, kMeansReader, logisticRegressionFromSpec,
  logisticRegressionReader, logScalerFromSpec, mbgNbdFromSpec, minMaxScalerFromSpec, paretoNbdFromSpec, pipelineFromSpec, plattFromSpec, plattReader,
  rfmFromSpec, robustScalerFromSpec, scoreRecords, shiftedBetaGeometricFromSpec, standardScalerFromSpec, standardScalerReader, temperatureFromSpec,
} from "clientele/scoring";
import { fitKMeans } from "clientele/segmentation";

type Json = Readonly<Record<string, unknown>>;

/** How a saved form is made today, and how one of any day is read and asked. */
export interface SavedModel {
  /** Name of its files. */
  readonly name: string;
  /** The function that reads it. */
  readonly reader: string;
  readonly fit: () => { toJSON(): { readonly version: number } };
  /** What is asked: plain JSON, stored beside the saved form. */
  readonly rows: readonly Json[];
  /** What a saved form answers to stored rows: numbers, texts, null for missing. */
  readonly predict: (saved: unknown, rows: readonly Json[]) => readonly unknown[];
}

const customers = [
  { tenure: 1, charges: "70.35", plan: "free", paperless: true },
  { tenure: 2, charges: " ", plan: "pro", paperless: false },
  { tenure: 8, charges: "99.65", plan: "free", paperless: true },
  { tenure: 22, charges: "20.1", plan: null, paperless: true },
  { tenure: 34, charges: "56.95", plan: "team", paperless: false },
  { tenure: 45, charges: "42.3", plan: "team", paperless: null },
  { tenure: 61, charges: "89.9", plan: "pro", paperless: false },
  { tenure: 70, charges: "105.5", plan: "pro", paperless: true },
];
const left = [1, 1, 0, 1, 0, 1, 0, 0];

/** Customers with a fault of each kind that a cleaning puts right. */
const contacts = [
  { id: "17.0", charges: "$1,070.35", joined: "6/16/2014", zip: "10115", city: "Berlin", plan: "free", spend: 1, optIn: "yes" },
  { id: "18.0", charges: " ", joined: "12/1/2014", zip: "10115", city: "Berlin", plan: "pro", spend: 2, optIn: "No" },
  { id: "19.0", charges: "(99.65)", joined: "1/31/2015", zip: "10115", city: "Berln", plan: "Free ", spend: 3, optIn: "YES" },
  { id: "19.0", charges: "20.1", joined: "1/31/2015", zip: "80331", city: "München", plan: null, spend: null, optIn: "?" },
  { id: "20.0", charges: "USD 56.95", joined: "2/2/2016", zip: "80331", city: "München", plan: "pro", spend: 999, optIn: "n" },
  { id: "21.0", charges: "42.3", joined: "3/3/2016", zip: "80331", city: "Munchen", plan: "pro", spend: 5000, optIn: "y" },
];
const newContacts = [
  { id: "30.0", charges: "$30.50", joined: "4/5/2016", zip: "10115", city: "Bonn", plan: "pro", spend: 4, optIn: "no" },
  { id: "31.0", charges: " ", joined: "4/6/2016", zip: "99999", city: "Erfurt", plan: " FREE", spend: 999, optIn: "yes" },
  { id: "31.0", charges: "1.5", joined: "13/6/2016", zip: "80331", city: null, plan: "gold", spend: 9999, optIn: "?" },
];
const CONTACT_PLAN: CleaningPlan = {
  convert: [
    { column: "id", to: "id" },
    { column: "charges", to: "number", currency: "USD", grouping: ",", parentheses: true, missing: [""] },
    { column: "joined", to: "timestamp", format: "monthFirst", timeZone: "Europe/Berlin", onFailure: "missing" },
    { column: "optIn", to: "boolean", languages: ["en"], missing: ["?"] },
    { column: "plan", to: "category", tidy: true, letters: "lower", synonyms: { pro: ["gold"] } },
    { column: "city", to: "matchKey", as: "cityKey" },
  ],
  placeholders: [{ column: "spend", values: [999] }],
  rules: [
    { rule: "range", column: "charges", min: -1000, max: 10_000, stopAbove: 0.5, onViolation: "missing" },
    { rule: "dependency", from: ["zip"], to: "city", onViolation: "repair", fillMissing: true },
    { rule: "formula", formula: compileFormula("spend >= 0", { variables: ["spend"] }), warnAbove: 0.1 },
    { rule: "unique", columns: ["id"] },
  ],
  duplicates: { key: ["id"], keep: "mostComplete", fillGaps: true, fields: [{ column: "spend", keep: "largest" }] },
  outliers: [{ column: "spend", method: "mad", action: "clip" }],
  missing: [{ column: "charges", fill: "median", by: ["plan"], minGroupSize: 2, indicator: "chargesWereMissing" }, { column: "spend", fill: "mean" }, { column: "optIn", fill: "constant", value: false }],
  derive: [{ column: "perCharge", formula: compileFormula("spend / max(charges, 1)", { variables: ["spend", "charges"] }) }],
};

const newCustomers = [
  { tenure: 5, charges: "30.5", plan: "pro", paperless: true },
  { tenure: 66, charges: " ", plan: null, paperless: false },
  { tenure: 12, charges: "1e2", plan: "free", paperless: null },
];

const names = ["orders", "spend"];
const points = [[1, 10.5], [2, 12], [2, 9.25], [20, 300], [21, 310.75], [19, 280], [40, 30], [41, 35.5]];
const newPoints = [{ orders: 0, spend: 0 }, { orders: 19.5, spend: 301 }, { orders: 44, spend: 20.125 }];

const fitCustomerCleaning = () =>
  fitCleaning(tableFromRecords(customers), {
    convert: [{ column: "charges", to: "number", missing: [""] }],
    missing: [{ column: "charges", fill: "median" }, { column: "paperless", fill: "constant", value: false }],
  });

const fitCustomerEncoder = () =>
  fitEncoder(fitCustomerCleaning().apply(tableFromRecords(customers)).table, [
    { column: "tenure", as: "number" },
    { column: "charges", as: "number" },
    { column: "plan", as: "oneHot", drop: "first", missing: "level", unknown: "zeros" },
    { column: "paperless", as: "boolean" },
  ]);

function fitEncoderOfAllKinds() {
  const towns = ["Ulm", "Ulm", "Kiel", "Ulm", "Bonn", "Kiel", "Ulm", "Trier"];
  const rows = customers.map(({ tenure, plan, paperless }, i) => ({
    tenure, plan, paperless: paperless ?? false, charges: 20 + i, spend: i * i * 12.5, town: towns[i]!, size: ["small", "medium", "large"][i % 3]!, channel: i % 4 === 3 ? null : ["mail", "shop"][i % 2]!,
  }));
  const encoding: Encoding = [
    { column: "tenure", as: "number" },
    { column: "spend", as: "log1p" },
    { column: "paperless", as: "boolean" },
    { column: "plan", as: "oneHot", drop: "first", missing: "level", unknown: "zeros" },
    { column: "town", as: "oneHot", minCount: 2, unknown: "infrequent" },
    { column: "size", as: "ordinal", order: ["small", "medium", "large"], unknown: -1, missing: 1.5 },
    { column: "channel", as: "target", smoothing: 3, missing: "level" },
  ];
  return fitEncoder(tableFromRecords(rows), encoding, { labels: left, folds: 4 }).encoder;
}

function fitCustomerStages() {
  const { encoder, matrix } = fitCustomerEncoder();
  const scaler = fitStandardScaler(matrix);
  return { stages: { cleaning: fitCustomerCleaning(), encoder, scaler }, features: scaler.apply(matrix) };
}

const newProbabilities = [{ probability: 0 }, { probability: 0.35 }, { probability: 0.5 }, { probability: 1 }];

const matrixOf = (rows: readonly Json[]) => featureMatrixFromRows(rows.map((row) => names.map((name) => Number(row[name]))), names);

/** NaN is missing, and JSON writes it null. */
const listed = (values: ArrayLike<number>): (number | null)[] => Array.from(values, (value) => (Number.isNaN(value) ? null : value));

const histories = {
  frequency: [0, 1, 1, 2, 2, 4, 7, 12],
  recency: [0, 10, 40, 20, 50, 45, 49, 51],
  age: [52, 52, 52, 52, 52, 52, 52, 52],
  weights: [500, 90, 60, 50, 40, 30, 20, 10],
};
const shoppers = [{ x: 0, tx: 0, age: 0 }, { x: 0, tx: 0, age: 40 }, { x: 3, tx: 12.5, age: 30 }, { x: 90, tx: 50, age: 50 }];

/** What a transaction model says of customers, in all ways it can be asked. */
function listPurchases(model: PurchasePredictor, rows: readonly Json[]): unknown[] {
  const column = (name: string) => rows.map((row) => Number(row[name]));
  const columns = { frequency: column("x"), recency: column("tx"), age: column("age") };
  return [
    model.predictAlive(columns),
    model.predictAlive(columns, 5),
    model.predictPurchases(columns, { from: 4, to: 30 }),
    model.predictCountProbability(columns, 2, 26),
    model.predictPurchaseProbability(columns, 26),
    model.predictTimeToPurchase(columns, 0.5),
    model.predictDiscountedPurchases(columns, { horizon: Infinity, discountRate: 0.002 }),
  ].flatMap(listed);
}

/** Every kind of saved form. */
export const savedModels: readonly SavedModel[] = [
  {
    name: "cleaning",
    reader: "cleaningFromSpec",
    fit: () => fitCleaning(tableFromRecords(contacts), CONTACT_PLAN),
    rows: newContacts,
    // As JSON, in which a time is its text.
    predict: (saved, rows) => JSON.parse(JSON.stringify(recordsFromTable(cleaningFromSpec(saved).apply(tableFromRecords(rows)).table))) as unknown[],
  },
  {
    name: "encoder",
    reader: "encoderFromSpec",
    fit: fitEncoderOfAllKinds,
    rows: [
      { tenure: 5, charges: 30.5, plan: "pro", paperless: true, spend: 0, town: "Ulm", size: "large", channel: "shop" },
      { tenure: 66, charges: 1, plan: null, paperless: false, spend: -0.5, town: "Bonn", size: null, channel: null },
      { tenure: 9, charges: 2, plan: "gold", paperless: false, spend: 1e6, town: "Rome", size: "huge", channel: "fair" },
    ],
    predict: (saved, rows) => listed(encoderFromSpec(saved).apply(tableFromRecords(rows)).values),
  },
  {
    name: "standard-scaler",
    reader: "standardScalerFromSpec",
    fit: () => fitStandardScaler(featureMatrixFromRows(points, names), { ddof: 1 }),
    rows: newPoints,
    predict: (saved, rows) => listed(standardScalerFromSpec(saved).apply(matrixOf(rows)).values),
  },
  {
    name: "robust-scaler",
    reader: "robustScalerFromSpec",
    fit: () => fitRobustScaler(featureMatrixFromRows(points, names), { lower: 0.1, upper: 0.8 }),
    rows: newPoints,
    predict: (saved, rows) => listed(robustScalerFromSpec(saved).apply(matrixOf(rows)).values),
  },
  {
    name: "min-max-scaler",
    reader: "minMaxScalerFromSpec",
    fit: () => fitMinMaxScaler(featureMatrixFromRows(points, names), { from: -1, to: 2, clip: true }),
    rows: newPoints,
    predict: (saved, rows) => listed(minMaxScalerFromSpec(saved).apply(matrixOf(rows)).values),
  },
  {
    name: "log-scaler",
    reader: "logScalerFromSpec",
    fit: () => fitLogScaler(featureMatrixFromRows(points, names), { columns: ["spend"] }),
    rows: newPoints,
    predict: (saved, rows) => listed(logScalerFromSpec(saved).apply(matrixOf(rows)).values),
  },
  {
    name: "rfm",
    reader: "rfmFromSpec",
    fit: () => {
      const count = Array.from({ length: 40 }, (_, i) => i);
      const shoppers = { daysSinceLast: count.map((i) => (i * 37) % 365), orderCount: count.map((i) => 1 + (i % 3 === 0 ? i % 7 : 0)), totalValue: count.map((i) => ((i * 97) % 501) + 0.25) };
      return fitRfm(shoppers, { recency: [30, 90, 180, 300], monetary: "rank", weights: { recency: 2 }, segments: "shopify" });
    },
    rows: [{ days: 3, orders: 7, value: 480 }, { days: 200, orders: 1, value: 30.5 }, { days: null, orders: 0, value: 0 }, { days: 91, orders: 2, value: null }],
    predict: (saved, rows) => {
      const column = (name: string) => rows.map((row) => (row[name] === null ? NaN : Number(row[name])));
      const { recency, frequency, monetary, total, segment, segmentNames } = rfmFromSpec(saved).score({ daysSinceLast: column("days"), orderCount: column("orders"), totalValue: column("value") });
      return [...[recency, frequency, monetary, total].flatMap((values) => listed(values)), ...Array.from(segment, (position) => segmentNames[position] ?? null)];
    },
  },
  {
    name: "k-means",
    reader: "kMeansFromSpec",
    fit: () => fitKMeans(featureMatrixFromRows(points, names), { k: 3 }),
    rows: newPoints,
    predict: (saved, rows) => {
      const model = kMeansFromSpec(saved);
      return [...listed(model.predict(matrixOf(rows))), ...listed(model.distances(matrixOf(rows)))];
    },
  },
  {
    name: "logistic-regression",
    reader: "logisticRegressionFromSpec",
    fit: () => fitLogisticRegression(featureMatrixFromRows(points, names), left, { strength: 0.01 }),
    rows: newPoints,
    predict: (saved, rows) => listed(logisticRegressionFromSpec(saved).predictProbability(matrixOf(rows))),
  },
  {
    name: "logistic-regression-separated",
    reader: "logisticRegressionFromSpec",
    fit: () => fitLogisticRegression(featureMatrixFromRows(points.map(([orders]) => [orders!, 2 * orders!]), names), [0, 0, 0, 1, 1, 1, 1, 1]),
    rows: newPoints,
    predict: (saved, rows) => listed(logisticRegressionFromSpec(saved).predictLogit(matrixOf(rows))),
  },
  {
    name: "platt",
    reader: "plattFromSpec",
    fit: () => fitPlatt([0.1, 0.3, 0.4, 0.6, 0.7, 0.9], [0, 1, 0, 1, 0, 1]),
    rows: newProbabilities,
    predict: (saved, rows) => listed(plattFromSpec(saved).apply(rows.map((row) => Number(row["probability"])))),
  },
  {
    name: "isotonic",
    reader: "isotonicFromSpec",
    fit: () => fitIsotonic([0.1, 0.3, 0.4, 0.6, 0.7, 0.9], [0, 1, 0, 1, 0, 1]),
    rows: newProbabilities,
    predict: (saved, rows) => listed(isotonicFromSpec(saved).apply(rows.map((row) => Number(row["probability"])))),
  },
  {
    name: "temperature",
    reader: "temperatureFromSpec",
    fit: () => fitTemperature([-3, -1.5, -0.5, 1, 2, 4], [0, 1, 0, 1, 0, 1], { scale: "score" }),
    rows: newProbabilities,
    predict: (saved, rows) => listed(temperatureFromSpec(saved).apply(rows.map((row) => Number(row["probability"])))),
  },
  {
    name: "empirical-value",
    reader: "empiricalValueFromSpec",
    fit: () => {
      const orders = Array.from({ length: 90 }, (_, customer) =>
        Array.from({ length: 1 + (customer % 5) }, (_unused, i) => ({
          customerId: customer,
          timestamp: new Date(Date.UTC(2025, 0, 1 + (customer % 30) + i * (30 + (customer % 50)))),
          amount: 10 + ((customer * 7 + i * 3) % 40),
        })),
      ).flat();
      return fitEmpiricalValue(tableFromRecords(orders), { asOf: "2025-12-31", horizon: { months: 6 }, annualDiscountRate: 0.1, margin: 0.5, minGroupSize: 10 });
    },
    rows: [{ frequency: 0, daysSinceLast: 200 }, { frequency: 2, daysSinceLast: 5 }, { frequency: 40, daysSinceLast: 40 }],
    predict: (saved, rows) => {
      const columns = { frequency: rows.map((row) => Number(row["frequency"])), daysSinceLast: rows.map((row) => Number(row["daysSinceLast"])) };
      const { group, purchaseProbability, expectedPurchases, expectedValue, low, high } = empiricalValueFromSpec(saved).predict(columns);
      return [group, purchaseProbability, expectedPurchases, expectedValue, low, high].flatMap(listed);
    },
  },
  {
    name: "bg-nbd",
    reader: "bgNbdFromSpec",
    fit: () => fitBgNbd(histories),
    rows: shoppers,
    predict: (saved, rows) => listPurchases(bgNbdFromSpec(saved), rows),
  },
  {
    name: "mbg-nbd",
    reader: "mbgNbdFromSpec",
    fit: () => fitMbgNbd(histories),
    rows: shoppers,
    predict: (saved, rows) => listPurchases(mbgNbdFromSpec(saved), rows),
  },
  {
    name: "pareto-nbd",
    reader: "paretoNbdFromSpec",
    fit: () => fitParetoNbd(histories),
    rows: shoppers,
    predict: (saved, rows) => listPurchases(paretoNbdFromSpec(saved), rows),
  },
  {
    name: "bg-bb",
    reader: "bgBbFromSpec",
    fit: () => fitBgBb({ frequency: [0, 1, 1, 1, 2, 2, 2, 3], recency: [0, 1, 2, 3, 2, 3, 3, 3], age: [3, 3, 3, 3, 3, 3, 3, 3], weights: [420, 110, 55, 45, 90, 40, 60, 180] }),
    rows: [{ x: 0, tx: 0, n: 0 }, { x: 0, tx: 0, n: 6 }, { x: 2, tx: 4, n: 6 }, { x: 6, tx: 6, n: 6 }],
    predict: (saved, rows) => {
      const donors = { frequency: rows.map((row) => Number(row["x"])), recency: rows.map((row) => Number(row["tx"])), age: rows.map((row) => Number(row["n"])) };
      const model = bgBbFromSpec(saved);
      return [model.predictAlive(donors), model.predictPurchases(donors, 5), model.predictCountProbability(donors, 2, 5)].flatMap(listed);
    },
  },
  {
    name: "shifted-beta-geometric",
    reader: "shiftedBetaGeometricFromSpec",
    fit: () => fitShiftedBetaGeometric({ survivors: [[1000, 869, 743, 653, 593, 551, 517, 491], [500, 440, 380]] }),
    rows: [{ age: 0 }, { age: 1 }, { age: 30 }],
    predict: (saved, rows) => {
      const ages = rows.map(({ age }) => Number(age));
      const model = shiftedBetaGeometricFromSpec(saved);
      return [...[model.predictSurvival(ages, 12), model.predictResidualLifetime(ages, { discountRate: 0.1 })].flatMap(listed), model.expectedLifetime({ discountRate: 0.01 })];
    },
  },
  {
    name: "gamma-gamma",
    reader: "gammaGammaFromSpec",
    fit: () => fitGammaGamma({ frequency: [0, 1, 1, 2, 2, 3, 4, 5, 7, 12], meanValue: [0, 12, 55, 20, 34, 41, 18, 27, 75, 31] }),
    rows: [{ x: 0, mean: null }, { x: 1, mean: 75 }, { x: 12, mean: 75.5 }],
    predict: (saved, rows) => listed(gammaGammaFromSpec(saved).predictMeanValue({ frequency: rows.map((row) => Number(row["x"])), meanValue: rows.map((row) => (row["mean"] === null ? NaN : Number(row["mean"]))) })),
  },
  {
    name: "formula",
    reader: "formulaFromSpec",
    fit: () => compileFormula("orders > 1 ? round(spend / orders, 2) : coalesce(spend, 0) ^ 0.5", { variables: names }),
    rows: newPoints,
    predict: (saved, rows) => listed(evaluateFormula(formulaFromSpec(saved), tableFromRecords(rows))),
  },
  {
    name: "pipeline-logistic-regression",
    reader: "pipelineFromSpec",
    fit: () => {
      const { stages, features } = fitCustomerStages();
      return composePipeline({ ...stages, model: fitLogisticRegression(features, left, { strength: 0.1 }) });
    },
    rows: newCustomers,
    predict: (saved, rows) => listed(scoreRecords(pipelineFromSpec(saved, [cleaningReader, encoderReader, standardScalerReader, logisticRegressionReader]), rows).scores),
  },
  {
    name: "pipeline-calibrated",
    reader: "pipelineFromSpec",
    fit: () => {
      const { stages, features } = fitCustomerStages();
      const model = fitLogisticRegression(features, left, { strength: 0.1 });
      return composePipeline({ ...stages, model, calibrator: fitPlatt(model.predictProbability(features), left) });
    },
    rows: newCustomers,
    predict: (saved, rows) =>
      listed(scoreRecords(pipelineFromSpec(saved, [cleaningReader, encoderReader, standardScalerReader, logisticRegressionReader, plattReader]), rows).scores),
  },
  {
    name: "pipeline-k-means",
    reader: "pipelineFromSpec",
    fit: () => {
      const { stages, features } = fitCustomerStages();
      return composePipeline({ ...stages, model: fitKMeans(features, { k: 2 }) });
    },
    rows: newCustomers,
    predict: (saved, rows) => listed(scoreRecords(pipelineFromSpec(saved, [cleaningReader, encoderReader, standardScalerReader, kMeansReader]), rows).scores),
  },
];
