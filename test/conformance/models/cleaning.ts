import { cleaningFromSpec, fitCleaning, type CleaningModel, type CleaningPlan, type CleaningResult } from "clientele/cleaning";
import { tableFromColumns, type Table } from "clientele/data";
import { cellAt } from "../../../src/data/column";
import { rowsAt } from "../../../src/data/table";
import {
  BOOLEAN_CONVERSION_OPTIONS,
  CATEGORY_CONVERSION_OPTIONS,
  DUPLICATE_OPTIONS,
  FILL_OPTIONS,
  NUMBER_CONVERSION_OPTIONS,
  PLAN_OPTIONS,
  TIMESTAMP_CONVERSION_OPTIONS,
} from "../../../src/cleaning/plan";
import { subject, untyped, type Definition, type OptionSet, type RowAnswer } from "../definition";
import { customerTable, newCustomers } from "./samples";

const PLAN = {
  convert: [
    { column: "charges", to: "number", missing: [""] },
    { column: "tenure", to: "category", missing: ["99"] },
    { column: "paperless", to: "boolean", trueTexts: ["yes"], falseTexts: ["no"], missing: ["?"], onFailure: "missing" },
    { column: "since", to: "timestamp", missing: ["never"] },
  ],
  missing: [
    { column: "charges", fill: "median" },
    { column: "plan", fill: "mode" },
    { column: "paperless", fill: "constant", value: false },
  ],
} satisfies CleaningPlan;

const withSince = (table: Table): Table => {
  const { columns } = tableFromColumns({ since: Array.from({ length: table.rowCount }, (_, i) => (i % 4 === 1 ? "never" : `2026-0${(i % 9) + 1}-11`)) });
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

const entrySet = (part: "convert" | "missing", name: string, accepted: OptionSet["accepted"], table: OptionSet["table"]): OptionSet => ({
  name,
  caller: "fitCleaning",
  table,
  accepted,
  call: (options) => fitCleaning(withSince(customerTable(8)), untyped({ [part]: [options] })),
});

const options: readonly OptionSet[] = [
  { name: "plan", caller: "fitCleaning", table: PLAN_OPTIONS, accepted: {}, call: (plan) => fitCleaning(customerTable(8), untyped(plan)) },
  entrySet("convert", "to number", { column: "charges", to: "number", missing: [""] }, NUMBER_CONVERSION_OPTIONS),
  entrySet("convert", "to boolean", { column: "plan", to: "boolean", trueTexts: ["pro"], falseTexts: ["free"] }, BOOLEAN_CONVERSION_OPTIONS),
  entrySet("convert", "to category", { column: "tenure", to: "category" }, CATEGORY_CONVERSION_OPTIONS),
  entrySet("convert", "to timestamp", { column: "since", to: "timestamp" }, TIMESTAMP_CONVERSION_OPTIONS),
  { name: "duplicates", caller: "fitCleaning", table: DUPLICATE_OPTIONS, accepted: { key: ["id"] }, call: (duplicates) => fitCleaning(customerTable(8), untyped({ duplicates })) },
  entrySet("missing", "fill", { column: "tenure", fill: "mean" }, FILL_OPTIONS),
];

const applied = (plan: CleaningPlan, table: Table) => fitCleaning(customerTable(8), plan).apply(table);

const definition: Definition<{ readonly table: Table; readonly plan: CleaningPlan }, CleaningModel, Table, CleaningResult> = {
  name: "cleaning",
  fits: ["fitCleaning"],
  reader: "cleaningFromSpec",
  read: cleaningFromSpec,
  train: (size) => ({ table: withSince(customerTable(size === "small" ? 20 : 3000)), plan: structuredClone(PLAN) }),
  fit: ({ table, plan }) => fitCleaning(table, plan),
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
  exempt: {
    "the fit in slices gives the same bits": "a few passes over the columns of the plan take milliseconds: it has no slices",
    "the fit in slices yields its progress": "it has no slices",
    "the fit in slices stops at a signal": "it has no slices",
  },
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
