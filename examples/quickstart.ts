/**
 * The whole job on real data: a telecom company's customers (quality, segments, churn) and a CD shop's orders (value).
 *
 *     npm run demo
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { analyzeCustomersSteps, renderHtml, renderMarkdown, runCooperatively, type Analysis, type AnalysisInput } from "clientele";
import { readCdnowTransactions, readTelcoCustomers } from "./read-data";

const started = performance.now();

const telco = await analyze("telecom customers", {
  customers: readTelcoCustomers(),
  fields: { id: "customerID", value: "MonthlyCharges" },
  churn: { label: "Churn", positive: "Yes" },
});

const cdnow = await analyze("orders of the CD shop", {
  transactions: readCdnowTransactions(),
  asOf: "1998-06-30",
  lifetimeValue: { horizon: { months: 6 }, annualDiscountRate: 0.1, margin: 0.3 },
});

printSummary(telco, cdnow);
writeReports({ telco, cdnow });
console.log(`\nDone in ${((performance.now() - started) / 1000).toFixed(1)} s.`);

/** Runs an analysis and shows what it is doing: on one line of a terminal, or a line for each part in a log. */
async function analyze(name: string, input: AnalysisInput): Promise<Analysis> {
  console.log(`Analysing ${name}`);
  const seen = new Set<string>();
  const analysis = await runCooperatively(analyzeCustomersSteps({ seed: 42, ...input }), {
    onProgress: ({ phase, done, total }) => {
      if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K  ${phase} ${done}/${total}`);
      const part = phase.split(":")[0]!;
      if (process.stdout.isTTY || seen.has(part)) return;
      seen.add(part);
      console.log(`  ${part} …`);
    },
  });
  if (process.stdout.isTTY) process.stdout.write("\r\u001b[2K");
  return analysis;
}

function printSummary({ quality, segments, churn, actions }: Analysis, { lifetimeValue }: Analysis): void {
  console.log("");
  if (quality.status === "done" && quality.customers !== undefined) {
    const { report } = quality.customers;
    console.log(`Quality   ${report.rowsIn} customers in = ${report.rowsOut} used + ${report.rowsQuarantined} set aside + ${report.rowsMerged} merged`);
    for (const { column, filled, value } of report.fills) console.log(`          ${column}: ${filled} missing values filled with the median ${String(value)}`);
  }
  if (segments.status === "done") {
    for (const { segment, size, marks } of segments.profiles.segments) {
      const traits = marks.map(({ column, direction }) => `${direction === "above" ? "high" : "low"} ${column}`).join(", ");
      console.log(`Segment ${segment + 1} ${String(size).padStart(5)} customers, ${percent(segments.churnRates?.[segment])} left: ${traits}`);
    }
  }
  if (churn.status === "done") {
    const { pooled } = churn.evaluation;
    const { auc, logLoss, brier, accuracy, baseline } = pooled;
    console.log(`Churn     AUC ${auc.toFixed(3)} out of fold (chance 0.5), log-loss ${logLoss.toFixed(3)} (base rate alone ${baseline.logLoss.toFixed(3)}),`);
    console.log(`          Brier ${brier.toFixed(3)} (${baseline.brier.toFixed(3)}), accuracy ${percent(accuracy)} (${percent(baseline.accuracy)})`);
  }
  if (lifetimeValue.status === "done") {
    const { expectedTotal, summary, backtest, modelled } = lifetimeValue;
    console.log(`Value     ${summary.customerCount} shop customers are expected to bring a margin of ${expectedTotal.toFixed(0)} dollars in six months`);
    if (backtest.status === "done") {
      const { predictedTotal, actualTotal, topFifthShare } = backtest;
      console.log(`          six months earlier: predicted ${predictedTotal.toFixed(0)}, actual ${actualTotal.toFixed(0)};`);
      console.log(`          the fifth ranked highest brought ${percent(topFifthShare)} of it`);
    }
    if (modelled.status === "done") {
      const { value, low, high } = modelled.estimate.total;
      console.log(`          by MBG/NBD and Gamma-Gamma ${value.toFixed(0)} (${low.toFixed(0)} to ${high.toFixed(0)} for the parameters alone)`);
    }
  }
  if (actions.status === "done") {
    console.log("Call first");
    for (const { customer, probability, value, reasons } of actions.retain.slice(0, 5)) {
      console.log(`          ${String(customer)}  ${percent(probability)} likely to leave, pays ${String(value)} a month: ${reasons.map((reason) => `${reason.column} ${String(reason.value)}`).join(", ")}`);
    }
  }
}

function percent(share: number | undefined): string {
  return share === undefined ? "–" : `${(100 * share).toFixed(1)} %`;
}

function writeReports(analyses: { readonly telco: Analysis; readonly cdnow: Analysis }): void {
  const folder = new URL("output/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  const titles = { telco: "Telecom customers: quality, segments, churn", cdnow: "CD shop: what customers are worth" };
  console.log("\nReports");
  for (const name of ["telco", "cdnow"] as const) {
    const options = { title: titles[name] };
    for (const [ending, text] of [["html", renderHtml(analyses[name], options)], ["md", renderMarkdown(analyses[name], options)]] as const) {
      const file = new URL(`${name}.${ending}`, folder);
      writeFileSync(file, text);
      console.log(`          ${relative(process.cwd(), fileURLToPath(file))}`);
    }
  }
}
