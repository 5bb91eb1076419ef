import { cellAt, countMissing } from "../data/column";
import { columnOf, rowsAt, withColumns, type RowId, type Table } from "../data/table";
import { ClienteleError } from "../errors/error";
import { convertColumn, type ConvertedColumn } from "./convert/convert-column";
import { findExactDuplicates } from "./deduplicate/exact-key";
import { fillColumn } from "./impute/fill-column";
import type { FittedFill } from "./impute/fitted-fill";
import type { CheckedConversion, CheckedPlan } from "./plan";
import {
  addChange,
  addReason,
  countRules,
  noChanges,
  noReasons,
  type CleaningReport,
  type ConversionSummary,
  type FillSummary,
  type GrowingChanges,
  type GrowingReasons,
  type QuarantineReasons,
} from "./report";

/** A table after cleaning, what was set aside, and what was done. */
export interface CleaningResult {
  /** The cleaned rows, in the order of the input and with their ids. */
  readonly table: Table;
  readonly quarantined: {
    /** The rows that were set aside, as they came in: nothing in them is converted or filled. */
    readonly table: Table;
    readonly reasons: QuarantineReasons;
  };
  readonly report: CleaningReport;
}

/** A table after its conversions, with what is to become of each row. */
export interface ConvertedTable {
  /** All rows of the input. */
  readonly table: Table;
  readonly converted: readonly ConvertedColumn[];
  readonly summaries: readonly ConversionSummary[];
  readonly reasons: QuarantineReasons;
  /** 1 for rows that are set aside. */
  readonly isSetAside: Uint8Array;
  /** For each row the position of the row it is merged into, −1 for the others. */
  readonly mergedInto: Int32Array;
  /** Positions of the rows that stay. */
  readonly stays: Int32Array;
}

/** The part of cleaning that needs no fitted value: conversions, then duplicates among the rows that were not set aside. */
export function convertTable(caller: string, table: Table, plan: CheckedPlan): ConvertedTable {
  const isSetAside = new Uint8Array(table.rowCount);
  const reasons = noReasons();
  const converted: ConvertedColumn[] = [];
  const summaries: ConversionSummary[] = [];
  for (const conversion of plan.convert) {
    const result = convertColumn(caller, table, conversion);
    if (result === undefined) {
      summaries.push(summary(conversion, conversion.to, 0, 0, 0));
      continue;
    }
    converted.push(result);
    summaries.push(passRows(caller, table, result, isSetAside, reasons));
  }

  const after = withColumns(table, converted.map(({ conversion, column }) => [conversion.column, column] as const));
  const mergedInto = findDuplicates(caller, after, plan, isSetAside);
  const stays = positionsWhere(table.rowCount, (row) => isSetAside[row] === 0 && mergedInto[row]! < 0);
  return { table: after, converted, summaries, reasons, isSetAside, mergedInto, stays };
}

function findDuplicates(caller: string, table: Table, { duplicates }: CheckedPlan, isSetAside: Uint8Array): Int32Array {
  if (duplicates === undefined) return new Int32Array(table.rowCount).fill(-1);
  const columns = duplicates.key.map((name) => columnOf(caller, table, name, "duplicates.key"));
  return findExactDuplicates(columns, isSetAside, duplicates.keep);
}

/** Counts what a conversion did, and deals with the texts it could not read as the plan says. */
function passRows(caller: string, table: Table, result: ConvertedColumn, isSetAside: Uint8Array, reasons: GrowingReasons): ConversionSummary {
  const { conversion, codes, rules } = result;
  const policy = failurePolicy(conversion);
  let converted = 0;
  let missingTexts = 0;
  let failed = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0) continue;
    const rule = rules[code];
    if (rule === undefined) converted++;
    else if (rule === "convert.missingText") missingTexts++;
    else {
      failed++;
      if (policy === "error") throw refuseText(caller, conversion, row, rule);
      if (policy !== "quarantine") continue;
      isSetAside[row] = 1;
      addReason(reasons, table.rowIds[row]!, conversion.column, rule);
    }
  }
  return summary(conversion, result.source.type, result.source.type === conversion.to ? 0 : converted, missingTexts, failed);
}

function failurePolicy(conversion: CheckedConversion): ConversionSummary["onFailure"] {
  return conversion.to === "category" ? null : conversion.onFailure;
}

function summary(
  conversion: CheckedConversion,
  from: ConversionSummary["from"],
  converted: number,
  missingTexts: number,
  failed: number,
): ConversionSummary {
  return { column: conversion.column, from, to: conversion.to, converted, missingTexts, failed, onFailure: failurePolicy(conversion) };
}

function refuseText(caller: string, conversion: CheckedConversion, row: number, rule: string): ClienteleError {
  const text = `row ${row}, column ${JSON.stringify(conversion.column)}: its text cannot be converted to ${conversion.to} (${rule})`;
  return new ClienteleError("invalidInput", text, { caller, row, column: conversion.column, rule });
}

/** The whole of cleaning: conversions, duplicates, then the fills with the values of the fit. */
export function cleanTable(caller: string, input: Table, plan: CheckedPlan, fills: readonly FittedFill[]): CleaningResult {
  const { table: all, converted, summaries, reasons, isSetAside, mergedInto, stays } = convertTable(caller, input, plan);
  const kept = keepRows(all, stays);
  const changes = noChanges();
  for (const result of converted) listEmptiedCells(input.rowIds, result, stays, changes);

  const columns = new Map(kept.columns);
  const fillSummaries: FillSummary[] = [];
  for (const fill of fills) {
    const before = columnOf(caller, kept, fill.column, "missing");
    const { column, filledRows } = fillColumn(caller, before, fill);
    columns.set(fill.column, column);
    for (const row of filledRows) addChange(changes, kept.rowIds[row]!, fill.column, null, fill.value, `fill.${fill.method}`);
    fillSummaries.push({
      column: fill.column,
      method: fill.method,
      value: fill.value,
      status: fill.status,
      filled: filledRows.length,
      stillMissing: countMissing(column),
    });
  }

  const setAside = positionsWhere(input.rowCount, (row) => isSetAside[row] === 1);
  const mergedRows = positionsWhere(input.rowCount, (row) => mergedInto[row]! >= 0);
  const idAt = (row: number): RowId => input.rowIds[row]!;
  return {
    table: { ...kept, columns },
    quarantined: { table: rowsAt(input, setAside), reasons },
    report: {
      rowsIn: input.rowCount,
      rowsOut: stays.length,
      rowsQuarantined: setAside.length,
      rowsMerged: mergedRows.length,
      conversions: summaries,
      fills: fillSummaries,
      changes,
      quarantined: reasons,
      merged: { rowIds: Array.from(mergedRows, idAt), into: Array.from(mergedRows, (row) => idAt(mergedInto[row]!)) },
      counts: [...countRules(reasons, "quarantined"), ...countRules(changes, "changed")],
    },
  };
}

/** The rows that stay; the table itself when all do. */
export function keepRows(table: Table, stays: Int32Array): Table {
  return stays.length === table.rowCount ? table : rowsAt(table, stays);
}

/** Lists the cells that a conversion emptied, of rows that stay. */
function listEmptiedCells(rowIds: ArrayLike<RowId>, result: ConvertedColumn, stays: Int32Array, changes: GrowingChanges): void {
  const { conversion, source, codes, rules } = result;
  if (rules.every((rule) => rule === undefined)) return;
  for (const row of stays) {
    const rule = rules[codes[row]!];
    if (rule !== undefined) addChange(changes, rowIds[row]!, conversion.column, cellAt(source, row), null, rule);
  }
}

function positionsWhere(rowCount: number, isWanted: (row: number) => boolean): Int32Array {
  const positions = new Int32Array(rowCount);
  let count = 0;
  for (let row = 0; row < rowCount; row++) if (isWanted(row)) positions[count++] = row;
  return positions.subarray(0, count);
}
