import type { SetAsideRule, TableQuality } from "../../analysis/quality";
import type { Analysis } from "../../analysis/analyze-customers";
import { dataTable, note, paragraph, type Block, type Section } from "./blocks";
import type { Format } from "./format";

/** What was wrong with the records, and what was done about it. */
export function qualitySection({ quality }: Analysis, format: Format): Section {
  const title = "Data quality";
  if (quality.status === "notRun") return { title, blocks: [note(`Not run: ${quality.reason}.`)] };
  return {
    title,
    blocks: [
      ...(quality.customers === undefined ? [] : tableBlocks("customers", quality.customers, format)),
      ...(quality.transactions === undefined ? [] : tableBlocks("transactions", quality.transactions, format)),
    ],
  };
}

function tableBlocks(what: string, { profile, report, setAside, ...counts }: TableQuality, format: Format): Block[] {
  const { rowsIn, rowsUsed, rowsSetAside, rowsMerged } = counts;
  const sum = `${format.count(rowsIn)} ${what} in = ${format.count(rowsUsed)} used + ${format.count(rowsSetAside)} set aside + ${format.count(rowsMerged)} merged as duplicates.`;
  const steps = stepRows({ report }, format);
  return [
    paragraph(sum),
    steps.length === 0
      ? paragraph(`Nothing in the ${what} had to be converted or filled.`)
      : dataTable(`What was done with the ${what}`, ["<Column", "<Step", ">Cells"], steps),
    setAsideTable(what, { setAside }, format),
    missingTable(what, { profile }, format),
  ].filter((block) => block !== undefined);
}

function stepRows({ report }: Pick<TableQuality, "report">, format: Format): string[][] {
  const conversions = report.conversions.flatMap(({ column, from, to, converted, missingTexts, failed, onFailure }) => [
    ...(converted === 0 ? [] : [[column, `converted from ${NAMES[from]} to ${NAMES[to]}`, format.count(converted)]]),
    ...(missingTexts === 0 ? [] : [[column, "blank or placeholder text taken as missing", format.count(missingTexts)]]),
    ...(failed === 0 ? [] : [[column, onFailure === "quarantine" ? "unreadable, row set aside" : "unreadable, taken as missing", format.count(failed)]]),
  ]);
  const fills = report.fills.flatMap(({ column, method, value, filled, stillMissing }) => [
    ...(filled === 0 ? [] : [[column, `missing, filled with the ${method}${typeof value === "number" ? ` (${format.amount(value)})` : ""}`, format.count(filled)]]),
    ...(stillMissing === 0 ? [] : [[column, "missing throughout, left so", format.count(stillMissing)]]),
  ]);
  return [...conversions, ...fills];
}

const NAMES = { number: "number", category: "text", boolean: "true/false", timestamp: "time" } as const;

function setAsideTable(what: string, { setAside }: Pick<TableQuality, "setAside">, format: Format): Block | undefined {
  const counts = new Map<string, Map<SetAsideRule, number>>();
  setAside.reasons.columns.forEach((column, i) => {
    const byRule = counts.get(column) ?? new Map<SetAsideRule, number>();
    const rule = setAside.reasons.rules[i]!;
    counts.set(column, byRule.set(rule, (byRule.get(rule) ?? 0) + 1));
  });
  const rows = [...counts].flatMap(([column, byRule]) => Array.from(byRule, ([rule, count]) => [column, rule, format.count(count)]));
  return rows.length === 0 ? undefined : dataTable(`Why rows of the ${what} were set aside`, ["<Column", "<Rule", ">Rows"], rows);
}

function missingTable(what: string, { profile }: Pick<TableQuality, "profile">, format: Format): Block | undefined {
  const rows = profile.columns.flatMap((column) => {
    const missing = column.missingCount + (column.type === "category" ? column.blankCount : 0);
    return missing === 0 ? [] : [[column.name, format.count(missing), format.share(missing / profile.rowCount)]];
  });
  return rows.length === 0 ? undefined : dataTable(`Missing or blank in the ${what} as they came in`, ["<Column", ">Cells", ">Share"], rows);
}
