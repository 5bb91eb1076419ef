import type { CleaningRule } from "../cleaning/cleaning-rule";
import type { Conversion } from "../cleaning/convert/plan";
import { cleanTable } from "../cleaning/fit";
import type { CleaningModel } from "../cleaning/model";
import type { CleaningPlan } from "../cleaning/plan";
import { draftPlan } from "../cleaning/profile/draft-plan";
import { profileTable, type TableProfile } from "../cleaning/profile/profile-table";
import type { CleaningReport } from "../cleaning/report";
import { cellAt, isMissingAt, type ColumnType } from "../data/column";
import { rowsAt, type RowId, type Table } from "../data/table";
import { readFields, readRecords } from "./fields";
import type { ChurnInput, FieldNames } from "./input";

/** Why a row was set aside: a rule of the cleaning, or `missing` for a field without which the row cannot be used. */
export type SetAsideRule = CleaningRule | "missing";

/**
 * What was wrong with one list of records, and what was done about it: `rowsIn = rowsUsed + rowsSetAside + rowsMerged`.
 * The row ids in here are positions in the caller's list, from 0.
 */
export interface TableQuality {
  readonly rowsIn: number;
  readonly rowsUsed: number;
  readonly rowsSetAside: number;
  readonly rowsMerged: number;
  /** The table as it came in. */
  readonly profile: TableProfile;
  /** What was decided to do. */
  readonly plan: CleaningPlan;
  /** What the cleaning did, row by row. */
  readonly report: CleaningReport;
  /** The rows that could not be used, as they came in, and the fields that are to blame: entry i of each list describes one cell. */
  readonly setAside: {
    readonly table: Table;
    readonly reasons: { readonly rowIds: readonly RowId[]; readonly columns: readonly string[]; readonly rules: readonly SetAsideRule[] };
  };
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

/** Cleans customer records by a drafted plan that leaves ids and labels alone. A blank id is no id: it merges nobody. */
export function cleanCustomers(records: readonly object[], fields: FieldNames, churn: ChurnInput | undefined): CleanedTable {
  const { id, exclude = [] } = fields;
  const table = readRecords(records, "customers", { exclude });
  readFields(table, exclude, { "fields.id": id, "fields.value": fields.value, "churn.label": churn?.label });
  const profile = profileTable(table);
  const drafted = draftPlan(profile, { id, exclude: churn === undefined || churn.label === id ? [] : [churn.label] });
  const { convert = [] } = drafted;
  const isIdConverted = convert.some(({ column }) => column === id);
  const plan = { ...drafted, convert: [...(id === undefined || isIdConverted ? [] : blankToMissing(table, id)), ...convert] };
  const cleaned = applyPlan(table, profile, plan, []);
  if (id === undefined) return cleaned;
  const rowIds = idsOf(cleaned.cleaned, id);
  return { ...cleaned, prepared: { ...cleaned.prepared, rowIds }, cleaned: { ...cleaned.cleaned, rowIds } };
}

/** The columns of a transaction log. */
export interface LogFields {
  readonly transactionCustomer: string;
  readonly transactionTime: string;
  readonly transactionValue: string;
}

/**
 * Cleans transaction records. Nothing is filled in and repeated rows stay (two equal orders are two orders);
 * a row without customer, time or amount, or with one that cannot be read, is set aside.
 */
export function cleanTransactions(records: readonly object[], fields: LogFields): CleanedTable {
  const { transactionCustomer: id, transactionTime: time, transactionValue: value } = fields;
  const isTime = records.length > 0 && records.every((record) => isInstant((record as Readonly<Record<string, unknown>>)[time]));
  const types = new Map<string, ColumnType>(isTime ? [[time, "timestamp"]] : []);
  const table = readRecords(records, "transactions", {
    fields: [id, time, value],
    parameters: { [id]: "fields.transactionCustomer", [time]: "fields.transactionTime", [value]: "fields.transactionValue" },
    types,
  });
  const plan: CleaningPlan = {
    convert: [...blankToMissing(table, id), { column: time, to: "timestamp", missing: [""] }, { column: value, to: "number", missing: [""] }],
  };
  return applyPlan(table, profileTable(table), plan, [id, time, value]);
}

/** A `Date`, milliseconds since 1970 (a number below 1e11 would more likely be seconds), or missing. */
function isInstant(value: unknown): boolean {
  return value === undefined || value === null || value instanceof Date || (typeof value === "number" && Math.abs(value) >= 1e11);
}

function blankToMissing(table: Table, column: string): Conversion[] {
  return table.columns.get(column)?.type === "category" ? [{ column, to: "category", missing: [""] }] : [];
}

/** Rows without a value in a `required` column are set aside after the cleaning. */
function applyPlan(table: Table, profile: TableProfile, plan: CleaningPlan, required: readonly string[]): CleanedTable {
  const { table: cleaned, quarantined, report, model } = cleanTable(table, plan);
  const { missing = [], ...conversions } = plan;
  const prepared = missing.length === 0 ? cleaned : cleanTable(table, conversions).table;

  const isComplete = (row: number): boolean => required.every((name) => !isMissingAt(cleaned.columns.get(name)!, row));
  const complete: number[] = [];
  const incomplete: { readonly row: RowId; readonly column: string }[] = [];
  for (let row = 0; row < cleaned.rowCount; row++) {
    if (isComplete(row)) complete.push(row);
    else for (const column of required) if (isMissingAt(cleaned.columns.get(column)!, row)) incomplete.push({ row: cleaned.rowIds[row]!, column });
  }
  const keep = (rows: Table): Table => (complete.length === rows.rowCount ? rows : rowsAt(rows, complete));
  const { reasons } = quarantined;
  const setAside = [...new Set([...reasons.rowIds, ...incomplete.map(({ row }) => row)].map(Number))].sort((a, b) => a - b);
  const quality: TableQuality = {
    rowsIn: report.rowsIn,
    rowsUsed: complete.length,
    rowsSetAside: setAside.length,
    rowsMerged: report.rowsMerged,
    profile,
    plan,
    report,
    setAside: {
      table: rowsAt(table, setAside),
      reasons: {
        rowIds: [...reasons.rowIds, ...incomplete.map(({ row }) => row)],
        columns: [...reasons.columns, ...incomplete.map(({ column }) => column)],
        rules: [...reasons.rules, ...incomplete.map(() => "missing" as const)],
      },
    },
    model,
  };
  return { quality, prepared: keep(prepared), cleaned: keep(cleaned) };
}

/** The ids of a column; a row without one gets a name that no customer has. */
function idsOf(table: Table, name: string): RowId[] {
  const column = table.columns.get(name)!;
  const ids = Array.from({ length: table.rowCount }, (_, row) => cellAt(column, row));
  const taken = new Set(ids);
  return ids.map((id, row) => {
    if (typeof id === "string" || typeof id === "number") return id;
    let invented = `row ${table.rowIds[row]!}`;
    while (taken.has(invented)) invented += "*";
    return invented;
  });
}
