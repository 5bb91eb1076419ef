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
  expect(model.toJSON()).toMatchObject({
    kind: "cleaning",
    version: 2,
    convert: [
      { column: "spend", to: "number", missing: ["-"], decimal: ",", grouping: ".", currency: null, onFailure: "missing" },
      { column: "churn", to: "boolean", trueTexts: ["Yes"], falseTexts: ["No"], ignoreCase: false, missing: [], onFailure: "quarantine" },
      { column: "code", to: "category", missing: [], synonyms: null },
    ],
    placeholders: [],
    rules: [],
    duplicates: [{ key: ["id"], keep: "last", orderBy: null, sources: null, fillGaps: false, fields: [] }],
    repeatedRows: "ignore",
    outliers: [],
    missing: [
      { column: "spend", fill: "mean", value: null, by: [], indicator: null, fitted: { status: "fitted", type: "number", value: 623.25, groups: [] } },
      { column: "churn", fill: "mode", fitted: { status: "fitted", type: "boolean", value: true } },
      { column: "plan", fill: "constant", value: "none", fitted: { status: "fitted", type: "category", value: "none" } },
      { column: "since", fill: "mode", fitted: { status: "fitted", type: "timestamp", value: 0 } },
      { column: "empty", fill: "mode", fitted: { status: "allMissing", type: "category", value: null } },
    ],
    derive: [],
  });
});

test("a form of version 1 is read as what it meant", () => {
  const first = {
    kind: "cleaning",
    version: 1,
    convert: [{ column: "spend", to: "number", missing: ["-"], decimal: ",", grouping: ".", onFailure: "missing" }],
    duplicates: [{ key: ["id"], keep: "last" }],
    missing: [{ column: "spend", fill: "mean", status: "fitted", type: "number", value: 623.25 }],
  };
  const { table: cleaned } = cleaningFromSpec(first).apply(table);
  const plan = { convert: [{ column: "spend", to: "number", missing: ["-"], decimal: ",", grouping: ".", onFailure: "missing" }], duplicates: { key: ["id"], keep: "last" }, missing: [{ column: "spend", fill: "mean" }] } as const;
  expect(cleaned).toEqual(fitCleaning(table, plan).apply(table).table);
  expectRefusal(() => cleaningFromSpec({ ...first, duplicates: [{ key: ["id"], keep: "newest" }] }), "invalidSpec", "duplicates[0].keep");
  expectRefusal(() => cleaningFromSpec({ ...first, convert: [{ column: "spend", to: "phone" }] }), "invalidSpec", "convert[0].to");
  expectRefusal(() => cleaningFromSpec({ ...first, missing: [{ ...first.missing[0], fill: "quarantine" }] }), "invalidSpec", "missing[0].fill");
});

describe("untrusted JSON", () => {
  const spec = JSON.parse(JSON.stringify(model)) as Record<string, unknown>;
  const convert = spec["convert"] as object[];
  const missing = spec["missing"] as { readonly fitted: object }[];
  const duplicates = spec["duplicates"] as object[];
  const withFitted = (i: number, change: object): object => ({ ...missing[i], fitted: { ...missing[i]!.fitted, ...change } });

  test.each<[string, Record<string, unknown>]>([
    ["kind", { kind: "encoder" }],
    ["version", { version: 3 }],
    ["convert", { convert: null }],
    ["convert[0].to", { convert: [{ ...convert[0], to: "date" }] }],
    ["convert[0].column", { convert: [{ ...convert[0], column: 1 }] }],
    ["convert[0].missing", { convert: [{ ...convert[0], missing: [1] }] }],
    ["convert[0].grouping", { convert: [{ ...convert[0], grouping: null }] }],
    ["convert[0].grouping", { convert: [{ ...convert[0], grouping: "," }] }],
    ["convert[0].onFailure", { convert: [{ ...convert[0], onFailure: undefined }] }],
    ["convert[0].trueTexts", { convert: [{ ...convert[1], trueTexts: "Yes" }] }],
    ["duplicates", { duplicates: null }],
    ["duplicates", { duplicates: [duplicates[0], duplicates[0]] }],
    ["duplicates[0].keep", { duplicates: [{ ...duplicates[0], keep: "best" }] }],
    ["duplicates.key", { duplicates: [{ ...duplicates[0], key: [] }] }],
    ["missing[0].fitted.value", { missing: [withFitted(0, { value: "many" })] }],
    ["missing[0].fitted.value", { missing: [withFitted(0, { value: null })] }],
    ["missing[0].fitted.type", { missing: [withFitted(0, { type: "category" })] }],
    ["missing[0].fitted.value", { missing: [withFitted(1, { value: 1 })] }],
    ["missing[0].fitted.status", { missing: [withFitted(2, { status: "allMissing" })] }],
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
