import { fitCleaning } from "../cleaning/fit";
import type { CleaningModel } from "../cleaning/model";
import type { CleaningPlan } from "../cleaning/plan";
import { draftPlan } from "../cleaning/profile/draft-plan";
import { profileTable, type TableProfile } from "../cleaning/profile/profile-table";
import type { CleaningReport, QuarantineReasons } from "../cleaning/report";
import { cellAt } from "../data/column";
import { tableFromRecords } from "../data/from-records";
import { columnOf, type RowId, type Table } from "../data/table";
import type { FieldNames } from "./input";

/** What was wrong with one list of records, and what was done about it. */
export interface TableQuality {
  /** The table as it came in. */
  readonly profile: TableProfile;
  /** What was decided to do. */
  readonly plan: CleaningPlan;
  /** What was done, row by row. */
  readonly report: CleaningReport;
  /** The rows that could not be used, as they came in. */
  readonly quarantined: { readonly table: Table; readonly reasons: QuarantineReasons };
  /** Applies the same cleaning to later records. */
  readonly model: CleaningModel;
}

/** What was wrong with the records, and what was done about it; undefined where there were none. */
export interface Quality {
  readonly customers: TableQuality | undefined;
  readonly transactions: TableQuality | undefined;
}

/** A table after cleaning, and halfway: models that are cross-validated fill in missing values themselves, inside each training part. */
export interface CleanedTable {
  readonly quality: TableQuality;
  /** Converted and without duplicates, with the customers' ids; missing values are still missing. */
  readonly prepared: Table;
  /** The same rows with missing values filled. */
  readonly cleaned: Table;
}

/** Cleans customer records by a drafted plan that leaves ids and labels alone. */
export function cleanCustomers(records: readonly object[], fields: FieldNames, label: string | undefined): CleanedTable {
  const { id, exclude } = fields;
  const table = tableFromRecords(records, { mixed: "category", exclude });
  const profile = profileTable(table);
  const plan = draftPlan(profile, { id, exclude: label === undefined ? [] : [label] });
  return applyPlan(table, profile, plan, id);
}

/** The columns of a transaction log. */
export interface LogFields {
  readonly transactionCustomer: string;
  readonly transactionTime: string;
  readonly transactionValue: string;
}

/**
 * Cleans transaction records. Nothing is filled in and repeated rows stay (two equal orders are two orders);
 * an amount or time that cannot be read sets its row aside.
 */
export function cleanTransactions(records: readonly object[], fields: LogFields): CleanedTable {
  const table = tableFromRecords(records, {
    mixed: "category",
    fields: [fields.transactionCustomer, fields.transactionTime, fields.transactionValue],
  });
  return applyPlan(table, profileTable(table), {
    convert: [
      { column: fields.transactionTime, to: "timestamp", missing: [""] },
      { column: fields.transactionValue, to: "number", missing: [""] },
    ],
  });
}

function applyPlan(table: Table, profile: TableProfile, plan: CleaningPlan, id?: string): CleanedTable {
  const model = fitCleaning(table, plan);
  const { table: cleaned, quarantined, report } = model.apply(table);
  const { missing, ...conversions } = plan;
  const prepared = (missing ?? []).length === 0 ? cleaned : fitCleaning(table, conversions).apply(table).table;
  const rowIds = id === undefined ? cleaned.rowIds : idsOf(cleaned, id);
  return { quality: { profile, plan, report, quarantined, model }, prepared: { ...prepared, rowIds }, cleaned: { ...cleaned, rowIds } };
}

/** The ids of a column; a row without one is called by its position. */
function idsOf(table: Table, name: string): RowId[] {
  const column = columnOf("analyzeCustomers", table, name, "fields.id");
  return Array.from({ length: table.rowCount }, (_, row) => {
    const id = cellAt(column, row);
    return typeof id === "string" || typeof id === "number" ? id : `row ${table.rowIds[row]!}`;
  });
}
