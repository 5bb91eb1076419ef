/**
 * Who will leave a telecom company, whether a model is worth its trouble, whom to call, and why. Draws the pictures of the guide.
 *
 *     npx tsx examples/churn.ts                 pictures in examples/output
 *     npx tsx examples/churn.ts docs/images     those of the guide
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  assertNoLeakage, assignRiskBands, compareWithBaselines, computePartialDependence, computePermutationImportance, decideOutOfFold, describeReasons, explainLogistic, findLeakage,
  fitLogisticRegression, type LogisticRegressionModel, type OutOfFoldDecisions, type ThresholdRule,
} from "clientele/churn";
import { cleanTable } from "clientele/cleaning";
import { labelsFromTable, selectColumns, splitTable, tableFromRecords, type Table } from "clientele/data";
import type { TrainingPart } from "clientele/evaluation";
import { draftEncoding, fitEncoder, type EncoderModel } from "clientele/features";
import { drawBars, drawCurve } from "./churn-pictures";
import { readTelcoCustomers } from "./read-data";

const folder = process.argv[2] ?? fileURLToPath(new URL("output/", import.meta.url));
mkdirSync(folder, { recursive: true });

/** A call costs 20 and keeps one leaver in four, with an offer of 15; a customer who is kept pays about 65 a month for eight more months. */
const RULE: ThresholdRule = { by: "profit", benefit: 500, successRate: 0.25, contactCost: 20, offerCost: 15 };

const all = readCustomers();
const features = selectColumns(all, [...all.columns.keys()].filter((name) => name !== "Churn"));
const labels = labelsFromTable(all, "Churn", { positive: "Yes" });

checkLeakage();
checkWorth();
const decisions = decide();
explain(decisions);

function readCustomers(): Table {
  const numbers = ["tenure", "MonthlyCharges", "TotalCharges"];
  const { table } = cleanTable(tableFromRecords(readTelcoCustomers(), { id: "customerID" }), {
    convert: numbers.map((column) => ({ column, to: "number", missing: [""] }) as const),
    // Who has just joined has paid nothing yet.
    missing: [{ column: "TotalCharges", fill: "constant", value: 0 }],
  });
  return selectColumns(table, [...table.columns.keys()].filter((name) => name !== "customerID"));
}

function checkLeakage(): void {
  const report = findLeakage(features, labels);
  assertNoLeakage(report, { refuse: "notable" });
  const best = report.columns[0]!;
  console.log(`No column tells too much; most tells ${best.column}, with an AUC of ${best.auc!.auc.toFixed(3)} alone.`);
}

interface Fitted {
  readonly encoder: EncoderModel;
  readonly model: LogisticRegressionModel;
}

function fitAll(table: Table, left: ArrayLike<number>): Fitted {
  const { encoding } = draftEncoding(table, { drop: "first" });
  const { encoder, matrix } = fitEncoder(table, encoding);
  return { encoder, model: fitLogisticRegression(matrix, left) };
}

function predictWith({ encoder, model }: Fitted): (table: Table) => Float64Array {
  return (table) => model.predictProbability(encoder.apply(table));
}

function fit(train: TrainingPart<Table>): (test: Table) => Float64Array {
  return predictWith(fitAll(train.data, train.labels));
}

function checkWorth(): void {
  const compared = compareWithBaselines(features, labels, { fit, repeats: 2 });
  if (compared.status === "notEnoughData") throw new Error(compared.reason);
  const { lead, baselines, model } = compared;
  console.log(`The model is ${compared.status}: its log-loss is ${lead.improvement.toFixed(3)} [${lead.low.toFixed(3)}, ${lead.high.toFixed(3)}] below that of ${lead.baseline} (${baselines[0]!.columns?.[0] ?? "none"}).`);
  console.log(`  AUC ${model[0]!.mean.auc.toFixed(3)}, the best feature alone ${baselines[0]!.evaluations[0]!.mean.auc.toFixed(3)}.`);
}

function decide(): OutOfFoldDecisions {
  const decided = decideOutOfFold(features, labels, { fit, rule: RULE });
  const { chosen, everybody, curve, breakEven } = decided.choice;
  const bands = assignRiskBands(decided.predictions, { medium: 0.25, high: 0.5 });
  console.log(`Risk bands: ${bands.counts.high} high, ${bands.counts.medium} medium, ${bands.counts.low} low.`);
  console.log(`Call from a probability of ${chosen.threshold!.toFixed(3)} on (by arithmetic ${breakEven!.toFixed(3)}): ${decided.contactedCount} calls, ${decided.leaverCount} to leavers, profit ${decided.value.toFixed(0)}; calling everybody ${everybody.value.toFixed(0)}.`);
  const points = Array.from(curve.contactedCounts, (count, k) => [count, curve.values[k]!] as const);
  const thousands = (from: number, to: number, step: number): (readonly [number, string])[] => Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, k) => [from + k * step, (from + k * step).toLocaleString("en")] as const);
  const [lowest, highest] = [Math.min(...curve.values), Math.max(...curve.values)];
  const step = 20_000;
  save("churn-profit.svg", drawCurve({
    title: "Profit by how many are called, most likely leavers first (out-of-fold probabilities)",
    x: { label: "customers called", from: 0, to: labels.length, ticks: thousands(0, 7000, 1000) },
    y: { label: "profit", from: Math.floor(lowest / step) * step, to: Math.ceil(highest / step) * step, ticks: thousands(Math.floor(lowest / step) * step, Math.ceil(highest / step) * step, step) },
    curve: points,
    marks: [{ x: chosen.contactedCount, y: chosen.value, words: `${chosen.contactedCount} calls: from a probability of ${chosen.threshold!.toFixed(2)} on` }],
  }));
  return decided;
}

function explain({ predictions }: OutOfFoldDecisions): void {
  const rows = tableFromRecords(Array.from(labels, (label) => ({ label })));
  const { train, test } = splitTable({ ...features, columns: new Map([...features.columns, ...rows.columns]) }, { testShare: 0.3, stratify: "label" });
  const withoutLabel = (table: Table): Table => selectColumns(table, [...features.columns.keys()]);
  const labelsOf = (table: Table): Uint8Array => labelsFromTable(table, "label", { positive: 1 });
  const fitted = fitAll(withoutLabel(train), labelsOf(train));
  const predict = predictWith(fitted);
  const held = withoutLabel(test);

  const importance = computePermutationImportance(held, labelsOf(test), { predict });
  console.log(`Without ${importance.features[0]!.feature} the AUC of ${importance.value.toFixed(3)} falls by ${importance.features[0]!.importance.toFixed(3)}.`);
  save("churn-importance.svg", drawBars({
    title: `What ${held.rowCount} held-out customers' AUC of ${importance.value.toFixed(3)} loses when a column is shuffled`,
    label: "AUC lost: mean of 10 shuffles, 95 % interval over customers",
    bars: importance.features.slice(0, 12).map(({ feature, importance: value, low, high }) => ({ name: feature, value, low, high })),
  }));

  const { grid, mean, ice } = computePartialDependence(held, { predict, column: "tenure", ice: true });
  save("churn-tenure.svg", drawCurve({
    title: "Mean probability if everyone had been a customer so long (thin: single customers)",
    x: { label: "months as a customer", from: 0, to: 72, ticks: [0, 12, 24, 36, 48, 60, 72].map((at) => [at, String(at)]) },
    y: { label: "probability of leaving", from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => [at, `${100 * at} %`]) },
    curve: grid.map((value, g) => [Number(value), mean[g]!] as const),
    behind: Array.from({ length: 60 }, (_, i) => grid.map((value, g) => [Number(value), ice![i * 30 * grid.length + g]!] as const)),
    marks: [],
  }));

  const whole = fitAll(features, labels);
  const matrix = whole.encoder.apply(features);
  const explanation = explainLogistic(whole.model, matrix);
  const riskiest = predictions.indexOf(Math.max(...predictions));
  console.log(`Customer ${String(features.rowIds[riskiest])}, ${(100 * predictions[riskiest]!).toFixed(0)} % likely to leave:`);
  for (const { text } of describeReasons(explanation, matrix, riskiest, { direction: "raising" })) console.log(`  ${text}`);
}

function save(name: string, svg: string): void {
  writeFileSync(join(folder, name), svg);
  console.log(`  → ${join(folder, name)}`);
}
