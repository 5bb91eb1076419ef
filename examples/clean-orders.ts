/**
 * What is wrong with the order lines of an online shop, and what is done about it: look, plan, clean, report.
 *
 *     npx tsx examples/clean-orders.ts
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { assertQuality, cleanTable, explainRow, profileTable, renderCleaningHtml, renderCleaningMarkdown, tableFromRecords, undoCleaning, type CleaningPlan } from "clientele";
import { compileFormula } from "clientele/formula";
import { readOrderLines } from "./read-data";

const lines = tableFromRecords(readOrderLines());

console.log("What the columns hold:");
for (const column of profileTable(lines).columns) {
  if (column.type !== "category") continue;
  const { name, distinctCount, blankCount, numberCount, decimalIdCount, placeholders } = column;
  const standIns = placeholders.map(({ value, count }) => `${JSON.stringify(value)} × ${count}`).join(", ");
  console.log(`  ${name}: ${distinctCount} different, ${blankCount} blank, ${numberCount} numbers, ${decimalIdCount} of them written like "17850.0"${standIns === "" ? "" : `; stand-ins: ${standIns}`}`);
}

const plan: CleaningPlan = {
  convert: [
    { column: "Quantity", to: "number" },
    { column: "UnitPrice", to: "number" },
    { column: "InvoiceDate", to: "timestamp", timeZone: "Europe/London" },
    { column: "CustomerID", to: "id", missing: [""] },
    { column: "Description", to: "category", tidy: true, missing: ["", "?", "??", "???"] },
  ],
  rules: [
    { rule: "pattern", column: "InvoiceNo", pattern: "[^C].*", name: "no cancellation", warnAbove: 0.05 },
    { rule: "pattern", column: "InvoiceNo", pattern: "[^A].*", name: "no adjustment", onViolation: "quarantine" },
    { rule: "formula", formula: compileFormula("UnitPrice > 0", { variables: ["UnitPrice"] }), name: "has a price", onViolation: "quarantine", stopAbove: 0.1 },
    { rule: "dependency", from: ["InvoiceNo"], to: "Country", name: "one country for each invoice", stopAbove: 0.01 },
    { rule: "dependency", from: ["StockCode"], to: "Description", name: "one description for each article", minCount: 3, warnAbove: 0.05, onViolation: "repair" },
  ],
  repeatedRows: "remove",
  missing: [{ column: "CustomerID", fill: "quarantine" }],
  derive: [{ column: "Amount", formula: compileFormula("Quantity * UnitPrice", { variables: ["Quantity", "UnitPrice"] }) }],
};

const result = cleanTable(lines, plan);
const { report, quarantined } = result;
console.log(`\n${report.rowsIn} lines in = ${report.rowsOut} kept + ${report.rowsQuarantined} set aside + ${report.rowsMerged} merged`);
for (const { name, judged, broken, repaired, status } of report.rules) console.log(`  ${name}: broken by ${broken} of ${judged}, repaired ${repaired}, ${status}`);
const [first] = quarantined.reasons.rowIds;
if (first !== undefined) console.log(`Line ${first}:`, explainRow(report, first));
assertQuality(report);

const restored = undoCleaning(result);
console.log(`Undone: ${restored.rowCount} lines again, ${JSON.stringify([...restored.columns.keys()]) === JSON.stringify([...lines.columns.keys()]) ? "with the columns of the file" : "with other columns"}`);

const folder = new URL("output/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("cleaning.html", folder), renderCleaningHtml(report, { title: "Order lines, cleaned" }));
writeFileSync(new URL("cleaning.md", folder), renderCleaningMarkdown(report, { title: "Order lines, cleaned" }));
console.log("The report is in examples/output/cleaning.html and cleaning.md.");
