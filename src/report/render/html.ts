import type { BarChart, Block, DataTable, ReportDocument } from "../document/blocks";
import { escapeHtml } from "./escape";
import { STYLE } from "./style";

/** Writes a report document as one HTML file that loads nothing: no script, no font, no picture from elsewhere. */
export function documentToHtml(document: ReportDocument, language: string): string {
  const title = escapeHtml(document.title);
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${escapeHtml(document.subtitle)}</p>
</header>
<main>
<dl class="figures">
${document.figures.map(({ label, value, note }) => `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}<small>${escapeHtml(note)}</small></dd></div>`).join("\n")}
</dl>
${document.sections.map(({ title: heading, blocks }) => `<section>\n<h2>${escapeHtml(heading)}</h2>\n${blocks.map(blockToHtml).join("\n")}\n</section>`).join("\n")}
</main>
</body>
</html>
`;
}

function blockToHtml(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${escapeHtml(block.text)}</p>`;
    case "note":
      return `<p class="note">${escapeHtml(block.text)}</p>`;
    case "table":
      return tableToHtml(block);
    case "bars":
      return barsToHtml(block);
  }
}

function tableToHtml({ caption, columns, rows }: DataTable): string {
  const heads = columns.map(({ title, align }) => `<th scope="col" class="${align}">${escapeHtml(title)}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.map((cell, j) => `<td class="${columns[j]?.align ?? "left"}">${escapeHtml(cell)}</td>`).join("")}</tr>`);
  // A table wider than a phone scrolls in its own box; `tabindex` lets the keyboard scroll it too.
  return `<div class="wide" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption><thead><tr>${heads}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
}

function barsToHtml({ caption, bars, reference }: BarChart): string {
  const largest = Math.max(...bars.map(({ value }) => value), reference?.value ?? 0);
  const percent = (value: number): string => (largest > 0 ? (100 * Math.max(0, value)) / largest : 0).toFixed(2);
  const line = reference === undefined ? "" : `<i style="left:${percent(reference.value)}%"></i>`;
  const items = bars.map(
    ({ label, value, text }) =>
      `<li><span class="label">${escapeHtml(label)}</span><span class="track" aria-hidden="true"><b style="width:${percent(value)}%"></b>${line}</span><span class="text">${escapeHtml(text)}</span></li>`,
  );
  const legend = reference === undefined ? "" : `<p class="legend"><i></i>${escapeHtml(reference.label)}</p>`;
  return `<figure><figcaption>${escapeHtml(caption)}</figcaption><ul class="bars">${items.join("\n")}</ul>${legend}</figure>`;
}
