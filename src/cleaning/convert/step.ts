import { ClienteleError } from "../../errors/error";
import type { CleaningRule } from "../cleaning-rule";
import { differingRows } from "../column-changes";
import type { ConversionSummary } from "../report";
import type { WorkingTable } from "../working-table";
import type { ConvertedColumn } from "./convert-column";
import type { CheckedConversion, FailurePolicy } from "./plan";

/** Takes over what a conversion gave, if there was anything to do, and deals with the texts it could not read as the plan says. */
export function convertStep(work: WorkingTable, conversion: CheckedConversion, result: ConvertedColumn | undefined): ConversionSummary {
  const to = result?.column.type ?? work.column(conversion.column, "convert").type;
  const summary = { column: conversion.column, from: result?.source.type ?? to, to, converted: 0, missingTexts: 0, failed: 0, onFailure: "onFailure" in conversion ? conversion.onFailure : null };
  if (result === undefined) return summary;
  const counts = setFailuresAside(work, conversion, result);
  if (conversion.to === "matchKey") {
    work.setColumn("convert", result.target, result.column, "convert.read");
    return { ...summary, ...counts };
  }
  const rows = changedRows(work, result);
  const { rules, ruleCodes } = rulesOf(result, rows);
  work.replace("convert", result.target, result.column, rows, rules, ruleCodes);
  return { ...summary, ...counts, converted: countZeros(ruleCodes) };
}

/** Cells whose type changed are all written anew; of texts that stay texts, those that differ. */
function changedRows(work: WorkingTable, { source, column, codes }: ConvertedColumn): Int32Array {
  if (source.type === column.type) return differingRows(source, column, work.isActive);
  const rows = new Int32Array(codes.length);
  let count = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) rows[count++] = row;
  return count === codes.length ? rows : rows.slice(0, count);
}

function countZeros(codes: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < codes.length; i++) if (codes[i] === 0) count++;
  return count;
}

/** The rule for each changed cell; code 0 is a cell that was read. */
function rulesOf({ codes, rules: ruleOfText }: ConvertedColumn, rows: Int32Array): { readonly rules: readonly CleaningRule[]; readonly ruleCodes: Uint8Array } {
  const rules: CleaningRule[] = ["convert.read"];
  const codeOfText = Uint8Array.from(ruleOfText, (rule) => {
    if (rule === undefined) return 0;
    const known = rules.indexOf(rule);
    return known >= 0 ? known : rules.push(rule) - 1;
  });
  const ruleCodes = new Uint8Array(rows.length);
  if (rules.length > 1) for (let i = 0; i < rows.length; i++) ruleCodes[i] = codeOfText[codes[rows[i]!]!]!;
  return { rules, ruleCodes };
}

function setFailuresAside(work: WorkingTable, conversion: CheckedConversion, { codes, rules }: ConvertedColumn): Pick<ConversionSummary, "missingTexts" | "failed"> {
  const counts = { missingTexts: 0, failed: 0 };
  if (rules.every((rule) => rule === undefined)) return counts;
  for (let row = 0; row < codes.length; row++) {
    const rule = rules[codes[row]!];
    if (rule === undefined) continue;
    if (rule === "convert.missingText") {
      counts.missingTexts++;
      continue;
    }
    counts.failed++;
    const policy = failurePolicy(conversion, rule);
    if (policy === "error") throw refuseText(work.caller, conversion, row, rule);
    if (policy === "quarantine") work.setAside(row, conversion.column, rule);
  }
  return counts;
}

function failurePolicy(conversion: CheckedConversion, rule: CleaningRule): FailurePolicy {
  if (rule === "convert.otherCurrency" && conversion.to === "number") return conversion.otherCurrency;
  return "onFailure" in conversion ? conversion.onFailure : "missing";
}

function refuseText(caller: string, conversion: CheckedConversion, row: number, rule: string): ClienteleError {
  const text = `row ${row}, column ${JSON.stringify(conversion.column)}: its text cannot be converted to ${conversion.to} (${rule})`;
  return new ClienteleError("invalidInput", text, { caller, row, column: conversion.column, rule });
}
