import type { CleaningReport } from "../cleaning/report";
import { checkReport } from "../cleaning/explain";
import { readOptions } from "../errors/options";
import type { ReportDocument } from "./document/blocks";
import { buildCleaningReport } from "./document/cleaning";
import { createFormat } from "./document/format";
import { documentToHtml } from "./render/html";
import { documentToMarkdown } from "./render/markdown";

/** Options of {@link renderCleaningHtml} and {@link renderCleaningMarkdown}. */
export interface RenderCleaningOptions {
  /** @defaultValue "Data cleaning" */
  readonly title?: string | undefined;
  /** How numbers are written: a BCP 47 language tag. The words are English. @defaultValue "en" */
  readonly locale?: string | undefined;
  /** Show changed cells with their values, which may be personal data. @defaultValue false: counts only */
  readonly showValues?: boolean | undefined;
  /** With `showValues`: how many cells of each column and reason, from 1 to 10,000. @defaultValue 10 */
  readonly exampleRows?: number | undefined;
}

const RENDER_CLEANING_OPTIONS = {
  title: { kind: "text", default: "Data cleaning" },
  locale: { kind: "text", default: "en" },
  showValues: { kind: "boolean", default: false },
  exampleRows: { kind: "integer", min: 1, max: 10_000, default: 10 },
} as const;

/**
 * Writes the report of a cleaning as one self-contained HTML page: how many rows came through, what was changed and why, which rules were broken.
 *
 * Counts come first, and no customer's value is shown unless `showValues` asks for it. The page loads nothing and runs no script;
 * everything that comes from the records is escaped.
 *
 * @throws ClienteleError `invalidInput` for what is no report, `invalidOption` for a locale that this platform does not know.
 * @example
 * ```ts
 * import { cleanTable, renderCleaningHtml, tableFromColumns } from "clientele";
 *
 * const { report } = cleanTable(tableFromColumns({ charges: ["29.85", " ", "about 50"] }), {
 *   convert: [{ column: "charges", to: "number", missing: [""] }],
 * });
 * const page = renderCleaningHtml(report);
 * console.log(page.includes("about 50"), page.includes("set aside")); // false true
 * ```
 */
export function renderCleaningHtml(report: CleaningReport, options?: RenderCleaningOptions): string {
  return documentToHtml(documentOf("renderCleaningHtml", report, options), "en");
}

/**
 * Writes the report of a cleaning as Markdown: the same as {@link renderCleaningHtml}, for a terminal, a ticket or a log of CI.
 *
 * @throws ClienteleError as {@link renderCleaningHtml}.
 * @example
 * ```ts
 * import { cleanTable, renderCleaningMarkdown, tableFromColumns } from "clientele";
 *
 * const { report } = cleanTable(tableFromColumns({ charges: ["29.85", " ", "about 50"] }), {
 *   convert: [{ column: "charges", to: "number", missing: [""] }],
 * });
 * console.log(renderCleaningMarkdown(report).split("\n")[2]); // 3 rows in = 2 kept + 1 set aside + 0 merged into others.
 * ```
 */
export function renderCleaningMarkdown(report: CleaningReport, options?: RenderCleaningOptions): string {
  return documentToMarkdown(documentOf("renderCleaningMarkdown", report, options));
}

function documentOf(caller: string, report: CleaningReport, options: RenderCleaningOptions | undefined): ReportDocument {
  checkReport(caller, report);
  const { title, locale, showValues, exampleRows } = readOptions(caller, options, RENDER_CLEANING_OPTIONS);
  return buildCleaningReport(report, { title, showValues, exampleRows }, createFormat(caller, locale));
}
