import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { cleanTable, profileTable, undoCleaning, type CleaningPlan } from "clientele/cleaning";
import { cellsFromTable, recordsFromTable, tableFromRecords } from "clientele/data";
import { compileFormula } from "clientele/formula";
import expected from "../reference/online-retail/expected.json";

const text = readFileSync(new URL("../../examples/data/online-retail-sample.csv", import.meta.url), "utf8");
const { data: records } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
const table = tableFromRecords(records);

const plan: CleaningPlan = {
  convert: [
    { column: "Quantity", to: "number" },
    { column: "UnitPrice", to: "number" },
    { column: "InvoiceDate", to: "timestamp", timeZone: "UTC" },
    { column: "CustomerID", to: "id", missing: [""] },
  ],
  rules: [
    { rule: "pattern", column: "InvoiceNo", pattern: "[^C].*", name: "cancelledRows" },
    { rule: "pattern", column: "InvoiceNo", pattern: "[^A].*", name: "adjustedRows" },
    { rule: "range", column: "Quantity", min: 0, name: "negativeQuantities" },
    { rule: "range", column: "UnitPrice", min: 0, name: "negativePrices" },
    { rule: "formula", formula: compileFormula("UnitPrice != 0", { variables: ["UnitPrice"] }), name: "zeroPrices" },
    // Set aside by a rule, before repeated rows are looked for, and not by a fill, which comes after.
    { rule: "required", column: "CustomerID", name: "missingIds", onViolation: "quarantine" },
  ],
  repeatedRows: "remove",
};
const cleaned = cleanTable(table, plan);

describe("a part of Online Retail, against pandas", () => {
  test("what is in it", () => {
    const { rows, distinct, firstTime, lastTime, blankDescriptions } = expected.raw;
    const profile = profileTable(table);
    expect(profile.rowCount).toBe(rows);
    expect(Object.fromEntries(profile.columns.map(({ name, distinctCount }) => [name, distinctCount]))).toEqual(distinct);
    expect(profile.columns.find(({ name }) => name === "Description")).toMatchObject({ blankCount: blankDescriptions });
    const { table: read } = cleanTable(table, { convert: plan.convert, repeatedRows: "ignore" });
    expect(profileTable(read).columns.find(({ name }) => name === "InvoiceDate")).toMatchObject({ min: firstTime, max: lastTime });
  });

  test("how many rows break each rule", () => {
    const counts: Readonly<Record<string, unknown>> = expected.raw;
    expect(cleaned.report.rules.map(({ name, broken }) => [name, broken])).toEqual(cleaned.report.rules.map(({ name }) => [name, counts[name]]));
    expect(cleaned.report.rules).toHaveLength(6);
  });

  test("which rows are set aside, removed and kept", () => {
    expect([...cleaned.quarantined.rows]).toEqual(expected.setAsideRows);
    expect([...cleaned.merged.rows]).toEqual(expected.removedRows);
    const { rowsIn, rowsOut, rowsQuarantined, rowsMerged } = cleaned.report;
    const { rows, setAside, removed } = expected.cleaned;
    expect({ rowsIn, rowsOut, rowsQuarantined, rowsMerged }).toEqual({ rowsIn: expected.raw.rows, rowsOut: rows, rowsQuarantined: setAside, rowsMerged: removed });
    const repeated = cleanTable(table, { repeatedRows: "remove" });
    expect(repeated.report.rowsMerged).toBe(expected.raw.exactDuplicates);
  });

  test("what each customer bought, to the thousandth", () => {
    const byCustomer = new Map<unknown, { rows: number; invoices: Set<unknown>; valueThousandths: number }>();
    for (const { CustomerID, InvoiceNo, Quantity, UnitPrice } of recordsFromTable(cleaned.table)) {
      const sum = byCustomer.get(CustomerID) ?? { rows: 0, invoices: new Set(), valueThousandths: 0 };
      byCustomer.set(CustomerID, sum);
      sum.rows++;
      sum.invoices.add(InvoiceNo);
      sum.valueThousandths += Number(Quantity) * Math.round(Number(UnitPrice) * 1000);
    }
    expect(byCustomer.size).toBe(expected.cleaned.customers);
    expect(Object.fromEntries(Array.from(byCustomer, ([id, sum]) => [id, { ...sum, invoices: sum.invoices.size }]))).toEqual(expected.cleaned.byCustomer);
    expect(cellsFromTable(cleaned.table, "Quantity").reduce((sum: number, cell) => sum + Number(cell), 0)).toBe(expected.cleaned.quantity);
  });

  test("and the texts come back", () => {
    expect(recordsFromTable(undoCleaning(cleaned))).toEqual(records);
  });
});
