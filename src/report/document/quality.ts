import type { SetAsideRule, TableQuality } from "../../analysis/quality";
import type { Analysis } from "../../analysis/analyze-customers";
import { dataTable, note, paragraph, type Block, type Section } from "./blocks";
import { changedCells, filledCells, repeatedRows } from "./cleaning";
import { wordsOf } from "./cleaning-words";
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
  return [
    paragraph(sum),
    ...changedCells(what, report, format),
    ...filledCells(what, report, format),
    ...repeatedRows(report, format),
    setAsideTable(what, { setAside }, format),
    missingTable(what, { profile }, format),
  ].filter((block) => block !== undefined);
}

function setAsideTable(what: string, { setAside }: Pick<TableQuality, "setAside">, format: Format): Block | undefined {
  const counts = new Map<string, Map<SetAsideRule, number>>();
  setAside.reasons.columns.forEach((column, i) => {
    const byRule = counts.get(column) ?? new Map<SetAsideRule, number>();
    const rule = setAside.reasons.rules[i]!;
    counts.set(column, byRule.set(rule, (byRule.get(rule) ?? 0) + 1));
  });
  const rows = [...counts].flatMap(([column, byRule]) => Array.from(byRule, ([rule, count]) => [column, rule === "missing" ? "needed and missing" : wordsOf(rule), format.count(count)]));
  return rows.length === 0 ? undefined : dataTable(`Why rows of the ${what} were set aside`, ["<Column", "<Reason", ">Rows"], rows);
}

function missingTable(what: string, { profile }: Pick<TableQuality, "profile">, format: Format): Block | undefined {
  const rows = profile.columns.flatMap((column) => {
    const missing = column.missingCount + (column.type === "category" ? column.blankCount : 0);
    return missing === 0 ? [] : [[column.name, format.count(missing), format.share(missing / profile.rowCount)]];
  });
  return rows.length === 0 ? undefined : dataTable(`Missing or blank in the ${what} as they came in`, ["<Column", ">Cells", ">Share"], rows);
}
