import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { draftPlan, explainRow, fitCleaning, listChanges, profileTable } from "clientele/cleaning";
import { tableFromRecords } from "clientele/data";

const csv = readFileSync(new URL("../../examples/data/telco-customer-churn.csv", import.meta.url), "utf8");
const records = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;
const telco = tableFromRecords(records, { id: "customerID" });
const profile = profileTable(telco);
const columnNamed = (name: string) => profile.columns.find((column) => column.name === name);

test("the profile finds 11 blanks among 7,043 total charges, all else numbers", () => {
  expect(profile.rowCount).toBe(7043);
  expect(columnNamed("TotalCharges")).toMatchObject({ type: "category", missingCount: 0, blankCount: 11, numberCount: 7032, codeLikeCount: 0 });
  expect(columnNamed("Churn")).toMatchObject({ type: "category", distinctCount: 2, blankCount: 0, numberCount: 0 });
});

test("the drafted plan converts the four number columns and fills the 11 with the median", () => {
  const plan = draftPlan(profile, { id: "customerID", exclude: ["Churn"] });
  expect(plan.convert?.map(({ column, to }) => [column, to])).toEqual([
    ["SeniorCitizen", "number"],
    ["tenure", "number"],
    ["MonthlyCharges", "number"],
    ["TotalCharges", "number"],
  ]);
  expect(plan.missing).toEqual([{ column: "TotalCharges", fill: "median" }]);

  const { table, report } = fitCleaning(telco, plan).apply(telco);
  expect([report.rowsIn, report.rowsOut, report.rowsQuarantined, report.rowsMerged]).toEqual([7043, 7043, 0, 0]);
  // The median of the 7,032 present values, as pandas gives it.
  expect(report.fills).toEqual([{ column: "TotalCharges", method: "median", value: 1397.475, status: "fitted", filled: 11, stillMissing: 0, groupCount: 0, quarantined: 0 }]);
  expect(report.conversions[3]).toMatchObject({ converted: 7032, missingTexts: 11, failed: 0 });
  expect(listChanges(report).rowIds).toHaveLength(22);
  expect(report.counts.filter(({ outcome }) => outcome !== "read")).toEqual([
    { column: "TotalCharges", rule: "convert.missingText", outcome: "changed", cells: 11 },
    { column: "TotalCharges", rule: "fill.median", outcome: "changed", cells: 11 },
  ]);
  expect(explainRow(report, "4472-LVYGI").map((event) => event.kind === "changed" && event.rule)).toEqual(["convert.missingText", "fill.median"]);
  const tenure = table.columns.get("tenure");
  const filledRows = Array.from({ length: table.rowCount }, (_, row) => row).filter((row) => listChanges(report).rowIds.includes(table.rowIds[row]!));
  expect(filledRows.map((row) => tenure?.type === "number" && tenure.values[row])).toEqual(Array.from({ length: 11 }, () => 0));
});

test("without a word about blanks the 11 customers are set aside, not read as 0", () => {
  const { report, quarantined } = fitCleaning(telco, { convert: [{ column: "TotalCharges", to: "number" }] }).apply(telco);
  expect([report.rowsOut, report.rowsQuarantined]).toEqual([7032, 11]);
  expect(new Set(quarantined.reasons.rules)).toEqual(new Set(["convert.notNumber"]));
});
