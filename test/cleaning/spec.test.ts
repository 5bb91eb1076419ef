import { describe, expect, test } from "vitest";
import { cleaningFromSpec, CleaningModel, fitCleaning } from "clientele/cleaning";
import { tableFromColumns } from "clientele/data";
import { expectRefusal } from "../support/errors";

const table = tableFromColumns({
  id: ["a", "b", "c"],
  spend: ["1.234,5", "-", "12"],
  churn: ["Yes", "No", "Yes"],
  code: [1, null, 3],
  plan: ["pro", null, "pro"],
  since: [new Date(0), null, new Date(0)],
  empty: [null, null, null],
});
const model = fitCleaning(table, {
  convert: [
    { column: "spend", to: "number", missing: ["-"], decimal: ",", grouping: ".", onFailure: "missing" },
    { column: "churn", to: "boolean", trueTexts: ["Yes"], falseTexts: ["No"] },
    { column: "code", to: "category" },
  ],
  duplicates: { key: ["id"], keep: "last" },
  missing: [
    { column: "spend", fill: "mean" },
    { column: "churn", fill: "mode" },
    { column: "plan", fill: "constant", value: "none" },
    { column: "since", fill: "mode" },
    { column: "empty", fill: "mode" },
  ],
});

test("the saved form gives the same model", () => {
  const read = cleaningFromSpec(JSON.parse(JSON.stringify(model)));
  expect(read).toBeInstanceOf(CleaningModel);
  expect(read.plan).toEqual(model.plan);
  expect(read.fills).toEqual(model.fills);
  expect(read.toJSON()).toEqual(model.toJSON());
  expect(read.apply(table)).toEqual(model.apply(table));
});

test("the saved form is what it is documented to be", () => {
  expect(model.toJSON()).toEqual({
    kind: "cleaning",
    version: 1,
    convert: [
      { column: "spend", to: "number", missing: ["-"], decimal: ",", grouping: ".", onFailure: "missing" },
      { column: "churn", to: "boolean", trueTexts: ["Yes"], falseTexts: ["No"], missing: [], onFailure: "quarantine" },
      { column: "code", to: "category", missing: [] },
    ],
    duplicates: [{ key: ["id"], keep: "last" }],
    missing: [
      { column: "spend", fill: "mean", status: "fitted", type: "number", value: 623.25 },
      { column: "churn", fill: "mode", status: "fitted", type: "boolean", value: true },
      { column: "plan", fill: "constant", status: "fitted", type: "category", value: "none" },
      { column: "since", fill: "mode", status: "fitted", type: "timestamp", value: 0 },
      { column: "empty", fill: "mode", status: "allMissing", type: "category", value: null },
    ],
  });
});

describe("untrusted JSON", () => {
  const spec = JSON.parse(JSON.stringify(model)) as Record<string, unknown>;
  const convert = spec["convert"] as object[];
  const missing = spec["missing"] as object[];

  test.each<[string, Record<string, unknown>]>([
    ["kind", { kind: "encoder" }],
    ["version", { version: 2 }],
    ["convert", { convert: null }],
    ["convert[0].to", { convert: [{ ...convert[0], to: "date" }] }],
    ["convert[0].column", { convert: [{ ...convert[0], column: 1 }] }],
    ["convert[0].missing[0]", { convert: [{ ...convert[0], missing: [1] }] }],
    ["convert[0].grouping", { convert: [{ ...convert[0], grouping: null }] }],
    ["convert[0].grouping", { convert: [{ ...convert[0], grouping: "," }] }],
    ["convert[0].onFailure", { convert: [{ ...convert[0], onFailure: undefined }] }],
    ["convert[0].trueTexts", { convert: [{ ...convert[1], trueTexts: "Yes" }] }],
    ["duplicates", { duplicates: null }],
    ["duplicates", { duplicates: [{ key: ["id"], keep: "last" }, { key: ["id"], keep: "last" }] }],
    ["duplicates[0].keep", { duplicates: [{ key: ["id"], keep: "best" }] }],
    ["duplicates.key", { duplicates: [{ key: [], keep: "first" }] }],
    ["missing[0].value", { missing: [{ ...missing[0], value: "many" }] }],
    ["missing[0].value", { missing: [{ ...missing[0], value: null }] }],
    ["missing[0].type", { missing: [{ ...missing[0], type: "category" }] }],
    ["missing[0].value", { missing: [{ ...missing[1], value: 1 }] }],
    ["missing[0].status", { missing: [{ ...missing[2], status: "allMissing" }] }],
    ["missing[1].column", { missing: [missing[0], missing[0]] }],
    ["missing[0].column", { missing: [{ ...missing[2], column: "id" }] }],
  ])("%s is checked", (field, changed) => {
    expectRefusal(() => cleaningFromSpec({ ...spec, ...changed }), "invalidSpec", "cleaningFromSpec", field);
  });

  test("text and nothing are refused", () => {
    expectRefusal(() => cleaningFromSpec(JSON.stringify(model)), "invalidSpec", "JSON.parse");
    expectRefusal(() => cleaningFromSpec(null), "invalidSpec");
  });
});
