import { fitLogisticRegression, fitPlatt } from "clientele/churn";
import { fitCleaning, type CleaningModel } from "clientele/cleaning";
import { tableFromColumns, type Table } from "clientele/data";
import { fitEncoder, fitStandardScaler, type EncoderModel, type StandardScalerModel } from "clientele/features";
import {
  composePipeline, encoderReader, fullCleaningReader, kMeansReader, logisticRegressionReader, pipelineFromSpec, plattReader, standardScalerReader, type Pipeline, type PipelineModel, type PreparedRows,
} from "clientele/scoring";
import { compileFormula } from "clientele/formula";
import { fitKMeans } from "clientele/segmentation";
import type { FeatureMatrix } from "clientele/data";
import { rowsAt } from "../../../src/data/table";
import { PIPELINE_PARTS } from "../../../src/scoring/compose";
import { answersFrom, subject, untyped, type HostileInput, type Outcome } from "../definition";
import { customerTable, newCustomers, sampleLabels } from "./samples";

interface FittedStages {
  readonly cleaning: CleaningModel;
  readonly encoder: EncoderModel;
  readonly scaler: StandardScalerModel;
  readonly features: FeatureMatrix;
}

const perMonth = compileFormula("charges / max(tenure, 1)", { variables: ["charges", "tenure"] });

function fitStages(customers: Table): FittedStages {
  const cleaning = fitCleaning(customers, {
    convert: [{ column: "charges", to: "number", missing: [""] }, { column: "plan", to: "matchKey", as: "planKey" }],
    rules: [{ rule: "range", column: "charges", min: 0, max: 1000, onViolation: "missing" }, { rule: "unique", columns: ["id"] }],
    duplicates: { key: ["id"] },
    outliers: [{ column: "tenure", method: "iqr", action: "flag" }],
    missing: [{ column: "charges", fill: "mean", by: ["planKey"], minGroupSize: 2, indicator: "chargesWereMissing" }],
    derive: [{ column: "perMonth", formula: perMonth }],
  });
  const { encoder, matrix } = fitEncoder(cleaning.apply(customers).table, [
    { column: "tenure", as: "number" },
    { column: "charges", as: "number" },
    { column: "plan", as: "oneHot", drop: "first", missing: "level" },
    { column: "paperless", as: "boolean" },
    { column: "perMonth", as: "number" },
    { column: "chargesWereMissing", as: "boolean" },
    { column: "tenure_outlier", as: "boolean" },
  ]);
  const scaler = fitStandardScaler(matrix);
  return { cleaning, encoder, scaler, features: scaler.apply(matrix) };
}

function composeChurn(customers: Table) {
  const { features, ...stages } = fitStages(customers);
  return composePipeline({ ...stages, model: fitLogisticRegression(features, sampleLabels(customers.rowCount), { strength: 0.1 }) });
}

function composeCalibrated(customers: Table) {
  const { features, ...stages } = fitStages(customers);
  const labels = sampleLabels(customers.rowCount);
  const model = fitLogisticRegression(features, labels, { strength: 0.1 });
  return composePipeline({ ...stages, model, calibrator: fitPlatt(model.predictProbability(features), labels) });
}

function composeSegments(customers: Table) {
  const { features, ...stages } = fitStages(customers);
  return composePipeline({ ...stages, model: fitKMeans(features, { k: 3 }) });
}

const other = fitEncoderOfAge();

function fitEncoderOfAge() {
  const { encoder, matrix } = fitEncoder(tableFromColumns({ age: [1, 2] }), [{ column: "age", as: "number" }]);
  return { encoder, model: fitKMeans(matrix, { k: 2 }) };
}

const options = [
  {
    name: "composePipeline",
    caller: "composePipeline",
    table: PIPELINE_PARTS,
    accepted: other,
    call: (parts: Readonly<Record<string, unknown>>) => composePipeline(untyped(parts)),
  },
] as const;

function hostileInputs(compose: (customers: Table) => Pipeline<PipelineModel, Float64Array | Int32Array>): Record<HostileInput, Outcome> {
  const score = (customers: Table): unknown => {
    const pipeline = compose(customerTable(24));
    return pipeline.score(pipeline.prepare(customers));
  };
  const fitted = "its parts are fitted before they are composed";
  return {
    "fit: NaN": { impossible: fitted },
    "fit: infinity": { impossible: fitted },
    "fit: no rows": { impossible: fitted },
    "fit: one row": { impossible: fitted },
    "fit: constant column": { impossible: fitted },
    "fit: lengths differ": { refused: "featureMismatch", run: () => composePipeline({ encoder: fitStages(customerTable(24)).encoder, model: other.model }) },
    "predict: NaN": { accepted: "a missing score with its reason", run: () => score(tableFromColumns({ tenure: [NaN], charges: ["1"], plan: ["pro"], paperless: [true] })) },
    "predict: infinity": { impossible: "a table is made without infinities" },
    "predict: no rows": { accepted: "no scores", run: () => score(rowsAt(newCustomers(), [])) },
    "predict: other columns": { refused: "unknownColumn", run: () => score(tableFromColumns({ tenure: [1], charges: ["1"], plan: ["pro"] })) },
  };
}

const exempt = {
  "the fit in slices gives the same bits": "composing fits nothing: it has no slices",
  "the fit in slices yields its progress": "it has no slices",
  "the fit in slices stops at a signal": "it has no slices",
};

const inTable = ({ features, rows, rowCount }: PreparedRows): Float64Array => {
  const values = new Float64Array(rowCount * features.columnCount).fill(NaN);
  rows.forEach((row, i) => values.set(features.values.subarray(i * features.columnCount, (i + 1) * features.columnCount), row * features.columnCount));
  return values;
};

const common = {
  reader: "pipelineFromSpec",
  version: 2,
  fits: ["composePipeline"],
  train: (size: "small" | "large") => customerTable(size === "small" ? 24 : 2400),
  rows: newCustomers,
  rowCount: 6,
  take: rowsAt,
  options,
};

export const churnPipeline = subject({
  ...common,
  name: "pipeline of a logistic regression",
  read: (value) => pipelineFromSpec(value, [fullCleaningReader, encoderReader, standardScalerReader, logisticRegressionReader]),
  fit: composeChurn,
  predict: (model, rows) => ({ scores: model.predictProbability(rows), prepared: model.prepare(rows) }),
  answers: ({ scores, prepared }) => answersFrom(scores.length, scores, inTable(prepared)),
  doors: { predictProbability: (table: never) => composeChurn(customerTable(24)).predictProbability(table), prepare: (table: never) => composeChurn(customerTable(24)).prepare(table) },
  hostile: hostileInputs(composeChurn),
  exempt,
});

export const calibratedPipeline = subject({
  ...common,
  name: "pipeline of a calibrated logistic regression",
  read: (value) => pipelineFromSpec(value, [fullCleaningReader, encoderReader, standardScalerReader, logisticRegressionReader, plattReader]),
  fit: composeCalibrated,
  predict: (model, rows) => model.predictProbability(rows),
  answers: (scores) => answersFrom(scores.length, scores),
  doors: { predictProbability: (table: never) => composeCalibrated(customerTable(24)).predictProbability(table) },
  hostile: hostileInputs(composeCalibrated),
  exempt,
});

export const segmentPipeline = subject({
  ...common,
  name: "pipeline of k-means",
  read: (value) => pipelineFromSpec(value, [fullCleaningReader, encoderReader, standardScalerReader, kMeansReader]),
  fit: composeSegments,
  predict: (model, rows) => ({ scores: model.predict(rows), prepared: model.prepare(rows) }),
  answers: ({ scores, prepared }) => answersFrom(scores.length, scores, inTable(prepared)),
  doors: { predict: (table: never) => composeSegments(customerTable(24)).predict(table) },
  hostile: hostileInputs(composeSegments),
  exempt,
});
