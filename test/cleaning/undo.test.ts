import { expect, test } from "vitest";
import { cleanTable, undoCleaning, type CleaningResult } from "clientele/cleaning";
import { tableFromColumns } from "clientele/data";
import { compileFormula } from "clientele/formula";
import { expectRefusal } from "../support/errors";

const table = tableFromColumns(
  { id: ["a", "b", "a", "c", "d"], spend: ["$10", " ", "$20", "n/a", "$ 1,000.50"], plan: ["pro", null, "pro", "pro", "free"], age: [30, 999, 30, 41, 28], ratio: [1, 2, 3, 4, 5] },
  { rowIds: ["r1", "r2", "r3", "r4", "r5"] },
);
const result = cleanTable(table, {
  convert: [{ column: "spend", to: "number", currency: "USD", grouping: ",", missing: [""] }],
  placeholders: [{ column: "age", values: [999] }],
  duplicates: { key: ["id"], keep: "last" },
  outliers: [{ column: "spend", method: "fixed", high: 500, action: "clip" }],
  missing: [{ column: "age", fill: "mean", indicator: "ageWasMissing" }, { column: "plan", fill: "mode" }, { column: "spend", fill: "median" }],
  derive: [{ column: "ratio", formula: compileFormula("spend / age", { variables: ["spend", "age"] }) }],
});

test("types, texts, units, ids and the order of rows and columns come back", () => {
  expect(result.table.rowCount).toBe(3);
  expect(result.report.addedColumns).toEqual(["ageWasMissing"]);
  const restored = undoCleaning(result);
  expect(restored).toEqual(table);
  expect([...restored.columns.keys()]).toEqual([...table.columns.keys()]);
});

test("neither the result nor the table is touched", () => {
  const before = structuredClone({ table: result.table, report: result.report });
  undoCleaning(result);
  expect({ table: result.table, report: result.report }).toEqual(before);
});

test("a result whose parts do not belong together is refused", () => {
  const other = cleanTable(tableFromColumns({ id: ["x"] }), {});
  expectRefusal(() => undoCleaning({ ...result, table: other.table }), "invalidInput", "undoCleaning");
  expectRefusal(() => undoCleaning({ ...result, quarantined: other.quarantined }), "invalidInput");
  expectRefusal(() => undoCleaning(result.report as unknown as CleaningResult), "invalidInput", "CleaningModel.apply");
});
