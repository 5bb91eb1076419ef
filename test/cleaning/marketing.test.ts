import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { cleanTable, draftPlan, profileTable } from "clientele/cleaning";
import { cellsFromTable, tableFromRecords } from "clientele/data";

const csv = readFileSync(new URL("../data/marketing-income/income.csv", import.meta.url), "utf8");
const customers = tableFromRecords(Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data, { id: "ID" });

test("amounts and dates written as texts are those of the plain file, in all 2,240 rows", () => {
  const { table, report } = cleanTable(customers, {
    convert: [
      { column: "Income", to: "number", missing: [""] },
      { column: "IncomeText", to: "number", currency: "USD", grouping: ",", missing: [""] },
      { column: "Joined", to: "timestamp" },
      { column: "JoinedText", to: "timestamp", format: "monthFirst" },
    ],
  });
  expect([report.rowsIn, report.rowsOut, report.conversions.map(({ missingTexts, failed }) => [missingTexts, failed])]).toEqual([2240, 2240, [[24, 0], [24, 0], [0, 0], [0, 0]]]);
  expect(cellsFromTable(table, "IncomeText")).toEqual(cellsFromTable(table, "Income"));
  expect(cellsFromTable(table, "JoinedText")).toEqual(cellsFromTable(table, "Joined"));
  expect(table.columns.get("IncomeText")).toMatchObject({ unit: "USD" });
});

test("the draft finds the currency, the order of day and month, and the income of 666666", () => {
  const profile = profileTable(customers);
  const plan = draftPlan(profile, { id: "ID" });
  expect(plan.convert).toContainEqual(expect.objectContaining({ column: "IncomeText", to: "number", currency: "USD", grouping: "," }));
  expect(plan.convert).toContainEqual(expect.objectContaining({ column: "JoinedText", to: "timestamp", format: "monthFirst" }));
  expect(profile.columns.find(({ name }) => name === "Income")?.placeholders).toEqual([{ value: 666666, count: 1, reason: "farFromRest" }]);
});
