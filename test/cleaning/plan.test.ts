import { expect, test } from "vitest";
import { fitCleaning, type CleaningPlan, type Conversion, type FillRule } from "clientele/cleaning";
import { cellsFromTable, tableFromColumns } from "clientele/data";
import { compileFormula } from "clientele/formula";
import { expectRefusal } from "../support/errors";

const table = tableFromColumns({ customerID: ["a", "b"], TotalCharges: ["1", " "], tenure: [1, null] });
const fit = (plan: unknown) => () => fitCleaning(table, plan as CleaningPlan);

test("an empty plan changes nothing", () => {
  const { table: cleaned, report } = fitCleaning(table, {}).apply(table);
  expect(cleaned).toEqual(table);
  expect(report).toMatchObject({ rowsIn: 2, rowsOut: 2, rowsQuarantined: 0, rowsMerged: 0, conversions: [], fills: [], counts: [] });
});

test("unknown names are refused at every level, with the nearest known one", () => {
  expectRefusal(fit({ conversions: [] }), "unknownOption", '"conversions"');
  expectRefusal(fit({ convert: [{ column: "TotalCharges", to: "number", decimals: "," }] }), "unknownOption", "convert[0]", '"decimals"', '"decimal"');
  expectRefusal(fit({ convert: [{ column: "TotalCharges", to: "category", onFailure: "error" }] }), "unknownOption", '"onFailure"');
  expectRefusal(fit({ duplicates: { keys: ["customerID"] } }), "unknownOption", "duplicates", '"keys"');
  expectRefusal(fit({ missing: [{ column: "tenure", fill: "mean" }, { column: "x", fil: "mean" }] }), "unknownOption", "missing[1]", '"fil"');
});

test("values are checked", () => {
  expectRefusal(fit(null), "invalidInput", "plan");
  expectRefusal(fit({ convert: {} }), "invalidOption", "convert must be an array");
  expectRefusal(fit({ convert: ["TotalCharges"] }), "invalidOption", "convert[0] must be an object");
  expectRefusal(fit({ missing: [null] }), "invalidOption", "missing[0] must be an object; got null");
  expectRefusal(fit({ convert: [{ column: "TotalCharges", to: "integer" }] }), "invalidOption", "convert[0].to", '"number"');
  expectRefusal(fit({ convert: [{ to: "number" }] }), "invalidOption", "convert[0].column is required: a text");
  expectRefusal(fit({ convert: [{ column: "TotalCharges", to: "number", missing: [null] }] }), "invalidOption", "missing");
  expectRefusal(fit({ convert: [{ column: "TotalCharges", to: "number", decimal: ";" }] }), "invalidOption", "decimal");
  expectRefusal(fit({ convert: [{ column: "TotalCharges", to: "number", onFailure: "drop" }] }), "invalidOption", "onFailure");
  expectRefusal(fit({ duplicates: [] }), "invalidOption", "duplicates must be an object");
  expectRefusal(fit({ duplicates: { key: "customerID" } }), "invalidOption", "key");
  expectRefusal(fit({ duplicates: { key: ["customerID"], keep: "best" } }), "invalidOption", "keep");
  expectRefusal(fit({ missing: [{ column: "tenure", fill: "zero" }] }), "invalidOption", "fill");
  expectRefusal(fit({ missing: [{ column: "tenure", fill: "constant", value: NaN }] }), "invalidOption", "missing[0].value", "finite");
  expectRefusal(fit({ missing: [{ column: "tenure", fill: "constant", value: [1] }] }), "invalidOption", "missing[0].value");
});

test("a refusal says where in the plan, and which function refuses", () => {
  const error = expectRefusal(fit({ convert: [{ column: "TotalCharges", to: "number", onFailure: "drop" }] }), "invalidOption");
  expect(error.message).toBe('fitCleaning: convert[0].onFailure must be one of "quarantine", "missing", "error"; got "drop"');
  expect(error.details).toMatchObject({ caller: "fitCleaning", parameter: "convert[0].onFailure" });
  const unknown = expectRefusal(fit({ missing: [{ column: "tenure", fil: "mean" }] }), "unknownOption");
  expect(unknown.message).toBe('fitCleaning: unknown option "fil" in missing[0]; did you mean "fill"?');
  expect(unknown.details).toMatchObject({ caller: "fitCleaning", parameter: "missing[0].fil" });
});

test("contradictions are refused", () => {
  const number: Conversion = { column: "TotalCharges", to: "number" };
  const fill: FillRule = { column: "tenure", fill: "mean" };
  expectRefusal(fit({ convert: [number, number] }), "invalidOption", "convert[1].column", "named once");
  expectRefusal(fit({ convert: [{ ...number, decimal: ",", grouping: "," }] }), "invalidOption", "convert[0].grouping");
  const boolean = { column: "TotalCharges", to: "boolean", trueTexts: ["1"], falseTexts: ["0"] };
  expectRefusal(fit({ convert: [{ ...boolean, falseTexts: [" 1"] }] }), "invalidOption", "convert[0]", "unambiguous");
  expectRefusal(fit({ convert: [{ ...boolean, missing: ["0"] }] }), "invalidOption", "unambiguous");
  expectRefusal(fit({ convert: [{ ...boolean, trueTexts: [] }] }), "invalidOption", "convert[0].trueTexts");
  expectRefusal(fit({ duplicates: { key: [] } }), "invalidOption", "duplicates.key", "at least one");
  expectRefusal(fit({ duplicates: { key: ["tenure", "tenure"] } }), "invalidOption", "duplicates.key", "distinct");
  expectRefusal(fit({ missing: [fill, { ...fill, fill: "median" }] }), "invalidOption", "missing[1].column", "named once");
  expectRefusal(fit({ missing: [{ ...fill, value: 1 }] }), "invalidOption", "missing[0].value", "absent");
  expectRefusal(fit({ missing: [{ ...fill, fill: "constant" }] }), "invalidOption", "missing[0].value", "given");
  expectRefusal(fit({ duplicates: { key: ["tenure"] }, missing: [fill] }), "invalidOption", "missing[0].column", "no key");
  const refilled = { convert: [{ column: "customerID", to: "category", missing: ["?"] }], missing: [{ column: "customerID", fill: "constant", value: " ?" }] };
  expectRefusal(fit(refilled), "invalidOption", "missing[0].value", "declares missing");
});

test("contradictions between the parts are refused", () => {
  const outlier = { column: "tenure", method: "iqr", action: "clip" };
  expectRefusal(fit({ outliers: [outlier, outlier] }), "invalidOption", "outliers[1].column", "named once");
  expectRefusal(fit({ duplicates: { key: ["tenure"] }, outliers: [outlier] }), "invalidOption", "outliers[0].column", "no key");
  expectRefusal(fit({ placeholders: [{ column: "tenure", values: [99] }], missing: [{ column: "tenure", fill: "constant", value: 99 }] }), "invalidOption", "missing[0].value", "placeholders");
  expectRefusal(fit({ duplicates: { key: ["customerID"], keep: "newest" } }), "invalidOption", "duplicates.orderBy", "given");
  expectRefusal(fit({ duplicates: { key: ["customerID"], keep: "preferred" } }), "invalidOption", "duplicates.sources", "given");
  expectRefusal(fit({ duplicates: { key: ["customerID"], fields: [{ column: "customerID", keep: "last" }] } }), "invalidOption", "duplicates.fields[0].column", "no column of key");
  const marks = { outliers: [{ column: "tenure", method: "iqr", flag: "mark" }], missing: [{ column: "tenure", fill: "mean", indicator: "mark" }] };
  expectRefusal(fit(marks), "invalidOption", "missing[0].indicator", "made twice");
  expectRefusal(fit({ ...marks, missing: [{ column: "mark", fill: "mode" }] }), "invalidOption", "outliers[0].flag", "read before it is made");
});

test("a derived column may not read itself, nor be read by an earlier one", () => {
  const twice = compileFormula("tenure * 2", { variables: ["tenure"] });
  expectRefusal(fit({ derive: [{ column: "tenure", formula: twice }] }), "invalidOption", "derive[0].column", "neither its own formula");
  const useful = { derive: [{ column: "double", formula: twice }, { column: "half", formula: compileFormula("double / 4", { variables: ["double"] }) }] };
  expect(cellsFromTable(fitCleaning(table, useful).apply(table).table, "half")).toEqual([0.5, null]);
  expectRefusal(fit({ derive: [...useful.derive].reverse() }), "invalidOption", "derive[1].column");
});

test("a formula in a plan may be its saved form, and is never a text", () => {
  const formula = compileFormula("tenure > 0", { variables: ["tenure"] });
  const rules = (value: unknown) => ({ rules: [{ rule: "formula", formula: value }] });
  const plan = JSON.parse(JSON.stringify(rules(formula))) as CleaningPlan;
  expect(fitCleaning(table, plan).apply(table).report.rules).toEqual(fitCleaning(table, rules(formula) as CleaningPlan).apply(table).report.rules);
  expectRefusal(fit(rules("tenure > 0")), "invalidOption", "rules[0].formula");
  expectRefusal(fit({ derive: [{ column: "x", formula: { kind: "formula" } }] }), "invalidOption", "derive[0].formula", "compileFormula");
});

test("unknown columns are named with the nearest one", () => {
  expectRefusal(fit({ convert: [{ column: "TotalCharge", to: "number" }] }), "unknownColumn", "convert", 'did you mean "TotalCharges"?');
  expectRefusal(fit({ duplicates: { key: ["customerId"] } }), "unknownColumn", "duplicates.key", '"customerID"');
  expectRefusal(fit({ missing: [{ column: "tenur", fill: "mean" }] }), "unknownColumn", "missing", '"tenure"');
});

test("the model keeps its own copy of the plan, with the defaults in it", () => {
  const missing = [""];
  const model = fitCleaning(table, { convert: [{ column: "TotalCharges", to: "number", missing }], duplicates: { key: ["customerID"] } });
  missing.push("1");
  expect(model.plan).toEqual({
    convert: [
      {
        column: "TotalCharges",
        to: "number",
        missing: [""],
        decimal: ".",
        grouping: "none",
        groups: "thousands",
        currency: undefined,
        otherCurrency: "error",
        parentheses: false,
        percent: false,
        suffixes: [],
        onFailure: "quarantine",
      },
    ],
    placeholders: [],
    rules: [],
    duplicates: { key: ["customerID"], keep: "first", orderBy: undefined, sources: undefined, fillGaps: false, fields: [] },
    repeatedRows: "ignore",
    outliers: [],
    missing: [],
    derive: [],
  });
  expect(fitCleaning(table, model.plan).plan).toEqual(model.plan);
});
