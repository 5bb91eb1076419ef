/**
 * What each customer of the CD shop is worth: from the list of transactions to a ranked list of customers, with the model chosen on a holdout. Draws the
 * pictures of the guide.
 *
 *     npx tsx examples/lifetime-value.ts                 pictures in examples/output
 *     npx tsx examples/lifetime-value.ts docs/images     those of the guide
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  compareTransactionModels, computeAlivePath, computeFrequencyRecency, estimateLifetimeValue, fitBgNbd, fitGammaGamma, fitMbgNbd, fitParetoNbd, tableFromLifetimeValues,
} from "clientele/clv";
import { recordsFromTable, tableFromRecords } from "clientele/data";
import { splitTransactions, summarizeTransactions } from "clientele/features";
import { readCdnowTransactions } from "./read-data";
import { drawBins, drawHeatMaps, drawLines, drawRanked } from "./value-pictures";

const folder = process.argv[2] ?? fileURLToPath(new URL("output/", import.meta.url));
mkdirSync(folder, { recursive: true });
const transactions = tableFromRecords(readCdnowTransactions());

chooseModel();
valueCustomers();
wouldItHaveWorked();

/** Three models fitted to 39 weeks, held against the next 39. */
function chooseModel(): void {
  const comparison = compareTransactionModels(transactions, { "BG/NBD": fitBgNbd, "MBG/NBD": fitMbgNbd, "Pareto/NBD": fitParetoNbd }, { calibrationEnd: "1997-09-30", asOf: "1998-06-30", unit: "week" });
  const { models, baselines, tracking, holdoutPurchases, holdoutPrecision, recommendation } = comparison;
  console.log(`Holdout: ${holdoutPurchases} purchases of ${comparison.customerCount} customers in ${comparison.duration} weeks, known within ±${percent(holdoutPrecision)}`);
  const rows = [...models.map(({ name, ...errors }) => ({ name, ...errors })), { name: "own rate so far", ...baselines.ownRate }, { name: "same for all", ...baselines.sameForAll }];
  for (const { name, predictedTotal, rootMeanSquaredError, meanAbsoluteError } of rows) {
    console.log(`  ${name.padEnd(16)} predicts ${predictedTotal.toFixed(0)}, root mean squared error ${rootMeanSquaredError.toFixed(3)}, mean absolute error ${meanAbsoluteError.toFixed(3)}`);
  }
  for (const { name, holdoutLogLikelihood, difference, oneTimeAlive } of models) {
    console.log(`  ${name.padEnd(16)} log-likelihood ${holdoutLogLikelihood.toFixed(1)} (${difference.low.toFixed(1)} to ${difference.high.toFixed(1)} beside the best), one-time buyers alive ${percent(oneTimeAlive)}`);
  }
  console.log(`  ${recommendation.reason}\n`);

  save("value-tracking.svg", drawLines({
    title: "Repeat purchases by week, and what the models learnt from the first 39 weeks",
    label: "repeat purchases in the week",
    ticks: [0, 13, 26, 39, 52, 65].map((week) => [week, tracking.end[week]!]),
    largest: 140,
    step: 20,
    series: [{ name: "actual", values: tracking.purchases, isActual: true }, ...models.map(({ name, tracking: expected }) => ({ name, values: expected.purchases }))],
    split: { position: tracking.calibrationLength - 1, words: ["calibration", "holdout"] },
  }));
  const bins = models[0]!.bins;
  save("value-calibration.svg", drawBins({
    title: "Purchases in the holdout by repeat purchases in the calibration",
    label: "mean purchases in 39 weeks",
    names: bins.map(({ frequencyFrom, frequencyTo, customerCount }) => `${frequencyFrom}${frequencyTo === null ? "+" : ""} (${customerCount})`),
    actual: bins.map(({ actual, standardError }) => ({ value: actual, error: standardError })),
    models: models.map(({ name, bins: each }) => ({ name, values: each.map(({ predicted }) => predicted) })),
    largest: 8,
  }));
}

/** Everybody on the last day of the log: the next twelve months. */
function valueCustomers(): void {
  const summary = summarizeTransactions(transactions, { asOf: "1998-06-30", unit: "week" });
  const model = fitMbgNbd(summary);
  const spend = fitGammaGamma(summary, { nonPositive: "leaveOut" });
  const estimate = estimateLifetimeValue(summary, model, spend, { horizon: { months: 12 }, annualDiscountRate: 0.1, margin: 0.3, unit: "week", nonPositive: "asZero" });
  const { total, warnings, report } = estimate;
  console.log(`Twelve months from ${estimate.asOf}: ${report.valuedCount} customers are worth ${total.value.toFixed(0)} dollars of margin (${total.low.toFixed(0)} to ${total.high.toFixed(0)})`);
  for (const { code, message } of warnings) console.log(`  ${code}: ${message}`);
  const best = recordsFromTable(tableFromLifetimeValues(estimate)).slice(0, 15).map((record) => ({
    id: String(record["id"]),
    alive: Number(record["aliveProbability"]),
    purchases: Number(record["expectedPurchases"]),
    perPurchase: Number(record["valuePerPurchase"]),
    value: Number(record["value"]),
    low: Number(record["low"]),
    high: Number(record["high"]),
  }));
  for (const { id, alive, purchases, perPurchase, value, low, high } of best.slice(0, 5)) {
    console.log(`  ${id}: P(alive) ${alive.toFixed(2)}, ${purchases.toFixed(1)} purchases of ${perPurchase.toFixed(0)} dollars: ${value.toFixed(0)} (${low.toFixed(0)} to ${high.toFixed(0)})`);
  }
  const ranked = Array.from(estimate.ranking, (i) => estimate.value[i]!);
  const topTenth = ranked.slice(0, Math.round(ranked.length / 10)).reduce((sum, value) => sum + value, 0);
  console.log(`  the tenth of customers ranked highest holds ${percent(topTenth / total.value)} of the value\n`);

  save("value-ranking.svg", drawRanked({
    title: "The fifteen most valuable customers: expected margin of the next twelve months",
    label: "dollars, with 95 % intervals of the expectation",
    rows: best.map(({ id, alive, purchases, perPurchase, value, low, high }) => ({ name: id, words: `alive ${percent(alive)}, ${purchases.toFixed(1)} × $${perPurchase.toFixed(0)}`, value, low, high })),
  }));

  const matrix = computeFrequencyRecency(model, { age: 77, horizon: 52, maxFrequency: 20, recencySteps: 26 });
  const [columns, rows] = [matrix.frequency.length, matrix.recency.length];
  save("value-frequency-recency.svg", drawHeatMaps({
    title: "Customers of 77 weeks: how recently and how often they bought",
    maps: [
      { title: "P(alive)", columns, rows, values: matrix.alive, largest: 1, format: (value) => value.toFixed(0) },
      { title: "expected purchases in the next year", columns, rows, values: matrix.purchases, largest: Math.max(...matrix.purchases.filter((value) => !Number.isNaN(value))), format: (value) => value.toFixed(0) },
    ],
    x: { label: "repeat purchases", ticks: [0, 5, 10, 15, 20] },
    y: { label: "week of the last purchase", ticks: [0, 20, 40, 60, 77].map((week) => [(26 * week) / 77, String(week)]) },
  }));

  const path = computeAlivePath(transactions, model, { customer: "0499", asOf: "1998-06-30", unit: "week" });
  const jumps = Array.from(path.frequency, (count, k) => (k > 0 && count > path.frequency[k - 1]! ? k : 0)).filter((k) => k > 0);
  save("value-alive-path.svg", drawLines({
    title: "P(alive) of one customer, day by day; purchases are marked below",
    label: "P(alive)",
    ticks: [0, 100, 200, 300, 400, 500].filter((k) => k < path.day.length).map((k) => [k, path.day[k]!]),
    largest: 1,
    step: 0.2,
    series: [{ name: "MBG/NBD", values: path.alive }],
    marks: [0, ...jumps],
  }));
}

/** The same nine months earlier: what was said then, and what came. */
function wouldItHaveWorked(): void {
  const { calibration, holdout } = splitTransactions(transactions, { calibrationEnd: "1997-09-30", asOf: "1998-06-30", unit: "week" });
  const { value, ranking, total } = estimateLifetimeValue(calibration, fitMbgNbd(calibration), fitGammaGamma(calibration, { nonPositive: "leaveOut" }), { horizon: { weeks: 39 }, unit: "week", nonPositive: "asZero" });
  const actual = holdout.totalValue.reduce((sum, spent) => sum + spent, 0);
  const fifth = Array.from(ranking.subarray(0, Math.round(value.length / 5)), (i) => holdout.totalValue[i]!).reduce((sum, spent) => sum + spent, 0);
  console.log(`From 30 September 1997 it would have said ${total.value.toFixed(0)} dollars (${total.low.toFixed(0)} to ${total.high.toFixed(0)}) for the next 39 weeks; ${actual.toFixed(0)} came`);
  console.log(`  the fifth of customers ranked highest brought ${percent(fifth / actual)} of it`);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function save(name: string, svg: string): void {
  writeFileSync(join(folder, name), svg);
  console.log(`Picture: ${join(folder, name)}`);
}
