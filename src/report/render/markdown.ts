import type { Block, ReportDocument } from "../document/blocks";
import { escapeMarkdown } from "./escape";

/** Writes a report document as Markdown (GitHub's tables). */
export function documentToMarkdown(document: ReportDocument): string {
  const lines = [`# ${escapeMarkdown(document.title)}`, "", escapeMarkdown(document.subtitle), ""];
  for (const { label, value, note } of document.figures) {
    lines.push(`- **${escapeMarkdown(label)}: ${escapeMarkdown(value)}** (${escapeMarkdown(note)})`);
  }
  lines.push("");
  for (const section of document.sections) {
    lines.push(`## ${escapeMarkdown(section.title)}`, "");
    for (const block of section.blocks) lines.push(...blockLines(block), "");
  }
  return lines.join("\n").trimEnd() + "\n";
}

function blockLines(block: Block): string[] {
  switch (block.kind) {
    case "paragraph":
      return [escapeMarkdown(block.text)];
    case "note":
      return [`> ${escapeMarkdown(block.text)}`];
    case "table":
      return [
        `**${escapeMarkdown(block.caption)}**`,
        "",
        row(block.columns.map(({ title }) => title)),
        `|${block.columns.map(({ align }) => (align === "right" ? " ---: |" : " --- |")).join("")}`,
        ...block.rows.map(row),
      ];
    case "bars": {
      const largest = Math.max(...block.bars.map(({ value }) => value), block.reference?.value ?? 0);
      const bars = block.bars.map(({ label, value, text }) => row([label, text, "█".repeat(Math.round(largest > 0 ? (20 * value) / largest : 0))]));
      const reference = block.reference === undefined ? [] : [row([block.reference.label, "", ""])];
      return [`**${escapeMarkdown(block.caption)}**`, "", "|  |  |  |", "| --- | ---: | --- |", ...bars, ...reference];
    }
  }
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(escapeMarkdown).join(" | ")} |`;
}
