import { listChanges } from "../../cleaning/explain";
import type { CleaningReport, RuleCount } from "../../cleaning/report";
import type { CellValue } from "../../data/column";
import { dataTable, note, paragraph, type Block, type Figure, type ReportDocument, type Section } from "./blocks";
import { wordsOf } from "./cleaning-words";
import type { Format } from "./format";

/** What a report of a cleaning shows. */
export interface CleaningReportOptions {
  readonly title: string;
  /** Whether changed cells are shown with their values. */
  readonly showValues: boolean;
  /** How many changed cells of each column and rule. */
  readonly exampleRows: number;
}

/** Puts the report of a cleaning into words and tables, counts first. */
export function buildCleaningReport(report: CleaningReport, { title, showValues, exampleRows }: CleaningReportOptions, format: Format): ReportDocument {
  const sections: readonly Section[] = [
    { title: "What was done", blocks: changedCells("rows", report, format) },
    { title: "Rules", blocks: ruleBlocks(report, format) },
    { title: "Rows set aside", blocks: rowsSetAside(report, format) },
    { title: "Rows that repeat others", blocks: [...repeatedRows(report, format), ...mergedRows(report, format)] },
    { title: "Outliers", blocks: outlierBlocks(report, format) },
    { title: "Missing values", blocks: filledCells("rows", report, format) },
    { title: "Changed cells", blocks: showValues ? exampleBlocks(report, exampleRows) : [] },
  ];
  return { title, subtitle: sumOfRows(report, format), figures: figuresOf(report, format), sections: sections.filter(({ blocks }) => blocks.length > 0) };
}

function sumOfRows({ rowsIn, rowsOut, rowsQuarantined, rowsMerged }: CleaningReport, format: Format): string {
  return `${format.count(rowsIn)} rows in = ${format.count(rowsOut)} kept + ${format.count(rowsQuarantined)} set aside + ${format.count(rowsMerged)} merged into others.`;
}

function figuresOf(report: CleaningReport, format: Format): Figure[] {
  const { rowsIn, rowsOut, rowsQuarantined, rowsMerged, counts, gate, rules } = report;
  const cellsOf = (outcome: RuleCount["outcome"]): number => counts.reduce((sum, count) => sum + (count.outcome === outcome ? count.cells : 0), 0);
  const broken = rules.filter(({ status }) => status !== "passed").length;
  return [
    { label: "Rows kept", value: format.count(rowsOut), note: `of ${format.count(rowsIn)}` },
    { label: "Rows set aside", value: format.count(rowsQuarantined), note: rowsIn === 0 ? "of 0" : format.share(rowsQuarantined / rowsIn) },
    { label: "Rows merged", value: format.count(rowsMerged), note: "into rows that stay" },
    { label: "Cells changed", value: format.count(cellsOf("changed")), note: `beside ${format.count(cellsOf("read"))} written anew with the same meaning` },
    ...(rules.length === 0 ? [] : [{ label: "Rules", value: GATE[gate], note: `${broken} of ${rules.length} above a threshold` }]),
  ];
}

const GATE = { passed: "passed", warned: "warning", stopped: "stop" } as const;

/** What was done with the cells, by column and reason. */
export function changedCells(what: string, { counts }: Pick<CleaningReport, "counts">, format: Format): Block[] {
  const done = counts.filter(({ outcome }) => outcome !== "quarantined");
  if (done.length === 0) return [paragraph(`Nothing in the ${what} had to be changed.`)];
  return [dataTable(`What was done with the ${what}`, ["<Column", "<What was done", ">Cells"], done.map(({ column, rule, cells }) => [column, wordsOf(rule), format.count(cells)]))];
}

function ruleBlocks({ rules }: CleaningReport, format: Format): Block[] {
  if (rules.length === 0) return [];
  const rows = rules.map(({ name, judged, broken, repaired, share, stopAbove, status }) => [
    name,
    format.count(judged),
    format.count(broken),
    judged === 0 ? "–" : format.share(share),
    format.count(repaired),
    stopAbove === null ? "–" : format.share(stopAbove),
    GATE[status],
  ]);
  return [dataTable("Rules and the rows that broke them", ["<Rule", ">Rows judged", ">Broken", ">Share", ">Repaired", ">Stop above", "<Status"], rows)];
}

function rowsSetAside({ counts, rowsQuarantined }: CleaningReport, format: Format): Block[] {
  const rows = counts.flatMap(({ column, rule, outcome, cells }) => (outcome === "quarantined" ? [[column, wordsOf(rule), format.count(cells)]] : []));
  if (rows.length === 0) return [];
  const text = `${format.count(rowsQuarantined)} rows are kept as they came in, apart from the others. A row may be set aside for several cells.`;
  return [paragraph(text), dataTable("Why rows were set aside", ["<Column", "<Reason", ">Cells"], rows)];
}

/** Rows that are equal to an earlier one, where there are any. */
export function repeatedRows({ repeatedRows: { count, outcome } }: Pick<CleaningReport, "repeatedRows">, format: Format): Block[] {
  if (count === undefined || count === 0) return [];
  const fate = outcome === "kept" ? "They stay: in a log without a key, two equal rows may be two events." : "They were merged into the first one.";
  return [note(`${format.count(count)} rows are equal to an earlier one in every column. ${fate}`)];
}

function mergedRows({ rowsMerged, repeatedRows: { count = 0, outcome } }: CleaningReport, format: Format): Block[] {
  const ofKey = rowsMerged - (outcome === "removed" ? count : 0);
  return ofKey > 0 ? [paragraph(`${format.count(ofKey)} rows with the key of another one were merged into it.`)] : [];
}

function outlierBlocks({ outliers }: CleaningReport, format: Format): Block[] {
  if (outliers.length === 0) return [];
  const limit = (value: number | null): string => (value === null ? "none" : format.amount(value));
  const rows = outliers.map(({ column, method, action, status, low, high, belowLow, aboveHigh }) => [column, method, limit(low), limit(high), format.count(belowLow), format.count(aboveHigh), action, STATUS[status]]);
  return [dataTable("Values beyond the limits of the usual", ["<Column", "<Method", ">Lowest", ">Highest", ">Below", ">Above", "<Action", "<Limits"], rows)];
}

const STATUS = { fitted: "by the method", meanDeviation: "by the mean deviation, as the median deviation is 0", noSpread: "none: no spread", tooFewValues: "none: too few values" } as const;

/** What missing cells were filled with. */
export function filledCells(what: string, { fills }: Pick<CleaningReport, "fills">, format: Format): Block[] {
  if (fills.length === 0) return [];
  // A text that fills cells is some customer's text.
  const valueOf = (value: CellValue): string => (typeof value === "number" ? format.amount(value) : typeof value === "boolean" ? String(value) : value === null ? "–" : "a text");
  const rows = fills.map(({ column, method, value, groupCount, filled, quarantined, stillMissing }) => [
    column,
    method === "quarantine" ? "row set aside" : groupCount > 0 ? `${method} of ${format.count(groupCount)} groups` : method,
    valueOf(value),
    format.count(filled),
    format.count(quarantined),
    format.count(stillMissing),
  ]);
  return [dataTable(`Missing cells of the ${what}, and what became of them`, ["<Column", "<Method", ">Value", ">Filled", ">Rows set aside", ">Still missing"], rows)];
}

function exampleBlocks(report: CleaningReport, exampleRows: number): Block[] {
  const { rowIds, columns, before, after, rules } = listChanges(report);
  const shown = new Map<string, number>();
  const rows = rowIds.flatMap((id, i) => {
    const key = JSON.stringify([columns[i], rules[i]]);
    const count = shown.get(key) ?? 0;
    shown.set(key, count + 1);
    return count < exampleRows ? [[String(id), columns[i]!, cellText(before[i]!), cellText(after[i]!), wordsOf(rules[i]!)]] : [];
  });
  if (rows.length === 0) return [];
  const caption = `Changed cells, at most ${exampleRows} of each column and reason: ${rows.length} of ${rowIds.length}`;
  return [note("These are customers' values: treat this page as confidentially as the table."), dataTable(caption, ["<Row", "<Column", "<Before", "<After", "<Why"], rows)];
}

function cellText(value: CellValue): string {
  return value === null ? "missing" : typeof value === "string" ? `“${value}”` : String(value);
}
