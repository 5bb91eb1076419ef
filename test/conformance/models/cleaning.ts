import { cleaningFromSpec, cleaningSteps, fitCleaning, type CleaningModel, type CleaningPlan, type CleaningResult, type RuleKind } from "clientele/cleaning";
import { tableFromColumns, type Table } from "clientele/data";
import { compileFormula } from "clientele/formula";
import { cellAt } from "../../../src/data/column";
import { rowsAt } from "../../../src/data/table";
import {
  BOOLEAN_CONVERSION_OPTIONS,
  CATEGORY_CONVERSION_OPTIONS,
  EMAIL_CONVERSION_OPTIONS,
  ID_CONVERSION_OPTIONS,
  MATCH_KEY_CONVERSION_OPTIONS,
  NUMBER_CONVERSION_OPTIONS,
  PHONE_CONVERSION_OPTIONS,
  TIMESTAMP_CONVERSION_OPTIONS,
} from "../../../src/cleaning/convert/plan";
import { DUPLICATE_OPTIONS } from "../../../src/cleaning/deduplicate/plan";
import { DERIVE_OPTIONS } from "../../../src/cleaning/derive/plan";
import { FILL_OPTIONS, PLACEHOLDER_OPTIONS } from "../../../src/cleaning/impute/plan";
import { FIXED_OUTLIER_OPTIONS, QUANTILE_OUTLIER_OPTIONS, SPREAD_OUTLIER_OPTIONS } from "../../../src/cleaning/outliers/plan";
import { PLAN_OPTIONS } from "../../../src/cleaning/plan";
import { RULE_OPTIONS } from "../../../src/cleaning/rules/checked-rule";
import { subject, untyped, type Definition, type OptionSet, type RowAnswer } from "../definition";
import { customerTable, newCustomers } from "./samples";

const isUsual = compileFormula("loyalty <= 60 or charges > 50", { variables: ["loyalty", "charges"] }).toJSON();
const perMonth = compileFormula("charges / max(loyalty, 1)", { variables: ["charges", "loyalty"] }).toJSON();

const PLAN = {
  convert: [
    { column: "charges", to: "number", missing: [""] },
    { column: "tenure", to: "category", missing: ["99"] },
    { column: "paperless", to: "boolean", trueTexts: ["yes"], falseTexts: ["no"], missing: ["?"], onFailure: "missing" },
    { column: "since", to: "timestamp", missing: ["never"] },
    { column: "id", to: "id" },
    { column: "plan", to: "matchKey", as: "planKey" },
  ],
  rules: [
    { rule: "required", column: "id", onViolation: "quarantine" },
    { rule: "range", column: "charges", min: 0, max: 1000, warnAbove: 0.01, stopAbove: 0.05, onViolation: "missing" },
    { rule: "oneOf", column: "plan", values: ["free", "pro", "team", "gold"] },
    { rule: "pattern", column: "id", pattern: "[a-z][0-9]+" },
    { rule: "formula", formula: isUsual },
    { rule: "dependency", from: ["plan"], to: "planKey", onViolation: "repair" },
    { rule: "spelling", column: "plan", minLength: 4, minRatio: 2 },
    { rule: "unique", columns: ["id"] },
    { rule: "monotonic", column: "since", orderBy: "charges" },
  ],
  outliers: [
    { column: "charges", method: "iqr", action: "clip" },
    { column: "loyalty", method: "mad", action: "flag" },
  ],
  missing: [
    { column: "charges", fill: "median", by: ["paperless"], minGroupSize: 2, indicator: "chargesWereMissing" },
    { column: "plan", fill: "mode" },
    { column: "paperless", fill: "constant", value: false },
  ],
  derive: [{ column: "perMonth", formula: perMonth }],
} satisfies CleaningPlan;

const withSince = (table: Table): Table => {
  const { columns } = tableFromColumns({ loyalty: Array.from({ length: table.rowCount }, (_, i) => (i * 5) % 13), since: Array.from({ length: table.rowCount }, (_, i) => (i % 4 === 1 ? "never" : `2026-0${(i % 9) + 1}-11`)) });
  return { ...table, columns: new Map([...table.columns, ...columns]) };
};

/** What became of each row: its cells, or why it is not among the clean ones. */
function answersOf({ table, quarantined, report }: CleaningResult, rows: Table): RowAnswer[] {
  const positionOf = new Map(Array.from(table.rowIds, (id, position) => [id, position]));
  return Array.from(rows.rowIds, (id): RowAnswer => {
    const position = positionOf.get(id);
    if (position !== undefined) return [...table.columns.values()].map((column) => cellAt(column, position));
    if (report.merged.rowIds.includes(id)) return ["merged"];
    return quarantined.reasons.rules.filter((_, i) => quarantined.reasons.rowIds[i] === id);
  });
}

const entrySet = (part: "convert" | "placeholders" | "rules" | "outliers" | "missing" | "derive", name: string, accepted: OptionSet["accepted"], table: OptionSet["table"]): OptionSet => ({
  name,
  caller: "fitCleaning",
  table,
  accepted,
  call: (options) => fitCleaning(withSince(customerTable(8)), untyped({ [part]: [options] }), { related }),
});

/** A rule of each kind that a table of customers can be asked about. */
const ACCEPTED_RULES: Readonly<Record<RuleKind, Readonly<Record<string, unknown>>>> = {
  required: { column: "plan" },
  range: { column: "tenure", min: 0, max: 100 },
  oneOf: { column: "plan", values: ["pro"] },
  pattern: { column: "plan", pattern: "p.*" },
  formula: { formula: compileFormula("tenure >= 0", { variables: ["tenure"] }), column: "tenure" },
  unique: { columns: ["id"] },
  reference: { column: "plan", table: "plans", key: "name" },
  monotonic: { column: "tenure", orderBy: "loyalty" },
  dependency: { from: ["plan"], to: "paperless" },
  spelling: { column: "plan", minLength: 7 },
};
const related = { plans: tableFromColumns({ name: ["free", "pro", "team"] }) };

const options: readonly OptionSet[] = [
  { name: "plan", caller: "fitCleaning", table: PLAN_OPTIONS, accepted: {}, call: (plan) => fitCleaning(customerTable(8), untyped(plan)) },
  entrySet("convert", "to number", { column: "charges", to: "number", missing: [""] }, NUMBER_CONVERSION_OPTIONS),
  entrySet("convert", "to boolean", { column: "plan", to: "boolean", trueTexts: ["pro"], falseTexts: ["free"], languages: ["en"], onFailure: "missing" }, BOOLEAN_CONVERSION_OPTIONS),
  entrySet("convert", "to category", { column: "tenure", to: "category" }, CATEGORY_CONVERSION_OPTIONS),
  entrySet("convert", "to timestamp", { column: "since", to: "timestamp" }, TIMESTAMP_CONVERSION_OPTIONS),
  { name: "duplicates", caller: "fitCleaning", table: DUPLICATE_OPTIONS, accepted: { key: ["id"] }, call: (duplicates) => fitCleaning(customerTable(8), untyped({ duplicates })) },
  entrySet("convert", "to id", { column: "id", to: "id" }, ID_CONVERSION_OPTIONS),
  entrySet("convert", "to email", { column: "plan", to: "email" }, EMAIL_CONVERSION_OPTIONS),
  { ...entrySet("convert", "to phone", { column: "plan", to: "phone" }, PHONE_CONVERSION_OPTIONS), call: (options) => fitCleaning(customerTable(8), untyped({ convert: [options] }), { phone: () => undefined }) },
  entrySet("convert", "to matchKey", { column: "plan", to: "matchKey", as: "key" }, MATCH_KEY_CONVERSION_OPTIONS),
  entrySet("placeholders", "placeholders", { column: "tenure", values: [99] }, PLACEHOLDER_OPTIONS),
  ...Object.entries(ACCEPTED_RULES).map(([kind, accepted]) => entrySet("rules", kind, { rule: kind, ...accepted }, RULE_OPTIONS[kind as RuleKind])),
  entrySet("outliers", "spread", { column: "tenure", method: "iqr" }, SPREAD_OUTLIER_OPTIONS),
  entrySet("outliers", "quantile", { column: "tenure", method: "quantile" }, QUANTILE_OUTLIER_OPTIONS),
  entrySet("outliers", "fixed", { column: "tenure", method: "fixed", low: 1, high: 50 }, FIXED_OUTLIER_OPTIONS),
  entrySet("missing", "fill", { column: "tenure", fill: "mean", by: ["plan"] }, FILL_OPTIONS),
  entrySet("derive", "derive", { column: "double", formula: compileFormula("tenure * 2", { variables: ["tenure"] }) }, DERIVE_OPTIONS),
];

const applied = (plan: CleaningPlan, table: Table) => fitCleaning(customerTable(8), plan).apply(table);

const definition: Definition<{ readonly table: Table; readonly plan: CleaningPlan }, CleaningModel, Table, CleaningResult> = {
  name: "cleaning",
  fits: ["fitCleaning"],
  reader: "cleaningFromSpec",
  read: (value) => cleaningFromSpec(value),
  version: 2,
  train: (size) => ({ table: withSince(customerTable(size === "small" ? 20 : 3000)), plan: structuredClone(PLAN) }),
  fit: ({ table, plan }) => fitCleaning(table, plan),
  steps: ({ table, plan }) => cleaningSteps(table, plan),
  rows: () => withSince(newCustomers()),
  rowCount: 6,
  take: rowsAt,
  predict: (model, rows) => model.apply(rows),
  answers: answersOf,
  options,
  doors: { fitCleaning: (table: never) => fitCleaning(table, PLAN), apply: (table: never) => fitCleaning(withSince(customerTable(20)), PLAN).apply(table) },
  hostile: {
    "fit: NaN": { accepted: "NaN is a missing cell", run: () => fitCleaning(tableFromColumns({ a: [1, NaN] }), { missing: [{ column: "a", fill: "mean" }] }) },
    "fit: infinity": { impossible: "a table is made without infinities" },
    "fit: no rows": { accepted: "no fill is found: status allMissing", run: () => fitCleaning(rowsAt(customerTable(2), []), { missing: [{ column: "tenure", fill: "mean" }] }) },
    "fit: one row": { accepted: "its value is the fill", run: () => fitCleaning(customerTable(1), { missing: [{ column: "tenure", fill: "median" }] }) },
    "fit: constant column": { accepted: "its value is the fill", run: () => fitCleaning(tableFromColumns({ a: [1, 1, null] }), { missing: [{ column: "a", fill: "mode" }] }) },
    "fit: lengths differ": { impossible: "the columns of a table have one length" },
    "predict: NaN": { accepted: "NaN is a missing cell and is filled", run: () => applied({ missing: [{ column: "tenure", fill: "mean" }] }, tableFromColumns({ tenure: [NaN, 1] })) },
    "predict: infinity": { impossible: "a table is made without infinities" },
    "predict: no rows": { accepted: "no rows", run: () => applied({ missing: [{ column: "tenure", fill: "mean" }] }, rowsAt(customerTable(2), [])) },
    "predict: other columns": { refused: "unknownColumn", run: () => applied({ missing: [{ column: "tenure", fill: "mean" }] }, tableFromColumns({ age: [1] })) },
  },
  exempt: {},
};

export const cleaning = subject(definition);

const dependsOnOthers = "which of two equal rows is merged into the other depends on both: that is what duplicates are";

export const cleaningWithDuplicates = subject({
  ...definition,
  name: "cleaning with duplicates",
  train: (size) => ({ table: withSince(customerTable(size === "small" ? 20 : 3000)), plan: { ...structuredClone(PLAN), duplicates: { key: ["tenure"], keep: "last" as const } } }),
  exempt: {
    ...definition.exempt,
    "the order of the rows makes no difference to their predictions": dependsOnOthers,
    "the predictions of a part are that part of the predictions": dependsOnOthers,
  },
});
