import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compareWithBaselines, decideOutOfFold, findLeakage, fitLogisticRegression, type ComparedWithBaselines } from "clientele/churn";
import { fitCleaning, type CleaningPlan } from "clientele/cleaning";
import { cellsFromTable, featureMatrixFromValues, tableFromRecords, type FeatureMatrix, type Table } from "clientele/data";
import {
  bootstrapMetric, compareCrossValidated, computeAucInterval, computeBrier, computeLogLoss, crossValidate, splitFolds, type CrossValidation, type TrainingPart,
} from "clientele/evaluation";
import { fitEncoder, fitStandardScaler, type Encoding } from "clientele/features";
import Papa from "papaparse";
import { heading } from "./measure";

const FOLDS = 5;
const SEED = 1;

interface DataSet {
  readonly name: string;
  /** Undefined where the variable that names the file is not set. */
  readonly path: string | undefined;
  readonly variable: string;
  readonly delimiter: string;
  readonly label: string;
  readonly positive: string;
  /** Texts that mean a missing cell. */
  readonly missing: readonly string[];
  /** Columns of whole numbers that are codes. */
  readonly codes: readonly string[];
  readonly drop: readonly string[];
}

function dataSets(): readonly DataSet[] {
  const bank = { path: process.env["BANK_MARKETING"], variable: "BANK_MARKETING", delimiter: ";", label: "y", positive: "yes", missing: ["unknown"], codes: [] };
  return [
    { name: "Telco", path: fileURLToPath(new URL("../examples/data/telco-customer-churn.csv", import.meta.url)), variable: "", delimiter: ",", label: "Churn", positive: "Yes", missing: [""], codes: [], drop: ["customerID"] },
    { ...bank, name: "Bank marketing", drop: [] },
    { ...bank, name: "Bank marketing without duration", drop: ["duration"] },
    {
      name: "Student dropout", path: process.env["STUDENT_DROPOUT"], variable: "STUDENT_DROPOUT", delimiter: ",", label: "Target", positive: "Dropout", missing: [""],
      codes: ["Marital status", "Application mode", "Course", "Previous qualification"], drop: [],
    },
  ];
}

/**
 * How good churn models are on public data, beside their baselines and beside scikit-learn's logistic regression on the same folds; and what the search for
 * leaking columns says there.
 *
 *     BANK_MARKETING=bank-additional-full.csv STUDENT_DROPOUT=predict_students_dropout_and_academic_success.csv PYTHON=python3 npm run bench -- churn-accuracy
 */
export function benchChurnAccuracy(): void {
  for (const set of dataSets()) {
    heading(`Churn: ${set.name}, ${FOLDS} stratified folds, 95 % intervals`);
    if (set.path === undefined || !existsSync(set.path)) console.log(`skipped: set ${set.variable} to the CSV file of the UCI data set`);
    else benchDataSet(set, readDataSet(set));
  }
}

interface LoadedSet {
  readonly table: Table;
  readonly labels: Uint8Array;
}

function readDataSet({ path, delimiter, label, positive, missing, codes, drop }: DataSet): LoadedSet {
  const text = readFileSync(path!, "utf8").replace(/^\uFEFF/, "");
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true, delimiter });
  const names = Object.keys(data[0]!).filter((name) => name !== label && !drop.includes(name));
  const isMissing = (value: string): boolean => missing.includes(value.trim());
  const isNumber = new Map(names.map((name) => [name, !codes.includes(name) && data.every((row) => isMissing(row[name]!) || Number.isFinite(Number(row[name])))]));
  const records = data.map((row) => Object.fromEntries(names.map((name) => [name, isMissing(row[name]!) ? null : isNumber.get(name) === true ? Number(row[name]) : row[name]!])));
  return { table: tableFromRecords(records), labels: Uint8Array.from(data, (row) => (row[label] === positive ? 1 : 0)) };
}

function benchDataSet({ name }: DataSet, { table, labels }: LoadedSet): void {
  const folds = splitFolds(labels, { folds: FOLDS, seed: SEED });
  const started = performance.now();
  const compared = compareWithBaselines(table, labels, { fit: fitPenalised, folds });
  const seconds = (performance.now() - started) / 1000;
  if (compared.status === "notEnoughData") throw new Error(compared.reason);
  const { lead, baselines, model } = compared;
  console.log(`${table.rowCount} customers, ${labels.reduce((sum, label) => sum + label, 0)} of them positive; ${seconds.toFixed(1)} s with baselines`);
  console.log(`lead: log-loss better than that of ${lead.baseline} by ${lead.improvement.toFixed(4)} [${lead.low.toFixed(4)}, ${lead.high.toFixed(4)}]: ${compared.status}`);
  console.log("                     AUC                      log-loss                 Brier");
  printRow("logistic regression", labels, model[0]!);
  for (const { baseline, evaluations, columns } of baselines) printRow(`${baseline}${baseline === "bestFeature" ? ` (${[...new Set(columns)].join(", ")})` : ""}`, labels, evaluations[0]!);
  comparePython(table, labels, folds, compared);
  printDecision(table, labels);
  if (!name.endsWith("duration")) printLeakage(table, labels);
}

/**
 * scikit-learn's usual recipe with its default penalty, C = 1: medians, standardised numbers, one-hot columns without the first level. Rare levels separate the
 * classes in these data, so plain maximum likelihood has no maximum. All is learnt inside the training part.
 */
function fitPenalised({ data, labels }: TrainingPart<Table>): (test: Table) => Float64Array {
  const columns = [...data.columns];
  const plan: CleaningPlan = { missing: columns.flatMap(([column, { type }]) => (type === "number" ? [{ column, fill: "median" as const }] : [])), repeatedRows: "ignore" };
  const cleaning = fitCleaning(data, plan);
  const cleaned = cleaning.apply(data).table;
  const numbers = fitEncoder(cleaned, columns.flatMap(([column, { type }]) => (type === "number" ? [{ column, as: "number" as const }] : [])));
  const scaler = fitStandardScaler(numbers.matrix);
  const categories: Encoding = columns.flatMap(([column, { type }]) => (type === "number" ? [] : [{ column, as: "oneHot", drop: "first", unknown: "zeros", missing: "level" } as const]));
  const levels = fitEncoder(cleaned, categories);
  const model = fitLogisticRegression(sideBySide(scaler.apply(numbers.matrix), levels.matrix), labels, { strength: 1 / data.rowCount, standardize: false });
  return (test) => {
    const { table } = cleaning.apply(test);
    return model.predictProbability(sideBySide(scaler.apply(numbers.encoder.apply(table)), levels.encoder.apply(table)));
  };
}

function sideBySide(a: FeatureMatrix, b: FeatureMatrix): FeatureMatrix {
  const width = a.columnCount + b.columnCount;
  const values = new Float64Array(a.rowCount * width);
  for (let row = 0; row < a.rowCount; row++) {
    values.set(a.values.subarray(row * a.columnCount, (row + 1) * a.columnCount), row * width);
    values.set(b.values.subarray(row * b.columnCount, (row + 1) * b.columnCount), row * width + a.columnCount);
  }
  return featureMatrixFromValues(values, [...a.names, ...b.names]);
}

function printRow(name: string, labels: Uint8Array, { mean, predictions }: CrossValidation): void {
  const auc = computeAucInterval(labels, predictions);
  const logLoss = bootstrapMetric(computeLogLoss, [labels, predictions], { replicates: 500 });
  const brier = bootstrapMetric(computeBrier, [labels, predictions], { replicates: 500 });
  const cell = (value: number, { low, high }: { low: number; high: number }): string => `${value.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`.padEnd(25);
  console.log(`${name.padEnd(20)} ${cell(mean.auc, auc)}${cell(mean.logLoss, logLoss)}${cell(mean.brier, brier)}`);
}

function comparePython(table: Table, labels: Uint8Array, folds: Int32Array, { model }: ComparedWithBaselines): void {
  const script = fileURLToPath(new URL("churn-accuracy.py", import.meta.url));
  const ofType = (isNumber: boolean): string[] => [...table.columns].filter(([, { type }]) => (type === "number") === isNumber).map(([name]) => name);
  const task = { columns: Object.fromEntries([...table.columns.keys()].map((name) => [name, cellsFromTable(table, name)])), numbers: ofType(true), categories: ofType(false), labels: [...labels], folds: [...folds] };
  const { status, stdout, stderr } = spawnSync(process.env["PYTHON"] ?? "python3", [script], { input: JSON.stringify(task), encoding: "utf8", maxBuffer: 1e9 });
  if (status !== 0) {
    console.log(`scikit-learn         skipped: ${(stderr as string | null)?.trim().split("\n").at(-1) ?? "no such interpreter"} (PYTHON names an interpreter with scikit-learn)`);
    return;
  }
  const { version, predictions, unconverged } = JSON.parse(stdout) as { readonly version: string; readonly predictions: readonly number[]; readonly unconverged: number };
  const row = tableFromRecords(predictions.map((p) => ({ p })));
  const theirs = crossValidate(row, labels, { folds, fit: () => (test) => cellsFromTable(test, "p") as number[] });
  printRow(`scikit-learn ${version}`, labels, theirs);
  const { auc, logLoss, brier } = compareCrossValidated(model[0]!, theirs);
  const largest = predictions.reduce((most, p, i) => Math.max(most, Math.abs(p - model[0]!.predictions[i]!)), 0);
  const words = ({ mean, low, high }: { mean: number; low: number; high: number }): string => `${mean.toExponential(1)} [${low.toExponential(1)}, ${high.toExponential(1)}]`;
  console.log(`  difference         AUC ${words(auc)}, log-loss ${words(logLoss)}, Brier ${words(brier)}; largest of a probability ${largest.toExponential(1)}; ${unconverged} of its fits did not converge`);
}

/** Contact costs 1, keeps 30 % of the leavers, and a customer kept is worth 20. */
function printDecision(table: Table, labels: Uint8Array): void {
  const { value, contactedCount, leaverCount, choice } = decideOutOfFold(table, labels, { fit: fitPenalised, folds: FOLDS, seed: SEED, innerFolds: 3, rule: { by: "profit", benefit: 20, successRate: 0.3, contactCost: 1 } });
  const { chosen, breakEven, everybody } = choice;
  console.log(`decision (kept 20, rate 0.3, contact 1): ${contactedCount} contacted, ${leaverCount} leavers among them, profit ${value.toFixed(0)}; apparent ${chosen.value.toFixed(0)} at ${chosen.threshold?.toFixed(3)} (break-even ${breakEven!.toFixed(3)}); everybody ${everybody.value.toFixed(0)}`);
}

function printLeakage(table: Table, labels: Uint8Array): void {
  const started = performance.now();
  const { columns } = findLeakage(table, labels);
  console.log(`leakage (${((performance.now() - started) / 1000).toFixed(1)} s): ${columns.filter(({ verdict }) => verdict !== "none").length} of ${columns.length} columns suspected`);
  columns.slice(0, 4).forEach(({ column, verdict, auc, othersAuc, reasons }, i) => {
    const others = othersAuc === null ? "" : `, all others ${othersAuc.toFixed(3)}`;
    console.log(`  ${i + 1}. ${column.padEnd(36)} ${verdict.padEnd(8)} AUC ${auc?.auc.toFixed(3)} [${auc?.low.toFixed(3)}, ${auc?.high.toFixed(3)}]${others} ${reasons.map(({ kind }) => kind).join(", ")}`);
  });
}
